"""Keys: names, presets, the user's own bindings, and keys that follow one another ("g g").

Textual binds single keys. A binding on a sequence is kept as a binding on its words ("g g"), which no key press ever
fires: so help, footer and remapping treat it like any other, and ``Sequences`` fires it. Decisions are pure; the screen
passes keys in and does what comes out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from functools import lru_cache
from typing import Final

from reader.tui.actions import ACTIONS, BY_ID
from reader.tui.presets import PRESETS

_NAMES = {
    "hyphen_minus": "minus",
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "plus_sign": "plus",
    "low_line": "underscore",
}
_SPELLINGS = {
    "return": "enter",
    "esc": "escape",
    "pgdn": "pagedown",
    "pgup": "pageup",
    "page_down": "pagedown",
    "page_up": "pageup",
    "del": "delete",
    "spacebar": "space",
}
_MODIFIERS = ("ctrl", "alt", "shift", "super")
_SHOWN = {
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "space": "space",
    "home": "Home",
    "end": "End",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "delete": "Del",
    "insert": "Ins",
    "backspace": "Backspace",
}
_ARROWS = {"up": "↑", "down": "↓", "left": "←", "right": "→"}
_NAMED = frozenset((*_SHOWN, *_ARROWS, *(f"f{number}" for number in range(1, 13))))
_UNBOUND = "unbound-"


class BadKeyError(ValueError):
    """No such key; the text is a sentence for people."""


def normal(key: str) -> str:
    """A key or sequence as Textual names it: "?" is "question_mark", "0 m" stays. Raises BadKeyError."""
    words = ["space"] if key == " " else key.split()
    if not words:
        raise BadKeyError("a key cannot be empty")
    return " ".join(_normal_one(word) for word in words)


def _normal_one(word: str) -> str:
    if len(word) == 1:
        return _character_name(word)
    *modifiers, last = word.split("+") if word != "+" and not word.endswith("++") else [*word[:-2].split("+"), "+"]
    last = _character_name(last) if len(last) == 1 else _SPELLINGS.get(last.lower(), last.lower())
    modifiers = [modifier.lower() for modifier in modifiers]
    if "ctrl" in modifiers:
        last = last.lower()
    if modifiers == ["shift"] and len(last) == 1 and last.isalpha():
        return last.upper()
    if any(modifier not in _MODIFIERS for modifier in modifiers) or not _is_key(last):
        raise BadKeyError(f"there is no key “{word}”")
    return "+".join([*modifiers, last])


def _character_name(character: str) -> str:
    """The name of a character's key. Raises BadKeyError for what no keyboard has."""
    if character.isalnum():
        return character
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    name = _NAMES.get(name, name)
    if name not in _signs():
        raise BadKeyError(f"there is no key “{character}”" if character.isprintable() else "there is no such key")
    return name


def _is_key(name: str) -> bool:
    return name in _NAMED or (len(name) == 1 and name.isalnum()) or name in _signs()


@lru_cache(maxsize=1)
def _signs() -> dict[str, str]:
    """The signs of Latin keyboards by the names of their keys: "question_mark" is "?"."""
    signs = (chr(code) for code in (*range(0x21, 0x180), *range(0x20A0, 0x20C0)))
    named = ((unicodedata.name(sign, "").lower(), sign) for sign in signs if not sign.isalnum() and sign.isprintable())
    return {_NAMES.get(key := name.replace("-", "_").replace(" ", "_"), key): sign for name, sign in named if name}


def shown(key: str, ascii_only: bool = False) -> str:
    """A key or sequence as people read it: "question_mark" is "?", "pagedown" is "PgDn"; empty for no key."""
    if key.startswith(_UNBOUND):
        return ""
    return " ".join(_shown_one(word, ascii_only) for word in normal(key).split())


def _shown_one(word: str, ascii_only: bool) -> str:
    *modifiers, last = word.split("+")
    if last in _ARROWS and not ascii_only:
        last = _ARROWS[last]
    elif last in _SHOWN:
        last = _SHOWN[last]
    elif len(last) > 1 and last not in _NAMED:
        last = _signs()[last]
    return "+".join([*modifiers, last])


