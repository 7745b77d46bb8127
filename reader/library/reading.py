"""What the library has of single articles: their texts, how far they are read, their files and their pictures."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from reader import paths, times
from reader.errors import NotFound
from reader.model import Article, Feed, FullText, Medium, Place, Version
from reader.store import articles, feeds, fulltexts, media, places, versions
from reader.store.connection import Connection, transaction

if TYPE_CHECKING:
    from reader.document.nodes import Document
    from reader.library.album import Album, Hoard
    from reader.library.jobs import Job


class Reading:
    """The part of the library that is asked for when an article is read."""

    paths: paths.Paths

    def _connection(self) -> Connection:
        """The calling thread's connection."""
        raise NotImplementedError

    def _job(self, **request: Any) -> Job:
        """A job for the worker."""
        raise NotImplementedError

    # Its texts

    def article(self, article_id: int) -> Article:
        """One article with everything but its body. Raises NotFound."""
        return articles.article(self._connection(), article_id)

    def articles(self, ids: Sequence[int]) -> Iterator[Article]:
        """Many articles in the order asked, fetched by windows; those that are no more are left out."""
        return articles.stream(self._connection(), ids)

    def html(self, article_id: int) -> str:
        """The body in our HTML subset, empty where there is none; the page's where that is shown. Raises NotFound."""
        return articles.html(self._connection(), article_id)

    def document(self, article_id: int) -> Document:
        """The body as headings, paragraphs, lists ... Raises NotFound."""
        from reader.document.subset import read

        return read(self.html(article_id))

    def feed_html(self, article_id: int) -> str:
        """The body as the feed has it, also where the text of the page is shown. Raises NotFound."""
        return articles.feed_html(self._connection(), article_id)

    def earlier(self, article_id: int) -> list[Version]:
        """The earlier texts of an edited article, the latest first."""
        return versions.earlier(self._connection(), article_id)

    def edits(self, article_id: int) -> int:
        """How many earlier texts there are of an article."""
        return versions.count(self._connection(), article_id)

    # How far it is read

    def place(self, article_id: int) -> Place | None:
        """Where one stopped reading an article; None where that is its beginning."""
        return places.of(self._connection(), article_id)

    def keep_place(self, article_id: int, place: Place | None) -> None:
        """Keep where one stopped reading an article; None where it is to begin at its beginning."""
        places.keep(self._connection(), article_id, place, times.now())

    # Full text

    def fulltext(self, ids: Sequence[int]) -> Job:
        """Fetch the pages of articles and keep their main texts, which are shown from then on."""
        return self._job(do="fulltext", articles=list(ids))

    def full_text(self, article_id: int) -> FullText | None:
        """What came of fetching an article's page; None when it never was."""
        return fulltexts.one(self._connection(), article_id)

    def show_full_text(self, article_id: int, is_shown: bool | None = None) -> FullText | None:
        """Have the text of the page read, or the feed's; None changes it. What there is now, None where nothing is."""
        connection = self._connection()
        with transaction(connection):
            known = fulltexts.one(connection, article_id)
            if known is not None and known.is_there:
                fulltexts.show(connection, article_id, not known.is_shown if is_shown is None else is_shown)
            return fulltexts.one(connection, article_id)

    def set_full(self, feed_id: int, is_full: bool | None = None) -> Feed:
        """Fetch the pages of a feed's articles as they come in, or do so no more; None changes it. Raises NotFound."""
        connection = self._connection()
        with transaction(connection):
            wish = not feeds.one(connection, feed_id).is_full if is_full is None else is_full
            feeds.set_full(connection, feed_id, wish)
            return feeds.one(connection, feed_id)

    # The files that come with articles

    def media(self, article_id: int) -> tuple[Medium, ...]:
        """An article's files and what was done with them; one that is no longer where it was saved is not saved."""
        known = media.of_article(self._connection(), article_id)
        found = ((each, *known.get(each.url, (None, None))) for each in self.article(article_id).enclosures)
        return tuple(
            Medium(each, path if path and os.path.isfile(path) else None, seconds)  # noqa: PTH113 - a bad path is none
            for each, path, seconds in found
        )

    def keep_seconds(self, article_id: int, url: str, seconds: float | None) -> None:
        """Remember where one stopped playing a file; None forgets it."""
        media.save_seconds(self._connection(), article_id, url, seconds)

    def download(self, article_id: int, url: str) -> Job:
        """Save a file that comes with an article; it goes on where it broke off. Raises NotFound."""
        from reader.library import enclosures

        article = self.article(article_id)
        found = next((each for each in article.enclosures if each.url == url), None)
        if found is None:
            raise NotFound("No such file comes with this article")
        name = enclosures.file_name(article.title or article.feed_title, found)
        return self._job(do="download", article=article_id, url=url, name=name)

    # Pictures

    def pictures(self, addresses: Sequence[str]) -> Hoard:
        """What is known of the pictures that an article names."""
        from reader.library import link
        from reader.library.album import Hoard
        from reader.store import checks

        missing = self.album.missing(addresses, times.now())
        is_slow = bool(missing) and link.is_slow(checks.latest_fetches(self._connection(), link.FETCHES))
        return Hoard(self.album.sizes(addresses), missing, is_slow)

    @property
    def album(self) -> Album:
        """The pictures that were brought."""
        from reader.library.album import Album

        return Album(self.paths.pictures)

    def bring_pictures(self, addresses: Sequence[str], feed_id: int) -> Job:
        """Fetch pictures that an article of a feed names; each is an event "image", with its size or without."""
        return self._job(do="images", urls=list(addresses), feed=feed_id)
