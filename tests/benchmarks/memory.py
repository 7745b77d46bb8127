"""Memory, as the system counts it with what is shared counted in parts (PSS), and the library on the disk."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator

from tests.benchmarks.farm import KINDS, Farm
from tests.benchmarks.figures import Line, Samples, limit, note, ratio
from tests.benchmarks.home import Bench, Home, reader
from tests.benchmarks.library import bodies
from tests.benchmarks.program import Screen, at_rest, begin_at_top, children, proportional_bytes
from tests.benchmarks.yardsticks import FIRST, minimal

_IDLE_SECONDS = 3.0
_LOOK_SECONDS = 0.05
_USE = (b"G", b"\x1b[H", b"J", b"J", b"\x1b", b"2", b"1", b"/", b"t", b"h", b"e", b"\x1b")


def memory(bench: Bench) -> Iterator[Line]:
    """Lines 10 and 12."""
    home = bench.library()
    begin_at_top(home)
    many = f"{bench.articles:,} articles"
    ours: list[float] = []
    used: list[float] = []
    theirs: list[float] = []
    for _ in range(min(bench.rounds, 5)):
        before, after = _screen(home)
        ours.append(before)
        used.append(after)
        theirs.append(_app(bench, home))
    beside = Samples.of(theirs, "MB")
    yield ratio("10", f"memory of the screen, idle, {many}", Samples.of(ours, "MB"), "minimal Textual app", beside, 1.5)
    yield note(
        "10", "the same after moving, reading and searching", Samples.of(used, "MB"), "minimal Textual app", beside
    )
    yield from _refresh(bench)
    size = Samples.of([home.database.stat().st_size], "MB")
    received = Samples.of([bodies(home.place)], "MB")
    yield ratio("12", f"the library on the disk with search, {many}", size, "the bodies as received", received, 1.3)


def _screen(home: Home) -> tuple[int, int]:
    """Bytes at rest after the start, and after some use."""
    with at_rest(home) as screen:
        screen.collect(_IDLE_SECONDS)
        before = _whole(screen.pid)
        for key in _USE:
            screen.send(key)
            screen.wait_quiet(0.3, 3.0)
        screen.collect(_IDLE_SECONDS)
        after = _whole(screen.pid)
        screen.send(b"1")
        screen.settle()
        screen.send(b"\x1b[H")
        screen.settle(1.0)
        screen.quit()
    return before, after


def _app(bench: Bench, home: Home) -> int:
    with Screen(minimal(bench.place), home.env) as screen:
        screen.wait_for(FIRST)
        screen.collect(_IDLE_SECONDS)
        return _whole(screen.pid)


def _whole(pid: int) -> int:
    """A process and all that it started."""
    found = sum(map(proportional_bytes, [pid, *children(pid)]))
    if not found:
        raise RuntimeError("the program has ended")
    return found


def _refresh(bench: Bench) -> Iterator[Line]:
    """The worker and the child at their largest, together."""
    with Farm(bench.feeds, bench.entries, KINDS) as farm, bench.copy() as home:
        home.follow(farm.urls())
        peaks: list[float] = []
        for _ in range(2):
            peaks.append(_peak(home))
            farm.publish(bench.entries)
    what = f"memory of a refresh of {bench.feeds:,} feeds, worker and child, {bench.articles:,} articles"
    yield limit("10", what, Samples.of(peaks, "MB"), 160e6)


def _peak(home: Home) -> int:
    most = 0
    command = [reader(), "refresh", "--all"]
    with subprocess.Popen(command, env=home.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            most = max(most, sum(map(proportional_bytes, children(process.pid))))
            time.sleep(_LOOK_SECONDS)
    return most
