"""Search while one types, narrowing, and the way back."""

from pathlib import Path

from reader.document.lines import Style
from reader.model import View, ViewKind
from tests.tui.reading import NARROW, WIDE, reading


async def test_answers_come_while_typing(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        await person.press("/")
        await person.sees("search everything")
        await person.press(*"light")
        await person.sees("What the lighthouse keepers wrote down")
        await person.until(lambda: "Ferries return" not in person.listed())
        await person.press(*"house")
        await person.sees("Search · ")


async def test_the_last_paragraph_of_the_last_article_is_found_and_marked(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        await person.press("/", *"zanzib", "enter")
        await person.sees("“zanzib” · 1")
        await person.until(lambda: "zanzibar" in person.page())
        runs = [run for line in person.screen.article._body for run in line.runs if run.style & Style.MATCH]
        assert [run.text for run in runs] == ["zanzibar"]


async def test_escape_goes_back_to_where_one_was(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        await person.press("j", "j", "j")
        before = person.screen.articles.id_here
        await person.press("/", *"bees", "enter")
        await person.sees("“bees” · ")
        await person.press("escape")
        await person.sees("All · 60")
        await person.until(lambda: person.screen.articles.id_here == before)
        await person.press("/", *"bees", "escape")
        await person.sees("All · 60")
        await person.until(lambda: person.screen.articles.id_here == before)


async def test_escape_never_quits(tmp_path: Path) -> None:
    async with reading(tmp_path) as person:
        await person.press(*["escape"] * 5)
        await person.idle()
        assert person.app.is_running


async def test_a_mistake_leaves_the_list_as_it_is(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        await person.press("/", *"bees")
        await person.sees("Bees move into")
        await person.press(*" is:x")
        await person.sees("is:x")
        assert "Bees move into" in person.listed()


async def test_nothing_found_says_so(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        await person.press("/", *"qqqqq")
        await person.sees("Nothing fits these words.")


async def test_narrow_looks_only_in_this_list(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        everywhere = len(person.library.ids(View(ViewKind.SEARCH, query="bees")))
        person.screen.open_view(View(ViewKind.BOOKMARKS))
        await person.sees("Bookmarks · 7")
        await person.press("f")
        await person.sees("only in Bookmarks")
        await person.press(*"fe")
        await person.until(lambda: 0 < len(person.screen.articles.ids) < 7)
        assert all(row.is_bookmarked for row in person.library.rows(person.screen.articles.ids))
        assert everywhere
        await person.press("escape")
        await person.sees("Bookmarks · 7")


async def test_search_in_one_pane(tmp_path: Path) -> None:
    async with reading(tmp_path, size=NARROW) as person:
        await person.press("/", *"typewriter", "enter", "enter")
        await person.sees("The last typewriter repairer", "from DELTA CITY")
        await person.press("escape")
        await person.sees("“typewriter”")
        await person.press("escape")
        await person.sees("All · 60")


async def test_the_best_comes_first_when_that_is_asked_for(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        await person.press("ctrl+o")
        await person.sees("only what is searched")
        await person.press("/", *"tide quay")
        await person.sees("newest first")
        newest = list(person.screen.articles.ids)
        await person.press("ctrl+o")
        await person.sees("best first")
        best = list(person.library.best("tide quay"))
        await person.until(lambda: list(person.screen.articles.ids) == best)
        assert best != newest
        assert sorted(best) == sorted(newest)
        await person.press("backspace")
        await person.until(lambda: person.screen.view.query == "tide qua")
        assert "best first" in person.text()
        await person.press("enter", "B")
        await person.sees("newest first")
        await person.press("escape")
        await person.sees("All · 60")
