"""What a directory held when it was last looked through, so that only what changed is read again."""

from __future__ import annotations

from collections.abc import Iterable

from reader.store.connection import Connection, bound_texts
from reader.store.records import SeenFile


def seen(connection: Connection, feed_id: int) -> dict[str, SeenFile]:
    """The files of a directory feed by their paths."""
    sql = "SELECT path, mtime_ns, size, content_hash, reason FROM files WHERE feed_id = ?"
    return {row[0]: SeenFile(*row) for row in connection.rows(sql, feed_id)}


def record(connection: Connection, feed_id: int, changed: Iterable[SeenFile], gone: Iterable[str] = ()) -> None:
    """Keep what a scan found: files that are new or changed, and the paths of those no longer there."""
    connection.run(
        "DELETE FROM files WHERE feed_id = ? AND path IN (SELECT value FROM carray(?))", feed_id, bound_texts(gone)
    )
    connection.run_many(
        "INSERT OR REPLACE INTO files (feed_id, path, mtime_ns, size, content_hash, reason) VALUES (?, ?, ?, ?, ?, ?)",
        [(feed_id, file.path, file.mtime_ns, file.size, file.content_hash, file.reason) for file in changed],
    )
