"""Files that come with articles, on the screen: listed, opened, saved over real HTTP, played by a stand-in for mpv."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from reader.library import Job, Library
from reader.model import Enclosure
from reader.tui.player import command
from tests.cli.shell import READER
from tests.library.shelf import NOON, Shelf, entry
from tests.terminal import Terminal
from tests.tui.reading import NARROW, QUIET, WIDE, Reading, reading
from tests.tui.test_errands import browser
from tests.web import Web, web

__all__ = ["browser", "web"]

SOUND = b"sound" * 100_000

# Does what mpv does as far as the screen sees it: opens its socket, says where it is, ends when it is told to.
MPV = """#!{python}
import json, os, signal, socket, sys
told = {place!r}
start = next((word[8:] for word in sys.argv if word.startswith("--start=")), "0")
ipc = next(word.partition("=")[2] for word in sys.argv if word.startswith("--input-ipc-server="))
def end(*_):
    open(told + ".ended", "w").close()
    os._exit(4)
signal.signal(signal.SIGTERM, end)
line = socket.socket(socket.AF_UNIX)
line.bind(ipc)
line.listen(1)
mode = oct(os.stat(os.path.dirname(ipc)).st_mode & 0o777)
with open(told + ".new", "w") as file:
    json.dump([sys.argv[1:], mode], file)
os.rename(told + ".new", told)
if {fails}:
    os._exit(2)
there, _ = line.accept()
while True:
    asked = there.recv(4096)
    if not asked:
        break
    there.sendall(b'{{"event": "property-change"}}\\nnot json\\n')
    there.sendall(json.dumps({{"request_id": 1, "error": "success", "data": float(start) + 42.5}}).encode() + b"\\n")
    open(told + ".asked", "w").close()
    if {ends}:
        there.sendall(b'{{"event": "end-file", "reason": "eof"}}\\n')
        break
