"""What goes wrong under an open screen: it says so in a sentence, stays usable for the rest, and loses no mark."""

import fcntl
import os
import random
import shutil
import signal
import struct
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from reader.store.database import Database
from tests import library_maker
from tests.store.faults import flip, pages_of, place_of, run
from tests.test_end_to_end import READER, differs, environment, marked, screen, wait_for
from tests.web import Web, rss, web
from tests.worker.running import Home

termios = pytest.importorskip("termios", reason="there are no pseudo-terminals here")

from tests.terminal import Terminal  # noqa: E402

__all__ = ["web"]
GONE = "was moved, deleted or replaced while it was open"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    place = tmp_path / "home"
    place.mkdir()
    (place / "config.toml").write_text("[refresh]\non_open = false\n")
    library_maker.fill(library_maker.place(place), 60)
    return Home(place)


def quit_well(terminal: Terminal) -> None:
    terminal.send(b"\x11")
    assert terminal.wait_end() == 0
    assert "Traceback" not in terminal.text


def test_a_damaged_library_is_told_at_the_start_and_the_terminal_is_as_it_was(home: Home) -> None:
    home.database.close_all()
    flip("articles", leaf=False)(home.place)
    with screen(home) as terminal:
        before = termios.tcgetattr(terminal.fd)
        assert terminal.wait_end() == 1
        assert "The library is damaged (to mend it: reader doctor --fix; it is" in terminal.text.replace("\r\n", "")
        assert "Traceback" not in terminal.text
        assert termios.tcgetattr(terminal.fd) == before


