"""Keeping the library in good order: the planner's numbers, the log, and a thorough look at everything."""

from __future__ import annotations

import apsw

from reader.store.connection import Connection, transaction

REAL_COUNTS = """
SELECT feed_id, ifnull(section, ''), sum(is_read = 0), count(*), sum(is_bookmarked) FROM articles WHERE is_hidden = 0
GROUP BY 1, 2
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
    from reader.store import inspection

    return [trouble.words for trouble in inspection.inspect(connection)]


def recount(connection: Connection) -> None:
    """Count everything anew."""
    with transaction(connection):
        connection.run("DELETE FROM counts")
        connection.run(f"INSERT INTO counts (feed_id, section, unread, total, bookmarked) {REAL_COUNTS}")
