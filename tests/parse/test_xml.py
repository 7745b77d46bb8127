"""RSS and Atom into entries."""

import pytest

from reader.model import Enclosure, Entry, ParsedFeed, Unreadable
from reader.parse.xml import read
from reader.times import iso

URL = "https://example.org/feeds/all.xml"


def rss(items: str, channel: str = "") -> ParsedFeed:
    parsed = read(
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
        ' xmlns:itunes="http://www.itunes.com/DTDs/PodCast-1.0.dtd" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
        f' xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>F</title>{channel}{items}</channel></rss>',
        URL,
    )
    assert isinstance(parsed, ParsedFeed)
    return parsed


def atom(entries: str, feed: str = "", attributes: str = "") -> ParsedFeed:
    parsed = read(f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>F</title>{feed}{entries}</feed>', URL)
    assert isinstance(parsed, ParsedFeed)
    return parsed


def item(markup: str, channel: str = "") -> Entry:
    return rss(f"<item>{markup}</item>", channel).entries[0]


def entry(markup: str, feed: str = "", attributes: str = "") -> Entry:
    return atom(f"<entry>{markup}</entry>", feed, attributes).entries[0]


def test_an_rss_feed() -> None:
    parsed = rss(
        "<item><title>A &amp;amp; B</title><link>https://example.org/1</link><guid isPermaLink='false'>one</guid>"
        "<description>&lt;p&gt;Text&lt;/p&gt;</description><pubDate>Mon, 02 Jan 2006 15:04:05 GMT</pubDate>"
        "<dc:creator>Ann</dc:creator><comments>https://example.org/1#comments</comments>"
        "<enclosure url='/a.mp3' type='audio/mpeg' length='123'/></item>",
        "<link>https://example.org/</link><language>en-gb</language><ttl>60</ttl>",
    )
    assert (parsed.format, parsed.title, parsed.site_url) == ("rss", "F", "https://example.org/")
    assert (parsed.language, parsed.refresh_after) == ("en-gb", 3600)
    assert parsed.entries == (
        Entry(
            guid="one",
            title="A & B",
            html="<p>Text</p>",
            text="Text",
            author="Ann",
            link="https://example.org/1",
            comments_link="https://example.org/1#comments",
            published=1136214245,
            language="en-gb",
            enclosures=(Enclosure("https://example.org/a.mp3", "audio/mpeg", 123),),
        ),
    )


def test_an_atom_feed() -> None:
    parsed = atom(
        "<entry><id>tag:example.org,2006:1</id><title type='html'>&lt;b&gt;T&lt;/b&gt;</title>"
        "<link rel='enclosure' href='a.ogg' type='audio/ogg' length='x'/><link rel='self' href='s.xml'/>"
        "<link rel='replies' type='text/html' href='/1#c'/><link href='/1'/>"
        "<published>2006-01-02T15:04:05Z</published><updated>2006-01-03T00:00:00Z</updated>"
        "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>One</p><p>Two</p></div></content></entry>",
        "<author><name>Ann</name></author><author><name>Bob</name></author><link href='https://example.org/'/>",
        "xml:lang='de'",
    )
    assert (parsed.format, parsed.language, parsed.site_url) == ("atom", "de", "https://example.org/")
    one = parsed.entries[0]
    assert (one.guid, one.title, one.author) == ("tag:example.org,2006:1", "T", "Ann, Bob")
    assert (one.link, one.comments_link) == ("https://example.org/1", "https://example.org/1#c")
    assert one.enclosures == (Enclosure("https://example.org/feeds/a.ogg", "audio/ogg"),)
    assert (iso(one.published), iso(one.updated)) == ("2006-01-02T15:04:05Z", "2006-01-03T00:00:00Z")
    assert one.html == "<p>One</p><p>Two</p>"


def test_rss_1() -> None:
    parsed = read(
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'"
        " xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>F</title><link>https://example.org/</link></channel>"
        "<item rdf:about='urn:1'><title>T</title><link>https://example.org/1</link><dc:date>2006-01-02</dc:date></item></rdf:RDF>",
        URL,
    )
    assert isinstance(parsed, ParsedFeed)
    assert parsed.format == "rdf"
    assert [(one.guid, one.title, iso(one.published)) for one in parsed.entries] == [
        ("urn:1", "T", "2006-01-02T00:00:00Z")
    ]


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("<title>AT&amp;T</title>", "AT&T"),
        ("<title><![CDATA[<b>x</b> &amp; y]]></title>", "x & y"),
        ("<title>Vec&lt;T&gt;</title>", "Vec<T>"),
        ("<title> a\n b </title>", "a b"),
        ("<title>One</title><media:title>Two</media:title>", "One"),
        ("<title/>", None),
        ("", None),
    ],
)
def test_titles(markup: str, title: str | None) -> None:
    assert item(markup).title == title


