"""The page behind an article: fetched, taken apart, kept beside the feed's text, or why not in plain words."""

from typing import Any

import pytest

from reader.store import articles, feeds, fulltexts, indexing
from reader.store.connection import transaction
from reader.worker import pages as worker_pages
from tests import pages
from tests.web import Web
from tests.web import web as web  # noqa: PLC0414
from tests.worker.running import Event, Home, last, named
from tests.worker.running import home as home  # noqa: PLC0414

HTML = "text/html; charset=utf-8"
TEASER = "The first boats left before sunrise."


def feed(*links: str, text: str = TEASER, start: int = 0) -> str:
    """A feed of an article for each link, in which only the beginning stands."""
    items = "".join(
        f"<item><title>{pages.TITLE}, part {number}</title><link>{link}</link>"
        f"<guid isPermaLink='false'>g{number}</guid><description>{text}</description></item>"
        for number, link in enumerate(links, start)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour</title>{items}</channel></rss>'


def follow(home: Home, url: str) -> list[int]:
    """Follows a feed; all articles, oldest first."""
    home.add(url)
    return [row[0] for row in home.connection.rows("SELECT id FROM articles ORDER BY id")]


def fetch(home: Home, *ids: int) -> list[Event]:
    return named(home.run({"do": "fulltext", "articles": list(ids)}), "page")


def one(home: Home, web: Web, body: str | bytes = b"", *, text: str = TEASER, **what: Any) -> Event:
    """What comes of the page of a single article."""
    link = web.put("/story", body, **{"type": HTML, **what})
    (article,) = follow(home, web.put("/feed.xml", feed(link, text=text)))
    (event,) = fetch(home, article)
    return event


def found(home: Home, word: str) -> list[int]:
    """The articles with a word in their text."""
    while indexing.index_some(home.connection):
        pass
    return [
        row[0] for row in home.connection.rows("SELECT rowid FROM search_0 WHERE search_0 MATCH ?", f"body: {word}")
    ]


def test_a_damaged_text_of_the_feed_keeps_no_page_away(home: Home, web: Web) -> None:
    body = pages.page(pages.paragraphs(8))
    links = [web.put(f"/story{number}", body, type=HTML) for number in range(2)]
    ids = follow(home, web.put("/feed.xml", feed(*links)))
    home.connection.run("UPDATE contents SET html = x'0011' WHERE article_id = ?", ids[0])
    assert [event["message"] for event in fetch(home, *ids)] == ["", ""]
    assert home.faults() == ["contents: 1 texts cannot be read"]


def test_the_text_of_the_page_is_kept_and_shown_beside_the_feeds(home: Home, web: Web) -> None:
    event = one(home, web, pages.page(pages.paragraphs(8) + '<p>See <a href="/map">the map</a>.</p>'))
    assert event["message"] == ""
    assert event["words"] > 300
    article = articles.article(home.connection, event["article_id"])
    assert article.is_full
    assert article.shown_words == event["words"]
    html = articles.html(home.connection, article.id)
    assert html.count("<p>Part") == 8
    assert f'href="{web.url("/map")}"' in html
    assert not any(word in html for word in ("Tweet", "Another story", "cookies", "Copyright", "<h1>", "By Ida Holm"))
    fulltexts.show(home.connection, article.id, False)
    assert articles.html(home.connection, article.id) == f"<p>{TEASER}</p>"
    assert not articles.article(home.connection, article.id).is_full


def test_a_page_is_asked_for_as_a_page_and_redirects_are_followed(home: Home, web: Web) -> None:
    target = web.put("/new-place", pages.page(pages.paragraphs(6)), type=HTML)
    event = one(home, web, status=302, location=target)
    assert event["message"] == ""
    assert web.asked("/new-place")[0].headers["accept"].startswith("text/html")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "a login is needed (401)"),
        (402, "payment is asked for (402)"),
        (403, "the server refuses us (403)"),
        (404, "not found (404)"),
        (410, "gone for good (410)"),
        (429, "the server asks us to come less often (429)"),
        (451, "withheld for legal reasons (451)"),
        (500, "the server failed (500)"),
        (503, "the server is not available at the moment (503)"),
    ],
)
def test_a_refusal_is_told_and_the_feeds_text_stays(home: Home, web: Web, status: int, words: str) -> None:
    event = one(home, web, pages.page(pages.paragraphs(6)), status=status)
    assert event["message"] == f"The page cannot be had: {words}"
    kept = fulltexts.one(home.connection, event["article_id"])
    assert kept is not None
    assert (kept.is_there, kept.is_shown, kept.message) == (False, False, event["message"])
    assert articles.html(home.connection, event["article_id"]) == f"<p>{TEASER}</p>"


