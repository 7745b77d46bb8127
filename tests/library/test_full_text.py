"""Two texts of one article: which there are, which is shown, and the setting of a feed."""

from pathlib import Path

import pytest

from reader.errors import NotFound
from reader.library.room import Library
from reader.store import fulltexts
from tests.library.shelf import NOON, Shelf
from tests.library.shelf import shelf as shelf  # noqa: PLC0414


def test_which_text_is_shown_is_kept(shelf: Shelf) -> None:
    (article,) = shelf.stories(shelf.feed("News"), 1)
    with Library.open(shelf.paths) as library:
        assert library.full_text(article) is None
        assert library.article(article).full_text is None
        assert library.show_full_text(article) is None
        fulltexts.keep(shelf.connection, article, "<p>All of it.</p>", 3, NOON)
        assert library.html(article) == "<p>All of it.</p>"
        assert library.article(article).shown_words == 3
        turned = library.show_full_text(article)
        assert turned is not None
        assert not turned.is_shown
        assert library.html(article) == "<p>Plain text.</p>"
    with Library.open(shelf.paths) as library:
        assert not library.article(article).is_full
        library.show_full_text(article, True)
        assert library.article(article).is_full
        assert [each.full_text for each in library.articles([article])] == [library.full_text(article)]


def test_a_failure_is_kept_but_never_in_the_place_of_a_text(shelf: Shelf) -> None:
    (article,) = shelf.stories(shelf.feed("News"), 1)
    with Library.open(shelf.paths) as library:
        fulltexts.fail(shelf.connection, article, "The page is behind a paywall", NOON)
        kept = library.full_text(article)
        assert kept is not None
        assert (kept.is_there, kept.message) == (False, "The page is behind a paywall")
        assert library.html(article) == "<p>Plain text.</p>"
        fulltexts.keep(shelf.connection, article, "<p>All of it.</p>", 3, NOON)
        fulltexts.fail(shelf.connection, article, "The server failed", NOON + 1)
        assert library.article(article).is_full
        fulltexts.fail(shelf.connection, 99, "no such article", NOON)
        assert library.full_text(99) is None
        assert not fulltexts.keep(shelf.connection, 99, "<p>x</p>", 1, NOON)


def test_the_setting_of_a_feed(shelf: Shelf, tmp_path: Path) -> None:
    feed = shelf.feed("News")
    with Library.open(shelf.paths) as library:
        assert not library.find_feed("News").is_full
        assert library.set_full(feed, True).is_full
        assert library.find_feed("News").is_full
        assert not library.set_full(feed).is_full
        with pytest.raises(NotFound):
            library.set_full(99)
