"""Articles' pages and pictures as an enemy would serve them: each has its sentence, and the good ones come in."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile.case import bomb, endless, feed, head, item, page, stall
from tests.hostile.cases.webpages import html
from tests.hostile.server import Server
from tests.worker.running import Home, named
from tests.worker.running import home as home  # noqa: PLC0414

WORDS = "<p>" + "This is a paragraph of a story that is told in whole sentences, with commas and all. " * 6 + "</p>"
HTML = "text/html; charset=utf-8"


def _png(width: int, height: int, rows: int) -> bytes:
    """A picture that says how large it is and holds so many rows of it."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * (1 + width * 3) * rows if rows else b"", 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def _text_bomb() -> bytes:
    """A picture with a packed remark that unpacks to a hundred megabytes."""
    whole = _png(4, 4, 4)
    remark = b"Comment\0\0" + zlib.compress(b"x" * 100_000_000, 9)
    chunk = struct.pack(">I", len(remark)) + b"zTXt" + remark + struct.pack(">I", zlib.crc32(b"zTXt" + remark))
    return whole[:33] + chunk + whole[33:]


PAGES = {
    "good": (html(WORDS * 8, "A story"), ""),
    "bomb": (page(bomb(60, b"<html>"), kind=HTML, Content_Encoding="gzip"), "The page cannot be had: The document unpacks to more than 20 MB"),
    "endless": (endless(head(None, kind=HTML), b"<p>words"), "The page cannot be had: The document is larger than 20 MB"),
    "silent": (stall(b""), "The page cannot be had: The server did not answer within 4 s"),
    "empty": (page(b"", kind=HTML), "The page is empty"),
    "pdf": (page(b"%PDF-1.4", kind=HTML), "The link leads to a PDF file, not to a web page"),
    "feed": (page(feed(item(1))), "The link leads to a feed, not to a web page"),
    "deep": (html("<div>" * 100_000 + WORDS * 8), ""),
    "attributes": (html("<p " + " ".join(f"a{n}=x" for n in range(100_000)) + ">" + WORDS * 8), ""),
    "names": (html("".join(f"<x{n}>" for n in range(60_000)) + WORDS * 8), ""),
    "scripts": (html("<script>" + "var x = 'y';" * 300_000 + "</script>" + WORDS * 8), ""),
    "data": (html("<img src='data:image/png;base64," + "A" * 4_000_000 + "'>" + WORDS * 8), ""),
    "unclosed": (html("<script><style><!--" * 30_000 + WORDS * 8), None),
    "gone": (page(b"no", "410 Gone", HTML), "The page cannot be had: gone for good (410)"),
}  # fmt: skip
PICTURES: dict[str, tuple[Callable[[], bytes], str]] = {
    "good": (lambda: _png(40, 30, 30), ""),
    "bomb": (lambda: _png(19_000, 19_000, 50), "The picture has too many pixels"),
    "wide": (lambda: _png(2_000_000_000, 1, 0), "The picture has too many pixels"),
    "cut": (lambda: _png(400, 300, 300)[:80], "The picture is broken"),
    "remark": (_text_bomb, "The picture is broken"),
    "svg": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "SVG drawings are not shown"),
    "page": (lambda: b"<html><body>Not here</body></html>", "This is no picture of a kind that we know"),
    "tiff": (lambda: b"II*\0\x08\0\0\0" + bytes(500), "This is no picture of a kind that we know"),
    "gif": (lambda: b"GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\xff\xff\xff\xff\0\x02\x02D\x01\0;", "The picture has too many pixels"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


def test_pages(home: Home, tmp_path: Path) -> None:
    home.configure("[fetch]\ntimeout_seconds = 4\nparse_seconds = 5\n")
    serves = {f"page-{name}": serve for name, (serve, _) in PAGES.items()}
    links: list[str] = []

    def listed() -> bytes:
        items = (f"<item><title>{n}</title><link>{link}</link></item>".encode() for n, link in enumerate(links))
        return feed(*items)

    with Server({**serves, "feed": page(listed)}, str(tmp_path)) as server:
        links += [server.url(f"page-{name}") for name in PAGES]
        home.follow(server.url("feed"))
        home.refresh()
        ids = [row[0] for row in home.connection.rows("SELECT id FROM articles ORDER BY title + 0")]
        events = home.run({"do": "fulltext", "articles": ids})
    said = {event["url"].rpartition("-")[2]: event["message"] for event in named(events, "page")}
    expected = {name: sentence for name, (_, sentence) in PAGES.items() if sentence is not None}
    assert {name: said[name] for name in expected} == expected
    assert set(said) == set(PAGES)
    assert not named(events, "killed")


def test_pictures(home: Home, tmp_path: Path) -> None:
    serves = {f"picture-{name}": page(body, kind="image/png") for name, (body, _) in PICTURES.items()}
    serves |= {"feed": page(feed(item(1)))}
    with Server(serves, str(tmp_path)) as server:
        (feed_id,) = home.follow(server.url("feed"))
        home.refresh()
        urls = [server.url(f"picture-{name}") for name in PICTURES]
        events = home.run({"do": "images", "feed": feed_id, "urls": urls})
    said = {event["url"].rpartition("-")[2]: event["message"] for event in named(events, "image")}
    assert set(said) == set(PICTURES)
    for name, (_, sentence) in PICTURES.items():
        assert said[name].startswith(sentence), name
        assert bool(said[name]) == bool(sentence), name
    assert not named(events, "killed")