"""


@pytest.fixture(autouse=True)
def _path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monkeypatch.delenv("READER_HOME", raising=False)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path / "home")
    made.paths.config.write_text(QUIET, "utf-8")
    yield made
    made.connection.close()


def put(shelf: Shelf, *urls: str, title: str = "Talk", kind: str = "audio/mpeg") -> int:
    files = tuple(Enclosure(url, kind, 38_000_000) for url in urls)
    return shelf.put(shelf.feed("Casts"), [entry(title, NOON, link="https://example.org/talk", enclosures=files)])[0]


def put_mpv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, ends: bool = False, fails: bool = False) -> Path:
    place = tmp_path / "bin"
    place.mkdir(exist_ok=True)
    told = tmp_path / "played"
    script = MPV.format(python=sys.executable, place=str(told), ends=ends, fails=fails)
    (place / "mpv").write_text(script, "utf-8")
    (place / "mpv").chmod(0o755)
    monkeypatch.setenv("PATH", f"{place}:{os.environ['PATH']}")
    return told


async def wish(person: Reading, key: str) -> None:
    await person.press("e")
    await person.sees("Files that come with this article")
    await person.press(key)


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_files_are_listed_with_kind_size_and_host(tmp_path: Path, shelf: Shelf, size: tuple[int, int]) -> None:
    put(shelf, "https://cdn.example.org/a.mp3", "https://other.example.org/b.mp3")
    async with reading(tmp_path / "home", size=size) as person:
        await person.press("e")
        await person.sees("audio, 38 MB · cdn.example.org", "https://other.example.org/b.mp3", "d save", "p play")
        await person.press("escape")
        await person.until(lambda: person.app.screen is person.screen)


async def test_without_files_a_sentence(tmp_path: Path, shelf: Shelf) -> None:
    put(shelf)
    async with reading(tmp_path / "home", size=WIDE) as person:
        await person.press("e")
        await person.until(lambda: "no files come with this article" in person.status())


async def test_hostile_words_are_only_words(tmp_path: Path, shelf: Shelf) -> None:
    put(shelf, "javascript:alert(1)", "[bold]x[/bold] $(id)", kind="[red]audio/mpeg\x1b[2J")
    async with reading(tmp_path / "home", size=WIDE) as person:
        await person.press("e")
        await person.sees("javascript:alert(1)", "[bold]x[/bold]%20$(id)")
        await person.press("enter")
        await person.sees("This is no address of the web", "javascript:alert(1)")
        await person.press("escape")
        await wish(person, "p")
        await person.until(lambda: "not played: javascript:alert(1)" in person.status())


async def test_enter_and_a_click_open_it_in_the_browser(tmp_path: Path, shelf: Shelf, browser: Path) -> None:
    put(shelf, "https://example.org/a.mp3", "https://example.org/b.mp3")
    async with reading(tmp_path / "home", size=WIDE) as person:
        await person.press("e")
        await person.sees("b.mp3")
        await person.press("j", "enter")
        await person.until(lambda: browser.exists() and browser.read_text() == "https://example.org/b.mp3\n")
        await person.press("e")
        await person.sees("a.mp3")
        await person.pilot.click("Files", offset=(5, 0))
        await person.until(lambda: "https://example.org/a.mp3" in browser.read_text())


# Saving


async def test_saving_shows_how_far_it_is_and_where_it_lies(tmp_path: Path, shelf: Shelf, web: Web) -> None:
    put(shelf, web.put("/a.mp3", SOUND), title="Talk [b]bold[/b]")
    async with reading(tmp_path / "home", size=WIDE) as person:
        await wish(person, "d")
        await person.until(lambda: "saved" in person.status())
        path = tmp_path / "home" / "downloads" / "Talk [b]bold[ b].mp3"
        assert path.read_bytes() == SOUND
        await person.press("e")
        await person.sees("saved", str(path)[:60])


async def test_a_long_one_is_stopped_goes_on_and_the_screen_stays_usable(
    tmp_path: Path, shelf: Shelf, web: Web
) -> None:
    put(shelf, web.put("/a.mp3", b"x" * 3000, behave="drip", etag='"1"', ranges=True))
    async with reading(tmp_path / "home", size=WIDE) as person:
        await wish(person, "d")
        await person.until(lambda: "of 3 kB" in person.status())
        await wish(person, "d")
        await person.until(lambda: "being saved already" in person.status())
        await person.press("b")
        await person.until(lambda: person.library.rows(person.screen.articles.ids)[0].is_bookmarked)
        await person.press("ctrl+x")
        await person.until(lambda: "goes on from there" in person.status())
        web.put("/a.mp3", b"x" * 3000, etag='"1"', ranges=True)
        await wish(person, "d")
        await person.until(lambda: "saved /" in person.status())
    assert (tmp_path / "home" / "downloads" / "Talk.mp3").read_bytes() == b"x" * 3000
    assert web.asked("/a.mp3")[-1].status == 206


async def test_what_cannot_be_saved_is_one_sentence(tmp_path: Path, shelf: Shelf, web: Web) -> None:
    put(shelf, web.put("/a.mp3", b"", status=404))
    async with reading(tmp_path / "home", size=WIDE) as person:
        await wish(person, "d")
        await person.until(lambda: "404: not found" in person.status())
        await person.press("ctrl+x")
        await person.until(lambda: "nothing is under way" in person.status())


async def save_all(person: Reading, files: int) -> None:
    for number in range(files):
        await person.press("e")
        await person.sees("Files that come")
        await person.press(*["j"] * number, "d")


async def test_many_wait_for_their_turn(tmp_path: Path, shelf: Shelf, web: Web) -> None:
    put(shelf, *(web.put(f"/{number}.mp3", b"x" * 25, behave="drip") for number in range(4)))
    async with reading(tmp_path / "home", size=WIDE) as person:
        await save_all(person, 4)
        await person.until(lambda: "saving 4 files" in person.status())
        await person.until(lambda: not person.screen._savings)
        assert all(medium.path for medium in person.library.media(person.screen.articles.ids[0]))
        assert web.most == 2


async def test_stopping_forgets_those_that_wait(tmp_path: Path, shelf: Shelf, web: Web) -> None:
    put(shelf, *(web.put(f"/{number}.mp3", b"x" * 5000, behave="drip") for number in range(3)))
    async with reading(tmp_path / "home", size=WIDE) as person:
        await save_all(person, 3)
        await person.until(lambda: len(web.asked()) == 2)
        await person.press("ctrl+x")
        await person.until(lambda: not person.screen._savings)
        assert len(web.asked()) == 2


async def test_stopping_holds_for_one_whose_worker_is_being_started(
    tmp_path: Path, shelf: Shelf, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(shelf, web.put("/a.mp3", b"x" * 5000, behave="drip"))
    is_free = Event()

    def slowly(library: Library, article: int, url: str) -> Job:
        assert is_free.wait(10)
        return download(library, article, url)

    download = Library.download
    monkeypatch.setattr(Library, "download", slowly)
    async with reading(tmp_path / "home", size=WIDE) as person:
        await wish(person, "d")
        await person.sees("saving")
        await person.press("ctrl+x")
        await person.sees("stopping")
        is_free.set()
        await person.until(lambda: "goes on from there" in person.status())
        assert not person.library.media(person.screen.articles.ids[0])[0].path


# Playing


def test_the_words_that_play() -> None:
    words = command("https://example.org/-a.mp3", 42.25, Path("/run/x/mpv"))
    assert words[0] == "mpv"
    assert words[-2:] == ["--", "https://example.org/-a.mp3"]
    assert "--start=42.2" in words
    assert "--ytdl=no" in words


async def test_without_mpv_a_sentence(tmp_path: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    put(shelf, "https://example.org/a.mp3")
    monkeypatch.setenv("PATH", str(tmp_path))
    async with reading(tmp_path / "home", size=WIDE) as person:
        await wish(person, "p")
        await person.until(lambda: "there is no mpv to play it" in person.status())


async def test_playing_stops_and_goes_on_where_it_was(
    tmp_path: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = put(shelf, "https://example.org/a.mp3")
    told = put_mpv(tmp_path, monkeypatch)
    async with reading(tmp_path / "home", size=WIDE) as person:
        await wish(person, "p")
        await person.until(lambda: "playing" in person.status())
        await person.until((tmp_path / "played.asked").exists)
        player = person.screen._player
        assert player is not None
        await person.until(lambda: player.position == 42.5)
        words, mode = json.loads(told.read_text())
        assert words[-1] == "https://example.org/a.mp3"
        assert mode == "0o700"
        assert not any(word.startswith("--start") for word in words)
        await person.press("b")
        await person.until(lambda: person.library.article(article).is_bookmarked)
        await person.press("ctrl+x")
        await person.until(lambda: "stopped at 0:42" in person.status())
        assert (tmp_path / "played.ended").exists()
        assert person.library.media(article)[0].seconds == 42.5
        told.unlink()
        await wish(person, "p")
        await person.until(lambda: "playing from 0:42" in person.status() and told.exists())
        assert "--start=42.5" in json.loads(told.read_text())[0]
        await person.press("ctrl+x")
        await person.until(lambda: person.screen._player is None)


async def test_played_to_the_end_it_begins_anew(tmp_path: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    article = put(shelf, "https://example.org/a.mp3")
    put_mpv(tmp_path, monkeypatch, ends=True)
    with Library.open(shelf.paths) as library:
        library.keep_seconds(article, "https://example.org/a.mp3", 10.0)
    async with reading(tmp_path / "home", size=WIDE) as person:
        await wish(person, "p")
        await person.until(lambda: "played to the end" in person.status())
        assert person.library.media(article)[0].seconds is None


async def test_what_mpv_cannot_play_is_one_sentence_and_the_place_stays(
    tmp_path: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = put(shelf, "https://example.org/a.mp3")
    put_mpv(tmp_path, monkeypatch, fails=True)
    with Library.open(shelf.paths) as library:
        library.keep_seconds(article, "https://example.org/a.mp3", 10.0)
    async with reading(tmp_path / "home", size=WIDE) as person:
        await wish(person, "p")
        await person.until(lambda: "mpv cannot play it" in person.status())
        assert person.library.media(article)[0].seconds == 10.0


async def test_what_is_saved_is_played_from_the_disk(
    tmp_path: Path, shelf: Shelf, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(shelf, web.put("/a.mp3", SOUND))
    told = put_mpv(tmp_path, monkeypatch, ends=True)
    async with reading(tmp_path / "home", size=WIDE) as person:
        await wish(person, "d")
        await person.until(lambda: "saved /" in person.status())
        await wish(person, "p")
        await person.until(told.exists)
        assert json.loads(told.read_text())[0][-1] == str(tmp_path / "home" / "downloads" / "Talk.mp3")
        await person.until(lambda: person.screen._player is None)


def test_quitting_ends_mpv_and_keeps_the_place(tmp_path: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    article = put(shelf, "https://example.org/a.mp3")
    told = put_mpv(tmp_path, monkeypatch)
    settings = {**os.environ, "READER_HOME": str(tmp_path / "home"), "TERM": "xterm-256color"}
    with Terminal(READER, settings) as terminal:
        terminal.wait_for("? help")
        terminal.wait_quiet()
        terminal.send(b"e")
        terminal.wait_for("Files that come")
        terminal.send(b"p")
        while not (tmp_path / "played.asked").exists():
            terminal.read(0.02)
        terminal.wait_quiet()
        terminal.send(b"q")
        assert terminal.wait_end() == 0
    while not (tmp_path / "played.ended").exists():
        assert told.exists()
    with Library.open(shelf.paths) as library:
        assert library.media(article)[0].seconds == 42.5
