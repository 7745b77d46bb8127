"""The parts of the search index: each a table of its own for the articles of a range of ids, one after the other.

A search goes through them from the newest to the oldest and stops when it has enough. So what FTS5 can only do for a
whole table at once (gather all words with a beginning, merge segments) stays as quick as it is for ``SPAN`` articles,
however large the library becomes. A part that is full is never written again, but for articles that change.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reader.store.connection import Connection, bound
from reader.store.schema import part

SPAN = 1 << 17
TITLES = "titles"


@dataclass(frozen=True, slots=True)
class Part:
    """The articles from ``first_id`` on, up to the first one of the next part."""

    first_id: int

    @property
    def table(self) -> str:
        """The name of its table."""
        return f"search_{self.first_id}"


def parts(connection: Connection) -> list[Part]:
    """All parts, the newest first; the oldest begins at 0."""
    return [Part(row[0]) for row in connection.rows("SELECT first_id FROM search_parts ORDER BY first_id DESC")]


def holding(connection: Connection, ids: Iterable[int]) -> dict[Part, list[int]]:
    """Articles by the parts they belong in. Makes a new part for those that the newest has no room for."""
    found: dict[Part, list[int]] = {}
    there = parts(connection)
    for article_id in sorted(ids):
        if article_id >= there[0].first_id + SPAN:
            there.insert(0, begin(connection, article_id))
        its_part = next(each for each in there if each.first_id <= article_id)
        found.setdefault(its_part, []).append(article_id)
    return found


def begin(connection: Connection, first_id: int) -> Part:
    """Make a part for the articles from this one on; none of them may be in the index yet."""
    connection.run("INSERT INTO search_parts VALUES (?)", first_id)
    connection.run(part(first_id))
    return Part(first_id)


def forget(connection: Connection, ids: Iterable[int]) -> None:
    """Take articles out of the index."""
    which = bound(ids)
    for table in (*(each.table for each in parts(connection)), TITLES):
        connection.run(f"DELETE FROM {table} WHERE rowid IN (SELECT value FROM carray(?))", which)
