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
from reader.text import size as megabytes

UNPACKED = 20_000_000  # bytes; what a fetch lets through by default

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
    "svg": "The document is a drawing (SVG), not a feed.",
}
_KINDS = {
    b"%PDF-": "a PDF file", b"PK\x03\x04": "a packed file (ZIP)", b"BZh": "a packed file (bzip2)",
    b"\xfd7zXZ\0": "a packed file (xz)", b"7z\xbc\xaf": "a packed file (7z)",
    b"\x28\xb5\x2f\xfd": "a packed file (zstd)",
    b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture", b"RIFF": "a picture or a recording",
    b"ID3": "a recording", b"OggS": "a recording", b"fLaC": "a recording", b"\x1aE\xdf\xa3": "a video",
}  # fmt: skip
_NOISE = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x80-\x84\x86-\x9f\ufffd]")
_SAMPLE = 4000


class Packed(Exception):
    """The document is packed in a way that we do not unpack; the message is a sentence for people."""


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
    try:
        data = unpack(data)
    except Packed as reason:
        return Detected(Kind.OTHER, reason=str(reason))
    for start, kind in _KINDS.items():
        if data.startswith(start):
            return Detected(Kind.OTHER, reason=f"The document is {kind}, not a feed.")
    text = decode(data, _declared(data, content_type))
    text = text[_LEADING.match(text).end() :]  # type: ignore[union-attr]
    if not text:
        return Detected(Kind.OTHER, reason="The document is empty.")
    if text[0] in "{[":
        return _json(text)
    return _markup(text)


def unpack(data: bytes) -> bytes:
    """Bytes that are still packed by gzip, unpacked; others as they are. Raises Packed for a bomb."""
    for _ in range(2):
        if not data.startswith(b"\x1f\x8b"):
            return data
        try:
            data = _unpacked(data)
        except zlib.error:
            return data
    if data.startswith(b"\x1f\x8b"):
        raise Packed("The document is packed again and again (gzip).")
    return data


def _unpacked(data: bytes) -> bytes:
    """What the parts of a gzip file hold; of one that is cut off, what there is."""
    parts: list[bytes] = []
    size = 0
    while data.startswith(b"\x1f\x8b"):
        unpacker = zlib.decompressobj(31)
        try:
            parts.append(unpacker.decompress(data, UNPACKED - size + 1))
        except zlib.error:
            if not parts:
                raise
            break
        size += len(parts[-1])
        if size > UNPACKED:
            raise Packed(f"The document unpacks to more than {megabytes(UNPACKED)}.")
        data = unpacker.unused_data
    return b"".join(parts)


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
    if _is_noise(text):
        return Detected(Kind.OTHER, reason="The document is neither a feed nor a web page.")
    if root in _OTHERS:
        return Detected(Kind.OTHER, reason=_OTHERS[root])
    if _HTML.search(text[:_HEAD]):
        return Detected(Kind.HTML, text)
    if text.startswith("<?xml"):
        return Detected(Kind.OTHER, reason="The document is XML, but no feed.")
    return Detected(Kind.OTHER, reason="The document is neither a feed nor a web page.")


def _is_noise(text: str) -> bool:
    """Whether a text begins with so much that nobody writes that it is none."""
    start = text[:_SAMPLE]
    return len(_NOISE.findall(start)) * 20 > len(start)


def _root(text: str) -> str:
    """The name of the first element in small letters, "html" behind its document type; empty where text comes first."""
    position = 0
    while found := _PROLOGUE.match(text, position):
        position = found.end()
    if text[position : position + 20].lower().startswith("<!doctype"):
        return "html"
    element = _ELEMENT.match(text, position)
    return element[1].lower() if element else ""
