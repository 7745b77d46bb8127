"""The main screen: the panes side by side, or one at a time, and every key."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.geometry import Size

from reader.model import Place, View, ViewKind
from reader.tui import actions, early
from reader.tui.first_paint import FIRST
from reader.tui.keys import Sequences
from reader.tui.opening import Opening, Tree
from reader.tui.picture import kept, page_of
from reader.tui.screens.checkups import Checkups
from reader.tui.screens.fulltexts import FullTexts
from reader.tui.screens.images import Images
from reader.tui.screens.layout import MEDIUM, TALL, WIDE, Widths
from reader.tui.screens.media import Media
from reader.tui.state import ScreenState
from reader.tui.tidying import Tidying
from reader.tui.widgets.articles import ArticleList
from reader.tui.widgets.divider import Divider
from reader.tui.widgets.feeds import OFFERS, FeedsPane, health_words
from reader.tui.widgets.illustrated import IllustratedPane
from reader.tui.widgets.rows import Rows
from reader.tui.widgets.status import Heading, Status

_LOOK_SECONDS = 1.0
_AGES_SECONDS = 60.0
_REST_SECONDS = 0.12
_REMEMBER_SECONDS = 2.0


class Row(Horizontal):
    """Panes side by side; it draws nothing itself, and says so, which spares a quarter of the first picture."""

    BLANK = True


class Column(Vertical):
    """Panes one below the other, the same."""

    BLANK = True


class MainScreen(Images, FullTexts, Media, Checkups):
    """Composes the panes and answers the keys of the registry with ``action_<id>``."""

    BLANK = True

    BINDINGS: ClassVar[list[BindingType]] = actions.bindings()
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (MEDIUM, "-medium"), (WIDE, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (TALL, "-tall")]  # noqa: RUF012
    AUTO_FOCUS = None

    def __init__(self, opening: Opening) -> None:
        super().__init__()
        self._opening = opening
        self._state = opening.state
        self.view = opening.state.view
        self.feeds = FeedsPane(id="feeds")
        self.articles = ArticleList(id="articles")
        self.article = IllustratedPane(id="article")
        self.heading = Heading(id="heading")
        self.status = Status(id="status")
        self.middle = Column(id="middle")
        self.rules = Divider(self.feeds, id="feeds-rule"), Divider(self.articles, id="list-rule")
        self.widths = Widths(opening.state.sidebar_width, opening.state.list_width)
        self._sequences: Sequences | None = None
        self._tidying = Tidying()
        self._feeds_timer: asyncio.TimerHandle | None = None
        self._kept: tuple[ScreenState, Size] | None = None

    # Beginning

    def compose(self) -> ComposeResult:
        """Sidebar, list, article; the status line below. All is known by now, so the first picture is the right one."""
        self._furnish()
        with Row(id="panes"):
            yield self.feeds
            yield self.rules[0]
            with self.middle:
                yield self.heading
                yield self.articles
            yield self.rules[1]
            yield self.article
        yield self.status

    def _furnish(self) -> None:
        """Put what was read while Textual was imported into the panes."""
        state, chunk = self._state, self._opening.chunk
        self._sequences = Sequences(self.reader.keys)
        for widget in (self.feeds, self.articles, self.article, self.heading, self.status, *self.rules):
            widget.signs = self.reader.signs
        self.article.key_of = self.key_of
        self.articles.item_lines = state.density
        self.article.measure = state.measure
        self.begin_images(state.images)
        self.feeds.set_folded(state.folded)
        self.take_tree(self._opening.tree)
        self.feeds.rest_on(self.view)
        self._name_less()
        self.set_class(state.zen, "-zen")
        self.set_class(not state.sidebar, "-no-sidebar")
        self.at = self._first_pane
        self.add_class(f"-at-{self._first_pane}")
        self.heading.set_active(self._first_pane == "list")
        self._show_hints(self._first_pane)
        self._fold_panes()
        self.listed = len(chunk.ids) < FIRST
        self.articles.promised = 0 if self.listed else self._total()
        moved, _ = early.typed()
        self.articles.set_ids(chunk.ids[:], chunk.rows, min(max(chunk.cursor + moved, 0), max(len(chunk.ids) - 1, 0)))
        self.articles.is_touched = bool(moved)
        self.newest = chunk.newest
        self._take_up()
        self.show_heading()

    def _take_up(self) -> None:
        """Go on reading where it was left, if the cursor stands on that article."""
        state = self._state
        if state.article is not None and self.articles.id_here == state.article:
            self.opened = state.article if state.opened else None
            self._wanted = state.article
            self._start_place = Place(*state.place) if state.place else None
            self.article.show_kept(page_of(self._opening.picture, self.articles.row(), self.app.size))

    def returned(self) -> None:
        """The article that was left is found, far down."""
        self._take_up()
        self.show_again(self._start_place)

    @property
    def _first_pane(self) -> str:
        return "article" if self._state.zen else self._state.pane

    def _fold_panes(self) -> None:
        """Textual says how wide it is only after the first picture: take its size at its word before."""
        width, height = self.app.size
        fold = next(name for least, name in reversed(self.HORIZONTAL_BREAKPOINTS or []) if width >= least)
        self.add_class(fold, "-tall" if height >= TALL else "-short")
        self.share_widths()

    def on_mount(self) -> None:
        """Everything that is not seen comes after the first picture."""
        self.go_to(self._first_pane)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """After the first picture."""
        self._continue_list()
        # two trees would be in memory otherwise
        self._opening = self.reader.opening = replace(self._opening, tree=Tree((), 0))
        if self.articles.id_here is not None:
            self.show_again(self._start_place)
        self.set_interval(_LOOK_SECONDS, self.look)
        self.set_interval(_AGES_SECONDS, self.articles.pass_time)
        self.set_interval(_REMEMBER_SECONDS, self.remember)
        if not self.app.is_headless:
            self._tidying.begin()
            self.set_interval(_LOOK_SECONDS, self._tidying.tidy)
        self.look()
        for problem in self.reader.problems[:1]:
            self.say_trouble(problem)
        self.reader.begin_work(self)

    def _continue_list(self) -> None:
        """Read the rest of a long list, if no key has called for another since; what is shown already stays."""
        shown = self._opening.chunk.ids
        if len(shown) < FIRST or self._list_number:
            return
        self.list_view(self.view, seek=self._state.article, keep=shown)

    # Keys

    def on_key(self, event: events.Key) -> None:
        """Keys that follow one another come before the bindings."""
        self._tidying.typed()
        if self.is_hinting:
            event.stop()
            self.hint(event.key)
            return
        if self._sequences is None or self.pane == "search":
            return
        what = self._sequences.feed(event.key)
        self.status.set_pending(self._sequences.pending)
        if what is None:
            return
        event.stop()
        if isinstance(what, str):
            self.call_later(self.run_action, what)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action means something in the pane with the focus."""
        return not self.is_mounted or actions.applies(action, self.pane)

    def on_descendant_focus(self) -> None:
        """The hints and the heading follow the focus."""
        pane = self.pane
        self._show_hints(pane)
        self.heading.set_active(pane in ("list", "search"))
        if pane in ("feeds", "list", "article"):
            self.stand_at(pane)
        if pane == "article":
            self.show_again()

    def _show_hints(self, pane: str) -> None:
        self.status.set_hints(actions.hints(pane, self.reader.keys, self.reader.signs.ascii_only))

    def on_mouse_down(self) -> None:
        """A click ends a sequence of keys."""
        if self.is_hinting:
            self.end_hints()
        if self._sequences is not None:
            self._sequences.reset()
            self.status.set_pending("")

    # What the panes say

    @on(Rows.Moved, "#articles")
    def _list_moved(self, message: Rows.Moved) -> None:
        self.list_moved(message)

    @on(Rows.Chosen, "#articles")
    def _list_chosen(self) -> None:
        self.go_to("list")
        self.open_here(focus=False)

    @on(Rows.Moved, "#feeds")
    def _feeds_moved(self) -> None:
        node = self.feeds.node
        self.status.say(health_words(node.feed.health) if node and node.feed else "", trouble=True)
        if self._feeds_timer is not None:
            self._feeds_timer.cancel()
        self._feeds_timer = asyncio.get_running_loop().call_later(_REST_SECONDS, self._list_node)

    @on(Rows.Chosen, "#feeds")
    def _feeds_chosen(self, message: Rows.Chosen) -> None:
        node = self.feeds.node
        if node is not None and node.children and message.column < 2 * node.depth + 3:
            self.feeds.fold()
            return
        self.action_open()

    def _list_node(self) -> None:
        """List what the cursor of the sidebar rests on."""
        if self._feeds_timer is not None:
            self._feeds_timer.cancel()
            self._feeds_timer = None
        node = self.feeds.node
        if node is not None and node is not OFFERS and node.view != self.view and self.is_running:
            self.forget_search()
            self.opened = None
            self.list_view(node.view)

    def name_sources(self) -> None:
        """The list names folder and feed, but not where the view says it already."""
        feeds = (node.feed for node in self.feeds.all_nodes() if node.feed is not None)
        self.articles.sources = {feed.id: (*feed.folder[-1:], feed.title) for feed in feeds}

    def list_view(self, view: View, **wishes: Any) -> None:
        """List a view; what is said of its articles' sources depends on it."""
        super().list_view(view, **wishes)
        self._name_less()

    def _name_less(self) -> None:
        inside = 0 if self.view.feed_id is not None else 1 if self.view.kind is ViewKind.FOLDER else 2
        self.articles.named = inside

    # Back

    def action_open(self) -> None:
        """A feed opens its list, an article is read."""
        if self.pane == "feeds" and self.feeds.node is OFFERS:
            self.action_offers()
        elif self.pane == "feeds":
            self._list_node()
            self.go_to("list")
        elif self.pane == "search":
            self.leave_line()
        else:
            self.open_here(focus=True)

    def action_back(self) -> None:
        """One step back; never out of the program."""
        self.go_back()

    def action_quit(self) -> None:
        """One step back, and at the top out of the program."""
        if not self.go_back() and not self.finishes_first():
            self.reader.leave()

    def go_back(self) -> bool:
        """Leave the line to type in, zen, the article, the sidebar, the search; False where one is at the top."""
        if self.pane == "search":
            return self.end_search()
        if self.end_find() or self.end_comparing() or self.leave_zen():
            return True
        if self.pane == "article":
            self.go_to("list")
            return True
        if self.pane == "feeds":
            self.go_to("list")
            return True
        return self.end_search()

    # What is remembered

    def snapshot(self) -> ScreenState:
        """Where one is."""
        here = self.articles.id_here
        page = self.article.page
        place = self.article.place if self.article.article_id == here else None
        if page is not None and page.compared is not None:
            place = self.place_in(page)
        if self.article.article_id is None and here == self._state.article:
            place = self._start_place
        before = self.before
        return ScreenState(
            view=before.view if before else self.view,
            article=before.article if before else self.articles.id_here,
            opened=self.is_open,
            place=(place.block, place.start) if place else None,
            pane=self.pane if self.pane != "search" else "list",
            folded=tuple(sorted(self.feeds.folded)),
            sidebar=not self.has_class("-no-sidebar"),
            sidebar_width=self.widths.sidebar,
            list_width=self.widths.list,
            measure=self.article.measure,
            density=self.articles.item_lines,
            zen=self.has_class("-zen"),
            theme=self.reader.theme,
            images=self.images,
            config=self._state.config,
        )

    def remember(self) -> None:
        """Keep where one is, if that is elsewhere than before, or on another screen."""
        self.keep_place()
        state, size = self.snapshot(), self.size
        if (state, size) != self._kept:
            self._kept = state, size
            self.reader.keep_state(state, kept(self, state))

    def remember_all(self) -> None:
        """Keep where one is and all that is seen, as it is now."""
        self._kept = None
        self.remember()

    # Layout

    def on_resize(self) -> None:
        """Another width of the terminal."""
        self.stand_at(self.at)
        self.share_widths()
        self.call_after_refresh(self.show_again)

    @on(Divider.Dragged)
    def _dragged(self, message: Divider.Dragged) -> None:
        if message.divider.id == "feeds-rule":
            self.widths.sidebar = message.column
        else:
            self.widths.list = message.column - self.middle.region.x
        self.share_widths()
