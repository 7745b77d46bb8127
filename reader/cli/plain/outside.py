"""Marks, the browser, and the worker's jobs: what of a linear session changes something."""

from __future__ import annotations

from collections.abc import Sequence

from reader.cli.download import Saved
from reader.cli.plain.desk import Choice, Desk, number
from reader.cli.plain.work import Added, Fetched, Refreshed, follow
from reader.cli.verbs import UsageError
from reader.document.links import for_program, is_safe, shown, target
from reader.errors import ReaderError
from reader.library.enclosures import enclosure_words
from reader.library.jobs import Job
from reader.model import Change, Mark, View, ViewKind
from reader.text import clean_line

SOME_FAILED = 3


class Outside(Desk):
    """The commands that change something, here or elsewhere."""

    # Marks

    def do_bookmark(self, rest: str) -> None:
        """Bookmark, or no longer."""
        article = self.library.article(self.article_of(rest))
        self._mark(article.id, Mark.UNBOOKMARKED if article.is_bookmarked else Mark.BOOKMARKED)

    def do_toggle_read(self, rest: str) -> None:
        """Read, or unread again."""
        article = self.library.article(self.article_of(rest))
        self._mark(article.id, Mark.UNREAD if article.is_read else Mark.READ)

    def _mark(self, article_id: int, mark: Mark) -> None:
        self.library.mark([article_id], mark)
        row = self.library.rows([article_id])
        said = {Mark.UNBOOKMARKED: "No longer bookmarked", Mark.READ: "Marked read", Mark.UNREAD: "Marked unread"}
        self.tell(f"{said.get(mark, 'Bookmarked')}: {row[0].title if row else article_id}")

    def do_mark_all_read(self, rest: str) -> None:
        """All that is listed."""
        self._changed(self.library.mark(self.listing.ids, Mark.READ), "Nothing left to change")

    def do_undo(self, rest: str) -> None:
        """Take the last action back."""
        self._changed(self.library.undo(), "There is nothing to undo")

    def do_redo(self, rest: str) -> None:
        """Do again what was undone."""
        self._changed(self.library.redo(), "There is nothing to redo")

    def _changed(self, change: Change | None, nothing: str) -> None:
        label = change.label if change is not None else nothing
        self.tell(f"{label[:1].upper()}{label[1:]}.")

    # Addresses

    def do_copy_link(self, rest: str) -> None:
        """The article's address."""
        link = self.opened.article.link
        self.tell(for_program(link) or link if link else "This article has no address.")

    def do_open_browser(self, rest: str) -> None:
        """The article in the browser; that is to read it."""
        article = self.library.article(self.article_of(rest))
        self._open_address(article.link, "This article has no address")
        if not article.is_read:
            self.library.mark([article.id], Mark.READ)

    def do_comments(self, rest: str) -> None:
        """The comments in the browser."""
        self._open_address(self.opened.article.comments_link, "This article has no comments page")

    def do_link(self, rest: str) -> None:
        """A link in the browser, or the place in the article that it leads to."""
        links = self.opened.text.links
        address = links[number(rest, len(links))][1]
        article = self.opened.article
        leaf = target(self.library.document(article.id), address, article.link)
        if leaf is None:
            self._open_address(address, "")
        else:
            self.go_to_leaf(leaf)

    def do_full_text(self, rest: str) -> int:
        """The text of the page instead of the feed's, fetched if it is not there, or the feed's again."""
        article = self.opened.article
        known = self.library.show_full_text(article.id)
        has_page = known is not None and known.is_there
        if not has_page:
            if not article.link:
                raise ReaderError("This article has no link to a page")
            fetched = Fetched(self.refuse)
            self._tell_now(f"Fetching {shown(article.link)}")
            with self.library.fulltext([article.id]) as job:
                self._heed(job, fetched)
            if fetched.failed:
                return 1
        is_feeds = has_page and known is not None and not known.is_shown
        self.tell("The feed's text." if is_feeds else "The text of the page.")
        self.open_article(self.listing.here)
        return 0

    def do_enclosures(self, rest: str) -> None:
        """The files that come with the article."""
        enclosures = self.opened.article.enclosures
        for index, each in enumerate(enclosures, 1):
            self.tell(f"{index}. {enclosure_words(each)}, {shown(each.url)}")
        if not enclosures:
            self.tell("No files come with this article.")

    def do_save(self, rest: str) -> int:
        """Save a file, the first if none is named."""
        article = self.opened.article
        if not article.enclosures:
            raise ReaderError("No files come with this article")
        url = article.enclosures[number(rest or "1", len(article.enclosures))].url
        saved = Saved(lambda path: self.tell(f"Saved {path}"), self.refuse)
        self._tell_now(f"Saving {shown(url)}")
        with self.library.download(article.id, url) as job:
            self._heed(job, saved)
        return int(saved.failed)

    def _open_address(self, address: str | None, none: str) -> None:
        """Open an address in the browser. Raises ReaderError where it cannot be."""
        if not address:
            raise ReaderError(none)
        if not is_safe(address):
            raise ReaderError(f"Not opened: {shown(address)}", "it is no address of the web")
        import webbrowser

        self.tell(f"Opening {shown(address)}")
        self.output.flush()
        try:
            browser = webbrowser.get()
            takes_terminal = type(browser) is webbrowser.GenericBrowser
            opened = (self.is_talking or not takes_terminal) and browser.open(for_program(address))
        except webbrowser.Error:
            opened = False
        if not opened:
            raise ReaderError("No web browser could be started")

    # Feeds

    def do_add(self, rest: str) -> int:
        """Follow what is named."""
        if not rest:
            raise UsageError("This needs an address or a path behind it", "? lists the commands")
        return self.follow([rest])

    def follow(self, targets: Sequence[str]) -> int:
        """Follow addresses or paths and list what came of it; the exit code. Raises WorkerError."""
        added = Added(self.tell, self.refuse)
        with self.library.add(targets) as job:
            self._heed(job, added)
        if added.candidates:
            self.tell("The page names several feeds; a number follows one.")
            self.choice = Choice("target", [url for _, url in added.candidates])
            for index, (title, url) in enumerate(added.candidates, 1):
                self.tell(f"{index}. {title}, {clean_line(url)}")
        elif len(added.feed_ids) == 1:
            feed = self.library.find_feed(str(added.feed_ids[0]))
            self.show_view(View(ViewKind.FEED, feed_id=feed.id), feed.title)
        elif added.feed_ids:
            self.show_view(View(ViewKind.ALL), "All")
        return (SOME_FAILED if added.feed_ids else 1) if added.failed else 0

    def do_remove_feed(self, rest: str) -> None:
        """Stop following a feed."""
        if not rest:
            raise UsageError("This needs a feed behind it", "? lists the commands")
        feed = self.library.find_feed(rest)
        self.library.remove(feed.id)
        self.tell(f"No longer following {feed.title}; undo brings it back.")

    def do_refresh(self, rest: str) -> int:
        """News of what is listed."""
        view = self.listing.view
        if view.feed_id is not None:
            return self._refresh([view.feed_id])
        if view.kind is not ViewKind.FOLDER:
            return self._refresh(None)
        depth = len(view.folder)
        return self._refresh([feed.id for feed in self.library.feeds() if feed.folder[:depth] == view.folder])

    def do_refresh_all(self, rest: str) -> int:
        """News of every feed."""
        return self._refresh(None)

    def _refresh(self, feeds: Sequence[int] | None) -> int:
        titles = {feed.id: feed.title for feed in self.library.feeds()}
        told = Refreshed(titles, self._tell_now)
        self._tell_now("Looking for news.")
        with self.library.refresh(feeds, all=feeds is None) as job:
            self._heed(job, told)
        return SOME_FAILED if told.failed else 0

    def _tell_now(self, text: str) -> None:
        self.tell(text)
        self.output.flush()

    def _heed(self, job: Job, heed: Added | Fetched | Refreshed | Saved) -> None:
        """Follow a job; Ctrl+C ends it, and a session that nobody sits at as well."""
        if follow(job, heed, self._tell_now) and not self.is_talking:
            raise KeyboardInterrupt
