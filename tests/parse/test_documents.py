"""Any document into what it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import FoundFeed, FoundFeeds, ParsedFeed, Unreadable
from reader.parse.documents import parse
from reader.parse.source import Source

RSS = b"<rss version='2.0'><channel><title>F</title><item><title>T</title></item></channel></rss>"
PAGE = b"<html><head><title>P</title><link rel=alternate type='application/rss+xml' href=/rss></head><p>x</html>"


def read(data: bytes, expect: str = "feed", name: str | None = None) -> object:
    return parse(Source(data, "https://example.org/" if expect == "feed" else "/home/me/a.txt", expect, name=name))


def test_a_feed_from_the_network_and_from_a_file() -> None:
    for expect in ("feed", "file"):
        parsed = read(RSS, expect)
        assert isinstance(parsed, ParsedFeed)
        assert [entry.title for entry in parsed.entries] == ["T"]


def test_a_page_from_the_network_names_its_feeds_and_from_a_file_is_an_article() -> None:
    assert read(PAGE) == FoundFeeds((FoundFeed("https://example.org/rss", None),))
    for expect in ("file", "article"):
        parsed = read(PAGE, expect, "a.html")
        assert isinstance(parsed, ParsedFeed)
        assert parsed.format == "html"
        assert len(parsed.entries) == 1


def test_a_file_in_a_directory_is_an_article_even_if_it_looks_like_a_feed() -> None:
    parsed = read(b"The headline\n\nSome words of text.\n", "article", "a.txt")
    assert isinstance(parsed, ParsedFeed)
    assert parsed.entries[0].guid == "a.txt"


@pytest.mark.parametrize("data", [b"", b"\0\1\2\3", b"{}", b"<opml/>", b"just words"])
def test_what_is_nothing_of_ours_is_said_in_a_sentence(data: bytes) -> None:
    parsed = read(data)
    assert isinstance(parsed, Unreadable)
    assert parsed.reason.endswith(".")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<form><input type=password>", "a page that asks for a login"),
        ("Cookie consent", "asks for consent to its cookies"),
        ("Under maintenance: our old forum", "down for maintenance"),
    ],
)
def test_a_page_with_a_notice_is_a_page(body: str, said: str) -> None:
    parsed = read(f"<html><title>Blog</title><link rel=canonical href=/b/><p>{body}".encode())
    assert isinstance(parsed, FoundFeeds)
    assert said in parsed.notice
    assert parsed.canonical == "https://example.org/b/"
    named = read(PAGE.replace(b"<p>x", f"<p>{body}".encode()))
    assert isinstance(named, FoundFeeds)
    assert not named.notice


@pytest.mark.parametrize(
    "mark", ["<div class=g-recaptcha>", "<script src=/cdn-cgi/challenge-platform/x>", "WISPAccessGatewayParam"]
)
def test_a_page_that_lets_nothing_through_is_none_of_ours(mark: str) -> None:
    assert isinstance(read(f"<html><title>Blog</title><p>{mark}".encode()), Unreadable)


@given(
    st.one_of(
        st.binary(max_size=200),
        st.builds(lambda text, cut: (RSS + text)[cut:], st.binary(max_size=50), st.integers(0, len(RSS))),
        st.builds(lambda at, junk: RSS[:at] + junk + RSS[at:], st.integers(0, len(RSS)), st.binary(max_size=10)),
        st.builds(lambda at: RSS[:at], st.integers(0, len(RSS))),
        st.builds(lambda text: b'{"items": [' + text.encode("utf-8", "ignore"), st.text(max_size=50)),
    ),
    st.none()
    | st.sampled_from(["text/html", "text/xml; charset=utf-16", "x; charset=idna", "text/plain; charset=\u00e9"]),
)
def test_nothing_makes_it_raise(data: bytes, content_type: str | None) -> None:
    parsed = parse(Source(data, "https://example.org/", "feed", content_type))
    assert isinstance(parsed, ParsedFeed | FoundFeeds | Unreadable)
    if isinstance(parsed, Unreadable):
        assert "could not be read (" not in parsed.reason
