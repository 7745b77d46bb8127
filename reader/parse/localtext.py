"""One local article: plain text, Markdown or a web page.

The name's ending is a hint. Where the content says otherwise it decides: a ``.txt`` or ``.md`` that begins as an HTML
document is a page that somebody saved under that name, and its tags would be noise; an ``.html`` without a single tag
is text, whose line ends would be lost as HTML. Text that only mentions tags stays text, and Markdown is never guessed:
what is not named so is shown as it was written.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from pathlib import PurePosixPath

from reader.model import Entry, ParsedFeed, Unreadable
from reader.parse.decode import declared_charset, decode
from reader.parse.source import Source
from reader.text import clean, clean_line

_MARKDOWN = frozenset((".md", ".markdown", ".mdown", ".mkd", ".mkdn"))
_PAGE = frozenset((".html", ".htm", ".xhtml", ".xht"))
_PAGE_START = re.compile(
    r"\s{0,200}(?:<\?xml[^>]{0,200}\?>\s{0,200})?(?:<!--(?:[^-]|-(?!->)){0,2000}-->\s{0,200}){0,3}<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(?:!--|!doctype|/?[a-z][a-z0-9]{0,20}(?:[\s/>]))", re.IGNORECASE)
_NOISE = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_KNOWN = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
)


def article(source: Source) -> ParsedFeed | Unreadable:
    """The article in a local file, as a feed of one entry."""
    if reason := _refused(source.data):
        return Unreadable(reason)
    text = decode(source.data, declared_charset(source.data))
    if not clean(text[:100_000]).strip() and not clean(text).strip():
        return Unreadable("The file is empty.")
    if len(_NOISE.findall(text[:100_000])) * 20 > min(len(text), 100_000):
        return Unreadable("The file holds no text but binary data.")
    kind = _kind(source, text)
    entry = _entry(source, text, kind)
    path = PurePosixPath(source.name or source.url)
    folder = str(path.parent) if source.name and "/" in source.name else None
    entry = replace(entry, title=entry.title or _readable(path), section=folder)
    return ParsedFeed(kind, entry.title, (entry,), language=entry.language)


def _refused(data: bytes) -> str | None:
    """Why a file is no text, by its first bytes."""
    if not data.strip(b" \t\r\n\x00"):
        return "The file is empty."
    return next((f"The file is {what}, not text." for start, what in _KNOWN if data.startswith(start)), None)


def _kind(source: Source, text: str) -> str:
    ending = PurePosixPath(source.name or source.url).suffix.lower()
    if _PAGE_START.match(text) or (ending in _PAGE and _TAG.search(text)):
        return "html"
    return "markdown" if ending in _MARKDOWN else "text"


def _entry(source: Source, text: str, kind: str) -> Entry:
    if kind == "html":
        from reader.parse.localpage import read as read_page

        return read_page(source, text)
    if kind == "markdown":
        from reader.parse.markdown import read as read_markdown

        return read_markdown(source, text)
    return _plain(source, text)


def _plain(source: Source, text: str) -> Entry:
    from reader.parse.plaintext import read

    found = read(text)
    paragraphs = (escape(paragraph).replace("&#x27;", "'").replace("\n", "<br/>") for paragraph in found.paragraphs)
    return Entry(
        guid=source.name or source.url,
        title=clean_line(found.headline) if found.headline else None,
        html="".join(f"<p>{paragraph}</p>" for paragraph in paragraphs),
        text="\n\n".join(found.paragraphs),
        author=found.author,
        published=found.published,
        updated=found.updated,
        dateline=found.dateline,
        mtime=source.mtime,
    )


def _readable(path: PurePosixPath) -> str | None:
    """A file's name as a title: without its ending, with spaces for underscores and hyphens."""
    stem = path.stem if " " in path.stem else re.sub(r"[_-]+", " ", path.stem)
    return clean_line(stem) or None
