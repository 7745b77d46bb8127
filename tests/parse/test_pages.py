"""The feeds that a page names."""

from reader.model import FoundFeed, FoundFeeds
from reader.parse.pages import feeds

URL = "https://example.org/blog/"


def test_feeds_in_the_head_are_found_absolute_and_once() -> None:
    page = """<html><head>
    <link rel="alternate" type="application/rss+xml" title="News &amp;amp; more" href="/rss">
    <link rel="ALTERNATE home" type="application/atom+xml; charset=utf-8" href="atom.xml">
    <link rel="alternate" type="application/feed+json" href="https://example.org/feed.json">
    <link rel="alternate" type="application/rss+xml" href="/rss">
    <link rel="alternate" type="text/html" hreflang="de" href="/de">
    <link rel="alternate stylesheet" type="text/css" href="/x.css">
    <link rel="alternate" type="application/rss+xml" href="javascript:x">
    </head><body><a href="/other/feed">x</a></body></html>"""
    assert feeds(page, URL).feeds == (
        FoundFeed("https://example.org/rss", "News & more"),
        FoundFeed("https://example.org/blog/atom.xml", None),
        FoundFeed("https://example.org/feed.json", None),
    )


def test_the_base_of_the_page_counts() -> None:
    page = '<base href="https://cdn.example/x/"><link rel=alternate type="application/rss+xml" href="rss">'
    assert feeds(page, URL).feeds == (FoundFeed("https://cdn.example/x/rss", None),)


def test_without_any_links_that_look_like_feeds_are_taken() -> None:
    page = """<a href="/about">About</a> <a href="feed/">Subscribe</a> <a href="feed:https://example.org/a">feed</a>
    <a href="feed://example.org/b"><img></a> <a href="/index.xml">XML</a> <a href="/?feed=rss2">R</a>
    <a href="/feedback">no</a>    <a href="https://feeds.example.com/x">F</a> <a href="mailto:feed@example.org">m</a>"""
    assert [feed.url for feed in feeds(page, URL).feeds] == [
        "https://example.org/blog/feed/",
        "https://example.org/a",
        "https://example.org/b",
        "https://example.org/index.xml",
        "https://example.org/?feed=rss2",
        "https://feeds.example.com/x",
    ]


def test_a_page_may_name_none() -> None:
    assert feeds("<p>x", URL) == FoundFeeds(())
    assert feeds("<div>" * 100_000, URL) == FoundFeeds(())


def test_links_in_the_text_stand_behind_those_of_the_head() -> None:
    page = """<link rel=alternate type="application/rss+xml" href="/rss">
    <link rel="canonical" href="https://example.org/b/"> <a href="/rss">RSS</a> <a href="/blog.php">RSS feed</a>
    <a type="application/atom+xml" href="/x">x</a> <a href="/">Home</a>"""
    assert feeds(page, URL) == FoundFeeds(
        (FoundFeed("https://example.org/rss", None),),
        (FoundFeed("https://example.org/blog.php", "RSS feed"), FoundFeed("https://example.org/x", "x")),
        "https://example.org/b/",
    )


def test_a_page_that_is_where_it_says_says_nothing_new() -> None:
    assert feeds(f'<link rel=canonical href="{URL}"><link rel=canonical href="javascript:x">', URL).canonical is None


def test_ten_thousand_feeds_are_bounded() -> None:
    head = "".join(f'<link rel=alternate type="application/rss+xml" href="/{n}">' for n in range(10_000))
    found = feeds(head + "".join(f'<a href="/{n}.rss">x</a>' for n in range(10_000)), URL)
    assert (len(found.feeds), len(found.linked)) == (100, 100)


def test_titles_and_addresses_bring_no_control_characters() -> None:
    (feed,) = feeds('<link rel=feed href="/a&#27;[31m&#x202e;b" title="&#27;]0;x&#7;<b>y</b>">', URL).feeds
    assert feed.title is not None
    assert feed.title.isprintable()
    assert "\x1b" not in feed.url
