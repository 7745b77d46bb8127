"""Frames between the worker and the parse child."""

import io
import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import (
    Dateline,
    Enclosure,
    Entry,
    FoundFeed,
    FoundFeeds,
    MainText,
    Parsed,
    ParsedFeed,
    Unchanged,
    Unreadable,
)
from reader.parse import wire
from reader.parse.source import Source
from reader.worker.desk import MOST_KNOWN

_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_some = st.none() | _text
_number = st.none() | st.integers()
_known = st.none() | st.frozensets(st.integers(-(2**63), 2**63 - 1), max_size=5)
_entries = st.builds(
    Entry,
    guid=_text,
    title=_some,
    html=_text,
    text=_text,
    author=_some,
    link=_some,
    comments_link=_some,
    published=_number,
    updated=_number,
    language=_some,
    dateline=st.none() | st.builds(Dateline, _some, _some),
    enclosures=st.lists(st.builds(Enclosure, _text, _some, _number), max_size=2).map(tuple),
    mtime=_number,
    section=_some,
    source_hash=_number,
)
_found = st.lists(st.builds(FoundFeed, _text, _some), max_size=3).map(tuple)
_parsed = st.one_of(
    st.builds(Unreadable, _text),
    st.builds(MainText, _text, _text),
    st.builds(FoundFeeds, _found, _found, _some, _text),
    st.builds(
        ParsedFeed,
        format=_text,
        title=_some,
        entries=st.lists(_entries, max_size=3).map(tuple),
        site_url=_some,
        language=_some,
        refresh_after=_number,
        unchanged=st.lists(st.builds(Unchanged, _text, st.integers()), max_size=3).map(tuple),
    ),
)


@given(_parsed)
def test_answers_come_back_as_they_were(parsed: Parsed) -> None:
    assert wire.from_json(wire.to_json(parsed)) == parsed
    assert wire.read_answer(io.BytesIO(wire.answer(parsed))) == parsed


@given(
    st.builds(Source, st.binary(max_size=50), _text, _text, _some, _some, _number, _known, _some, _some),
    st.integers(1, 100),
)
def test_requests_come_back_as_they_were(source: Source, seconds: int) -> None:
    stream = io.BytesIO((wire.request(source, seconds) + source.data) * 2)
    assert wire.read_request(stream) == (source, seconds)
    assert wire.read_request(stream) == (source, seconds)
    assert wire.read_request(stream) is None


def test_lone_surrogates_do_not_break_a_frame() -> None:
    assert wire.read_answer(io.BytesIO(wire.answer(Unreadable("a\ud800b")))) == Unreadable("a?b")


@pytest.mark.parametrize(
    "data",
    [
        b"\0\0",
        struct.pack(">I", 10) + b"{}",
        struct.pack(">I", wire.MAX_ANSWER + 1),
        struct.pack(">I", 2) + b"[]",
        struct.pack(">I", 2) + b"{x",
        struct.pack(">I", 2) + b"{}",
        struct.pack(">I", 14) + b'{"is": "other"}'[:14],
        struct.pack(">I", 12) + b'{"is":"feed"}'[:12],
        struct.pack(">I", 13) + b'{"is":"found"}'[:13],
    ],
)
def test_what_is_no_frame_of_ours_is_refused(data: bytes) -> None:
    with pytest.raises(wire.BadFrame):
        wire.read_answer(io.BytesIO(data))


@given(st.binary(max_size=60))
def test_any_bytes_are_an_answer_none_or_refused(data: bytes) -> None:
    with suppress(wire.BadFrame):
        wire.read_answer(io.BytesIO(data))


def test_a_request_for_too_much_is_refused() -> None:
    frame = wire.frame({"url": "u", "expect": "feed", "size": wire.MAX_DATA + 1})
    with pytest.raises(wire.BadFrame):
        wire.read_request(io.BytesIO(frame))
    with pytest.raises(wire.BadFrame):
        wire.read_request(io.BytesIO(wire.frame({"url": "u", "expect": "feed", "size": 3, "other": 1}) + b"abc"))


def test_all_that_may_be_known_of_a_feed_fits_into_a_request() -> None:
    known = frozenset(range(-(2**63), -(2**63) + MOST_KNOWN))
    source = Source(b"", "https://example.org/", "feed", known=known)
    assert wire.read_request(io.BytesIO(wire.request(source))) == (source, wire.SECONDS)
