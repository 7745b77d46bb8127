"""What a document is, by what is in it."""

import gzip

import pytest

from reader.parse.detect import Kind, detect

RSS = "<rss version='2.0'><channel><title>Tëst</title></channel></rss>"


@pytest.mark.parametrize(
    "data",
    [
        RSS.encode(),
        b"\xef\xbb\xbf" + RSS.encode(),
        b"\n\n \t" + RSS.encode(),
        b'\n<?xml version="1.0"?>\n<!-- c <html> -->\n<!DOCTYPE rss [<!ENTITY x "<html>">]>\n' + RSS.encode(),
        RSS.encode("utf-16"),
        RSS.encode("utf-16-le"),
        RSS.encode("utf-32"),
        gzip.compress(RSS.encode(), mtime=0),
        b"<br />\n<b>Warning</b>: something at line 3\n" + RSS.encode(),
        b"Notice: x\n<?xml version='1.0'?>" + RSS.encode(),
        f"<?xml version='1.0' encoding='iso-8859-1'?>{RSS}".encode("latin-1"),
        RSS.replace("rss", "RSS").encode(),
    ],
)
def test_a_feed_is_a_feed_whatever_it_is_wrapped_in(data: bytes) -> None:
    found = detect(data, "text/html")
    assert found.kind is Kind.XML
    assert "Tëst" in found.text
    assert found.text.startswith("<")


@pytest.mark.parametrize(
    "root", ["<feed xmlns='http://www.w3.org/2005/Atom'>", "<rdf:RDF>", "<atom:feed>", "<?xml version='1.0'?><feed>"]
)
def test_other_feeds(root: str) -> None:
    assert detect(root.encode()).kind is Kind.XML


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ('{"version": "https://jsonfeed.org/version/1.1", "items": []}', Kind.JSON),
        ('\ufeff\n{"items": []}', Kind.JSON),
        ('{"name": "x"}', Kind.OTHER),
        ("[1, 2]", Kind.OTHER),
        ("<!DOCTYPE html><html><head><title>t</title></head><body>&lt;rss&gt;</body></html>", Kind.HTML),
        ("<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0//EN'><html></html>", Kind.HTML),
        ("<p>a fragment</p>", Kind.HTML),
        ("<opml version='2.0'><body></body></opml>", Kind.OTHER),
        ("<urlset></urlset>", Kind.OTHER),
        ("just words", Kind.OTHER),
        ("", Kind.OTHER),
        (" \n", Kind.OTHER),
    ],
)
def test_what_is_no_xml_feed(data: str, kind: Kind) -> None:
    found = detect(data.encode(), "application/rss+xml")
    assert found.kind is kind
    assert bool(found.reason) == (kind is Kind.OTHER)


def test_the_bytes_are_believed_before_any_declaration() -> None:
    assert "Tëst" in detect(RSS.encode(), "text/xml; charset=iso-8859-1").text
    assert "Tëst" in detect(f"<?xml version='1.0' encoding='latin-1'?>{RSS}".encode()).text
    assert "Tëst" in detect(RSS.encode("cp1252"), "text/xml; charset=utf-8").text
    assert "тест" in detect(RSS.replace("Tëst", "тест").encode("koi8-r"), "text/xml; charset=koi8-r").text
    inside = f"<?xml version='1.0' encoding='windows-1251'?>{RSS.replace('Tëst', 'тест')}"
    assert "тест" in detect(inside.encode("cp1251"), "text/xml; charset=iso-8859-1").text


def test_a_packed_bomb_is_unpacked_no_further_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.parse.detect.UNPACKED", 1 << 16)
    assert len(detect(gzip.compress(RSS.encode() + b" " * (1 << 22))).text) <= 1 << 16
    assert detect(b"\x1f\x8bgarbage").kind is Kind.OTHER
