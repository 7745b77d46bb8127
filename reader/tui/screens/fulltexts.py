"""Full texts: the article's page fetched while one reads on, either of the two texts shown, and the feed's setting.

The pages have a worker of their own, so that a refresh of many feeds does not keep one waiting.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.message import Message

from reader.errors import ReaderError
from reader.model import Feed, Place
from reader.text import clean_line, plural
from reader.tui.screens.errands import Errands
from reader.tui.widgets.status import Work

if TYPE_CHECKING:
    from reader.library import Job

_TITLE = 40


class FullTexts(Errands):
    """``x`` and ``X``."""

    @dataclass
    class Fetched(Message):
        """A page has come, or has not; then ``problem`` says why. Without an article it was the last one."""

        run: int
        article: int | None = None
        words: int = 0
        problem: str = ""

    def __init__(self) -> None:
        super().__init__()
        self._page_job: Job | None = None
        self._page_run = 0  # which of our jobs is the last one: what an earlier one says of its end is old
        self._pages_wanted: list[int] = []
        self._pages_on_their_way: list[int] = []
        self._titles: dict[int, str] = {}
        self._left_at: dict[tuple[int, bool], Place | None] = {}  # in each of the two texts of an article

    # One article

    async def action_full_text(self) -> None:
        """Fetch the article's page; once its text is there, change between it and the feed's."""
        article = await self._article_here()
        if article is None:
            return
        try:
            known = await self.reader.background.write(self.library.show_full_text, article.id)
        except ReaderError as problem:
            self.say_trouble(problem)
            return
        if known is not None and known.is_there:
            if self.article.article_id == article.id and not self.article.is_compared:
                self._left_at[article.id, not known.is_shown] = self.article.place
            self.show_anew(article.id, self._left_at.get((article.id, known.is_shown)))
            self.say("full text of the page" if known.is_shown else "the feed's text")
        elif not article.link:
            self.say("this article has no link to a page")
        elif article.id in (*self._pages_wanted, *self._pages_on_their_way):
            self.say(f"its page is on its way{self.reader.signs.dot}{self.key_of('stop')} stops it")
        else:
            self._titles[article.id] = clean_line(article.title or article.link, _TITLE)
            self._pages_wanted.append(article.id)
            self._fetch_wanted()

    def _fetch_wanted(self) -> None:
        """Let the worker fetch what is wanted by now, unless it is still at what was wanted before."""
        if self._pages_wanted and not self._pages_on_their_way:
            self._pages_on_their_way, self._pages_wanted = self._pages_wanted, []
            self._page_run += 1
            self._show_page_work()
            self.reader.later(self._fetch_pages(self._page_run), group="pages", trouble=self._pages_failed)
        elif self._pages_wanted:
            self._show_page_work()

    async def _fetch_pages(self, run: int) -> None:
        wanted = list(self._pages_on_their_way)
        job = await self.reader.background.start(lambda: self.library.fulltext(wanted))
        assert job is not None
        if run == self._page_run:
            self._page_job = job
        else:  # stopped meanwhile
            job.stop()

        def happened(event: dict[str, Any]) -> None:
            match event["event"]:
                case "page":
                    self.post_message(self.Fetched(run, event["article_id"], event["words"], event["message"]))
                case "finished":
                    self.post_message(self.Fetched(run))
                case "problem":
                    self.post_message(self.Fetched(run, problem=event["message"]))

        self.reader.background.follow(job, happened)

    def on_full_texts_fetched(self, message: Fetched) -> None:
        """Show the text where its article is still shown, and say what came."""
        if message.article is None:
            self._ended(message)
            return
        if message.article in self._pages_on_their_way:
            self._pages_on_their_way.remove(message.article)
        if message.problem:
            self.renew_page(message.article)
        else:
            self.show_anew(message.article)
        self._say_fetched(message)

    def _ended(self, message: Fetched) -> None:
        if message.problem:
            self.say_trouble(message.problem)
        if message.run == self._page_run:
            self._page_job, self._pages_on_their_way = None, []
            if not self._label:
                self.show_no_work()
            self._fetch_wanted()

    def _say_fetched(self, message: Fetched) -> None:
        is_here = self.articles.id_here == message.article
        dot = self.reader.signs.dot
        about = "" if is_here else f"{self._titles.get(message.article or 0, '')}: "
        if message.problem:
            self.say(f"{about}{message.problem}{dot}the feed's text stays")
        else:
            back = f"{dot}{self.key_of('full_text')} the feed's text" if is_here else ""
            self.say(f"{about}full text of the page, {plural(message.words, 'word')}{back}")

    def _pages_failed(self, problem: ReaderError) -> None:
        self._page_job, self._pages_on_their_way, self._pages_wanted = None, [], []
        self.show_no_work()
        self.say_trouble(problem)

    # What is under way

    def _show_page_work(self) -> None:
        if not self._label:
            count = len(self._pages_on_their_way) + len(self._pages_wanted)
            label = "fetching the page" if count == 1 else f"fetching {count} pages"
            self.status.set_work(Work(label, stop=f"{self.key_of('stop')} stops"))

    def show_no_work(self) -> None:
        """A job has ended; a page may still be on its way."""
        super().show_no_work()
        if self._pages_on_their_way:
            self._show_page_work()

    @property
    def is_busy(self) -> bool:
        """Whether anything is under way that can be stopped."""
        return super().is_busy or bool(self._pages_on_their_way)

    def stop_jobs(self) -> None:
        """The pages are wanted no more, either."""
        super().stop_jobs()
        self._pages_wanted, self._pages_on_their_way = [], []
        self._page_run += 1
        if self._page_job is not None:
            self._page_job.stop()
            self._page_job = None
        if not self._label and self.is_running:
            self.status.set_work(None)

    # A feed

    def action_full_text_feed(self) -> None:
        """Fetch the pages of a feed's articles as they come in, or do so no more."""
        feed_id = self._feed_here()
        if feed_id is None:
            self.say("stand on a feed or an article to set that")
        else:
            self.reader.later(self._set_full(feed_id), group="marks", trouble=self._refused)

    def _feed_here(self) -> int | None:
        """The feed under the cursor of the sidebar, or the one of the article."""
        if self.pane == "feeds":
            node = self.feeds.node
            return None if node is None else node.view.feed_id
        shown = self.shown
        return self.view.feed_id if shown is None else shown.feed_id

    async def _set_full(self, feed_id: int) -> None:
        feed: Feed = await self.reader.background.write(self.library.set_full, feed_id)
        what = "are fetched as they come in" if feed.is_full else "are no longer fetched"
        dot = self.reader.signs.dot
        self.say(f"{feed.title}: the pages of its articles {what}{dot}{self.key_of('full_text_feed')} changes it back")
