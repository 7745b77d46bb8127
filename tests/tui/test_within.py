"""Moving about within an article."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.model import Entry
from reader.store import arrivals
from reader.store.database import Database
from reader.store.records import ChangedArticle, NewArticle
from reader.tui.screens.main import MainScreen
from tests import library_maker as maker
from tests.tui.reading import NARROW, WIDE, Reading, reading

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
        await person.press(";", "y", "a")
        await person.sees("copied https://news.example/Tides#n1")


async def test_letters_stay_when_the_text_is_set_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelve(tmp_path, story("Tides", HTML))
    followed: list[str | None] = []
    monkeypatch.setattr(MainScreen, "open_address", lambda _, address, then=None: followed.append(address))
    async with reading(tmp_path, size=WIDE) as person:
        await opened(person, "Tides")
        await person.press(";")
        await person.sees("sne link")
        person.screen.article.set_measure(40)
        await person.press("s")
        await person.idle()
        if not followed:  # the key came before the letters did: it takes them away, and does nothing else
            assert not person.library.rows([person.screen.articles.ids[0]])[0].is_bookmarked
            await person.press(";")
            await person.sees("sne link")
            person.screen.article.set_measure(50)
            await person.sees("sne link")
            await person.press("s")
        assert followed == ["https://a.example/one"]


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


async def test_find_from_the_search_line_leads_back_to_the_list(tmp_path: Path) -> None:
    shelve(tmp_path, story("Tides", HTML))
    async with reading(tmp_path, size=WIDE) as person:
        await person.page_is("Tides")
        await person.press("/")
        await person.until(lambda: person.screen.pane == "search")
        await person.press("ctrl+f", *"zanzibar")
        await person.sees("1 of 1")
        await person.press("escape")
        await person.until(lambda: person.screen.pane == "list")
        assert not person.screen.is_finding


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
