"""A web page's bytes to its main text, or why there is none."""

from __future__ import annotations

import re

from reader.model import MainText, Unreadable
from reader.parse.detect import Detected, Kind, detect
from reader.parse.html import Cleaned, from_text, pieces
from reader.parse.maintext.choosing import best
from reader.parse.maintext.refusals import refusal
from reader.parse.maintext.statements import Statements, statements
from reader.parse.maintext.tree import Tree
from reader.parse.source import Source

_LONGEST = 8_000_000  # characters of a page that are looked at
_KINDS = {
    b"%PDF": "a PDF file", b"PK\x03\x04": "a packed file", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture", b"ID3": "a recording", b"OggS": "a recording",
}  # fmt: skip
_TYPES = {"image": "a picture", "audio": "a recording", "video": "a video", "font": "a font"}


def read(source: Source) -> MainText | Unreadable:
    """The main text of a page; ``source`` has the feed's title and text of the article where those are known."""
    if kind := _no_page(source):
        return Unreadable(f"The link leads to {kind}, not to a web page")
    found = detect(source.data, source.content_type)
    if found.kind is Kind.HTML:
        page = found.text[:_LONGEST]
        said = statements(page, source.url)
        body = best(Tree(pieces(page)), said, source.title or said.title, source.text or "")
    elif found.text or not _is_plain(source):
        return Unreadable(_other(found))
    else:
        page, said, body = "", Statements(base=source.url), _plain(source)
    reason = refusal(page, body.text, said, source.text or "")
    return Unreadable(reason) if reason else MainText(body.html, body.text)


def _no_page(source: Source) -> str:
    """What the link leads to, where its first bytes or its type say that it is no text at all."""
    for start, kind in _KINDS.items():
        if source.data.startswith(start):
            return kind
    major, _, minor = (source.content_type or "").lower().partition(";")[0].strip().partition("/")
    if minor == "pdf":
        return "a PDF file"
    return _TYPES.get(major, "")


def _other(found: Detected) -> str:
    if found.kind is Kind.XML or (found.kind is Kind.JSON and found.text):
        return "The link leads to a feed, not to a web page"
    if found.kind is Kind.OTHER and found.reason == "The document is empty.":
        return "The page is empty"
    return "The link leads to no web page"


def _is_plain(source: Source) -> bool:
    return re.match(r"\s*text/(?:plain|markdown)\b", source.content_type or "", re.IGNORECASE) is not None


def _plain(source: Source) -> Cleaned:
    from reader.parse.decode import decode

    charset = re.search(r"charset=[\"']?([\w.:-]{2,40})", source.content_type or "", re.IGNORECASE)
    return from_text(decode(source.data[:_LONGEST], charset[1] if charset else None))
