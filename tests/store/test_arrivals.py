from dataclasses import replace

import pytest

from reader import errors
from reader.model import Dateline, Enclosure, Mark, View, ViewKind
from reader.store import arrivals, articles, lists, marks, search, versions
from reader.store.connection import Connection
from reader.store.plan import SearchPlan, Term
from tests.store.made import NOW, changed, entry, feed, new, number, put, put_some

FULL = entry(
    "tag:1",
    "A headline",
    "First sentence of it. Second one.",
    author="Ann Author",
    link="https://one.example/1",
    comments_link="https://one.example/1#comments",
    published=NOW - 50,
    updated=NOW - 40,
    language="en",
    dateline=Dateline("BEIRUT", None),
    enclosures=(Enclosure("https://one.example/1.mp3", "audio/mpeg", 123), Enclosure("https://one.example/2.pdf")),
    section="world/asia",
)


def test_everything_of_an_entry_is_kept(connection: Connection) -> None:
    feed_id = feed(connection, "one", ("News",))
    (article_id,) = put(connection, feed_id, [new(FULL, NOW - 50)])
    found = articles.article(connection, article_id)
    assert (found.guid, found.title, found.author, found.link) == ("tag:1", "A headline", "Ann Author", FULL.link)
    assert (found.feed_id, found.feed_title, found.folder) == (feed_id, "One", ("News",))
    assert found.section == "world/asia"
    assert (found.published, found.updated, found.arrived, found.sort_at) == (NOW - 50, NOW - 40, NOW, NOW - 50)
    assert (found.comments_link, found.language, found.dateline) == (FULL.comments_link, "en", FULL.dateline)
    assert found.enclosures == FULL.enclosures
    assert (found.words, found.summary) == (6, "First sentence of it. Second one.")
    assert (found.is_read, found.is_bookmarked) == (False, False)
    assert articles.html(connection, article_id) == FULL.html


def test_a_list_row_has_first_words_where_there_is_no_title(connection: Connection) -> None:
    ids = put(connection, feed(connection), [new(entry("1", None, "Only a body.")), new(entry("2", None, ""))])
    assert [row.title for row in articles.rows(connection, ids)] == ["Only a body.", "2"]
    assert articles.article(connection, ids[0]).title is None


def test_rows_and_articles_come_in_the_order_asked_and_leave_out_the_unknown(connection: Connection) -> None:
    ids = put_some(connection, feed(connection), 450)
    asked = [ids[7], 99_999, *reversed(ids)]
    known = [ids[7], *reversed(ids)]
    assert [row.id for row in articles.rows(connection, asked)] == known
    assert [article.id for article in articles.stream(connection, asked)] == known
    assert articles.rows(connection, []) == []
    assert list(articles.stream(connection, [])) == []


def test_an_unknown_article_is_said(connection: Connection) -> None:
    with pytest.raises(errors.NotFound, match="no article 17"):
        articles.article(connection, 17)
    with pytest.raises(errors.NotFound, match="no article 17"):
        articles.html(connection, 17)


def test_ids_are_handed_out_oldest_first_and_never_again(connection: Connection) -> None:
    feed_id = feed(connection)
    ids = put(connection, feed_id, [new(entry(str(at)), at) for at in (30, 10, 20)])
    assert [articles.article(connection, each).guid for each in sorted(ids)] == ["10", "20", "30"]
    assert arrivals.forget(connection, [max(ids)], NOW) == 1
    assert min(put(connection, feed_id, [new(entry("next"))])) > max(ids)


def test_what_is_known_is_found_by_guid_by_text_and_as_tombstone(connection: Connection) -> None:
    feed_id, other = feed(connection, "one"), feed(connection, "other")
    ids = put(connection, feed_id, [new(entry(guid, f"Title {guid}", f"text {guid}"), 1) for guid in "abc"])
    put(connection, other, [new(entry("d", text="text b"))])
    arrivals.forget(connection, ids[2:], NOW)
    known = arrivals.known(connection, feed_id, ["a", "c", "d"], [number("text b"), number("text d")])
    assert {guid: each.id for guid, each in known.by_guid.items()} == {"a": ids[0]}
    assert {key: [each.id for each in found] for key, found in known.by_text.items()} == {number("text b"): [ids[1]]}
    assert known.by_text[number("text b")][0].title == "Title b"
    assert known.tombstones == {"c"}


