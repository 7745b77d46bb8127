"""That what is measured is what happens: keys are seen to be answered, and the end is seen."""

import sys
from pathlib import Path

import pytest

from reader.paths import Paths
from tests.benchmarks.home import Home
from tests.benchmarks.program import at_rest, children, list_pane, pointer, proportional_bytes, titles
from tests.library_maker import fill

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the benchmarks need Linux")


def test_the_program_is_driven_and_watched(tmp_path: Path) -> None:
    home = Home(tmp_path)
    fill(Paths(tmp_path / "none.toml", home.database, tmp_path / "cache", tmp_path / "state"))
    home.check_feeds()
    with at_rest(home) as screen:
        assert not children(screen.pid), "a refresh has begun, and every feed was checked just now"
        assert proportional_bytes(screen.pid) > 10e6
        top = pointer(screen.picture)
        assert top is not None
        moved = screen.press(b"j", list_pane, 0.3)
        assert moved.first is not None
        assert moved.last is not None
        assert moved.shown is not None
        assert 0 < moved.first <= moved.shown <= 5
        assert pointer(screen.picture) == top + 2
        assert screen.press(b"3", titles, 0.3).shown is not None
        assert 0 < screen.quit() < 5
        assert b"\x1b[?1049l" in screen.output
