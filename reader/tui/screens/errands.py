"""What is done elsewhere and comes back: the browser, the clipboard, dialogs, adding and removing feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.document.links import for_program, is_safe, is_whole, shown
from reader.errors import ReaderError
from reader.model import Article, Change, View, ViewKind
from reader.text import clean_line
from reader.tui.outside import BadAddressError, open_outside
from reader.tui.screens.news import Tally
from reader.tui.screens.within import Within

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future

    from reader.tui.screens.dialog import Added


class Errands(Within):
    """Views by key, the world outside, dialogs."""

    # Views

    def open_view(self, view: View) -> None:
        """List a view and go to its list."""
        self.forget_search()
        self.opened = None
        self.show_view(view)
        self.go_to("list")

    def action_view_all(self) -> None:
        """List everything."""
        self.open_view(View(ViewKind.ALL))

    def action_view_unread(self) -> None:
        """List what is unread."""
        self.open_view(View(ViewKind.UNREAD))

    def action_view_bookmarks(self) -> None:
        """List the bookmarks."""
        self.open_view(View(ViewKind.BOOKMARKS))

    def action_view_today(self) -> None:
        """List what came today."""
        self.open_view(View(ViewKind.TODAY))

    # Outside

    async def action_open_browser(self) -> None:
        """Open the article in the browser; that is to read it."""
        await self._with_link(lambda link: self.open_address(link, then=self._opened_outside))

    async def action_open_browser_quietly(self) -> None:
        """Open it in the browser and change nothing."""
        await self._with_link(self.open_address)

    async def action_comments(self) -> None:
        """Open the comments in the browser."""
        article = await self._article_here()
        if article is not None and article.comments_link:
            self.open_address(article.comments_link)
        elif article is not None:
            self.say("this article has no comments page")

    async def action_copy_link(self) -> None:
        """Copy the address."""
        await self._with_link(self.copy_address)

    def copy_address(self, address: str) -> None:
        """Copy an address."""
        address = for_program(address) or clean_line(address)
        self.app.copy_to_clipboard(address)
        self.say(f"copied {address}")

    def _opened_outside(self) -> None:
        self.open_here(focus=False)

    async def _article_here(self) -> Article | None:
        """The article under the cursor with its addresses."""
        here = self.articles.id_here
        page = self.article.page
        if here is None or (page is not None and page.article.id == here):
            return page.article if page is not None and here is not None else None
        try:
            return await self.reader.background.run(self.library.article, here)
        except ReaderError as problem:
            self.say_trouble(problem)
            return None

    async def _with_link(self, use: Callable[[str], None]) -> None:
        article = await self._article_here()
        if article is not None and article.link:
            use(article.link)
        elif article is not None:
            self.say("this article has no address")

    def open_address(self, address: str | None, then: Callable[[], None] | None = None) -> None:
        """Open an address outside; one of a kind that could do harm is shown first, and asked about."""
        if not address:
            return
        if is_safe(address):
            self.reader.later(self._open(address, then), group="outside")
        elif is_whole(address):
            from reader.tui.screens.ask import AskScreen

            def answered(opens: bool | None) -> None:
                if opens:
                    self.reader.later(self._open(address, then), group="outside")

            self.app.push_screen(AskScreen(address), answered)
        else:
            self.say_trouble(f"not opened: {shown(address)}")

    async def _open(self, address: str, then: Callable[[], None] | None) -> None:
        try:
            await open_outside(self.app, self.reader.background, for_program(address))
        except BadAddressError as problem:
            self.say_trouble(f"{problem}; {self.key_of('copy_link')} copies the address")
            return
        self.say(f"opened {shown(address)}")
        if then is not None:
            then()

    # Feeds

    def action_add(self) -> None:
        """Follow a feed, a file or a folder."""
        from reader.tui.screens.add import AddScreen

        self.app.push_screen(AddScreen(), self._added)

    def action_offers(self) -> None:
        """Choose from a few well-known feeds."""
        from reader.tui.screens.offers import OffersScreen

        self.app.push_screen(OffersScreen(), self._added)

    def _added(self, added: Added | None) -> None:
        if added is None:
            return
        self.forget_pages()
        if added.said:
            self.say(added.said)
        if added.fetch:
            self.refresh_feeds(added.feed_ids)
        if len(added.feed_ids) == 1:
            self.open_view(View(ViewKind.FEED, added.feed_ids[0]))
        else:
            self.show_view(self.view)
        self.renew()

    def add_paths(self, targets: Sequence[str]) -> None:
        """Follow files or directories named on the command line, and list them."""
        library = self.library
        self.start_job("adding", lambda: library.add(targets), quiet=True, then=self._paths_added)

    def _paths_added(self, tally: Tally) -> None:
        if len(tally.added) == 1:
            self.open_view(View(ViewKind.FEED, tally.added[0]))
        elif tally.added:
            self.open_view(View(ViewKind.ALL))

    def action_remove_feed(self) -> None:
        """Stop following the feed under the cursor of the sidebar, or the one that is listed."""
        node = self.feeds.node if self.pane == "feeds" else self.feeds.find(self.view)
        if node is None or node.feed is None:
            self.say("stand on a feed to remove it")
            return
        removing = self.reader.background.post(self.library.remove, node.feed.id, self.reader.background.turn)
        self.reader.later(self._remove(removing, node.feed.id, node.feed.title), group="marks", trouble=self._refused)

    async def _remove(self, removing: Future[Change], feed_id: int, title: str, kept: str = "") -> None:
        await self.reader.background.done(removing)
        if self.view.feed_id == feed_id:
            self.open_view(View(ViewKind.ALL))
        else:
            self.show_view(self.view, seek=self.articles.id_here)
        self.renew()
        self.say(f"no longer following {title}{kept}{self.reader.signs.dot}{self.key_of('undo')} brings it back")

    # Dialogs

    def action_help(self) -> None:
        """Every key."""
        from reader.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen())

    def action_palette(self) -> None:
        """Any command by its name."""
        from reader.tui.palette import open_palette

        open_palette(self.app)

    def action_theme(self) -> None:
        """Choose the colours."""
        from reader.tui.screens.themes import ThemeScreen

        self.app.push_screen(ThemeScreen(), lambda name: self.remember() if name else None)

    def remember(self) -> None:
        """Keep where one is, if that is elsewhere than before."""
        raise NotImplementedError
