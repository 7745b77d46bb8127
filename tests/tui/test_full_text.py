"""Full texts on the screen: fetched with a key while one reads on, changed for the feed's and back, set for a feed."""

from pathlib import Path

from reader.library import Library
from reader.model import Kind
from reader.store import bodies, feeds
from reader.store.database import Database
from tests import library_maker as maker
from tests import pages
from tests.tui.reading import MEDIUM, NARROW, WIDE, Reading, reading
from tests.web import Web
from tests.web import web as web  # noqa: PLC0414

HTML = "text/html; charset=utf-8"
TEASER = "Only the beginning stands in the feed, to be sure."


def shelve(home: Path, *links: str | None) -> list[int]:
    """A library with an article for each link, of which the feed has but the beginning; the ids, newest first."""
    where = maker.place(home)
    connection = Database(where.database).connect()
    feed_id = maker.follow(connection, "Harbour Post", (), 1_700_000_000)
    ids: list[int] = []
    for number, link in enumerate(reversed(links)):
        at = 1_700_000_000 + number * 60
        story = maker.story(f"Story {len(links) - number}", at, words=3, text=TEASER)
        ids += maker.put(connection, feed_id, [story], at)
        connection.run("UPDATE articles SET link = ? WHERE id = ?", link, ids[-1])
    connection.close()
    return ids[::-1]


def page(number: int = 0) -> str:
    return pages.page(pages.paragraphs(9, number))


async def opened(person: Reading) -> None:
    await person.press("enter")
    await person.until(lambda: "Only the beginning" in person.text())


async def test_x_fetches_the_page_and_shows_it_in_place(tmp_path: Path, web: Web) -> None:
    (article,) = shelve(tmp_path, web.put("/a", page(), type=HTML))
    async with reading(tmp_path, size=WIDE, articles=0) as person:
        await opened(person)
        assert "feed's text" not in person.page()
        await person.press("x")
        await person.until(lambda: "Part 0" in person.page())
        assert "full text of the page" in person.page()
        assert "x the feed's text" in person.status()
        assert person.library.article(article).is_full
        await person.press("x")
        await person.until(lambda: "Only the beginning" in person.page() and "the feed's text" in person.page())
        assert "Part 0" not in person.page()
        await person.press("x")
        await person.until(lambda: "Part 0" in person.page())
        assert len(web.asked("/a")) == 1


async def test_it_reads_well_in_one_narrow_pane(tmp_path: Path, web: Web) -> None:
    shelve(tmp_path, web.put("/a", page(), type=HTML))
    async with reading(tmp_path, size=NARROW, articles=0) as person:
        await opened(person)
        await person.press("x")
        await person.until(lambda: "full text of the page" in " ".join(person.text().split()))


async def test_why_there_is_none_is_said_below_the_headline_and_the_feeds_text_stays(tmp_path: Path, web: Web) -> None:
    shelve(tmp_path, web.put("/a", page(), type=HTML, status=403))
    async with reading(tmp_path, size=WIDE, articles=0) as person:
        await opened(person)
        await person.press("x")
        await person.until(
            lambda: "No full text: The page cannot be had: the server refuses us (403)." in person.page()
        )
        assert "Only the beginning" in person.page()
        assert "the feed's text stays" in person.status()
        web.put("/a", page(), type=HTML)
        await person.press("x")
        await person.until(lambda: "Part 0" in person.page())
        assert "No full text" not in person.page()


def lengthen(home: Path, article: int) -> None:
    """Have the feed bring a long text for an article."""
    connection = Database(maker.place(home).database).connect()
    html = "".join(f"<p>{TEASER} So it goes on in paragraph {number}.</p>" for number in range(60))
    connection.run("UPDATE contents SET html = ? WHERE article_id = ?", bodies.packed(html), article)
    connection.close()


