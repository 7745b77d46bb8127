"""A library with made-up articles in it, put there as the worker does, without a worker."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from reader.library.room import Library
from reader.model import Entry, Kind
from reader.paths import Paths
from reader.store import arrivals, feeds, indexing
from reader.store.connection import transaction
from reader.store.database import Database
from reader.store.records import NewArticle

HOUR = 3600
NOON = 1_767_268_800  # the first of January 2026, at noon in UTC


def place(home: Path) -> Paths:
    return Paths(home / "config.toml", home / "reader.db", home / "cache", home / "state")


class Shelf:
    """Puts feeds and articles into the library at a place."""

    def __init__(self, home: Path) -> None:
        self.paths = place(home)
        self.connection = Database(self.paths.database).connect()

    def feed(self, title: str, *folder: str, url: str = "", kind: Kind = Kind.FEED) -> int:
        with transaction(self.connection):
            found, _ = feeds.add(self.connection, url or f"https://example.org/{title}", kind, title, folder, NOON)
        return found

    def put(self, feed_id: int, entries: Iterable[Entry]) -> list[int]:
        """The ids, in the order given: the oldest should come first."""
        new = [NewArticle(each, each.published or NOON, hash(each.guid), hash(each.text), 3) for each in entries]
        ids = arrivals.insert(self.connection, feed_id, new, NOON)
        while indexing.index_some(self.connection, 100):
            pass
        return ids

    def stories(self, feed_id: int, count: int, start: int = NOON, section: str | None = None) -> list[int]:
        """So many articles, an hour apart, oldest first."""
        return self.put(
            feed_id, [entry(f"story {number}", start + number * HOUR, section=section) for number in range(count)]
        )


def entry(title: str, published: int | None = None, text: str = "Plain text.", **what: object) -> Entry:
    fields = {"guid": f"{title}-{published}", "html": f"<p>{text}</p>", "text": text, **what}
    return Entry(title=title, published=published, **fields)  # type: ignore[arg-type]


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path)
    yield made
    made.connection.close()


@pytest.fixture
def library(tmp_path: Path, shelf: Shelf) -> Iterator[Library]:
    with Library.open(shelf.paths) as opened:
        yield opened
