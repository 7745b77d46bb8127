"""Widths in cells of a terminal, and cuts that leave what the eye takes for one character whole.

A cluster is a character with what is drawn on or with it: combining marks, a variation selector, joined emoji, the two
letters of a flag. The sum of the clusters' widths is the width of the text, as ``rich.cells`` counts it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# Scripts and signs whose characters all take one cell each, whatever stands beside them.
_NARROW = re.compile(
    "[\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u0531-\u0556\u0561-\u0586\u05d0-\u05ea\u0620-\u064a"
    "\u1e00-\u1fff\u2010-\u2027\u202f-\u205e\u2070-\u209c\u20a0-\u20bf\u2190-\u2199\u2200-\u22ff\u2500-\u25fc]*"
).fullmatch
_FLAG_LETTER = re.compile("[\U0001f1e6-\U0001f1ff]")
_JOINER = "\u200d"
_SELECTOR = "\ufe0f"


@cache
def _measure() -> Callable[[str], int]:
    from rich.cells import cell_len as measure

    return measure


class _Widths(dict[str, int]):
    """The width of single characters, looked up once each."""

    def __missing__(self, char: str) -> int:
        width = self[char] = _measure()(char)
        return width


_WIDTHS = _Widths()


def is_narrow(text: str) -> bool:
    """Whether every character takes one cell and stands for itself, so that offsets are cells."""
    return (text.isascii() and text.isprintable()) or _NARROW(text) is not None


def cell_len(text: str) -> int:
    """The width of a text in cells."""
    return len(text) if is_narrow(text) else _measure()(text)


def clusters(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, int]]:
    """The clusters of a part of a text in order: where each starts and ends, and its width in cells."""
    end = len(text) if end is None else end
    while start < end:
        stop = _cluster_end(text, start, end)
        yield start, stop, _WIDTHS[text[start]] if stop == start + 1 else _measure()(text[start:stop])
        start = stop


def char_widths(text: str) -> list[int] | None:
    """The width of each character where each stands for itself; nothing where some belong together."""
    widths = [_WIDTHS[char] for char in text]
    return None if 0 in widths or _FLAG_LETTER.search(text) else widths


def _cluster_end(text: str, start: int, end: int) -> int:
    """Where the cluster ends that starts at ``start``."""
    at = start
    joined = text[at] == _JOINER
    flag = _FLAG_LETTER.match(text[at])
    at += 1
    while at < end:
        char = text[at]
        if char == _JOINER:
            joined = True
        elif joined or char == _SELECTOR or not _WIDTHS[char]:
            joined = False
        elif flag and at == start + 1 and _FLAG_LETTER.match(char):
            flag = None
        else:
            break
        at += 1
    return at


def split(text: str, width: int) -> tuple[str, str]:
    """A text in two, the first as long as fits into ``width`` cells."""
    if is_narrow(text):
        return text[: max(0, width)], text[max(0, width) :]
    used = 0
    for start, _, cells in clusters(text):
        used += cells
        if used > width:
            return text[:start], text[start:]
    return text, ""


def fit(text: str, width: int, ellipsis: str = "…") -> str:
    """A text that is no wider than ``width`` cells, its end replaced by ``ellipsis`` where it does not fit."""
    if len(text) <= width and is_narrow(text):
        return text
    if cell_len(text) <= width:
        return text
    room = width - cell_len(ellipsis)
    return split(text, room)[0].rstrip() + ellipsis if room >= 0 else split(text, width)[0]


def pad(text: str, width: int) -> str:
    """A text filled up with spaces to ``width`` cells, cut where it is longer."""
    text = split(text, width)[0]
    return text + " " * (width - cell_len(text))
