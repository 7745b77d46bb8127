"""Feeds whose XML is a weapon, or broken."""

from __future__ import annotations

from tests.hostile.case import Case, bad, feed, fine, html_item, item, of_place, page, stories
from tests.hostile.checks import has_no_secret

TWO = feed(*stories(2))
XML = b'<?xml version="1.0"?>'
BROKEN_OFF = "The feed breaks off in the middle; only what was whole of it has come in"
NONE_WHOLE = "The feed breaks off before the end of its first article"
DEEP = "The document is nested too deeply to read"
UNFOLDS = "What the document unfolds to is too large"


def _laughs() -> bytes:
    lines = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12))
    return XML + b"<!DOCTYPE rss [<!ENTITY l0 'ha'>" + lines + b"]>" + feed(item(1, "&l11;", "&l11;"), before=b"")


def _quadratic() -> bytes:
    start = XML + b'<!DOCTYPE rss [<!ENTITY a "' + b"a" * 100_000 + b'">]>'
    return start + feed(item(1, "&a;", "&a;" * 20_000), before=b"")


def _parameters() -> bytes:
    lines = b"".join(b"<!ENTITY %% p%d '%s'>" % (n, b"&#37;p%d;" % (n - 1) * 20) for n in range(1, 10))
    return XML + b"<!DOCTYPE rss [<!ENTITY % p0 'x'>" + lines + b"%p9;]>" + feed(*stories(2), before=b"")


def _declared(declarations: str, body: str) -> bytes:
    return XML + f"<!DOCTYPE rss {declarations}>".encode() + feed(item(1, "Story", body), item(2), before=b"")


def _outside(name: str, declarations: str, body: str, articles: int = 2) -> Case:
    """A document that would have others opened; ``{secret}`` and ``{canary}`` stand for them."""
    serve = of_place(
        lambda wire: _declared(
            declarations.replace("{secret}", wire.secret).replace("{canary}", wire.canary),
            body.replace("{secret}", wire.secret).replace("{canary}", wire.canary),
        )
    )
    return fine(name, serve, articles, check=has_no_secret)


