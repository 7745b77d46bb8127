"""Bytes that are not what they say, or not text at all."""

from __future__ import annotations

import codecs
import random

from tests.hostile.case import bad, feed, fine, item, page, stories
from tests.hostile.checks import has, is_clean

WORDS = "Grüße, Ελλάδα, Мир, 世界"
NEITHER = "The document is neither a feed nor a web page"


def _document(encoding: str, told: str | None = None, words: str = WORDS) -> bytes:
    declaration = f'<?xml version="1.0" encoding="{told or encoding}"?>'
    return feed(*stories(2, words), before=declaration.encode()).decode().encode(encoding, "replace")


def _body(data: bytes) -> bytes:
    return feed(item(1, b"T " + data, data), item(2))


NOISE = random.Random(5).randbytes(300_000)

CASES = [
    fine("utf-16-with-a-mark", page(codecs.BOM_UTF16_LE + _document("utf-16-le", "utf-16")), 2, check=has(WORDS)),
    fine("utf-16-without-a-mark", page(_document("utf-16-be", "utf-16")), 2, check=has(WORDS)),
    fine("utf-32-with-a-mark", page(codecs.BOM_UTF32_BE + _document("utf-32-be", "utf-32")), 2, check=has(WORDS)),
    fine("utf-32-without-a-mark", page(_document("utf-32-le", "utf-32")), 2, check=has(WORDS)),
    fine("utf-16-of-an-odd-length", page(codecs.BOM_UTF16_LE + _document("utf-16-le", "utf-16") + b"\n"), 2, check=has(WORDS)),
    fine("utf-8-with-a-mark-of-utf-16", page(codecs.BOM_UTF16_LE + _document("utf-8")), 2, check=has(WORDS)),
    fine("utf-8-with-two-marks", page(codecs.BOM_UTF8 * 2 + _document("utf-8")), 2, check=has(WORDS)),
    fine("declared-utf-16-is-utf-8", page(_document("utf-8", "utf-16")), 2, check=has(WORDS)),
    fine("declared-utf-8-is-latin-1", page(_document("latin-1", "utf-8", "Grüße aus Köln, schön.")), 2, check=has("Grüße aus Köln")),
    fine("declared-klingon", page(_document("utf-8", "x-klingon-7")), 2, check=has(WORDS)),
    fine("declared-a-codec-of-ours", page(_document("utf-8", "zlib_codec")), 2, check=has(WORDS)),
    fine("declared-unicode-escape", page(_document("latin-1", "unicode_escape", r"Grüße \x41")), 2, check=has(r"\x41")),
    fine("declared-idna", page(_document("latin-1", "idna", "Grüße")), 2, check=has("Grüße")),
    fine("declared-undefined", page(_document("latin-1", "undefined", "Grüße")), 2, check=has("Grüße")),
    fine("declared-a-path", page(_document("utf-8", "../../../etc/passwd")), 2, check=has(WORDS)),
    fine("declared-a-kilobyte", page(_document("utf-8", "u" * 1500)), 2, check=has(WORDS)),
    fine("utf-7", page(_document("ascii", "utf-7", "+ADw-script+AD4-alert(1)+ADw-/script+AD4-")), 2, check=has("+ADw-script+AD4-")),
    fine("shift-jis-with-a-lead-byte", page(_document("shift_jis", words="日本語のニュース") .replace(b"</title><desc", b"\x81</title><desc")), 2),
    fine("iso-2022-jp", page(_document("iso2022_jp", "iso-2022-jp", "日本語のニュース")), 2, check=has("日本語のニュース")),
    fine("escapes-of-iso-2022", page(_body(b"\x1b$B\x1b(B\x1b$@" * 20)), 2, check=is_clean),
    fine("overlong-utf-8", page(_body(b"\xc0\xbcscript\xc0\xbe \xe0\x80\xaf \xf0\x80\x80\xaf")), 2, check=is_clean),
    fine("surrogates-in-utf-8", page(_body(b"\xed\xa0\xbd\xed\xb8\x80 \xed\xa0\x80")), 2, check=is_clean),
    fine("surrogates-by-number", page(_body(b"&#xD83D;&#xDE00; &#xDFFF; &#55357;")), 2, check=is_clean),
    fine("numbers-beyond-unicode", page(_body(b"&#x110000; &#99999999999; &#x0; &#-1;")), 2, check=is_clean),
    fine("nuls-between-letters", page(feed(*stories(2)).replace(b"Story", b"St\0ory")), 2, check=is_clean),
    fine("nuls-by-the-megabyte", page(lambda: _body(b"\0" * 3_000_000)), 2, check=is_clean),
    fine("controls", page(_body(bytes(range(1, 32)).replace(b"<", b"") + bytes(range(127, 160)))), 2, check=is_clean),
    fine("controls-by-number", page(_body(b"".join(b"&#%d;" % n for n in range(160)))), 2, check=is_clean),
    fine("escapes-of-a-terminal", page(_body(b"\x1b]52;c;ZWNobw==\x07\x1b[2J\x1bP+q\x1b\\\x9b31m")), 2, check=is_clean),
    fine("escapes-by-number", page(_body(b"&#27;]52;c;ZWNobw==&#7;&#x9b;2J&amp;#27;[2J&amp;amp;#27;c")), 2, check=is_clean),
    fine("bidi-overrides", page(_body("abc\u202edef\u2066ghi\u2069\u200f".encode())), 2, check=is_clean),
    fine("zero-width-tricks", page(_body("p\u200ba\u2060y\ufeffp\u00ada\u180el \U000e0041\U000e007f".encode())), 2, check=is_clean),
    fine("accents-by-the-hundred-thousand", page(lambda: _body(("Z" + "\u0335" * 100_000).encode())), 2, check=is_clean),
    fine("non-characters", page(_body("\ufffe\uffff\ufdd0\U0001ffff".encode())), 2, check=is_clean),
    fine("line-separators", page(_body("a\u2028b\u2029c\x0bd\x0ce".encode())), 2, check=is_clean),
    bad("ebcdic", page(_document("cp037")), NEITHER),
    bad("random-bytes", page(NOISE), NEITHER),
    bad("random-bytes-behind-a-root", page(b"<rss>" + NOISE.replace(b"<", b"")), "The feed breaks off before the end of its first article"),
    fine("cut-within-a-letter", page(feed(item(1), item(2)).replace(b"</channel>", "世".encode()[:2] + b"</channel>")), 2),
]  # fmt: skip
