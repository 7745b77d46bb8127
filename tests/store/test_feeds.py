import pytest

from reader import errors
from reader.model import HealthState, Kind, Mark, View, ViewKind
from reader.store import arrivals, articles, feeds, lists, marks
from reader.store.connection import Connection
from reader.text import clean_line
from tests.store.made import NOW, entry, feed, new, put, put_some

ALL = View(ViewKind.ALL)
ARCHIVE = View(ViewKind.ARCHIVE)
BOOKMARKS = View(ViewKind.BOOKMARKS)


def test_a_feed_is_followed_once(connection: Connection) -> None:
    first = feeds.add(connection, "https://lwn.net/rss", Kind.FEED, None, ("Linux",), NOW)
    again = feeds.add(connection, "https://lwn.net/rss", Kind.FEED, "Other", (), NOW)
    assert first == (1, False)
    assert again == (1, True)
    found = feeds.one(connection, 1)
    assert (found.title, found.folder, found.kind) == ("https://lwn.net/rss", ("Linux",), Kind.FEED)
    assert (found.health.state, found.unread, found.total, found.next_check) == (HealthState.OK, 0, 0, None)


def test_the_users_title_goes_before_the_publishers(connection: Connection) -> None:
    feed_id = feeds.add(connection, "https://lwn.net/rss", Kind.FEED, None, (), NOW)[0]
    feeds.set_source(connection, feed_id, "LWN.net", "https://lwn.net/", "en")
    assert feeds.one(connection, feed_id).title == "LWN.net"
    feeds.rename(connection, feed_id, "Weekly")
    feeds.set_source(connection, feed_id, None, None, None)
    assert feeds.one(connection, feed_id).title == "Weekly"
    feeds.rename(connection, feed_id, None)
    found = feeds.one(connection, feed_id)
    assert (found.title, found.site_url) == ("LWN.net", "https://lwn.net/")


def test_feeds_are_listed_by_folder_and_title(connection: Connection) -> None:
    for name, folder in [("zebra", ()), ("beta", ("World",)), ("ärger", ("Asia", "East")), ("alpha", ("asia",))]:
        feed(connection, name, folder)
    assert [each.title for each in feeds.followed(connection)] == ["Zebra", "Alpha", "Ärger", "Beta"]


def test_names_of_folders_may_hold_anything(connection: Connection) -> None:
    odd = ('a/b "c"', "d]%_", "東京")
    feed_id = feed(connection, "odd", odd)
    inner = feed(connection, "inner", (*odd, "deeper"))
    feed(connection, "near", ('a/b "c" more',))
    assert feeds.one(connection, feed_id).folder == odd
    assert sorted(lists.folder_feeds(connection, odd)) == [feed_id, inner]
    assert lists.folder_feeds(connection, ('a/b "c"',)) == [feed_id, inner]
    assert len(lists.folder_feeds(connection, ())) == 3


def test_removing_hides_articles_but_keeps_bookmarked_ones_in_the_archive(connection: Connection) -> None:
    feed_id, other = feed(connection, "gone"), feed(connection, "stays")
    ids, others = put_some(connection, feed_id, 5), put_some(connection, other, 2)
    marks.mark(connection, ids[:2], Mark.BOOKMARKED, "Bookmarked", NOW)
    assert feeds.remove(connection, feed_id, NOW)
    assert not feeds.remove(connection, feed_id, NOW)
    assert [each.id for each in feeds.followed(connection)] == [other]
    assert sorted(lists.ids(connection, ALL, 0)) == [*ids[:2], *others]
    assert sorted(lists.ids(connection, ARCHIVE, 0)) == ids[:2]
    assert sorted(lists.ids(connection, BOOKMARKS, 0)) == ids[:2]
    counts = lists.counts(connection, 0)
    assert (counts.all, counts.archive, counts.bookmarks, counts.feeds) == (4, 2, 2, {other: (2, 2)})
    with pytest.raises(errors.NotFound):
        feeds.one(connection, feed_id)
    assert feeds.by_url(connection, "https://gone.example/feed") is None
    assert feeds.was_ever(connection, "https://gone.example/feed")


def test_adding_a_removed_feed_again_brings_everything_back(connection: Connection) -> None:
    feed_id = feed(connection, "back", ("Folder",))
    ids = put_some(connection, feed_id, 3)
    marks.mark(connection, ids[:1], Mark.READ, "Read", NOW)
    feeds.remove(connection, feed_id, NOW)
    assert feeds.add(connection, "https://back.example/feed", Kind.FEED, None, (), NOW) == (feed_id, False)
    found = feeds.one(connection, feed_id)
    assert (found.unread, found.total, found.folder) == (2, 3, ("Folder",))


def test_articles_that_come_after_their_feed_was_removed_stay_out_of_sight(connection: Connection) -> None:
    feed_id = feed(connection)
    feeds.remove(connection, feed_id, NOW)
    arrivals.insert(connection, feed_id, [new(entry("late"))], NOW)
    assert not lists.ids(connection, ALL, 0)
    feeds.restore(connection, feed_id)
    assert len(lists.ids(connection, ALL, 0)) == 1


def test_the_id_of_a_feed_is_never_used_again(connection: Connection) -> None:
    feed_id = feed(connection)
    connection.run("DELETE FROM feeds")
    assert feed(connection, "next") > feed_id


@pytest.mark.parametrize("url", ["/news/\x1b[31m\n\x9bred\u202e.xml", "/news/\x1b"])
def test_a_path_that_cannot_be_shown_is_no_title(connection: Connection, url: str) -> None:
    feed_id, _ = feeds.add(connection, url, Kind.FEED, None, (), NOW)
    found = feeds.one(connection, feed_id)
    assert (found.url, found.title) == (url, clean_line(url))
    feeds.set_source(connection, feed_id, url, None, None)
    assert feeds.one(connection, feed_id).title == clean_line(url)
    (article_id,) = put(connection, feed_id, [new(entry("\x1b[1mg\n", None, ""))])
    (row,) = articles.rows(connection, [article_id])
    assert (row.feed_title, row.title) == (clean_line(url), "[1mg")
