"""Finding articles by words.

Two kinds of FTS5 table: the ``parts`` of the index over title, author and body, and ``titles``, small, for the one to
three letters of a word that is being typed, which would fit most bodies. Ids are newest first, as they were handed out
oldest first: no hit has to be sorted, and the first ones are there at once. A search within feeds asks the index for
the feeds' own words. Rows of articles are looked at only where a filter asks for it, as they lie all over the disk.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import replace

from reader.store import picking, terms, tokens
from reader.store.connection import Connection, Interrupted, bound
from reader.store.parts import Part, parts
from reader.store.picking import Where
from reader.store.plan import SearchPlan
from reader.text import fold

__all__ = ["Interrupted", "best", "chunks", "count", "ids", "without_unfinished"]

PREVIEW = 1000
"""So many of the newest hits of the words before an unfinished short one have their titles looked at for it."""
PIECE = 1 << 17
"""So many hits come in one piece at most; beginnings of words are gathered anew for each."""
CANDIDATES = 20_000
"""So many of the newest hits are weighed to find the best."""

_TOP = 2**63 - 2
_WEIGHTS = "8.0, 3.0, 1.0, 0.0"  # a word in the title, the author, the body; the feed's own word says nothing


def ids(connection: Connection, plan: SearchPlan, limit: int | None = None, after: int | None = None) -> array[int]:
    """The ids that fit, newest first; at most ``limit``, beginning behind the article ``after``.

    Newest first is by id where words are asked, else by ``sort_at``. Raises Interrupted if another thread calls
    ``connection.interrupt()`` meanwhile.
    """
    known = terms.searchable(plan)
    if known is None:
        return array("q")
    if all(term.negated for term in known.terms):
        return picking.picked(connection, known, limit, after)
    short = terms.short_word(known)
    if short is None:
        return _by_words(connection, known, limit, after)
    whole = _by_words(connection, replace(known, last_is_prefix=False), limit, after)
    before = replace(known, terms=known.terms[:-1], last_is_prefix=False)
    in_titles = _by_titles(connection, before, short, limit, after)
    both = array("q", sorted({*whole, *in_titles}, reverse=True)) if in_titles else whole
    return both if limit is None else both[:limit]


def chunks(
    connection: Connection, plan: SearchPlan, first: int = 1000, after: int | None = None
) -> Iterator[array[int]]:
    """All ids that fit, newest first, in pieces of ``larger`` and larger sizes. Nothing found is one empty piece."""
    size = first
    while True:
        piece = ids(connection, plan, size, after)
        yield piece
        if len(piece) < size:
            return
        size, after = larger(size), piece[-1]


def larger(size: int) -> int:
    """How many hits the next piece holds; one that holds fewer is the last."""
    return max(size, min(4 * size, PIECE))


def count(connection: Connection, plan: SearchPlan) -> int:
    """How many articles fit."""
    return sum(map(len, chunks(connection, plan, PIECE)))


def best(connection: Connection, plan: SearchPlan, limit: int = 1000, among: int = CANDIDATES) -> array[int]:
    """The ids of those that fit best, of the newest ``among`` that fit at all, the best first.

    Weighing every hit of a common word in a large library takes seconds, and who wants an old one names it better.
    """
    known = terms.searchable(plan)
    if known is None or all(term.negated for term in known.terms):
        return ids(connection, plan, limit)
    known = replace(known, last_is_prefix=known.last_is_prefix and terms.short_word(known) is None)
    newest = _by_words(connection, known, among, None)
    weighed: list[tuple[float, int]] = []
    for part in parts(connection):
        here = array("q", [each for each in newest if each >= part.first_id])
        newest = newest[len(here) :]
        weighed += _weighed(connection, part, known, here, limit)
    return array("q", [-each for _, each in sorted(weighed)][:limit])


def _weighed(
    connection: Connection, part: Part, plan: SearchPlan, hits: array[int], limit: int
) -> list[tuple[float, int]]:
    """The best of some hits in a part, as pairs that sort: their rank, the better the lower, and the id negated."""
    if not hits:
        return []
    table = part.table
    sql = (
        f"SELECT bm25({table}, {_WEIGHTS}) AS weight, -rowid FROM {table} WHERE {table} MATCH ?"
        " AND rowid BETWEEN ? AND ? AND +rowid IN (SELECT value FROM carray(?)) ORDER BY weight, rowid DESC LIMIT ?"
    )
    return [(row[0], row[1]) for row in connection.rows(sql, terms.match(plan), hits[-1], hits[0], bound(hits), limit)]


def without_unfinished(plan: SearchPlan) -> SearchPlan | None:
    """The search for the words before one that is still too short for bodies; None where that is another case.

    For when nothing fits yet: a list that goes empty at "human sh" and comes back at "human shie" helps nobody.
    """
    before, last = plan.terms[:-1], plan.terms[-1:]
    if all(term.negated for term in before) or terms.searchable(replace(plan, terms=last)) is None:
        return None
    return None if terms.short_word(plan) is None else replace(plan, terms=before, last_is_prefix=False)


def _by_words(connection: Connection, plan: SearchPlan, limit: int | None, after: int | None) -> array[int]:
    where = picking.where(connection, plan)
    match = terms.match(plan)
    before = min(_TOP if after is None else after, where.newest + 1)
    found = array("q")
    for part in parts(connection):
        left = -1 if limit is None else limit - len(found)
        if left == 0 or before <= where.oldest:
            break
        if part.first_id < before:
            found += _in_part(connection, part.table, match, before, where, left)
            before = part.first_id
    return found


def _in_part(connection: Connection, table: str, match: str, before: int, where: Where, limit: int) -> array[int]:
    """The hits in one table below an id, newest first."""
    sql = (
        f"SELECT {table}.rowid AS hit FROM {table} {where.join(table)} WHERE {table} MATCH ? AND {table}.rowid < ?"
        f" AND {where.condition.format(table=table)} ORDER BY {table}.rowid DESC LIMIT ?"
    )
    return connection.numbers(sql, match, before, *where.values, limit)


def _by_titles(
    connection: Connection, plan: SearchPlan, short: str, limit: int | None, after: int | None
) -> array[int]:
    """Articles with a word like ``short…`` in the title, among the hits of the other words if there are any."""
    if any(not term.negated for term in plan.terms):
        return _with_title(connection, _by_words(connection, plan, PREVIEW, after), short)[:limit]
    where = picking.where(connection, plan, in_index=False)
    before = _TOP if after is None else after
    match = f"{tokens.phrase(short)} *"
    return _in_part(connection, "titles", match, before, where, -1 if limit is None else limit)


def _with_title(connection: Connection, hits: array[int], short: str) -> array[int]:
    """Those of some hits with a word like ``short…`` in the title; FTS5 takes half a millisecond to say so of each."""
    start = fold(short)
    sql = "SELECT id, title FROM carray(?) AS hit CROSS JOIN articles ON id = hit.value WHERE title IS NOT NULL"
    titles = connection.rows(sql, bound(hits))
    return array("q", [each for each, title in titles if _has_word(fold(tokens.prepared(title)), start)])


def _has_word(text: str, start: str) -> bool:
    return start in text and any(word.startswith(start) for word in tokens.words(text))
