"""What the worker and the parse child say to each other: frames over pipes, never pickle.

A frame is a length of four bytes, big-endian, and so many bytes of JSON in UTF-8. A request is the frame of a
``Source`` without its data, then the data as they are (the frame's ``size`` says how many). An answer is one frame;
that of a feed says how many ``parts`` follow, frames of some entries each, so that nobody holds all of it in JSON.
"""

from __future__ import annotations

import json
import struct
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any, Protocol

from reader.model import (
    Dateline,
    Enclosure,
    Entry,
    FoundFeed,
    FoundFeeds,
    MainText,
    Parsed,
    ParsedFeed,
    Picture,
    Unchanged,
    Unreadable,
)
from reader.parse.source import Source

MAX_REQUEST = 1 << 20
MAX_ANSWER = 1 << 26
MAX_DATA = 1 << 28
SECONDS = 10
SPENT = 3  # the exit code of a child that is used up after its answer

_PART = 500_000  # characters of bodies after which a part ends
_MOST_IN_PART = 500  # entries
_LENGTH = struct.Struct(">I")


class Reader(Protocol):
    """A stream of bytes; ``read`` returns fewer only at its end."""

    def read(self, size: int, /) -> bytes:
        """The next ``size`` bytes."""
        ...


class BadFrame(Exception):
    """The other side sent what is no frame of ours, or ended in the middle of one."""


def request(source: Source, seconds: int = SECONDS) -> bytes:
    """The frame that asks for ``source`` to be read in at most ``seconds`` of CPU; its data follow right behind it."""
    return frame(
        {
            "url": source.url,
            "expect": source.expect,
            "content_type": source.content_type,
            "name": source.name,
            "mtime": source.mtime,
            "size": len(source.data),
            "seconds": seconds,
            "known": None if source.known is None else list(source.known),
            "title": source.title,
            "text": source.text,
        }
    )


def read_request(stream: Reader) -> tuple[Source, int] | None:
    """The next source and its seconds; None when the stream has ended. Raises BadFrame."""
    asked = read_frame(stream, MAX_REQUEST)
    if asked is None:
        return None
    try:
        size, seconds = int(asked.pop("size")), int(asked.pop("seconds", SECONDS))
        known = asked.pop("known", None)
        if not 0 <= size <= MAX_DATA:
            raise BadFrame(f"{size} bytes of data")
        data = _exactly(stream, size)
        return Source(data=data, known=None if known is None else frozenset(known), **asked), seconds
    except (KeyError, TypeError, ValueError) as error:
        raise BadFrame(str(error)) from error


def answer(parsed: Parsed) -> bytes:
    """The frames of an answer in one."""
    return b"".join(answers(parsed))


def answers(parsed: Parsed) -> Iterator[bytes]:
    """The frames of an answer, one after the other; a document whose answer would be too long is Unreadable."""
    try:
        if isinstance(parsed, ParsedFeed):
            parts = _parts(parsed.entries)
            yield frame(to_json(replace(parsed, entries=())) | {"parts": len(parts)})
            for start, end in parts:
                yield frame({"entries": [_entry_to_json(entry) for entry in parsed.entries[start:end]]})
        else:
            yield frame(to_json(parsed))
    except BadFrame:
        yield frame(to_json(Unreadable("The document is too large.")))


def _parts(entries: Sequence[Entry]) -> list[tuple[int, int]]:
    """Where the parts of an answer begin and end."""
    found, start, size = [], 0, 0
    for at, entry in enumerate(entries, 1):
        size += len(entry.html) + len(entry.text)
        if size >= _PART or at - start >= _MOST_IN_PART:
            found.append((start, at))
            start, size = at, 0
    return [*found, (start, len(entries))] if start < len(entries) else found


def read_answer(stream: Reader) -> Parsed | None:
    """The next answer; None when the child has ended. Raises BadFrame."""
    value = read_frame(stream, MAX_ANSWER)
    if value is None or not (parts := value.pop("parts", 0)):
        return None if value is None else from_json(value)
    try:
        entries = [entry for _ in range(parts) for entry in _read_part(stream)]
        parsed = from_json(value)
        return replace(parsed, entries=tuple(entries)) if isinstance(parsed, ParsedFeed) else parsed
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BadFrame(str(error)) from error


def _read_part(stream: Reader) -> list[Entry]:
    value = read_frame(stream, MAX_ANSWER)
    if value is None:
        raise BadFrame("the stream ended between two parts")
    return [_entry_from_json(entry) for entry in value["entries"]]


