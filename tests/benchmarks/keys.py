"""How long a key takes to be painted and a mark to be kept, idle and while everything is being refreshed.

A key is painted when the list looks as it does once it is quiet again; keys that moved the list are "scrolling", the
others "within the page". A mark is kept when another process reads it: the article's row is asked every half
millisecond over a read-only connection, which sees it as soon as COMMIT has made it visible. Both are measured on a
copy of the library whose feeds lie on the farm, which keeps publishing as long as keys are pressed.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import apsw

from tests.benchmarks.farm import XML, Farm
from tests.benchmarks.figures import Line, Samples, limit, missing, note, ratio
from tests.benchmarks.home import Bench
from tests.benchmarks.program import Screen, at_rest, begin_at_top, children, list_pane, titles

_APART = 0.045
_PATIENCE = 1.0
_POLL = 0.0005
_MARK_PATIENCE = 4.0
_HOME = b"\x1b[H"
_PAGE = 12
_NEWS = 20
_MOST_REFRESHES = 24


@dataclass(slots=True)
class Moves:
    """Seconds from key to paint, by kind, to the first byte and to the last of the burst; from key to COMMIT."""

    within: list[float] = field(default_factory=list)
    scrolling: list[float] = field(default_factory=list)
    bursts: list[float] = field(default_factory=list)
    firsts: list[float] = field(default_factory=list)
    marks: list[float] = field(default_factory=list)
    lost: int = 0
    unkept: int = 0

    def keep(self, took: float | None) -> None:
        """Another mark."""
        if took is None:
            self.unkept += 1
        else:
            self.marks.append(took)


def keys(bench: Bench) -> Iterator[Line]:
    """Lines 4 and 10a."""
    wanted = max(20, bench.rounds * 8)
    with Farm(bench.feeds, bench.entries, XML) as farm, bench.copy() as home:
        home.follow(farm.urls())
        begin_at_top(home)
        with at_rest(home) as screen:
            idle = _moves(screen, wanted)
            with home.connection() as connection:
                article = _article_here(screen, connection)
                for _ in range(wanted):
                    idle.keep(_mark(screen, connection, article))
                yield from _idle_lines(bench, idle)
                busy = _while_refreshing(screen, connection, farm, wanted)
            yield from _busy_lines(bench, idle, busy)
            screen.quit()


def _idle_lines(bench: Bench, idle: Moves) -> Iterator[Line]:
    many = f"{bench.articles:,} articles"
    yield limit("4", f"j to paint within the page, {many}, p95", Samples.of(idle.within), 0.016, "p95")
    yield limit("4", f"j to paint, scrolling, {many}, p95", Samples.of(idle.scrolling), 0.020, "p95")
    yield note("4", "both: key → first byte", Samples.of(idle.firsts))
    yield note("4", "both: key → last byte of the burst", Samples.of(idle.bursts))
    yield limit("10a", f"a mark: key → COMMIT, idle, {many}, p95", Samples.of(idle.marks), 0.016, "p95")
    yield from _losses(idle, "idle")


def _losses(moves: Moves, when: str) -> Iterator[Line]:
    if moves.lost:
        yield missing("4", f"keys that nothing was seen of, {when}", str(moves.lost))
    if moves.unkept:
        yield missing("10a", f"keys that marked nothing, {when}", str(moves.unkept))


def _busy_lines(bench: Bench, idle: Moves, busy: Moves) -> Iterator[Line]:
    meanwhile = f"while {bench.feeds:,} feeds refresh, p95"
    pairs = (("within the page", busy.within, idle.within, 0.024), ("scrolling", busy.scrolling, idle.scrolling, 0.030))
    for name, ours, before, most in pairs:
        what = f"j to paint, {name}, {meanwhile}"
        if not ours:
            yield missing("4", what, "the refresh was over before a key was pressed")
            continue
        yield limit("4", f"{what}: 1.5 × the limit", Samples.of(ours), most, "p95")
        yield ratio("4", f"{what}: against idle", Samples.of(ours), "idle", Samples.of(before), 1.5, "p95")
    if busy.marks:
        yield limit("10a", f"a mark: key → COMMIT, {meanwhile}", Samples.of(busy.marks), 0.050, "p95")
    yield from _losses(busy, meanwhile)


def _moves(screen: Screen, wanted: int) -> Moves:
    """So many keys of each kind, from the top."""
    moves = Moves()
    screen.send(_HOME)
    screen.settle(0.6)
    while len(moves.within) < wanted:
        for key in b"j" * _PAGE + b"k" * _PAGE:
            _move(screen, bytes([key]), moves)
    while len(moves.scrolling) < wanted:
        _move(screen, b"j", moves)
    screen.send(_HOME)
    screen.settle(0.6)
    return moves


def _move(screen: Screen, key: bytes, moves: Moves) -> None:
    before = titles(screen.catch_up())
    answer = screen.press(key, list_pane, _APART, _PATIENCE)
    if answer.first is None or answer.last is None or answer.shown is None:
        moves.lost += 1
        if moves.lost > 20:
            raise RuntimeError("the cursor does not move:\n" + "\n".join(screen.picture.lines))
        return
    (moves.within if titles(screen.picture) == before else moves.scrolling).append(answer.shown)
    moves.firsts.append(answer.first)
    moves.bursts.append(answer.last)


def _mark(screen: Screen, connection: apsw.Connection, article: int) -> float | None:
    """Seconds until the mark was kept; None where the key changed nothing."""
    before = _is_marked(connection, article)
    screen.drain()
    sent = time.perf_counter()
    screen.send(b"b")
    while _is_marked(connection, article) == before:
        screen.read(_POLL)
        if time.perf_counter() - sent > _MARK_PATIENCE:
            return None
    took = time.perf_counter() - sent
    screen.collect(0.05)
    return took


def _is_marked(connection: apsw.Connection, article: int) -> bool:
    return bool(connection.execute("SELECT is_bookmarked FROM articles WHERE id = ?", (article,)).fetchall()[0][0])


def _while_refreshing(screen: Screen, connection: apsw.Connection, farm: Farm, wanted: int) -> Moves:
    """So many keys of each kind while a refresh runs, which is begun anew as often as it ends."""
    moves = Moves()
    for _ in range(_MOST_REFRESHES):
        kinds = {"within": len(moves.within), "scrolling": len(moves.scrolling), "marks": len(moves.marks)}
        kind = min(kinds, key=kinds.__getitem__)
        if kinds[kind] >= wanted:
            break
        farm.publish(_NEWS)
        _begin_refresh(screen)
        screen.send(_HOME)
        screen.collect(0.2)
        if kind == "marks":
            article = _article_here(screen, connection)
            while children(screen.pid):
                moves.keep(_mark(screen, connection, article))
        elif kind == "within":
            while children(screen.pid):
                for key in b"jjkk":
                    _move(screen, bytes([key]), moves)
        else:
            screen.send(b"j" * _PAGE * 2)
            screen.collect(0.3)
            while children(screen.pid):
                _move(screen, b"j", moves)
    screen.send(_HOME)
    screen.settle(0.6, 3.0)
    return moves


def _article_here(screen: Screen, connection: apsw.Connection) -> int:
    """The article under the cursor: the one that a bookmark comes to."""
    kept = "SELECT id FROM articles WHERE is_bookmarked = 1"
    before = {row[0] for row in connection.execute(kept)}
    screen.drain()
    screen.send(b"b")
    end = time.perf_counter() + 15
    while not (changed := before ^ {row[0] for row in connection.execute(kept)}):
        screen.read(0.02)
        if time.perf_counter() > end:
            raise TimeoutError("the mark was never kept")
    return int(next(iter(changed)))


def _begin_refresh(screen: Screen) -> None:
    """Ask for a refresh of everything; the first asking may only show what has come in before."""
    for _ in range(3):
        screen.send(b"R")
        end = time.perf_counter() + 2
        while time.perf_counter() < end:
            screen.read(0.02)
            if children(screen.pid):
                return
    raise RuntimeError("no refresh began:\n" + "\n".join(screen.catch_up().lines))
