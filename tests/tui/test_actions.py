"""One row for each command, and everything follows from the rows."""

from collections import Counter
from pathlib import Path

import pytest

from reader.tui import actions, keys, keytable
from reader.tui.actions import ACTIONS, BY_ID, FOOTER, GROUPS

README = Path(__file__).parents[2] / "README.md"


def test_the_main_screen_has_a_method_for_every_action() -> None:
    from reader.tui.screens.main import MainScreen

    assert [action.id for action in ACTIONS if not callable(getattr(MainScreen, f"action_{action.id}", None))] == []


def test_the_main_screen_has_no_method_that_is_no_action() -> None:
    from textual.screen import Screen

    from reader.tui.screens.main import MainScreen

    ours = {name.removeprefix("action_") for name in dir(MainScreen) if name.startswith("action_")}
    theirs = {name.removeprefix("action_") for name in dir(Screen) if name.startswith("action_")}
    assert ours - theirs - set(BY_ID) == set()


def test_no_key_is_bound_twice_and_none_begins_another() -> None:
    bound = [key for action in ACTIONS for key in map(keys.normal, action.keys)]
    assert len(bound) == len(set(bound))
    assert [(one, two) for one in bound for two in bound if two.startswith(one + " ")] == []


def test_every_row_is_whole() -> None:
    assert len(BY_ID) == len(ACTIONS)
    for action in ACTIONS:
        assert action.id.isidentifier()
        assert action.help.endswith(".")
        assert action.help[0].isupper()
        assert action.group in GROUPS
        assert 0 < len(action.label) <= 16
        assert set(action.where) <= set(actions.ANY)


def test_the_footer_names_actions_that_mean_something_there() -> None:
    for where, named in FOOTER.items():
        assert [each for each in named if not actions.applies(each, where)] == []


def test_an_action_applies_where_its_row_says() -> None:
    assert actions.applies("fold", "feeds")
    assert not actions.applies("fold", "article")
    assert not actions.applies("bookmark", "feeds")
    assert actions.applies("some_action_of_textual", "feeds")


def test_every_binding_can_be_remapped_by_the_id_of_its_action() -> None:
    from textual.binding import Binding

    for binding in actions.bindings():
        assert isinstance(binding, Binding)
        assert binding.id == binding.action
        assert binding.id in BY_ID


def test_hints_show_the_keys_in_force() -> None:
    assert actions.hints("article", keys.resolve())[0] == ("space", "next")
    assert ("B", "bookmark") in actions.hints("list", keys.resolve("default", {"bookmark": "B"}))
    unbound = actions.hints("list", keys.resolve("default", {"bookmark": []}))
    assert "bookmark" not in [label for _, label in unbound]


def test_later_features_are_not_named() -> None:
    assert {key for action in ACTIONS for key in action.keys} & {"t", "v", "S"} == set()


def test_the_table_has_a_row_for_every_action_with_its_keys() -> None:
    rows = keytable.table().splitlines()
    assert len(rows) == len(ACTIONS) + 2
    assert "| `g g` `Home` | `top` | Go to the top. |" in rows
    assert any(row.startswith("| `w` | `offers` |") for row in rows)


def test_the_readme_shows_the_registry() -> None:
    text = README.read_text("utf-8")
    assert keytable.put_into(text) == text, "run: python -m screenshots.make"


def test_a_document_without_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="missing"):
        keytable.put_into("no marks here")


def test_no_part_of_the_screen_hides_what_another_keeps_for_itself() -> None:
    from reader.tui.screens.main import MainScreen

    ours = [each for each in MainScreen.__mro__ if each.__module__.startswith("reader.")]
    private = Counter(
        name for each in ours for name in vars(each) if name.startswith("_") and callable(vars(each)[name])
    )
    assert [name for name, times in private.items() if times > 1 and not name.startswith("__")] == []