async def test_where_none_comes_one_reads_on_where_one_is(tmp_path: Path, web: Web) -> None:
    (article,) = shelve(tmp_path, web.put("/a", "", type=HTML, status=403, delay=0.3))
    lengthen(tmp_path, article)
    async with reading(tmp_path, size=WIDE, articles=0) as person:
        await opened(person)
        await person.press("x", "space", "space")
        await person.until(lambda: person.screen.article.place is not None)
        place = person.screen.article.place
        await person.until(lambda: "the feed's text stays" in person.status())
        await person.idle()
        assert person.screen.article.place == place
        await person.press("home")
        await person.until(lambda: "No full text:" in person.page())


async def test_where_none_comes_the_place_in_an_article_that_was_left_stays(tmp_path: Path, web: Web) -> None:
    first, second = shelve(tmp_path, web.put("/a", "", type=HTML, status=403, delay=0.5), None)
    lengthen(tmp_path, first)
    async with reading(tmp_path, size=WIDE, articles=0) as person:
        await opened(person)
        await person.press("x", "space", "space")
        await person.until(lambda: person.screen.article.place is not None)
        place = person.screen.article.place
        await person.press("J")
        await person.until(lambda: person.screen.article.article_id == second)
        await person.until(lambda: "the feed's text stays" in person.status())
        await person.idle()
        assert person.library.place(first) == place


async def test_the_text_that_is_chosen_in_the_list_is_the_one_that_is_opened(tmp_path: Path, web: Web) -> None:
    shelve(tmp_path, web.put("/a", page(), type=HTML))
    async with reading(tmp_path, size=NARROW, articles=0) as person:
        await opened(person)
        await person.press("x")
        await person.sees("Part 0")
        await person.press("escape")
        await person.until(lambda: person.screen.pane == "list")
        await person.press("x")
        await person.sees("the feed's text")
        await person.press("enter")
        await person.sees("Only the beginning")


async def test_an_article_without_a_link_has_no_page(tmp_path: Path) -> None:
    shelve(tmp_path, None)
    async with reading(tmp_path, size=MEDIUM, articles=0) as person:
        await opened(person)
        await person.press("x")
        await person.until(lambda: "no link to a page" in person.status())


async def test_one_reads_on_while_a_page_is_on_its_way(tmp_path: Path, web: Web) -> None:
    first, second = shelve(tmp_path, web.put("/a", page(), type=HTML, behave="hang"), web.put("/b", page(3), type=HTML))
    async with reading(tmp_path, size=WIDE, articles=0) as person:
        await opened(person)
        await person.press("x")
        await person.until(lambda: web.asked("/a"))
        assert "fetching the page" in person.status()
        assert "ctrl+x stops" in person.status()
        await person.press("x")
        await person.until(lambda: "on its way" in person.status())
        await person.press("J")
        await person.until(lambda: person.screen.article.article_id == second)
        await person.press("ctrl+x")
        await person.until(lambda: "fetching" not in person.status())
        await person.press("x")
        await person.until(lambda: "Part 3" in person.page())
        assert person.library.full_text(first) is None


async def test_what_comes_for_an_article_that_was_left_is_said_by_its_name(tmp_path: Path, web: Web) -> None:
    first, second = shelve(tmp_path, web.put("/a", page(), type=HTML, delay=0.5), web.put("/b", page(3), type=HTML))
    async with reading(tmp_path, size=WIDE, articles=0) as person:
        await opened(person)
        await person.press("x", "J")
        await person.until(lambda: person.screen.article.article_id == second)
        await person.until(lambda: "Story 1: full text of the page" in person.status())
        assert "Part" not in person.page()
        await person.press("K")
        await person.until(lambda: person.screen.article.article_id == first and "Part 0" in person.page())


