"""A refresh as it really runs: the worker process, the parse child, a real server, a real library."""

import signal
import time
from dataclasses import replace
from email.utils import formatdate
from typing import Any

import pytest

from reader import times
from reader.fetch.fetched import Fetched
from reader.fetch.schedule import hour_of_week
from reader.model import Kind, Outcome, Result
from reader.store import checks, feeds, marks
from reader.store.connection import transaction
from reader.store.records import CheckRecord, FeedFacts, Kept
from reader.worker import remote
from tests.web import Web, rss
from tests.web import web as web  # noqa: PLC0414
from tests.worker.running import Home, by_url, last, named
from tests.worker.running import home as home  # noqa: PLC0414


def until_next(home: Home, feed_id: int) -> float:
    """Seconds until the next check."""
    return (home.facts(feed_id).next_at or 0) - time.time()


def test_articles_come_in_and_stand_newest_first(home: Home, web: Web) -> None:
    url = web.put("/feed", rss("News", 3))
    (feed_id,) = home.follow(url)
    events = home.refresh()
    assert events[0] == {"event": "started", "total": 1}
    assert last(events) == {"checked": 1, "new": 3, "changed": 0, "failed": 0, "stopped": False}
    seen = by_url(events)[url]
    assert {key: seen[key] for key in ("feed_id", "outcome", "new", "changed", "status", "message")} == {
        "feed_id": feed_id,
        "outcome": "updated",
        "new": 3,
        "changed": 0,
        "status": 200,
        "message": "",
    }
    assert seen["bytes"] == len(rss("News", 3))
    assert home.titles() == ["News, story 2", "News, story 1", "News, story 0"]
    ids = [row[0] for row in home.connection.rows("SELECT id FROM articles ORDER BY sort_at")]
    assert ids == sorted(ids)


def test_the_second_refresh_is_conditional_and_parses_nothing(home: Home, web: Web) -> None:
    stamp = formatdate(1_700_000_000, usegmt=True)
    urls = [
        web.put("/etag", rss("One", 3), etag='"1-é"'),
        web.put("/date", rss("Two", 3), last_modified=stamp, host=2),
        web.put("/hash", rss("Three", 3), host=3),
    ]
    home.follow(*urls)
    home.refresh()
    web.forget()
    events = home.refresh(every=True)
    assert {event["outcome"] for event in named(events, "feed")} == {"not_modified"}
    assert [by_url(events)[url]["status"] for url in urls] == [304, 304, 200]
    assert web.asked("/etag")[0].headers["if-none-match"].encode("latin-1").decode("latin-1") == '"1-é"'
    assert web.asked("/date")[0].headers["if-modified-since"] == stamp
    assert len(home.titles()) == 9


def test_no_parse_child_is_started_when_nothing_changed(home: Home, web: Web) -> None:
    home.follow(web.put("/feed", rss("One", 3), etag='"1"'))
    home.refresh()
    home.follow(web.put("/hang", behave="hang", host=2))
    with home.start({"do": "refresh", "feeds": None, "all": True}) as worker:
        assert worker.until("feed")["outcome"] == "not_modified"
        assert worker.children() == []
        web.put("/feed", rss("One", 4), etag='"2"')
        worker.hang_up()
        worker.finish()


def test_new_and_changed_articles_of_a_feed(home: Home, web: Web) -> None:
    web.put("/feed", rss("News", 3), etag='"1"')
    home.follow(web.url("/feed"))
    home.refresh()
    web.put("/feed", rss("News", 5, text="Now with more."), etag='"2"')
    home.due_now()
    assert last(home.refresh()) == {"checked": 1, "new": 2, "changed": 3, "failed": 0, "stopped": False}
    web.put("/feed", rss("News", 0), etag='"3"')
    home.due_now()
    assert last(home.refresh())["failed"] == 0
    assert len(home.titles()) == 5


