"""How much may come of one document: the bodies of its articles in memory, and how deep its elements may stand."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reader.model import Entry

MOST_UNFOLDED = 170_000_000  # bytes of memory that all bodies may take
MOST_ENTRIES = 100_000
DEEPEST = 3_000
_ELEMENT = re.compile(r"<(/?)[a-zA-Z](?:[^<>]*[^<>/])?(?=>)")

BROKEN_OFF = "The feed breaks off in the middle; only what was whole of it has come in"
NONE_WHOLE = "The feed breaks off before the end of its first article."
TOO_MANY = "The feed holds more than 100,000 articles; those behind them are left out"


class Unfolded(Exception):
    """The bodies of a document come to more than ``MOST_UNFOLDED``."""


def weight(entry: Entry) -> int:
    """How many bytes the bodies of an entry take in memory."""
    return entry.html.__sizeof__() + entry.text.__sizeof__()


def is_too_deep(text: str) -> bool:
    """Whether more than ``DEEPEST`` elements of a document are open at once."""
    return piles(_ELEMENT.findall(text), DEEPEST)


def piles(slashes: Iterable[str], most: int) -> bool:
    """Whether more than ``most`` elements are open at once; ``slashes`` has "/" for an end tag, "" for a start tag."""
    open_now = 0
    for slash in slashes:
        if not slash:
            open_now += 1
            if open_now > most:
                return True
        elif open_now:
            open_now -= 1
    return False
