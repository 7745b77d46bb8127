"""Completion of file names while an address or a path is typed. It reads directories: call it on a thread."""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

_LOOKED_AT = 20_000


@dataclass(frozen=True, slots=True)
class Completion:
    """The text with what is certain added to it, and the names that are possible, directories with a slash."""

    text: str
    names: tuple[str, ...]


def target_of(text: str) -> str:
    """What was typed or dropped as the target it means: no spaces around, no quotes, "~" as the home directory."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1]
    return str(Path(text).expanduser()) if text.startswith("~") else text


def complete(text: str) -> Completion:
    """Complete the last name of a path; an address, and a path that is not there, stay as they are, without names."""
    if text == "~":
        return Completion("~/", ())
    if "://" in text or not text:
        return Completion(text, ())
    head, slash, start = _split(text)
    names = sorted(_names(head + slash, start), key=str.casefold)
    if not names:
        return Completion(text, ())
    common = os.path.commonprefix(names)  # noqa: RUF071 - character by character is what is wanted
    if not common.casefold().startswith(start.casefold()):
        common = start
    return Completion(head + slash + common, tuple(names))


def _split(text: str) -> tuple[str, str, str]:
    """A path as its directory, the slash and the beginning of a name."""
    cut = max(text.rfind(sign) for sign in {"/", os.sep})
    return text[: max(cut, 0)], text[cut] if cut >= 0 else "", text[cut + 1 :]


def _names(directory: str, start: str) -> list[str]:
    """The names in a directory that begin so; hidden ones only when asked for, none that cannot be shown."""
    try:
        with os.scandir(Path(directory).expanduser() if directory else Path()) as entries:
            seen = [entry for entry in islice(entries, _LOOKED_AT) if entry.name.isprintable()]
            listed = [entry for entry in seen if not entry.name.startswith(".") or start.startswith(".")]
            exact = [entry for entry in listed if entry.name.startswith(start)]
            alike = exact or [entry for entry in listed if entry.name.casefold().startswith(start.casefold())]
            return [entry.name + "/" * entry.is_dir() for entry in alike]
    except (OSError, RuntimeError, ValueError):
        return []  # not there, not ours to read, or no path at all: nothing to complete