async def test_a_page_can_be_fetched_during_a_refresh(tmp_path: Path, web: Web) -> None:
    shelve(tmp_path, web.put("/a", page(), type=HTML))
    connection = Database(maker.place(tmp_path).database).connect()
    feeds.add(connection, web.put("/slow.xml", "", behave="hang"), Kind.FEED, "Slow", (), 0)
    connection.close()
    async with reading(tmp_path, size=WIDE, articles=0) as person:
        await opened(person)
        await person.press("1", "R")
        await person.until(lambda: web.asked("/slow.xml"))
        await person.press("enter", "x")
        await person.until(lambda: "Part 0" in person.page())
        await person.press("ctrl+x")
        await person.until(lambda: "refreshing" not in person.status())


async def test_the_setting_of_a_feed(tmp_path: Path) -> None:
    shelve(tmp_path, "https://example.org/a")
    async with reading(tmp_path, size=WIDE, articles=0) as person:

        def is_full(library: Library) -> bool:
            return any(feed.is_full for feed in library.feeds())

        await opened(person)
        await person.press("X")
        await person.until(lambda: "Harbour Post: the pages of its articles are fetched" in person.status())
        assert is_full(person.library)
        await person.press("X")
        await person.until(lambda: "no longer fetched" in person.status())
        assert not is_full(person.library)


async def test_the_setting_where_no_feed_is(tmp_path: Path) -> None:
    async with reading(tmp_path, size=MEDIUM, articles=0, config="[refresh]\non_open = false\n") as person:
        await person.press("x", "X")
        await person.until(lambda: "stand on a feed" in person.status())


async def test_where_a_feed_brings_no_text_the_page_says_what_to_do(tmp_path: Path, web: Web) -> None:
    where = maker.place(tmp_path)
    (article,) = shelve(tmp_path, web.put("/a", page(), type=HTML))
    connection = Database(where.database).connect()
    connection.run("UPDATE contents SET html = ?", bodies.packed(""))
    connection.close()
    async with reading(tmp_path, size=WIDE, articles=0) as person:
        await person.press("enter")
        await person.until(lambda: "x fetches its page" in person.page())
        await person.press("x")
        await person.until(lambda: "Part 0" in person.page())
        assert "No text came" not in person.page()
        assert person.library.article(article).is_full


async def test_one_comes_back_to_where_one_was_in_either_text(tmp_path: Path, web: Web) -> None:
    (article,) = shelve(tmp_path, web.put("/a", pages.page(pages.paragraphs(40)), type=HTML))
    async with reading(tmp_path, size=MEDIUM, articles=0) as person:
        await opened(person)
        await person.press("x")
        await person.until(lambda: "Part 0" in person.page())
        await person.press("space", "space")
        await person.until(lambda: "Part 0" not in person.page() and "Part" in person.page())
        top = person.screen.article.place
        await person.press("x")
        await person.until(lambda: "Only the beginning" in person.page())
        await person.press("x")
        await person.until(lambda: "Part" in person.page())
        assert person.screen.article.place == top
        await person.until(lambda: person.library.place(article) == top)


async def test_pages_come_with_a_refresh_where_the_feed_is_read_in_full(tmp_path: Path, web: Web) -> None:
    link = web.put("/a", page(), type=HTML, delay=0.5)
    item = f"<item><title>Story</title><link>{link}</link><guid>1</guid><description>{TEASER}</description></item>"
    url = web.put("/feed.xml", f"<rss version='2.0'><channel><title>Harbour</title>{item}</channel></rss>")
    connection = Database(maker.place(tmp_path).database).connect()
    feed_id, _ = feeds.add(connection, url, Kind.FEED, None, (), 0)
    feeds.set_full(connection, feed_id, True)
    connection.close()
    async with reading(tmp_path, size=WIDE, articles=0) as person:
        await person.press("R")
        await person.until(lambda: "fetching pages 0 of 1" in person.status())
        await person.until(lambda: "1 new article" in person.status())
        await person.press("enter")
        await person.until(lambda: "Part 0" in person.page() and "full text of the page" in person.page())
