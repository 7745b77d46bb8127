"""How long quitting takes: from the key until the program has ended, which is when the shell writes its prompt."""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.figures import Line, Samples, note, ratio
from tests.benchmarks.home import Bench
from tests.benchmarks.program import Screen, at_rest, begin_at_top
from tests.benchmarks.yardsticks import FIRST, minimal

_LEFT = b"\x1b[?1049l"


def quitting(bench: Bench) -> Iterator[Line]:
    """Line 11."""
    home = bench.library()
    begin_at_top(home)
    ours: list[float] = []
    clean: list[float] = []
    theirs: list[float] = []
    for number in range(bench.rounds + 1):
        with at_rest(home) as screen:
            took = screen.quit()
            left = _left_screen(screen)
        with Screen(minimal(bench.place), home.env) as app:
            app.wait_for(FIRST)
            app.settle(1.0)
            other = app.quit()
        if number:
            ours.append(took)
            clean.append(took if left is None else left)
            theirs.append(other)
    beside = Samples.of(theirs)
    what = f"quit: key → the shell has the terminal, {bench.articles:,} articles"
    yield ratio("11", what, Samples.of(ours), "minimal Textual app", beside, 0.2)
    yield note("11", "key → the alternate screen is left", Samples.of(clean), "minimal Textual app", beside)


def _left_screen(screen: Screen) -> float | None:
    """Seconds from the key, the last thing that was sent, until the alternate screen was left."""
    at = screen.output.rfind(_LEFT)
    moment = next((moment for moment, end in screen.arrivals if end > at), None) if at >= 0 else None
    return None if moment is None else moment - screen.quit_sent
