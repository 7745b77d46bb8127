"""Articles made up for tests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reader.model import Entry, Kind
from reader.store import arrivals, feeds, indexing
from reader.store.connection import Connection, transaction
from reader.store.records import ChangedArticle, NewArticle

NOW = 1_800_000_000
MIDNIGHT = NOW - 36_000


def entry(guid: str, title: str | None = "A headline", text: str = "The body.", **more: Any) -> Entry:
    return Entry(guid=guid, title=title, html=f"<p>{text}</p>", text=text, **more)


def new(entry: Entry, sort_at: int = NOW, **more: Any) -> NewArticle:
    return NewArticle(entry, sort_at, number(repr(entry)), number(entry.text), len(entry.text.split()), **more)


def changed(article_id: int, entry: Entry) -> ChangedArticle:
    return ChangedArticle(article_id, entry, number(repr(entry)), number(entry.text), len(entry.text.split()))


def number(text: str) -> int:
    """A signed 64-bit number that stands for a text, the same in every run."""
    import hashlib

    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def feed(connection: Connection, name: str = "one", folder: tuple[str, ...] = (), kind: Kind = Kind.FEED) -> int:
    with transaction(connection):
        return feeds.add(connection, f"https://{name}.example/feed", kind, name.title(), folder, NOW)[0]


def put(connection: Connection, feed_id: int, articles: Iterable[NewArticle]) -> list[int]:
    """Articles into the library and its index; their ids, oldest first."""
    with transaction(connection):
        ids = arrivals.insert(connection, feed_id, articles, NOW)
    while indexing.index_some(connection, 100):
        pass
    return ids


def put_some(connection: Connection, feed_id: int, count: int, start: int = NOW) -> list[int]:
    """So many articles of one minute after the other, ending before ``start``."""
    some = [new(entry(f"{feed_id}-{at}-{start}"), start - 60 * (count - at)) for at in range(count)]
    return put(connection, feed_id, some)
