"""What every part of the main screen stands on: the panes, what is listed, what is said, and where the focus is."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING, cast

from textual.screen import Screen

from reader.errors import ReaderError
from reader.library import Library
from reader.model import View, ViewKind
from reader.tui import opening
from reader.tui.opening import Chunk
from reader.tui.state import ALL
from reader.tui.widgets.article import ArticlePane
from reader.tui.widgets.articles import ArticleList
from reader.tui.widgets.feeds import FeedsPane
from reader.tui.widgets.status import Heading, Status

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp

_TITLES = {
    ViewKind.ALL: "All",
    ViewKind.UNREAD: "Unread",
    ViewKind.TODAY: "Today",
    ViewKind.BOOKMARKS: "Bookmarks",
    ViewKind.ARCHIVE: "Archive",
}
_NOTHING = {
    ViewKind.UNREAD: "Everything is read.",
    ViewKind.TODAY: "Nothing came today.",
    ViewKind.BOOKMARKS: "No bookmarks: b makes one.",
}
_NARROW = "-narrow"


class Desk(Screen[None]):
    """The panes and what is on them. ``view`` is what is listed; the cursor of the list is the selection."""

    feeds: FeedsPane
    articles: ArticleList
    article: ArticlePane
    heading: Heading
    status: Status

    def __init__(self) -> None:
        super().__init__()
        self.view: View = ALL
        self.live = False
        self.listed = False
        self.newest = 0
        self.waiting = 0
        self._list_number = 0

    @property
    def reader(self) -> ReaderApp:
        """The app."""
        return cast("ReaderApp", self.app)

    @property
    def library(self) -> Library:
        """The library."""
        return self.reader.library

    # Saying

    def say(self, text: str) -> None:
        """What just happened, on the left of the status line."""
        self.status.say(text)

    def say_trouble(self, problem: ReaderError | str) -> None:
        """What went wrong and what to do."""
        self.status.say(str(problem), trouble=True)

    # Panes

    @property
    def pane(self) -> str:
        """Where the keys go: "feeds", "list", "article" or "search"."""
        focused = self.focused
        if focused is self.feeds:
            return "feeds"
        if focused is self.article:
            return "article"
        return "list" if focused is self.articles or focused is None else "search"

    @property
    def narrow(self) -> bool:
        """Whether only one pane is seen at a time."""
        return self.has_class(_NARROW)

    @property
    def page_is_seen(self) -> bool:
        """Whether the article's pane is on the screen."""
        return self.article.display and (not self.narrow or self.has_class("-at-article"))

    def go_to(self, pane: str) -> None:
        """Bring a pane to the front and let the keys go to it."""
        for each in ("feeds", "list", "article"):
            self.set_class(each == pane, f"-at-{each}")
        widget = {"feeds": self.feeds, "list": self.articles, "article": self.article}[pane]
        self.set_focus(widget, scroll_visible=False)

    # Lists

    def show_view(self, view: View, *, seek: int | None = None, then: Callable[[], None] | None = None) -> None:
        """List another view, or the same anew; ``seek`` is the article to stand on, ``then`` is called then."""
        self.list_view(view, seek=seek, then=then)
        self.feeds.rest_on(view)

    def list_view(
        self,
        view: View,
        *,
        live: bool = False,
        seek: int | None = None,
        keep: array[int] | None = None,
        then: Callable[[], None] | None = None,
    ) -> None:
        """Start to list a view; what was being listed is given up. A first part that equals ``keep`` stays as it is."""
        self.view, self.live = view, live
        self.listed = False
        self._list_number += 1
        number = self._list_number
        first = True

        def arrived(chunk: Chunk) -> None:
            nonlocal first
            if number != self._list_number:
                return
            if not (first and chunk.ids == keep):
                self.take_chunk(chunk, first, seek)
            if first and then is not None:
                then()
            first = False

        def chunks() -> Iterator[Chunk]:
            with closing(opening.chunks(self.library, view, live)) as ids:
                yield from opening.around(self.library, ids, seek)

        self.reader.later(
            self._stream(chunks, arrived, lambda: number == self._list_number), group="list", trouble=self.list_failed
        )

    async def _stream(
        self, chunks: Callable[[], Iterator[Chunk]], arrived: Callable[[Chunk], None], wanted: Callable[[], bool]
    ) -> None:
        await self.reader.background.stream(chunks, arrived, wanted)

    def list_failed(self, problem: ReaderError) -> None:
        """The list could not be read: the one that is there stays."""
        self.say_trouble(problem)

    def take_chunk(self, chunk: Chunk, first: bool, seek: int | None) -> None:
        """A part of the list is there."""
        if first:
            self.newest = 0
            self.articles.set_ids(chunk.ids[:], chunk.rows, chunk.cursor)
        else:
            start = len(self.articles.ids)
            untouched = self.articles.cursor == 0
            self.articles.add_ids(chunk.ids)
            if chunk.rows and untouched and seek is not None:
                self.articles.fill([row.id for row in chunk.rows], chunk.rows)
                self.articles.move_to(start + chunk.cursor, tell=False)
                self.returned()
        self.newest = max(self.newest, max(chunk.ids, default=0))
        self.listed = chunk.last
        self.show_heading()
        if first:
            self.waiting = 0
            self.status.set_waiting("")
            self.rested()

    def rested(self) -> None:
        """The cursor rests on an article, or on none: for the flow to show it."""
        raise NotImplementedError

    def returned(self) -> None:
        """The article that was sought far down is found."""
        self.rested()

    def show_heading(self) -> None:
        """Say above the list what is listed."""
        count = f"{len(self.articles.ids):,}" + ("" if self.listed else "+")
        self.heading.set_text(self.title_of(self.view), count, "newest first" if self.articles.ids else "")
        self.articles.nothing = self._nothing() if self.listed else ""

    def _nothing(self) -> str:
        if self.view.query:
            return "Nothing fits these words."
        if self.view.kind is ViewKind.ALL:
            return "Nothing here yet: a follows a feed, a file or a folder."
        return _NOTHING.get(self.view.kind, "No articles.")

    def title_of(self, view: View) -> str:
        """A view's name."""
        if view.kind is ViewKind.SEARCH:
            return "Search" if self.pane == "search" else f"“{view.query}”"
        if view.kind in _TITLES:
            title = _TITLES[view.kind]
        elif view.kind is ViewKind.FOLDER:
            title = " / ".join(view.folder)
        else:
            node = self.feeds.find(View(view.kind, view.feed_id, view.folder, view.section))
            title = node.label if node else "Feed"
        return f"{title} · “{view.query}”" if view.query else title

    # The library's truth

    def renew(self) -> None:
        """Read the sidebar and the rows that are seen anew, soon; several wishes at once are one."""
        raise NotImplementedError