ENTITIES = [
    fine("billion-laughs", page(_laughs), 1),
    fine("quadratic-blowup", page(_quadratic), 1),
    fine("parameter-entities", page(_parameters), 2),
    fine("entity-in-itself", page(_declared('[<!ENTITY a "&b;"><!ENTITY b "&a;">]', "&a;")), 2),
    fine("entity-name-of-a-megabyte", page(lambda: _declared("[]", "&" + "e" * 1_000_000 + ";")), 2),
    fine("entities-by-the-hundred-thousand", page(lambda: _declared("[" + "".join(f'<!ENTITY e{n} "x">' for n in range(100_000)) + "]", "&e1;")), 2),
    _outside("xxe-file", '[<!ENTITY x SYSTEM "file://{secret}">]', "&x;"),
    _outside("xxe-path", '[<!ENTITY x SYSTEM "{secret}">]', "&x;"),
    _outside("xxe-http", '[<!ENTITY x SYSTEM "{canary}">]', "&x;"),
    _outside("xxe-public", '[<!ENTITY x PUBLIC "-//x//y" "{canary}">]', "&x;"),
    _outside("xxe-parameter", '[<!ENTITY % x SYSTEM "{canary}"> %x;]', "&y;"),
    _outside("xxe-blind", "[<!ENTITY % f SYSTEM 'file://{secret}'><!ENTITY % d SYSTEM '{canary}'>%d;%f;]", "x"),
    _outside("external-dtd", 'SYSTEM "{canary}"', "x"),
    _outside("external-dtd-public", 'PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "{canary}"', "x"),
    _outside("xinclude", "rss", '<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="file://{secret}"/>'),
    fine("stylesheets", of_place(lambda wire: feed(*stories(2), before=f'{XML.decode()}<?xml-stylesheet href="{wire.canary}"?>'.encode() * 1)), 2),
    fine("schema-location", of_place(lambda wire: feed(*stories(2), rss=f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="x {wire.canary}"'.encode())), 2),
    fine("doctype-with-comments", page(XML + b"<!DOCTYPE rss [<!-- > ]> --><!ELEMENT rss ANY><?x ]>?>]>" + feed(*stories(2), before=b"")), 2),
    fine("doctypes-by-the-thousand", page(XML + b"<!DOCTYPE rss>" * 5000 + feed(*stories(2), before=b"")), 2),
    fine("entity-references-by-the-million", page(lambda: feed(item(1, "T", "&amp;#x41;&lt;" * 600_000), item(2))), 2),
]  # fmt: skip

SHAPES = [
    bad("elements-100k-deep", page(lambda: XML + b"<rss><channel>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</channel></rss>"), DEEP),
    bad("elements-deep-in-an-item", page(lambda: feed(item(1, "T", b"<i>" * 100_000 + b"x" + b"</i>" * 100_000), item(2))), DEEP),
    fine("markup-100k-deep", page(lambda: feed(html_item("<div><b>" * 100_000 + "deep"), item(2))), 2),
    bad("unclosed-by-the-million", page(lambda: b"<rss><channel><item><description>" + b"<b><i><a>" * 400_000), DEEP),
    bad("unclosed-items-by-the-million", page(lambda: b"<rss><channel>" + b"<item>" * 1_000_000), DEEP),
    fine("attributes-of-a-megabyte", page(lambda: b"<rss><channel><item><title " + b" ".join(b"a%d='<'" % n for n in range(120_000)) + b">x</title></item></channel></rss>"), 1),
    bad("attributes-with-brackets", page(lambda: b"<rss><channel><item><title " + b" ".join(b"a%d='>'" % n for n in range(120_000)) + b">x & y</title></item></channel></rss>"), "The document took longer than 4 s to read and was stopped"),
    fine("attributes-well-formed", page(lambda: feed(item(1), b"<item " + b" ".join(b'a%d="x"' % n for n in range(120_000)) + b"/>")), 2),
    bad("attributes-without-values", page(lambda: b"<rss><channel><item" + b" a" * 600_000 + b"><title>x</title>"), NONE_WHOLE),
    fine("attribute-of-ten-megabytes", page(lambda: feed(item(1), b'<item rdf:about="' + b"y" * 10_000_000 + b'"><title>x</title></item>', rss=b' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"')), 2),
    fine("element-name-of-a-megabyte", page(lambda: feed(item(1), b"<" + b"n" * 1_000_000 + b"/>", item(2))), 2),
    fine("element-names-by-the-hundred-thousand", page(lambda: feed(item(1), b"".join(b"<e%d>x</e%d>" % (n, n) for n in range(100_000)), item(2))), 2),
    fine("namespaces-by-the-ten-thousand", page(lambda: feed(*stories(2), rss=b"".join(b' xmlns:n%d="urn:%d"' % (n, n) for n in range(20_000)))), 2),
    fine("namespaces-redefined", page(feed(item(1, more='<a:x xmlns:a="http://www.w3.org/2005/Atom"><a:y xmlns:a="urn:z"/></a:x>'), item(2), rss=b' xmlns:a="urn:a"')), 2),
    fine("namespace-of-another-feed", page(feed(*stories(2), rss=b' xmlns="http://www.w3.org/1999/xhtml" xmlns:rss=""')), 2),
    fine("feed-in-a-feed", page(feed(item(1, more=feed(item(2), item(3), before=b"")), item(4))), 4),
    fine("two-feeds-in-one", page(TWO + feed(item(8), item(9))), 4),
    fine("comment-without-an-end", page(TWO.replace(b"</channel></rss>", b"<!-- and so on ")), 2, BROKEN_OFF),
    fine("comments-within-comments", page(feed(item(1), b"<!-- <!-- -- -->", item(2))), 2),
    fine("comments-by-the-million", page(lambda: feed(item(1), b"<!---->" * 1_000_000, item(2))), 2),
    fine("instructions-by-the-million", page(lambda: feed(item(1), b"<?x?>" * 1_000_000, item(2))), 2),
    fine("cdata-without-an-end", page(feed(item(1)).replace(b"</channel></rss>", b"<item><title>x</title><description><![CDATA[and so on")), 1, BROKEN_OFF),
    fine("cdata-of-cdata", page(feed(item(1, "T", "<![CDATA[<![CDATA[x]]]]><![CDATA[>]]>"), item(2))), 2),
    fine("cdata-by-the-million", page(lambda: feed(item(1, "T", "<![CDATA[x]]>" * 500_000), item(2))), 2),
    fine("elements-misnested", page(feed(item(1), b"<item><title>x</item></title>", item(2))), 3),
    fine("brackets-by-the-million", page(lambda: feed(item(1), b"<" * 300_000, item(2))), 2),
    fine("ampersands-by-the-million", page(lambda: feed(item(1), item(2, "T", "&" * 300_000))), 2),
    fine("quotes-without-an-end", page(lambda: TWO.replace(b"</channel></rss>", b'<x y="' + b"z" * 1_000_000)), 2, BROKEN_OFF),
    fine("cut-in-the-third", page(TWO[:-20] + b"<item><title>A third that is cut"), 2, BROKEN_OFF),
    bad("cut-in-the-first", page(TWO[: TWO.index(b"Some text")]), NONE_WHOLE),
    bad("cut-in-the-channel", page(XML + b"<rss><channel><title>Fe"), NONE_WHOLE),
    bad("only-a-declaration", page(XML), "The document is XML, but no feed"),
    bad("only-a-root", page(b"<rss"), "The document looks like a feed, but none could be read from it"),
    fine("empty-channel", page(feed()), 0),
    fine("declaration-of-version-9", page(TWO.replace(b"1.0", b"9.9", 1)), 2),
    fine("words-before", page(b"Warning: mysql_connect() failed in /var/www/x.php on line 3\n" + TWO), 2),
    fine("words-behind", page(TWO + b"\nFatal error: out of memory" * 1000), 2),
    fine("blanks-by-the-megabyte", page(lambda: b" \n" * 4_000_000 + TWO), 2),
    bad("rdf-but-no-feed", page(XML + b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"/>'), "The document is RDF, but no feed"),
    bad("opml", page(XML + b'<opml version="2.0"><body><outline xmlUrl="http://example.org/"/></body></opml>'), "This is a list of feeds (OPML), not a feed; import it instead"),
    bad("sitemap", page(XML + b"<urlset><url><loc>http://example.org/</loc></url></urlset>"), "This is a sitemap, not a feed"),
    bad("svg", page(XML + b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), "The document is a drawing (SVG), not a feed"),
    bad("soap", page(XML + b"<soap:Envelope><soap:Fault/></soap:Envelope>"), "The document is XML, but no feed"),
]  # fmt: skip

SIZES = [
    fine("items-by-the-thousand", page(lambda: feed(*(b"<item><guid>%d</guid><title>T%d</title></item>" % (n, n) for n in range(5_000)))), 5_000),
    bad("items-by-the-million", page(lambda: feed(*(b"<item><guid>%d</guid><title>T</title></item>" % n for n in range(1_000_000)))), "The document is larger than 20 MB"),
    fine("items-of-nothing-by-the-million", page(lambda: feed(item(1), b"<item/>" * 101_000)), 2, "The feed holds more than 100,000 articles; those behind them are left out"),
    bad("one-item-of-50-megabytes", page(lambda: feed(item(1, "T", "word " * 10_000_000))), "The document is larger than 20 MB"),
    fine("one-item-of-19-megabytes", page(lambda: feed(item(1, "T", "word " * 3_800_000), item(2))), 2),
    fine("one-item-of-19-megabytes-of-markup", page(lambda: feed(html_item("<p>a <b>b</b></p>" * 1_100_000), item(2))), 2),
    fine("one-item-of-3-megabytes-broken", page(lambda: feed(item(1, "T", "word & " * 250_000), item(2))), 2),
    fine("one-item-of-16-megabytes-of-emoji", page(lambda: feed(item(1, "T", "\U0001f600 " * 3_000_000), item(2))), 2),
    bad("bases-that-grow", page(lambda: feed(*(html_item('<a href="a">😀</a>' * 500, n) for n in range(600)), channel=b"", rss=b' xml:base="http://example.org/' + b"x" * 7000 + b'/"')), UNFOLDS),
    fine("bases-within-bases", page(lambda: feed(item(1), b"".join(b'<x%d xml:base="%s/">' % (n, b"y" * 90) for n in range(300)) + b"".join(b"</x%d>" % n for n in reversed(range(300))), item(2))), 2),
    fine("base-of-a-file", page(feed(html_item('<a href="passwd">x</a>'), item(2), rss=b' xml:base="file:///etc/"')), 2),
    fine("language-of-a-megabyte", page(lambda: feed(*stories(2), rss=b' xml:lang="' + b"x" * 1_000_000 + b'"')), 2),
]  # fmt: skip

CASES = [*ENTITIES, *SHAPES, *SIZES]