@pytest.mark.parametrize(
    ("body", "what", "message"),
    [
        (b"%PDF-1.7 and so on", {"type": "application/pdf"}, "The link leads to a PDF file, not to a web page"),
        (b"\x89PNG\r\n", {"type": "image/png"}, "The link leads to a picture, not to a web page"),
        (b"", {}, "The page is empty"),
        (b'{"a": 1}', {"type": "application/json"}, "The link leads to no web page"),
        (feed("http://example.org/").encode(), {}, "The link leads to a feed, not to a web page"),
        (b"<html><body><div id=root></div><script>draw()</script></body></html>", {},
         "The page shows its text only with JavaScript"),
        (b"<html><body><p></p></body></html>", {}, "The page has no text that could be an article"),
    ],
)  # fmt: skip
def test_what_is_no_article(home: Home, web: Web, body: bytes, what: dict[str, Any], message: str) -> None:
    assert one(home, web, body, **what)["message"] == message


def test_a_paywall_and_a_page_with_less_than_the_feed(home: Home, web: Web) -> None:
    event = one(home, web, pages.page(pages.paragraphs(2) + "<p>Subscribe to continue reading.</p>"))
    assert event["message"] == "The page is behind a paywall"
    link = web.put("/short", pages.page(pages.paragraphs(2)), type=HTML)
    long = " ".join(pages.SENTENCES * 4)
    ids = follow(home, web.put("/long.xml", feed(link, text=long, start=7)))
    (event,) = fetch(home, ids[-1])
    assert event["message"] == "The page has less text than the feed"


def test_a_page_that_is_too_large_or_too_slow(home: Home, web: Web) -> None:
    home.configure("[fetch]\ntimeout_seconds = 1\nmax_megabytes = 1\n")
    links = (web.put("/bomb", behave="bomb", bomb=8 << 20, type=HTML), web.put("/hang", behave="hang", type=HTML))
    ids = follow(home, web.put("/feed.xml", feed(*links)))
    said = {event["url"]: event["message"] for event in fetch(home, *ids)}
    assert said == {
        links[0]: "The page cannot be had: The document unpacks to more than 1 MB",
        links[1]: "The page cannot be had: The server did not answer within 1 s",
    }


def test_an_article_without_a_link_or_with_one_that_is_not_of_the_web(home: Home, web: Web) -> None:
    ids = follow(home, web.put("/feed.xml", feed("http://example.org/a", "http://example.org/b")))
    home.connection.run("UPDATE articles SET link = NULL WHERE id = ?", ids[0])
    home.connection.run("UPDATE articles SET link = 'file:///etc/passwd' WHERE id = ?", ids[1])
    said = {event["article_id"]: event["message"] for event in fetch(home, *ids, 999)}
    assert said == {
        ids[0]: "The article has no link to a page",
        ids[1]: "The article's link leads to no web page",
        999: "There is no article 999",
    }


def test_an_address_where_nobody_listens_is_told_and_asked_again_next_time(home: Home, web: Web) -> None:
    (article,) = follow(home, web.put("/feed.xml", feed(web.dead())))
    (event,) = fetch(home, article)
    assert event["message"].startswith("The page cannot be had: The server does not accept connections")
    assert len(fetch(home, article)) == 1


def test_a_second_try_that_fails_leaves_what_the_first_one_brought(home: Home, web: Web) -> None:
    event = one(home, web, pages.page(pages.paragraphs(8)))
    web.put("/story", b"", status=500)
    (again,) = fetch(home, event["article_id"])
    assert again["message"]
    assert articles.article(home.connection, event["article_id"]).is_full


def test_words_of_the_page_are_found_and_still_are_when_the_feed_edits_its_text(home: Home, web: Web) -> None:
    event = one(home, web, pages.page(pages.paragraphs(8)))
    assert found(home, "committees") == [event["article_id"]]
    assert found(home, "sunrise") == [event["article_id"]]
    web.put("/feed.xml", feed(web.url("/story"), text="Zanzibar, they say."))
    home.due_now()
    home.refresh(every=True)
    assert found(home, "zanzibar") == found(home, "committees") == [event["article_id"]]
    assert articles.article(home.connection, event["article_id"]).is_full


def test_nothing_of_a_page_is_dangerous(home: Home, web: Web) -> None:
    nasty = (
        '<p onclick="steal()">Click <a href="javascript:steal()">here</a> <img src=x onerror=steal()>\x1b[2J\u202e</p>'
        '<script>steal()</script><iframe src="javascript:steal()"></iframe><form action="/x"><input name=a></form>'
    )
    event = one(home, web, pages.page(pages.paragraphs(4) + nasty + pages.paragraphs(4, 4)))
    html = articles.html(home.connection, event["article_id"])
    assert "Part 7" in html
    assert not any(bad in html for bad in ("steal", "onclick", "javascript", "\x1b", "\u202e", "<form", "<input"))