def test_one_damaged_text_costs_nobody_their_news(home: Home, web: Web) -> None:
    (feed_id,) = home.follow(web.put("/spoilt", rss("News", 3)))
    home.refresh()
    spoilt, other = (row[0] for row in home.connection.rows("SELECT id FROM articles ORDER BY id LIMIT 2"))
    home.connection.run("UPDATE contents SET html = x'0011' WHERE article_id IN (?, ?)", spoilt, other)
    assert home.faults() == ["contents: 2 texts cannot be read"]
    web.put("/spoilt", rss("News", 3, text="Now with more."))
    home.follow(web.put("/good", rss("Good", 3), host=2))
    home.due_now()
    assert last(home.refresh()) == {"checked": 2, "new": 3, "changed": 1, "failed": 0, "stopped": False}
    assert home.connection.value("SELECT count(*) FROM versions") == 1
    assert home.faults() == []
    assert len(home.titles(feed_id)) == 3


def test_only_what_is_due_is_asked(home: Home, web: Web) -> None:
    home.follow(web.put("/feed", rss("News", 3)))
    home.refresh()
    web.forget()
    assert last(home.refresh())["checked"] == 0
    assert web.requests == []
    assert last(home.refresh(1))["checked"] == 1


def test_a_dead_host_costs_nothing_until_its_time_has_come(home: Home, web: Web) -> None:
    home.configure("[fetch]\ntimeout_seconds = 1\n")
    (dead,) = home.follow(web.put("/dead", behave="hang"))
    good = web.put("/feed", rss("News", 3), host=2)
    home.follow(good)
    assert last(home.refresh())["failed"] == 1
    assert until_next(home, dead) > 3000
    web.forget()
    home.connection.run("UPDATE checks SET next_at = 0 WHERE feed_id <> ?", dead)
    events = home.refresh()
    assert list(by_url(events)) == [good]
    assert [asked.path for asked in web.requests] == ["/feed"]
    assert last(home.refresh(every=True))["failed"] == 1


FAILURES = [
    ({"status": 404}, "failed", "404: not found"),
    ({"status": 500}, "failed", "500: the server failed"),
    ({"status": 503}, "failed", "503: the server is not available at the moment"),
    ({"status": 410}, "gone", "410: the feed is gone for good, says its server"),
    ({"status": 301, "location": "/loop"}, "failed", "The server redirects more than 10 times"),
    ({"behave": "close"}, "failed", "The server closed the connection without an answer"),
    ({"behave": "hang"}, "failed", "The server did not answer within 1 s"),
    ({"behave": "endless", "body": b"<rss>"}, "failed", "The document is larger than 1 MB"),
    ({"body": b"<html><p>hi</p></html>", "type": "text/html"}, "failed", "The address gives a web page and no feed"),
    (
        {"body": b"<html><link rel=alternate type=application/atom+xml href=/atom></html>", "type": "text/html"},
        "failed",
        "The address gives a web page and no feed; the feed it names is {web}/atom",
    ),
]


def test_every_failure_keeps_the_articles_and_says_why(home: Home, web: Web) -> None:
    home.configure("[fetch]\ntimeout_seconds = 1\nmax_megabytes = 1\n")
    urls = [web.put("/loop", rss(f"N{number}", 2), host=number) for number in range(1, len(FAILURES) + 2)]
    ids = home.follow(*urls)
    home.refresh()
    base = web.url("")
    for number, (what, _, _) in enumerate(FAILURES, 1):
        web.put("/loop", host=number, **what)  # type: ignore[arg-type]
    web.put("/loop", rss(f"N{len(FAILURES) + 1}", 4), host=len(FAILURES) + 1)
    home.due_now()
    events = home.refresh()
    for number, (_, outcome, words) in enumerate(FAILURES, 1):
        event = by_url(events)[urls[number - 1]]
        expected = words.format(web=base.replace("127.0.0.1", f"127.0.0.{number}"))
        assert (event["outcome"], event["message"]) == (outcome, expected)
        assert len(home.titles(ids[number - 1])) == 2
        assert home.facts(ids[number - 1]).failures == 1
    assert by_url(events)[urls[-1]]["new"] == 2
    assert last(events)["failed"] == len(FAILURES)


def test_a_feed_that_recovers_is_well_again(home: Home, web: Web) -> None:
    web.put("/feed", rss("News", 2), etag='"1"')
    (feed_id,) = home.follow(web.url("/feed"))
    home.refresh()
    web.put("/feed", status=500)
    home.refresh(every=True)
    home.refresh(every=True)
    assert home.facts(feed_id).failures == 2
    web.put("/feed", rss("News", 2), etag='"1"')
    events = home.refresh(every=True)
    assert named(events, "feed")[0]["status"] == 304
    assert (home.facts(feed_id).failures, home.facts(feed_id).message) == (0, "")


