"""The library as one object: what both doors, the screen and the command line, may ask for.

Every method is plain and synchronous and may be called from any thread; each thread has a connection of its own. A
user's action is one committed transaction with its undo record. All raise ``StoreError`` when the library on disk
cannot be used.
"""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from reader import config, paths, times
from reader.library import changes, sidebar
from reader.library.care import Care
from reader.library.reading import Reading
from reader.model import (
    GUIDE_URL,
    Change,
    Counts,
    Feed,
    Mark,
    Row,
    View,
    ViewKind,
)
from reader.store import articles, feeds, glance, lists, marks, memory
from reader.store.connection import Connection, transaction
from reader.store.database import Database, data_version
from reader.store.migrations import Progress
from reader.text import clean_line

if TYPE_CHECKING:
    from reader.document.find import Term
    from reader.library.jobs import Job
    from reader.library.offers import Offer
    from reader.library.searching import Searching
    from reader.library.sidebar import Node
    from reader.library.subscriptions import Imported

PAGE = 1000
_NEAR = 200
_CACHE_KIB = 256  # for each thread: the system keeps the file at hand, and answers are no later for it
Between = Callable[[], object]


class Library(Reading, Care):
    """Everything that a person can do. ``config`` holds the settings in force, ``paths`` where things live."""

    def __init__(
        self,
        where: paths.Paths,
        settings: config.Config,
        begun: Job | None = None,
        progress: Progress | None = None,
    ) -> None:
        """``begun`` is a worker that waits for what it is to do: the first job takes it.

        ``progress`` is told how far it is where a library of an earlier version is brought up to date.
        """
        self.paths = where
        self._begun = begun
        self.config = settings
        self._database = Database(where.database, cache_kib=_CACHE_KIB, progress=progress)
        self._lock = threading.Lock()
        self._searching: Searching | None = None

    @classmethod
    def open(
        cls, where: paths.Paths | None = None, begun: Job | None = None, progress: Progress | None = None
    ) -> Library:
        """Open the library, made when there is none. Raises StoreError, and ConfigError when the config is no TOML."""
        where = where or paths.paths()
        library = cls(where, config.load(where), begun, progress)
        library._connection()
        return library

    def close(self) -> None:
        """Let go of the database, when no thread uses it any more; jobs under way are not touched."""
        self._database.close_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _connection(self) -> Connection:
        """The calling thread's connection."""
        return self._database.local()

    # Feeds

    def feeds(self) -> list[Feed]:
        """All feeds with their counts and health, by folder and then by title, those at the top first."""
        return feeds.followed(self._connection())

    def find_feed(self, text: str) -> Feed:
        """The feed of an exact id, URL or title, or a unique part of the title. Raises NotFound or Ambiguous."""
        from reader.library import finding

        return finding.find(self.feeds(), text)

    def remove(self, feed_id: int, between: Between | None = None, *, keeps: bool = False) -> Change:
        """Stop following a feed; what is bookmarked stays under Archive. Can be undone. Raises NotFound.

        With ``keeps`` all its articles stay there. Very many go out of sight in slices; ``between`` them may do
        anything with the library.
        """
        connection = self._connection()
        label = changes.removal(feeds.one(connection, feed_id).title)
        return changes.done(marks.remove_feed(connection, feed_id, label, times.now(), between, keeps=keeps))

    def counts(self) -> Counts:
        """The numbers of the sidebar, as of this moment."""
        return lists.counts(self._connection(), times.midnight(times.now()))

    def sidebar(self) -> tuple[sidebar.Node, ...]:
        """The tree of the sidebar with its numbers: the fixed views, folders, feeds and sections."""
        return sidebar.sidebar(self.feeds(), self.counts())

    def renumbered(self, nodes: Sequence[Node]) -> tuple[Node, ...]:
        """A tree of the same feeds, folders and sections with the numbers of this moment, which is soon read."""
        return sidebar.renumbered(nodes, self.counts(), feeds.in_trouble(self._connection()))

    def tree_number(self) -> int:
        """A number that rises when feeds, folders or sections come, go or are named anew; kept over restarts."""
        return int(self.recall(glance.TREE, 0))

    # Lists

    def ids(self, view: View, limit: int | None = None, live: bool = False, after: int | None = None) -> array[int]:
        """The ids of a view, newest first, as ``array('q')``; those behind the article ``after`` where no search is.

        ``live``: a search that is being typed; its last word is a prefix, and see ``ids_chunks`` for its order. Raises
        BadQuery, and Interrupted where ``interrupt`` was called meanwhile.
        """
        plan = self._search.plan(view, live) if view.query else None
        if plan is not None:
            return self._search.ids(plan, limit, live)
        return lists.ids(self._connection(), _listed(view), times.midnight(times.now()), limit, after)

    def ids_chunks(self, view: View, first: int = PAGE, live: bool = False) -> Iterator[array[int]]:
        """The same in chunks, the first of at most ``first`` ids and at once; the iterator stays on its thread.

        In a live search of more than ``PAGE`` hits the newest that arrived come first, and only the first page is put
        in order: sorting all hits of a common word takes longer than typing the next letter. Between two chunks no
        query runs; ``interrupt`` ends one that does.
        """
        plan = self._search.plan(view, live) if view.query else None
        if plan is not None:
            yield from self._search.chunks(plan, first, live)
        else:
            yield from lists.chunks(self._connection(), _listed(view), times.midnight(times.now()), first)

    def found(self, text: str, limit: int | None = None) -> array[int]:
        """The ids of what a finished query finds, newest first; all without a query. Raises BadQuery."""
        return self.ids(View(ViewKind.SEARCH, query=text), limit)

    def count(self, text: str = "") -> int:
        """How many articles a finished query finds. Raises BadQuery."""
        return self._search.count(text, self.counts)

    def best(self, text: str, limit: int = PAGE) -> array[int]:
        """The ids that fit a finished query best, the best first, of the newest 20,000 that fit. Raises BadQuery."""
        return self.best_in(View(ViewKind.SEARCH, query=text), limit)

    def best_in(self, view: View, limit: int = PAGE, live: bool = False) -> array[int]:
        """The same for what is searched in a view; ``live`` while it is being typed. Raises BadQuery, Interrupted."""
        plan = self._search.plan(view, live)
        return self.ids(view, limit) if plan is None else self._search.best(plan, limit)

    def terms(self, text: str, live: bool = False) -> tuple[Term, ...]:
        """The words and phrases of a query to highlight in a text (``document.find``); none where it has a mistake."""
        return self._search.terms(text, live)

    def newest(self) -> int:
        """The id of the article that came in last: those that come in later have higher ones. 0 without any."""
        return articles.newest(self._connection())

    def rows(self, ids: Sequence[int]) -> list[Row]:
        """What a list shows of these articles, in the order asked; those that are no more are left out."""
        return articles.rows(self._connection(), ids)

    def next_unread(self, ids: Sequence[int], position: int, back: bool = False) -> int | None:
        """The index in ``ids`` of the next unread article below ``position``, then from the top; None without one.

        ``position`` itself is not considered; -1 starts at the top. ``back`` looks above it, then from the end.
        """
        if back:
            found = self.next_unread(ids[::-1], len(ids) - 1 - position if position >= 0 else -1)
            return None if found is None else len(ids) - 1 - found
        connection, start = self._connection(), position + 1
        for first, last in ((start, start + _NEAR), (start + _NEAR, len(ids)), (0, max(position, 0))):
            found = lists.first_unread(connection, ids[first:last])
            if found is not None:
                return first + found
        return None

    def next_feed(self, view: View, back: bool = False) -> View | None:
        """The next feed of the sidebar with unread articles after the view, round to the top; None without one."""
        return sidebar.next_with_unread(self.sidebar(), view, back)

    @property
    def _search(self) -> Searching:
        """The searches, loaded with the first."""
        from reader.library.searching import Searching

        with self._lock:
            if self._searching is None:
                self._searching = Searching(self._connection, self.feeds)
            return self._searching

    # Marks

    def mark(self, ids: Sequence[int], mark: Mark, between: Between | None = None) -> Change:
        """Mark articles; the change names only those that were not so before and is empty when nothing changed.

        Very many are marked in slices; ``between`` them may do anything with the library.
        """
        return changes.done(marks.mark(self._connection(), ids, mark, mark.value, times.now(), between))

    def undo(self, between: Between | None = None) -> Change | None:
        """Take back the last action, whichever window or command made it; None when there is none."""
        change = marks.undo(self._connection(), times.now(), between)
        return None if change is None else changes.undone(change)

    def redo(self, between: Between | None = None) -> Change | None:
        """Do again what was last undone; None when there is nothing, or something else was done since."""
        change = marks.redo(self._connection(), times.now(), between)
        return None if change is None else changes.done(change)

    # What the screen remembers, and what others did

    def remember(self, values: Mapping[str, Any]) -> None:
        """Keep JSON values under their keys for the next start, all at once."""
        connection = self._connection()
        with transaction(connection):
            for key, value in values.items():
                memory.remember(connection, key, value)

    def recall(self, key: str, default: Any = None) -> Any:
        """The value kept under a key."""
        return memory.recall(self._connection(), key, default)

    def data_version(self) -> int:
        """A number that changes when another process or thread has written; compare it on one thread only."""
        return data_version(self._connection())

    def interrupt(self) -> None:
        """Cancel the searches that run on other threads; they raise Interrupted there."""
        if self._searching is not None:
            self._searching.interrupt()

    # Work for the worker process

    def refresh(self, feeds: Sequence[int] | None = None, all: bool = False) -> Job:  # noqa: A002
        """Check the feeds that are due, or the named ones, or ``all`` whatever their interval."""
        return self._job(do="refresh", feeds=None if feeds is None else list(feeds), all=all)

    def add(
        self,
        targets: Sequence[str],
        folder: Sequence[str] | None = None,
        title: str | None = None,
        fetch: bool = True,
        all: bool = False,  # noqa: A002
    ) -> Job:
        """Follow addresses, files or directories; ``all`` takes every feed of a page that names several."""
        filed = None if folder is None else list(folder)
        named = clean_line(title or "") or None
        return self._job(do="add", targets=list(targets), folder=filed, title=named, fetch=fetch, all=all)

    def find_again(self, feed_id: int) -> Job:
        """Look for where a feed may be now that has become a page or is gone; ``candidates`` names what is found."""
        return self._job(do="find", feed=feed_id)

    def open_guide(self) -> Job | None:
        """Bring in the guide when nothing is followed and it never was: the job that does so, else None."""
        connection = self._connection()
        if self.feeds() or feeds.was_ever(connection, GUIDE_URL):
            return None
        return self.add([GUIDE_URL])

    def _job(self, **request: Any) -> Job:
        """A job for the worker."""
        from reader.library.jobs import Job

        job, self._begun = self._begun or Job(self.paths), None
        job.give(request)
        return job

    # Subscription lists

    def offers(self) -> tuple[Offer, ...]:
        """A few long-lived, well-known feeds by topic, for the first run."""
        from reader.library.offers import OFFERS

        return OFFERS

    def import_opml(self, path: Path, dry_run: bool = False, local: bool = False) -> Imported:
        """Follow the feeds of a subscription list; the next refresh fetches them. Raises NotFound and BadTarget.

        ``local`` files are followed wherever they lie, not only beside the list and in the user's home.
        """
        from reader.library import subscriptions
        from reader.logins import Logins

        return subscriptions.take_in(self._connection(), path, Logins(self.paths.logins), dry_run, local)

    def export_opml(self) -> str:
        """All feeds as a subscription list (OPML 2.0)."""
        from reader.library import subscriptions

        return subscriptions.written(self.feeds())


def _listed(view: View) -> View:
    """The view that a list serves: a search for nothing lists everything."""
    return View(ViewKind.ALL) if view.kind is ViewKind.SEARCH else view
