"""Pipe, pager, editor, clipboard: the article given to other programs, and the terminal as it was before."""

import os
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.widgets import Input

from reader.library import Library
from reader.tui import clipboard, programs
from reader.tui.screens.pipe import MOST_KEPT, with_newest
from tests import library_maker as maker
from tests.cli.shell import READER
from tests.terminal import Terminal
from tests.tui.reading import NARROW, QUIET, WIDE, Reading, reading


def script(path: Path, body: str) -> str:
    """A program of our own, on the search path if its directory is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n", "utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.fixture(autouse=True)
def no_desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests do not touch the clipboard of whoever runs them."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "TERMUX_VERSION", "WSL_DISTRO_NAME", "SSH_TTY", "SSH_CONNECTION"):
        monkeypatch.delenv(name, raising=False)


async def run_line(person: Reading, line: str) -> None:
    await person.press("|")
    await person.sees("Give the article to a command")
    person.app.screen.query_one(Input).value = line
    await person.press("enter")


# Pipe


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_a_command_gets_the_article_and_its_first_line_is_shown(tmp_path: Path, size: tuple[int, int]) -> None:
    told = script(tmp_path / "told", f"cat > {tmp_path}/text; echo heard; echo more")
    async with reading(tmp_path / "home", size=size) as person:
        article = person.library.article(person.screen.articles.ids[0])
        await run_line(person, f"{told} 'one word' $HOME ; x")
        await person.until(lambda: "told: heard (and 1 line more)" in person.status())
    text = (tmp_path / "text").read_text("utf-8")
    assert article.title is not None
    assert text.startswith(article.title)
    assert article.link in text.splitlines()


async def test_there_is_no_shell(tmp_path: Path) -> None:
    told = script(tmp_path / "told", f'for word in "$@"; do echo "$word"; done > {tmp_path}/words')
    async with reading(tmp_path / "home", size=WIDE) as person:
        await run_line(person, f"{told} 'a b' $(id) > x; rm | *")
        await person.until(lambda: "told: done" in person.status())
    assert (tmp_path / "words").read_text().splitlines() == ["a b", "$(id)", ">", "x;", "rm", "|", "*"]


async def test_markdown_if_the_config_says_so(tmp_path: Path) -> None:
    told = script(tmp_path / "told", "head -n 1")
    async with reading(tmp_path / "home", size=WIDE, config=f'{QUIET}[article]\npipe = "markdown"\n') as person:
        await run_line(person, told)
        await person.until(lambda: "told: # " in person.status())


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("echo broken >&2; exit 3", "told ended with 3: broken"),
        ("kill -9 $$", "told was ended by a signal"),
        (r"printf '\033[2J\033]0;x\007safe\n'", "told: [2J]0;xsafe"),
        ("yes | head -c 9000000", "told: y (and "),
        ("exec 0<&-; echo early", "told: early"),
    ],
)
async def test_what_a_command_may_come_to(tmp_path: Path, body: str, said: str) -> None:
    told = script(tmp_path / "told", body)
    async with reading(tmp_path / "home", size=WIDE) as person:
        await run_line(person, told)
        await person.until(lambda: said in person.status())


async def test_mistakes_are_one_sentence(tmp_path: Path) -> None:
    async with reading(tmp_path / "home", size=WIDE) as person:
        await run_line(person, "no-such-program-here -x")
        await person.until(lambda: "there is no program no-such-program-here" in person.status())
        await run_line(person, "wc 'open")
        await person.sees("a quote is opened and not closed")
        await person.press("ctrl+u", "enter")
        await person.press("escape")
        await run_line(person, str(tmp_path))
        await person.until(lambda: "cannot be run: permission denied" in person.status())


async def test_the_last_commands_come_back_also_after_a_restart(tmp_path: Path) -> None:
    async with reading(tmp_path / "home", size=WIDE) as person:
        for line in ("true one", "true two", "true one"):
            await run_line(person, line)
            await person.until(lambda: "true: done" in person.status())
            person.screen.say("")
        await person.idle()
    async with reading(tmp_path / "home", size=WIDE) as person:
        await person.press("|")
        await person.sees("Give the article")
        await person.press("n", "e", "w", "up")
        await person.sees("true one")
        await person.press("up")
        await person.sees("true two")
        await person.press("up", "down", "down")
        await person.sees("new")


async def test_a_command_that_goes_on_is_stopped_and_the_screen_stays_usable(tmp_path: Path) -> None:
    told = script(tmp_path / "told", f"echo $$ > {tmp_path}/pid; exec sleep 600")
    async with reading(tmp_path / "home", size=WIDE) as person:
        await run_line(person, told)
        await person.until(lambda: "running told" in person.status() and (tmp_path / "pid").exists())
        before = person.screen.articles.cursor
        await person.press("j")
        assert person.screen.articles.cursor == before + 1
        await person.press("ctrl+x")
        await person.until(lambda: "told was stopped" in person.status())
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_the_history_has_an_end_and_each_line_once() -> None:
    lines: list[str] = []
    for number in range(100):
        lines = with_newest(lines, f"{number % 30}")
    assert len(lines) == len(set(lines)) == MOST_KEPT
    assert lines[0] == "9"


@given(st.text())
def test_any_command_line_is_split_or_refused(line: str) -> None:
    try:
        command = programs.understood(line)
    except programs.BadCommandError as error:
        assert str(error)  # noqa: PT017
    else:
        assert command.words


# Pager and editor


async def test_the_pager_gets_wrapped_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "PAGER", script(tmp_path / "pager", f'cat > {tmp_path}/text; echo "$#" >> {tmp_path}/text') + " -x"
    )
    async with reading(tmp_path / "home", size=WIDE) as person:
        await person.press("P")
        await person.until(lambda: (tmp_path / "text").exists() and (tmp_path / "text").read_text().endswith("1\n"))
        lines = (tmp_path / "text").read_text("utf-8").splitlines()
        assert len(lines) > 5
        assert max(map(len, lines)) <= 80


async def test_the_editor_gets_a_file_for_us_alone_that_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = f'cp "$1" {tmp_path}/copy; stat -c %a "$1" "$(dirname "$1")" > {tmp_path}/mode; echo "$1" > {tmp_path}/path'
    monkeypatch.setenv("VISUAL", script(tmp_path / "editor", body))
    monkeypatch.setenv("EDITOR", "false")
    async with reading(tmp_path / "home", size=WIDE) as person:
        article = person.library.article(person.screen.articles.ids[0])
        await person.press("E")
        await person.until((tmp_path / "path").exists)
    path = Path((tmp_path / "path").read_text().strip())
    assert path.name == "article.md"
    assert not path.parent.exists()
    assert (tmp_path / "mode").read_text().split() == ["600", "700"]
    assert (tmp_path / "copy").read_text("utf-8").startswith(f"# {article.title}\n")


async def test_a_program_that_is_not_there_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGER", "nothing-like-it")
    monkeypatch.setenv("VISUAL", "also 'nothing")
    async with reading(tmp_path / "home", size=WIDE) as person:
        await person.press("P")
        await person.until(lambda: "there is no program nothing-like-it" in person.status())
        await person.press("E")
        await person.until(lambda: "a quote is opened" in person.status())


def test_what_is_used_where_nothing_is_told() -> None:
    assert programs.pager({}) == ("less",)
    assert programs.editor({"VISUAL": " ", "EDITOR": "nano -w"}) == ("nano", "-w")
    assert programs.editor({}) == ("vi",)


async def test_without_an_article_nothing_happens(tmp_path: Path) -> None:
    async with reading(tmp_path / "home", size=WIDE, articles=0) as person:
        await person.press("|", "P", "E")
        await person.idle()
        assert person.app.screen is person.screen


# On a real terminal


@pytest.fixture
def home(tmp_path: Path) -> Path:
    where = maker.place(tmp_path / "home")
    maker.fill(where, 5)
    where.config.write_text("[refresh]\non_open = false\n", "utf-8")
    return tmp_path / "home"


def test_the_terminal_is_lent_with_its_ctrl_c_and_taken_back_as_it_was(home: Path, tmp_path: Path) -> None:
    """The pager sees a cooked terminal, leaves it raw, and is interrupted: none of it is the screen's trouble."""
    pager = script(
        tmp_path / "pager",
        "trap 'echo interrupted' INT; cat > /dev/null; stty -a < /dev/tty | grep -o -- '-*icanon'; echo PAGING\n"
        "until read line < /dev/tty; do :; done; echo got $line; stty raw -echo < /dev/tty; exit 0",
    )
    settings = {
        **os.environ,
        "READER_HOME": str(home),
        "TERM": "xterm-256color",
        "PAGER": pager,
    }
    with Terminal(READER, settings) as terminal:
        terminal.wait_for("? help")
        terminal.wait_quiet()
        terminal.send(b"P")
        terminal.wait_for("PAGING")
        assert "-icanon" not in terminal.text
        terminal.send(b"\x03")
        terminal.wait_for("interrupted")
        terminal.send(b"hello\n")
        terminal.wait_for("got hello")
        terminal.wait_quiet()
        seen = len(terminal.output)
        terminal.send(b"?")
        terminal.wait_quiet()
        assert b"Enter" in terminal.output[seen:]
        terminal.send(b"\x1b")
        terminal.wait_quiet()
        terminal.send(b"q")
        assert terminal.wait_end() == 0
        assert terminal.text.count("got hello") == 1