def test_a_server_that_asks_for_patience_gets_it(home: Home, web: Web) -> None:
    urls = [
        web.put("/feed", status=status, headers={"Retry-After": "3600"}, host=status - 400) for status in (429, 503)
    ]
    ids = home.follow(*urls)
    events = home.refresh()
    assert {event["outcome"] for event in named(events, "feed")} == {"wait"}
    assert all(event["message"].startswith("The server asked us to wait until ") for event in named(events, "feed"))
    assert last(events)["failed"] == 0
    web.forget()
    for events in (home.refresh(), home.refresh(every=True), home.refresh(*ids)):
        assert web.requests == []
        assert last(events)["failed"] == 0
    assert {event["outcome"] for event in named(home.refresh(*ids), "feed")} == {"wait"}
    assert 3500 < until_next(home, ids[0]) < 3700


def test_429_without_a_time_waits_longer_than_usual(home: Home, web: Web) -> None:
    (feed_id,) = home.follow(web.put("/feed", status=429))
    home.refresh()
    assert until_next(home, feed_id) > 7000


def test_what_is_gone_is_asked_no_more_until_a_person_wants_it(home: Home, web: Web) -> None:
    (feed_id,) = home.follow(web.put("/feed", status=410))
    home.refresh()
    web.forget()
    home.due_now()
    home.refresh()
    home.refresh(every=True)
    (event,) = named(home.refresh(feed_id), "feed")
    assert (event["outcome"], event["status"]) == ("gone", 410)
    assert web.requests == []
    web.put("/feed", rss("Back", 1))
    checks.ask_again(home.connection, feed_id)
    home.refresh(feed_id)
    assert home.titles() == ["Back, story 0"]


@pytest.mark.parametrize(("status", "outcome"), [(301, "gone"), (308, "gone"), (302, "failed"), (307, "failed")])
def test_behind_a_redirect_that_is_for_now_nothing_is_gone_for_good(
    home: Home, web: Web, status: int, outcome: str
) -> None:
    there = web.put("/there", status=410, host=2)
    (feed_id,) = home.follow(web.put("/feed", status=status, location=there))
    (event,) = named(home.refresh(), "feed")
    assert (event["outcome"], event["status"]) == (outcome, 410)
    home.due_now()
    assert bool(checks.due(home.connection, times.now())) is (outcome == "failed")
    assert home.facts(feed_id).failures == 1


def test_a_move_for_good_is_noticed(home: Home, web: Web) -> None:
    there = web.put("/new", rss("News", 2), etag='"1"', host=2)
    home.follow(web.put("/old", status=301, location=there))
    for status in (200, 304):
        (event,) = named(home.refresh(every=True), "feed")
        assert (event["outcome"], event["status"]) == ("moved", status)
        assert event["message"] == f"The feed has moved to {there} and is read there"
    assert len(home.titles()) == 2


def test_after_three_days_a_feed_that_moved_for_good_is_asked_there(home: Home, web: Web) -> None:
    there = web.put("/new", rss("News", 2), etag='"1"', host=2)
    (feed_id,) = home.follow(web.put("/old", status=301, location=there))
    home.refresh()
    home.connection.run("UPDATE checks SET moved_since = moved_since - 3 * 86400 + 60, next_at = 0")
    home.refresh()
    assert home.facts(feed_id).url != there
    home.connection.run("UPDATE checks SET moved_since = moved_since - 120, next_at = 0")
    (event,) = named(home.refresh(), "feed")
    assert event["message"] == f"The feed has moved to {there}, and is followed there"
    assert feeds.one(home.connection, feed_id).health.message.startswith("Moved; following since ")
    web.forget()
    home.due_now()
    (event,) = named(home.refresh(), "feed")
    assert (event["url"], event["outcome"], event["status"]) == (there, "not_modified", 304)
    assert [asked.path for asked in web.requests] == ["/new"]
    assert feeds.one(home.connection, feed_id).health.message.startswith("Moved; following since ")
    assert len(home.titles()) == 2


