"""How the feeds do: what is wrong with each, what its last checks came to, and one key for what helps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from reader import times
from reader.document.cells import fit
from reader.errors import ReaderError
from reader.library import Library, checkups
from reader.library.checkups import WORDS, Cure
from reader.model import GUIDE_URL, Checkup, Feed
from reader.sites import Site
from reader.text import clean_line, plural
from reader.tui.screens.dialog import Dialog
from reader.tui.widgets.health import HealthRows
from reader.tui.widgets.rows import Rows

_NAMES, _ROOMY = 13, 48
_KEYS = "p pause   o site   D remove   K archive   a all   Esc close"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be done with a feed."""

    what: Cure
    checkup: Checkup


def read_feeds(library: Library, everything: bool) -> tuple[list[Feed], int]:
    """The feeds to show, and how many there are in all."""
    feeds = checkups.in_order([feed for feed in library.feeds() if feed.url != GUIDE_URL])
    return feeds if everything else [feed for feed in feeds if checkups.needs_a_look(feed)], len(feeds)


class HealthScreen(Dialog[None]):
    """The feeds that need a look, or all of them, and below all that is known of the one under the cursor.

    ``act`` does what is wished for, and calls what it is given with it when something has changed.
    """

    foot = _KEYS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "down", show=False),
        Binding("up,k", "move(-1)", "up", show=False),
        Binding("home,g", "end(False)", "top", show=False),
        Binding("end,G", "end(True)", "bottom", show=False),
        Binding("pagedown,ctrl+d", "page(1)", "page", show=False),
        Binding("pageup,ctrl+u", "page(-1)", "page up", show=False),
        Binding("enter", "cure", "cure", show=False),
        Binding("r", "wish('retry')", "retry", show=False),
        Binding("p", "wish('pause')", "pause", show=False),
        Binding("o", "wish('site')", "site", show=False),
        Binding("D", "wish('remove')", "remove", show=False),
        Binding("K", "wish('archive')", "archive", show=False),
        Binding("a", "everything", "all", show=False),
        Binding("q,H", "close", "close", show=False),
    ]
    DEFAULT_CSS = """
    HealthScreen {
        align: center top;
        & > #box { width: 100; height: 1fr; margin-bottom: 1; }
        HealthRows { height: 1fr; background: $dialog; }
        #about { height: auto; max-height: 60%; margin-top: 1; }
        #nothing { height: 1fr; color: $dim; }
    }
    """

    def __init__(self, act: Callable[[Wish, Callable[[], None]], None]) -> None:
        super().__init__()
        self._act = act
        self._everything = False
        self._checkup: Checkup | None = None

    def content(self) -> ComposeResult:
        """The list and what is known of one."""
        yield Static(Content("How the feeds do"), id="title")
        yield HealthRows(self.host.signs, id="feeds")
        yield Static(id="nothing")
        yield Static(id="about")

    @property
    def _rows(self) -> HealthRows:
        return self.query_one(HealthRows)

    def on_mount(self) -> None:
        """Read them."""
        self.query_one("#title").styles.text_style = "bold"
        self.query_one("#title").styles.margin = (0, 0, 1, 0)
        self._rows.focus()
        self.reload()

    def reload(self) -> None:
        """Read everything anew."""
        if self.is_running:
            self.host.later(self._read(), group="health")

    async def _read(self) -> None:
        library = self.host.library
        feeds, count = await self.host.background.run(read_feeds, library, self._everything)
        if not self.is_running:
            return
        sick = sum(checkups.needs_a_look(feed) for feed in feeds)
        summary = f"{sick} of {plural(count, 'feed')} {'need' if sick != 1 else 'needs'} a look" if sick else (
            f"{plural(count, 'feed')}, all well" if count else "no feeds yet")  # fmt: skip
        self.query_one("#title", Static).update(Content(f"How the feeds do{self.host.signs.dot}{summary}"))
        self._rows.display = bool(feeds)
        nothing = self.query_one("#nothing", Static)
        nothing.display = not feeds
        nothing.update(Content("Nothing is wrong with any of them. a lists them all." if count else ""))
        self._rows.set_feeds(feeds)
        await self._look()

    @on(Rows.Moved)
    @on(Rows.Chosen)
    def _moved(self) -> None:
        self.host.later(self._look(), group="health-of-one")

    async def _look(self) -> None:
        """Show what is known of the feed under the cursor."""
        feed = self._rows.feed
        self._checkup = None
        if feed is not None:
            try:
                found = await self.host.background.run(self.host.library.checkup, feed.id)
            except ReaderError:
                self._show()  # it was removed meanwhile, and goes from the list
                return
            if not self.is_running or self._rows.feed is None or self._rows.feed.id != found.feed.id:
                return
            self._checkup = found
        self._show()

    def on_resize(self) -> None:
        """Another width: what is known is laid out anew."""
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        about, checkup = self.query_one("#about", Static), self._checkup
        about.display = checkup is not None
        if checkup is not None:
            width = max(20, about.container_size.width)
            room = max(0, self.size.height - 22)
            sites = self.host.library.config.sites
            about.update(Content("\n").join(_lines(checkup, sites, width, room, self.host.signs.ellipsis)))
            self.say_foot(f"Enter {WORDS[checkups.cure(checkup)]}   {_KEYS}")
        else:
            self.say_foot("a all   Esc close")

    # Keys

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        self._rows.move_by(rows)

    def action_end(self, is_last: bool) -> None:
        """To the top or the bottom."""
        self._rows.move_to(self._rows.item_count() - 1 if is_last else 0)

    def action_page(self, pages: int) -> None:
        """Move by pages."""
        self._rows.move_by(pages * self._rows.page_items)

    def action_everything(self) -> None:
        """List all feeds, or only those that need a look."""
        self._everything = not self._everything
        self.reload()

    def action_cure(self) -> None:
        """Do the sensible thing."""
        checkup = self._checkup_here
        if checkup is not None:
            self.action_wish(checkups.cure(checkup))

    def action_wish(self, what: str) -> None:
        """Do something with the feed under the cursor."""
        checkup = self._checkup_here
        if checkup is not None:
            if what in (Cure.REMOVE, Cure.ARCHIVE):
                self._checkup = None
            self._act(Wish(Cure(what), checkup), self.reload)

    @property
    def _checkup_here(self) -> Checkup | None:
        """What is known of the feed under the cursor; None while that is still being read."""
        feed, checkup = self._rows.feed, self._checkup
        return checkup if feed is not None and checkup is not None and checkup.feed.id == feed.id else None


def _lines(checkup: Checkup, sites: Sequence[Site], width: int, answers: int, ellipsis: str) -> Iterator[Content]:
    now = times.now()
    for name, words in checkups.facts(checkup, now, sites):
        yield _fact(name, clean_line(words, 2000), width, ellipsis)
    shown = list(checkups.answers(checkup, now))[:answers]
    for number, (when, result, much, took) in enumerate(shown):
        words = f"{when:<10} {result:<18}"
        words += f" {much:>8} {took:>8}" if width - _NAMES >= _ROOMY else ""
        yield _fact("" if number else "last checks", words, width, ellipsis)


def _fact(name: str, words: str, width: int, ellipsis: str) -> Content:
    return Content.assemble((name.ljust(_NAMES), "$dim"), fit(words, width - _NAMES, ellipsis))
