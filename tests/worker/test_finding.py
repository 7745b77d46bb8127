"""From what a page says, or does not say, to its feeds: by the real worker, on real servers."""

import json
from collections import Counter
from typing import Any

import pytest

from reader.fetch.fetched import Fetched
from reader.fetch.services import Services
from reader.model import FoundFeed, FoundFeeds
from reader.worker.effects import Fetch, Together
from reader.worker.finding import MOST_ASKED, MOST_IN_ALL, MOST_PAGES, Finder
from tests.web import Web, rss
from tests.web import web as web  # noqa: PLC0414
from tests.worker.running import Event, Home, last, named
from tests.worker.running import home as home  # noqa: PLC0414

LINK = '<link rel="alternate" type="application/rss+xml" href="{}" title="{}">'


def page(*links: str, body: str = "<p>Hello</p>", head: str = "") -> str:
    heads = head + "".join(LINK.format(link, f"Label {link}") for link in links)
    return f"<!doctype html><html><head><title>Site</title>{heads}</head><body>{body}</body></html>"


def put_page(web: Web, path: str, *links: str, host: int = 1, **what: Any) -> str:
    return web.put(path, page(*links, **what), type="text/html", host=host)


def atom(title: str, items: int) -> str:
    entries = "".join(
        f"<entry><id>urn:{title}:{n}</id><title>{title}, story {n}</title><updated>2024-01-0{n + 1}T00:00:00Z</updated>"
        f'<link href="http://example.org/{title}/{n}"/><content>Story</content></entry>'
        for n in reversed(range(items))
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>{title}, as Atom</title><id>x</id>{entries}</feed>'


def followed(home: Home) -> list[str]:
    return [row[0] for row in home.connection.rows("SELECT url FROM feeds ORDER BY id")]


def offered(events: list[Event]) -> list[Event]:
    (event,) = named(events, "candidates")
    found: list[Event] = event["feeds"]
    return found


def refused(events: list[Event]) -> str:
    (event,) = named(events, "refused")
    return f"{event['message']} ({event['hint']})"


def paths(web: Web, host: str = "127.0.0.1") -> list[str]:
    return [each.path for each in web.requests if each.host == host]


# What the page names


def test_one_feed_is_followed_with_one_request_for_it(home: Home, web: Web) -> None:
    feed = web.put("/feed.xml", rss("News", 2))
    home.add(put_page(web, "/", "/feed.xml"))
    assert followed(home) == [feed]
    assert paths(web) == ["/", "/feed.xml"]


def test_what_is_named_and_is_no_feed_is_left_out(home: Home, web: Web) -> None:
    good = web.put("/good", rss("News", 1))
    put_page(web, "/html")
    web.put("/cut", b"<rss version='2.0'><chan", type="application/rss+xml")
    home.add(put_page(web, "/", "/404", "/html", "/good"))
    assert followed(home) == [good]


def test_links_of_the_text_are_asked_where_those_of_the_head_are_no_feeds(home: Home, web: Web) -> None:
    good = web.put("/blog.rss", rss("News", 1))
    home.add(put_page(web, "/", "/404", body='<a href="/blog.rss">Subscribe</a>'))
    assert followed(home) == [good]


def test_one_can_see_what_one_chooses(home: Home, web: Web) -> None:
    web.put("/posts", rss("Posts", 5))
    web.put("/empty", rss("Empty", 0))
    known = web.put("/known", rss("Known", 1))
    home.add(known)
    feeds = offered(home.add(put_page(web, "/", "/posts", "/empty", "/known")))
    assert [(feed["title"], feed["last"], feed["every"], feed["feed_id"]) for feed in feeds] == [
        ("Posts", 1704067200 + 4 * 3600, 3600, None),
        ("Known", 1704067200, None, 1),
        ("Empty", None, None, None),
    ]


def test_titles_that_are_alike_give_way_to_the_labels_of_the_page(home: Home, web: Web) -> None:
    web.put("/a", rss("Blog", 3))
    web.put("/b", rss("Blog", 3, start=50))
    assert [feed["title"] for feed in offered(home.add(put_page(web, "/", "/a", "/b")))] == ["Label /a", "Label /b"]


def test_the_same_in_another_form_is_folded(home: Home, web: Web) -> None:
    feed = web.put("/rss", rss("News", 3))
    web.put("/atom", atom("News", 3), type="application/atom+xml")
    web.put("/again", status=302, location=feed)
    home.add(put_page(web, "/", "/rss", "/atom", "/again"))
    assert followed(home) == [feed]
    other = web.put("/other", rss("Other", 3))
    feeds = offered(home.add(put_page(web, "/", "/rss", "/atom", "/other")))
    assert [(each["url"], each["same"]) for each in feeds] == [(feed, [web.url("/atom")]), (other, [])]


def test_comments_stand_last(home: Home, web: Web) -> None:
    for name in ("comments/feed", "feed", "tag"):
        web.put(f"/{name}", rss(name, 2))
    feeds = offered(home.add(put_page(web, "/", "/comments/feed", "/feed", "/tag")))
    assert [(feed["title"], feed["comments"]) for feed in feeds] == [
        ("feed", False),
        ("tag", False),
        ("comments/feed", True),
    ]


def test_all_takes_all_that_differ(home: Home, web: Web) -> None:
    urls = [web.put(f"/{name}", rss(name, 1)) for name in "abc"]
    web.put("/d", atom("a", 1), type="application/atom+xml")
    events = home.add(put_page(web, "/", "/a", "/b", "/c", "/d"), all=True)
    assert followed(home) == urls
    assert last(events)["new"] == 3
    assert Counter(paths(web)) == Counter(["/", "/a", "/b", "/c", "/d"])


def test_an_address_that_cannot_be_shown_is_written_out(home: Home, web: Web) -> None:
    good = web.put("/a?x=%E2%80%AE", rss("A\u202eevil", 1))
    home.add(put_page(web, "/", "/a?x=\u202e"))
    assert followed(home) == [good]


def test_ten_thousand_feeds_are_bounded(home: Home, web: Web) -> None:
    for number in range(200):
        web.put(f"/{number}", rss(f"Feed {number}", 1))
    feeds = offered(home.add(put_page(web, "/", *(f"/{number}" for number in range(10_000)))))
    assert len(web.requests) == 1 + MOST_ASKED
    assert web.most_at_once["127.0.0.1"] <= 2
    assert [feed["seen"] for feed in feeds] == [True] * MOST_ASKED + [False] * (100 - MOST_ASKED)


def test_all_takes_those_that_were_not_looked_at_as_well(home: Home, web: Web) -> None:
    for number in range(MOST_ASKED + 5):
        web.put(f"/{number}", rss(f"Feed {number}", 1), host=2 + number % 3)
    web.put("/24", status=404, host=2)
    links = [web.url(f"/{number}", host=2 + number % 3) for number in range(MOST_ASKED + 5)]
    events = home.add(put_page(web, "/", *links), all=True)
    assert len(followed(home)) == len(named(events, "added")) == MOST_ASKED + 4
    assert "/24: 404" in refused(events)


def test_a_feed_that_hangs_does_not_keep_the_others(home: Home, web: Web) -> None:
    home.configure("[fetch]\ntimeout_seconds = 1\n")
    web.put("/hang", behave="hang")
    good = web.put("/good", rss("News", 1))
    home.add(put_page(web, "/", "/hang", "/good"))
    assert followed(home) == [good]


def test_the_search_is_told_and_can_be_stopped(home: Home, web: Web) -> None:
    web.put("/hang", behave="hang")
    with home.start({"do": "add", "targets": [put_page(web, "/", "/hang", "/b")]}) as worker:
        assert "Looking at 2 feeds" in worker.until("looking")["message"]
        worker.tell({"do": "stop"})
        assert last(worker.finish())["stopped"] is True
    assert followed(home) == []


# What the page does not name


def test_the_usual_places_are_asked_in_turn_until_one_is_a_feed(home: Home, web: Web) -> None:
    good = web.put("/atom.xml", rss("News", 1))
    web.put("/feed.xml", rss("Not asked for", 1))
    home.add(put_page(web, "/"))
    assert followed(home) == [good]
    assert paths(web) == ["/", "/feed", "/rss.xml", "/atom.xml"]


def test_the_place_of_the_page_comes_before_the_root_and_nothing_is_asked_twice(home: Home, web: Web) -> None:
    good = web.put("/~alice/index.xml", rss("Alice", 1))
    put_page(web, "/", "/all.xml")
    web.put("/all.xml", rss("Everybody", 1))
    home.add(put_page(web, "/~alice/", "/~alice/feed"))
    assert followed(home) == [good]
    assert max(Counter(paths(web)).values()) == 1
    assert paths(web)[:3] == ["/~alice/", "/~alice/feed", "/~alice/rss.xml"]


def test_the_front_page_may_name_what_an_article_does_not(home: Home, web: Web) -> None:
    good = web.put("/some/where", rss("News", 1))
    put_page(web, "/", "/some/where")
    home.add(put_page(web, "/2024/an-article.html"))
    assert followed(home) == [good]


def test_the_page_that_a_page_belongs_to(home: Home, web: Web) -> None:
    good = web.put("/news.rss", rss("News", 1), host=2)
    real = put_page(web, "/article", "/news.rss", host=2)
    home.add(put_page(web, "/amp/article", head=f'<link rel="canonical" href="{real}">'))
    assert followed(home) == [good]
    assert paths(web) == ["/amp/article"]


def test_a_page_without_a_feed_says_what_was_tried_and_what_to_do(home: Home, web: Web) -> None:
    said = refused(home.add(put_page(web, "/")))
    assert "is a web page that names no feed" in said
    assert "none at 7 other addresses" in said
    assert "look on its pages" in said
    assert len(web.requests) == 8


NOTICES = (
    '<form><input type="password" name="p"></form>',
    "<p>This site uses cookies. Cookie consent</p>",
    "<p>Under maintenance: our old forum</p>",
)


@pytest.mark.parametrize("body", NOTICES)
def test_a_notice_on_a_page_does_not_stop_the_search(home: Home, web: Web, body: str) -> None:
    good = web.put("/feed", rss("News", 2))
    home.add(put_page(web, "/", body=body))
    assert followed(home) == [good]


@pytest.mark.parametrize("body", NOTICES)
def test_a_notice_is_told_where_nothing_is_found(home: Home, web: Web, body: str) -> None:
    said = refused(home.add(put_page(web, "/", body=body)))
    assert "is no feed: The " in said
    assert len(web.requests) > 2


@pytest.mark.parametrize("body", ["<div class='g-recaptcha'></div>", "<!-- WISPAccessGatewayParam -->"])
def test_a_check_for_people_and_a_portal_stop_the_search_at_once(home: Home, web: Web, body: str) -> None:
    web.put("/feed", rss("News", 2))
    said = refused(home.add(put_page(web, "/", body=body)))
    assert "is no feed: The " in said
    assert paths(web) == ["/"]


@pytest.mark.parametrize("status", [403, 429, 503])
def test_a_host_that_refuses_is_asked_no_more(home: Home, web: Web, status: int) -> None:
    web.put("/feed", "no", status=status, type="text/plain")
    refused(home.add(put_page(web, "/")))
    assert paths(web) == ["/", "/feed"]


def test_a_site_that_has_a_page_for_everything_is_soon_left_alone(home: Home, web: Web) -> None:
    for path in ("/feed", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml", "/rss", "/feed.json"):
        put_page(web, path)
    refused(home.add(put_page(web, "/")))
    assert paths(web) == ["/", "/feed", "/rss.xml", "/atom.xml"]


def test_why_the_feeds_that_it_names_cannot_be_read(home: Home, web: Web) -> None:
    web.put("/feed", status=401)
    said = refused(home.add(put_page(web, "/", "/feed")))
    assert "names no feed that can be read" in said
    assert "401: a login is needed" in said


def test_pages_of_pages_cannot_have_us_ask_without_end(home: Home, web: Web) -> None:
    """Twenty pages, each on a host of its own, name twenty addresses each of a host that has to do with none."""
    for one in range(MOST_ASKED):
        links = [web.url(f"/{one}/{two}", host=50 + two) for two in range(MOST_ASKED)]
        put_page(web, "/", *links, host=10 + one)
    refused(home.add(put_page(web, "/", *(web.url("/", host=10 + one) for one in range(MOST_ASKED)))))
    assert MOST_ASKED < len(web.requests) <= MOST_IN_ALL


def test_what_further_pages_name_is_not_asked_of_a_host_that_has_a_page_for_everything(home: Home, web: Web) -> None:
    for one in range(MOST_ASKED):
        put_page(web, f"/{one}", f"/further/{one}")
        put_page(web, f"/further/{one}")
    refused(home.add(put_page(web, "/", *(f"/{one}" for one in range(MOST_ASKED)))))
    assert len([path for path in paths(web) if path.startswith("/further/")]) < MOST_PAGES


def test_what_further_pages_name_is_not_asked_of_a_host_that_refuses(home: Home, web: Web) -> None:
    full = web.put("/full", status=403, host=2)
    late = put_page(web, "/late", web.url("/feed", host=2), host=3)
    web.page("/late", host=3).delay = 0.5
    refused(home.add(put_page(web, "/", full, late)))
    assert paths(web, "127.0.0.2") == ["/full"]


def test_pages_that_name_each_other_come_to_an_end(home: Home, web: Web) -> None:
    put_page(web, "/b", "/a", "/c", head='<link rel=canonical href="/c">')
    put_page(web, "/c", "/a", "/b", head='<link rel=canonical href="/b">')
    refused(home.add(put_page(web, "/a", "/b", "/c", head='<link rel=canonical href="/b">')))
    assert max(Counter(paths(web)).values()) == 1


@pytest.mark.parametrize(
    "odd", ["http://a[b]/", "https://a:b@[x/", "http://a]b/#", "http://℀/#a", "http://[x/#y", "//["]
)
def test_addresses_that_are_none_are_passed_over(home: Home, web: Web, odd: str) -> None:
    good = web.put("/feed", rss("News", 2))
    links = f'<a href="{odd}">feed</a>'
    home.add(put_page(web, "/", odd, body=links, head=f'<base href="{odd}"><link rel=canonical href="{odd}">'))
    assert followed(home) == [good]


# Services


def rule(name: str, pages: str, *feeds: str) -> str:
    return f'[[service]]\nname = "{name}"\npages = ["{pages}"]\nfeeds = {json.dumps(feeds)}\n'


def own_rules(home: Home, *rules: str) -> None:
    (home.place / "services.toml").write_text("".join(rules))


def test_a_rule_of_ones_own_leads_to_the_feed_without_the_page(home: Home, web: Web) -> None:
    own_rules(home, rule("Ours", "127.0.0.3/people/{name}/**", "{site}/feeds/{name}.xml"))
    good = web.put("/feeds/alice.xml", rss("Alice", 2), host=3)
    home.add(web.url("/people/alice/photos", host=3))
    assert followed(home) == [good]
    assert paths(web, "127.0.0.3") == ["/feeds/alice.xml"]


def test_several_feeds_of_a_service_are_offered_and_what_is_none_is_not(home: Home, web: Web) -> None:
    own_rules(home, rule("Forge", "127.0.0.3/{owner}/{name}", *(f"{{site}}/{{owner}}/{{name}}/{x}" for x in "abc")))
    for name in "ac":
        web.put(f"/x/y/{name}", rss(name, 1), host=3)
    feeds = offered(home.add(web.url("/x/y", host=3)))
    assert [feed["title"] for feed in feeds] == ["a", "c"]


def test_a_rule_that_leads_to_a_page_takes_what_that_names(home: Home, web: Web) -> None:
    own_rules(home, rule("Handles", "127.0.0.3/@{name}/**", "{site}/@{name}"))
    good = web.put("/feeds?id=7", rss("Channel", 2), host=3)
    put_page(web, "/@name", "/feeds?id=7", host=3)
    home.add(web.url("/@name/videos", host=3))
    assert followed(home) == [good]


def test_a_directory_of_podcasts_names_the_feed(home: Home, web: Web) -> None:
    own_rules(home, rule("Pods", "127.0.0.3/podcast/id{id}", "{site}/lookup?id={id}"))
    good = web.put("/cast", rss("Podcast", 2), host=2)
    answer = json.dumps({"resultCount": 1, "results": [{"collectionName": "Podcast", "feedUrl": good}]})
    web.put("/lookup?id=42", answer, type="text/javascript; charset=utf-8", host=3)
    home.add(web.url("/podcast/id42?i=3", host=3))
    assert followed(home) == [good]


def test_where_a_rule_leads_nowhere_the_page_is_asked(home: Home, web: Web) -> None:
    own_rules(home, rule("Ours", "127.0.0.3/{name}", "{site}/gone/{name}"))
    good = web.put("/real", rss("News", 1), host=3)
    home.add(put_page(web, "/alice", "/real", host=3))
    assert followed(home) == [good]


def test_a_rule_for_any_host_is_for_pages_that_name_nothing(home: Home, web: Web) -> None:
    good = web.put("/@alice.rss", rss("Alice", 1))
    home.add(put_page(web, "/@alice"))
    assert followed(home) == [good]
    assert paths(web) == ["/@alice", "/@alice.rss"]


def test_where_an_address_leads_to_counts_too(home: Home, web: Web) -> None:
    own_rules(home, rule("Ours", "127.0.0.3/people/{name}", "{site}/feeds/{name}"))
    good = web.put("/feeds/alice", rss("Alice", 1), host=3)
    home.add(web.put("/short", status=302, location=put_page(web, "/people/alice", host=3)))
    assert followed(home) == [good]


def test_a_wrong_rule_is_a_warning_and_no_more(home: Home, web: Web) -> None:
    own_rules(home, '[[service]]\nname = "x"\n', rule("Ours", "127.0.0.3/{name}", "{site}/feeds/{name}"))
    web.put("/feeds/a", rss("A", 1), host=3)
    web.put("/feeds/b", rss("B", 1), host=3)
    events = home.add(web.url("/a", host=3), web.url("/b", host=3))
    (warning,) = named(events, "warning")
    assert "rule 1 is not used: pages is missing" in warning["message"]
    assert len(named(events, "added")) == 2


# What a page may not do. The search is driven by hand here: no test may ask the public network.


def asked_of(found: FoundFeeds, url: str = "https://example.org/") -> tuple[list[str], Finder]:
    """The addresses that a page of the public network makes us ask, each answered as nothing."""
    finder = Finder(DESK, Services(), url)
    search = finder.search(url)
    effect: Any = next(search)
    assert effect == Fetch(url, is_public=True)
    search.send(Fetched(0, url, 200, b"<html>"))
    urls: list[str] = []
    waiting: Any = [found]
    while True:
        try:
            effect = search.send(waiting)
        except StopIteration:
            return urls, finder
        tasks = effect.tasks if isinstance(effect, Together) else ()
        waiting = [() for _ in tasks]
        for each in [next(task) for task in tasks] or [effect]:
            assert each.is_public
            urls.append(each.url)
            nothing = Fetched(0, each.url, 404, error="404: not found")
        for task in tasks:
            with pytest.raises(StopIteration):
                task.send(nothing)
        waiting = waiting or nothing


class Silent:
    """Events that nobody hears."""

    def say(self, event: str, **fields: Any) -> None:
        assert all("\x1b" not in str(value) for value in fields.values())


class Quiet:
    """As much of a desk as a search asks for."""

    events = Silent()
    logins = None

    def now(self) -> int:
        return 0


DESK: Any = Quiet()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/feed",
        "http://localhost:8000/feed",
        "http://[::1]/feed",
        "http://192.168.0.1/feed",
        "http://0x7f.1/feed",
        "http://printer.local/feed",
        "file:///etc/passwd",
        "gopher://example.org/feed",
        "javascript:alert(1)",
        "http://a[b]/",
        "http://[x/#y",
        "http://℀/#a",
    ],
)
def test_a_public_page_cannot_send_us_to_private_places(url: str) -> None:
    found = FoundFeed(url), FoundFeed("https://example.org/good\x1b[31m")
    urls, _ = asked_of(FoundFeeds(found, (FoundFeed(url),), url), "https://github.com/trending")
    assert urls == ["https://example.org/good%1B[31m"]


def test_where_nobody_answers_to_https_that_was_our_guess_http_is_asked() -> None:
    search = Finder(DESK, Services(), "example.org", may_be_http=True).search("https://example.org/")
    assert next(search) == Fetch("https://example.org/", is_public=True)
    refusal = Fetched(0, "https://example.org/", error="The server does not accept connections: example.org")
    assert search.send(refusal) == Fetch("http://example.org/", is_public=True)
    search = Finder(DESK, Services(), "example.org", may_be_http=True).search("https://example.org/")
    next(search)
    with pytest.raises(StopIteration):
        search.send(Fetched(0, "https://example.org/", 404, error="404: not found"))


def test_guessing_is_bounded() -> None:
    urls, finder = asked_of(FoundFeeds(()), "https://example.org/t/name/3/4")
    assert len(urls) == len(set(urls)) == 17
    assert finder.guessed <= 16
