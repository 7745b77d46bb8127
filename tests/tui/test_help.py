"""Help: every key in force, searched while one types."""

import pytest
from rich.cells import cell_len
from textual.widgets import Input, Static

from reader.tui import keys
from reader.tui.actions import ACTIONS
from reader.tui.screens.help import HelpScreen, help_lines
from tests.tui.stage import Stage, screen_text, until


def lines(query: str = "", width: int = 60, bound: keys.Keys | None = None, ascii_only: bool = False) -> list[str]:
    return [line.plain for line in help_lines(bound or keys.resolve(), query, width, ascii_only)]


def test_every_action_is_there_with_its_keys() -> None:
    text = " ".join(" ".join(lines(width=200)).split())
    for action in ACTIONS:
        assert action.help in text
    assert "0 m" in text


@pytest.mark.parametrize("width", [34, 54, 70])
def test_no_line_is_wider_than_the_pane(width: int) -> None:
    assert max(map(cell_len, lines(width=width))) <= width


def test_words_keys_and_groups_are_found() -> None:
    assert [line for line in lines("bookmark", 200) if "Bookmark the article" in line]
    assert not [line for line in lines("bookmark", 200) if "Undo" in line]
    assert [line for line in lines("?", 200) if "Show every key" in line]
    assert [line for line in lines("pgdn", 200) if "page" in line]
    assert len(lines("find", 200)) > 5


def test_nothing_found_is_said() -> None:
    assert lines("xyzzy") == ["No key and no command fits these words."]


def test_the_users_own_keys_are_shown() -> None:
    bound = keys.resolve("default", {"bookmark": ["ctrl+b"], "quit": []})
    assert any(line.startswith("ctrl+b") and "Bookmark" in line for line in lines("", 200, bound))
    assert any(line.startswith("palette") and "Leave" in line for line in lines("", 200, bound))


def test_ascii_terminals_see_ascii() -> None:
    assert all(line.isascii() for line in lines(ascii_only=True))


@pytest.mark.parametrize("size", [(120, 40), (60, 20), (40, 20)])
async def test_it_opens_searches_and_closes_with_esc(size: tuple[int, int]) -> None:
    app = Stage()
    async with app.run_test(size=size) as pilot:
        app.push_screen(HelpScreen(), app.answers.append)
        await until(pilot, lambda: "Go down one row" in screen_text(app))
        assert "Esc close" in screen_text(app)
        await pilot.press(*"bookm")
        await until(pilot, lambda: "Go down one row" not in screen_text(app))
        assert "Bookmark the article" in " ".join(screen_text(app).split())
        await pilot.press("escape")
        await until(pilot, lambda: app.answers)


async def test_the_arrows_and_pages_scroll_what_does_not_fit() -> None:
    app = Stage()
    async with app.run_test(size=(60, 20)) as pilot:
        app.push_screen(HelpScreen())
        await until(pilot, lambda: "Go down one row" in screen_text(app))
        await pilot.press("down", "down", "pagedown")
        await until(pilot, lambda: "Go down one row" not in screen_text(app))
        await pilot.press("pageup", "up", "up")
        await until(pilot, lambda: "Go down one row" in screen_text(app))
        assert app.screen.query_one(Input).value == ""
        assert app.screen.query_one("#lines", Static).size.height > 20