def test_one_guid_in_two_feeds_is_two_articles(connection: Connection) -> None:
    for name in ("one", "other"):
        put(connection, feed(connection, name), [new(entry("same"))])
    assert len(lists.ids(connection, View(ViewKind.ALL), 0)) == 2


def test_a_changed_article_keeps_state_place_and_its_earlier_text(connection: Connection) -> None:
    (article_id,) = put(connection, feed(connection), [new(FULL, NOW - 50)])
    marks.mark(connection, [article_id], Mark.READ, "Read", NOW)
    edited = entry("tag:1", "Another headline", "Rewritten whole.", section="world")
    assert arrivals.update(connection, [changed(article_id, edited)], NOW + 100) == 1
    found = articles.article(connection, article_id)
    assert (found.title, found.updated, found.sort_at, found.arrived) == ("Another headline", NOW + 100, NOW - 50, NOW)
    assert (found.is_read, found.enclosures, found.dateline) == (True, (), None)
    assert articles.html(connection, article_id) == edited.html
    (version,) = versions.earlier(connection, article_id)
    assert (version.replaced_at, version.title, version.html) == (NOW + 100, FULL.title, FULL.html)
    assert lists.counts(connection, 0).sections == {(1, "world"): 0}


def test_a_change_that_touches_no_text_makes_no_version(connection: Connection) -> None:
    (article_id,) = put(connection, feed(connection), [new(FULL)])
    moved = replace(FULL, guid="tag:2", link="https://one.example/moved")
    assert arrivals.update(connection, [changed(article_id, moved)], NOW + 100) == 0
    found = articles.article(connection, article_id)
    assert (found.guid, found.link, found.updated) == ("tag:2", moved.link, FULL.updated)
    assert versions.earlier(connection, article_id) == []


def test_a_text_that_damage_took_comes_back_and_is_no_edit(connection: Connection) -> None:
    (article_id,) = put(connection, feed(connection), [new(FULL)])
    connection.run("UPDATE contents SET html = x'0011'")
    edited = replace(FULL, html="<p>Rewritten whole.</p>", text="Rewritten whole.")
    assert arrivals.update(connection, [changed(article_id, edited)], NOW + 100) == 0
    assert articles.html(connection, article_id) == edited.html
    assert articles.article(connection, article_id).updated == FULL.updated
    assert versions.earlier(connection, article_id) == []


def test_the_latest_twenty_versions_are_kept(connection: Connection) -> None:
    (article_id,) = put(connection, feed(connection), [new(entry("1", text="draft 0"))])
    for draft in range(1, 31):
        arrivals.update(connection, [changed(article_id, entry("1", text=f"draft {draft}"))], NOW + draft)
    kept = versions.earlier(connection, article_id)
    assert len(kept) == 20
    assert (kept[0].html, kept[-1].html) == ("<p>draft 29</p>", "<p>draft 10</p>")


def test_a_changed_article_that_is_no_more_is_passed_over(connection: Connection) -> None:
    assert arrivals.update(connection, [changed(17, FULL)], NOW) == 0


def test_a_guid_can_change_alone(connection: Connection) -> None:
    (article_id,) = put(connection, feed(connection), [new(entry("old.txt"))])
    arrivals.change_guid(connection, article_id, "sub/new.txt", "sub")
    assert articles.article(connection, article_id).guid == "sub/new.txt"
    assert lists.counts(connection, 0).sections == {(1, "sub"): 1}


def test_a_forgotten_article_is_gone_from_lists_counts_and_search(connection: Connection) -> None:
    ids = put(connection, feed(connection), [new(entry(guid, text="unmistakable")) for guid in "ab"])
    assert arrivals.forget(connection, [ids[0], 99], NOW) == 1
    assert list(lists.ids(connection, View(ViewKind.ALL), 0)) == ids[1:]
    assert lists.counts(connection, 0).all == 1
    assert list(search.ids(connection, SearchPlan((Term(("unmistakable",)),)))) == ids[1:]
    assert connection.value("SELECT count(*) FROM contents") == 1


def test_an_article_may_return_with_its_state(connection: Connection) -> None:
    (article_id,) = put(connection, feed(connection), [new(entry("1"), is_read=True, is_bookmarked=True)])
    found = articles.article(connection, article_id)
    assert (found.is_read, found.is_bookmarked) == (True, True)
    assert lists.counts(connection, 0).feeds == {1: (0, 1)}