def key_string(action_id: str, keys: Iterable[str]) -> str:
    """Keys as one binding's comma-separated string; a word that no key press sends where there are none."""
    return ",".join(normal(key) for key in keys) or _UNBOUND + action_id


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys in force: of every action, as a keymap for Textual, and the sequences among them."""

    table: Mapping[str, tuple[str, ...]]
    keymap: Mapping[str, str]
    sequences: Mapping[tuple[str, ...], str]
    problems: tuple[str, ...] = ()

    def of(self, action_id: str) -> tuple[str, ...]:
        """An action's keys in Textual's names, the first to be shown first; empty when it has none."""
        return self.table.get(action_id, ())


def resolve(preset: str = "default", overrides: Mapping[str, Iterable[str]] | None = None) -> Keys:
    """The keys of a preset with the user's own over it; mistakes become ``problems`` and change nothing.

    A key that is given to an action is taken from the others, and so is what could no longer be typed beside it: "g g"
    beside a plain "g".
    """
    problems: list[str] = []
    defaults = {action.id: tuple(map(normal, action.keys)) for action in ACTIONS}
    table = dict(defaults)
    if preset not in PRESETS:
        problems.append(_unknown(f"there are no keys named “{preset}”", preset, PRESETS))
    _give(table, {action: tuple(map(normal, keys)) for action, keys in PRESETS.get(preset, {}).items()})
    _give(table, _readable(overrides or {}, problems))
    return Keys(
        table=table,
        keymap={action: key_string(action, keys) for action, keys in table.items() if keys != defaults[action]},
        sequences={tuple(key.split()): action for action, keys in table.items() for key in keys if " " in key},
        problems=tuple(problems),
    )


def _readable(overrides: Mapping[str, Iterable[str]], problems: list[str]) -> dict[str, tuple[str, ...]]:
    """What of the user's own bindings can be followed; one line in ``problems`` for each that cannot."""
    wanted: dict[str, tuple[str, ...]] = {}
    for action, given in overrides.items():
        if action not in BY_ID:
            problems.append(_unknown(f"there is no action “{action}”", action, BY_ID))
            continue
        wanted[action] = ()
        for key in [given] if isinstance(given, str) else given:
            try:
                name = normal(key)
            except BadKeyError as mistake:
                problems.append(f"{action}: {mistake}")
                continue
            taken = next((other for other, keys in wanted.items() if any(_clash(name, key) for key in keys)), None)
            if taken is None:
                wanted[action] += (name,)
            elif name not in wanted[action]:
                problems.append(f"{action}: “{key}” is given to {taken} already")
        if not wanted[action] and given:
            del wanted[action]
    return wanted


def _give(table: dict[str, tuple[str, ...]], wanted: Mapping[str, tuple[str, ...]]) -> None:
    """Put ``wanted`` into the table and take its keys from every other action."""
    given = [key for keys in wanted.values() for key in keys]
    for action, keys in table.items():
        if action not in wanted:
            table[action] = tuple(key for key in keys if not any(_clash(key, other) for other in given))
    table.update(wanted)


def _clash(one: str, other: str) -> bool:
    """Whether two keys are the same, or one begins the other."""
    first, second = one.split(), other.split()
    shorter = min(len(first), len(second))
    return first[:shorter] == second[:shorter]


def _unknown(sentence: str, word: str, among: Iterable[str]) -> str:
    near = get_close_matches(word, list(among), n=1)
    return f"{sentence}; perhaps “{near[0]}”?" if near else sentence


class Waiting(Enum):
    """What a key came to that runs nothing: it began a sequence, or it ended one that is none."""

    PENDING = "pending"
    DROPPED = "dropped"


PENDING: Final = Waiting.PENDING
DROPPED: Final = Waiting.DROPPED


class Sequences:
    """Keys that follow one another. Pass every key press to ``feed`` before the bindings see it."""

    def __init__(self, keys: Keys) -> None:
        self._sequences = keys.sequences
        self._beginnings = {sequence[:length] for sequence in keys.sequences for length in range(1, len(sequence))}
        self._typed: tuple[str, ...] = ()

    @property
    def pending(self) -> str:
        """The keys that wait for the next one, as people read them; empty when none do."""
        return " ".join(shown(key) for key in self._typed)

    def reset(self) -> None:
        """Forget the keys that wait."""
        self._typed = ()

    def feed(self, key: str) -> str | Waiting | None:
        """The id of the action to run, PENDING, DROPPED, or None when the key is not ours and no sequence waits."""
        typed = (*self._typed, key)
        if typed in self._sequences:
            self._typed = ()
            return self._sequences[typed]
        if typed in self._beginnings:
            self._typed = typed
            return PENDING
        waited, self._typed = bool(self._typed), ()
        return DROPPED if waited else None
