"""Moving about within an article."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.model import Entry, Place
from reader.store import arrivals
from reader.store.database import Database
from reader.store.records import ChangedArticle, NewArticle
from reader.tui.screens.main import MainScreen
from tests import library_maker as maker
from tests.tui.reading import NARROW, QUIET, WIDE, Reading, reading

AT = 1_790_000_000
LONG = "".join(
    f"<p>Paragraph {number} speaks of tides and mills at some length, as one does.</p>" for number in range(60)
)
HTML = (
    '<p>Opening with a note<sup><a href="#n1" id="r1">1</a></sup> and <a href="https://a.example/one">one link</a>, '
    'then <a href="https://b.example/two">another</a>.</p>'
    f"<h2>First part</h2>{LONG}<h2>Second part</h2>{LONG}<h2>Last part</h2><p>The end, with zanzibar.</p>"
    '<p id="n1">The note itself. <a href="#r1">back</a></p>'
)


def story(title: str, html: str, at: int = AT, **more: object) -> NewArticle:
    entry = Entry(title, title, html, "text of it", link=f"https://news.example/{title}", published=at, **more)  # type: ignore[arg-type]
    return NewArticle(entry, at, hash(title), hash(html), 900)


def shelve(home: Path, *stories: NewArticle) -> list[int]:
    """A library of just these; their ids, newest first."""
    connection = Database(maker.place(home).database).connect()
    ids = maker.put(connection, maker.follow(connection, "Tidal Review", (), AT), stories, AT)
    connection.close()
    return ids[::-1]


async def opened(person: Reading, title: str) -> None:
    await person.press("enter")
    await person.page_is(title)


async def test_letters_follow_a_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelve(tmp_path, story("Tides", HTML))
    followed: list[str | None] = []
    monkeypatch.setattr(MainScreen, "open_address", lambda _, address, then=None: followed.append(address))
    async with reading(tmp_path, size=WIDE) as person:
        await opened(person, "Tides")
        await person.press(";")
        await person.sees("sne link", "dnother", "follow a link")
        await person.press("d")
        assert followed == ["https://b.example/two"]
        await person.sees("another")
        await person.press("j")
        await person.until(lambda: person.screen.article.scroll_offset.y == 1)


@pytest.mark.parametrize("key", ["escape", "z", "down"])
async def test_any_other_key_takes_the_letters_away_and_does_nothing_else(tmp_path: Path, key: str) -> None:
    shelve(tmp_path, story("Tides", HTML))
    async with reading(tmp_path, size=NARROW) as person:
        await opened(person, "Tides")
        await person.press(";")
        await person.sees("sne link")
        await person.press(key)
        await person.sees("one link")
        assert person.screen.pane == "article"
        assert person.screen.article.scroll_offset.y == 0


async def test_y_copies_a_link(tmp_path: Path) -> None:
    shelve(tmp_path, story("Tides", HTML))
    async with reading(tmp_path) as person:
        await opened(person, "Tides")
        await person.press(";", "y", "s")
        await person.sees("copied https://a.example/one")
        assert person.app.clipboard == "https://a.example/one"


async def test_an_article_without_links_says_so(tmp_path: Path) -> None:
    shelve(tmp_path, story("Plain", "<p>Nothing to follow.</p>"))
    async with reading(tmp_path) as person:
        await opened(person, "Plain")
        await person.press(";")
        await person.sees("no links are seen here")


async def test_a_footnote_is_followed_and_comes_back(tmp_path: Path) -> None:
    shelve(tmp_path, story("Tides", HTML))
    async with reading(tmp_path, size=WIDE) as person:
        await opened(person, "Tides")
        await person.press("j", "j", ";", "a")
        await person.until(lambda: "The note itself" in person.page())
        await person.press("backspace")
        await person.until(lambda: "Opening with a note" in person.page())
        await person.press("backspace")
        await person.sees("no link within this article")


async def test_from_heading_to_heading(tmp_path: Path) -> None:
    shelve(tmp_path, story("Tides", HTML))
    async with reading(tmp_path) as person:
        await opened(person, "Tides")
        for title in ("First part", "Second part"):
            await person.press("]")
            await person.until(lambda title=title: person.page().splitlines()[0].strip().startswith(title))  # type: ignore[misc]
        await person.press("]")
        await person.until(lambda: "Last part" in person.page())
        await person.press("]")
        await person.sees("no heading below")
        await person.press("[")
        await person.until(lambda: person.page().splitlines()[0].strip().startswith("Second part"))


async def test_find_goes_from_hit_to_hit_and_closes(tmp_path: Path) -> None:
    shelve(tmp_path, story("Tides", HTML))
    async with reading(tmp_path, size=WIDE) as person:
        await opened(person, "Tides")
        height = person.screen.article.size.height
        await person.press("ctrl+f", *"paragraph 7")
        await person.sees("1 of 2")
        await person.until(lambda: "Paragraph 7 speaks" in person.page())
        first = person.screen.article.scroll_offset.y
        await person.press("enter")
        await person.sees("2 of 2")
        await person.until(lambda: person.screen.article.scroll_offset.y > first)
        await person.press("up")
        await person.sees("1 of 2")
        await person.press("escape")
        await person.until(lambda: person.screen.article.size.height == height)
        assert person.screen.pane == "article"
        assert not person.screen.article.overlay
        assert person.library.counts().all == 1


async def test_find_says_when_there_is_nothing(tmp_path: Path) -> None:
    shelve(tmp_path, story("Tides", HTML))
    async with reading(tmp_path, size=NARROW) as person:
        await opened(person, "Tides")
        await person.press("ctrl+f", *"xylophone")
        await person.sees("not in this article")


async def test_what_is_sought_is_found_at_another_width(tmp_path: Path) -> None:
    shelve(tmp_path, story("Tides", HTML))
    async with reading(tmp_path, size=WIDE) as person:
        await opened(person, "Tides")
        await person.press("ctrl+f", *"zanzibar")
        await person.sees("1 of 1")
        person.screen.article.set_measure(40)
        await person.until(lambda: person.screen.article.overlay.hits)
        await person.until(lambda: "zanzibar" in person.page())


async def test_what_an_edit_changed_is_shown_word_by_word(tmp_path: Path) -> None:
    (article,) = shelve(tmp_path, story("Tides", "<p>The council met on Monday and agreed.</p>"))
    connection = Database(maker.place(tmp_path).database).connect()
    for day, when in (("Tuesday", AT + 10_000), ("Friday", AT + 20_000)):
        edited = story("Tides", f"<p>The council met on {day} and agreed.</p>").entry
        arrivals.update(connection, [ChangedArticle(article, edited, hash(day), hash(day), 7)], when)
    connection.close()
    async with reading(tmp_path, size=WIDE) as person:
        await opened(person, "Tides")
        await person.sees("d shows what changed")
        assert "updated" in person.page()
        await person.press("d")
        await person.sees("What changed in the text", "TuesdayFriday")
        await person.press("d")
        await person.sees("MondayTuesday")
        await person.press("d")
        await person.sees("met on Friday")
        assert "What changed in the text" not in person.page()
        await person.press("d", "escape")
        await person.until(lambda: "What changed in the text" not in person.page())
        assert person.screen.pane == "article"


async def test_an_article_that_was_never_edited_says_so(tmp_path: Path) -> None:
    shelve(tmp_path, story("Tides", HTML))
    async with reading(tmp_path) as person:
        await opened(person, "Tides")
        await person.press("d")
        await person.sees("was not changed")


# How far it is read


async def test_one_goes_on_where_one_stopped(tmp_path: Path) -> None:
    _, second = shelve(tmp_path, story("Old", HTML, AT - 100), story("New", HTML))[::-1]
    async with reading(tmp_path, size=WIDE) as person:
        await opened(person, "New")
        await person.press("space", "space")
        await person.until(lambda: person.screen.article.place is not None)
        place = person.screen.article.place
        assert place is not None
        await person.press("J")
        await person.page_is("Old")
        await person.press("K")
        await person.until(lambda: person.screen.article.place == place)
        await person.press("J")
        await person.page_is("Old")
        await person.until(lambda: person.library.place(second) == place)
    async with reading(tmp_path, size=WIDE) as person:
        await person.press("K")
        await person.until(lambda: person.screen.article.place == place)


async def test_what_was_read_to_its_end_begins_at_its_beginning(tmp_path: Path) -> None:
    (article,) = shelve(tmp_path, story("Tides", HTML))
    async with reading(tmp_path, size=WIDE) as person:
        await opened(person, "Tides")
        await person.press("space")
        await person.until(lambda: person.screen.article.place is not None)
        person.screen.remember()
        await person.until(lambda: person.library.place(article) is not None)
        await person.press("G")
        await person.until(lambda: person.screen.article.is_at_end)
        person.screen.remember()
        await person.until(lambda: person.library.place(article) is None)


async def test_a_place_that_the_text_has_no_more_is_no_trouble(tmp_path: Path) -> None:
    (article,) = shelve(tmp_path, story("Tides", "<p>Short now.</p>"))
    connection = Database(maker.place(tmp_path).database).connect()
    connection.run("INSERT INTO places VALUES (?, 5000, 70000, 50, 1)", article)
    connection.close()
    async with reading(tmp_path) as person:
        await opened(person, "Tides")
        await person.sees("Short now.")


FINISHED = QUIET + '[article]\nmark_read = "finished"\n'


async def test_with_the_setting_an_article_is_read_at_its_end(tmp_path: Path) -> None:
    (article,) = shelve(tmp_path, story("Tides", HTML))
    async with reading(tmp_path, size=WIDE, config=FINISHED) as person:
        await opened(person, "Tides")
        await person.press("space")
        await person.until(lambda: person.screen.article.place is not None)
        await person.press("escape")
        await person.idle()
        assert not person.is_read(article)
        await person.press("enter", "G")
        await person.until(lambda: person.is_read(article))


async def test_with_the_setting_a_short_article_is_read_at_once(tmp_path: Path) -> None:
    (article,) = shelve(tmp_path, story("Tides", "<p>Short.</p>"))
    async with reading(tmp_path, size=WIDE, config=FINISHED) as person:
        await person.page_is("Tides")
        await person.idle()
        assert not person.is_read(article)
        await person.press("enter")
        await person.until(lambda: person.is_read(article))


async def test_with_the_setting_going_on_to_another_leaves_it_read(tmp_path: Path) -> None:
    new, old = shelve(tmp_path, story("Old", HTML, AT - 100), story("New", HTML))
    async with reading(tmp_path, size=WIDE, config=FINISHED) as person:
        await opened(person, "New")
        await person.press("n")
        await person.until(lambda: person.screen.opened == old)
        await person.until(lambda: person.is_read(new))
        assert not person.is_read(old)
        await person.press("n")
        await person.sees("everything is read")
        await person.until(lambda: person.is_read(old))


def test_a_place_says_how_far_it_is() -> None:
    assert Place(1, 2).percent == 0


async def test_every_line_is_a_place_to_come_back_to(tmp_path: Path) -> None:
    shelve(tmp_path, story("Tides", HTML))
    async with reading(tmp_path, size=WIDE) as person:
        await opened(person, "Tides")
        page = person.screen.article
        await person.until(lambda: page.body and page.page is not None and len(page.finish()) > 200)
        first = page.virtual_size.height - len(page.body) - 1
        for line in range(first, page.max_scroll_y):
            page.scroll_to(y=line, animate=False)
            place = page.place
            page.go_to(None)
            page.go_to(place)
            assert page.scroll_offset.y == line
