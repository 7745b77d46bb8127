"""Searching in the room: what a query means for the store, and searches that the next key can stop.

A module of its own because a start lists and does not search: it is loaded with the first search.
"""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reader import times
from reader.library import query
from reader.model import Counts, Feed, View, ViewKind
from reader.store import lists, ordering, search
from reader.store.connection import Connection
from reader.store.plan import SearchPlan

if TYPE_CHECKING:
    from reader.document.find import Term

PAGE = 1000
"""So many ids are a first page: more than any screen holds, and nobody waits for them."""


class Searching:
    """The searches of all threads; ``connection`` is that of the calling one, ``feeds`` are those that are followed."""

    def __init__(self, connection: Callable[[], Connection], feeds: Callable[[], list[Feed]]) -> None:
        self._connection = connection
        self._feeds = feeds
        self._lock = threading.Lock()
        self._running: set[Connection] = set()

    def plan(self, view: View, live: bool) -> SearchPlan | None:
        """What the store searches for a view or in it; None where a list serves it. Raises BadQuery."""
        asked = query.parse(view.query, live)
        if asked.everything:
            return None
        midnight = times.midnight(times.now())
        plan = query.plan(asked, self._feeds() if asked.feeds else (), midnight)
        return query.within(plan, view, self._feeds_of(view), midnight)

    def ids(self, plan: SearchPlan, limit: int | None, live: bool) -> array[int]:
        """The ids that a plan finds, newest first; of one that is being typed the first page in that order."""
        with self._search() as connection:
            return self._page(_typed(connection, plan, limit)[1]) if live else ordering.ids(connection, plan, limit)

    def chunks(self, plan: SearchPlan, first: int, live: bool) -> Iterator[array[int]]:
        """The same in chunks; between two of them no query runs."""
        source = self._typed_chunks(plan, first) if live else ordering.chunks(self._connection(), plan, first)
        while True:
            with self._search():
                chunk = next(source, None)
            if chunk is None:
                return
            yield chunk

    def best(self, plan: SearchPlan, limit: int) -> array[int]:
        """The ids that fit best, the best first, of the newest 20,000 that fit."""
        with self._search() as connection:
            return search.best(connection, plan, limit)

    def count(self, text: str, counts: Callable[[], Counts]) -> int:
        """How many articles a finished query finds. Raises BadQuery."""
        asked = query.parse(text)
        known = _counted(asked, counts()) if not asked.terms and not asked.feeds else None
        if known is not None:
            return known
        plan = self.plan(View(ViewKind.SEARCH, query=text), live=False)
        assert plan is not None
        with self._search() as connection:
            return search.count(connection, plan)

    def terms(self, text: str, live: bool) -> tuple[Term, ...]:
        """The words and phrases of a query; none where it has a mistake."""
        return query.highlights(text, live)

    def interrupt(self) -> None:
        """Cancel the searches that run on other threads; they raise Interrupted there."""
        with self._lock:
            for connection in self._running:
                connection.interrupt()

    def _feeds_of(self, view: View) -> Sequence[int] | None:
        """The feeds that a view is of; None where it is of all."""
        match view.kind:
            case ViewKind.FEED | ViewKind.SECTION:
                return () if view.feed_id is None else (view.feed_id,)
            case ViewKind.FOLDER:
                return lists.folder_feeds(self._connection(), view.folder)
            case ViewKind.ARCHIVE:
                return lists.removed_feeds(self._connection())
            case _:
                return None

    def _typed_chunks(self, plan: SearchPlan, first: int) -> Iterator[array[int]]:
        """What a search that is being typed finds, the first page in the order of lists."""
        connection = self._connection()
        plan, hits = _typed(connection, plan, first)
        yield self._page(hits)
        if len(hits) == first:
            yield from search.chunks(connection, plan, search.larger(first), after=hits[-1])

    def _page(self, hits: array[int]) -> array[int]:
        """The first hits of a search in the order of lists."""
        return ordering.in_order(self._connection(), hits[:PAGE]) + hits[PAGE:]

    @contextmanager
    def _search(self) -> Iterator[Connection]:
        """The calling thread's connection, open to ``interrupt`` while a search runs."""
        connection = self._connection()
        with self._lock:
            self._running.add(connection)
        try:
            yield connection
        finally:
            with self._lock:
                self._running.discard(connection)


def _typed(connection: Connection, plan: SearchPlan, limit: int | None) -> tuple[SearchPlan, array[int]]:
    """The hits of a search that is being typed, and what was searched: a short last word may not count yet."""
    hits = search.ids(connection, plan, limit)
    fewer = None if hits else search.without_unfinished(plan)
    return (plan, hits) if fewer is None else (fewer, search.ids(connection, fewer, limit))


def _counted(asked: query.Query, counts: Counts) -> int | None:
    """How many fit where the counts know it: everything, or one state alone."""
    known = {
        frozenset(): counts.all,
        frozenset({"unread"}): counts.unread,
        frozenset({"read"}): counts.all - counts.unread,
        frozenset({"bookmarked"}): counts.bookmarks,
        frozenset({"today"}): counts.today,
    }
    return known.get(asked.states)
