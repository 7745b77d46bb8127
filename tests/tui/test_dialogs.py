"""The dialogs in the real app, on a real library, with the real worker."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.screen import ModalScreen

from reader.library import Library
from reader.library.offers import OFFERS
from reader.paths import Paths
from reader.tui.actions import ACTIONS
from reader.tui.app import ReaderApp
from reader.tui.screens.dialog import Added, foot_lines
from reader.tui.screens.offers import OffersScreen
from tests.tui.stage import Stage, screen_text, until

ESSAY = "A field guide to tidal mills\n\nTwice a day the sea climbs into the estuary.\n\nTwice a day it leaves.\n"
OUTSIDE = {"open_browser", "open_browser_quietly", "comments", "quit"}


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    monkeypatch.setenv("READER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    home = tmp_path / "home"
    home.mkdir()
    (home / "config.toml").write_text("[refresh]\non_open = false\n", "utf-8")
    paths = Paths(home / "config.toml", home / "reader.db", home / "cache", home / "state")
    with Library.open(paths) as opened:
        yield opened


@pytest.fixture
def essay(tmp_path: Path) -> Path:
    path = tmp_path / "tidal mills.txt"
    path.write_text(ESSAY, "utf-8")
    return path


def dialog(app: ReaderApp) -> bool:
    return isinstance(app.screen, ModalScreen)


async def type_in(pilot: Any, text: str) -> None:
    for character in text:
        await pilot.press(
            {" ": "space", "/": "slash", ".": "full_stop", "-": "minus", "_": "underscore"}.get(character, character)
        )


async def test_a_file_is_followed_from_the_dialog_and_listed(library: Library, essay: Path) -> None:
    app = ReaderApp(library)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "space next" in screen_text(app))
        await pilot.press("a")
        await until(pilot, lambda: dialog(app))
        await type_in(pilot, str(essay.parent) + "/tid")
        await pilot.press("tab")
        await until(pilot, lambda: "tidal mills.txt" in screen_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: not dialog(app))
        await until(pilot, lambda: "Twice a day it leaves." in screen_text(app))
        assert "A field guide to tidal mills" in screen_text(app)
    assert [feed.folder for feed in library.feeds() if feed.title == "A field guide to tidal mills"] == [("Texts",)]


async def test_a_path_that_is_not_there_is_said_in_the_dialog(library: Library, tmp_path: Path) -> None:
    app = ReaderApp(library)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("a")
        await until(pilot, lambda: dialog(app))
        await type_in(pilot, "/no-such-file.txt")
        await pilot.press("enter")
        await until(pilot, lambda: "there is no such file" in screen_text(app))
        assert dialog(app)
        await pilot.press("escape")
        await until(pilot, lambda: not dialog(app))


async def test_offers_are_kept_by_topic_and_nothing_is_fetched(library: Library) -> None:
    app = Stage(library)
    async with app.run_test(size=(80, 30)) as pilot:
        app.push_screen(OffersScreen(), app.answers.append)
        await until(pilot, lambda: OFFERS[0].title in screen_text(app))
        await pilot.press("space", "enter")
        await until(pilot, lambda: app.answers)
    (feed,) = [feed for feed in library.feeds() if feed.url == OFFERS[0].url]
    assert feed.folder == (OFFERS[0].topic,)
    assert feed.total == 0
    assert app.answers == [Added((feed.id,), "following 1 feed more", fetch=True)]


async def test_the_theme_is_there_again_at_the_next_start(library: Library) -> None:
    app = ReaderApp(library)
    async with app.run_test(size=(60, 20)) as pilot:
        await until(pilot, lambda: "space next" in screen_text(app))
        await pilot.press("T")
        await until(pilot, lambda: dialog(app))
        await pilot.press("down")
        await until(pilot, lambda: app.theme == "paper")
        await pilot.press("enter")
        await until(pilot, lambda: not dialog(app))
    assert ReaderApp(library).theme == "paper"


@pytest.mark.parametrize("size", [(120, 30), (60, 20), (40, 12)])
async def test_every_action_does_no_harm_in_any_pane(library: Library, essay: Path, size: tuple[int, int]) -> None:
    library.add([str(essay)]).wait()
    app = ReaderApp(library)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: "tidal mills" in screen_text(app))
        for pane in ("feeds", "list", "article"):
            for action in ACTIONS:
                if action.id in OUTSIDE or action.id.startswith("refresh"):
                    continue
                app.main.go_to(pane)
                await app.screen.run_action(action.id)
                await pilot.pause()
                while app.screen is not app.main:
                    await pilot.press("escape")
                await pilot.press("escape")
    assert library.feeds()


async def test_pending_keys_are_shown_and_esc_lets_them_go(library: Library, essay: Path) -> None:
    library.add([str(essay)]).wait()
    app = ReaderApp(library)
    async with app.run_test(size=(60, 20)) as pilot:
        await until(pilot, lambda: "tidal mills" in screen_text(app))
        await pilot.press("dollar_sign")
        await until(pilot, lambda: screen_text(app).splitlines()[-1].strip().startswith("$"))
        await pilot.press("escape")
        await until(pilot, lambda: not screen_text(app).splitlines()[-1].strip().startswith("$"))
        await pilot.press("0", "m")
        assert app.is_running


def test_a_key_stays_on_the_line_of_its_words() -> None:
    assert foot_lines("Enter follow   p pause   D remove it", 20) == ["Enter follow", "p pause", "D remove it"]
    assert foot_lines("Enter follow   p pause   D remove it", 40) == ["Enter follow   p pause   D remove it"]
    assert foot_lines("Enter asks it again from now on", 5) == ["Enter asks it again from now on"]
