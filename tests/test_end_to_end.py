"""The real program in a real terminal: killed, run twice at once, left and opened again."""

import os
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.web import Web, rss, web
from tests.worker.running import ROOT, Home

termios = pytest.importorskip("termios", reason="there are no pseudo-terminals here")

from tests.terminal import Terminal  # noqa: E402

__all__ = ["web"]

READER = [sys.executable, "-m", "reader"]
PATIENCE_SECONDS = 30


def environment(home: Home) -> dict[str, str]:
    return {
        **os.environ,
        "READER_HOME": str(home.place),
        "PYTHONPATH": str(ROOT),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }


def screen(home: Home, columns: int = 120) -> Terminal:
    return Terminal(READER, environment(home), columns)


def wait_for(true: Callable[[], object], *terminals: Terminal) -> None:
    """Wait until something holds, while the terminals are read."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not true():
        for terminal in terminals:
            terminal.drain()
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.01)


def marked(home: Home, state: str = "is_read") -> set[int]:
    """The articles of which this is committed."""
    connection = home.database.connect()
    try:
        return {row[0] for row in connection.rows(f"SELECT id FROM articles WHERE {state} = 1")}
    finally:
        connection.close()


def differs(home: Home, before: set[int]) -> bool:
    return marked(home) != before


def workers(home: Home) -> list[int]:
    """The processes that have this library for their home, but for ourselves."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                if f"READER_HOME={home.place}\0".encode() in (entry / "environ").read_bytes():
                    found.append(int(entry.name))
            except OSError:
                continue  # it ended while we looked, or is not ours
    return found


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A library of one directory with three short articles, all unread."""
    place = tmp_path / "home"
    place.mkdir()
    texts = tmp_path / "texts"
    texts.mkdir()
    for name in ("Alder", "Birch", "Cedar"):
        (texts / f"{name}.txt").write_text(f"{name} trees\n\n\nA {name} stands by the river. It is tall.\n")
    home = Home(place)
    home.add(texts)
    return home


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked up in /proc")
def test_a_screen_killed_in_the_middle_of_a_refresh_loses_nothing(home: Home, web: Web) -> None:
    home.follow(*(web.put(f"/{n}", rss(f"Feed {n}", 20), host=2 + n % 9, delay=0.05 * (n % 4)) for n in range(40)))
    for round_ in range(3):
        with screen(home) as terminal:
            terminal.wait_for("refreshing")
            before = marked(home)
            terminal.send(b"gg" + b"j" * round_ + b"m")
            wait_for(partial(differs, home, before), terminal)
            acknowledged = marked(home)
            os.kill(terminal.pid, signal.SIGKILL)
        wait_for(lambda: not workers(home))
        assert home.faults() == []
        assert marked(home) == acknowledged
        home.due_now()
    home.refresh(every=True)
    assert len(home.titles()) == 3 + 40 * 20
    assert home.faults() == []


def test_two_screens_and_a_refresh_at_once(home: Home, web: Web) -> None:
    home.follow(*(web.put(f"/{n}", rss(f"Feed {n}", 5), host=2 + n % 9, delay=0.1) for n in range(20)))
    with screen(home) as one, screen(home) as other:
        one.wait_for("Cedar")
        other.wait_for("Cedar")
        home.refresh(every=True)
        one.send(b"ggm")
        other.send(b"ggb")
        wait_for(lambda: marked(home, "is_read") and marked(home, "is_bookmarked"), one, other)
        for terminal in (one, other):
            terminal.send(b"\x11")
            assert terminal.wait_end() == 0
    assert len(home.titles()) == 3 + 20 * 5
    assert home.faults() == []


def test_what_was_left_is_there_again_and_the_terminal_as_it_was(home: Home) -> None:
    with screen(home) as terminal:
        before = termios.tcgetattr(terminal.fd)
        terminal.wait_for("Cedar")
        terminal.send(b"jb")
        terminal.wait_for("bookmarked")
        terminal.send(b"3")
        terminal.wait_for("Bookmarks · 1")
        terminal.send(b"\x11")
        assert terminal.wait_end() == 0
        assert termios.tcgetattr(terminal.fd) == before
        assert b"\x1b[?1049l" in terminal.output
        assert "Traceback" not in terminal.text
        assert "Warning" not in terminal.text
    with screen(home) as terminal:
        terminal.wait_for("Bookmarks · 1")
        terminal.wait_for("Birch")


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_screen_and_leaves_the_terminal_whole(home: Home, end: signal.Signals) -> None:
    with screen(home) as terminal:
        before = termios.tcgetattr(terminal.fd)
        terminal.wait_for("Cedar")
        os.kill(terminal.pid, end)
        terminal.wait_end()
        assert termios.tcgetattr(terminal.fd) == before
        assert b"\x1b[?1049l" in terminal.output
    assert home.faults() == []


def test_the_screen_is_on_the_terminal_wherever_its_errors_go(home: Home, tmp_path: Path) -> None:
    command = ["sh", "-c", f'exec "$0" "$@" 2>{tmp_path}/errors', *READER]
    with Terminal(command, environment(home)) as terminal:
        terminal.wait_for("Cedar")
        terminal.send(b"\x11")
        assert terminal.wait_end() == 0
    assert (tmp_path / "errors").read_bytes() == b""
