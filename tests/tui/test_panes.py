"""What the first picture shows, and how the panes fold."""

from pathlib import Path

import pytest

from tests import library_maker as maker
from tests.tui.reading import MEDIUM, NARROW, WIDE, reading


async def test_three_panes_side_by_side(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        await person.page_is(maker.STRANGE[0])
        assert "Bookmarks" in person.sidebar()
        assert "Ferries return to the outer islands" in person.listed()
        assert "DELTA CITY:" in person.page()


async def test_the_sidebar_slides_over_two_panes(tmp_path: Path) -> None:
    async with reading(tmp_path, size=MEDIUM) as person:
        await person.page_is(maker.STRANGE[0])
        assert "Harbour Post  " not in person.text()
        await person.press("h")
        await person.until(lambda: "Kernel Weekly" in person.sidebar())
        await person.press("l")
        await person.until(lambda: person.screen.pane == "list" and "▾ Linux" not in person.text())


async def test_one_pane_at_a_time(tmp_path: Path) -> None:
    async with reading(tmp_path, size=NARROW) as person:
        assert "Ferries return" in person.text()
        assert "DELTA CITY" not in person.text()
        await person.press("h")
        await person.sees("▾ Linux")
        assert "Ferries return" not in person.text()
        await person.press("l", "enter")
        await person.sees("DELTA CITY")
        assert "Ferries return" not in person.text()
        await person.press("escape")
        await person.sees("Ferries return")


async def test_forty_columns_are_enough(tmp_path: Path) -> None:
    async with reading(tmp_path, size=(40, 20)) as person:
        await person.sees("Ferries return to the outer")
        await person.press("j", "j", "j", "j", "enter")
        await person.sees("DELTA CITY")
        assert all(len(line.rstrip()) <= 40 for line in person.lines())


async def test_folding_follows_the_window(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        await person.page_is(maker.STRANGE[0])
        await person.pilot.resize_terminal(60, 24)
        await person.until(lambda: "DELTA CITY" not in person.text())
        await person.sees("Ferries return")
        await person.pilot.resize_terminal(120, 30)
        await person.sees("Bookmarks", "DELTA CITY", "Ferries return")


async def test_counts_stand_at_the_right_and_folders_sum_up(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        counts = person.library.counts()
        lines = person.sidebar().splitlines()
        assert lines[0].split() == ["▎", "All", str(counts.all)]
        assert lines[1].split() == ["Unread", str(counts.unread)]
        linux = next(line for line in person.sidebar().splitlines() if "Linux" in line)
        unread = sum(counts.feeds[feed.id][0] for feed in person.library.feeds() if feed.folder == ("Linux",))
        assert linux.split()[-1] == str(unread)


async def test_trouble_is_a_sign_with_words_in_the_status_line(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        assert "⚠" in person.sidebar()
        await person.press("h", "G")
        while "⚠" not in person.sidebar().splitlines()[person.screen.feeds.cursor]:
            await person.press("k")
        await person.until(lambda: maker.TROUBLE in person.status())


async def test_an_empty_library_says_what_to_do(tmp_path: Path) -> None:
    async with reading(tmp_path, articles=0) as person:
        await person.sees("Nothing here yet")


@pytest.mark.parametrize("title", maker.STRANGE)
async def test_titles_are_text_and_nothing_else(tmp_path: Path, title: str) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        while (row := person.screen.articles.row()) is None or row.title != title:
            await person.press("j")
        await person.page_is(title)
        assert title in person.listed()
        assert title in person.page()


async def test_every_line_is_as_wide_as_the_screen(tmp_path: Path) -> None:
    from rich.cells import cell_len

    for size in (WIDE, MEDIUM, NARROW):
        async with reading(tmp_path, size=size) as person:
            await person.sees("Ferries return")
            assert {cell_len(line) for line in person.lines()} == {size[0]}


async def test_density_shows_one_line_an_article(tmp_path: Path) -> None:
    async with reading(tmp_path) as person:
        before = person.listed().count("●")
        await person.press("i")
        await person.until(lambda: person.listed().count("●") > before)


async def test_folders_fold_and_stay_folded(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        await person.press("h")
        while (node := person.screen.feeds.node) is None or node.label != "Linux":
            await person.press("j")
        await person.press("F")
        await person.until(lambda: "Kernel Weekly" not in person.sidebar())
        person.screen.remember()
        await person.idle()
    async with reading(tmp_path, size=WIDE) as person:
        assert "▸ Linux" in person.sidebar()
        assert "Kernel Weekly" not in person.sidebar()


async def test_the_cursor_of_the_sidebar_lists_what_it_rests_on(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        await person.press("h", "j", "j", "j")
        await person.sees("Bookmarks · 7")
        await person.press("k", "k")
        await person.sees("Unread · 40")


async def test_zen_shows_only_the_text(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        await person.page_is(maker.STRANGE[0])
        await person.press("z")
        await person.until(lambda: "Bookmarks" not in person.text() and "Ferries return" not in person.text())
        assert "DELTA CITY" in person.text()
        await person.press("escape")
        await person.sees("Bookmarks", "Ferries return")


async def test_the_measure_changes_and_the_place_stays(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        await person.page_is(maker.STRANGE[0])
        await person.press("enter", "j", "j", "j", "j", "j", "j", "j", "j")
        await person.until(lambda: person.screen.article.place is not None)
        place = person.screen.article.place
        assert place is not None
        await person.press("<", "<", "<")
        await person.sees("60 columns of text")
        now = person.screen.article.place
        assert now is not None
        assert now.block == place.block
        assert now.start <= place.start


async def test_the_rule_between_panes_can_be_pulled(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        before = person.screen.feeds.region.width
        await person.pilot.mouse_down("#feeds-rule", offset=(0, 5))
        await person.pilot.hover("#feeds-rule", offset=(10, 5))
        await person.pilot.mouse_up("#feeds-rule", offset=(10, 5))
        await person.until(lambda: person.screen.feeds.region.width > before)
        person.screen.remember()
        await person.idle()
        width = person.screen.feeds.region.width
    async with reading(tmp_path, size=WIDE) as person:
        assert person.screen.feeds.region.width == width


async def test_ascii_terminals_get_ascii_signs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "linux")
    async with reading(tmp_path, size=WIDE) as person:
        await person.sees("* ", "v Linux")
        ours = person.text()
        for title in maker.STRANGE:
            ours = ours.replace(title, "")
        assert not set("●★▾▕│─·…▎") & set(person.sidebar() + person.status())
