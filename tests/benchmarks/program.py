"""The real program in a terminal of its own, and when what it was asked for was on the screen.

Nothing is looked at while the clock runs: what comes is kept with its moment, and played into a ``Picture`` afterwards.
A key is answered when the part of the screen that it is about looks for the first time as it does once all is quiet.
"""

from __future__ import annotations

import os
import select
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from tests.benchmarks.home import Home, reader
from tests.benchmarks.library import NEWEST_TITLE
from tests.benchmarks.picture import Picture
from tests.terminal import Terminal

POINTERS = "▎>"
_RULES = "│┃|"
_COMPARED = 26
_QUIET = 0.006
_LISTENS = b"\x1b[?2004h"

Look = Callable[[Picture], object]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a key, in seconds from when it was sent; None where nothing came, or nothing changed."""

    first: float | None
    last: float | None
    shown: float | None


class Screen(Terminal):
    """A program in a terminal of 120 × 40, and its picture."""

    def __init__(self, command: Sequence[str], env: dict[str, str]) -> None:
        super().__init__(command, env)
        self.picture = Picture()
        self._played = 0
        self.quit_sent = 0.0

    def replay(self) -> Iterator[float]:
        """Play what came and was not played yet, piece by piece: the moment of each, the picture as of then."""
        while self._played < len(self.arrivals):
            start = self.arrivals[self._played - 1][1] if self._played else 0
            moment, end = self.arrivals[self._played]
            self.picture.feed(bytes(self.output[start:end]))
            self._played += 1
            yield moment

    def catch_up(self) -> Picture:
        """The picture of all that came so far."""
        for _ in self.replay():
            pass
        return self.picture

    def first_time(self, holds: Callable[[Picture], bool]) -> float | None:
        """Seconds from exec to when something first held, of what was not played yet; None if it never did."""
        found = None
        for moment in self.replay():
            if found is None and holds(self.picture):
                found = moment - self.started
        return found

    def settle(self, least: float = 0.4, limit: float = 15.0) -> Picture:
        """The picture once nothing has come for ``least`` seconds."""
        self.wait_quiet(least, limit)
        return self.catch_up()

    def wait_until(self, holds: Callable[[Picture], bool], limit: float = 30.0) -> Picture:
        """Read on until something holds. Raises TimeoutError with the picture."""
        end = time.perf_counter() + limit
        while not holds(self.catch_up()):
            if time.perf_counter() > end or (not self.read(0.2) and not self.is_running):
                raise TimeoutError("it never came to that:\n" + "\n".join(self.picture.lines))
        return self.picture

    def press(self, key: bytes, look: Look, seconds: float, patience: float = 1.0) -> Answer:
        """Send a key and watch for so long; ``look`` says what of the picture the key is about.

        When nothing of that has changed by then, or is just being written, it is waited for longer, for ``patience``
        seconds at most.
        """
        self.drain()
        before = look(self.catch_up())
        begun = len(self.arrivals)
        sent = time.perf_counter()
        self.send(key)
        self.collect(seconds)
        looks = self._looks(look)
        end = sent + patience
        while time.perf_counter() < end and (not looks or looks[-1][1] == before or self._is_writing()):
            self.collect(0.01)
            looks += self._looks(look)
        moments = [moment for moment, _ in self.arrivals[begun:]]
        after = looks[-1][1] if looks else before
        shown = next((moment for moment, seen in looks if seen == after), None) if after != before else None
        found = moments[0] if moments else None, _end_of_burst(moments), shown
        return Answer(*(None if each is None else each - sent for each in found))

    def _looks(self, look: Look) -> list[tuple[float, object]]:
        return [(moment, look(self.picture)) for moment in self.replay()]

    def _is_writing(self) -> bool:
        return bool(self.arrivals) and time.perf_counter() - self.arrivals[-1][0] < _QUIET

    @property
    def is_running(self) -> bool:
        """Whether the program has not ended."""
        if not self.pid:
            return False
        found, _ = os.waitpid(self.pid, os.WNOHANG)
        self.pid = 0 if found else self.pid
        return not found

    def quit(self, key: bytes = b"q", limit: float = 10.0) -> float:
        """Seconds from the key until the program has ended; what it writes is read meanwhile. Raises TimeoutError."""
        self.drain()
        watch = os.pidfd_open(self.pid)
        try:
            sent = self.quit_sent = time.perf_counter()
            self.send(key)
            while watch not in select.select([watch, self.fd], [], [], limit)[0]:
                if not self.read(0) and time.perf_counter() - sent > limit:
                    raise TimeoutError("it does not quit")
            ended = time.perf_counter() - sent
        finally:
            os.close(watch)
        os.waitpid(self.pid, 0)
        self.pid = 0
        self.drain()
        return ended


def _end_of_burst(moments: Sequence[float]) -> float | None:
    """When the first burst ended: what is followed by a few milliseconds of silence."""
    ends = (one for one, other in pairwise([*moments, float("inf")]) if other - one > _QUIET)
    return next(ends, None)


def opened(home: Home) -> Screen:
    """The program on a library, by the installed script."""
    return Screen([reader()], home.env)


def at_rest(home: Home) -> Screen:
    """The program once it listens to keys, its list is there and nothing moves any more."""
    screen = opened(home)
    try:
        screen.wait_until(lambda picture: _LISTENS in screen.output and has_list(picture))
        screen.settle(1.0)
    except BaseException:
        screen.kill()
        raise
    return screen


def begin_at_top(home: Home) -> None:
    """Let the next start show everything, with the cursor on the newest article and in the list."""
    with at_rest(home) as screen:
        for key in (b"1", b"\x1b[H"):
            screen.send(key)
            screen.settle(0.6)
        screen.wait_until(shows_newest)
        screen.settle(1.0)
        screen.quit()


# What to look at


def has_list(picture: Picture) -> bool:
    """Whether there are panes with a cursor in one of them."""
    left, right = list_columns(picture)
    return left < right and pointer(picture) is not None


def list_columns(picture: Picture) -> tuple[int, int]:
    """Where the list begins and ends: between the first two rules of a line that has two, else nowhere."""
    for line in picture.lines[4:-1]:
        rules = [at for at, sign in enumerate(line) if sign in _RULES]
        if len(rules) >= 2:
            return rules[0] + 1, rules[1]
    return 0, 0


def list_pane(picture: Picture) -> tuple[str, ...]:
    """The beginnings of the lines of the list; ages at their ends may change at any minute."""
    left, right = list_columns(picture)
    return tuple(line[left : min(left + _COMPARED, right)] for line in picture.lines[3:-1])


def titles(picture: Picture) -> tuple[str, ...]:
    """The same without pointer and unread mark."""
    return tuple(line[3:] for line in list_pane(picture))


def article_pane(picture: Picture) -> tuple[str, ...]:
    """The lines of the article, its scroll bar left out."""
    _, right = list_columns(picture)
    return tuple(line[right + 1 : -2] for line in picture.lines[:-1]) if right else ()


def pointer(picture: Picture) -> int | None:
    """The row of the list in which the cursor begins; None where it is not to be seen."""
    left, right = list_columns(picture)
    if left == right:
        return None
    return next((y for y, line in enumerate(picture.lines[3:-1], 3) if line[left] in POINTERS), None)


def shows_newest(picture: Picture) -> bool:
    """Whether the newest article is in the list."""
    return any(NEWEST_TITLE[:20] in line for line in list_pane(picture))


# Processes


def children(pid: int) -> list[int]:
    """The processes that a process started, and theirs."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            own = [int(each) for each in task.read_text().split()]
        except OSError:
            continue
        found += own + [other for each in own for other in children(each)]
    return found


def proportional_bytes(pid: int) -> int:
    """The memory of a process, what it shares with others counted in parts (PSS); 0 when it has gone."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:")), 0)
