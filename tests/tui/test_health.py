"""How the feeds do, on the screen: what is wrong is seen, and one key helps."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader import times
from reader.model import Outcome, Result
from reader.store import checks, feeds
from reader.store.records import CheckRecord, Kept
from reader.tui.screens.health import HealthScreen
from tests.library.shelf import Shelf
from tests.tui.reading import NARROW, QUIET, WIDE, Reading, reading
from tests.web import Web, rss
from tests.web import web as web  # noqa: PLC0414

DAY = 86400


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path)
    made.paths.config.write_text(QUIET, "utf-8")
    yield made
    made.connection.close()


def checked(shelf: Shelf, feed_id: int, result: Result, message: str = "", status: int = 200, **kept: str) -> None:
    record = CheckRecord(feed_id, Outcome(result, message, status=status, bytes=1234, ms=56), times.now(), None)
    checks.record(shelf.connection, CheckRecord(feed_id, record.outcome, record.checked_at, None, Kept(**kept)))  # type: ignore[arg-type]


async def opened(person: Reading) -> HealthScreen:
    await person.press("H")
    await person.until(lambda: isinstance(person.app.screen, HealthScreen))
    await person.sees("How the feeds do")
    screen = person.app.screen
    assert isinstance(screen, HealthScreen)
    return screen


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_what_is_wrong_comes_first_with_all_that_is_known(
    shelf: Shelf, tmp_path: Path, size: tuple[int, int]
) -> None:
    well, bad = shelf.feed("Well"), shelf.feed("Refusing")
    checked(shelf, well, Result.NOT_MODIFIED, status=304)
    checked(shelf, bad, Result.UPDATED)
    checked(shelf, bad, Result.FAILED, "403: the server refuses us", 403)
    async with reading(tmp_path, size=size, articles=0) as person:
        await opened(person)
        await person.sees("1 of 2 feeds needs a look", "The site refuses feed readers (403 since ", "403 failed")
        await person.sees("https://example.org/Refusing", "just now", "Enter asks it again", "D remove", "a all")
        assert "304 nothing new" not in person.text()
        await person.press("a", "j")
        await person.sees("is well", "304 nothing new", "Enter looks for news now")
        await person.press("escape")
        await person.until(lambda: not isinstance(person.app.screen, HealthScreen))


async def test_nothing_is_wrong_or_nothing_is_there(shelf: Shelf, tmp_path: Path) -> None:
    async with reading(tmp_path, articles=0) as person:
        await opened(person)
        await person.sees("no feeds yet")
        await person.press("enter", "p", "D", "j", "G", "pagedown", "o")
        await person.press("escape")
        shelf.feed("Harbour")
        await opened(person)
        await person.sees("1 feed, all well", "a lists them all")


async def test_a_feed_is_paused_and_goes_on(shelf: Shelf, tmp_path: Path, web: Web) -> None:
    feed = shelf.feed("Harbour", url=web.put("/feed", rss("Harbour", 2)))
    async with reading(tmp_path, articles=0) as person:
        await opened(person)
        await person.press("a")
        await person.sees("is well")
        await person.press("p")
        await person.sees("Paused since ", "not while it is paused", "Enter asks it again from now on")
        assert feeds.one(shelf.connection, feed).is_paused
        await person.press("enter")
        await person.sees("with the next refresh")
        await person.press("enter")
        await person.until(lambda: feeds.one(shelf.connection, feed).total == 2)
        await person.sees("200 read", "last post")


async def test_a_page_is_left_for_the_feed_that_it_names(shelf: Shelf, tmp_path: Path, web: Web) -> None:
    feed = shelf.feed("Harbour", url=web.put("/old", "<html></html>", type="text/html"))
    new = web.put("/new.xml", rss("Harbour", 3))
    checked(shelf, feed, Result.FAILED, f"The address gives a web page and no feed; the feed it names is {new}",
            found_url=new)  # fmt: skip
    async with reading(tmp_path, articles=0) as person:
        await opened(person)
        await person.sees("Enter follows the new address", "new address")
        await person.press("enter")
        await person.until(lambda: feeds.one(shelf.connection, feed).total == 3)
        assert feeds.one(shelf.connection, feed).url == new
        await person.sees("Moved; following since ", "before", "/old")


async def test_what_is_gone_is_asked_again_or_removed(shelf: Shelf, tmp_path: Path, web: Web) -> None:
    feed = shelf.feed("Harbour", url=web.put("/feed", rss("Harbour", 1)))
    checked(shelf, feed, Result.GONE, "410: the feed is gone for good, says its server", 410)
    async with reading(tmp_path, articles=0) as person:
        await opened(person)
        await person.sees("never, unless you ask for it")
        await person.press("r")
        await person.until(lambda: feeds.one(shelf.connection, feed).total == 1)
        await person.sees("Silent for ")
        await person.press("D")
        await person.sees("no feeds yet")
        await person.press("escape", "u")
        await person.sees("Harbour is back")


async def test_a_feed_is_chosen_with_the_mouse(shelf: Shelf, tmp_path: Path) -> None:
    for name in ("One", "Two", "Three"):
        checked(shelf, shelf.feed(name), Result.FAILED, f"No such host: {name}.example", 0)
    async with reading(tmp_path, articles=0) as person:
        screen = await opened(person)
        await person.sees("3 of 3 feeds need a look", "https://example.org/One")
        await person.pilot.click("HealthRows", offset=(5, 4))
        await person.sees("https://example.org/Two")
        assert screen.query_one("HealthRows").has_focus


async def test_a_lost_feed_is_looked_for_and_found(shelf: Shelf, tmp_path: Path, web: Web) -> None:
    feed = shelf.feed("Harbour", url=web.put("/old.xml", status=404))
    shelf.stories(feed, 2)
    feeds.set_source(shelf.connection, feed, None, web.url("/"), None)
    new, other = web.put("/new.xml", rss("Harbour, new", 3)), web.put("/other.xml", rss("Ferries", 1))
    links = "".join(f"<link rel=alternate type=application/rss+xml href={url}>" for url in (new, other))
    web.put("/", f"<html><head>{links}</head><body>Harbour</body></html>", type="text/html")
    checked(shelf, feed, Result.FAILED, "404: not found", 404)
    async with reading(tmp_path, articles=0) as person:
        await opened(person)
        await person.sees("There is nothing at its address (404 since ", "Enter looks for its new address")
        await person.press("enter")
        await person.sees("Where “Harbour” may be now", "Harbour, new", "Ferries", new)
        await person.press("enter")
        await person.until(lambda: feeds.one(shelf.connection, feed).total == 5)
        assert feeds.one(shelf.connection, feed).url == new


async def test_a_lost_feed_that_is_nowhere(shelf: Shelf, tmp_path: Path, web: Web) -> None:
    feed = shelf.feed("Harbour", url=web.put("/old.xml", status=404))
    checked(shelf, feed, Result.FAILED, "404: not found", 404)
    async with reading(tmp_path, articles=0) as person:
        await opened(person)
        await person.press("enter")
        await person.until(lambda: "404: not found" in person.status())
        assert isinstance(person.app.screen, HealthScreen)


async def test_a_feed_goes_and_its_articles_stay(shelf: Shelf, tmp_path: Path) -> None:
    feed = shelf.feed("Harbour")
    shelf.stories(feed, 3)
    async with reading(tmp_path, articles=0) as person:
        await opened(person)
        await person.press("a")
        await person.sees("Harbour", "K archive")
        await person.press("K")
        await person.sees("no feeds yet")
        await person.press("escape")
        await person.sees("Archive", "story 2", "story 0")
        await person.press("u")
        await person.sees("Harbour is back")
        await person.press("U")
        await person.until(lambda: not person.library.feeds() or person.library.feeds()[0].url == "reader:guide")
        await person.sees("story 2", "story 0")


async def test_a_key_typed_on_the_way_never_meets_the_feed_before(shelf: Shelf, tmp_path: Path) -> None:
    one, two = shelf.feed("One"), shelf.feed("Two")
    for feed in (one, two):
        checked(shelf, feed, Result.FAILED, "No such host: one.example", 0)
    async with reading(tmp_path, articles=0) as person:
        screen = await opened(person)
        await person.sees("2 of 2 feeds need a look", "https://example.org/One")
        screen.action_move(1)
        screen.action_wish("remove")
        await person.sees("https://example.org/Two")
        assert {feed.title for feed in person.library.feeds()} >= {"One", "Two"}
        screen.action_wish("remove")
        screen.action_wish("remove")
        await person.sees("1 of 1 feed needs a look")
        await person.idle()
        assert "One" in {feed.title for feed in person.library.feeds()}


async def test_a_feed_that_moved_to_one_that_is_followed_can_go(shelf: Shelf, tmp_path: Path) -> None:
    new, old = shelf.feed("New", url="https://new.example/feed"), shelf.feed("Old")
    checked(shelf, new, Result.UPDATED)
    checked(shelf, old, Result.MOVED, "The feed has moved", moved_to="https://new.example/feed")
    async with reading(tmp_path, articles=0) as person:
        await opened(person)
        await person.sees("Enter removes it")
        await person.press("enter")
        await person.until(lambda: "Old" not in {feed.title for feed in person.library.feeds()})
