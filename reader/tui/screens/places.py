"""How far an article is read: kept for each, so that one goes on where one stopped, and what it takes to be read."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future

from reader.model import Mark, Place
from reader.tui.screens.listing import Listing
from reader.tui.widgets.page import Page

FINISHED = "finished"


class Places(Listing):
    """``opened`` is the article that is being read; what else is shown is a preview and marks nothing.

    With the setting "opened" it is read as soon as it is opened, with "finished" when its end was seen or another
    article was opened after it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.opened: int | None = None
        # of articles that were left, each with its way into the library, which may not have it yet
        self._places: dict[int, tuple[Place | None, Future[None]]] = {}

    def mark(self, ids: Sequence[int], mark: Mark, *, quietly: bool = False) -> None:
        """Mark articles: painted at once, committed behind."""
        raise NotImplementedError

    # Where one stopped

    def place_in(self, page: Page) -> Place | None:
        """Where one stopped in an article."""
        return self.known_place(page.article.id, page.place)

    def known_place(self, article: int, place: Place | None = None) -> Place | None:
        """Where one stopped in an article that was left of late; of any other what its page says."""
        return self._places[article][0] if article in self._places else place

    def keep_place(self) -> None:
        """Keep how far the article that is shown is read, if that is news; at its end it is to begin anew."""
        pane = self.article
        page = pane.page
        if page is None or pane.terms or pane.is_compared:
            return
        place = None if pane.is_at_end else pane.place
        if place != self.place_in(page):
            self.set_place(page.article.id, place)

    def set_place(self, article: int, place: Place | None) -> None:
        """Keep where one goes on in an article; None for its beginning."""
        self._places[article] = place, self.reader.background.post(self.library.keep_place, article, place)

    def forget_places(self) -> None:
        """Others wrote to the library: what is kept there by now may not be where one stopped last.

        The place in the article that is shown is known here alone; two windows would write theirs in turn for ever.
        """
        here = self.article.article_id
        self._places = {
            article: kept for article, kept in self._places.items() if article == here or not kept[1].done()
        }

    # What is read

    @property
    def finishes(self) -> bool:
        """Whether an article has to be read to its end to be read."""
        return self.library.config.article.mark_read == FINISHED

    def begin_reading(self, article: int) -> None:
        """An article is opened: it is read, or the one before it is."""
        self.leave_behind(article)
        self.opened = article
        if not self.finishes:
            self._finish(article)
        elif self.article.article_id == article:
            self.see_end()

    def leave_behind(self, article: int | None = None) -> None:
        """One goes on to another article: where that is what it takes, the one that was open is read."""
        if self.finishes and self.opened not in (None, article):
            self._finish(self.opened)

    def see_end(self) -> None:
        """Another part of the article is seen: where that is what it takes, at its end it is read."""
        pane = self.article
        if self.finishes and self.opened == pane.article_id and pane.is_at_end and not pane.is_compared:
            self._finish(self.opened)

    def _finish(self, article: int | None) -> None:
        row = None if article is None else self.articles.row_of(article)
        if article is not None and (row is None or not row.is_read):
            self.mark([article], Mark.READ, quietly=True)
