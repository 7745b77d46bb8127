"""Long lists: the first page at once, the rest when somebody wants to see it."""

import asyncio
from pathlib import Path

import pytest

from reader.model import Mark, View, ViewKind
from reader.tui.screens import listing
from tests.tui.reading import ALL, UNREAD, WIDE, Reading, reading

MANY, FIRST = 2300, 1000


@pytest.fixture(scope="module")
def long_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library whose lists are longer than a first page; what a test changes it changes back."""
    return tmp_path_factory.mktemp("long")


@pytest.fixture(autouse=True)
def lists_are_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "WHOLE", 500)


def listed(person: Reading) -> int:
    return len(person.screen.articles.ids)


async def at_top(person: Reading) -> None:
    person.screen.open_view(ALL)
    await person.until(lambda: person.screen.view == ALL and person.screen.articles.ids)
    await person.press("home")
    await person.idle()


async def test_a_long_list_says_how_long_it_is_before_it_is_read(long_home: Path) -> None:
    async with reading(long_home, size=WIDE, articles=MANY) as person:
        await at_top(person)
        assert "All · 2,300" in person.text()
        assert listed(person) == FIRST
        assert person.screen.articles.length > 2 * MANY - 2


async def test_moving_on_reads_on(long_home: Path) -> None:
    async with reading(long_home, size=WIDE, articles=MANY) as person:
        await at_top(person)
        person.screen.articles.move_to(FIRST - 20)
        await person.until(lambda: listed(person) == FIRST + 500)
        assert list(person.screen.articles.ids) == list(person.library.ids(ALL)[: FIRST + 500])
        assert person.screen.articles.cursor == FIRST - 20


async def test_the_bottom_is_the_bottom_of_everything(long_home: Path) -> None:
    async with reading(long_home, size=WIDE, articles=MANY) as person:
        await at_top(person)
        await person.press("G")
        await person.until(lambda: person.screen.articles.cursor == MANY - 1)
        last = person.library.rows(person.library.ids(ALL)[-1:])[0]
        await person.page_is(last.title)
        assert person.screen.listed
        await person.idle()
    async with reading(long_home, size=WIDE) as person:
        # and far down is where one is again
        await person.until(lambda: person.screen.articles.id_here == last.id)
        await person.page_is(last.title)


async def test_all_that_is_listed_is_marked_read_though_it_was_not_read_yet(long_home: Path) -> None:
    async with reading(long_home, size=WIDE, articles=MANY) as person:
        await at_top(person)
        unread = person.library.counts().unread
        await person.press("j", "$", "m")
        await person.sees("u undoes")
        assert person.library.counts().unread in (1, 2)
        await person.press("u")
        await person.until(lambda: person.library.counts().unread == unread)
        await person.until(lambda: "●" in person.listed())


async def test_the_next_unread_article_lies_beyond_what_is_listed(long_home: Path) -> None:
    async with reading(long_home, size=WIDE, articles=MANY) as person:
        ids = person.library.ids(ALL)
        unread = set(person.library.ids(UNREAD))
        person.library.mark(ids[:1800], Mark.READ)
        await at_top(person)
        await person.press("n")
        await person.until(lambda: person.screen.articles.cursor >= 1800)
        assert person.screen.articles.id_here == next(each for each in ids[1800:] if each in unread)
        await person.idle()
        person.library.undo()
        person.library.undo()


async def test_an_undo_in_unread_brings_back_what_is_not_listed(long_home: Path) -> None:
    async with reading(long_home, size=WIDE, articles=MANY) as person:
        await at_top(person)
        unread = person.library.counts().unread
        await person.press("A")
        await person.sees("u undoes")
        await person.press("2")
        await person.sees("Everything is read.")
        await person.press("u")
        await person.until(lambda: "●" in person.listed())
        assert person.library.counts().unread == unread
        assert person.screen.view == View(ViewKind.UNREAD)


async def test_who_waits_for_the_whole_list_gets_it_though_its_first_page_is_read_once_more(long_home: Path) -> None:
    async with reading(long_home, size=WIDE, articles=MANY) as person:
        await at_top(person)
        waiting = asyncio.ensure_future(person.screen.all_listed())
        await asyncio.sleep(0)
        person.screen.list_view(ALL, keep=person.screen.articles.ids[:FIRST])
        assert await waiting
        assert listed(person) == MANY


@pytest.mark.parametrize("key", ["1", "home"])
async def test_a_key_before_the_place_far_down_is_found_again_holds(long_home: Path, key: str) -> None:
    async with reading(long_home, size=WIDE, articles=MANY) as person:
        await at_top(person)
        await person.press("G")
        await person.until(lambda: person.screen.articles.cursor == MANY - 1)
    async with reading(long_home, size=WIDE) as person:
        await person.press(key)
        await person.idle()
        assert person.screen.articles.cursor == 0