def test_what_was_typed_at_the_start_is_heard_once(home: Path, tmp_path: Path) -> None:
    settings = {**os.environ, "READER_HOME": str(home), "TERM": "xterm-256color", "PAGER": "echo paged"}
    with Terminal(READER, settings) as terminal:
        terminal.wait_for("? help")
        terminal.wait_quiet()
        terminal.send(b"q")
        assert terminal.wait_end() == 0
    with Library.open(maker.place(home)) as library:
        before = library.counts().bookmarks
    with Terminal(READER, settings) as terminal:
        while b"\x1b[?1049h" not in terminal.output:
            terminal.read(0.02)
        terminal.send(b"b")  # Textual is still being loaded
        terminal.wait_for("? help")
        terminal.wait_quiet()
        terminal.send(b"P")
        terminal.wait_for("paged")
        terminal.wait_quiet()
        terminal.send(b"q")
        assert terminal.wait_end() == 0
    with Library.open(maker.place(home)) as library:
        assert abs(library.counts().bookmarks - before) == 1


def test_a_command_with_the_terminal_stays_until_enter(home: Path) -> None:
    settings = {**os.environ, "READER_HOME": str(home), "TERM": "xterm-256color"}
    with Terminal(READER, settings) as terminal:
        terminal.wait_for("? help")
        terminal.wait_quiet()
        terminal.send(b"|")
        terminal.wait_for("Give the article")
        terminal.send(b"!wc -l\r")
        terminal.wait_for("Enter goes back")
        terminal.send(b"\n")
        terminal.wait_quiet()
        terminal.send(b"q")
        assert terminal.wait_end() == 0


