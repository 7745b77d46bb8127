"""What can be done for a feed that is not well."""

import pytest

from reader.errors import NotFound, ReaderError
from reader.library.room import Library
from reader.model import HealthState, Outcome, Result
from reader.store import checks
from reader.store.records import CheckRecord, Kept
from tests.library.shelf import NOON, Shelf
from tests.library.shelf import shelf as shelf  # noqa: PLC0414


def test_a_feed_is_paused_and_asked_again(shelf: Shelf) -> None:
    feed = shelf.feed("Harbour")
    checks.record(shelf.connection, CheckRecord(feed, Outcome(Result.GONE, "410", status=410), NOON, None))
    with Library.open(shelf.paths) as library:
        found = library.set_paused(feed)
        assert (found.is_paused, found.health.state, found.next_check) == (True, HealthState.PAUSED, None)
        assert not library.set_paused(feed).is_paused
        assert library.checkup(feed).feed.health.state is HealthState.OK, "a person wants it asked, though it was gone"
        with pytest.raises(NotFound):
            library.set_paused(99)


def test_a_new_address_begins_anew_and_keeps_the_articles(shelf: Shelf) -> None:
    feed, other = shelf.feed("Harbour"), shelf.feed("Canal")
    shelf.stories(feed, 3)
    kept = Kept('"1"', found_url="https://new.example/feed")
    checks.record(shelf.connection, CheckRecord(feed, Outcome(Result.FAILED, "No feed"), NOON, None, kept))
    with Library.open(shelf.paths) as library:
        assert library.checkup(feed).found_url == "https://new.example/feed"
        before = library.checkup(feed).feed.url
        assert library.set_address(feed, "https://new.example/feed").total == 3
        found = library.checkup(feed)
        assert (found.feed.url, found.former_url, found.found_url) == ("https://new.example/feed", before, None)
        assert checks.chosen(shelf.connection, [feed])[0].kept == Kept()
        with pytest.raises(ReaderError, match="is the address of Canal"):
            library.set_address(feed, library.checkup(other).feed.url)
        with pytest.raises(NotFound):
            library.set_address(99, "https://a.example/")
