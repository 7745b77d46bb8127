"""Numbers of list items as their author wants them: figures, letters or Roman numerals."""

from __future__ import annotations

KINDS = frozenset("aAiI")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST = 3999


def numeral(value: int, kind: str) -> str:
    """A number in the kind of HTML's ``<ol type>``; in figures where it has no other form."""
    if kind not in KINDS or not 0 < value <= _MOST:
        return str(value)
    written = _letters(value) if kind in "aA" else _roman(value)
    return written.upper() if kind.isupper() else written


def _letters(value: int) -> str:
    """A number as letters: a to z, then aa, ab and so on."""
    written = ""
    while value:
        value, rest = divmod(value - 1, 26)
        written = chr(ord("a") + rest) + written
    return written


def _roman(value: int) -> str:
    written = ""
    for worth, sign in _ROMAN:
        count, value = divmod(value, worth)
        written += sign * count
    return written
