"""What can be put right in the library's own file: each mending is a transaction, or several that may be interrupted.

It may be done beside an open screen. Where SQLite cannot even write around the damage, Damaged is raised and
``salvage`` makes a new file.
"""

from __future__ import annotations

import apsw

from reader.store import checks, feeds, indexing, inspection, parts, upkeep
from reader.store.bodies import packed, spelled, unpacked
from reader.store.connection import Connection, damaged, transaction
from reader.store.fulltexts import with_full_text
from reader.store.inspection import Kind
from reader.store.migrations import Progress

_SLICE = 500
LOST_URL = "reader:lost/"
_BELONGING = {
    "articles": ("feed_id", "feeds"),
    "checks": ("feed_id", "feeds"),
    "files": ("feed_id", "feeds"),
    "tombstones": ("feed_id", "feeds"),
    "counts": ("feed_id", "feeds"),
    "contents": ("article_id", "articles"),
    "enclosures": ("article_id", "articles"),
    "versions": ("article_id", "articles"),
    "search_queue": ("article_id", "articles"),
    "full_texts": ("article_id", "articles"),
    "places": ("article_id", "articles"),
    "media": ("article_id", "articles"),
    "action_articles": ("action_id", "actions"),
}


def mend(connection: Connection, kind: Kind, now: int, progress: Progress | None = None) -> None:
    """Put one kind of trouble right. Raises Damaged where that cannot be done in this file."""
    try:
        if kind is Kind.INDEX:
            connection.run("REINDEX")
        elif kind is Kind.SCHEMA:
            _make_missing(connection)
        elif kind is Kind.ORPHANS:
            leave_out_orphans(connection)
        elif kind is Kind.BODIES:
            renew_bodies(connection)
        elif kind is Kind.SEARCH:
            _mend_search(connection, progress)
        elif kind is Kind.COUNTS:
            upkeep.recount(connection)
        elif kind is Kind.REMOVAL:
            feeds.finish_removals(connection)
        elif kind is Kind.CLOCK:
            set_clocks(connection, now)
        else:
            raise damaged(connection.filename)
    except apsw.Error as problem:
        raise damaged(connection.filename) from problem


def leave_out_orphans(connection: Connection) -> None:
    """Remove rows that belong to nothing any more; articles get a feed in the place of one that is lost."""
    with transaction(connection):
        lost_feeds(connection)
        for table, (column, owner) in _BELONGING.items():
            connection.run(f"DELETE FROM {table} WHERE {column} NOT IN (SELECT id FROM {owner})")


def lost_feeds(connection: Connection) -> None:
    """Make feeds in the place of those that are lost, for the articles that are there."""
    connection.run(
        "INSERT OR IGNORE INTO feeds (id, url, kind, title, added_at)"
        " SELECT DISTINCT feed_id, ? || feed_id, 'feed', 'Lost feed ' || feed_id, unixepoch() FROM articles"
        " WHERE feed_id NOT IN (SELECT id FROM feeds)",
        LOST_URL,
    )


def renew_bodies(connection: Connection) -> int:
    """Articles without a readable body get an empty one until their feeds are read anew; how many there were."""
    with transaction(connection):
        for table, article_id in inspection.unreadable_bodies(connection):
            connection.run(f"DELETE FROM {table} WHERE article_id = ?", article_id)
        lost = connection.numbers(
            "SELECT id AS hit FROM articles WHERE id NOT IN (SELECT article_id FROM contents) ORDER BY id"
        )
        connection.run_many(
            "INSERT INTO contents (article_id, summary, html) VALUES (?, '', ?)", ((each, packed("")) for each in lost)
        )
        connection.run_many(
            "UPDATE articles SET entry_hash = 0, source_hash = NULL WHERE id = ?", ((each,) for each in lost)
        )
        connection.run(
            "UPDATE checks SET etag = NULL, last_modified = NULL, body_hash = NULL, source_hashes = NULL, next_at = 0"
            " WHERE feed_id IN (SELECT feed_id FROM articles WHERE entry_hash = 0)"
        )
    return len(lost)