def test_a_move_that_is_taken_back_begins_anew(home: Home, web: Web) -> None:
    there = web.put("/new", rss("News", 2), host=2)
    (feed_id,) = home.follow(web.put("/old", status=301, location=there))
    home.refresh()
    home.connection.run("UPDATE checks SET moved_since = moved_since - 4 * 86400, next_at = 0")
    web.put("/old", rss("News", 2))
    home.refresh()
    assert home.facts(feed_id).kept.moved_to is None
    web.put("/old", status=301, location=there)
    home.due_now()
    home.refresh()
    assert home.facts(feed_id).url != there


def test_two_feeds_that_become_one_are_told_of(home: Home, web: Web) -> None:
    there = web.put("/new", rss("News", 2), host=2)
    old, new = home.follow(web.put("/old", status=301, location=there), there)
    home.refresh()
    home.connection.run("UPDATE checks SET moved_since = moved_since - 4 * 86400, next_at = 0")
    home.refresh()
    assert home.facts(old).url != there
    assert len(feeds.checkup(home.connection, old).answers) == 2
    assert "where you follow “News”" in feeds.one(home.connection, old).health.message
    assert len(home.titles(new)) == 2


def test_a_feed_follows_to_where_another_was_removed_and_an_undo_tells_of_both(home: Home, web: Web) -> None:
    there = web.put("/new", rss("News", 2), host=2)
    moved, removed = home.follow(web.put("/old", status=301, location=there), there)
    home.refresh()
    marks.remove_feed(home.connection, removed, "Removed", 1)
    home.connection.run("UPDATE checks SET moved_since = moved_since - 4 * 86400, next_at = 0")
    (event,) = named(home.refresh(), "feed")
    assert event["message"] == f"The feed has moved to {there}, and is followed there"
    assert home.facts(moved).url == there
    marks.undo(home.connection, 2)
    home.refresh()
    home.connection.run("UPDATE checks SET moved_since = moved_since - 4 * 86400, next_at = 0")
    home.refresh()
    assert "where you follow “News”" in feeds.one(home.connection, removed).health.message
    assert (len(home.titles(moved)), len(home.titles(removed))) == (2, 2)


@pytest.mark.parametrize(("there", "is_followed"), [("https://a.example/", True), ("http://a.example/", False)])
def test_nobody_on_the_way_can_take_a_feed_from_https(there: str, is_followed: bool) -> None:
    feed = FeedFacts(1, "https://a.example/feed", Kind.FEED, "A")
    record = CheckRecord(1, Outcome(Result.MOVED), 10**9, None, Kept(moved_to=there, moved_since=0))
    assert remote.has_settled(feed, record) is is_followed


@pytest.mark.parametrize("answer", [{"status": 410}, {"body": rss("Old", 2), "etag": '"1"'}, {"behave": "close"}])
def test_what_the_old_address_says_meanwhile_does_not_hold_at_the_new_one(
    home: Home, web: Web, answer: dict[str, Any]
) -> None:
    there = web.put("/new", rss("New", 3), etag='"1"', host=2)
    (feed_id,) = home.follow(web.put("/old", delay=1.0, **answer))
    with home.start({"do": "refresh"}) as worker:
        worker.until("started")
        with transaction(home.connection):
            feeds.set_address(home.connection, feed_id, there, 1, has_moved=False)
        worker.finish()
    found = home.facts(feed_id)
    assert (found.url, found.result, found.kept, found.failures) == (there, None, Kept(), 0)
    assert [each.id for each in checks.due(home.connection, 1)] == [feed_id]
    home.refresh()
    assert [title for title in home.titles() if title.startswith("New")] == [f"New, story {each}" for each in (2, 1, 0)]


def test_a_feed_that_gets_an_address_meanwhile_does_not_follow_the_old_one(home: Home, web: Web) -> None:
    there = web.put("/new", rss("News", 2), host=2)
    (feed_id,) = home.follow(web.put("/old", status=301, location=there, delay=1.0))
    home.refresh()
    home.connection.run("UPDATE checks SET moved_since = moved_since - 4 * 86400, next_at = 0")
    with home.start({"do": "refresh"}) as worker:
        worker.until("started")
        wanted = web.put("/wanted", rss("News", 2))
        with transaction(home.connection):
            feeds.set_address(home.connection, feed_id, wanted, 1, has_moved=False)
        worker.finish()
    assert home.facts(feed_id).url == wanted


