"""How texts lie on the disk: compressed, and the summary that is kept beside them. Pure.

ISA-L packs a body in half of zlib's time or less, and to within two per cent of its best. What it writes is a zlib
stream like any other; zlib itself does the work where it is not installed, and all of the reading.
"""

from __future__ import annotations

import re
import sys
import zlib
from array import array
from collections.abc import Callable
from functools import cache, partial

from reader.errors import Damaged

SUMMARY_LENGTH = 280
_WITHIN_WORDS = re.compile("</?(?:a|em|strong|code|s|sub|sup|mark|abbr|kbd)(?: [^>]*)?>")
_TAG = re.compile("<[^>]*>")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s)|[。！？][」』”）]*")


def packed(text: str) -> bytes:
    """A text as a zlib stream of its UTF-8."""
    return _compress()(text.encode())


@cache
def _compress() -> Callable[[bytes], bytes]:
    """Looked for when something is to be packed: the screen only reads."""
    try:
        from isal import isal_zlib
    except ImportError:
        return partial(zlib.compress, level=6)
    return partial(isal_zlib.compress, level=3)


def unpacked(stream: bytes) -> str:
    """The text that ``packed`` wrote. Raises Damaged."""
    return _inflated(stream).decode()


def readable(stream: bytes) -> str | None:
    """The text that ``packed`` wrote, None where it is damaged: for those whose work must not end with one text."""
    try:
        return unpacked(stream)
    except Damaged:
        return None


def packed_ids(ids: array[int]) -> bytes:
    """Ids as a zlib stream of 64-bit little-endian numbers."""
    return zlib.compress(_little_endian(ids).tobytes(), 1)


def unpacked_ids(stream: bytes) -> array[int]:
    """The ids that ``packed_ids`` wrote. Raises Damaged."""
    ids = array("q")
    ids.frombytes(_inflated(stream))
    return _little_endian(ids)


def summary(text: str, limit: int = SUMMARY_LENGTH) -> str:
    """The first sentences of a body, which is clean, as one line; whole ones where they fit."""
    line = " ".join(text[: limit * 2].split())
    if len(line) <= limit:
        line = " ".join(text[: limit * 4].split())  # much of it was space
    if len(line) <= limit:
        return line
    ends = [found.end() for found in _SENTENCE_END.finditer(line, 0, limit + 1) if found.end() <= limit]
    if ends and ends[-1] >= limit // 3:
        return line[: ends[-1]]
    cut = line.rfind(" ", limit // 2, limit)
    return line[: cut if cut > 0 else limit - 1] + "…"


def spelled(html: str) -> str:
    """The words of a body in our HTML subset, for the search index and for comparing."""
    from html import unescape  # the table of all names is none of the screen's start

    return unescape(_TAG.sub(" ", _WITHIN_WORDS.sub("", html)))


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error as problem:
        raise Damaged("A text in the library is damaged", "to mend it: reader doctor --fix") from problem


def _little_endian(ids: array[int]) -> array[int]:
    if sys.byteorder == "little":
        return ids
    turned = array("q", ids)
    turned.byteswap()
    return turned
