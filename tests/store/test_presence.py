"""Who has the library open is known, however they end."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from reader.store import presence

fcntl = pytest.importorskip("fcntl")
ROOT = Path(__file__).parents[2]
SCREEN = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from reader.store import presence
with presence.shown(Path(sys.argv[2])):
    print("open", flush=True)
    time.sleep(60)
"""


def test_a_screen_is_seen_as_long_as_it_is_open(tmp_path: Path) -> None:
    place = tmp_path / "state" / "screen.lock"
    assert not presence.is_open(place)
    with presence.shown(place):
        assert presence.is_open(place)
        with presence.shown(place):
            assert presence.is_open(place)
        assert presence.is_open(place)
    assert not presence.is_open(place)


def test_a_screen_that_was_killed_is_open_no_more(tmp_path: Path) -> None:
    place = tmp_path / "screen.lock"
    screen = subprocess.Popen([sys.executable, "-c", SCREEN, str(ROOT), str(place)], stdout=subprocess.PIPE)
    with screen:
        assert screen.stdout
        assert screen.stdout.readline() == b"open\n"
        assert presence.is_open(place)
        os.kill(screen.pid, signal.SIGKILL)
        screen.wait()
    assert not presence.is_open(place)


def test_a_screen_opens_where_nothing_can_be_written_and_is_taken_to_be_open(tmp_path: Path) -> None:
    place = tmp_path / "file" / "screen.lock"
    place.parent.touch()
    with presence.shown(place):
        assert presence.is_open(place)
