"""Words as the search index knows them. Pure.

SQLite's ``unicode61`` splits at everything that is no letter, number or private-use sign, and drops case and accents,
but accents of Latin letters only: those of Greek and Cyrillic ones are dropped here.
It takes a whole run of Han, kana or hangul for one word, so those signs are set apart here, in what is indexed and in
what is asked: a run is then a phrase of its signs. Compatibility forms (full width, ligatures, half-width kana) become
plain ones, and "ß" becomes "ss".
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Written before a feed's number it makes a word that no text holds, as texts lose this sign.
FEED_SIGN = "\ue000"

_SIGNS = (
    "\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3041-\u3096\u3099-\u309f\u30a1-\u30fa"
    "\u30fc-\u30ff\u3105-\u312f\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f"
    "\uac00-\ud7ff\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U000323af"
)
_ACCENTS = re.compile("[\u0300-\u036f]")
_WORD = re.compile(r"[^\W_]+")


@cache
def _sign() -> re.Pattern[str]:
    """A sign that is set apart; compiled on first need, as the screen opens without it."""
    return re.compile(f"([{_SIGNS}])")


@cache
def _plain() -> re.Pattern[str]:
    """English prose as printed, of which the index takes the same words as of its plain form."""
    return re.compile("[\0-\x7f\xa0\u2010-\u2027]*")


def prepared(text: str) -> str:
    """A text as it is given to the index and to its queries."""
    if text.isascii() or _plain().fullmatch(text):
        return text
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    plain = unicodedata.normalize("NFKC", bare).replace(FEED_SIGN, " ")
    return " ".join(_sign().split(plain))


def words(text: str) -> list[str]:
    """The words of a prepared text, as near to ``unicode61`` as telling an empty phrase or a short word needs."""
    return _WORD.findall(text)


def is_sign(word: str) -> bool:
    """Whether a word is one sign of a run, which cannot go on."""
    return _sign().fullmatch(word) is not None


def phrase(text: str) -> str | None:
    """A prepared text as an FTS5 phrase, quoted so that nothing in it is syntax; None if it has no word."""
    return '"' + text.replace('"', " ").replace("\0", " ") + '"' if _WORD.search(text) else None


def feed_word(feed_id: int) -> str:
    """The word under which all articles of a feed are found."""
    return f"{FEED_SIGN}{feed_id}"
