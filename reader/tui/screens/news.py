"""What comes in from elsewhere: our own refreshes and adds, other windows, cron. It is announced; the list stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual.message import Message

from reader.errors import ReaderError
from reader.library import Library
from reader.model import Change, Row, View, ViewKind
from reader.text import plural
from reader.tui.opening import Tree, read_tree
from reader.tui.screens.marks import Marks
from reader.tui.state import ALL
from reader.tui.widgets.status import Work

if TYPE_CHECKING:
    from reader.library import Job

_MOST_WAITING = 1000
_TOLD_SECONDS = 0.1  # a thousand feeds may answer within some seconds, and a key waits for each picture
_UNCOUNTED = (ViewKind.SEARCH, ViewKind.BOOKMARKS)
_MADE_OF_MARKS = (ViewKind.UNREAD, ViewKind.BOOKMARKS, ViewKind.ARCHIVE)
_FEW = 1000


@dataclass
class Tally:
    """What a job has come to so far."""

    total: int = 0
    done: int = 0
    new: int = 0
    failed: int = 0
    offline: str = ""
    waiting: str = ""
    problem: str = ""
    refused: list[str] = field(default_factory=list)
    added: list[int] = field(default_factory=list)
    found: list[dict[str, Any]] = field(default_factory=list)  # where a lost feed may be
    stopped: bool = False

    def count(self, event: dict[str, Any]) -> None:
        """Take an event of the job in."""
        match event["event"]:
            case "waiting":
                self.waiting = str(event.get("message") or "another refresh is under way")
            case "started" | "pages":
                self.waiting, self.total, self.done = str(event.get("message") or ""), int(event["total"]), 0
            case "feed" | "page":
                self.done += 1
                self.new += int(event.get("new") or 0)
                self.failed += event.get("outcome") in ("failed", "gone")
            case "added":
                self.added.append(int(event["feed_id"]))
                self.new += int(event.get("new") or 0)
            case "refused":
                self.refused.append(sentence(event))
            case "candidates":
                self._offer(event)
            case "offline":
                self.offline = str(event["message"])
            case "finished":
                self.new = int(event.get("new") or self.new)
                self.stopped = bool(event.get("stopped"))
            case "problem":
                self.problem = sentence(event)

    def _offer(self, event: dict[str, Any]) -> None:
        """Feeds to choose from: of one that is lost, or of a page."""
        if event.get("feed_id"):
            self.found = event["feeds"]
        else:
            self.refused.append(f"{event['target']} names several feeds: a adds them")

    def words(self) -> str:
        """What it came to, in a few words."""
        if self.offline:
            return self.offline
        parts = [plural(self.new, "new article") if self.new else "nothing new"]
        if self.failed:
            parts.append(f"{plural(self.failed, 'feed')} failed")
        if self.stopped:
            parts.append("stopped")
        return ", ".join(parts)


def sentence(event: dict[str, Any]) -> str:
    """What an event says, and what to do."""
    hint = event.get("hint")
    return f"{event['message']} ({hint})" if hint else str(event["message"])


@dataclass(frozen=True, slots=True)
class Truth:
    """The library as it is now, as far as the screen shows it."""

    tree: Tree
    asked: Sequence[int]
    rows: list[Row]
    waiting: int


def read_truth(library: Library, view: View, seen: Sequence[int], newest: int, before: Tree | None = None) -> Truth:
    """Read the sidebar, the rows that are seen, and how many articles came in since the list was made."""
    waiting = 0
    if view.kind not in _UNCOUNTED and not view.query:
        waiting = sum(each > newest for each in library.ids(view, _MOST_WAITING))
    return Truth(read_tree(library, before), seen, library.rows(seen), waiting)


class News(Marks):
    """Refreshing, adding, and noticing what others wrote."""

    class Progressed(Message):
        """A job went on."""

        def can_replace(self, message: Message) -> bool:
            """The tally holds everything: only the last one matters."""
            return isinstance(message, News.Progressed)

    @dataclass
    class Finished(Message):
        """A job ended."""

        tally: Tally
        quiet: bool
        then: Callable[[Tally], None] | None

    def __init__(self) -> None:
        super().__init__()
        self._job: Job | None = None
        self._tally = Tally()
        self._label = ""
        self._version: int | None = None
        self._renewing = False
        self._renew_again = False
        self._watching = False

    # Jobs

    def start_job(
        self,
        label: str,
        start: Callable[[], Job | None],
        *,
        quiet: bool = False,
        then: Callable[[Tally], None] | None = None,
    ) -> None:
        """Let the worker do something; ``quiet`` says nothing where nothing came of it."""
        if self._label:
            self.say(f"{self._label} goes on; {self.key_of('stop')} stops it")
            return
        self._label, self._tally = label, Tally()
        self.reader.later(self._run_job(start, quiet, then), group="job", trouble=self._job_failed)

    async def _run_job(
        self, start: Callable[[], Job | None], quiet: bool, then: Callable[[Tally], None] | None
    ) -> None:
        job = await self.reader.background.start(start)
        if job is None:
            self._label = ""
            return
        self._job, tally = job, self._tally
        told = 0.0

        def happened(event: dict[str, Any]) -> None:
            nonlocal told
            tally.count(event)
            if event["event"] == "page" and not event["message"] and self.is_running:
                self.text_came(event["article_id"])
            if event["event"] == "pages" or monotonic() - told > _TOLD_SECONDS:
                told = monotonic()
                self.post_message(self.Progressed())
            if event["event"] in ("finished", "problem"):
                self.post_message(self.Finished(tally, quiet, then))

        if not quiet:
            self._show_progress()
        self.reader.background.follow(job, happened)

    def _job_failed(self, problem: ReaderError) -> None:
        self._label, self._job = "", None
        self.show_no_work()
        self.say_trouble(problem)

    def on_news_progressed(self) -> None:
        """Show how far it is."""
        if self._label:
            self._show_progress()

    def _show_progress(self) -> None:
        tally = self._tally
        stop = f"{self.key_of('stop')} stops"
        label = tally.waiting or self._label
        if any(bulk.is_seen for bulk in self.bulks):
            return
        if tally.total or not self._label.startswith("refreshing"):
            self.status.set_work(Work(label, tally.done, tally.total, stop))
        elif tally.waiting:
            self.status.set_work(Work(label, stop=stop))

    def show_no_work(self) -> None:
        """A job has ended."""
        self.status.set_work(None)

    @property
    def is_busy(self) -> bool:
        """Whether anything is under way that can be stopped."""
        return self._job is not None or bool(self.bulks)

    def on_news_finished(self, message: Finished) -> None:
        """Say what it came to."""
        self._label, self._job = "", None
        self.show_no_work()
        tally = message.tally
        if tally.problem or tally.refused:
            self.say_trouble(tally.problem or tally.refused[0])
        elif tally.offline or not message.quiet:
            self.say(tally.words())
        self.forget_pages()
        self.renew()
        if message.then is not None:
            message.then(tally)

    @property
    def has_job(self) -> bool:
        """Whether something that was asked for is under way."""
        return bool(self._label)

    def stop_jobs(self) -> None:
        """Ask the worker to end, and what marks very many articles: the screen goes, or the user wants it."""
        if self._job is not None:
            self._job.stop()
        self.stop_marking()

    # What the user asks for

    def action_refresh(self) -> None:
        """Look for news in what is listed: this feed, this folder, or everything that is due."""
        view = self.view
        if self.pane == "feeds" and self.feeds.node is not None:
            view = self.feeds.node.view
        feeds = self._feeds_of(view)
        self.refresh_feeds(feeds, everything=feeds is None)

    def action_refresh_all(self) -> None:
        """Show what has come in; if nothing waits, look for news everywhere."""
        if self.waiting:
            self.action_show_new()
        else:
            self.refresh_feeds(None, everything=True)

    def refresh_feeds(self, feeds: Sequence[int] | None, *, everything: bool = False, quiet: bool = False) -> None:
        """Let the worker look at feeds: the named ones, or those that are due, or really all."""
        library = self.library
        self.start_job("refreshing", lambda: library.refresh(feeds, everything), quiet=quiet)

    def _feeds_of(self, view: View) -> list[int] | None:
        """The feeds that a view is made of; None for all."""
        if view.feed_id is not None:
            return [view.feed_id]
        if view.kind is not ViewKind.FOLDER:
            return None
        depth = len(view.folder)
        feeds = (node.feed for node in self.feeds.all_nodes() if node.feed is not None)
        return [feed.id for feed in feeds if feed.folder[:depth] == view.folder]

    def action_stop(self) -> None:
        """Stop what is under way; what came in stays, and what is marked."""
        if not self.is_busy:
            self.say("nothing is under way")
        else:
            self.say("stopping …" if not self.reader.signs.ascii_only else "stopping ...")
            self.stop_work()

    def stop_work(self) -> None:
        """Stop all that is under way."""
        self.stop_jobs()

    def action_show_new(self) -> None:
        """List the view anew, with what has come in."""
        if not self.waiting:
            self.say("nothing new waits")
            return
        self.status.say("")
        self.opened = None
        self.show_view(self.view)
        self.renew()

    # The library's truth

    def renew(self) -> None:
        """Read the sidebar and the rows that are seen anew; several wishes while that goes on are one."""
        if self._renewing:
            self._renew_again = True
            return
        self._renewing = True
        self.reader.later(self._renew(), group="renew", trouble=self._renew_failed)

    async def _renew(self) -> None:
        again = True
        try:
            while again and self.is_running:
                self._renew_again = False
                state, view, seen = (self._list_number, self.newest), self.view, self.articles.seen_ids()
                moment = self.articles.moment
                truth = await self.reader.background.run(
                    read_truth, self.library, view, seen, self.newest, self.sidebar_tree
                )
                if not self.is_running:
                    return
                self.take_truth(truth, moment, same_list=state == (self._list_number, self.newest))
                again = self._renew_again
        finally:
            self._renewing = False

    def _renew_failed(self, problem: ReaderError) -> None:
        self.say_trouble(problem)

    def take_truth(self, truth: Truth, moment: int, *, same_list: bool) -> None:
        """Show it; new articles are announced, but come in at once where the list is empty."""
        self.take_tree(truth.tree)
        if not same_list:
            return
        self.articles.renew_rows(truth.asked, truth.rows, moment)
        if truth.waiting and not self.articles.ids:
            self.show_view(self.view)
            return
        if truth.waiting > self.waiting:
            self.status.say("")
        self.waiting = truth.waiting
        self.status.set_waiting(self._waiting_words())

    def take_tree(self, tree: Tree) -> None:
        """Show the sidebar; what lists say of their articles' sources is another only when feeds came or went."""
        is_new = self.sidebar_tree is None or tree.number != self.tree_number
        self.sidebar_tree, self.tree_number = tree, tree.number
        self.feeds.set_tree(tree.nodes)
        if is_new:
            self.name_sources()

    def _waiting_words(self) -> str:
        if not self.waiting:
            return ""
        number = f"{self.waiting:,}+" if self.waiting >= _MOST_WAITING else f"{self.waiting:,}"
        return f"{number} new{self.reader.signs.dot}{self.key_of('refresh_all')} to show"

    def name_sources(self) -> None:
        """What the list says of where an article comes from: less where the view says it."""
        raise NotImplementedError

    def look(self) -> None:
        """Once a second: see whether anybody else has written."""
        self.status.pass_time()
        if not self._watching:
            self._watching = True
            self.reader.later(self._look(), group="look", trouble=self._renew_failed)

    async def _look(self) -> None:
        try:
            version = await self.reader.background.write(self.library.data_version)
        finally:
            self._watching = False
        if version != self._version:
            # the first time, too: something may have been written since the first list was read
            self._version = version
            self.forget_pages()
            self.renew()

    def after_change(self, change: Change) -> None:
        """An undo or redo may have brought a feed back or taken it away: where the list is made of it, list it anew."""
        view = self.view
        is_made_of_marks = bool(view.query) or view.kind in _MADE_OF_MARKS
        if change.ids and not (is_made_of_marks and self._may_add(change)):
            self.renew()
            return
        gone = view.feed_id is not None and self.feeds.find(View(ViewKind.FEED, view.feed_id)) is None
        self.show_view(ALL if gone else view, seek=self.articles.id_here)
        self.renew()

    def _may_add(self, change: Change) -> bool:
        """Whether a change may bring articles into a view that lists only such: those that are listed stay."""
        return len(change.ids) > _FEW or any(self.articles.row_of(each) is None for each in change.ids)
