"""Colours that can be read, in every theme."""

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from reader.tui import themes
from reader.tui.screens.themes import ThemeScreen
from reader.tui.themes import contrast, defaults
from tests.tui.stage import Stage, until

TEXT = [
    ("ink", "page"),
    ("ink", "cursor-away"),
    ("ink", "dialog"),
    ("cursor-ink", "cursor"),
    ("mark-ink", "mark"),
    ("ink-code", "surface-code"),
]
LESSER = [
    *((name, ground) for name in ("dim", "unread", "trouble", "link") for ground in ("page", "cursor-away", "dialog")),
    *((f"code-{part}", "surface-code") for part in ("comment", "keyword", "string", "number", "name")),
    ("cursor-dim", "cursor"),
    ("cursor-unread", "cursor"),
]
READABLE = [*themes.OURS, *(theme for theme in BUILTIN_THEMES.values() if not theme.ansi)]


def ratio(theme: Theme, one: str, other: str) -> float:
    colours = defaults(theme)
    return contrast(Color.parse(colours[one]), Color.parse(colours[other]))


@pytest.mark.parametrize("theme", READABLE, ids=lambda theme: theme.name)
def test_text_stands_out(theme: Theme) -> None:
    assert [(*pair, ratio(theme, *pair)) for pair in TEXT if ratio(theme, *pair) < 7] == []


@pytest.mark.parametrize("theme", READABLE, ids=lambda theme: theme.name)
def test_dim_text_and_the_accent_can_be_read(theme: Theme) -> None:
    assert [(*pair, ratio(theme, *pair)) for pair in LESSER if ratio(theme, *pair) < 4.5] == []


@pytest.mark.parametrize("theme", themes.OURS, ids=lambda theme: theme.name)
def test_textuals_own_widgets_can_be_read_in_our_themes(theme: Theme) -> None:
    colours = {**theme.to_color_system().generate(), **theme.variables}
    pairs = [
        ("foreground", "background", 7.0),
        ("foreground", "surface", 7.0),
        ("block-cursor-foreground", "block-cursor-background", 7.0),
        ("input-selection-foreground", "input-selection-background", 7.0),
        ("text-muted", "surface", 4.5),
    ]
    for one, other, least in pairs:
        assert contrast(Color.parse(colours[one]), Color.parse(colours[other])) >= least, (one, other)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(Color.parse("#000000"), Color.parse("#ffffff")) == pytest.approx(21)
    assert contrast(Color.parse("#777777"), Color.parse("#ffffff")) == pytest.approx(4.478, abs=0.001)


def test_every_theme_has_every_colour() -> None:
    names = set(defaults(themes.INK))
    assert all(set(defaults(theme)) == names for theme in (*READABLE, *BUILTIN_THEMES.values()))


def test_the_terminals_own_themes_use_only_the_terminals_colours() -> None:
    for name in themes.TERMINAL:
        assert all(value.startswith("ansi_") for value in defaults(BUILTIN_THEMES[name]).values())


async def test_ours_come_first_and_all_of_textuals_follow() -> None:
    app = Stage()
    async with app.run_test():
        names = themes.names(app)
    assert names[:4] == ("ink", "paper", "ansi-dark", "ansi-light")
    assert set(names) == set(app.available_themes)


async def choosing(app: Stage) -> None:
    app.push_screen(ThemeScreen(), app.answers.append)


async def test_the_theme_under_the_cursor_is_seen_at_once_and_kept_with_enter() -> None:
    app = Stage()
    async with app.run_test() as pilot:
        await choosing(app)
        await pilot.press("down")
        await until(pilot, lambda: app.theme == "paper")
        await pilot.press("j")
        await until(pilot, lambda: app.theme == "ansi-dark")
        await pilot.press("k", "enter")
        await until(pilot, lambda: app.answers)
    assert app.answers == ["paper"]
    assert app.theme == "paper"


async def test_esc_puts_the_old_theme_back() -> None:
    app = Stage()
    async with app.run_test() as pilot:
        app.theme = "nord"
        await choosing(app)
        await pilot.press("down", "down", "up")
        await until(pilot, lambda: app.theme != "nord")
        await pilot.press("escape")
        await until(pilot, lambda: app.answers)
    assert app.answers == [None]
    assert app.theme == "nord"


async def test_every_theme_can_be_shown() -> None:
    app = Stage()
    async with app.run_test() as pilot:
        await choosing(app)
        for name in themes.names(app):
            app.theme = name
            await pilot.pause()
            app.export_screenshot()
