"""Documents that are packed to hurt, or not as they say."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import lzma
import zipfile
import zlib

from tests.hostile.case import Serve, bad, bomb, feed, fine, packed, page, raw, stories

TWO = feed(*stories(2))
START = b"<rss><channel><title>Bomb</title>"
UNPACKS = "The document unpacks to more than 20 MB"
NOT_PACKED = "The document is not packed as the server says"
BROKEN_OFF = "The feed breaks off in the middle; only what was whole of it has come in"
PARTS = "The document is packed in several parts (gzip), which cannot be unpacked"
UNPACKABLE = "The document is packed in a way that cannot be unpacked"
BROTLI_BOMB = base64.b64decode(
    "y///P/iNlKnrU/KAyJXPXNVyWSEQBJ5X7/+E//9/8EsAxGERgO79H////+CXAIjDAgDd+z/+///BLwEQhwUAuvd//P//g18CIA4LAHTv//j//we/"
    "BEAcFgDo3v/x//8PfgmAOCwA0L3/4///H/wSAHFYAKB7/xcNAPglAGqAAwIAAQ=="
)  # 64 MB of blanks
BROTLI = base64.b64decode(
    "G6oAAIzUYc2cJ4JsW+yfj9msFkNR+KiCE8yXNLmnx7EGmFFrS9rKsra2AgvsaNcbPpPPQ0xqHBHrp8qtnyK26xApiF0EVZFcermERlYD0L5uO93Y"
    "O4BMsv8T9nLMtQU="
)  # a feed of two


def encoded(name: str, data: bytes) -> Serve:
    return page(data, Content_Encoding=name)


def _raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def _zip(data: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("feed.xml", data)
    return written.getvalue()


def _items_bomb() -> bytes:
    """A feed of very many items, which packs well."""
    return packed(START + b"<item><title>x</title></item>" * 900_000)


_SPACES = bomb(60, START)

CASES = [
    bad("gzip-bomb", encoded("gzip", _SPACES), UNPACKS),
    bad("gzip-bomb-of-items", page(_items_bomb, Content_Encoding="gzip"), UNPACKS),
    bad("gzip-bomb-without-a-feed", encoded("gzip", bomb(60)), UNPACKS),
    bad("deflate-bomb", encoded("deflate", bomb(60, START, 15)), UNPACKS),
    bad("brotli-bomb", encoded("br", BROTLI_BOMB), UNPACKS),
    bad("gzip-bomb-in-gzip", encoded("gzip, gzip", packed(_SPACES)), UNPACKS),
    bad("gzip-bomb-in-brotli-words", encoded("gzip, gzip, gzip", packed(packed(_SPACES))), UNPACKS),
    bad("gzip-bomb-chunked", raw(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n" % len(_SPACES) + _SPACES + b"\r\n0\r\n\r\n"), UNPACKS),
    bad("gzip-file-bomb", page(_SPACES, kind="application/gzip"), UNPACKS),
    bad("gzip-file-bomb-in-gzip", encoded("gzip", packed(_SPACES)), UNPACKS),
    bad("gzip-file-bomb-twice", page(packed(_SPACES), kind="application/gzip"), UNPACKS),
    bad("gzip-transfer-bomb", raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n%x\r\n" % len(_SPACES) + _SPACES + b"\r\n0\r\n\r\n"), "The answer of the server breaks the rules of HTTP"),
    bad("seventeen-encodings", encoded(", ".join(["gzip"] * 17), TWO), UNPACKABLE),
    bad("unknown-encoding", encoded("rot13", TWO), UNPACKABLE),
    bad("encoding-a-lie", encoded("gzip", TWO), NOT_PACKED),
    bad("encoding-another", encoded("br", packed(TWO)), NOT_PACKED),
    bad("encoding-with-an-escape", encoded("\x1b[2Jgzip", TWO), UNPACKABLE),
    fine("gzip-cut", encoded("gzip", packed(feed(*stories(500, "w o r d")))[:-400]), 453, BROKEN_OFF),
    bad("gzip-of-nothing", encoded("gzip", b""), "The document is empty"),
    bad("gzip-with-a-wrong-sum", encoded("gzip", packed(TWO)[:-8] + b"\0" * 8), NOT_PACKED),
    bad("gzip-with-a-tail", encoded("gzip", packed(TWO) + b"and some words of a broken server"), UNPACKABLE),
    bad("gzip-in-two-parts", encoded("gzip", packed(TWO[:200]) + packed(TWO[200:])), PARTS),
    bad("gzip-in-many-parts", encoded("gzip", b"".join(packed(TWO[n : n + 1]) for n in range(len(TWO)))), PARTS),
    fine("gzip-file", page(packed(TWO), kind="application/gzip"), 2),
    fine("gzip-file-in-two-parts", page(packed(TWO[:200]) + packed(TWO[200:])), 2),
    fine("gzip-file-twice", page(packed(packed(TWO))), 2),
    bad("gzip-file-thrice", page(packed(packed(packed(packed(TWO))))), "The document is packed again and again (gzip)"),
    fine("gzip-file-cut", page(packed(feed(*stories(5, "w o r d")))[:-30]), 3, BROKEN_OFF),
    fine("gzip-file-with-a-name", page(gzip.compress(TWO)), 2),
    fine("deflate", encoded("deflate", zlib.compress(TWO)), 2),
    fine("deflate-raw", encoded("deflate", _raw_deflate(TWO)), 2),
    fine("brotli", encoded("br", BROTLI), 2),
    fine("encoding-identity", encoded("identity", TWO), 2),
    bad("zip-file", page(_zip(TWO)), "The document is a packed file (ZIP), not a feed"),
    bad("bzip2-file", page(bz2.compress(TWO)), "The document is a packed file (bzip2), not a feed"),
    bad("xz-file", page(lzma.compress(TWO)), "The document is a packed file (xz), not a feed"),
]  # fmt: skip
