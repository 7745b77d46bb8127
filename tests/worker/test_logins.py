"""Logins in the real worker: typed with an address, there from an earlier version, or of the config."""

import json
from pathlib import Path

import pytest

from reader import paths
from reader.library import Library
from reader.logins import Login, Logins
from reader.paths import Paths
from reader.store import feeds
from tests.web import Web, rss
from tests.web import web as web  # noqa: PLC0414
from tests.worker.running import Event, Home, named
from tests.worker.running import home as home  # noqa: PLC0414

HUSH = "h0sh-h0sh"


def with_login(url: str) -> str:
    return url.replace("//", f"//ann:{HUSH}@")


def logins_of(home: Home) -> Logins:
    return Logins(home.place / "state" / "logins")


def is_told_nowhere(home: Home, events: list[Event]) -> bool:
    """Whether the password stands in no event and in no file but those that only we can read."""
    files = [each for each in home.place.rglob("*") if each.is_file() and each.parent.name != "logins"]
    return HUSH not in json.dumps(events) and not any(HUSH.encode() in each.read_bytes() for each in files)


def test_a_login_that_was_typed_is_kept_apart_and_used(home: Home, web: Web) -> None:
    url = web.put("/feed", rss("News", 2), etag='"1"')
    events = home.add(with_login(url))
    (added,) = named(events, "added")
    assert added["target"] == url
    assert "kept apart from the address" in added["note"]
    assert logins_of(home).find(url) == Login("ann", HUSH)
    assert len(home.titles()) == 2
    home.due_now()
    home.refresh()
    assert all(each.headers["authorization"].startswith("Basic ") for each in web.asked("/feed"))
    assert len(web.asked("/feed")) == 2
    assert is_told_nowhere(home, events)


def test_what_is_not_followed_leaves_no_login(home: Home, web: Web) -> None:
    url = web.put("/feed", status=401)
    events = home.add(with_login(url))
    (refused,) = named(events, "refused")
    assert refused["message"] == f"{url}: 401: the login was refused"
    assert logins_of(home).find(url) is None
    assert is_told_nowhere(home, events)


@pytest.mark.parametrize("words", [f"http://ann:{HUSH}@exa mple/", f"ann:{HUSH}@", f"ftp://ann:{HUSH}@example.org/"])
def test_what_cannot_be_added_is_told_without_its_login(home: Home, words: str) -> None:
    events = home.add(words)
    assert len(named(events, "refused")) == 1
    assert is_told_nowhere(home, events)


def test_a_page_gives_its_login_to_its_feed(home: Home, web: Web) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    page = web.put("/", f"<html><head>{link}</head><body>x</body></html>", type="text/html")
    feed = web.put("/feed", rss("News", 1))
    events = home.add(with_login(page))
    assert named(events, "added")
    assert web.asked("/feed")[0].headers["authorization"]
    assert logins_of(home).find(feed) == Login("ann", HUSH)
    assert is_told_nowhere(home, events)


def test_addresses_of_an_earlier_version_are_mended_with_the_next_refresh(home: Home, web: Web) -> None:
    url = web.put("/feed", rss("News", 2))
    home.follow(with_login(url))
    with Library.open(place(home)) as library:
        assert library.feeds()[0].url == url, "it is shown without its login before, too"
        assert HUSH not in library.export_opml()
        assert HUSH not in library.feeds()[0].title
    events = home.refresh()
    assert web.asked("/feed")[0].headers["authorization"]
    assert feeds.with_login(home.connection) == []
    assert logins_of(home).find(url) == Login("ann", HUSH)
    assert len(home.titles()) == 2
    assert HUSH not in json.dumps(events)


def test_the_same_feed_with_and_without_a_login_stays_two(home: Home, web: Web) -> None:
    url = web.put("/feed", rss("News", 2))
    home.follow(url, with_login(url))
    events = home.refresh()
    assert {event["url"] for event in named(events, "feed")} == {url}
    assert len(home.titles()) == 4


def place(home: Home) -> Paths:
    root = home.place
    return Paths(root / "config.toml", root / "reader.db", root / "cache", root / "state")


def test_a_list_brings_its_logins(home: Home, web: Web, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("READER_HOME", str(home.place))
    url = web.put("/feed", rss("News", 2))
    file = tmp_path / "list.opml"
    outline = f'<outline type="rss" text="{with_login(url)}" xmlUrl="{with_login(url)}"/>'
    file.write_text(f'<opml version="2.0"><body>{outline}</body></opml>')
    with Library.open(paths.paths()) as library:
        assert logins_of(home).find(url) is None
        dry = library.import_opml(file, dry_run=True)
        assert logins_of(home).find(url) is None
        done = library.import_opml(file)
        assert [each.url for each in (*dry.added, *done.added)] == [url, url]
        assert "1 login in addresses" in done.notes[0]
        assert HUSH not in repr((dry, done)) + library.export_opml()
    assert logins_of(home).find(url) == Login("ann", HUSH)
    home.refresh()
    assert len(home.titles()) == 2


def test_a_site_of_the_config_is_in_force(home: Home, web: Web, tmp_path: Path) -> None:
    url, other = web.put("/feed", rss("News", 2)), web.put("/feed", rss("Other", 2), host=2)
    secret = tmp_path / "secret"
    secret.write_text(HUSH)
    secret.chmod(0o600)
    home.configure(
        f'[[sites]]\naddress = "{web.url("/")}"\nauth = "bearer"\nsecret_file = "{secret}"\ncookies = {{a = "1"}}\n'
    )
    home.follow(url, other)
    events = home.refresh()
    sent = {each.host: each.headers for each in web.requests}
    assert (sent["127.0.0.1"]["authorization"], sent["127.0.0.1"]["cookie"]) == (f"Bearer {HUSH}", "a=1")
    assert sent["127.0.0.2"].keys().isdisjoint({"authorization", "cookie"})
    assert is_told_nowhere(home, events)


def test_a_secret_that_cannot_be_had_is_told_and_does_not_hide_that_there_is_no_network(home: Home, web: Web) -> None:
    url, other = web.put("/feed", rss("News", 2)), "http://nobody.invalid/feed"
    home.configure(f'[[sites]]\naddress = "{web.url("/")}"\nauth = "bearer"\nsecret_file = "/no/such/file"\n')
    home.follow(url, other)
    said = {event["url"]: event for event in named(home.refresh(), "feed")}
    assert "The file of its secret cannot be read" in said[url]["message"]
    assert said[other]["outcome"] == "offline"
    assert web.requests == []


def test_a_login_that_cannot_be_kept_costs_no_feed_its_news(home: Home, web: Web) -> None:
    old = web.put("/old", status=301, location="/new")
    new = web.put("/new", rss("Moved", 2))
    good = web.put("/good", rss("News", 3), host=2)
    home.follow(old, good)
    logins_of(home).keep(old, Login("ann", HUSH))
    logins_of(home).keep(new, Login("ann", HUSH))
    (kept,) = [each for each in logins_of(home).place.iterdir() if new in each.read_text()]
    kept.unlink()
    kept.mkdir()  # in its place: nothing can be written there
    assert len(named(home.refresh(), "feed")) == 2
    assert len(home.titles()) == 5


def test_a_login_that_is_refused_takes_the_place_of_none(home: Home, web: Web) -> None:
    url = web.put("/feed", rss("News", 2))
    home.add(with_login(url))
    web.put("/feed", status=401)
    (refused,) = named(home.add(url.replace("//", "//ann:wrong@")), "refused")
    assert refused["message"].endswith("the login was refused, and the one before stays")
    assert logins_of(home).find(url) == Login("ann", HUSH)
