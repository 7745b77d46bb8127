"""What every part of the main screen stands on: the panes, what is listed, what is said, and where the focus is."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from reader.errors import ReaderError
from reader.library import Library
from reader.model import View, ViewKind
from reader.tui.opening import Tree
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
_NARROW, _WIDE = "-narrow", "-wide"


class Desk(Screen[None]):
    """The panes and what is on them. ``view`` is what is listed; the cursor of the list is the selection.

    ``live``: its query is still being typed; ``best``: what fits it best comes first. ``listed``: all of it is in the
    list, and nothing more will come.
    """

    # Textual's own, but that it draws the whole screen anew whenever the keys go elsewhere
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    feeds: FeedsPane
    articles: ArticleList
    article: ArticlePane
    heading: Heading
    status: Status

    def __init__(self) -> None:
        super().__init__()
        self.view: View = ALL
        self.live = False
        self.best = False
        self.listed = False
        self.newest = 0
        self.waiting = 0
        self.sidebar_tree: Tree | None = None
        self.tree_number = 0
        self.at = "list"

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
        if focused is self.article or (focused is not None and focused.id == "find"):
            return "article"
        return "list" if focused is self.articles or focused is None else "search"

    @property
    def narrow(self) -> bool:
        """Whether only one pane is seen at a time."""
        return self.has_class(_NARROW)

    @property
    def page_is_seen(self) -> bool:
        """Whether the article's pane is on the screen."""
        return self.article.display and (not self.narrow or self.at == "article")

    def go_to(self, pane: str) -> None:
        """Bring a pane to the front and let the keys go to it."""
        self.stand_at(pane)
        widget = {"feeds": self.feeds, "list": self.articles, "article": self.article}[pane]
        self.set_focus(widget, scroll_visible=False)

    def stand_at(self, pane: str) -> None:
        """Have a pane to the front. With all of them side by side none is: the style sheet need not look again."""
        self.at = pane
        if not self.has_class(_WIDE):
            for each in ("feeds", "list", "article"):
                self.set_class(each == pane, f"-at-{each}")

    # Names

    def nothing_in(self, view: View) -> str:
        """What a list says when a view has no articles."""
        if view.query:
            return "Nothing fits these words."
        if view.kind is ViewKind.ALL:
            return "Nothing here yet: a follows a feed, a file or a folder."
        return _NOTHING.get(view.kind, "No articles.")

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
