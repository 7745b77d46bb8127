"""A guess at the encoding of text that does not say and is not UTF-8.

It weighs the encodings in which such articles are met: it decodes a sample in each and asks which result looks most
like writing. Letters that are common in a language speak for an encoding; letters that stand oddly (a capital or a sign
inside a word, a row of accents, two alphabets in one word) speak against it; common words decide between neighbours.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from reader.parse.alphabets import COMMON, LANGUAGES, SIGNS, WORDS

_SAMPLE = 8192
_HIGH = re.compile(rb"[\x80-\xff]")
_WORD = re.compile(r"[^\W\d_]+")
_CAPITALS = "".join(char for char in map(chr, range(0xC0, 0x250)) if char.isupper())
_ODD = re.compile(rf"[a-z][{_CAPITALS}]|[^\W\d_][^\w\s\x00-\x7f’‘´·—–…][^\W\d_]")

# Python's name, what is written in it, and what speaks for it beforehand.
_CANDIDATES = (
    ("cp1252", "western", 0.12),
    ("iso8859-15", "western", 0.11),
    ("cp1251", "cyrillic", 0.06),
    ("cp1250", "central", 0.02),
    ("iso8859-2", "central", 0.01),
    ("mac_roman", "western", 0.02),
    ("cp1254", "turkish", 0.01),
    ("cp1257", "baltic", 0.0),
    ("cp850", "western", 0.0),
    ("koi8_r", "cyrillic", 0.03),
    ("koi8_u", "cyrillic", 0.02),
    ("iso8859-5", "cyrillic", 0.0),
    ("cp866", "cyrillic", 0.0),
    ("mac_cyrillic", "cyrillic", 0.0),
    ("cp1253", "greek", 0.02),
    ("cp1255", "hebrew", 0.02),
    ("cp1256", "arabic", 0.02),
    ("cp874", "thai", 0.02),
    ("cp932", "japanese", 0.02),
    ("euc_jp", "japanese", 0.02),
    ("gb18030", "simplified", 0.03),
    ("big5hkscs", "traditional", 0.02),
    ("cp949", "korean", 0.02),
)
_WIDE = frozenset(("japanese", "simplified", "traditional", "korean"))


def guess(data: bytes) -> str:
    """Python's name of the likeliest encoding; "cp1252" where nothing speaks for another."""
    sample = _sample(data)
    best, best_score = "cp1252", -9.0
    for codec, script, prior in _CANDIDATES:
        score = _score(sample.decode(codec, "replace"), script) + prior
        if score > best_score:
            best, best_score = codec, score
    return best


def _sample(data: bytes) -> bytes:
    """The first lines that have bytes beyond ASCII."""
    lines: list[bytes] = []
    size = at = 0
    while size < _SAMPLE and (found := _HIGH.search(data, at)):
        start = max(data.rfind(b"\n", 0, found.start()), data.rfind(b"\r", 0, found.start())) + 1
        start = max(start, found.start() - 200)
        ends = [end for end in (data.find(b"\n", found.end()), data.find(b"\r", found.end())) if end >= 0]
        end = min(min(ends, default=len(data)), start + 2048)
        lines.append(data[start:end])
        size += end - start
        at = max(end, found.end())
    return b"\n".join(lines)


def _score(text: str, script: str) -> float:
    """How much a text looks like writing in a script: about 1 for prose in it, below 0 for noise."""
    foreign = Counter(char for char in text if char > "\x7f")
    if not foreign:
        return 0.0
    points = -3.0 * sum(count for char, count in foreign.items() if _is_noise(char))
    if script in LANGUAGES:
        points += max(_share(foreign, letters + SIGNS, -0.5) for letters in LANGUAGES[script]) + _latin_words(text)
    else:
        is_wide = script in _WIDE
        points += _share(foreign, COMMON[script], 0.0 if is_wide else -0.2) + (0.0 if is_wide else _foreign_words(text))
    return points / foreign.total()


def _is_noise(char: str) -> bool:
    """What prose never holds: damage, control characters, private use, narrow katakana."""
    return char == "\ufffd" or "\x80" <= char <= "\x9f" or "\ue000" <= char <= "\uf8ff" or "\uff61" <= char <= "\uff9f"


def _share(foreign: Counter[str], common: str, other: float) -> float:
    """A point for each common character, ``other`` for a letter that is not, one off for a strange sign."""
    points = 0.0
    for char, count in foreign.items():
        if char in common:
            points += count
        elif char != "\xa0":
            points += count * (other if unicodedata.category(char)[0] == "L" else -1.0)
    return points


def _latin_words(text: str) -> float:
    """Points for words that are known, minus points for words that nobody writes."""
    points = -2.0 * len(_ODD.findall(text))
    for word in _WORD.findall(text):
        if word.isascii():
            continue
        if word.lower() in WORDS:
            points += 1.5
        accents = sum(char > "\x7f" for char in word)
        if accents > 2 and accents * 2 > len(word):
            points -= accents
    return points


def _foreign_words(text: str) -> float:
    """Minus points for words that mix alphabets or begin small and go on in capitals, a point for a capital first."""
    points = 0.0
    for word in _WORD.findall(text):
        if word.isascii():
            continue
        mixed = any(char < "\x80" for char in word)
        swapped = len(word) > 1 and word[0].islower() and word[1:].isupper()
        if mixed or swapped:
            points -= len(word)
        elif len(word) == 1:
            points -= 0.3
        elif word[0].isupper() and word[1:].islower():
            points += 1.2  # the capital is as good as a common letter
    return points
