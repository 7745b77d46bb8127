"""Following something new on the network."""

from reader.store import feeds, marks
from tests.web import Web, rss
from tests.web import web as web  # noqa: PLC0414
from tests.worker.running import Home, last, named
from tests.worker.running import home as home  # noqa: PLC0414

PAGE = "<html><head><title>Site</title>{links}</head><body><p>Hello</p></body></html>"
LINK = '<link rel="alternate" type="application/rss+xml" href="{href}" title="{title}">'


def page(*hrefs: str) -> str:
    return PAGE.format(links="".join(LINK.format(href=href, title=f"Feed {href}") for href in hrefs))


def followed(home: Home) -> list[str]:
    return [row[0] for row in home.connection.rows("SELECT url FROM feeds ORDER BY id")]


def test_a_feed(home: Home, web: Web) -> None:
    url = web.put("/feed", rss("News", 3), etag='"1"')
    events = home.add(url, folder=["World", "East"])
    assert events[0] == {"event": "started", "total": 1}
    assert named(events, "added") == [
        {"event": "added", "target": url, "feed_id": 1, "title": "News", "new": 3, "existed": False}
    ]
    assert last(events) == {"checked": 1, "new": 3, "changed": 0, "failed": 0, "stopped": False}
    assert home.connection.value("SELECT folder FROM feeds") == '["World", "East"]'
    web.forget()
    home.refresh(every=True)
    assert [each.status for each in web.requests] == [304]


def test_a_title_of_ones_own(home: Home, web: Web) -> None:
    (added,) = named(home.add(web.put("/feed", rss("News", 1)), title="  My\nnews "), "added")
    assert added["title"] == "My news"


def test_what_is_followed_already_is_refreshed(home: Home, web: Web) -> None:
    url = web.put("/feed", rss("News", 3))
    home.add(url)
    web.put("/feed", rss("News", 5))
    (added,) = named(home.add(url), "added")
    assert (added["feed_id"], added["existed"], added["new"]) == (1, True, 2)
    assert followed(home) == [url]


def test_the_same_twice_in_one_breath(home: Home, web: Web) -> None:
    url = web.put("/feed", rss("News", 3))
    events = home.add(url, url)
    assert sorted(event["existed"] for event in named(events, "added")) == [False, True]
    assert last(events)["new"] == 3
    assert followed(home) == [url]


def test_a_page_with_one_feed(home: Home, web: Web) -> None:
    feed = web.put("/feed.xml", rss("News", 2))
    target = web.put("/", page("/feed.xml"), type="text/html")
    (added,) = named(home.add(target), "added")
    assert (added["target"], added["title"]) == (target, "News")
    assert followed(home) == [feed]


def test_a_page_with_several_feeds_offers_them(home: Home, web: Web) -> None:
    feeds = [web.put(f"/{name}", rss(name, 1)) for name in "abc"]
    target = web.put("/", page("/a", "/b", "/c"), type="text/html")
    events = home.add(target)
    (candidates,) = named(events, "candidates")
    assert candidates["target"] == target
    assert [(feed["url"], feed["title"]) for feed in candidates["feeds"]] == list(zip(feeds, "abc", strict=True))
    assert followed(home) == []
    events = home.add(target, all=True)
    assert [event["title"] for event in named(events, "added")] == ["a", "b", "c"]
    assert followed(home) == feeds


def test_what_is_not_kept_and_why(home: Home, web: Web) -> None:
    cases = {
        web.put("/404", status=404): "404: not found",
        web.put("/empty", page(), type="text/html"): "is a web page that names no feed",
        web.put("/circle", page("/circle2"), type="text/html"): "is a web page that names no feed",
        web.put("/picture", b"\x89PNG\r\n\x1a\n" + bytes(200), type="image/png"): "is no feed: ",
        "http://nobody.invalid/": "No such host: nobody.invalid",
        "gopher://example.org/": "Reader follows http and https addresses, not gopher",
        "no such thing": "is no address and no file",
    }
    web.put("/circle2", page("/circle"), type="text/html")
    events = home.add(*cases)
    refused = {event["target"]: event for event in named(events, "refused")}
    for target, words in cases.items():
        assert words in refused[target]["message"]
        assert "\n" not in refused[target]["message"]
    assert last(events)["failed"] == len(cases)
    assert not named(events, "offline")
    assert followed(home) == []


def test_unseen_if_so_wished(home: Home, web: Web) -> None:
    events = home.add("http://nobody.invalid/feed", "example.invalid", fetch=False)
    assert [event["title"] for event in named(events, "added")] == [
        "http://nobody.invalid/feed",
        "https://example.invalid/",
    ]
    assert followed(home) == ["http://nobody.invalid/feed", "https://example.invalid/"]
    assert web.requests == []


def test_the_good_ones_come_in_beside_the_bad(home: Home, web: Web) -> None:
    events = home.add(web.put("/404", status=404), web.put("/feed", rss("News", 3)), "nonsense")
    assert [event["title"] for event in named(events, "added")] == ["News"]
    assert len(named(events, "refused")) == 2


def test_a_feed_that_has_moved_is_followed_at_its_new_address(home: Home, web: Web) -> None:
    there = web.put("/new", rss("News", 1), host=2)
    home.add(web.put("/old", status=301, location=there))
    home.add(web.put("/older", status=301, location=web.url("/old")))
    assert followed(home) == [there]
    passing = web.put("/passing", status=302, location=web.put("/other", rss("Other", 1)))
    home.add(passing)
    assert followed(home) == [there, passing]


def test_a_removed_feed_comes_back_with_its_articles(home: Home, web: Web) -> None:
    from reader.store import feeds
    from reader.store.connection import transaction

    url = web.put("/feed", rss("News", 3))
    home.add(url)
    with transaction(home.connection):
        feeds.remove(home.connection, 1, 5)
    web.put("/feed", rss("News", 4))
    (added,) = named(home.add(url), "added")
    assert (added["feed_id"], added["existed"], added["new"]) == (1, False, 1)
    assert home.connection.value("SELECT count(*) FROM articles WHERE is_hidden = 0") == 4


def test_beside_a_refresh_that_is_under_way(home: Home, web: Web) -> None:
    home.follow(web.put("/hang", behave="hang"))
    with home.start({"do": "refresh", "feeds": None, "all": False}) as refresh:
        refresh.until("started")
        assert last(home.add(web.put("/feed", rss("News", 3), host=2)))["new"] == 3
        refresh.tell({"do": "stop"})
        refresh.finish()


def test_a_removed_feed_of_very_many_articles_comes_back_whole(home: Home, web: Web) -> None:
    url = web.put("/feed", rss("Big", 600))
    home.add(url)
    marks.remove_feed(home.connection, 1, "removed", 5)
    home.add(url)
    assert feeds.one(home.connection, 1).total == 600
