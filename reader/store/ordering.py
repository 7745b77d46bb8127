"""What a search finds in the order of lists, by ``sort_at``, without waiting for all of it.

Hits come by id, the last to arrive first. No article lies after the moment it arrived (``sort_at`` is never in the
future), so those that lie after the arrival of the oldest hit so far have their place for good: what is still to come
arrived earlier and lies below them.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from reader.store import search
from reader.store.connection import Connection, bound
from reader.store.plan import SearchPlan

SLACK = 3600
"""Ids and arrivals may differ in order by so many seconds: feeds are checked side by side."""

_AMONG = "SELECT id AS hit FROM carray(?) AS asked CROSS JOIN articles ON id = asked.value"
_ALL = -(2**63)


def chunks(connection: Connection, plan: SearchPlan, first: int = 1000) -> Iterator[array[int]]:
    """All ids that fit, by ``sort_at``, newest first, in pieces as they come. Nothing found is one empty piece."""
    if all(term.negated for term in plan.terms):
        yield from search.chunks(connection, plan, first)
        return
    waiting, looked_at, size = array("q"), 0, first
    for piece in search.chunks(connection, plan, first):
        waiting += piece
        is_last = len(piece) < size
        size = search.larger(size)
        # looking again at what waits only when it has doubled keeps the work in proportion to the hits
        if is_last or len(waiting) >= 2 * looked_at:
            settled, waiting = _split(connection, waiting, _ALL if is_last else _arrival(connection, piece[-1]))
            looked_at = len(waiting)
            if settled or is_last:
                yield settled


def ids(connection: Connection, plan: SearchPlan, limit: int | None = None) -> array[int]:
    """The same at once; at most ``limit``."""
    found = array("q")
    for piece in chunks(connection, plan, max(limit or 0, 1000)):
        found += piece
        if limit is not None and len(found) >= limit:
            break
    return found[:limit]


def in_order(connection: Connection, hits: array[int]) -> array[int]:
    """Some articles in the order of lists; those that are no more are left out."""
    return connection.numbers(f"{_AMONG} ORDER BY sort_at DESC, id DESC", bound(hits))


def _split(connection: Connection, hits: array[int], moment: int) -> tuple[array[int], array[int]]:
    """Those that lie after a moment in the order of lists, and the others."""
    which = bound(hits)
    later = connection.numbers(f"{_AMONG} WHERE sort_at > ? ORDER BY sort_at DESC, id DESC", which, moment)
    others = connection.numbers(f"{_AMONG} WHERE sort_at <= ?", which, moment)
    return later, others


def _arrival(connection: Connection, article_id: int) -> int:
    arrived = connection.value("SELECT arrived FROM articles WHERE id = ?", article_id)
    return 2**63 - 1 if arrived is None else arrived + SLACK
