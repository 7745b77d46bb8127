"""JSON Feed into entries."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Enclosure, Entry, ParsedFeed, Unreadable
from reader.parse.jsonfeed import read

URL = "https://example.org/feed.json"


def feed(*items: Any, **fields: Any) -> ParsedFeed:
    parsed = read(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items, **fields}), URL)
    assert isinstance(parsed, ParsedFeed)
    return parsed


def test_a_feed() -> None:
    parsed = feed(
        {
            "id": 17,
            "url": "/1",
            "title": "A &amp; B",
            "content_html": "<p>T <a href='x'>l</a></p>",
            "summary": "s",
            "date_published": "2006-01-02T15:04:05Z",
            "date_modified": "2006-01-02T15:04:06Z",
            "authors": [{"name": "Ann"}, {"name": "Bob"}],
            "language": "de",
            "attachments": [{"url": "a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 9}, {"mime_type": "x"}, 3],
        },
        title="F",
        home_page_url="https://example.org/",
        language="en",
    )
    assert (parsed.format, parsed.title, parsed.site_url, parsed.language) == (
        "json",
        "F",
        "https://example.org/",
        "en",
    )
    assert parsed.entries == (
        Entry(
            guid="17",
            title="A & B",
            html='<p>T <a href="https://example.org/x">l</a></p>',
            text="T l",
            author="Ann, Bob",
            link="https://example.org/1",
            published=1136214245,
            updated=1136214246,
            language="de",
            enclosures=(Enclosure("https://example.org/a.mp3", "audio/mpeg", 9),),
        ),
    )


def test_text_and_old_authors_and_links_elsewhere() -> None:
    one = feed({"content_text": "1 < 2\n\nb", "author": {"name": "Ann"}, "external_url": "https://x.example/"}).entries[
        0
    ]
    assert (one.html, one.author, one.link) == ("<p>1 &lt; 2</p><p>b</p>", "Ann", "https://x.example/")
    assert one.guid == "https://x.example/"


@pytest.mark.parametrize("wrong", [None, 1, "x", [1], {"a": 1}, True])
def test_wrong_types_are_left_out(wrong: Any) -> None:
    names = (
        "id",
        "url",
        "external_url",
        "title",
        "content_html",
        "content_text",
        "summary",
        "date_published",
        "author",
    )
    one = dict.fromkeys((*names, "authors", "attachments", "language", "date_modified"), wrong)
    assert len(feed(one, title=wrong, home_page_url=wrong, language=wrong).entries) == 1
    assert len(feed(wrong).entries) == isinstance(wrong, dict)


def test_what_is_no_feed() -> None:
    for text in ("{}", "[]", '{"items": 1}', '{"version": 1}', "{", '"x"'):
        assert isinstance(read(text, URL), Unreadable)
    assert read('{"version": "https://jsonfeed.org/version/1"}', URL) == ParsedFeed("json", None, ())


def test_of_a_feed_that_is_cut_off_the_whole_items_stay() -> None:
    text = json.dumps({"version": "https://jsonfeed.org/version/1", "title": "F", "items": [{"id": "1"}, {"id": "2"}]})
    parsed = read(text[: text.index('"2"')], URL)
    assert isinstance(parsed, ParsedFeed)
    assert (parsed.title, [one.guid for one in parsed.entries]) == ("F", ["1"])
    assert not parsed.is_whole


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from(("id", "url", "title", "items", "attachments")), inner)
        ),
    )
)
def test_nothing_makes_it_raise(value: Any) -> None:
    read(json.dumps({"version": "https://jsonfeed.org/version/1", "items": value}), URL)
    read(json.dumps({"version": "https://jsonfeed.org/version/1", "items": [value]}), URL)
