"""Reading: the page follows the cursor as a preview; opening marks read; one key reads everything there is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress

from reader.errors import NotFound, ReaderError, StoreError
from reader.model import Article, Place, Row
from reader.tui.screens.places import Places
from reader.tui.widgets.articles import ArticleList
from reader.tui.widgets.page import Page, begin_page, fetch_page, whole_page
from reader.tui.widgets.rows import Rows

_REST_SECONDS, _AFTER_PICTURE_SECONDS = 0.05, 0.03
_BESIDE = 3
_KEPT_PAGES, _KEPT_WORDS = 12, 60_000


class Flow(Places):
    """From one article to the next, by its row, by its page, or by one key alone."""

    def __init__(self) -> None:
        super().__init__()
        self._wanted: int | None = None
        self._start_place: Place | None = None
        self._pages: dict[int, Page] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._seeking = False
        self._fetching: int | None = None
        self._fetched = 0  # how often a page was asked for: only what was asked for last is shown
        self._edition = 0  # how often what was read ahead grew old

    # Preview

    def rested(self) -> None:
        """Show the article under the cursor as a preview, at once."""
        self._show(self.articles.id_here)

    def on_article_list_wanted(self, message: ArticleList.Wanted) -> None:
        """Fetch the rows that the list will draw."""
        self.reader.later(self._fetch_rows(message), group="rows")

    async def _fetch_rows(self, message: ArticleList.Wanted) -> None:
        moment = self.articles.moment
        rows = await self.reader.background.run(self.library.rows, message.ids)
        self.articles.fill(message.ids, rows, moment)

    def list_moved(self, message: Rows.Moved) -> None:
        """The page follows the cursor."""
        self.moved()

    def moved(self) -> None:
        """The page follows when the cursor has rested for a moment, so that a held key costs nothing."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(_REST_SECONDS, self.rest)

    def rest(self) -> None:
        """The cursor rests, unless the article under it is opened by now."""
        self._timer = None
        if self.is_running and self.articles.id_here != self.opened:
            self.rested()

    def _show(self, article: int | None, place: Place | None = None) -> None:
        """Show an article, from memory if it is there; only the last one wanted is shown."""
        self.keep_place()
        self._wanted, self._start_place = article, place
        if article is None:
            self.article.show(None)
            return
        if not self.page_is_seen:
            return
        page = self._pages.get(article)
        if page is not None:
            self._turn_to(page)
        else:
            self._fetching = article
            self._fetched += 1
            self.reader.later(self._fetch(article, self._fetched), group="page")

    async def _fetch(self, article: int, number: int) -> None:
        edition = self._edition
        goes_on = self._start_place or self.known_place(article) or self.article.article_id == article
        begin = fetch_page if goes_on else begin_page
        try:
            page = await self.reader.background.run(begin, self.library, article)
        except (NotFound, StoreError) as problem:
            if article == self._wanted:
                self.article.show(None)
            if isinstance(problem, StoreError):
                raise
            return
        finally:
            self._fetching = None if number == self._fetched else self._fetching
        if article == self._wanted and number == self._fetched:
            self._turn_to(page)
        if page.html:
            begun, page = page, await self.reader.background.run(whole_page, page)
            if self.article.page is begun:
                self.article.complete(page)
        self._keep(page, edition)

    def _turn_to(self, page: Page) -> None:
        terms = self.library.terms(self.view.query, self.live) if self.view.query else ()
        if self.article.page is not page or self._start_place is not None or self.article.terms != terms:
            stays = self.article.article_id == page.article.id and not terms
            stays = stays and not self.article.is_compared
            place = self.article.place if stays else None if terms else self.place_in(page)
            self.article.show(page, self._start_place or place, terms)
        self._start_place = None
        if any(self.articles.id_at(self.articles.cursor + step) not in self._pages for step in (1, -1)):
            self.reader.later(self._prefetch(), group="prefetch")

    async def _prefetch(self) -> None:
        """Have the pages below and above ready, after the picture, as long as the cursor stays between them."""
        here = self.articles.cursor
        await asyncio.sleep(_AFTER_PICTURE_SECONDS)
        for index in (here + 1, here - 1):
            beside = self.articles.id_at(index)
            if beside is None or beside in self._pages:
                continue
            edition = self._edition
            with suppress(NotFound):
                self._keep(await self.reader.background.run(fetch_page, self.library, beside), edition)
            if self.articles.cursor != here:
                return

    def _keep(self, page: Page, edition: int) -> None:
        """Keep a page that was asked for in an edition, unless it may be old by now."""
        if edition != self._edition:
            return
        self._pages.pop(page.article.id, None)
        self._pages[page.article.id] = page
        words = sum(each.article.shown_words for each in self._pages.values())
        while len(self._pages) > _KEPT_PAGES or (len(self._pages) > _BESIDE and words > _KEPT_WORDS):
            words -= self._pages.pop(next(iter(self._pages))).article.shown_words

    def show_text(self) -> None:
        """Show the text of the article again, in place of a comparison."""
        page = self._pages.get(self.article.article_id or 0)
        if page is not None:
            self.article.show(page, self.place_in(page))
        else:
            self._show(self.article.article_id)

    def forget_pages(self) -> None:
        """The library changed: what was read ahead may be old."""
        self._edition += 1
        self._pages.clear()
        self.forget_places()

    def _forget_page(self, article: int) -> None:
        self._edition += 1
        self._pages.pop(article, None)

    def show_anew(self, article: int, place: Place | None = None) -> None:
        """Another text of an article is there: where it is shown, show that from its top, or from a place."""
        if self.article.article_id == article:
            self.article.scroll_to(y=0, animate=False)
        self.renew_page(article, place)
        self.set_place(article, place)

    def renew_page(self, article: int, place: Place | None = None) -> None:
        """What is known of an article is other than what its page says: where it is shown, show it anew."""
        self._forget_page(article)
        if self.articles.id_here == article and self._wanted == article and self.page_is_seen:
            self._show(article, place)
        elif self.article.article_id == article:
            # nobody sees it now, and when they do again it is to be what it is by then
            self.keep_place()
            self.article.show(None)

    def text_came(self, article: int) -> None:
        """Another text of an article is there, unasked: it is not put in the place of one that is being read."""
        if self.article.article_id == article and self.article.place is not None:
            self._forget_page(article)
        else:
            self.show_anew(article)

    def show_again(self, place: Place | None = None) -> None:
        """Show the page of the cursor if it is not shown, as when its pane comes into sight."""
        here = self.articles.id_here
        if here is None or (self._fetching == here and place is None):
            return
        if self.article.article_id != here or place is not None:
            self._show(here, place or (self._start_place if self._wanted == here else None))

    # Opening

    def open_here(self, *, focus: bool) -> None:
        """Open the article under the cursor: it is shown, and it is read now."""
        article = self.articles.id_here
        if article is None:
            return
        if focus or self.narrow:
            self.go_to("article")
        if self.article.article_id != article or self._wanted != article:
            self._show(article)
        self.begin_reading(article)

    @property
    def is_open(self) -> bool:
        """Whether the article under the cursor is the one being read."""
        return self.opened is not None and self.opened == self.articles.id_here

    @property
    def shown(self) -> Article | Row | None:
        """What is known of the article under the cursor."""
        here = self.articles.id_here
        page = self.article.page
        return page.article if page is not None and page.article.id == here else self.articles.row()

    # Reading on

    def action_read_on(self) -> None:
        """A page down; at the end, or where nothing is open, the next unread article."""
        if self.pane == "feeds":
            self._read_feed()
        elif not self.is_open:
            if self.pane == "article":
                self.open_here(focus=True)
                self.article.scroll_page(1)
            else:
                self.open_here(focus=True)
        elif self.article.article_id == self.opened and not self.article.scroll_page(1):
            self.action_next_unread()

    def _read_feed(self) -> None:
        node = self.feeds.node
        if node is None:
            return
        if node.view == self.view:
            self.action_next_unread()
        else:
            self.show_view(node.view, then=self._open_first_unread)

    def action_page_back(self) -> None:
        """A page up; at the top the article before, at its end."""
        if self.pane == "feeds":
            self.feeds.move_by(-self.feeds.page_items)
        elif not self.article.scroll_page(-1):
            self.action_previous_article()

    def action_next_article(self) -> None:
        """Open the article below."""
        self._step(1)

    def action_previous_article(self) -> None:
        """Open the article above."""
        self._step(-1)

    def _step(self, items: int) -> None:
        if self.articles.move_by(items):
            self.open_here(focus=self.pane == "article")
        elif items > 0 and not self.listed:
            self.read_on()
        else:
            self.say("this is the last article" if items > 0 else "this is the first article")

    def action_next_unread(self) -> None:
        """Open the next unread article: below, then from the top, then in the next feed."""
        self._seek_unread(back=False)

    def action_previous_unread(self) -> None:
        """Open the unread article above, then from the end, then in the feed before."""
        self._seek_unread(back=True)

    def _seek_unread(self, *, back: bool) -> None:
        self.leave_behind()
        near = None if back else self._near_unread()
        if near is not None:
            self._open_at(near)
        elif not self._seeking:
            self._seeking = True
            self.reader.later(self._find_unread(back), group="seek", trouble=self._not_found)

    def _near_unread(self) -> int | None:
        """The next unread article below, as far as rows are known without asking."""
        index = self.articles.cursor + 1
        while (row := self.articles.row(index)) is not None:
            if not row.is_read:
                return index
            index += 1
        return None

    async def _find_unread(self, back: bool) -> None:
        ids, here, view = self.articles.ids, self.articles.cursor, self.view
        try:
            # on the writer's thread, after the marks that are still on their way
            index = None if back else await self.reader.background.write(self._unread_below, ids[here + 1 :], here + 1)
            if index is None and await self.all_listed():
                index = await self.reader.background.write(self.library.next_unread, ids, here, back)
            feed = None
            if index is None:
                feed = await self.reader.background.write(self.library.next_feed, view, back)
        finally:
            self._seeking = False
        if self.articles.ids is not ids or not self.is_running:
            return
        if index is not None:
            self._open_at(index)
        elif feed is not None:
            self.show_view(feed, then=self._open_first_unread)
        else:
            self.say("everything is read")

    def _unread_below(self, ids: Sequence[int], first: int) -> int | None:
        """The index of the next unread of those that are listed so far below the cursor."""
        found = self.library.next_unread(ids, -1)
        return None if found is None else first + found

    def _not_found(self, problem: ReaderError) -> None:
        self.say_trouble(problem)

    def _open_first_unread(self) -> None:
        row = self.articles.row()
        if row is not None and not row.is_read:
            self._open_at(self.articles.cursor)
        else:
            self._seek_unread(back=False)

    def _open_at(self, index: int) -> None:
        self.articles.move_to(index, tell=False)
        self.open_here(focus=self.pane in ("article", "feeds"))

    # The page's own news

    def on_article_pane_scrolled(self) -> None:
        """Say how far the article is read."""
        self.see_end()
        percent = self.article.percent
        self.status.set_place("" if percent is None else f"{percent} %")

    def open_address(self, address: str | None, then: Callable[[], None] | None = None) -> None:
        """Open an address outside."""
        raise NotImplementedError