def test_a_feed_that_is_paused_while_it_is_asked_stays_paused(home: Home, web: Web) -> None:
    (feed_id,) = home.follow(web.put("/feed", rss("News", 2), delay=1.0))
    with home.start({"do": "refresh"}) as worker:
        worker.until("started")
        feeds.set_paused(home.connection, feed_id, True, 1)
        worker.finish()
    assert home.facts(feed_id).paused_at == 1
    assert checks.due(home.connection, times.now() + 10**6) == []


def test_a_paused_feed_is_never_asked(home: Home, web: Web) -> None:
    (feed_id,) = home.follow(web.put("/feed", rss("News", 1)))
    feeds.set_paused(home.connection, feed_id, True, 0)
    home.refresh()
    home.refresh(every=True)
    (event,) = named(home.refresh(feed_id), "feed")
    assert (event["outcome"], event["message"]) == ("wait", "The feed is paused")
    assert web.requests == []


def test_in_the_hours_to_skip_only_a_person_has_a_feed_asked(home: Home, web: Web) -> None:
    (feed_id,) = home.follow(web.put("/feed", rss("News", 1)))
    home.refresh()
    hours = [(hour_of_week(times.now()) + more) % 168 for more in (0, 1)]
    home.connection.run("UPDATE checks SET next_at = 0, skip = ?", str(hours))
    web.forget()
    home.refresh()
    assert web.requests == []
    home.refresh(feed_id)
    assert len(web.requests) == 1


def test_a_feed_that_became_a_page_names_the_new_feed(home: Home, web: Web) -> None:
    (feed_id,) = home.follow(web.put("/feed", rss("News", 1)))
    home.refresh()
    new = "http://127.0.0.1/new.xml"
    web.put(
        "/feed",
        f"<html><head><link rel=alternate type=application/rss+xml href='{new}'></head></html>",
        type="text/html",
    )
    home.due_now()
    (event,) = named(home.refresh(), "feed")
    assert event["message"] == f"The address gives a web page and no feed; the feed it names is {new}"
    assert feeds.checkup(home.connection, feed_id).found_url == new
    web.put("/feed", rss("News", 1))
    home.due_now()
    home.refresh()
    assert feeds.checkup(home.connection, feed_id).found_url is None


