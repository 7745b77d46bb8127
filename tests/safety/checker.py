"""One strict rule for what may leave the program, written apart from ``reader.text`` and from Unicode's own tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Format characters that are seen, or that belong to the text of a script: signs before Arabic and other numbers.
SEEN = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
JOINERS, DIRECTIONS = frozenset("\u200c\u200d"), frozenset("\u200e\u200f\u061c")
UNSEEN_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
MOST_MARKS = 5
_SELECTOR = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def faults(text: str, *, lines: bool = False) -> list[str]:
    """What of a text must not reach a terminal; ``lines`` allows line ends and tabs."""
    allowed = "\n\t" if lines else ""
    plain = text.replace("\n", "").replace("\t", "") if lines else text
    return [] if plain.isascii() and plain.isprintable() else list(_faults(text, allowed))


def _faults(text: str, allowed: str) -> Iterator[str]:
    from_right = any(unicodedata.bidirectional(char) in ("R", "AL") for char in text if char not in DIRECTIONS)
    marks = 0
    for at, char in enumerate(text):
        before = text[at - 1] if at else ""
        kind = unicodedata.category(char)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        bad = (
            (kind in ("Cc", "Cs", "Zl", "Zp") and char not in allowed)
            or (kind == "Cf" and char not in SEEN | JOINERS | DIRECTIONS)
            or char in UNSEEN_LETTERS
            or (char in DIRECTIONS and not from_right)
            or (char in JOINERS and (not before or before.isascii() or before in JOINERS))
            or (_SELECTOR.match(char) and (not before or before.isalpha() is before.isascii() is True))
            or (_SELECTOR.match(char) and _SELECTOR.match(before))
            or marks > MOST_MARKS
        )
        if bad:
            yield f"U+{ord(char):04X} at {at} of {text[max(0, at - 20) : at + 20]!a}"


def is_safe(text: str, *, lines: bool = False) -> bool:
    """Whether nothing of it is a fault."""
    return not faults(text, lines=lines)
