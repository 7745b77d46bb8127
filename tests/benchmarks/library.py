"""Libraries of lifelike size and kind to measure on, made once and kept in the system's cache.

They lie as they do for a user who has set nothing: ``environment`` says so to a program. What is in them: a thousand
feeds in twenty folders, the largest with two of a hundred articles; some directories with sections, some feeds in Han
and kana; twelve years of articles, which arrive roughly in the order of their dates; one of twelve is unread, most of
the newest; one of a hundred is bookmarked. Two processes write texts and compress them while a third fills the tables
in large transactions, and the search index in few large segments.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import math
import random
import re
import shutil
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from itertools import accumulate
from multiprocessing import get_context
from pathlib import Path

from reader.model import Entry, Kind
from reader.paths import APP
from reader.store import arrivals, feeds, parts, tokens, upkeep
from reader.store.connection import Connection, Value, transaction
from reader.store.database import Database
from reader.store.records import NewArticle
from reader.store.schema import SCHEMA
from tests.benchmarks.prose import Writer

FEEDS = 1000
FOLDERS = 20
NEWEST = 1_795_000_000
YEARS = 12
SITE = "http://127.0.0.1:9"
NEWEST_TITLE = "Zanzibar opens the last lighthouse"
_TABLES = re.sub(r"--.*|\s+", "", SCHEMA)
_EDITION = f"3, {hashlib.blake2b(_TABLES.encode(), digest_size=8).hexdigest()}"
_BATCH = 2000
_DIRECTORY, _ASIAN = 37, 41  # one feed of so many
_SEGMENT_BYTES = 400 << 20


@dataclass(frozen=True, slots=True)
class _Batch:
    """Rows ready for the tables, and for the index, and the bytes of the bodies."""

    articles: list[tuple[Value, ...]]
    contents: list[tuple[Value, ...]]
    texts: list[tuple[int, str, str, str, str]]
    bodies: int


def library(articles: int, place: Path) -> Path:
    """The home of a library of so many articles in ``FEEDS`` feeds, below ``place``; made if it is not there."""
    home = place / f"library-{articles}"
    place.mkdir(parents=True, exist_ok=True)
    with (place / f"library-{articles}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # another run may be making it
        if not _is_made(home):
            fresh = place / f"library-{articles}.new"
            shutil.rmtree(fresh, ignore_errors=True)
            _make(articles, fresh)
            (fresh / "done").write_text(_EDITION, "utf-8")
            shutil.rmtree(home, ignore_errors=True)
            fresh.rename(home)
    return home


def _is_made(home: Path) -> bool:
    done = home / "done"
    return done.exists() and done.read_text("utf-8") == _EDITION


def database(home: Path) -> Path:
    """The file of a library."""
    return home / "data" / APP / "reader.db"


def environment(home: Path) -> dict[str, str]:
    """What tells a program where the library is; ``READER_HOME`` must not be set beside it."""
    return {f"XDG_{name.upper()}_HOME": str(home / name) for name in ("data", "config", "state", "cache")}


def bodies(home: Path) -> int:
    """The bytes of all bodies as they were received, uncompressed."""
    return int((home / "bodies").read_text("utf-8"))


def _make(articles: int, home: Path) -> None:
    for name in ("data", "config", "state", "cache"):
        (home / name / APP).mkdir(parents=True)
    library = Database(database(home), durable=False, cache_kib=1 << 20)
    connection = library.connect()
    with transaction(connection):
        ids = [_feed(connection, number) for number in range(FEEDS)]
    starts = range(0, articles, _BATCH)
    received = 0
    with get_context("fork").Pool(2) as pool, _large_segments(connection, articles):
        for batch in pool.imap(partial(_batch, articles, ids), starts):
            received += batch.bodies
            _write(connection, batch)
    upkeep.optimize(connection)
    connection.wal_checkpoint(mode=3)
    library.close_all()
    connection.close()
    (home / "bodies").write_text(str(received), "utf-8")


def _feed(connection: Connection, number: int) -> int:
    name = f"{_writer().title(2)} {number:04}"
    folder = (f"Folder {number % FOLDERS:02}",) if number % 11 else ()
    if number % _DIRECTORY == _DIRECTORY - 1:
        return feeds.add(connection, f"/nowhere/notes-{number}", Kind.DIRECTORY, name, folder, NEWEST)[0]
    return feeds.add(connection, f"{SITE}/{number}", Kind.FEED, name, folder, NEWEST)[0]


@contextmanager
def _large_segments(connection: Connection, articles: int) -> Iterator[None]:
    """The search tables gather so much before they write a segment, which are merged at the end."""
    connection.run("BEGIN IMMEDIATE")
    for first_id in range(parts.SPAN, articles + 1, parts.SPAN):
        parts.begin(connection, first_id)
    tables = (*(part.table for part in parts.parts(connection)), parts.TITLES)
    for table in tables:
        connection.run(f"INSERT INTO {table} ({table}, rank) VALUES ('hashsize', ?)", _SEGMENT_BYTES)
    yield
    connection.run("COMMIT")
    for table in tables:
        connection.run(f"INSERT INTO {table} ({table}, rank) VALUES ('hashsize', ?)", 1 << 20)
        connection.run(f"INSERT INTO {table} ({table}) VALUES ('optimize')")


def _write(connection: Connection, batch: _Batch) -> None:
    connection.run_many(arrivals.INSERT_ARTICLE, batch.articles)
    connection.run_many(arrivals.INSERT_CONTENT, batch.contents)
    rows = {row[0]: row for row in batch.texts}
    for part, ids in parts.holding(connection, rows).items():
        connection.run_many(
            f"INSERT INTO {part.table} (rowid, title, author, body, feed) VALUES (?, ?, ?, ?, ?)",
            [rows[each] for each in ids],
        )
    connection.run_many("INSERT INTO titles (rowid, title) VALUES (?, ?)", [row[:2] for row in batch.texts])


@cache
def _writer() -> Writer:
    return Writer()


@cache
def _shares() -> array[float]:
    """How the articles are spread over the feeds."""
    return array("d", accumulate(1 / (rank + 10) for rank in range(FEEDS)))


def _batch(count: int, ids: list[int], start: int) -> _Batch:
    """The articles from number ``start`` on, of ``count``; number ``count`` is the newest."""
    chance = random.Random(start)
    batch = _Batch([], [], [], 0)
    received = 0
    for number in range(start, min(start + _BATCH, count)):
        place = chance.choices(range(FEEDS), cum_weights=_shares())[0]
        article = _article(chance, number, count, place)
        entry, feed_id = article.entry, ids[place]
        batch.articles.append(arrivals.article_row(number + 1, feed_id, article, False, _arrival(number, count)))
        batch.contents.append(arrivals.content_row(number + 1, entry))
        words = (entry.title or "", entry.author or "", entry.text)
        title, author, text = map(tokens.prepared, words)
        batch.texts.append((number + 1, title, author, text, tokens.feed_word(feed_id)))
        received += len(entry.html.encode())
    return _Batch(batch.articles, batch.contents, batch.texts, received)


def _arrival(number: int, count: int) -> int:
    return NEWEST - int((count - 1 - number) * YEARS * 365 * 86_400 / count)


def _article(chance: random.Random, number: int, count: int, place: int) -> NewArticle:
    """An article in the feed at a place; it was published somewhat before it arrived."""
    piece = _writer().piece(chance, place % _ASIAN == _ASIAN - 1)
    is_newest = number == count - 1
    at = _arrival(number, count) - (0 if is_newest else int(chance.expovariate(1 / 7200)) + 1)
    link = f"{SITE}/{place}/{chance.randrange(10**6)}/" + "-".join(piece.title.lower().split()[:6])
    guid = link if chance.random() < 0.4 else f"tag:feed-{place}.example,2005:article-{number}"
    section = None
    if place % _DIRECTORY == _DIRECTORY - 1:
        section = chance.choice((None, "notes", f"notes/{chance.randrange(2015, 2027)}", "drafts"))
        guid = f"{section or '.'}/{number}.md"
    title = NEWEST_TITLE if is_newest else piece.title if chance.random() < 0.98 else None
    entry = Entry(guid, title, piece.html, piece.text, piece.author, link, published=at, section=section)
    is_unread = is_newest or chance.random() < 0.9 * math.exp((number - count) / count / 0.03) + 0.053
    text_hash, entry_hash = _hash(piece.text), _hash(json.dumps([guid, title, piece.html, link]))
    return NewArticle(
        entry, at, entry_hash, text_hash, piece.text.count(" ") + 1, not is_unread, chance.random() < 0.01
    )


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)