def test_who_asks_us_to_wait_again_waits_longer() -> None:
    fetched = Fetched(1, "http://a.example/", 429, error="429")
    feed, waits, now = FeedFacts(1, "http://a.example/", Kind.FEED, "A"), [], 10**9
    for _ in range(7):
        record = remote.judged(feed, fetched, now, 3600)
        waits.append(((record.retry_at or 0) - now) // 3600)
        now = record.retry_at or 0
        feed = replace(feed, result=Result.WAIT, checked_at=record.checked_at, retry_at=record.retry_at)
    assert waits == [2, 4, 8, 16, 24, 24, 24]


def test_without_a_network_nothing_counts_as_failure(home: Home, web: Web) -> None:
    ids = home.follow("http://one.invalid/", "http://two.invalid/")
    events = home.refresh()
    assert {event["outcome"] for event in named(events, "feed")} == {"offline"}
    assert len(named(events, "offline")) == 1
    assert last(events)["failed"] == 0
    assert home.facts(ids[0]).failures == 0
    home.follow(web.put("/feed", rss("News", 1)))
    events = home.refresh()
    assert by_url(events)["http://one.invalid/"]["message"] == "No such host: one.invalid"
    assert last(events)["failed"] == 2
    assert not named(events, "offline")


def test_without_its_proxy_nothing_counts_as_failure(home: Home, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    (feed_id,) = home.follow(web.put("/feed", rss("News", 1)))
    monkeypatch.setenv("http_proxy", Web.dead())
    events = home.refresh()
    (offline,) = named(events, "offline")
    assert offline["message"] == "The proxy cannot be reached"
    assert (last(events)["failed"], home.facts(feed_id).failures) == (0, 0)


@pytest.mark.parametrize("path_in", ["add", "refresh"])
def test_of_a_document_that_broke_off_the_rest_is_asked_for(home: Home, web: Web, path_in: str) -> None:
    whole = rss("News", 3)
    url = web.put("/feed", whole[: whole.index(b"story 0")], etag='"1"')
    if path_in == "add":
        home.add(url)
    else:
        home.follow(url)
        home.refresh()
    assert home.titles() == ["News, story 2", "News, story 1"]
    web.put("/feed", whole, etag='"1"')
    home.refresh(every=True)
    assert sorted(home.titles()) == ["News, story 0", "News, story 1", "News, story 2"]
    assert named(home.refresh(every=True), "feed")[0]["status"] == 304


@pytest.mark.parametrize("between", [{"status": 500}, {"status": 429}, {"body": b"<p>hi</p>", "type": "text/html"}])
def test_what_is_said_of_a_document_outlives_a_failure(home: Home, web: Web, between: dict[str, Any]) -> None:
    whole = rss("News", 3)
    broken = whole[: whole.index(b"story 0")]
    (feed_id,) = home.follow(web.put("/feed", broken))
    said = named(home.refresh(), "feed")[0]["message"]
    assert said.startswith("The feed breaks off")
    for answer in (between, between, {"body": broken}, {"body": broken}):
        web.put("/feed", **answer)
        home.due_now()
        (event,) = named(home.refresh(), "feed")
    assert (event["outcome"], event["message"]) == ("not_modified", said)
    assert feeds.one(home.connection, feed_id).health.message == said


@pytest.mark.parametrize(
    ("result", "message", "moved_to", "said"),
    [
        (Result.UPDATED, "It breaks off", None, "It breaks off"),
        (Result.FAILED, "500: the server failed", None, ""),
        (Result.MOVED, "The feed has moved to /new and is read there", "/new", ""),
        (Result.MOVED, "The feed has moved to /new and is read there. It breaks off", "/new", "It breaks off"),
        (Result.MOVED, "The feed has moved to /new and is read there", None, ""),
        (Result.MOVED, "The feed has moved to /new, where you follow “A”: one of both can go", "/new", ""),
        (Result.MOVED, "It breaks off", None, "It breaks off"),
        (None, "", None, ""),
    ],
)
def test_what_is_said_of_a_document_is_told_from_where_it_is_read(
    result: Result | None, message: str, moved_to: str | None, said: str
) -> None:
    assert remote.remark(result, message, moved_to) == said


def test_what_is_said_of_a_document_moves_with_it(home: Home, web: Web) -> None:
    whole = rss("News", 3)
    there = web.put("/new", whole[: whole.index(b"story 0")])
    (feed_id,) = home.follow(web.put("/old", status=301, location=there))
    for _ in range(2):
        (event,) = named(home.refresh(every=True), "feed")
        moved, _, said = event["message"].partition(". ")
        assert moved == f"The feed has moved to {there} and is read there"
        assert said.startswith("The feed breaks off")
    home.connection.run("UPDATE checks SET moved_since = moved_since - 4 * 86400, next_at = 0")
    home.refresh()
    assert feeds.one(home.connection, feed_id).health.message == said


def test_the_longest_wish_sets_the_next_check(home: Home, web: Web) -> None:
    slow = rss("Slow", 1).replace(b"<channel>", b"<channel><ttl>300</ttl>")
    urls = [
        web.put("/plain", rss("A", 1)),
        web.put("/ttl", slow),
        web.put("/cached", rss("B", 1), headers={"Cache-Control": "max-age=10800"}),
    ]
    ids = home.follow(*urls)
    home.refresh()
    waits = [(until_next(home, feed_id)) / 60 for feed_id in ids]
    assert 59 <= waits[0] <= 66
    assert 299 <= waits[1] <= 330
    assert 179 <= waits[2] <= 198


@pytest.mark.parametrize("how", ["stop", "eof", "SIGTERM", "SIGINT"])
def test_asked_to_stop_it_ends_soon_and_cleanly(home: Home, web: Web, how: str) -> None:
    good = web.put("/good", rss("Good", 3))
    home.follow(good, web.put("/hang", behave="hang", host=2))
    with home.start({"do": "refresh", "feeds": None, "all": False}) as worker:
        worker.until("feed")
        started = time.monotonic()
        if how == "stop":
            worker.tell({"do": "stop"})
        elif how == "eof":
            worker.hang_up()
        else:
            worker.process.send_signal(getattr(signal, how))
        events = worker.finish()
    assert time.monotonic() - started < 3
    assert last(events) == {"checked": 1, "new": 3, "changed": 0, "failed": 0, "stopped": True}
    assert len(home.titles()) == 3


def test_when_nobody_listens_any_more_it_ends(home: Home, web: Web) -> None:
    home.follow(*(web.put("/feed", rss(f"N{host}", 3), host=host, delay=host / 10) for host in range(1, 6)))
    home.follow(web.put("/hang", behave="hang"))
    with home.start({"do": "refresh", "feeds": None, "all": False}) as worker:
        worker.until("started")
        assert worker.process.stdout
        worker.process.stdout.close()
        assert worker.process.wait(10) == 0


def test_a_second_refresh_waits_for_the_first(home: Home, web: Web) -> None:
    home.follow(web.put("/feed", rss("News", 3), delay=1.0))
    order = {"do": "refresh", "feeds": None, "all": False}
    with home.start(order) as first:
        first.until("started")
        with home.start(order) as second:
            assert second.until("waiting")["message"] == "Another refresh is under way"
            assert last(first.finish())["new"] == 3
            assert last(second.finish())["checked"] == 0
    assert len(web.asked("/feed")) == 1


def test_one_that_waits_can_be_stopped(home: Home, web: Web) -> None:
    home.follow(web.put("/feed", rss("News", 3), delay=2.0))
    order = {"do": "refresh", "feeds": None, "all": False}
    with home.start(order) as first:
        first.until("started")
        with home.start(order) as second:
            second.until("waiting")
            second.tell({"do": "stop"})
            assert last(second.finish())["stopped"] is True
        first.tell({"do": "stop"})
        first.finish()


def test_a_library_that_cannot_be_written_is_a_problem_in_one_line(home: Home) -> None:
    (home.place / "reader.db").mkdir()
    with home.start({"do": "refresh", "feeds": None, "all": False}) as worker:
        (problem,) = worker.finish(code=1)
    assert problem["event"] == "problem"
    assert "reader.db" in problem["message"]


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ("no json", "does not understand its order"),
        ("[1]", "does not understand its order"),
        ('{"do": "dance"}', "does not know how to dance"),
        ("", "was told nothing"),
    ],
)
def test_orders_that_are_none(home: Home, order: str, words: str) -> None:
    with home.start(order) as worker:
        (problem,) = worker.finish(code=1)
    assert problem["event"] == "problem"
    assert words in problem["message"]