# The clipboard


EVERYWHERE = {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0", "TERMUX_VERSION": "1", "WSL_DISTRO_NAME": "Debian"}


@pytest.mark.parametrize(
    ("environ", "platform", "there", "command"),
    [
        ({}, "linux", {"xclip", "wl-copy", "pbcopy", "clip.exe"}, None),
        ({"DISPLAY": ":0"}, "linux", {"xsel", "xclip"}, "xclip"),
        ({"DISPLAY": ":0"}, "linux", {"xsel"}, "xsel"),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "w"}, "linux", {"xclip", "wl-copy"}, "wl-copy"),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "w"}, "linux", {"xclip"}, "xclip"),
        ({"WAYLAND_DISPLAY": "w"}, "linux", {"xclip"}, None),
        ({"DISPLAY": ":0"}, "linux", set(), None),
        ({}, "darwin", {"pbcopy"}, "pbcopy"),
        ({}, "win32", {"clip.exe"}, "clip.exe"),
        ({"WSL_DISTRO_NAME": "Debian", "DISPLAY": ":0"}, "linux", {"clip.exe", "xclip"}, "clip.exe"),
        ({"TERMUX_VERSION": "0.118"}, "linux", {"termux-clipboard-set"}, "termux-clipboard-set"),
        ({**EVERYWHERE, "SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}, "darwin", {"pbcopy", "xclip", "wl-copy"}, None),
        ({**EVERYWHERE, "SSH_TTY": "/dev/pts/1"}, "linux", {"xclip"}, None),
    ],
)
def test_which_program_takes_the_clipboard(
    environ: dict[str, str], platform: str, there: set[str], command: str | None
) -> None:
    found = clipboard.program(environ, platform, there.__contains__)
    assert (found and found[0]) == command


async def test_what_is_copied_reaches_the_systems_clipboard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script(tmp_path / "bin" / "xclip", f'cat > {tmp_path}/copied; echo "$@" > {tmp_path}/words')
    monkeypatch.setenv("PATH", f"{tmp_path}/bin:{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":0")
    async with reading(tmp_path / "home", size=WIDE) as person:
        article = person.library.article(person.screen.articles.ids[0])
        await person.press("y")
        await person.until((tmp_path / "words").exists)
        assert (tmp_path / "copied").read_text() == article.link
        assert person.app.clipboard == article.link
        script(tmp_path / "bin" / "xclip", "exit 1")
        await person.press("y")
        await person.until(lambda: "copied by the terminal alone: xclip failed" in person.status())


def test_the_file_is_for_us_alone_whatever_the_mask(tmp_path: Path) -> None:
    modes: list[int] = []

    def opening(command: object) -> str:
        assert isinstance(command, list)
        modes.append(stat.S_IMODE(Path(command[-1]).stat().st_mode))
        return "said"

    before = os.umask(0)
    try:
        assert programs.edited(["editor"], "text \ud800", opening) == "said"
    finally:
        os.umask(before)
    assert modes == [0o600] or sys.platform == "win32"
