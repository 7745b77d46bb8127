"""New articles into the search index: in the transaction that brings many of them, or later, in small ones of its own.

The index's automatic merging is off, as it would come in the middle of somebody's commit: segments are merged here in
steps. A worker that is killed between two steps loses nothing: an article waits until it is in.
"""

from __future__ import annotations

from collections.abc import Iterable

from reader.store import parts, tokens
from reader.store.bodies import packed, readable
from reader.store.connection import Connection, transaction

MERGE_PAGES = 64

Indexed = tuple[int, str, str, int, str]
"""An article's id, title, author, feed and body as plain text."""

_WAITING = """
SELECT article_id, coalesce(title, ''), coalesce(author, ''), feed_id, text
FROM search_queue CROSS JOIN articles ON id = article_id ORDER BY article_id LIMIT ?
"""


def index_some(connection: Connection, limit: int = 10) -> int:
    """Index the next waiting articles in a transaction of its own, then merge a little; how many there were.

    One whose waiting text is damaged is left out; ``mending`` finds it in no index and takes its text anew.
    """
    with transaction(connection):
        found = connection.rows(_WAITING, limit)
        texts = [(*row[:4], readable(row[4])) for row in found]
        touched = index(connection, [(*row[:4], row[4]) for row in texts if row[4] is not None])
        connection.run_many("DELETE FROM search_queue WHERE article_id = ?", [row[:1] for row in found])
    if found:
        _merge(connection, touched, max(MERGE_PAGES, 2 * len(found)))
    return len(found)


def index(connection: Connection, articles: Iterable[Indexed]) -> list[str]:
    """Let articles be found, in the caller's transaction, which is better a large one; the tables that it wrote to."""
    texts = {
        row[0]: (
            row[0], tokens.prepared(row[1]), tokens.prepared(row[2]), tokens.prepared(row[4]), tokens.feed_word(row[3]),
        )
        for row in articles
    }  # fmt: skip
    touched = parts.holding(connection, texts)
    for part, ids in touched.items():
        connection.run_many(
            f"INSERT OR REPLACE INTO {part.table} (rowid, title, author, body, feed) VALUES (?, ?, ?, ?, ?)",
            [texts[each] for each in ids],
        )
    connection.run_many(
        "INSERT OR REPLACE INTO titles (rowid, title) VALUES (?, ?)", [row[:2] for row in texts.values()]
    )
    return [part.table for part in touched]


def merge_new(connection: Connection, articles: int) -> None:
    """Merge the index as far as so many new articles ask for, in transactions of its own."""
    newest = parts.parts(connection)[:2]  # one may have become full meanwhile
    _merge(connection, [part.table for part in newest], max(MERGE_PAGES, 2 * articles))


def merge_some(connection: Connection, pages: int = MERGE_PAGES) -> bool:
    """Merge some pages of the index in transactions of its own; whether there may be more to merge."""
    return _merge(connection, [part.table for part in parts.parts(connection)], pages)


def _merge(connection: Connection, tables: Iterable[str], pages: int) -> bool:
    more = False
    for table in (*tables, parts.TITLES):
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
