"""Feeds as publishers serve them: every entry is there, and in order."""

import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from reader import text as texts
from reader.model import ParsedFeed
from reader.parse.documents import parse
from reader.parse.html import clean
from reader.parse.source import Source
from tests import corpora

_MARKUP = re.compile(r"</\w+>|<\w+[^<>]*/>|<\w+\s+\w+=|&#?\w+;")


def read(folder: str, file: str) -> ParsedFeed:
    data = (corpora.folder(f"feeds/{folder}") / file).read_bytes()
    parsed = parse(Source(data, "https://example.org/feed", "feed"))
    assert isinstance(parsed, ParsedFeed), f"{file}: {parsed}"
    return parsed


def check(parsed: ParsedFeed) -> None:
    assert len({entry.guid for entry in parsed.entries}) == len(parsed.entries)
    for entry in parsed.entries:
        for line in (parsed.title, entry.title, entry.author, entry.link, entry.guid):
            assert line is None or (line and texts.clean_line(line, 10_000) == line)
        assert not _MARKUP.search(entry.title or "")
        assert texts.clean(entry.text) == entry.text
        ET.fromstring(f"<body>{entry.html}</body>")
        assert clean(entry.html, entry.link).html == entry.html


@pytest.mark.parametrize("folder", ["real", "micro", "malformed"])
def test_every_entry_is_there(folder: str) -> None:
    differences: list[Any] = []
    for known in corpora.manifest(f"feeds/{folder}"):
        parsed = read(folder, known["file"])
        if len(parsed.entries) != known["items"]:
            differences.append((known["file"], known["items"], len(parsed.entries)))
        check(parsed)
    assert differences == []


def test_formats_are_told_apart() -> None:
    for known in corpora.manifest("feeds/real"):
        parsed = read("real", known["file"])
        assert known["format"].startswith(parsed.format), known["file"]


def test_reading_a_document_again_gives_the_same_guids() -> None:
    for known in corpora.manifest("feeds/real"):
        first, second = read("real", known["file"]), read("real", known["file"])
        assert first == second, known["file"]


def test_real_entries_have_a_title_or_text_and_a_date_where_the_feed_has_one() -> None:
    entries = [entry for known in corpora.manifest("feeds/real") for entry in read("real", known["file"]).entries]
    assert sum(entry.title is None and not entry.html for entry in entries) == 0
    assert sum(entry.published is not None for entry in entries) > 0.9 * len(entries)
    assert sum(entry.link is not None for entry in entries) > 0.9 * len(entries)
