"""What the fast lane knows, what it declines, and what nobody can do to it."""

import subprocess
import sys
import tracemalloc

import pytest
from feedparser.api import StrictFeedParser
from feedparser.mixin import _FeedParserMixin
from feedparser.sanitizer import _HTMLSanitizer

from reader.model import ParsedFeed
from reader.parse.bounds import MOST_ENTRIES
from reader.parse.documents import parse
from reader.parse.lane import document, words
from reader.parse.lane.decline import Declined
from reader.parse.lane.elements import BEGINS, ENDS
from reader.parse.lane.namespaces import PREFIXES
from reader.parse.source import Source
from reader.parse.xml import quickly, read, thoroughly

URL = "https://example.org/feed"


def handlers(kind: str) -> set[str]:
    return {name.removeprefix(kind) for name in dir(StrictFeedParser) if name.startswith(kind)}


def test_the_tables_are_feedparsers() -> None:
    assert {uri.lower(): prefix for uri, prefix in _FeedParserMixin.namespaces.items()} == PREFIXES
    assert set(_HTMLSanitizer.acceptable_elements) == words.HTML_ELEMENTS
    assert handlers("_start_") - BEGINS.keys() == {"textInput"}  # names come in small letters
    assert handlers("_end_") - ENDS.keys() == {"textInput"}


def rss(items: str, before: str = "", attributes: str = "") -> str:
    return f"{before}<rss version='2.0' {attributes}><channel><title>F</title>{items}</channel></rss>"


@pytest.mark.parametrize(
    "text",
    [
        rss("<item><title>A & B</title></item>"),
        rss("<item><title>A&nbsp;B</title></item>"),
        rss("<item><title>1</title>"),
        rss("<x:item/>"),
        rss("<item><title>a\x07b</title></item>"),
        rss("<item><title>a\0b</title></item>"),
        rss("<item><title>&e;</title></item>", "<!DOCTYPE rss [<!ENTITY e 'x'>]>"),
        rss("<item><title>&e;</title></item>", "<!DOCTYPE rss [\n<!ENTITY e SYSTEM 'file:///etc/hostname'>]>"),
        rss("<item><title>&e;</title></item>", "<!DOCTYPE rss SYSTEM 'x.dtd' [<!ENTITY % p SYSTEM 'y'> %p;]>"),
        rss("<item><title>1</title></item>", "<a/>"),
        rss("<item><description mode='base64'>YQ==</description></item>"),
        rss("<item><description type='image/png'>YQ==</description></item>"),
        rss("<item><description type='application/xml'><a/></description></item>"),
        rss("<item><description>x<svg xmlns='http://www.w3.org/2000/svg'/></description></item>"),
        rss("<item xml:base='relative/'><description>x</description></item>"),
        rss("<item xml:base='javascript:x'><description>x</description></item>"),
        rss("<item><links>x</links></item>"),
        rss("<item><pubDate>2024年5月1日 (Wednesday) noon-ish</pubDate></item>"),
        rss("<channel href='x'/>"),
        rss("<item><x:pos xmlns:x='http://www.opengis.net/gml'>1 2</x:pos></item>"),
        "<html><body/></html>",
        "<opml/>",
        "",
    ],
)
def test_what_it_is_not_sure_of_it_leaves_to_feedparser(text: str) -> None:
    assert quickly(text, URL) is None
    assert read(text, URL) == thoroughly(text, URL)


@pytest.mark.parametrize(
    "text",
    [
        rss("<item><title><![CDATA[a]]]]><![CDATA[>b]]></title></item>"),
        rss("<item><title xml:space='preserve'>  a  </title></item>"),
        rss("<item xmlns='http://www.w3.org/2005/Atom'><title type='html'>a</title><link href='/x'/></item>"),
        rss("<item><t:title xmlns:t='urn:t'>not mine</t:title><title>mine</title></item>"),
        rss("<item><a:link xmlns:a='http://www.w3.org/2005/Atom' href='/x'/></item>"),
        rss("<item><description><p>naked <b>markup</b></p></description></item>"),
        rss("<item><description>a<div>b</div>c</description><title>T</title></item>"),
        rss("<ITEM><TITLE>T</TITLE><LINK>/x</LINK></ITEM>"),
        rss("<item><title>1</title></item>", "<!DOCTYPE rss SYSTEM 'rss.dtd'>"),
        rss("<item><title>1</title></item>", "<!-- [ --><?pi?>\n"),
        rss(f"<item><title>{'x' * 300_000}</title></item>"),
        rss(f"<item><enclosure url='https://example.org/{'x' * 300_000}'/><title>1</title></item>"),
        rss("<item><title>&#x1F600;&#xD83D;&#xDE00;</title></item>"),
        rss("<item><title>1</title><image><title>2</title></image></item>"),
        rss("<item><title>1</title></item>", "", "xmlns:a='urn:a' xmlns:b='http://purl.org/dc/elements/1.1/'"),
    ],
)
def test_what_is_odd_but_sure_it_takes(text: str) -> None:
    found = quickly(text, URL)
    assert found is not None
    assert found == thoroughly(text, URL)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "iso-8859-1", "cp1252"])
def test_every_encoding_comes_through(encoding: str) -> None:
    text = f"<?xml version='1.0' encoding='{encoding.removesuffix('-sig')}'?>" + rss(
        "<item><title>Größe</title></item>"
    )
    parsed = parse(Source(text.encode(encoding), URL, "feed"))
    assert isinstance(parsed, ParsedFeed)
    assert parsed.entries[0].title == "Größe"


def test_a_million_open_elements_are_declined_at_once() -> None:
    with pytest.raises(Declined, match="too deeply"):
        document.read(rss("<item>" * 1_000_000).encode())
    with pytest.raises(Declined, match="too deeply"):
        document.read(rss("<item><description>" + "<b>" * 1_000_000).encode())


def test_entries_beyond_the_most_there_may_be_are_read_and_forgotten() -> None:
    found = document.read(rss("<item><title>1</title></item>" * (MOST_ENTRIES + 5)).encode())
    assert len(found.entries) == MOST_ENTRIES
    assert found.entries[-1]["title"] == "1"


def test_a_huge_entry_is_no_more_than_its_size() -> None:
    text = rss(f"<item><description>{'&lt;p>word' * 2_000_000}</description></item>")
    tracemalloc.start()
    found = document.read(text.encode())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found.entries[0]["summary"]) == 14_000_000
    assert peak < 8 * len(text)


def test_references_that_grow_are_declined_before_they_grow() -> None:
    bomb = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 12))
    with pytest.raises(Declined):
        document.read(rss("<item><title>&e11;</title></item>", f"<!DOCTYPE rss [<!ENTITY e0 'ha'>{bomb}]>").encode())
    with pytest.raises(Declined):
        document.read((f"<!--\n-->x<!DOCTYPE rss [<!ENTITY e0 'ha'>{bomb}]>" + rss("<title>&e11;</title>")).encode())


def test_feedparser_is_not_loaded_for_what_the_lane_takes() -> None:
    script = (
        "import sys; from reader.parse.xml import read;"
        'read(\'<rss version="2.0"><channel><item><title>a</title><pubDate>Wed, 02 Oct 2002 13:00:00 GMT</pubDate>'
        "</item></channel></rss>', 'https://example.org/'); print('feedparser' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-P", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
