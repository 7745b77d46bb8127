"""A feed that became a page is looked for where it may be now; giving it that address is left to the person."""

from reader.store import feeds
from reader.store.connection import transaction
from tests.web import Web, rss
from tests.web import web as web  # noqa: PLC0414
from tests.worker.running import Home, last, named
from tests.worker.running import home as home  # noqa: PLC0414
from tests.worker.test_finding import put_page


def find(home: Home, feed_id: int) -> list[dict[str, object]]:
    return home.run({"do": "find", "feed": feed_id})


def test_the_page_that_it_became_names_the_new_one(home: Home, web: Web) -> None:
    old = web.put("/feed", rss("News", 2))
    home.add(old)
    put_page(web, "/feed", "/feed", "/new.xml")
    new = web.put("/new.xml", rss("News", 3))
    (event,) = named(events := find(home, 1), "candidates")
    assert (event["feed_id"], event["target"]) == (1, old)
    assert [(each["url"], each["title"]) for each in event["feeds"]] == [(new, "News")]
    assert last(events) == {"stopped": False}
    assert feeds.one(home.connection, 1).url == old


def test_its_site_is_asked_where_it_is_gone(home: Home, web: Web) -> None:
    old = web.put("/feed", rss("News", 2))
    home.add(old)
    site = put_page(web, "/site/", "/elsewhere", host=2)
    new = web.put("/elsewhere", rss("News", 2), host=2)
    with transaction(home.connection):
        feeds.set_source(home.connection, 1, None, site, None)
    web.put("/feed", status=410)
    (event,) = named(find(home, 1), "candidates")
    assert [each["url"] for each in event["feeds"]] == [new]


def test_one_that_is_followed_there_already_is_said(home: Home, web: Web) -> None:
    old, new = web.put("/feed", rss("News", 2)), web.put("/new", rss("News", 2))
    home.add(old, new)
    put_page(web, "/feed", "/new")
    known = feeds.by_url(home.connection, old)
    assert known
    (event,) = named(find(home, known.id), "candidates")
    assert event["feeds"][0]["feed_id"] not in (None, known.id)


def test_where_nothing_is_found_that_is_said(home: Home, web: Web) -> None:
    home.add(web.put("/feed", rss("News", 2)))
    put_page(web, "/feed")
    with transaction(home.connection):
        feeds.set_source(home.connection, 1, None, web.dead(), None)
    (event,) = named(find(home, 1), "refused")
    assert "is a web page that names no feed" in event["message"]
    assert event["hint"]
    assert named(find(home, 99), "refused")


def test_a_feed_that_is_one_still_is_not_offered_to_itself(home: Home, web: Web) -> None:
    home.add(web.put("/feed", rss("News", 2)))
    with transaction(home.connection):
        feeds.set_source(home.connection, 1, None, put_page(web, "/", "/feed"), None)
    assert not named(find(home, 1), "candidates")


def test_an_address_that_is_not_to_be_asked_now_is_not(home: Home, web: Web) -> None:
    home.add(web.put("/feed", rss("News", 2)))
    site = put_page(web, "/site", "/new", host=2)
    new = web.put("/new", rss("News", 2), host=2)
    with transaction(home.connection):
        feeds.set_source(home.connection, 1, None, site, None)
    for status, how in ((429, {"Retry-After": "7200"}), (410, {})):
        web.put("/feed", status=status, headers=how)
        home.due_now()
        home.refresh(every=True)
        web.forget()
        (event,) = named(find(home, 1), "candidates")
        assert [each["url"] for each in event["feeds"]] == [new]
        assert not web.asked("/feed"), status
