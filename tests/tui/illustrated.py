"""The app on an article with pictures, whose server is real; and the pane's cells as the pixels that they show."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rich.segment import Segment

from reader import times
from reader.model import Entry
from reader.store.database import Database
from reader.store.records import NewArticle
from tests import library_maker as maker

PARAGRAPH = "The mill stands where the creek meets the tide, and it has done so for three hundred years. " * 5
Pixel = tuple[int, int, int]


def put(home: Path, title: str, html: str, *, url: str = "", age: int = 60) -> int:
    """An article of its own in the library at ``home``; its id."""
    where = maker.place(home)
    connection = Database(where.database).connect()
    try:
        feed = maker.follow(connection, url or "Pictures", (), times.now())
        connection.run("UPDATE feeds SET url = 'http://127.0.0.1/' || id WHERE id = ?", feed)  # where its pictures are
        at = times.now() - age
        entry = Entry(guid=title, title=title, html=html, text="", published=at)
        return maker.put(connection, feed, [NewArticle(entry, at, hash(title), hash(title), 300)], times.now())[0]
    finally:
        connection.close()


def page(*pictures: str, before: int = 1, after: int = 8) -> str:
    """A body with pictures, each with what it shows in words, between paragraphs."""
    shown = [
        f'<p><img src="{url}" alt="Picture {number}"/></p><p>Below {number}.</p>'
        for number, url in enumerate(pictures, 1)
    ]
    return f"<p>{PARAGRAPH}</p>" * before + "".join(shown) + f"<p>{PARAGRAPH}</p>" * after + "<p>The end.</p>"


def block_rows(pane: Any) -> list[int]:
    """The lines of a pane, as it is seen, that hold half blocks."""
    return [y for y in range(pane.size.height) if "▀" in "".join(segment.text for segment in pane.render_line(y))]


def pixels(strip: Iterable[Segment]) -> list[tuple[Pixel, Pixel]]:
    """The upper and the lower pixel of each half block of a line."""
    found: list[tuple[Pixel, Pixel]] = []
    for text, style, _ in strip:
        if "▀" in text:
            assert set(text) == {"▀"}
            assert style is not None
            assert style.color is not None
            assert style.bgcolor is not None
            assert style.color.triplet is not None
            assert style.bgcolor.triplet is not None
            upper, lower = style.color.triplet, style.bgcolor.triplet
            found += [((upper.red, upper.green, upper.blue), (lower.red, lower.green, lower.blue))] * len(text)
    return found