def queue_unsearched(connection: Connection) -> int:
    """Let all articles wait for the index that are neither in it nor waiting; how many there were."""
    found = connection.numbers(f"SELECT id AS hit FROM articles WHERE {inspection.unsearched(connection)} ORDER BY id")
    for start in range(0, len(found), _SLICE):
        with transaction(connection):
            for article_id in found[start : start + _SLICE]:
                html = connection.value("SELECT html FROM contents WHERE article_id = ?", article_id)
                text = spelled(unpacked(html)) if html is not None else ""
                indexing.queue(connection, article_id, with_full_text(connection, article_id, text))
    return len(found)


def set_clocks(connection: Connection, now: int) -> None:
    """Wake feeds that sleep for months, and give articles from the future a date that has been."""
    with transaction(connection):
        checks.set_clock_right(connection, now)
        ahead = now + inspection.DAY
        connection.run(
            f"UPDATE checks SET next_at = 0, retry_at = NULL WHERE {inspection.ASLEEP_WHERE}",
            now + inspection.ASLEEP, ahead,
        )  # fmt: skip
        connection.run(
            f"UPDATE articles SET sort_at = CASE WHEN published <= ? THEN published ELSE min(arrived, ?) END"
            f" WHERE {inspection.AHEAD_WHERE}",
            now, now, ahead,
        )  # fmt: skip


def _make_missing(connection: Connection) -> None:
    """Make indexes, triggers and tables of what is derived anew."""
    with transaction(connection):
        for name, (kind, sql) in inspection.missing(connection).items():
            if kind != "table" or name in inspection.DERIVED:
                connection.run(sql)
            if name == "search_parts":
                connection.run(
                    "INSERT INTO search_parts SELECT 0 UNION SELECT CAST(substr(name, 8) AS INTEGER) FROM sqlite_schema"
                    " WHERE name GLOB 'search_[0-9]*' AND sql LIKE 'CREATE VIRTUAL%'"
                )


def _mend_search(connection: Connection, progress: Progress | None) -> None:
    """Make the parts of the index anew that cannot be read, and index what is not in it."""
    with transaction(connection):
        for table in _broken_tables(connection):
            _make_anew(connection, table)
    queue_unsearched(connection)
    waiting = indexing.waiting(connection)
    while left := indexing.waiting(connection):
        if progress is not None:
            progress("making the search index anew", waiting - left, waiting)
        indexing.index_some(connection, 100)


def _broken_tables(connection: Connection) -> list[str]:
    """The tables of the index that do not stand FTS5's own check."""
    found = []
    for table in (*(part.table for part in parts.parts(connection)), parts.TITLES):
        try:
            connection.execute(f"SELECT rowid FROM {table} WHERE {table} MATCH 'a' LIMIT 1").fetchall()
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
            connection.execute(f"SELECT id FROM {table}_docsize").fetchall()
        except apsw.Error:
            found.append(table)
    return found


def _make_anew(connection: Connection, table: str) -> None:
    """Make a table of the index anew; its articles wait for it again, those of the titles all."""
    from reader.store import schema

    connection.run(f"DROP TABLE IF EXISTS {table}")
    for end in ("data", "idx", "docsize", "config", "content"):
        connection.run(f"DROP TABLE IF EXISTS {table}_{end}")
    if table == parts.TITLES:
        connection.run(schema.TITLES)
        _index_titles(connection)
    else:
        connection.run(schema.part(int(table.removeprefix("search_"))))


def _index_titles(connection: Connection) -> None:
    from reader.store import tokens

    found = connection.rows("SELECT id, ifnull(title, '') FROM articles")
    connection.run_many(
        "INSERT INTO titles (rowid, title) VALUES (?, ?)", ((row[0], tokens.prepared(row[1])) for row in found)
    )