def test_a_damaged_page_under_an_open_screen_leaves_the_rest_usable(home: Home) -> None:
    with screen(home) as terminal:
        terminal.wait_for("Ferries return")
        terminal.wait_quiet()
        pages = pages_of(home.place, "contents")
        with place_of(home.place).open("r+b") as file:
            for page in pages[: len(pages) // 2]:
                file.seek((page - 1) * 8192)
                file.write(b"\xa5" * 4096)
        terminal.send(b"G\r")
        terminal.wait_for("reader doctor --fix")
        before = marked(home)
        terminal.send(b"\x1b")
        terminal.wait_quiet()
        terminal.send(b"ggm")
        wait_for(lambda: differs(home, before), terminal)
        quit_well(terminal)
    assert "a new library was made of what could be read: 60 articles" in run(home.place, "doctor", "--fix").stdout
    assert Home(home.place).faults() == []


@pytest.mark.parametrize("how", ["deleted", "replaced", "its log deleted"])
def test_a_library_that_goes_under_an_open_screen_takes_no_marks_along(home: Home, tmp_path: Path, how: str) -> None:
    home.database.close_all()
    path = place_of(home.place)
    shutil.copy(path, tmp_path / "copy.db")
    with screen(home) as terminal:
        terminal.wait_for("Ferries return")
        terminal.send(b"m")
        terminal.wait_for("undoes")
        if how == "its log deleted":
            (home.place / "reader.db-wal").unlink()
        else:
            path.unlink()
        if how == "replaced":
            shutil.copy(tmp_path / "copy.db", path)
        terminal.send(b"jm")
        terminal.wait_for(GONE)
        terminal.send(b"\x11")
        terminal.wait_end()
        assert "Traceback" not in terminal.text
    assert path.exists() == (how != "deleted")


def test_a_terminal_that_vanishes_loses_no_mark(home: Home) -> None:
    before = marked(home)
    terminal = screen(home)
    terminal.wait_for("Ferries return")
    terminal.send(b"m")
    wait_for(lambda: differs(home, before), terminal)
    acknowledged = marked(home)
    os.close(terminal.fd)
    _, status = os.waitpid(terminal.pid, 0)
    assert os.waitstatus_to_exitcode(status) in (0, 1)
    assert marked(home) == acknowledged
    assert home.faults() == []
    log = home.place / "state" / "reader.log"
    assert not log.exists() or "Traceback" not in log.read_text()


def test_a_storm_of_sizes_leaves_the_screen_whole(home: Home) -> None:
    chance = random.Random(5)
    with screen(home) as terminal:
        terminal.wait_for("Ferries return")
        for _ in range(150):
            size = struct.pack("HHHH", chance.randrange(1, 70), chance.randrange(1, 220), 0, 0)
            fcntl.ioctl(terminal.fd, termios.TIOCSWINSZ, size)
            terminal.send(chance.choice([b"j", b"k", b"m", b"\t", b"\r", b"\x1b"]))
            terminal.read(0.01)
        fcntl.ioctl(terminal.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        terminal.wait_quiet()
        start = len(terminal.output)
        terminal.send(b"\x1b\x1b?")
        wait_for(lambda: b"undo" in terminal.output[start:], terminal)
        terminal.send(b"\x1b")
        quit_well(terminal)
    assert home.faults() == []


def test_suspended_and_resumed_it_goes_on(home: Home) -> None:
    before = marked(home)
    shell = ["bash", "-c", 'set -m; "$@"; echo "it sleeps"; fg >/dev/null; echo "it ended with $?"', "bash", *READER]
    with Terminal(shell, environment(home)) as terminal:
        terminal.wait_for("Ferries return")
        terminal.send(b"\x1a")
        terminal.wait_for("it sleeps")
        terminal.wait_quiet()
        terminal.send(b"m")
        wait_for(lambda: differs(home, before), terminal)
        terminal.send(b"\x11")
        terminal.wait_for("it ended with 0")
        assert "Traceback" not in terminal.text


def test_two_screens_a_refresh_and_a_backup_at_once_while_marking(home: Home, web: Web, tmp_path: Path) -> None:
    home.follow(*(web.put(f"/{n}", rss(f"Feed {n}", 30), host=2 + n % 9, delay=0.05 * (n % 5)) for n in range(30)))
    env = environment(home)

    def start(*words: str) -> subprocess.Popen[str]:
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen([*READER, *words], env=env, **pipes)  # type: ignore[call-overload, no-any-return]

    with screen(home) as one, screen(home) as other:
        one.wait_for("Ferries return")
        other.wait_for("Ferries return")
        before = marked(home), marked(home, "is_bookmarked")
        refresh = start("refresh", "--all")
        backups = [start("backup", str(tmp_path / f"backup-{number}.db")) for number in range(2)]
        marking = [start("mark", "bookmarked", str(number)) for number in range(1, 6)]
        for _ in range(6):
            one.send(b"jm")
            other.send(b"kb")
            one.read(0.05)
            other.read(0.05)
        for process in (refresh, *backups, *marking):
            out, err = process.communicate(timeout=90)
            assert (process.returncode, err) in ((0, ""), (3, err)), (out, err)
            assert "lock" not in err
            one.drain()
            other.drain()
        wait_for(lambda: marked(home) != before[0] and marked(home, "is_bookmarked") != before[1], one, other)
        for terminal in (one, other):
            assert "too long" not in terminal.text
            quit_well(terminal)
    assert set(range(1, 6)) <= marked(home, "is_bookmarked")
    assert home.faults() == []
    for number in range(2):
        with closing(Database(tmp_path / f"backup-{number}.db").connect()) as connection:
            assert connection.value("SELECT count(*) FROM articles") >= 60


def test_a_restore_waits_until_no_screen_is_open(home: Home, tmp_path: Path) -> None:
    assert run(home.place, "backup", str(tmp_path / "b.db")).returncode == 0
    with screen(home) as terminal:
        terminal.wait_for("Ferries return")
        done = run(home.place, "restore", str(tmp_path / "b.db"))
        assert (done.returncode, done.stderr) == (1, "reader: Reader is open in a window (close it and try again)\n")
        terminal.send(b"m")
        terminal.wait_for("undoes")
        quit_well(terminal)
    assert run(home.place, "restore", str(tmp_path / "b.db")).returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="signals are counted in /proc")
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_in_the_middle_of_marking_very_many_leaves_one_action_to_undo(home: Home, end: signal.Signals) -> None:
    with screen(home) as terminal:
        terminal.wait_for("Ferries return")
        terminal.send(b"A")
        os.kill(terminal.pid, end)
        terminal.wait_end()
    assert home.faults() == []
    assert run(home.place, "undo").returncode in (0, 1)
    assert home.faults() == []
