"""A new library out of what can be read of a damaged one.

Every table is read in the order of its keys. Where a page cannot be read, the walk goes on behind it: it looks for the
nearest key from which on there are rows again. Articles and feeds whose rows are gone are made anew from the indexes,
which are kept in pages of their own: so they keep their ids, and with them whether they are read and bookmarked, and
their titles and texts come back with a refresh. What belongs to nothing any more is left out. The search index and the
counts are not read but made. Flipped bytes inside a short text are no damage that anybody could see; bodies carry a
checksum of their own.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import apsw

from reader import errors
from reader.store import indexing, mending
from reader.store.connection import Connection, transaction
from reader.store.database import Database
from reader.store.migrations import Progress

Row = tuple[Any, ...]
_SLICE = 1000
_FARTHEST = 1 << 48  # no id is as high
_EARLIEST = -(10**11)  # no date is as early
_UNREADABLE = (apsw.CorruptError, apsw.IOError, apsw.SQLError, UnicodeDecodeError)

# The tables that are kept, and the first column of their key; the user's own come first.
TABLES = {
    "feeds": "id",
    "articles": "id",
    "actions": "id",
    "action_articles": "rowid",
    "places": "article_id",
    "media": "article_id",
    "tombstones": "feed_id",
    "checks": "feed_id",
    "files": "feed_id",
    "full_texts": "article_id",
    "versions": "id",
    "contents": "article_id",
    "enclosures": "article_id",
}
_INDEXED_ARTICLES = "articles INDEXED BY sqlite_autoindex_articles_1"
_INDEXED_FEEDS = "feeds INDEXED BY sqlite_autoindex_feeds_1"
# Of each article that an index still knows: one row for each of these that it is in.
_LISTS = {
    "sort_at": ("articles INDEXED BY articles_all", "sort_at, id", "is_hidden = 0"),
    "unread": ("articles INDEXED BY articles_unread", "sort_at, id", "is_read = 0 AND is_hidden = 0"),
    "bookmarked": ("articles INDEXED BY articles_bookmarked", "sort_at, id", "is_bookmarked = 1 AND is_hidden = 0"),
}


@dataclass(slots=True)
class Salvaged:
    """What came of it: rows by table; articles and feeds that were made anew from indexes; texts that are lost."""

    rows: dict[str, int] = field(default_factory=dict)
    gaps: dict[str, int] = field(default_factory=dict)  # places in a table that could not be read
    articles_anew: int = 0
    feeds_anew: int = 0
    bodies_lost: int = 0


def salvage(source: Connection, target: Path, progress: Progress | None = None) -> Salvaged:
    """Make a library at ``target`` of all that ``source`` still gives. Raises Damaged where it has no tables at all."""
    source.execute("PRAGMA cell_size_check = ON")
    source.execute("PRAGMA writable_schema = ON")
    known = _columns(source, "articles"), _columns(source, "feeds")
    if not all(known):
        raise errors.Damaged(f"Nothing of {source.filename} can be read", "reader restore FILE puts a backup there")
    target.unlink(missing_ok=True)
    database = Database(target, durable=False)
    with closing(database.connect()) as made:
        made.run("PRAGMA foreign_keys = OFF")
        result = Salvaged()
        for number, (table, key) in enumerate(TABLES.items()):
            if progress is not None:
                progress(f"saving {table.replace('_', ' ')}", number, len(TABLES))
            _save(source, made, table, key, result)
        _save_memory(source, made)
        _feeds_anew(source, made, result)
        _articles_anew(source, made, result)
        _keep_ids(source, made)
        mending.leave_out_orphans(made)
        result.bodies_lost = mending.renew_bodies(made)
        mending.queue_unsearched(made)
        while indexing.index_some(made, _SLICE):
            if progress is not None:
                progress("indexing the articles", 0, 0)
        made.run("PRAGMA foreign_keys = ON")
    return result


def _columns(connection: Connection, table: str) -> list[str]:
    try:
        return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    except apsw.Error:
        return []


def _save(source: Connection, made: Connection, table: str, key: str, result: Salvaged) -> None:
    """All rows of a table that can be read."""
    there = _columns(source, table)
    names = [name for name in _columns(made, table) if name in there]
    if not names:
        return
    columns = ", ".join(names)
    gaps: list[int] = []
    sql = f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({', '.join('?' * len(names))})"
    rows = walk(source, table, f"{key}, {columns}", key, gaps.append)
    kept: Iterator[Row] = (row[1:] for row in rows)
    if table in ("contents", "full_texts"):
        kept = _with_whole_bodies(kept, names.index("html"), gaps.append)
    _put(made, sql, kept)
    result.rows[table] = made.value(f"SELECT count(*) FROM {table}")
    if gaps:
        result.gaps[table] = len(gaps)


def walk(
    source: Connection, table: str, columns: str, key: str, gap: Callable[[int], object], start: int = 0
) -> Iterator[Row]:
    """The rows of a table by their first column, around what cannot be read; ``gap`` is told of each such place.

    A row may come twice.
    """
    where, _, condition = table.partition(" WHERE ")
    more = f" AND {condition}" if condition else ""
    sql = f"SELECT {columns} FROM {where} WHERE {key} >= ?{more} ORDER BY {key}"
    at: int | None = start
    while at is not None:
        try:
            for row in source.execute(sql, (at,)):
                at = row[0]
                yield row
        except _UNREADABLE:
            gap(at)
            at = _behind(source, sql, at + 1)
        else:
            return


def _behind(source: Connection, sql: str, start: int) -> int | None:
    """The first key from ``start`` on where a row can be read; None where there is none. Looks further and further."""

    def readable(at: int) -> bool:
        try:
            return source.execute(f"{sql} LIMIT 1", (at,)).fetchone() is not None
        except _UNREADABLE:
            return False

    try:
        last = source.execute(f"{sql} DESC LIMIT 1", (start,)).fetchone()
    except _UNREADABLE:
        last = None
    end = last[0] if last else _FARTHEST
    low, step = start - 1, 1
    while not readable(min(low + step, end)):
        if low + step >= end:
            return None
        low, step = low + step, step * 2
    high = min(low + step, end)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if readable(middle) else (middle, high)
    return high


def _with_whole_bodies(rows: Iterable[Row], place: int, gap: Callable[[int], object]) -> Iterator[Row]:
    """Rows whose body is what was packed."""
    for row in rows:
        try:
            if row[place] is not None:
                zlib.decompress(row[place])
        except (zlib.error, TypeError):
            gap(row[0])
        else:
            yield row


def _put(made: Connection, sql: str, rows: Iterable[Row]) -> None:
    """Put rows down, without those that the table refuses."""
    rows = iter(rows)
    while some := list(islice(rows, _SLICE)):
        try:
            with transaction(made):
                made.executemany(sql, some)
        except (apsw.ConstraintError, apsw.MismatchError):
            with transaction(made):
                for row in some:
                    _put_one(made, sql, row)


def _put_one(made: Connection, sql: str, row: Sequence[Any]) -> None:
    try:
        made.execute(sql, row)
    except (apsw.ConstraintError, apsw.MismatchError):
        return  # what it holds is no longer of the right kind: it was not read


def _save_memory(source: Connection, made: Connection) -> None:
    """What the screen remembers: its keys are texts, so it is read from both ends."""
    for order in ("", " DESC"):
        rows: list[Row] = []
        with suppress(*_UNREADABLE):
            rows.extend(source.execute(f"SELECT key, value FROM memory ORDER BY key{order}"))
        _put(made, "INSERT OR REPLACE INTO memory (key, value) VALUES (?, ?)", rows)


def _known(source: Connection, table: str, columns: str, key: str) -> list[Row]:
    """What an index still says; nothing where it cannot be read."""
    start = _EARLIEST if key == "sort_at" else 0
    try:
        return list(walk(source, table, columns, key, lambda _: None, start))
    except apsw.Error:
        return []


def _feeds_anew(source: Connection, made: Connection, result: Salvaged) -> None:
    """Feeds whose rows are gone: by their addresses, or as a place for their articles."""
    try:
        known = [(row[0], row[1]) for row in source.execute(f"SELECT id, url FROM {_INDEXED_FEEDS} ORDER BY url")]
    except _UNREADABLE:
        known = []
    sql = "INSERT OR IGNORE INTO feeds (id, url, kind, added_at) VALUES (?, ?, 'feed', unixepoch())"
    before = made.value("SELECT count(*) FROM feeds")
    _put(made, sql, [row for row in known if "://" in row[1]])
    mending.lost_feeds(made)
    result.feeds_anew = made.value("SELECT count(*) FROM feeds") - before


def _articles_anew(source: Connection, made: Connection, result: Salvaged) -> None:
    """Articles whose rows are gone, with what the indexes know of them."""
    there = {row[0] for row in made.execute("SELECT id FROM articles")}
    known = _known(source, _INDEXED_ARTICLES, "feed_id, id, guid", "feed_id")
    lost = [row for row in known if row[1] not in there]
    if not lost:
        return
    _give_back_ids(made, lost, {row[1] for row in known})
    lists = {
        name: {row[1]: row[0] for row in _known(source, f"{table} WHERE {where}", columns, "sort_at")}
        for name, (table, columns, where) in _LISTS.items()
    }
    rows = [_article_anew(lists, *row) for row in lost]
    _put(
        made,
        "INSERT OR IGNORE INTO articles (id, feed_id, guid, sort_at, arrived, is_read, is_bookmarked, is_hidden, words,"
        " entry_hash, text_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0)",
        rows,
    )
    result.articles_anew = len(lost)


def _give_back_ids(made: Connection, lost: Iterable[Row], known: set[int]) -> None:
    """Rows that were read under an id which is none, as its bytes were other ones, are the lost ones of their guids."""
    for feed_id, article_id, guid in lost:
        found = made.value("SELECT id FROM articles WHERE feed_id = ? AND guid = ?", feed_id, guid)
        if found is not None and found not in known:
            made.run("UPDATE articles SET id = ? WHERE id = ?", article_id, found)


def _article_anew(lists: dict[str, dict[int, int]], feed_id: int, article_id: int, guid: str) -> Row:
    listed = lists["sort_at"].get(article_id, lists["bookmarked"].get(article_id))
    is_read, is_marked = article_id not in lists["unread"], article_id in lists["bookmarked"]
    return article_id, feed_id, guid, listed or 0, listed or 0, is_read, is_marked, listed is None


def _keep_ids(source: Connection, made: Connection) -> None:
    """Ids that were used once are never used again."""
    try:
        used = list(source.execute("SELECT name, seq FROM sqlite_sequence"))
    except _UNREADABLE:
        used = []
    for name, last in used:
        if name in TABLES and isinstance(last, int):
            made.run("INSERT INTO sqlite_sequence (name, seq) SELECT ?1, 0 WHERE NOT EXISTS"
                     " (SELECT 1 FROM sqlite_sequence WHERE name = ?1)", name)  # fmt: skip
            made.run("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", last, name)
