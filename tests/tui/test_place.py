"""It opens where it was closed."""

from pathlib import Path

import pytest

from reader.model import View, ViewKind
from reader.tui.state import ScreenState, from_json, to_json
from tests.tui.reading import NARROW, WIDE, reading


async def test_view_article_place_and_pane_come_back(tmp_path: Path) -> None:
    async with reading(tmp_path) as person:
        await person.press("2")
        await person.sees("Unread · 40")
        await person.press("j", "j", "j", "j", "j", "enter", "j", "j", "j", "j", "j")
        await person.until(lambda: person.screen.article.place is not None)
        article, place = person.screen.articles.id_here, person.screen.article.place
        await person.idle()
        await person.press("ctrl+c", "ctrl+c")
    async with reading(tmp_path) as person:
        assert person.screen.view == View(ViewKind.UNREAD)
        assert person.screen.pane == "article"
        # what was read is not unread any more: the view is opened anew
        if person.screen.articles.id_here == article:
            await person.until(lambda: person.screen.article.place == place)


async def test_the_place_in_a_read_article_comes_back(tmp_path: Path) -> None:
    async with reading(tmp_path) as person:
        await person.press("j", "enter")
        await person.until(lambda: person.screen.article.article_id == person.screen.articles.id_here)
        await person.press("space")
        await person.until(lambda: person.screen.article.place is not None)
        first = person.page().splitlines()[0]
        await person.idle()
        await person.press("q", "q")
    async with reading(tmp_path) as person:
        await person.until(lambda: person.page().splitlines()[0] == first)


async def test_one_pane_comes_back_on_the_page(tmp_path: Path) -> None:
    async with reading(tmp_path, size=NARROW) as person:
        await person.press("j", "j", "j", "j", "enter")
        await person.sees("from DELTA CITY")
        await person.idle()
    async with reading(tmp_path, size=NARROW) as person:
        await person.sees("from DELTA CITY")
        assert person.screen.is_open


async def test_a_view_that_is_gone_is_no_trouble(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        feed = person.library.feeds()[0]
        person.screen.open_view(View(ViewKind.FEED, feed.id))
        await person.until(lambda: person.screen.view.feed_id == feed.id and person.screen.listed)
        person.screen.remember()
        await person.idle()
        person.library.remove(feed.id)
    async with reading(tmp_path, size=WIDE) as person:
        await person.press("1")
        await person.sees("All · ")


async def test_far_down_a_long_list(tmp_path: Path) -> None:
    async with reading(tmp_path, articles=2500) as person:
        await person.press("G")
        last = person.screen.articles.ids[-1]
        await person.until(lambda: person.screen.article.article_id == last)
        await person.idle()
    async with reading(tmp_path, articles=2500) as person:
        await person.until(lambda: person.screen.articles.id_here == last)
        await person.until(lambda: person.screen.article.article_id == last)


async def test_theme_and_density_come_back(tmp_path: Path) -> None:
    async with reading(tmp_path) as person:
        person.app.theme = "paper"
        await person.press("i")
        await person.pilot.pause()
        person.screen.remember()
        await person.idle()
    async with reading(tmp_path) as person:
        assert person.app.theme == "paper"
        assert person.screen.articles.item_lines == 1


async def test_a_config_that_changed_holds_over_what_was_remembered(tmp_path: Path) -> None:
    async with reading(tmp_path) as person:
        await person.press("i")
        await person.pilot.pause()
        person.screen.remember()
        await person.idle()
    async with reading(
        tmp_path, config='theme = "paper"\n[article]\nwidth = 50\n[refresh]\non_open = false\n'
    ) as person:
        assert person.app.theme == "paper"
        assert person.screen.article.measure == 50
        assert person.screen.articles.item_lines == 1


@pytest.mark.parametrize(
    "value",
    [None, [], "x", {"view": 3}, {"pane": "attic", "measure": "wide"}, {"view": {"kind": "moon"}}, {"place": [1]}],
)
def test_nonsense_is_as_the_first_start(value: object) -> None:
    assert from_json(value) == ScreenState()


def test_the_state_survives_json() -> None:
    state = ScreenState(
        view=View(ViewKind.FOLDER, folder=("World", "North")),
        article=3,
        place=(2, 40),
        folded=("folder:World",),
        zen=True,
    )
    assert from_json(to_json(state) | {"place": [2, 40], "folded": ["folder:World"]}) == state
