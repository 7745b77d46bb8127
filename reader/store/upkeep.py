"""Keeping the library in good order: the planner's numbers, the log, and a thorough look at everything."""

from __future__ import annotations

import apsw

from reader import errors
from reader.store import parts
from reader.store.connection import Connection, transaction

_REAL_COUNTS = """
SELECT feed_id, ifnull(section, ''), sum(is_read = 0), count(*), sum(is_bookmarked) FROM articles WHERE is_hidden = 0
GROUP BY 1, 2
"""
_KEPT_COUNTS = "SELECT feed_id, section, unread, total, bookmarked FROM counts WHERE total OR unread OR bookmarked"
_DIFFERENT_COUNTS = f"""
SELECT count(*) FROM (
    SELECT * FROM ({_REAL_COUNTS} EXCEPT {_KEPT_COUNTS}) UNION SELECT * FROM ({_KEPT_COUNTS} EXCEPT {_REAL_COUNTS})
)
"""


def optimize(connection: Connection) -> None:
    """Give the query planner its numbers; due after many articles came in. Commits by itself."""
    connection.run("PRAGMA analysis_limit = 1000")
    connection.run("PRAGMA optimize = 0x10002")


def checkpoint(connection: Connection) -> None:
    """Move what it can of the log into the file without making anybody wait."""
    connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)


def check(connection: Connection) -> list[str]:
    """What is wrong with the library, in words; empty if it is sound. Takes seconds on a large one."""
    connection.run("BEGIN")
    try:
        return [*_unreadable_indexes(connection), *_wrongs(connection)]
    finally:
        connection.run("ROLLBACK")


def _unreadable_indexes(connection: Connection) -> list[str]:
    """Search tables that cannot be asked. To have been asked is also what makes FTS5's own check look at them anew."""
    found = []
    for table in (*(each.table for each in parts.parts(connection)), parts.TITLES):
        try:
            connection.run(f"SELECT rowid FROM {table} WHERE {table} MATCH 'a' LIMIT 1")
        except errors.Damaged:
            found.append(f"{table}: the search index cannot be read")
    return found


def _wrongs(connection: Connection) -> list[str]:
    found = [f"file: {row[0]}" for row in connection.rows("PRAGMA integrity_check") if row[0] != "ok"]
    found += [f"table {row[0]}: row {row[1]} belongs to nothing" for row in connection.rows("PRAGMA foreign_key_check")]
    if miscounted(connection):
        found.append("counts: they are not those of the articles")
    missing = connection.value("SELECT count(*) FROM articles WHERE id NOT IN (SELECT article_id FROM contents)")
    if missing:
        found.append(f"contents: {missing} articles have no body")
    return found


def miscounted(connection: Connection) -> int:
    """In how many feeds and sections the kept counts are not those of the articles; reads all articles."""
    found: int = connection.value(_DIFFERENT_COUNTS)
    return found


def recount(connection: Connection) -> None:
    """Count everything anew."""
    with transaction(connection):
        connection.run("DELETE FROM counts")
        connection.run(f"INSERT INTO counts (feed_id, section, unread, total, bookmarked) {_REAL_COUNTS}")
