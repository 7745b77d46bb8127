"""How long it takes to switch to another view, and to open an article: from the key to the painted page.

Articles of 5 kB, 50 kB and 1 MB lie in a library of their own, brought in from a feed file on the ordinary way. One is
opened from its neighbour, which gives the program time to have it ready, and one right after a jump to it, which does
not. What is painted is compared with what is there once all is quiet.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

from tests.benchmarks.crops import Entry, document
from tests.benchmarks.figures import Line, Samples, limit, missing
from tests.benchmarks.home import Bench, Home, reader
from tests.benchmarks.newsboat import timed
from tests.benchmarks.program import Screen, article_pane, at_rest, begin_at_top, list_pane
from tests.benchmarks.prose import Writer

_SIZES = {"5 kB": (5_000, 0.020), "50 kB": (50_000, 0.030), "1 MB": (1_000_000, 0.060)}
_EACH = 8
_REST = 0.6
_STILL = 0.02  # the cursor has come to where it goes, and nothing is made ready yet
_VIEWS = {b"1": "all", b"2": "unread", b"3": "bookmarks", b"4": "today"}
_HOME, _PAGE_DOWN = b"\x1b[H", b"\x1b[6~"


def opening(bench: Bench) -> Iterator[Line]:
    """Lines 8 and 9."""
    yield from _views(bench)
    yield from _articles(bench)


def _views(bench: Bench) -> Iterator[Line]:
    home = bench.library()
    begin_at_top(home)
    fixed: dict[str, list[float]] = {name: [] for name in _VIEWS.values()}
    with at_rest(home) as screen:
        for _ in range(max(3, bench.rounds)):
            for key, name in _VIEWS.items():
                shown = screen.press(key, list_pane, 0.3).shown
                if shown is not None:
                    fixed[name].append(shown)
        screen.send(b"1")
        screen.settle()
        feeds = _feeds(screen, max(6, bench.rounds))
        screen.send(b"1")
        screen.settle()
        screen.send(_HOME)
        screen.settle(1.0)
        screen.quit()
    many = f"{bench.articles:,} articles"
    for name, took in (fixed | {"a folder or feed of the sidebar": feeds}).items():
        if took:
            yield limit("8", f"switch to {name}, {many}", Samples.of(took), 0.016)
        else:
            yield missing("8", f"switch to {name}, {many}", "the list looks the same")


def _feeds(screen: Screen, count: int) -> list[float]:
    """The lists of what stands in the sidebar below the fixed views, one after the other, by Enter."""
    screen.send(b"h" + b"j" * 3)
    screen.settle()
    found = []
    for _ in range(count):
        screen.send(b"h")
        screen.settle(0.2)
        screen.send(b"j")
        screen.collect(0.04)  # less than the moment after which a list comes by itself
        shown = screen.press(b"\r", list_pane, 0.3).shown
        if shown is not None:
            found.append(shown)
    return found


def _articles(bench: Bench) -> Iterator[Line]:
    with bench.empty("lengths") as home:
        path = home.place / "lengths.xml"
        path.write_bytes(document("rss", "Lengths", _entries()))
        timed([reader(), "add", str(path)], home.env)
        with home.open() as library:
            found = library.counts().all
        if found != _EACH * len(_SIZES):
            raise RuntimeError(f"{found} articles came in")
        beside, jumped, pages = _opened(home, bench)
    for name, (_, most) in _SIZES.items():
        yield limit("9", f"open an article of {name} from its neighbour", Samples.of(beside[name]), most)
        yield limit("9", f"open an article of {name} after a jump to it", Samples.of(jumped[name]), most)
    yield limit("9", "scroll an article of 1 MB by a page, p95", Samples.of(pages), 0.016, by="p95")


def _entries() -> list[Entry]:
    """So many articles of each size, the shortest first."""
    chance, writer, now = random.Random(3), Writer(3), int(time.time()) - 3600
    entries: list[Entry] = []
    for name, (size, _) in _SIZES.items():
        for number in range(_EACH):
            html = ""
            while len(html.encode()) < size:
                html += writer.piece(chance).html
            title = f"{name} {writer.title(5)} {number}"
            at = now - 60 * len(entries)
            entries.append(Entry(title, f"http://example.org/{name[0]}{number}", "A. Writer", html, at))
    return entries


def _opened(home: Home, bench: Bench) -> tuple[dict[str, list[float]], dict[str, list[float]], list[float]]:
    """Seconds by size: from the neighbour, and after a jump; and for pages of the longest."""
    pages: list[float] = []
    beside: dict[str, list[float]] = {name: [] for name in _SIZES}
    jumped: dict[str, list[float]] = {name: [] for name in _SIZES}
    order = [name for name in _SIZES for _ in range(_EACH)]
    for _ in range(1 if bench.is_quick else 3):
        with at_rest(home) as screen:
            screen.send(_HOME)
            screen.settle(1.0)
            screen.send(b"\r")
            screen.settle(1.0)
            for name in order[1:]:
                beside[name].append(_shown(screen, b"J"))
            pages += [_shown(screen, _PAGE_DOWN) for _ in range(10)]
            screen.send(b"\x1b")
            screen.settle()
            screen.quit()
        for index in range(2, len(order), 3):
            with at_rest(home) as screen:
                screen.send(_HOME)
                screen.settle(0.5)
                screen.send(b"j" * index)
                screen.wait_quiet(_STILL)
                jumped[order[index]].append(_shown(screen, b"\r"))
                screen.send(b"\x1b" + _HOME)
                screen.settle()
                screen.quit()
    return beside, jumped, pages


def _shown(screen: Screen, key: bytes) -> float:
    answer = screen.press(key, article_pane, _REST)
    if answer.shown is None:
        raise RuntimeError("the article was never seen:\n" + "\n".join(screen.picture.lines))
    return answer.shown
