"""``reader download``: the files of an article on the disk, over real HTTP."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.model import Enclosure
from tests.cli.shell import Shell, shell
from tests.library.shelf import NOON, Shelf, entry
from tests.web import Web, web

__all__ = ["shell", "web"]


@pytest.fixture
def shelf(shell: Shell) -> Iterator[Shelf]:
    made = Shelf(shell.home)
    yield made
    made.connection.close()


def put(shelf: Shelf, *urls: str) -> int:
    files = tuple(Enclosure(url, "audio/mpeg", 5) for url in urls)
    return shelf.put(shelf.feed("Casts"), [entry("Talk", NOON, enclosures=files)])[0]


def test_all_or_some_are_saved_and_their_paths_printed(shell: Shell, shelf: Shelf, web: Web) -> None:
    article = put(shelf, web.put("/a", b"one"), web.put("/b", b"two"))
    ran = shell("download", str(article))
    assert ran.code == 0
    assert [Path(line).read_bytes() for line in ran.lines] == [b"one", b"two"]
    ran = shell.process("download", str(article), "2")
    assert [Path(line).read_bytes() for line in ran.lines] == [b"two"]
    assert ran.err == ""


def test_codes_for_what_went_wrong(shell: Shell, shelf: Shelf, web: Web) -> None:
    article = put(shelf, web.put("/a", b"one"), web.put("/b", b"", status=404))
    ran = shell("download", str(article))
    assert (ran.code, ran.err) == (3, "reader: 404: not found\n")
    assert shell("download", str(article), "2").code == 1
    assert shell("download", str(article), "3").err == "reader: The article has 2 files\n"
    assert shell("download", str(article), "0").code == 1
    assert shell("download", "4711").code == 1
    assert shell("download", str(article), "x").code == 2


def test_a_bar_on_a_terminal(shell: Shell, shelf: Shelf, web: Web) -> None:
    article = put(shelf, web.put("/a", b"x" * 2_000_000))
    ran = shell.terminal("download", str(article))
    assert ran.code == 0
    assert "of 2 MB" in ran.out
    assert ran.out.rstrip().endswith("Talk.mp3")


def test_ctrl_c_ends_it_and_it_goes_on_later(shell: Shell, shelf: Shelf, web: Web) -> None:
    article = put(shelf, web.put("/a", b"x" * 500, behave="drip", etag='"1"', ranges=True))
    running = shell.start("download", str(article))
    part = shell.home / "downloads" / "Talk.mp3.part"
    while not (part.exists() and part.stat().st_size):
        assert running.poll() is None
    running.send_signal(signal.SIGINT)
    assert running.wait(30) == 130
    web.put("/a", b"x" * 500, etag='"1"', ranges=True)
    assert Path(shell("download", str(article)).lines[0]).read_bytes() == b"x" * 500
    assert web.asked("/a")[-1].status == 206


def test_the_linear_reader_saves_too(shell: Shell, shelf: Shelf, web: Web) -> None:
    put(shelf, web.put("/a", b"one"))
    ran = shell.process("--plain", input=b"all\n1\ne\nsave\nsave 2\n")
    assert ran.code == 3
    assert ran.lines[-3].startswith("1. audio, http://127.0.0.1:")
    assert Path(ran.lines[-1].removeprefix("Saved ")).read_bytes() == b"one"


def test_what_comes_packed_is_unpacked_and_never_gone_on_with(shell: Shell, shelf: Shelf, web: Web) -> None:
    import gzip

    packed = {"Content-Encoding": "gzip"}
    article = put(shelf, web.put("/a", gzip.compress(b"one" * 1000), headers=packed, etag='"1"', ranges=True))
    assert Path(shell("download", str(article)).lines[0]).read_bytes() == b"one" * 1000
