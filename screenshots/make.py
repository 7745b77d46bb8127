"""Makes every picture anew, and the key table of the README: ``python -m screenshots.make``.

The real program runs on a sandbox of made-up news at a fixed time in a fixed zone, driven by the keys that a person
would press; each picture is what is then on the screen.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from importlib.metadata import version
from pathlib import Path
from typing import Any

from screenshots.gallery import SPECIMENS
from screenshots.news import LETTER, PAPERS, rss

HERE = Path(__file__).parent
NOW = 1795163400  # Friday 20 November 2026, 08:30 UTC
_PATIENCE_SECONDS = 60
_FIRST = {
    "library": "Mountain",
    "gallery": "Quarterly",
    "ailing": "Nothing here yet",
}  # words that tell that all is there
_WIDE_LENGTH = re.compile(
    r'(?P<before><text[^>]*?)textLength="(?P<length>[\d.]+)"(?P<after>[^>]*>)(?P<written>[^<]*[^\x00-\u02ff][^<]*)</text>'
)


@dataclass(frozen=True)
class Picture:
    """A picture: the size of the window, the keys that lead there, and words that are then on the screen."""

    name: str
    size: tuple[int, int]
    keys: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    theme: str = "ink"
    library: str = "library"


def _page(name: str, number: int, size: tuple[int, int], words: str, theme: str = "ink") -> Picture:
    """A page of the gallery: an article of the specimens with nothing beside it."""
    return Picture(f"page-{name}", size, (*["j"] * number, "enter", "z"), (words,), theme, "gallery")


PICTURES = (
    Picture("main", (140, 40), ("enter",), ("Night ferry", "The night ferry to", "Harbour Gazette")),
    Picture("paper", (140, 40), ("j", "j", "enter"), ("keep_waiting", "Kernel & Kettle"), theme="paper"),
    Picture("two-panes", (100, 32), ("enter",), ("Night ferry", "forty-one passengers")),
    Picture("one-pane", (60, 28), ("enter",), ("forty-one passengers",)),
    Picture("search", (120, 32), ("/", *"tide", "down", "down"), ("tide",)),
    Picture("compact", (120, 28), ("i",), ("Mountain railway",), theme="paper"),
    Picture("help", (100, 32), ("?",), ("Go down one row",)),
    Picture("add", (100, 28), ("a",), ("Follow a feed",)),
    Picture("offers", (100, 32), (":", *"well-known", "enter", "space", "j", "j", "space"), ("BBC World",)),
    Picture("health", (100, 34), ("H", "j"), ("How the feeds do", "last checks"), library="ailing"),
    _page("text", 0, (84, 40), "by heart", "paper"),
    _page("code", 1, (84, 46), "high 16:40"),
    _page("code-by-day", 1, (84, 46), "high 16:40", "paper"),
    _page("tables", 2, (84, 48), "has no"),
    _page("lists", 3, (84, 50), "beside the door", "paper"),
    _page("scripts", 4, (84, 38), "are welcome"),
)


@contextmanager
def sandbox() -> Iterator[Path]:
    """A library of the made-up news at the fixed moment, in UTC, below a directory that is gone afterwards."""
    from reader import times

    kept = {name: os.environ.get(name) for name in ("READER_HOME", "TZ", "COLORTERM", "NO_COLOR", "TERM")}
    now = times.now
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(READER_HOME=f"{home}/library", TZ="UTC", COLORTERM="truecolor", TERM="xterm-256color")
        os.environ.pop("NO_COLOR", None)
        _set_zone()
        times.now = lambda: NOW
        try:
            _fill(Path(home) / "library")
            _fill_gallery(Path(home) / "gallery")
            _fill_ailing(Path(home) / "ailing")
            yield Path(home)
        finally:
            times.now = now
            for name, value in kept.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value
            _set_zone()


def _set_zone() -> None:
    if hasattr(time, "tzset"):
        time.tzset()


def _fill(home: Path) -> None:
    """Write the papers as files and follow them, as anyone would; then mark what has been read."""
    from reader.library import Library
    from reader.model import Mark, View, ViewKind

    (home / "papers").mkdir(parents=True)
    (home / "config.toml").write_text("[refresh]\non_open = false\n", "utf-8")
    files = home / "papers"
    for paper in PAPERS:
        (files / f"{paper.name}.xml").write_text(rss(paper, NOW), "utf-8")
    letter = files / "mill-wheel.txt"
    letter.write_text(LETTER, "utf-8")
    os.utime(letter, (NOW - 6 * 86400, NOW - 6 * 86400))
    with Library.open() as library:
        for folder in dict.fromkeys(paper.folder for paper in PAPERS):
            targets = [str(files / f"{paper.name}.xml") for paper in PAPERS if paper.folder == folder]
            library.add(targets, folder=(folder,) if folder else None).wait()
        library.add([str(letter)]).wait()
        rows = {row.title: row.id for row in library.rows(library.ids(View(ViewKind.ALL)))}
        stories = [story for paper in PAPERS for story in paper.stories]
        library.mark([rows[story.title] for story in stories if story.is_read], Mark.READ)
        library.mark([rows[story.title] for story in stories if story.is_bookmarked], Mark.BOOKMARKED)
    _break(home)


def _fill_ailing(home: Path) -> None:
    """A library of feeds that do not do well."""
    from screenshots import ailing

    home.mkdir()
    (home / "config.toml").write_text("[refresh]\non_open = false\n", "utf-8")
    ailing.fill(home, NOW)


def _fill_gallery(home: Path) -> None:
    """A library of the specimens alone."""
    from reader.library import Library

    (home / "papers").mkdir(parents=True)
    (home / "config.toml").write_text('[refresh]\non_open = false\n[images]\nshow = "never"\n', "utf-8")
    file = home / "papers" / "specimens.xml"
    file.write_text(rss(SPECIMENS, NOW), "utf-8")
    kept = os.environ["READER_HOME"]
    os.environ["READER_HOME"] = str(home)
    with Library.open() as library:
        library.add([str(file)]).wait()
    os.environ["READER_HOME"] = kept


def _break(home: Path) -> None:
    """Let the last check of the papers that have trouble have failed."""
    from reader.model import Outcome, Result
    from reader.store import checks, feeds
    from reader.store.connection import transaction
    from reader.store.database import Database
    from reader.store.records import CheckRecord

    troubles = {paper.title: paper.trouble for paper in PAPERS if paper.trouble}
    connection = Database(home / "reader.db").connect()
    broken = [feed for feed in feeds.followed(connection) if feed.title in troubles]
    with transaction(connection):
        for feed in broken:
            outcome = Outcome(Result.FAILED, troubles[feed.title], status=503)
            checks.record(connection, CheckRecord(feed.id, outcome, NOW, NOW + 3600))
    connection.close()


async def take(picture: Picture, home: Path) -> str:
    """A picture as SVG, of a copy of the library below ``home``, so that none changes what the next one shows."""
    from reader.library import Library
    from reader.tui.app import ReaderApp

    os.environ["READER_HOME"] = str(shutil.copytree(home / picture.library, home / picture.name))
    with Library.open() as library:
        library.remember({"screen": {"theme": picture.theme, "view": {"kind": "all"}}})
        app = ReaderApp(library)
        app.animation_level = "none"
        try:
            async with app.run_test(size=picture.size) as pilot:
                await _settled(app, pilot, lambda shown: _FIRST[picture.library] in shown)
                for key in picture.keys:
                    await pilot.press({"/": "slash", "?": "question_mark", ":": "colon", "-": "minus"}.get(key, key))
                    await _settled(app, pilot, lambda _: True)
                await _settled(app, pilot, lambda shown: all(word in shown for word in picture.words))
                return normal(app.export_screenshot(title="Reader"), picture.name)
        finally:
            app.background.close()


async def _settled(app: Any, pilot: Any, ready: Callable[[str], bool]) -> None:
    """Wait until the screen shows what it should and changes no more."""
    until, before = time.monotonic() + _PATIENCE_SECONDS, ""
    while time.monotonic() < until:
        await pilot.pause(0.05)
        shown = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        if shown == before and ready(shown):
            return
        before = shown
    raise TimeoutError(f"the screen never showed what it should:\n{before}")


def normal(svg: str, name: str) -> str:
    """An SVG whose ids come from the picture's name and not from its content, and that says what drew it."""
    named = _WIDE_LENGTH.sub(_in_cells, re.sub(r"terminal-\d+", f"reader-{name}", svg))
    return "\n".join(line.rstrip() for line in named.splitlines()) + f"\n<!-- {drawn_by()} -->\n"


def _in_cells(text: re.Match[str]) -> str:
    """A text with its length in cells: the export counts characters, which squeezes Chinese and Japanese."""
    from rich.cells import cell_len

    written = unescape(text["written"])
    length = float(text["length"]) / max(1, len(written)) * cell_len(written)
    return f'{text["before"]}textLength="{length:g}"{text["after"]}{text["written"]}</text>'


def drawn_by() -> str:
    """The versions that decide how a picture is written down, whatever it shows."""
    return " ".join(f"{name} {version(name)}" for name in ("textual", "rich"))


def words(svg: str) -> list[str]:
    """What a picture shows, as the texts in it."""
    return [" ".join(unescape(text).split()) for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg)]


def make() -> Iterator[tuple[str, str]]:
    """Every picture: its name and the SVG."""
    with sandbox() as home:
        for picture in PICTURES:
            yield picture.name, asyncio.run(take(picture, home))


def main() -> None:
    """Write the pictures and the key table."""
    from reader.tui.keytable import put_into

    for name, svg in make():
        (HERE / f"{name}.svg").write_text(svg, "utf-8")
    readme = HERE.parent / "README.md"
    readme.write_text(put_into(readme.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
