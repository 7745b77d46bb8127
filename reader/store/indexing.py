"""Moving waiting articles into the search index, in small transactions of its own.

The index's automatic merging is off, as it would come in the middle of somebody's commit: segments are merged here in
steps. A worker that is killed between two steps loses nothing: an article waits until it is in.
"""

from __future__ import annotations

from reader.store import tokens
from reader.store.bodies import packed, unpacked
from reader.store.connection import Connection, transaction

MERGE_PAGES = 64
_TABLES = ("search", "titles")

_WAITING = """
SELECT article_id, coalesce(title, ''), coalesce(author, ''), feed_id, text
FROM search_queue CROSS JOIN articles ON id = article_id ORDER BY article_id LIMIT ?
"""


def index_some(connection: Connection, limit: int = 10) -> int:
    """Index the next waiting articles in a transaction of its own, then merge a little; how many there were."""
    with transaction(connection):
        found = connection.rows(_WAITING, limit)
        texts = [
            (article_id, tokens.prepared(title), tokens.prepared(author), tokens.prepared(unpacked(text)), feed_id)
            for article_id, title, author, feed_id, text in found
        ]
        connection.run_many(
            "INSERT OR REPLACE INTO search (rowid, title, author, body, feed) VALUES (?, ?, ?, ?, ?)",
            [(*row[:4], tokens.feed_word(row[4])) for row in texts],
        )
        connection.run_many("INSERT OR REPLACE INTO titles (rowid, title) VALUES (?, ?)", [row[:2] for row in texts])
        connection.run_many("DELETE FROM search_queue WHERE article_id = ?", [row[:1] for row in texts])
    if found:
        merge_some(connection, max(MERGE_PAGES, 2 * len(found)))
    return len(found)


def merge_some(connection: Connection, pages: int = MERGE_PAGES) -> bool:
    """Merge some pages of the index in a transaction of its own; whether there may be more to merge."""
    more = False
    for table in _TABLES:
        with transaction(connection):
            before = connection.total_changes()
            connection.run(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)", pages)
            more |= connection.total_changes() - before >= 2
    return more


def waiting(connection: Connection) -> int:
    """How many articles wait to be found."""
    found: int = connection.value("SELECT count(*) FROM search_queue")
    return found


def queue(connection: Connection, article_id: int, text: str) -> None:
    """Have an article indexed anew with this body as plain text."""
    connection.run("INSERT OR REPLACE INTO search_queue (article_id, text) VALUES (?, ?)", article_id, packed(text))
