"""The picture before Textual: the same cells, the same keys, the same terminal afterwards."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from reader import times
from reader.library import Library
from reader.model import Mark, View, ViewKind
from reader.paths import paths
from reader.store import feeds
from reader.store.database import Database
from reader.tui import first_paint
from tests import library_maker as maker
from tests.cells import Cell, Cells
from tests.worker.running import ROOT

termios = pytest.importorskip("termios", reason="there are no pseudo-terminals here")

from tests.terminal import Terminal  # noqa: E402

READER = [sys.executable, "-m", "reader"]
PAINTED = b"\x1b[0m\x1b[?2026l"
TAKEN_OVER = b"\x1b[?2004h"  # Textual's driver has asked for pasted text in brackets
JOINER, SELECTOR = "\u200d".encode(), "\ufe0f".encode()
SIZE = (120, 40)
SIZES = [(120, 40), (60, 20), (90, 30), (200, 50)]
LIMIT = 20.0


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A library of sixty articles, and a config under which nothing is fetched."""
    home = tmp_path / "home"
    home.mkdir()
    where = maker.place(home)
    where.config.write_text("[refresh]\non_open = false\n", "utf-8")
    maker.fill(where)
    return home


@contextmanager
def opened(home: Path, size: tuple[int, int] = (120, 40), **more: str) -> Iterator[Terminal]:
    """The reader in a terminal of some size."""
    dropped = ("NO_COLOR", "READER_ASCII", "TEXTUAL_DRIVER", "COLUMNS", "LINES")
    environ = {name: value for name, value in os.environ.items() if name not in dropped}
    environ |= {"READER_HOME": str(home), "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    with Terminal(READER, environ | more, *size) as terminal:
        yield terminal


def until(terminal: Terminal, true: Callable[[bytes], bool]) -> bytes:
    """All that was written by the time that something holds of it."""
    end = time.monotonic() + LIMIT
    while not true(bytes(terminal.output)):
        assert time.monotonic() < end, f"never came: {terminal.text[-2000:]}"
        terminal.read(0.05)
    return bytes(terminal.output)


def is_painted(written: bytes) -> bool:
    return PAINTED in written


def is_taken_over(written: bytes) -> bool:
    return TAKEN_OVER in written


def painted(terminal: Terminal, size: tuple[int, int] = SIZE) -> list[list[Cell]]:
    """What is seen after the first paint; nothing of it changes while Textual takes over, but for the status line."""
    written = until(terminal, is_painted)
    cells = Cells(*size)
    at = written.index(PAINTED) + len(PAINTED)
    cells.feed(written[:at])
    first = cells.lines()
    until(terminal, is_taken_over)
    terminal.wait_quiet(0.3)
    for end in (length for _, length in terminal.arrivals if length > at and not is_cut(terminal.output, length)):
        cells.feed(bytes(terminal.output[at:end]))
        at = end
        assert changes(first[:-1], cells.lines()[:-1]) == []
    return first


def is_cut(written: bytes | bytearray, end: int) -> bool:
    """Whether a piece of what was written ends within what is drawn as one character."""
    before, after = bytes(written[end - 3 : end]), bytes(written[end : end + 3])
    goes_on = bool(after) and (after[0] & 0xC0 == 0x80 or after in (JOINER, SELECTOR))
    return goes_on or before == JOINER


def changes(before: list[list[Cell]], after: list[list[Cell]]) -> list[tuple[int, int, Cell, Cell]]:
    """The cells that are others now: row, column, before, after.

    How long an article is on these lines is known only when it is typeset whole: its hairline may move a little.
    """
    pairs = [(y, x, one, after[y][x]) for y, line in enumerate(before) for x, one in enumerate(line)]
    return [pair for pair in pairs if pair[2] != pair[3] and not {pair[2].text, pair[3].text} <= {" ", "▕", "|"}]


def row_of_cursor(written: bytes) -> int | None:
    """The row of the first line of the article under the cursor."""
    cells = Cells(*SIZE)
    cells.feed(written)
    return next((row for row, line in enumerate(cells.lines()) if line[29].text == "▎"), None)


def text_of(lines: list[list[Cell]]) -> list[str]:
    return ["".join(cell.text for cell in line) for line in lines]


def visit(home: Path, keys: str = "", size: tuple[int, int] = (120, 40), **more: str) -> None:
    """Open the reader, press keys one after the other, and quit."""
    with opened(home, size, **more) as terminal:
        until(terminal, is_taken_over)
        for key in keys:
            terminal.send(key.encode())
            terminal.wait_quiet(0.15)
        terminal.wait_quiet(0.15)
        terminal.send(b"\x11")  # ctrl+q, from wherever one is
        assert terminal.wait_end(LIMIT) == 0


STATES = {
    "as it began": "",
    "far down": "jjjjjjjjjjjjjjjjjjjjjjjjj",
    "in an article": "jj  ",
    "dense": "D",
    "in the sidebar": "h",
    "a feed": "hjjjjjjjj",
    "unread": "2",
    "bookmarks": "4",
    "after a search": "/ferries\rq",
    "zen": "jz",
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
@pytest.mark.parametrize("keys", STATES.values(), ids=STATES.keys())
def test_the_first_paint_is_what_textual_draws_then(home: Path, keys: str, size: tuple[int, int]) -> None:
    visit(home, keys, size)
    with opened(home, size) as terminal:
        painted(terminal, size)


def test_a_list_longer_than_its_first_page_stands_where_it_will_stand(home: Path) -> None:
    maker.place(home).database.unlink()
    maker.fill(maker.place(home), 1300, strange=())
    visit(home, "\x04" * 20)
    with opened(home) as terminal:
        assert "1,300" in "".join(text_of(painted(terminal)))


@pytest.mark.parametrize(
    ("config", "more"),
    [
        ('theme = "paper"\n', {}),
        ('theme = "ansi-dark"\n', {}),
        ('theme = "nord"\n', {}),
        ("", {"READER_ASCII": "1"}),
        ("", {"NO_COLOR": "1"}),
        ("", {"COLORTERM": ""}),
    ],
)
def test_it_has_the_colours_and_signs_of_the_terminal(home: Path, config: str, more: dict[str, str]) -> None:
    (home / "config.toml").write_text(f"{config}[refresh]\non_open = false\n", "utf-8")
    visit(home, "jj", SIZE, **more)
    with opened(home, SIZE, **more) as terminal:
        painted(terminal)


def test_it_shows_the_library_of_this_moment(home: Path) -> None:
    visit(home)
    with Library.open(maker.place(home)) as library:
        ids = library.ids(View(ViewKind.ALL))
        library.mark(ids[:10], Mark.BOOKMARKED)
        library.mark(ids[:30], Mark.READ)
    with opened(home) as terminal:
        seen = text_of(painted(terminal))
    assert sum("★" in line for line in seen) >= 10
    assert not any("●" in line for line in seen)


def test_what_came_since_is_in_it(home: Path) -> None:
    visit(home, "jj")
    connection = Database(maker.place(home).database).connect()
    feed_id = next(feed.id for feed in feeds.followed(connection) if feed.title == "Harbour Post")
    maker.put(connection, feed_id, [maker.story("Nobody has seen this one yet", times.now() - 60)], times.now())
    connection.close()
    with opened(home) as terminal:
        assert "Nobody has seen this" in "".join(text_of(painted(terminal)))


def without_it(home: Path, size: tuple[int, int] = (120, 40), **more: str) -> None:
    """Nothing is painted before Textual, and the screen comes all the same."""
    with opened(home, size, **more) as terminal:
        written = until(terminal, lambda written: TAKEN_OVER in written and b"Harbour" in written)
        assert PAINTED not in written[: written.index(TAKEN_OVER)]


def test_where_feeds_came_or_went_it_is_left_to_textual(home: Path) -> None:
    visit(home)
    with Library.open(maker.place(home)) as library:
        library.remove(library.feeds()[0].id)
    without_it(home)


def test_another_size_or_terminal_is_left_to_textual(home: Path) -> None:
    visit(home)
    without_it(home, (110, 40))
    without_it(home, COLORTERM="")
    without_it(home, TERM="linux")


def test_a_first_start_is_left_to_textual(home: Path) -> None:
    without_it(home)


@pytest.mark.parametrize("kept", ["{", "null", "[]", '{"for": 1}', '"x"'])
def test_a_picture_that_cannot_be_understood_is_none(home: Path, kept: str) -> None:
    visit(home)
    connection = Database(maker.place(home).database).connect()
    picture = json.loads(connection.value("SELECT value FROM memory WHERE key = 'picture'"))
    for value in (kept, json.dumps({**picture, "list": None}), json.dumps({**picture, "places": {}})):
        connection.run("UPDATE memory SET value = ? WHERE key = 'picture'", value)
        if value != "{":
            without_it(home)
    connection.close()


# Keys


def test_keys_that_are_typed_while_textual_is_loaded_all_act(home: Path) -> None:
    visit(home)
    with opened(home) as terminal:
        for _ in range(10):
            terminal.collect(0.03)
            terminal.send(b"j")
        until(terminal, lambda written: row_of_cursor(written) == 3 + 2 * 10)


def test_the_list_answers_before_textual_is_there(home: Path) -> None:
    visit(home)
    with opened(home) as terminal:
        until(terminal, is_painted)
        terminal.send(b"jjk\x1b[B")
        written = until(terminal, is_taken_over)
        assert row_of_cursor(written[: written.index(TAKEN_OVER)]) == 3 + 2 * 2
        terminal.wait_quiet(0.3)
        assert row_of_cursor(bytes(terminal.output)) == 3 + 2 * 2


def test_what_is_typed_besides_acts_in_its_order(home: Path) -> None:
    visit(home)
    with Library.open(maker.place(home)) as library:
        ids = library.ids(View(ViewKind.ALL))
        with opened(home) as terminal:
            until(terminal, is_painted)
            terminal.send(b"jjbjb")
            until(terminal, is_taken_over)
            until(terminal, lambda _: library.rows(ids[2:4])[1].is_bookmarked)
        assert [row.is_bookmarked for row in library.rows(ids[1:4])] == [False, True, True]


@pytest.mark.parametrize("keys", [b"kkkk", b"j" * 50, b"j" * 50 + b"k" * 49])
def test_the_cursor_goes_no_further_than_it_would(home: Path, keys: bytes) -> None:
    visit(home)
    with opened(home) as terminal:
        until(terminal, is_painted)
        terminal.send(keys)
        until(terminal, is_taken_over)
        terminal.wait_quiet(0.3)
        terminal.send(b"\x11")
        terminal.wait_end(LIMIT)
    with Library.open(maker.place(home)) as library:
        there = min(max(keys.count(b"j") - keys.count(b"k"), 0), 59)
        assert library.recall("screen")["article"] == library.ids(View(ViewKind.ALL))[there]


def test_keys_of_ones_own_are_answered_too(home: Path) -> None:
    (home / "config.toml").write_text('[refresh]\non_open = false\n[bindings]\ndown = ["n"]\n', "utf-8")
    visit(home)
    with opened(home) as terminal:
        until(terminal, is_painted)
        terminal.send(b"njn")  # j is no key then
        until(terminal, is_taken_over)
        until(terminal, lambda written: row_of_cursor(written) == 3 + 2 * 2)


def test_ctrl_c_while_textual_is_loaded_waits_to_be_asked(home: Path) -> None:
    visit(home)
    with opened(home) as terminal:
        until(terminal, is_painted)
        terminal.send(b"\x03")
        until(terminal, lambda written: b"ctrl+c once more quits" in written)


# The terminal afterwards


def lasting(terminal: Terminal) -> list[object]:
    """The terminal's settings, as stty says them."""
    return list(termios.tcgetattr(terminal.fd))


def is_left(terminal: Terminal) -> bool:
    """Whether the program is out of the alternate screen, with the cursor to be seen."""
    output = bytes(terminal.output)
    return output.rfind(b"\x1b[?1049l") > output.rfind(b"\x1b[?1049h") >= 0 and output.rfind(
        b"\x1b[?25h"
    ) > output.rfind(b"\x1b[?25l")


@pytest.mark.parametrize("moment", [PAINTED, TAKEN_OVER])
@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_told_to_end_at_any_moment_it_gives_the_terminal_back(home: Path, moment: bytes, told: int) -> None:
    visit(home)
    with opened(home) as terminal:
        before = lasting(terminal)
        until(terminal, lambda written: moment in written)
        os.kill(terminal.pid, told)
        if moment == TAKEN_OVER and told == signal.SIGINT:
            until(terminal, is_taken_over)
            with suppress(OSError):
                terminal.send(b"\x11")
        terminal.wait_end(LIMIT)
        assert is_left(terminal)
        assert lasting(terminal) == before


def test_quitting_gives_it_back_too(home: Path) -> None:
    visit(home)
    with opened(home) as terminal:
        before = lasting(terminal)
        until(terminal, is_taken_over)
        terminal.send(b"q")
        assert terminal.wait_end(LIMIT) == 0
        assert is_left(terminal)
        assert lasting(terminal) == before
        assert bytes(terminal.output).count(b"\x1b[?1049h") == 1


def test_an_import_that_fails_gives_it_back_and_says_so(home: Path, tmp_path: Path) -> None:
    visit(home)
    broken = tmp_path / "broken" / "textual"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise ImportError('this Textual is broken')\n")
    with opened(home, PYTHONPATH=f"{broken.parent}{os.pathsep}{ROOT}") as terminal:
        before = lasting(terminal)
        assert terminal.wait_end(LIMIT) == 1
        assert is_left(terminal)
        assert lasting(terminal) == before
        assert b"this Textual is broken" in bytes(terminal.output).rpartition(b"\x1b[?1049l")[2]


def test_suspended_and_resumed_it_comes_back_as_it_was(home: Path) -> None:
    visit(home)
    with opened(home) as terminal:
        before = lasting(terminal)
        until(terminal, is_taken_over)
        drawn = lasting(terminal)
        os.kill(terminal.pid, signal.SIGTSTP)
        os.waitpid(terminal.pid, os.WUNTRACED)
        terminal.drain()
        assert is_left(terminal)
        assert lasting(terminal) == before
        os.kill(terminal.pid, signal.SIGCONT)
        until(terminal, lambda written: written.count(b"\x1b[?1049h") == 2)
        until(terminal, lambda written: lasting(terminal) == drawn)
        terminal.send(b"q")
        terminal.wait_end(LIMIT)
        assert lasting(terminal) == before


# What it costs


def test_what_is_loaded_before_it(home: Path) -> None:
    maker.place(home).database.unlink()
    maker.fill(maker.place(home), strange=())
    visit(home)
    code = """
import sys
before = set(sys.modules)
from reader.tui import first_paint, terminal
terminal.kind = lambda: sys.argv[2]
import os
scene = first_paint._scene(sys.argv[1], os.terminal_size((120, 40)))
assert scene and b"Harbour" in scene.written()
print(*sorted({name for name in set(sys.modules) - before}))
"""
    connection = Database(maker.place(home).database, readonly=True).connect()
    kind = json.loads(connection.value("SELECT value FROM memory WHERE key = 'picture'"))["for"][3]
    connection.close()
    found = subprocess.run(
        [sys.executable, "-c", code, maker.place(home).database, kind],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True, capture_output=True, text=True,
    ).stdout.split()  # fmt: skip
    ours = {name for name in found if name.startswith("reader")}
    screen = [f"reader.tui.{one}" for one in ("drawing", "early", "first_paint", "signs", "terminal")]
    assert ours == {
        "reader", "reader.store", "reader.store.glance", "reader.times", "reader.tui", *screen,
    }  # fmt: skip
    # what an installed script of an older pip imports anyway, and what is cheap
    loaded = {name.partition(".")[0] for name in found if not name.startswith(("_", "reader"))}
    cheap = {"apsw", "array", "collections", "itertools", "json", "keyword", "operator", "reprlib", "types"}
    regular = {"copyreg", "enum", "functools", "re"}
    assert loaded <= cheap | regular


@pytest.mark.parametrize(
    "environ", [{"READER_HOME": "/a/b"}, {"XDG_DATA_HOME": "/a/b"}, {"XDG_DATA_HOME": ""}, {"XDG_DATA_HOME": "a"}, {}]
)
def test_the_library_is_where_it_always_is(monkeypatch: pytest.MonkeyPatch, environ: dict[str, str]) -> None:
    for name in ("READER_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert first_paint.database() == str(paths().database)
