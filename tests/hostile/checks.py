"""What is looked at in the library after a case was read."""

from __future__ import annotations

from collections.abc import Callable

from reader.model import Article
from reader.store import articles
from reader.store.bodies import spelled
from reader.text import clean
from reader.times import now
from tests.hostile.case import SECRET
from tests.worker.running import Home

Check = Callable[[Home, int], None]
_SCHEMES = ("http:", "https:", "mailto:", "gemini:", "gopher:", "magnet:")
_FIRST, _LAST = -31_000_000_000, 253_402_300_800  # the years 1000 and 9999


def kept(home: Home, feed_id: int) -> list[Article]:
    """At most a hundred of its articles."""
    sql = "SELECT id FROM articles WHERE feed_id = ? LIMIT 100"
    return list(articles.stream(home.connection, [row[0] for row in home.connection.rows(sql, feed_id)]))


def has(words: str) -> Check:
    """Whether every article says these words."""

    def check(home: Home, feed_id: int) -> None:
        for article in kept(home, feed_id):
            assert words in spelled(articles.html(home.connection, article.id))

    return check


def is_clean(home: Home, feed_id: int) -> None:
    """Whether nothing that was kept could move a cursor or hide a word."""
    for article in kept(home, feed_id):
        body = spelled(articles.html(home.connection, article.id))
        for text in (article.title, article.author, article.link, body):
            assert clean(text or "") == (text or "")


def is_short(home: Home, feed_id: int) -> None:
    """Whether titles, names and addresses have lengths that a list can bear."""
    for article in kept(home, feed_id):
        assert all(len(text or "") <= 8000 for text in (article.title, article.author, article.link))
    is_clean(home, feed_id)


def has_safe_links(home: Home, feed_id: int) -> None:
    """Whether all addresses are of kinds that may be opened."""
    for article in kept(home, feed_id):
        addresses = [article.link, article.comments_link, *(each.url for each in article.enclosures)]
        assert all(address is None or address.startswith(_SCHEMES) for address in addresses)


def has_bounded_files(home: Home, feed_id: int) -> None:
    """Whether the files that come with articles are few, and their lengths numbers."""
    has_safe_links(home, feed_id)
    for article in kept(home, feed_id):
        assert len(article.enclosures) <= 200
        assert all(each.length is None or 0 < each.length < 1 << 62 for each in article.enclosures)


def has_sane_dates(home: Home, feed_id: int) -> None:
    """Whether no date is out of this world, and none puts an article into the future."""
    for published, sort_at in home.connection.rows(
        "SELECT published, sort_at FROM articles WHERE feed_id = ?", feed_id
    ):
        assert sort_at <= now() + 60
        assert published is None or _FIRST < published < _LAST


def has_no_secret(home: Home, feed_id: int) -> None:
    """Whether nothing of this computer came in."""
    for article in kept(home, feed_id):
        assert SECRET not in (article.title or "") + articles.html(home.connection, article.id)


def has_safe_validators(home: Home, feed_id: int) -> None:
    """Whether what is sent back to the server is short and has no control in it."""
    told = home.facts(feed_id).kept
    for value in (told.etag, told.last_modified):
        assert value is None or (len(value) <= 2000 and value.isprintable())
