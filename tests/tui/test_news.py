"""What comes in from elsewhere: announced, never under the cursor."""

from pathlib import Path

from reader import times
from reader.model import Mark
from reader.store.database import Database
from reader.tui.screens.news import News
from tests import library_maker as maker
from tests.tui.reading import QUIET, WIDE, reading
from tests.web import Web, rss, web

__all__ = ["web"]


def bring_in(home: Path, count: int) -> None:
    """Let another process put articles into the library."""
    connection = Database(home / "reader.db").connect()
    now = times.now()
    maker.put(
        connection, 1, [maker.story(f"Hot off the press {number}", now - 60 + number) for number in range(count)], now
    )
    connection.close()


async def test_new_articles_are_announced_and_come_in_when_asked(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        await person.press("j", "j", "j")
        here = person.screen.articles.id_here
        bring_in(tmp_path, 3)
        await person.sees("3 new · R to show")
        assert "Hot off the press" not in person.listed()
        assert person.screen.articles.id_here == here
        assert " 43" in person.sidebar()
        await person.press("R")
        await person.sees("Hot off the press 2", "All · 63")
        assert "3 new" not in person.status()


async def test_opening_a_view_anew_brings_them_in(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        bring_in(tmp_path, 2)
        await person.sees("2 new")
        await person.press("2")
        await person.sees("Unread · 42", "Hot off the press 1")


async def test_marks_of_others_show(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        assert "●" in person.listed().splitlines()[0]
        person.library.mark([person.screen.articles.ids[0]], Mark.READ)
        await person.until(lambda: "●" not in person.listed().splitlines()[0])


async def test_a_refresh_shows_its_progress_and_what_it_came_to(tmp_path: Path, web: Web) -> None:
    url = web.put("/news.xml", rss("Wire", 5))
    async with reading(tmp_path, articles=0) as person:
        with person.library.add([url], title="Wire") as job:
            job.wait()
        await person.sees("Wire")
        web.put("/news.xml", rss("Wire", 9))
        await person.sees("All · 5")
        await person.press("R")
        await person.until(lambda: any(isinstance(message, News.Finished) for message in person.messages))
        await person.sees("4 new")
        assert any(isinstance(message, News.Progressed) for message in person.messages)


async def test_stopping_a_refresh(tmp_path: Path, web: Web) -> None:
    url = web.put("/slow.xml", rss("Slow", 2))
    async with reading(tmp_path, articles=0) as person:
        with person.library.add([url]) as job:
            job.wait()
        web.put("/slow.xml", behave="hang")
        await person.sees("Slow")
        await person.press("R")
        await person.sees("ctrl+x stops")
        await person.press("ctrl+x")
        await person.until(lambda: any(isinstance(message, News.Finished) for message in person.messages))
        await person.until(lambda: "stops" not in person.status())


async def test_opening_refreshes_what_is_due_after_the_first_picture(tmp_path: Path, web: Web) -> None:
    url = web.put("/news.xml", rss("Wire", 3))
    async with reading(tmp_path, articles=0) as person:
        with person.library.add([url], fetch=False) as job:
            job.wait()
        assert not web.asked("/news.xml")
    async with reading(tmp_path, articles=0, config="") as person:
        await person.until(lambda: len(person.screen.articles.ids) == 3)
        assert len(web.asked("/news.xml")) == 1


async def test_the_first_run_brings_the_guide(tmp_path: Path) -> None:
    async with reading(tmp_path, articles=0, config="") as person:
        await person.until(lambda: person.screen.articles.ids)
        await person.sees("guide")
        assert person.library.counts().unread == len(person.screen.articles.ids)
        await person.until(lambda: "Well-known feeds" in person.sidebar())
        await person.press("h", "G", "enter")
        await person.until(lambda: type(person.app.screen).__name__ == "OffersScreen")
        await person.press("escape", "l", "space")
        await person.idle()


async def test_paths_of_the_command_line_are_added_and_listed(tmp_path: Path) -> None:
    text = tmp_path / "mills.txt"
    text.write_text("A mill by the sea\n\n\nHARBOUR: The wheel turned twice a day.\nNobody heard it.\n", "utf-8")
    async with reading(tmp_path / "home", paths=(str(text),)) as person:
        await person.sees("A mill by the sea", "· 1")
        await person.page_is("A mill by the sea")
        assert text.read_text("utf-8").startswith("A mill")


async def test_a_path_that_is_not_there_is_said(tmp_path: Path) -> None:
    async with reading(tmp_path / "home", paths=(str(tmp_path / "nowhere.txt"),)) as person:
        await person.until(lambda: "nowhere.txt" in person.status())


async def test_a_mistake_in_the_config_is_one_line(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE, config=QUIET + "[articel]\nwidth = 3\n") as person:
        await person.until(lambda: "articel" in person.status())
