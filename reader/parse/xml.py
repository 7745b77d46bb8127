"""RSS 0.9x to 2.0, RSS 1.0 (RDF) and Atom 0.3 and 1.0: by the fast lane, else by feedparser.

feedparser forgives what publishers do to XML. Its cleaning and its resolving of addresses in bodies are off (they are
half of its time): bodies are cleaned by ``html`` and resolved there against the base of the field they stand in. It is
not told the document's address either, or the ids of entries would change with it.
"""

from __future__ import annotations

import io
import re
import sys
from dataclasses import replace

from reader.model import ParsedFeed, Unreadable
from reader.parse.bounds import MOST_ENTRIES, NONE_WHOLE, is_too_deep
from reader.parse.entries import RDF, Fields, Reading, get
from reader.parse.flatten import without_crowds
from reader.parse.lane import document
from reader.parse.lane.decline import Declined
from reader.parse.skips import hours_to_skip

_DECLARATION = re.compile(rb"<\?xml[^>]*\?>\s*")
_END_WITHIN = 100_000
_MANY = 20_000
_START = 300_000  # bytes in which it is looked for hours to skip
_LONE = re.compile(r"&(?![#\w])|<(?![a-zA-Z/!?])")
_LONGEST_NAME = 2_000
_LONG_NAME = re.compile(
    r"(<(?:[\w.-]+:)?(?:author|creator|managingEditor|webMaster|name)>[^<]{2000})[^<]*", re.IGNORECASE
)
_HEADERS = {"content-type": "application/xml; charset=utf-8"}
# References to characters that there are not: halves of a surrogate pair, numbers beyond Unicode.
_NONE = r"&#(?:[xX]0*(?:[dD][89a-fA-F][0-9a-fA-F]{2}|[1-9a-fA-F][0-9a-fA-F]{5,})|0*(?:5[5-7]\d{3}|[1-9]\d{6,}));"
_NO_CHARACTER = re.compile(f"{_NONE}(?:{_NONE})*")  # beginning with a constant, which makes the search fast
_NUMBER = re.compile(r"(x?)0*([0-9a-f]+);", re.IGNORECASE)
# Elements that feedparser stumbles over where it does not expect them, and that say nothing of an article.
_STUMBLING = re.compile(r"</?(?:[\w.-]+:)?(?:pos|posList|textinput|category|width|height)\b[^<>]*>", re.IGNORECASE)
_BEGINNING = re.compile(r"<(?:[\w.-]+:)?(?:item|entry)(?=[\s>])", re.IGNORECASE)
_END = re.compile(r"</(?:[\w.-]+:)?(?:item|entry)\s*>", re.IGNORECASE)
_LAST = re.compile(r"</(?:[\w.-]+:)?(?:rss|feed|rdf|channel)\b", re.IGNORECASE)


def read(text: str, url: str, known: frozenset[int] | None = None) -> ParsedFeed | Unreadable:
    """A feed from its decoded text; ``url`` is the base where the document names none, ``known`` as in ``Source``."""
    return read_prepared(prepared(text), url, known)


def read_prepared(document: bytes, url: str, known: frozenset[int] | None = None) -> ParsedFeed | Unreadable:
    """The same of what ``prepared`` made of its text."""
    parsed = _quickly(document, url, known) or _thoroughly(document.decode(), url, known)
    hours = hours_to_skip(document[:_START].decode("utf-8", "ignore"))
    return replace(parsed, skip=hours) if hours and isinstance(parsed, ParsedFeed) else parsed


def quickly(text: str, url: str, known: frozenset[int] | None = None) -> ParsedFeed | Unreadable | None:
    """What the fast lane makes of it, None where it declines."""
    return _quickly(prepared(text), url, known)


def _quickly(data: bytes, url: str, known: frozenset[int] | None) -> ParsedFeed | Unreadable | None:
    try:
        found = document.read(data)
        return _made(found.version, found.feed, found.entries, url, known)
    except Declined:
        return None


def thoroughly(text: str, url: str, known: frozenset[int] | None = None) -> ParsedFeed | Unreadable:
    """What feedparser makes of it."""
    return _thoroughly(prepared(text).decode(), url, known)


def _thoroughly(text: str, url: str, known: frozenset[int] | None) -> ParsedFeed | Unreadable:
    if is_too_deep(text):
        return Unreadable("The document is nested too deeply to read.")
    text = _bearable(text)
    found = _forgiven(text) or _forgiven(_STUMBLING.sub("", text))
    if found is None:
        return Unreadable("The feed is so broken that nothing could be read from it.")
    items = found["entries"]
    if not items and not found.get("version"):
        return Unreadable("The document looks like a feed, but none could be read from it.")
    is_whole = not found.get("bozo") or _is_ended(text[-_END_WITHIN:])
    if not is_whole and _ends_within_entry(text):
        items = items[:-1]
    if not is_whole and not items:
        return Unreadable(NONE_WHOLE)
    version = found.get("version") or ""
    return _made(version, found["feed"], items[:MOST_ENTRIES], url, known, is_whole=is_whole)


def _made(
    version: str,
    feed: Fields,
    items: list[Fields],
    url: str,
    known: frozenset[int] | None,
    *,
    is_whole: bool = True,
) -> ParsedFeed | Unreadable:
    if not items and version in RDF and not get(feed, "title"):
        return Unreadable("The document is RDF, but no feed.")
    return Reading(version, feed, url).feed(items, known, is_whole=is_whole)


def prepared(text: str) -> bytes:
    """In UTF-8, without references to no character and the declaration, as what that says of an encoding is a lie."""
    if "&#" in text:
        text = _NO_CHARACTER.sub(_characters, text)
    return _DECLARATION.sub(b"", text.encode("utf-8", "replace"), count=1)


def _bearable(text: str) -> str:
    """Without what takes feedparser time with the square of its length: many lone signs, names without end."""
    if text.count("&") > _MANY or text.count("<") > _MANY:
        text = _LONE.sub(lambda found: "&lt;" if found[0] == "<" else "&amp;", text)
    return _LONG_NAME.sub(r"\1", without_crowds(text)) if len(text) > _LONGEST_NAME else text


def _parsed(text: str) -> Fields:
    import feedparser

    found: Fields = feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        response_headers=_HEADERS,
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    return found


def _forgiven(text: str) -> Fields | None:
    """What feedparser makes of it; None where it stumbles."""
    try:
        return _parsed(text)
    except (LookupError, TypeError, ValueError):
        return None


def _characters(found: re.Match[str]) -> str:
    """What is meant by a run of references: pairs of surrogates joined, the replacement character for the others."""
    numbers = [int(digits[:8], 16 if x else 10) for x, digits in _NUMBER.findall(found[0])]
    text = "".join(chr(number) if number <= sys.maxunicode else "\ufffd" for number in numbers)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _is_ended(text: str) -> bool:
    """Whether a document's end is there, whatever a server has written behind it."""
    return _last(_LAST, text) > _last(_BEGINNING, text)


def _ends_within_entry(text: str) -> bool:
    return _last(_BEGINNING, text) > _last(_END, text)


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((found.start() for found in pattern.finditer(text)), default=-1)
