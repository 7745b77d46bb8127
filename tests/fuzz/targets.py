"""One function for each thing that reads foreign bytes; it raises where the program would crash or show a trick."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from reader import config, opml, text
from reader.document import hints, links, plain
from reader.document.cells import cell_len
from reader.document.subset import read
from reader.document.typeset import typeset
from reader.errors import ConfigError, ReaderError
from reader.library import query
from reader.library.enclosures import file_name
from reader.model import Enclosure, Parsed, Unreadable
from reader.parse import dates, html, wire
from reader.parse.documents import parse
from reader.parse.source import Source
from tests.safety.checker import faults

_WIDTHS = (4, 17, 40, 78, 200)
_BASE = "https://news.example/feed/index.xml"
_ALLOWED = ("guid", "etag", "language")  # never shown; a guid is data


def _safe(value: str, what: str) -> None:
    found = faults(value, lines=True)
    assert not found, f"{what}: {found[:3]}"


def _page(subset: str, width: int) -> None:
    """From the subset of HTML to lines, and to everything else that is made of it."""
    document = read(subset)
    lines = list(typeset(document, width))
    for line in lines:
        cells = sum(cell_len(run.text) for run in line.runs)
        assert cells == line.cells <= width, f"a line of {cells} cells in {width}"
        assert "\n" not in line.text
    _safe("\n".join(line.text for line in lines), "lines")  # a direction mark and its letters may be on two
    for address in document.links:
        _address(address)
    labels = hints.hints(list(enumerate(lines)))
    for shown in hints.hosts(labels, max(width, 10), 6):
        _safe("".join(letters + host for letters, host in shown), "hosts")
    body = plain.plain_text(document)
    _safe(body, "plain text")
    _safe(plain.markdown(document), "markdown")
    plain.summary(body)


def _address(address: str) -> None:
    _safe(links.shown(address), "address")
    _safe(links.host(address), "host")
    word = links.for_program(address)
    assert re.fullmatch("(?:[a-z][!-~]*)?", word), word


def _strings(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """All texts in a value, with the names of their fields."""
    if isinstance(value, str):
        yield name, value
    elif is_dataclass(value):
        for field in fields(value):
            yield from _strings(getattr(value, field.name), field.name)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _strings(each, name)


def _parsed(parsed: Parsed, width: int) -> None:
    if isinstance(parsed, Unreadable):
        assert "could not be read (" not in parsed.reason, parsed.reason
    assert wire.from_json(wire.loads(wire.frame(wire.to_json(parsed))[4:])) == parsed
    for name, value in _strings(parsed):
        if name == "html":
            _page(value, width)
        if name not in _ALLOWED:
            _safe(value, name)
    for enclosure in (one for entry in getattr(parsed, "entries", ()) for one in entry.enclosures):
        _safe(file_name(parsed.entries[0].title or "", enclosure), "file name")  # type: ignore[union-attr]


def _width(data: bytes) -> int:
    return _WIDTHS[(data[0] >> 3) % len(_WIDTHS)]


def feed(data: bytes) -> None:
    """A document from the network."""
    kinds = (None, "application/rss+xml", "application/feed+json", "text/html; charset=utf-16")
    _parsed(parse(Source(data[1:], _BASE, "feed", kinds[data[0] % 4])), _width(data))


def body(data: bytes) -> None:
    """A body of HTML."""
    cleaned = html.clean(data[1:].decode("utf-8", "surrogateescape" if data[0] & 1 else "replace"), _BASE)
    _safe(cleaned.html, "subset")
    _safe(cleaned.text, "text")
    twice = html.clean(cleaned.html, _BASE).html
    # a quotation mark in a text may be written in two ways
    assert read(twice) == read(cleaned.html), "cleaned twice it is another"
    _page(cleaned.html, _width(data))


def page(data: bytes) -> None:
    """A web page of which the main text is wanted."""
    _parsed(
        parse(Source(data[1:], "https://news.example/a/b.html", "page", "text/html", title="A b", text="c")),
        _width(data),
    )


def local(data: bytes) -> None:
    """A file of text, of Markdown, of HTML."""
    name = ("a.txt", "b.md", "c.html", "d\x1b\u202e.txt")[data[0] % 4]
    expect = "article" if data[0] & 4 else "file"
    _parsed(parse(Source(data[1:], f"/texts/{name}", expect, name=name, mtime=1_767_268_800)), _width(data))


def subscriptions(data: bytes) -> None:
    """A subscription list."""
    try:
        found = opml.read(data[1:])
    except ReaderError as error:
        _safe(str(error), "sentence")
        return
    for name, value in _strings(found):
        _safe(value, name)
    for each in found.feeds:
        assert each.is_command or each.url.split(":")[0] in ("http", "https", "file"), each.url
    written = opml.write(found.feeds)
    _safe(written, "opml")
    assert opml.write(opml.read(written.encode()).feeds) == written or any(each.is_command for each in found.feeds)


def asked(data: bytes) -> None:
    """A query as somebody types it."""
    words = data[1:].decode("utf-8", "replace")
    try:
        query.parse(words, live=bool(data[0] & 1))
        query.highlights(words, live=bool(data[0] & 1))
    except ReaderError as error:
        _safe(text.safe(str(error)), "sentence")


def settings(data: bytes) -> None:
    """A config file."""
    try:
        found = config.read(config._table(data[1:], Path("config.toml")), Path("config.toml"))
    except ConfigError as error:
        _safe(str(error), "sentence")
        return
    for problem in found.problems:
        _safe(problem, "problem")


def date(data: bytes) -> None:
    """A date."""
    moment = dates.moment(data[1:].decode("utf-8", "replace"))
    assert moment is None or -(1 << 40) < moment < 1 << 40


def subset(data: bytes) -> None:
    """Our own subset of HTML, or what pretends to be it."""
    _page(data[1:].decode("utf-8", "surrogateescape" if data[0] & 1 else "replace"), _width(data))


def frames(data: bytes) -> None:
    """What goes between the worker and its parse child."""
    stream = data[1:]
    if data[0] & 1:
        stream = len(stream).to_bytes(4, "big") + stream
    for reading in (wire.read_request, wire.read_answer):
        try:
            reading(io.BytesIO(stream))
        except wire.BadFrame:
            continue


def address(data: bytes) -> None:
    """An address that is to be opened, shown and copied."""
    whole = data[1:].decode("utf-8", "surrogateescape" if data[0] & 1 else "replace")
    _address(whole)
    _safe(file_name(whole, Enclosure(whole, whole, None)), "file name")


def words(data: bytes) -> None:
    """Any text."""
    whole = data[1:].decode("utf-8", "surrogateescape" if data[0] & 1 else "replace")
    cleaned = text.clean(whole)
    _safe(cleaned, "cleaned")
    assert text.clean(cleaned) == cleaned, "cleaned twice it is another"
    _safe(text.safe(whole), "safe")


TARGETS: dict[str, Callable[[bytes], None]] = {
    "feed": feed,
    "body": body,
    "page": page,
    "local": local,
    "opml": subscriptions,
    "query": asked,
    "config": settings,
    "dates": date,
    "subset": subset,
    "wire": frames,
    "address": address,
    "text": words,
}