def frame(value: dict[str, Any]) -> bytes:
    """A value as a frame. Raises BadFrame when it is longer than a reader accepts."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    if len(body) > MAX_ANSWER:
        raise BadFrame(f"a frame of {len(body)} bytes")
    return _LENGTH.pack(len(body)) + body


def read_frame(stream: Reader, limit: int) -> dict[str, Any] | None:
    """The next frame's value; None when the stream ends before it. Raises BadFrame."""
    head = stream.read(_LENGTH.size)
    if not head:
        return None
    if len(head) < _LENGTH.size:
        raise BadFrame("the stream ended in the middle of a length")
    length = _LENGTH.unpack(head)[0]
    if length > limit:
        raise BadFrame(f"a frame of {length} bytes")
    return loads(_exactly(stream, length))


def loads(body: bytes) -> dict[str, Any]:
    """The value of a frame's bytes without their length. Raises BadFrame."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadFrame(str(error)) from error
    if not isinstance(value, dict):
        raise BadFrame("a frame that holds no object")
    return value


def to_json(parsed: Parsed) -> dict[str, Any]:
    """What was read, as plain values; fields that are as by default are left out of entries."""
    match parsed:
        case Unreadable(reason):
            return {"is": "unreadable", "reason": reason}
        case FoundFeeds(feeds, linked, canonical, notice):
            names = [[[feed.url, feed.title] for feed in each] for each in (feeds, linked)]
            said = {"canonical": canonical, "notice": notice}
            return {"is": "found", "feeds": names[0], "linked": names[1], **said}
        case Picture(size, png, sample_size, sample):
            sizes = {"size": list(size), "sample_size": list(sample_size)}
            return {"is": "picture", **sizes, "png": _to_text(png), "sample": _to_text(sample)}
        case MainText(html, text):
            return {"is": "text", "html": html, "text": text}
        case ParsedFeed():
            return {
                "is": "feed",
                "format": parsed.format,
                "title": parsed.title,
                "entries": [_entry_to_json(entry) for entry in parsed.entries],
                "site_url": parsed.site_url,
                "language": parsed.language,
                "refresh_after": parsed.refresh_after,
                "is_whole": parsed.is_whole,
                "unchanged": [[one.guid, one.source_hash] for one in parsed.unchanged],
                "remark": parsed.remark,
                "skip": parsed.skip,
            }


def from_json(value: dict[str, Any]) -> Parsed:
    """What ``to_json`` wrote. Raises BadFrame."""
    try:
        values = dict(value)
        match values.pop("is", None):
            case "unreadable":
                return Unreadable(values["reason"])
            case "found":
                feeds, linked = (
                    tuple(FoundFeed(url, title) for url, title in values[key]) for key in ("feeds", "linked")
                )
                return FoundFeeds(feeds, linked, values["canonical"], values["notice"])
            case "picture":
                sizes = (_pair(values["size"]), _pair(values["sample_size"]))
                return Picture(sizes[0], b64decode(values["png"]), sizes[1], b64decode(values["sample"]))
            case "text":
                return MainText(values["html"], values["text"])
            case "feed":
                entries = tuple(_entry_from_json(entry) for entry in values.pop("entries"))
                unchanged = tuple(Unchanged(*one) for one in values.pop("unchanged", ()))
                skip = tuple(values.pop("skip", ()))
                return ParsedFeed(entries=entries, unchanged=unchanged, skip=skip, **values)
            case other:
                raise BadFrame(f"an answer of kind {other!r}")
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BadFrame(str(error)) from error


def _to_text(data: bytes) -> str:
    return b64encode(data).decode("ascii")


def _pair(value: list[int]) -> tuple[int, int]:
    first, second = value
    return int(first), int(second)


def _entry_to_json(entry: Entry) -> dict[str, Any]:
    values = {
        "guid": entry.guid,
        "title": entry.title,
        "html": entry.html,
        "text": entry.text,
        "author": entry.author,
        "link": entry.link,
        "comments_link": entry.comments_link,
        "published": entry.published,
        "updated": entry.updated,
        "language": entry.language,
        "dateline": None if entry.dateline is None else asdict(entry.dateline),
        "enclosures": [[one.url, one.type, one.length] for one in entry.enclosures] or None,
        "mtime": entry.mtime,
        "section": entry.section,
        "source_hash": entry.source_hash,
    }
    return {name: value for name, value in values.items() if value is not None}


def _entry_from_json(values: dict[str, Any]) -> Entry:
    found = {"title": None, **values}
    if "dateline" in found:
        found["dateline"] = Dateline(**found["dateline"])
    if "enclosures" in found:
        found["enclosures"] = tuple(Enclosure(*one) for one in found["enclosures"])
    return Entry(**found)


def _exactly(stream: Reader, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise BadFrame(f"the stream ended {size - len(data)} bytes early")
    return data