def test_the_content_goes_before_the_summary() -> None:
    both = "<description>Short.</description><content:encoded>&lt;p&gt;The whole text.&lt;/p&gt;</content:encoded>"
    assert item(both).text == "The whole text."
    assert item("<description>Only this</description>").text == "Only this"


def test_the_longer_text_is_not_given_up_for_a_shorter_one() -> None:
    description = "<description>&lt;p&gt;A long description in full sentences.&lt;/p&gt;</description>"
    assert item(description + "<itunes:summary>Short</itunes:summary>").text == "A long description in full sentences."
    picture = "<content:encoded>&lt;img src='/a.png'&gt;</content:encoded>"
    assert item("<description>Words</description>" + picture).html == (
        '<p><img src="https://example.org/a.png" alt=""/></p><p>Words</p>'
    )


def test_text_that_is_no_html_keeps_its_signs_and_lines() -> None:
    assert entry("<summary>1 &lt; 2\nand\n\nmore</summary>").html == "<p>1 &lt; 2<br/>and</p><p>more</p>"
    plain = "First &amp; line\nsecond line\n\nNew paragraph"
    assert (
        item(f"<description>{plain}</description>").html
        == "<p>First &amp; line<br/>second line</p><p>New paragraph</p>"
    )
    wrapped = "\n".join(["This line was broken at a width by the publisher of the"] * 5)
    assert "<br/>" not in item(f"<description>{wrapped}</description>").html
    assert (
        item("<description>&amp;lt;p&amp;gt;Escaped twice&amp;lt;/p&amp;gt;</description>").html
        == "<p>Escaped twice</p>"
    )
    assert entry("<summary>&lt;p&gt;Really HTML&lt;/p&gt;</summary>").html == "<p>Really HTML</p>"


@pytest.mark.parametrize(
    ("markup", "link"),
    [
        ("<link>/a</link>", "https://example.org/a"),
        ("<guid>https://example.org/g</guid>", "https://example.org/g"),
        ("<guid isPermaLink='false'>https://example.org/g</guid>", None),
        ("<guid>17</guid>", None),
        ("<link>javascript:alert(1)</link>", None),
        ("<link> https://example.org/a b </link>", "https://example.org/a%20b"),
        ("<enclosure url='https://example.org/a.mp3'/>", None),
        ("<link>gemini://example.org/</link>", "gemini://example.org/"),
    ],
)
def test_links(markup: str, link: str | None) -> None:
    assert item(markup).link == link


def test_ids_do_not_depend_on_where_the_feed_lies() -> None:
    assert item("<guid>17</guid>").guid == "17"
    assert item("<title>T</title><link>https://example.org/1</link>").guid == "https://example.org/1"


def test_addresses_are_resolved_against_the_base_of_their_field() -> None:
    html = "&lt;a href='x'&gt;l&lt;/a&gt;"
    assert '"https://example.org/feeds/x"' in entry(f"<content type='html'>{html}</content>").html
    assert (
        '"https://base.example/d/x"'
        in entry(f"<content type='html' xml:base='d/'>{html}</content>", "", "xml:base='https://base.example/'").html
    )
    page = "<link>https://example.org/2006/post/</link>"
    assert '"https://example.org/2006/post/x"' in item(f"{page}<description>{html}</description>").html
    elsewhere = "<link>https://elsewhere.example/story/</link>"
    assert '"https://example.org/feeds/x"' in item(f"{elsewhere}<description>{html}</description>").html


def test_media_to_hear_and_see_are_enclosures_pictures_are_not() -> None:
    found = item(
        "<enclosure url='https://example.org/a.mp3' type='audio/mpeg' length='-5'/>"
        "<media:content url='https://example.org/a.mp3' type='audio/mpeg'/>"
        "<media:group><media:content url='https://example.org/v.mp4' medium='video' fileSize='9'/></media:group>"
        "<media:content url='https://example.org/p.jpg' type='image/jpeg'/>"
    ).enclosures
    assert found == (
        Enclosure("https://example.org/a.mp3", "audio/mpeg"),
        Enclosure("https://example.org/v.mp4", None, 9),
    )


@pytest.mark.parametrize(
    ("markup", "seconds"),
    [
        ("<ttl>15</ttl>", 900),
        ("<ttl>soon</ttl>", None),
        ("<ttl>-1</ttl>", None),
        ("<ttl>1e99</ttl>", 365 * 86400),
        ("<ttl>nan</ttl>", None),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", 21600),
        ("<sy:updatePeriod> hourly </sy:updatePeriod>", 3600),
        ("", None),
    ],
)
def test_how_often_the_publisher_wants_to_be_asked(markup: str, seconds: int | None) -> None:
    assert rss("", markup).refresh_after == seconds


