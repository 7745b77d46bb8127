"""The palette: every command by its words, every view and feed by its title."""

from typing import Any

import pytest
from textual.command import CommandPalette
from textual.screen import Screen
from textual.widgets import OptionList

from reader.model import View, ViewKind
from reader.tui import palette
from reader.tui.actions import ACTIONS
from reader.tui.palette import name_of, places, score
from tests.tui.stage import Shelf, Stage, feed, screen_text, until

FEEDS = [
    feed(1, "Harbour Gazette", ("World", "North")),
    feed(2, "[bold]Brackets[/bold] & [@click=app.quit]Sons", ()),
    feed(3, "Mühlen heute", ("World",)),
]


class Desk(Screen[None]):
    """A main screen that writes down what the palette asks of it."""

    pane = "list"

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[View] = []
        self.ran: list[str] = []

    def show_view(self, view: View) -> None:
        self.seen.append(view)

    def action_mark_all_read(self) -> None:
        self.ran.append("mark_all_read")


async def opened(app: Stage, pilot: Any) -> Desk:
    desk = Desk()
    await app.push_screen(desk)
    palette.open_palette(app)
    await until(pilot, lambda: isinstance(app.screen, CommandPalette))
    return desk


async def typed(app: Stage, pilot: Any, words: str, hit: str) -> None:
    for key in words:
        await pilot.press("space" if key == " " else key)
    await until(pilot, lambda: hit in first(app))


def first(app: Stage) -> str:
    commands = [found for found in app.screen.query(OptionList) if found.option_count]
    return str(commands[0].get_option_at_index(0).prompt) if commands else ""


async def test_a_command_is_found_by_its_words_and_run() -> None:
    app = Stage(Shelf(FEEDS))
    async with app.run_test() as pilot:
        desk = await opened(app, pilot)
        await typed(app, pilot, "everything read", "Mark everything that is listed read  A")
        await pilot.press("enter")
        await until(pilot, lambda: desk.ran)
    assert desk.ran == ["mark_all_read"]


async def test_a_command_is_found_by_what_the_keys_and_the_config_call_it() -> None:
    app = Stage(Shelf(FEEDS))
    async with app.run_test() as pilot:
        await opened(app, pilot)
        await typed(app, pilot, "theme", "Choose the colours  T")


async def test_a_feed_is_found_by_its_title_without_accents() -> None:
    app = Stage(Shelf(FEEDS))
    async with app.run_test() as pilot:
        desk = await opened(app, pilot)
        await typed(app, pilot, "muhl", "Go to Mühlen heute")
        await pilot.press("enter")
        await until(pilot, lambda: desk.seen)
    assert desk.seen == [View(ViewKind.FEED, feed_id=3)]


async def test_a_title_is_never_read_as_markup() -> None:
    app = Stage(Shelf(FEEDS))
    async with app.run_test(size=(100, 30)) as pilot:
        desk = await opened(app, pilot)
        await typed(app, pilot, "brack", "Go to [bold]Brackets[/bold] & [@click=app.quit]Sons")
        await until(pilot, lambda: "[bold]Brackets[/bold] & [@click=app.quit]Sons" in screen_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: desk.seen)
    assert desk.seen == [View(ViewKind.FEED, feed_id=2)]


async def test_a_folder_can_be_gone_to() -> None:
    app = Stage(Shelf(FEEDS))
    async with app.run_test() as pilot:
        desk = await opened(app, pilot)
        await typed(app, pilot, "north", "Go to World / North")
        await pilot.press("enter")
        await until(pilot, lambda: desk.seen)
    assert desk.seen == [View(ViewKind.FOLDER, folder=("World", "North"))]


async def test_everything_is_shown_before_anything_is_typed_but_not_every_feed() -> None:
    app = Stage(Shelf(FEEDS))
    async with app.run_test(size=(60, 20)) as pilot:
        await opened(app, pilot)
        await until(pilot, lambda: first(app))
        commands = app.screen.query_one(OptionList)
        await until(pilot, lambda: commands.option_count > 30)
        prompts = [str(option.prompt) for option in commands.options]
        assert any(prompt.startswith("Choose from a few well-known feeds") for prompt in prompts)
        assert "Go to Bookmarks" in prompts
        assert not any("Harbour" in prompt for prompt in prompts)
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, CommandPalette))


def test_no_two_commands_are_called_the_same() -> None:
    names = [name_of(action.id) for action in ACTIONS] + [name for name, _ in places(FEEDS)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("query", ["zzz", "mark zzz", ""])
def test_what_does_not_fit_scores_nothing(query: str) -> None:
    assert score(query, "Mark everything that is listed read") == 0


def test_the_beginning_of_a_word_is_better_than_its_middle() -> None:
    assert score("list", "List everything") > score("list", "Open a playlist") > 0


async def test_five_thousand_feeds_do_not_hold_up_the_screen() -> None:
    app = Stage(Shelf([feed(number, f"Feed number {number}") for number in range(5000)]))
    async with app.run_test() as pilot:
        await opened(app, pilot)
        await typed(app, pilot, "number 4321", "Go to Feed number 4321")
        assert app.screen.query_one(OptionList).option_count < 50
