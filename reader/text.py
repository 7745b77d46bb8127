"""Text from outside made safe: no control characters, no direction overrides, no zero-width tricks.

Everything that comes from a feed, a file, a header or a subscription list passes through here before it is kept.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# C0 and C1 but for tab and newline, bidi embeddings, overrides and isolates, invisible joiners and marks that carry no
# meaning in prose, interlinear annotation, tags, byte order mark, lone surrogates, non-characters. ZWJ and ZWNJ stay:
# emoji, Persian and the scripts of India need them; so do the direction marks LRM, RLM and ALM.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u202a-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
_BREAKS = re.compile("\r\n?|[\x85\u2028\u2029\x0b\x0c]")


def clean(text: str) -> str:
    """Text over several lines without anything that could move a terminal's cursor; composed (NFC), lines end in LF."""
    if text.isascii() and text.isprintable():
        return text
    text = _BREAKS.sub("\n", text)
    text = _UNSAFE.sub("", text)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def clean_line(text: str, limit: int = 2000) -> str:
    """The same as one line of single spaces, at most ``limit`` characters long."""
    line = " ".join(clean(text).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def first_words(text: str, limit: int = 80) -> str:
    """The start of a text as a stand-in for a missing headline, cut between words."""
    line = clean_line(text[: limit * 4])
    if len(line) <= limit:
        return line
    cut = line.rfind(" ", limit // 2, limit)
    return line[: cut if cut > 0 else limit - 1] + "…"


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Text as search compares it: without case and accents."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def plural(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun: "1 article", "1,204 articles"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def size(count: int) -> str:
    """A number of bytes for people: "20 MB", "500 kB"."""
    if count < 1000:
        return f"{count} B"
    if count >= 1_000_000_000:
        return f"{count / 1e9:.3g} GB"
    return f"{count / 1e6:.3g} MB" if count >= 1_000_000 else f"{count / 1e3:.3g} kB"
