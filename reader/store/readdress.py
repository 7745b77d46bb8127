"""A feed gets another address: the same feed with its id, articles and marks, read from there from now on."""

from __future__ import annotations

from reader import errors
from reader.store import feeds
from reader.store.connection import Connection, transaction

_FORGOTTEN = (
    "UPDATE checks SET etag = NULL, last_modified = NULL, body_hash = NULL, source_hashes = NULL, retry_at = NULL,"
    " refresh_after = NULL, failures = 0, next_at = 0 WHERE feed_id = ?"
)


def readdress(connection: Connection, feed_id: int, url: str) -> str:
    """Give a feed its new address and have it checked soon; the old address, to go back to.

    What only the old server said is forgotten. A feed that was removed and had the new address changes it for the old
    one, so that it can still come back. Raises NotFound, and BadTarget where another feed is followed there.
    """
    with transaction(connection):
        old = feeds.one(connection, feed_id).url
        row = connection.first("SELECT id, removed_at FROM feeds WHERE url = ? AND id <> ?", url, feed_id)
        if row is not None and row[1] is None:
            title = feeds.one(connection, row[0]).title
            raise errors.BadTarget(f"{title} is followed at that address already", "remove one of the two feeds")
        if row is not None:
            connection.run("UPDATE feeds SET url = ? WHERE id = ?", f"reader:moving/{feed_id}", row[0])
        connection.run("UPDATE feeds SET url = ? WHERE id = ?", url, feed_id)
        if row is not None:
            connection.run("UPDATE feeds SET url = ? WHERE id = ?", old, row[0])
        connection.run(_FORGOTTEN, feed_id)
    return old
