"""Preview, opening, and reading on with one key."""

from pathlib import Path

from reader.model import Mark, View, ViewKind
from tests import library_maker as maker
from tests.tui.reading import NARROW, UNREAD, WIDE, reading


async def test_a_preview_marks_nothing(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        for _ in range(6):
            await person.press("j")
        await person.page_is("Small languages")
        await person.idle()
        assert person.library.counts().unread == 40


async def test_opening_marks_read_at_once_and_for_good(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        article = person.screen.articles.id_here
        assert article is not None
        dots = person.listed().count("●")
        await person.press("enter")
        await person.until(lambda: person.listed().count("●") == dots - 1)
        await person.until(lambda: person.is_read(article))
        assert person.screen.pane == "article"


async def test_a_click_opens(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        await person.pilot.click("#articles", offset=(10, 8))
        await person.page_is("Ferries return")
        article = person.screen.articles.id_here
        assert article is not None
        await person.until(lambda: person.is_read(article))


async def test_the_wheel_moves_the_pane_under_the_pointer_and_marks_nothing(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        await person.page_is(maker.STRANGE[0])
        where = person.screen.articles.cursor
        await person.pilot._post_mouse_events([_wheel()], "#articles", offset=(5, 5))
        await person.until(lambda: person.screen.articles.top > 0)
        assert person.screen.articles.cursor == where
        await person.pilot._post_mouse_events([_wheel()], "#article", offset=(5, 5))
        await person.until(lambda: person.screen.article.scroll_offset.y > 0)
        await person.pilot.hover("#articles", offset=(5, 9))
        await person.idle()
        assert person.library.counts().unread == 40


def _wheel() -> type:
    from textual.events import MouseScrollDown

    return MouseScrollDown


async def test_space_pages_and_keeps_two_lines(tmp_path: Path) -> None:
    async with reading(tmp_path) as person:
        await person.page_is(maker.STRANGE[0])
        await person.press("j", "space")
        await person.until(lambda: person.screen.opened == person.screen.articles.id_here)
        await person.until(lambda: person.screen.article.article_id == person.screen.opened)
        last = person.page().splitlines()[-2:]
        await person.press("space")
        await person.until(lambda: person.screen.article.scroll_offset.y > 0)
        first = person.page().splitlines()[:2]
        assert [line.rstrip(" ▕") for line in first] == [line.rstrip(" ▕") for line in last]


async def test_space_reads_everything_across_feeds(tmp_path: Path) -> None:
    async with reading(tmp_path, articles=24) as person:
        feed = person.library.feeds()[0]
        person.screen.open_view(View(ViewKind.FEED, feed.id))
        await person.until(lambda: person.screen.listed and person.screen.view.feed_id == feed.id)
        for _ in range(400):
            await person.press("space")
            if "everything is read" in person.text():
                break
        await person.sees("everything is read")
        await person.idle()
        assert person.library.counts().unread == 0


async def test_next_unread_goes_below_then_from_the_top(tmp_path: Path) -> None:
    async with reading(tmp_path) as person:
        ids = person.screen.articles.ids
        unread = set(person.library.ids(UNREAD))
        await person.press("G", "n")
        await person.until(lambda: person.screen.opened == next(each for each in ids if each in unread))
        await person.press("N")
        last = next(each for each in reversed(ids) if each in unread)
        await person.until(lambda: person.screen.opened == last)


async def test_next_and_previous_article_open(tmp_path: Path) -> None:
    async with reading(tmp_path) as person:
        ids = person.screen.articles.ids
        await person.press("enter", "J")
        await person.until(lambda: person.screen.opened == ids[1])
        await person.press("K")
        await person.until(lambda: person.screen.opened == ids[0])
        await person.press("K")
        await person.sees("this is the first article")


async def test_a_row_that_was_read_stays_in_unread_until_it_is_opened_anew(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        await person.press("2")
        await person.sees("Unread · 40")
        title = maker.STRANGE[0]
        await person.press("enter")
        await person.idle()
        assert title in person.listed()
        await person.press("2")
        await person.until(lambda: title not in person.listed())
        await person.sees("Unread · 39")


async def test_everything_works_in_one_pane(tmp_path: Path) -> None:
    async with reading(tmp_path, size=NARROW) as person:
        await person.press("j", "j", "j", "j", "space")
        await person.sees("Ferries return", "from DELTA")
        await person.press("n")
        await person.sees("Small languages")
        await person.press("b", "escape")
        await person.sees("All · 60")
        await person.until(lambda: "★" in next(line for line in person.lines() if "Small languages" in line))


async def test_moving_by_pages_and_to_the_ends(tmp_path: Path) -> None:
    async with reading(tmp_path) as person:
        rows = person.screen.articles
        await person.press("G")
        assert rows.cursor == 59
        await person.press("g", "g")
        await person.until(lambda: rows.cursor == 0)
        await person.press("pagedown")
        assert rows.cursor == rows.page_items - 1
        await person.press("ctrl+u")
        assert rows.cursor == rows.page_items - 1 - rows.page_items // 2 or rows.cursor < rows.page_items - 1
        await person.press("home")
        assert rows.cursor == 0


async def test_a_key_that_waits_for_another_is_shown(tmp_path: Path) -> None:
    async with reading(tmp_path) as person:
        await person.press("g")
        await person.until(lambda: person.status().strip().startswith("g "))
        await person.press("x")
        await person.until(lambda: not person.status().strip().startswith("g "))


async def test_the_list_reaches_its_end_without_knowing_all_rows(tmp_path: Path) -> None:
    async with reading(tmp_path, articles=1500) as person:
        assert len(person.screen.articles.ids) == 1500
        await person.press("G")
        row = person.library.rows([person.screen.articles.ids[-1]])[0]
        await person.until(lambda: row.title[:20] in person.listed())
        await person.page_is(row.title)


async def test_an_article_that_is_no_more_does_no_harm(tmp_path: Path) -> None:
    async with reading(tmp_path) as person:
        feed = person.library.rows(person.screen.articles.ids[:1])[0].feed_id
        person.library.remove(feed)
        person.library.mark(person.screen.articles.ids[1:2], Mark.BOOKMARKED)
        await person.until(lambda: "removed" in person.listed() or maker.STRANGE[0] not in person.listed())
        await person.press("enter", "b", "m", "j", "n")
        await person.idle()
