"""Names of keys, presets, the user's own bindings, and keys that follow one another."""

import string
from functools import partial
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App
from textual.binding import BindingType
from textual.screen import Screen

from reader.tui import actions, keys
from reader.tui.actions import ACTIONS, BY_ID
from reader.tui.keys import DROPPED, PENDING, BadKeyError, Sequences, normal, resolve, shown
from reader.tui.presets import PRESETS


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("?", "question_mark"),
        ("-", "minus"),
        ("$ m", "dollar_sign m"),
        ("shift+g", "G"),
        ("Ctrl+P", "ctrl+p"),
        ("ctrl++", "ctrl+plus"),
        ("PgDn", "pagedown"),
        ("esc", "escape"),
        (" ", "space"),
        ("g  g", "g g"),
        ("é", "é"),
    ],
)
def test_keys_are_written_as_people_write_them(written: str, name: str) -> None:
    assert normal(written) == name
    assert normal(name) == name


def test_every_sign_of_the_keyboard_has_textuals_name_and_is_shown_as_itself() -> None:
    from textual.keys import _character_to_key

    for sign in string.punctuation + string.ascii_letters + string.digits:
        assert normal(sign) == _character_to_key(sign)
        assert shown(normal(sign)) == sign


@pytest.mark.parametrize("wrong", ["", "foo", "ctrl+", "hyper+x", "ctrl+foo", "\x01", "g foo"])
def test_what_is_no_key_is_said_to_be_none(wrong: str) -> None:
    with pytest.raises(BadKeyError):
        normal(wrong)


@given(st.text(max_size=12))
def test_any_text_is_a_key_or_a_mistake(text: str) -> None:
    try:
        name = normal(text)
    except BadKeyError:
        return
    assert normal(name) == name
    assert shown(name)


def test_arrows_are_words_where_only_ascii_is_known() -> None:
    assert shown("down") == "↓"
    assert shown("down", ascii_only=True) == "down"
    assert shown("unbound-offers") == ""


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_names_actions_and_no_key_twice(preset: str) -> None:
    assert set(PRESETS[preset]) <= set(BY_ID)
    table = resolve(preset).table
    bound = [key for found in table.values() for key in found]
    assert resolve(preset).problems == ()
    assert len(bound) == len(set(bound))
    assert [(one, two) for one in bound for two in bound if two.startswith(one + " ")] == []
    for action in ACTIONS:
        assert table[action.id] or not action.keys, f"{preset} leaves {action.id} without a key"


def test_the_config_knows_the_presets() -> None:
    from pathlib import Path

    from reader.config import read

    for preset in PRESETS:
        assert read({"keys": preset}, Path("config.toml")).problems == ()


def test_the_default_asks_nothing_of_textual() -> None:
    assert resolve().keymap == {}


def test_a_users_key_is_taken_from_the_action_that_had_it() -> None:
    bound = resolve("default", {"next_article": ["b"], "top": "g t"})
    assert bound.of("next_article") == ("b",)
    assert bound.of("bookmark") == ("s",)
    assert bound.of("top") == ("g t",)
    assert bound.sequences[("g", "t")] == "top"
    assert bound.problems == ()


def test_a_key_takes_the_sequences_that_it_would_hide() -> None:
    bound = resolve("default", {"search": "g"})
    assert bound.of("search") == ("g",)
    assert bound.of("top") == ("home",)


def test_an_action_can_be_left_without_keys() -> None:
    bound = resolve("default", {"quit": []})
    assert bound.of("quit") == ()
    assert bound.keymap["quit"] == "unbound-quit"


def test_mistakes_are_told_and_the_rest_holds() -> None:
    bound = resolve("vmi", {"bookmrak": "x", "next_article": ["ctrl+nope"], "undo": "x", "offers": "x", "zen": "Z"})
    assert bound.problems == (
        "there are no keys named “vmi”; perhaps “vim”?",
        "there is no action “bookmrak”; perhaps “bookmark”?",
        "next_article: there is no key “ctrl+nope”",
        "offers: “x” is given to undo already",
    )
    assert bound.of("next_article") == ("J",)
    assert bound.of("undo") == ("x",)
    assert bound.of("offers") == ("w",)
    assert bound.of("zen") == ("Z",)


def test_a_sequence_runs_its_action_after_the_last_key() -> None:
    sequences = Sequences(resolve())
    assert sequences.feed("j") is None
    assert sequences.feed("dollar_sign") is PENDING
    assert sequences.pending == "$"
    assert sequences.feed("m") == "mark_below_read"
    assert sequences.pending == ""


@pytest.mark.parametrize("key", ["escape", "j"])
def test_a_wrong_key_ends_the_wait_and_does_nothing(key: str) -> None:
    sequences = Sequences(resolve())
    assert sequences.feed("g") is PENDING
    assert sequences.feed(key) is DROPPED
    assert sequences.pending == ""
    assert sequences.feed(key) is None


def test_a_wait_can_be_ended_from_outside() -> None:
    sequences = Sequences(resolve())
    sequences.feed("g")
    sequences.reset()
    assert sequences.feed("m") is None


class Pressed(Screen[None]):
    """A screen with our bindings that writes down what they ran."""

    BINDINGS: ClassVar[list[BindingType]] = actions.bindings()

    def __init__(self) -> None:
        super().__init__()
        self.ran: list[str] = []
        for name in BY_ID:
            setattr(self, f"action_{name}", partial(self.ran.append, name))


class Remapped(App[None]):
    """An app with the keys of a preset."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, bound: keys.Keys) -> None:
        super().__init__()
        self.bound = bound
        self.main = Pressed()

    def on_mount(self) -> None:
        self.set_keymap(self.bound.keymap)
        self.push_screen(self.main)


@pytest.mark.parametrize("preset", PRESETS)
async def test_every_single_key_of_a_preset_runs_its_action_in_textual(preset: str) -> None:
    app = Remapped(resolve(preset))
    singles = [(key, name) for name, bound in app.bound.table.items() for key in bound if " " not in key]
    async with app.run_test() as pilot:
        for key, _ in singles:
            await pilot.press(key)
    assert app.main.ran == [name for _, name in singles]