def test_atoms_own_author_stands_in_and_rss_editors_do_not() -> None:
    assert entry("<title>T</title>", "<author><name>Ann</name></author>").author == "Ann"
    assert item("<title>T</title>", "<managingEditor>ann@example.org (Ann)</managingEditor>").author is None
    assert item("<author>ann@example.org (Ann)</author>").author == "Ann"
    assert item("<dc:creator>Ann &lt;b&gt;B&lt;/b&gt;</dc:creator><dc:creator>Cem</dc:creator>").author == "Ann B, Cem"


def test_ill_formed_xml_is_read_all_the_same() -> None:
    found = rss(
        "<item><title>A & B</title><description><b>x<p>y</description></item><item><title>2</title></item>"
    ).entries
    assert [one.title for one in found] == ["A & B", "2"]
    assert "\x07" not in item("<title>a\x07b</title>").html


def test_of_a_feed_that_is_cut_off_the_whole_entries_stay() -> None:
    whole = "<item><title>1</title></item><item><title>2</title></item>"
    text = f"<rss version='2.0'><channel><title>F</title>{whole}<item><title>3</title><description>cut"
    parsed = read(text, URL)
    assert isinstance(parsed, ParsedFeed)
    assert [one.title for one in parsed.entries] == ["1", "2"]
    parsed = read(f"<rss version='2.0'><channel><title>F</title>{whole}", URL)
    assert isinstance(parsed, ParsedFeed)
    assert [one.title for one in parsed.entries] == ["1", "2"]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("&#xD83D;&#xDE00;", "😀"),
        ("&#55357;&#56832;&#x21;", "😀!"),
        ("&#xD83D;", "�"),
        ("&#x110000;", "�"),
        ("&#99999999999999999999;", "�"),
        ("&#x10FFFD;", "\U0010fffd"),
    ],
)
def test_numbers_of_no_character_cost_no_article(written: str, title: str) -> None:
    assert [
        entry.title for entry in rss(f"<item><title>1</title></item><item><title>{written}</title></item>").entries
    ] == [
        "1",
        title,
    ]


@pytest.mark.parametrize(
    "odd",
    [
        "<x:pos xmlns:x='http://www.opengis.net/gml'>1 2</x:pos>",
        "<gml:pos xmlns:gml='http://www.opengis.net/gml'>1 2</gml:pos>",
        "</textinput><textinput><description>d</description></textinput>",
        "<image></height></image>&",
    ],
)
def test_an_element_out_of_place_costs_no_article(odd: str) -> None:
    parsed = rss(f"<item><title>1</title>{odd}</item><item><title>2</title></item>")
    assert [entry.title for entry in parsed.entries] == ["1", "2"]


@pytest.mark.parametrize(
    ("text", "is_whole"),
    [
        ("<rss version='2.0'><channel><item><title>1</title></item></channel></rss>", True),
        ("<rss version='2.0'><channel><item><title>1 & 2</title></item></channel></rss> <!-- 0.1 s -->", True),
        ("<rss version='2.0'><channel><item><title>1</title></item>", False),
    ],
)
def test_whether_a_feed_broke_off_is_known(text: str, is_whole: bool) -> None:
    parsed = read(text, URL)
    assert isinstance(parsed, ParsedFeed)
    assert parsed.is_whole == is_whole


def test_what_breaks_off_before_its_first_article_is_no_feed() -> None:
    for text in ("<rss><chan", "<rss version='2.0'><channel><title>F</ti", "<feed><entry><title>Half"):
        assert read(text, URL) == Unreadable("The feed breaks off before the end of its first article.")


def test_an_empty_feed_is_a_feed_and_other_xml_is_none() -> None:
    assert rss("").entries == ()
    assert isinstance(read("<feed/>", URL), ParsedFeed)
    assert isinstance(read("<rdf:RDF xmlns='http://purl.org/rss/1.0/'/>", URL), Unreadable)
    assert isinstance(read("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>", URL), Unreadable)


def test_entities_that_grow_are_not_expanded() -> None:
    bomb = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 12))
    parsed = read(
        f"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY e0 'ha'>{bomb}]><rss version='2.0'><channel><title>F</title>"
        "<item><title>x&e11;</title></item></channel></rss>",
        URL,
    )
    assert len(repr(parsed)) < 10_000


def test_outside_entities_are_not_loaded() -> None:
    parsed = read(
        "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>"
        "<rss version='2.0'><channel><title>a&x;b</title></channel></rss>",
        URL,
    )
    assert isinstance(parsed, ParsedFeed)
    assert parsed.title in ("ab", "a&x;b")


def test_what_no_parser_gets_through_is_a_sentence() -> None:
    parsed = read("<rss<item<link<channel<item</item</link>", URL)
    assert isinstance(parsed, Unreadable)
    assert parsed.reason == "The feed is so broken that nothing could be read from it."