def full_feed(home: Home, web: Web, count: int, **what: Any) -> int:
    """A feed that is read in full, with so many articles that came in now."""
    links = [web.put(f"/p{n}", pages.page(pages.paragraphs(8, n)), type=HTML, **what) for n in range(count)]
    (feed_id,) = home.follow(web.put("/feed.xml", feed(*links)))
    with transaction(home.connection):
        feeds.set_full(home.connection, feed_id, True)
    return feed_id


def test_the_pages_of_new_articles_come_with_a_refresh_where_the_feed_is_read_in_full(home: Home, web: Web) -> None:
    full_feed(home, web, 3)
    other = home.follow(web.put("/other.xml", feed(web.url("/p0"), start=50)))[0]
    events = home.refresh(every=True)
    assert len(named(events, "page")) == 3
    assert last(events)["pages"] == 3
    assert {event["feed_id"] for event in named(events, "page")} != {other}
    assert web.most_at_once["127.0.0.1"] <= 2
    web.forget()
    home.due_now()
    assert named(home.refresh(every=True), "page") == []
    assert not web.asked("/p0")


def test_pages_that_fail_do_not_fail_the_refresh_and_a_refusing_host_is_left_alone(home: Home, web: Web) -> None:
    full_feed(home, web, 12, status=429)
    events = home.refresh(every=True)
    assert last(events)["new"] == 12
    assert last(events)["failed"] == 0
    assert last(events)["pages"] == 0
    assert len([each for each in web.requests if each.path.startswith("/p")]) == 1


def test_pages_that_are_asked_for_leave_a_refusing_host_alone_as_well(home: Home, web: Web) -> None:
    links = [web.put(f"/p{n}", status=429) for n in range(12)]
    ids = follow(home, web.put("/feed.xml", feed(*links)))
    assert len({event["message"] for event in fetch(home, *ids)}) == 1
    assert 1 <= len([each for each in web.requests if each.path.startswith("/p")]) <= 2


def test_a_host_is_left_alone_for_as_long_as_it_asked(home: Home, web: Web) -> None:
    full_feed(home, web, 3, status=429, headers={"Retry-After": "86400"})
    assert len(named(home.refresh(every=True), "page")) == 1
    home.due_now()
    assert named(home.refresh(every=True), "page") == []
    assert len([each for each in web.requests if each.path.startswith("/p")]) == 1
    home.connection.run("UPDATE memory SET value = replace(value, ': 1', ': ') WHERE key = 'hosts that wait'")
    home.due_now()
    assert len(named(home.refresh(every=True), "page")) == 1, "it has waited"


def test_where_the_feed_has_to_wait_its_pages_wait(home: Home, web: Web) -> None:
    full_feed(home, web, 25)
    assert len(named(home.refresh(every=True), "page")) == 20
    web.forget()
    web.put("/feed.xml", b"", status=429, headers={"Retry-After": "86400"})
    home.due_now()
    assert named(home.refresh(every=True), "page") == []
    assert [each.path for each in web.requests] == ["/feed.xml"]


def test_at_most_twenty_pages_of_a_feed_in_one_run(home: Home, web: Web) -> None:
    full_feed(home, web, 25)
    assert len(named(home.refresh(every=True), "page")) == 20
    home.due_now()
    assert len(named(home.refresh(every=True), "page")) == 5


def test_a_refresh_that_is_stopped_at_the_pages_has_all_that_the_feeds_brought(home: Home, web: Web) -> None:
    full_feed(home, web, 6, delay=30)
    with home.start({"do": "refresh", "feeds": None, "all": True}) as worker:
        worker.until("pages")
        worker.tell({"do": "stop"})
        events = worker.finish()
    assert last(events)["new"] == 6
    assert last(events)["stopped"]
    assert home.connection.value("SELECT count(*) FROM articles") == 6


def test_a_page_that_takes_too_long_to_read_costs_only_itself(home: Home, web: Web) -> None:
    home.configure("[fetch]\nparse_seconds = 1\n")
    slow = web.put("/slow", "<html><body>" + "<p><i>a</i>" * 600_000, type=HTML)
    good = web.put("/good", pages.page(pages.paragraphs(8)), type=HTML)
    ids = follow(home, web.put("/feed.xml", feed(slow, good)))
    said = {event["url"]: event["message"] for event in fetch(home, *ids)}
    assert said == {slow: "The document took longer than 1 s to read and was stopped", good: ""}


def test_a_feed_of_the_public_network_has_no_private_computer_asked() -> None:
    router, story = "http://192.168.1.1/reboot", "https://example.org/story"

    def left_alone(link: str, *refusing: str, is_public: bool = True) -> bool:
        wanted = fulltexts.Wanted(1, 1, "https://example.org/feed", None, link, "")
        return worker_pages._is_left_alone(wanted, set(refusing), is_public=is_public)

    assert left_alone(router)
    assert not left_alone(router, is_public=False)
    assert not left_alone(story)
    assert left_alone(story, "example.org")
