"""Hostile words through every way in, and every way out looked at whole by one strict checker."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from reader.library import Library
from tests import library_maker as maker
from tests.cli.shell import READER, ROOT
from tests.safety import hostile
from tests.safety.checker import faults
from tests.terminal import _ESCAPES, Terminal
from tests.tui.reading import MEDIUM, NARROW, WIDE, Reading, reading
from tests.web import Web

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such names of files there, and no pty")


@dataclass(frozen=True)
class Home:
    """A library full of hostile words, and what was printed while it became so."""

    place: Path
    pages: dict[str, str]
    listing: Path
    said: dict[str, str]

    @property
    def env(self) -> dict[str, str]:
        return {
            **os.environ,
            "READER_HOME": str(self.place),
            "PYTHONPATH": str(ROOT),
            "TZ": "UTC",
            "TERM": "xterm-256color",
        }

    def run(self, *words: str | Path, told: str = "") -> str:
        """All that a command prints, on both outputs."""
        done = subprocess.run(
            [*READER, *map(str, words)],
            env=self.env,
            input=told.encode("utf-8", "replace"),
            capture_output=True,
            timeout=120,
        )
        return (done.stdout + done.stderr).decode("utf-8", "surrogateescape")

    def terminal(self, *words: str | Path) -> str:
        """The same on a terminal of 80 columns, less the sequences of our own."""
        with Terminal([*READER, *map(str, words)], self.env, columns=80) as terminal:
            terminal.wait_end(60)
            return terminal.text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    place = tmp_path_factory.mktemp("hostile")
    (place / "home").mkdir()
    (place / "home" / "config.toml").write_text(
        f'[refresh]\non_open = false\n["{hostile.MARKER}\\u001b[2J\\u202e"]\nx = 1\n'
        f'[downloads]\ndirectory = "{place}/down"\n'
    )
    listing = place / f"{hostile.LOCAL}.opml"
    listing.write_text(hostile.opml(), "utf-8", "surrogatepass")
    folder = hostile.files(place / f"dir{hostile.LOCAL}")
    with Web() as web:
        made = Home(place / "home", hostile.serve(web), listing, {})
        made.said["add"] = made.run("add", made.pages["json"], "--folder", hostile.BAD.replace("\0", ""))
        made.said["add rss"] = made.run("add", made.pages["rss"])
        made.said["add directory"] = made.run("add", folder)
        made.said["add file"] = made.run("add", folder / f"{hostile.LOCAL}.txt", "--title", hostile.LOCAL)
        for name in ("error", "kind", "away", "broken", "page", "several"):
            made.said[f"add {name}"] = made.run("add", made.pages[name])
            made.said[f"keep {name}"] = made.run("add", made.pages[name], "--no-fetch")
        made.said["import --dry-run"] = made.run("import", listing, "--dry-run")
        made.said["import"] = made.run("import", listing)
        made.said["refresh"] = made.run("refresh", "--all")
        made.said["refresh --json"] = made.run("refresh", "--all", "--json")
        yield made


def ids(home: Home) -> list[str]:
    return [line.split("\t")[0] for line in home.run("list", "--tsv").splitlines() if line[:1].isdigit()]


def test_all_of_it_came_in(home: Home) -> None:
    assert len(ids(home)) >= len(hostile.TRICKS) + 6
    assert hostile.MARKER in home.run("list")


def test_what_was_said_while_it_came_in(home: Home) -> None:
    for what, said in home.said.items():
        assert said.strip(), what
        assert not faults(said, lines=True), what


def test_commands_of_a_list_are_left_out_and_told(home: Home) -> None:
    for what in ("import --dry-run", "import"):
        said = home.said[what]
        assert said.count("a command is not run") == 3, said
        assert "javascript:" in said
        assert "not on this machine" in said
    assert not Path("/tmp/owned").exists()
    with Library.open(maker.place(home.place)) as library:
        assert not any(feed.url.startswith(("|", "exec:", "filter:", "javascript:")) for feed in library.feeds())


COMMANDS: dict[str, tuple[str, ...]] = {
    "list": ("list",),
    "list --tsv": ("list", "--tsv"),
    "list --json": ("list", "--json"),
    "a query that is wrong": ("list", f"feed:{hostile.LOCAL}"),
    "a field that is wrong": ("list", f"{hostile.LOCAL}:x"),
    "feeds": ("feeds",),
    "feeds --json": ("feeds", "--json"),
    "export": ("export", "--opml"),
    "a verb that is wrong": (hostile.LOCAL,),
    "a path that is wrong": (f"./{hostile.LOCAL}x",),
    "an option that is wrong": ("list", f"--{hostile.LOCAL}"),
    "a feed that is wrong": ("refresh", hostile.LOCAL),
    "an address that is wrong": ("add", f"gopher{hostile.LOCAL}://x"),
    "a target that is wrong": ("add", hostile.LOCAL),
    "a list that is none": ("import", hostile.LOCAL),
    "help": ("--help",),
}


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_what_commands_print(home: Home, words: tuple[str, ...]) -> None:
    said = home.run(*words)
    assert said.strip()
    assert not faults(said, lines=True)
    assert not faults(home.terminal(*words), lines=True)


@pytest.mark.parametrize("shape", [(), ("--json",), ("--markdown",), ("--html",), ("--width", "40")], ids=" ".join)
def test_what_show_prints(home: Home, shape: tuple[str, ...]) -> None:
    for number in ids(home):
        said = home.run("show", number, *shape)
        assert said.strip()
        assert not faults(said, lines=True)
        if "--html" in shape:
            assert not re.search(r"<script|\son\w+=|javascript:", re.sub(r">[^<]*<", "><", said))


def test_the_list_that_is_written_is_xml(home: Home) -> None:
    tree = ET.fromstring(home.run("export", "--opml").partition("reader:")[0])
    outlines = list(tree.iter("outline"))
    assert len(outlines) > 5
    for outline in outlines:
        assert not [fault for value in outline.attrib.values() for fault in faults(value)]


def test_the_linear_reader(home: Home) -> None:
    commands = "feeds\nall\n" + "".join(
        f"{n}\nlinks\nheadings\nenclosures\naddress\nwhere\nsave\nlink 1\ncomments\nb\nu\nall\n" for n in range(1, 20)
    )
    said = home.run(
        "--plain", told=f"{commands}{hostile.BAD}\nsearch {hostile.BAD}\nadd {hostile.BAD}\nremove {hostile.BAD}\n"
    )
    assert hostile.MARKER in said
    assert not faults(said, lines=True)


def test_downloads_lie_in_their_directory_under_plain_names(home: Home) -> None:
    printed = "".join(home.run("download", number) for number in ids(home))
    assert not faults(printed, lines=True)
    place = home.place.parent / "down"
    names = [path.name for path in place.rglob("*")]
    assert len(names) >= len(hostile.TRICKS) // 2
    for name in names:
        assert not faults(name)
        assert not re.search(r"`|\$[({]", name)
        assert name[0] not in ".-~ "
        assert not re.search(r'[<>:"/\\|?*\x00-\x1f]|[. ]$', name)
        assert len(name.encode()) < 255
    assert {path.parent for path in place.rglob("*")} == {place}


def test_the_log(home: Home) -> None:
    log = maker.place(home.place).log
    home.run("show", "9" * 30, hostile.LOCAL)
    if log.exists():
        assert not faults(log.read_text("utf-8"), lines=True)


# The screen


async def _look(person: Reading, *keys: str) -> None:
    if keys:
        await person.press(*keys)
    await person.pilot.pause()
    for line in person.lines():
        assert not faults(line), (keys, line)


SIZES = pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW], ids=["wide", "medium", "narrow"])


@SIZES
async def test_what_stands_on_the_screen(home: Home, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.get", lambda: Browser(opened))
    async with reading(home.place, size=size, config=(home.place / "config.toml").read_text()) as person:
        await _look(person)
        for _ in range(len(person.screen.articles.ids)):
            await _look(person, "enter")
            await person.until(lambda: person.screen.article.page is not None)
            await _look(person)
            for keys in (("pagedown",), (";",), ("escape",), ("e",), ("escape",), ("c",), ("o",), ("y",)):
                await _look(person, *keys)
                if keys == ("c",):
                    await _look(person, "escape")
            assert not faults(person.app.clipboard)
            await _look(person, "q", "j")
        for keys in (
            ("H",),
            ("down",),
            ("enter",),
            ("escape",),
            ("escape",),
            ("?",),
            ("escape",),
            (":",),
            *((letter,) for letter in "owned"),
            ("escape",),
            ("a",),
            ("escape",),
        ):
            await _look(person, *keys)
        person.screen.say(hostile.BAD)
        await _look(person)
        person.screen.say_trouble(hostile.BAD)
        await _look(person)
        person.screen.open_address(f"x-tool:{hostile.BAD}")
        await _look(person)
    assert opened
    for address in opened:
        assert re.fullmatch(r"(?:https?|mailto|gemini|gopher|magnet):[!-~]+", address)
        assert not re.search(r"""[\s'"`<>\\^{|}]|\$\(|@evil""", address)


class Browser:
    """Keeps what it was to open."""

    def __init__(self, opened: list[str]) -> None:
        self._opened = opened

    def open(self, address: str) -> bool:
        self._opened.append(address)
        return True


@SIZES
async def test_what_other_programs_get(
    home: Home, size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeps = tmp_path / "keeps"
    keeps.write_text(
        f'#!/bin/sh\nfor word in "$@"; do echo "WORD $word"; cat "$word"; done >> {tmp_path}/got\n'
        f"cat >> {tmp_path}/got\n"
    )
    keeps.chmod(0o755)
    monkeypatch.setenv("PAGER", str(keeps))
    monkeypatch.setenv("VISUAL", str(keeps))
    async with reading(home.place, size=size, config=(home.place / "config.toml").read_text()) as person:
        for number in range(len(person.screen.articles.ids)):
            got = tmp_path / "got"
            got.unlink(missing_ok=True)
            await person.press("P")
            await person.until(got.exists)
            await person.idle()
            assert not faults(got.read_text("utf-8"), lines=True), number
            await person.press("j")


def test_a_real_terminal_gets_no_sequence_that_is_not_ours(home: Home) -> None:
    with Terminal(READER, home.env) as terminal:
        terminal.wait_for("? help")
        for keys in (
            b"",
            b"g",
            b"\r",
            *[b"j", b"\r", b" ", b";", b"\x1b"] * 8,
            b"y",
            b"e",
            b"\x1b",
            b"z",
            b"?",
            b"\x1b",
        ):
            terminal.send(keys)
            terminal.wait_quiet(0.1)
        terminal.send(b"q")
        terminal.wait_quiet(0.1)
        terminal.send(b"qq")
        terminal.wait_quiet(0.2)
        raw = bytes(terminal.output)
    assert b"\x1b]0;" not in raw
    assert b"\x1bP+q" not in raw
    text = _ESCAPES.sub(b"", raw).decode("utf-8", "surrogateescape")
    assert hostile.MARKER in text
    assert not faults(re.sub("[\r\b]", "\n", text), lines=True)
