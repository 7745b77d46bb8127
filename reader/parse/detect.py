"""What a document is, by what is in it: extensions and content types lie too often to decide anything.

Content types only help with the encoding. Bytes that were compressed once too often are unpacked; text before the
document (blank lines, byte order marks, a server's warnings) is cut off.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from enum import Enum

from reader.parse.decode import declared_charset, decode

UNPACKED = 1 << 26

_ANY_CASE = re.IGNORECASE
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", _ANY_CASE)
_LEADING = re.compile("[\\s\0\ufeff\ufffe\u200b]*")
# What may stand before the first element of a document: declarations, comments, a document type with its own subset.
_PROLOGUE = re.compile(
    r"\s+|<\?[^>]*>|<!--.*?-->|<!doctype(?![^\[>]*html)[^\[>]*(?:\[[^\]]*\]\s*)?>", _ANY_CASE | re.DOTALL
)
_ELEMENT = re.compile(r"<(?:[\w.-]+:)?([a-z][\w.-]*)", _ANY_CASE)
_FEED = re.compile(r"(?:<\?xml[^>]*\?>\s*)?<(?:[\w.-]+:)?(?:rss|feed|rdf)(?=[\s>])", _ANY_CASE)
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|div|p|a|h1|script|link|span|table|br|b)\b", _ANY_CASE
)
_ROOTS = frozenset(("rss", "feed", "rdf"))
_FEED_JSON = re.compile(r'"(?:version|items)"\s*:')
_HEAD = 1 << 16

_OTHERS = {
    "opml": "This is a list of feeds (OPML), not a feed; import it instead.",
    "urlset": "This is a sitemap, not a feed.",
    "sitemapindex": "This is a sitemap, not a feed.",
}


class Kind(Enum):
    """What a document turned out to be."""

    XML = "xml"
    JSON = "json"
    HTML = "html"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Detected:
    """A document's kind and its text from where it begins; of OTHER the reason, in a sentence."""

    kind: Kind
    text: str = ""
    reason: str = ""


def detect(data: bytes, content_type: str | None = None) -> Detected:
    """Looks at a document's bytes; ``content_type`` is the HTTP header as received."""
    data = unpack(data)
    text = decode(data, _declared(data, content_type))
    text = text[_LEADING.match(text).end() :]  # type: ignore[union-attr]
    if not text:
        return Detected(Kind.OTHER, reason="The document is empty.")
    if text[0] in "{[":
        return _json(text)
    return _markup(text)


def unpack(data: bytes) -> bytes:
    """Bytes that are still packed by gzip, unpacked up to ``UNPACKED``; others as they are."""
    for _ in range(2):
        if not data.startswith(b"\x1f\x8b"):
            break
        try:
            data = zlib.decompressobj(31).decompress(data, UNPACKED)
        except zlib.error:
            break
    return data


def _declared(data: bytes, content_type: str | None) -> str | None:
    """The generator's word before the server's, but for UTF-8, which the bytes would have shown to be true."""
    inside = declared_charset(data.lstrip()[:4096])
    if inside and inside.lower().replace("-", "") != "utf8":
        return inside
    found = _CHARSET.search(content_type or "")
    return found[1] if found else inside


def _json(text: str) -> Detected:
    if text[0] == "{" and _FEED_JSON.search(text):
        return Detected(Kind.JSON, text)
    return Detected(Kind.OTHER, text, "The document is JSON, but no feed.")


def _markup(text: str) -> Detected:
    root = _root(text)
    if root in _ROOTS:
        return Detected(Kind.XML, text)
    if root not in ("html", "head", "body") and (found := _FEED.search(text[:_HEAD])):
        return Detected(Kind.XML, text[found.start() :])
    if root in _OTHERS:
        return Detected(Kind.OTHER, reason=_OTHERS[root])
    if _HTML.search(text[:_HEAD]):
        return Detected(Kind.HTML, text)
    return Detected(Kind.OTHER, reason="The document is neither a feed nor a web page.")


def _root(text: str) -> str:
    """The name of the first element in small letters, "html" behind its document type; empty where text comes first."""
    position = 0
    while found := _PROLOGUE.match(text, position):
        position = found.end()
    if text[position : position + 20].lower().startswith("<!doctype"):
        return "html"
    element = _ELEMENT.match(text, position)
    return element[1].lower() if element else ""