def test_a_config_that_is_no_toml_is_a_problem(home: Home) -> None:
    home.configure("what = = this")
    with home.start({"do": "refresh", "feeds": None, "all": False}) as worker:
        (problem,) = worker.finish(code=1)
    assert "config.toml" in problem["message"]


def test_a_feed_that_is_removed_while_it_is_asked_stays_out_of_sight(home: Home, web: Web) -> None:
    (feed_id,) = home.follow(web.put("/feed", rss("News", 3), delay=0.5))
    with home.start({"do": "refresh", "feeds": None, "all": False}) as worker:
        worker.until("started")
        with transaction(home.connection):
            feeds.remove(home.connection, feed_id, 1)
        worker.finish()
    assert home.connection.value("SELECT count(*) FROM articles WHERE is_hidden = 0") == 0


def test_an_address_of_no_known_kind_is_a_failure_in_words(home: Home) -> None:
    home.follow("exec:rm -rf", "../secret.txt", "file:///etc/passwd")
    events = home.refresh()
    assert {event["message"] for event in named(events, "feed")} == {"Reader cannot follow such an address"}


def test_the_dead_come_last_and_are_not_waited_for_as_long(home: Home, web: Web) -> None:
    home.configure("[fetch]\nparallel = 1\n")
    (dead,) = home.follow(web.put("/dead", behave="hang"))
    home.follow(web.put("/living", rss("News", 1), host=2))
    home.connection.run("INSERT INTO checks (feed_id, result, failures, next_at) VALUES (?, 'failed', 2, 0)", dead)
    started = time.monotonic()
    events = named(home.refresh(), "feed")
    assert [event["outcome"] for event in events] == ["updated", "failed"]
    assert events[1]["message"] == "The server did not answer within 8 s"
    assert time.monotonic() - started < 15
    assert [remote.patience(failures) for failures in range(9)] == [None, None, 8, 8, None, 8, 8, 8, None]
