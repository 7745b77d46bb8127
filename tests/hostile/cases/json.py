"""JSON Feeds that are none, or not as the standard has it."""

from __future__ import annotations

import json
from typing import Any

from tests.hostile.case import Serve, bad, fine, page
from tests.hostile.checks import has_bounded_files, has_safe_links, has_sane_dates, is_clean

TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"
NO_FEED = "The document is JSON, but no feed"
BROKEN_OFF = "The feed breaks off in the middle; only what was whole of it has come in"
NONE_WHOLE = "The feed breaks off before the end of its first article"


def made(*items: Any, **more: Any) -> bytes:
    return json.dumps({"version": VERSION, "title": "Feed", "items": list(items), **more}).encode()


def one(number: int, **more: Any) -> dict[str, Any]:
    return {"id": str(number), "title": f"Story {number}", "content_html": "<p>Text</p>", **more}


def served(data: bytes) -> Serve:
    return page(data, kind=TYPE)


TWO = made(one(1), one(2))
THREE = made(one(1), one(2), one(3))
WRONG: tuple[Any, ...] = (None, True, 7, -1.5, [], {}, [[]], {"a": 1}, "x")
NAMES = ("id", "url", "external_url", "title", "content_html", "content_text", "summary", "image", "banner_image", "date_published", "date_modified", "author", "authors", "tags", "language", "attachments")  # fmt: skip


def _typed() -> bytes:
    return made(
        *({**one(number), name: value} for number, (name, value) in enumerate((n, v) for n in NAMES for v in WRONG))
    )


def _number(digits: str) -> bytes:
    return TWO.replace(b'"Feed"', b'"Feed", "x": ' + digits.encode())


CASES = [
    fine("json-cut-in-the-third", served(THREE[:-30]), 2, BROKEN_OFF),
    bad("json-cut-in-the-first", served(TWO[:120]), NONE_WHOLE),
    bad("json-cut-before-the-items", served(TWO[:60]), NO_FEED),
    fine("json-with-commas", served(TWO.replace(b"]}", b",]}")), 2),
    fine("json-with-words-behind", served(TWO + b"\n<!-- 0.2 s -->"), 2),
    fine("json-with-a-mark", served(b"\xef\xbb\xbf" + TWO), 2),
    fine("json-in-utf-16", served(TWO.decode().encode("utf-16")), 2),
    fine("json-with-tabs-in-strings", served(TWO.replace(b"Story", b"St\tory\n")), 2),
    bad("json-100k-deep", served(b'{"version":"https://jsonfeed.org/version/1","items":' + b"[" * 100_000 + b"]" * 100_000 + b"}"), "The document is nested too deeply to read"),
    bad("json-objects-by-the-million", served(b'{"items":' + b'{"a":' * 1_000_000), "The document is nested too deeply to read"),
    fine("json-deep-in-an-item", served(TWO.replace(b'"id": "2"', b'"x": ' + b"[" * 400 + b"]" * 400 + b', "id": "2"')), 2),
    fine("json-number-of-a-hundred-thousand-digits", served(_number("9" * 100_000)), 2),
    fine("json-number-beyond-floats", served(_number("1e999999")), 2),
    fine("json-numbers-that-are-none", served(_number("[NaN, Infinity, -Infinity]")), 2),
    fine("json-id-a-huge-number", served(made(one(1), one(2)).replace(b'"id": "2"', b'"id": ' + b"7" * 50_000)), 2),
    fine("json-keys-twice", served(TWO.replace(b'"items"', b'"items": [1], "items"', 1)), 2),
    fine("json-keys-by-the-hundred-thousand", served(made(one(1), {**one(2), **{f"k{n}": n for n in range(100_000)}})), 2),
    fine("json-half-surrogates", served(TWO.replace(b"Story", b"St\\ud800ory\\udfff")), 2, check=is_clean),
    fine("json-escapes", served(made(one(1, title="a\x1b]52;c;AAAA\x07\u202e", content_text="\x9b2J"), one(2))), 2, check=is_clean),
    fine("json-nuls", served(TWO.replace(b"Story", b"St\\u0000ory")), 2, check=is_clean),
    fine("json-string-of-19-megabytes", served(made(one(1, content_html="word " * 3_700_000), one(2))), 2),
    bad("json-string-of-30-megabytes", served(made(one(1, content_text="word " * 6_000_000))), "The document is larger than 20 MB"),
    fine("json-wrong-types", served(_typed()), len(NAMES) * len(WRONG), check=has_safe_links),
    fine("json-wrong-types-above", served(made(one(1), one(2), title=[], home_page_url={}, feed_url=1, language=[1], authors=3, author="x", hubs=1, expired={})), 2),
    fine("json-items-of-no-objects", served(made(1, None, "x", [], True, one(2))), 1),
    fine("json-items-an-object", served(made(items={"a": 1})), 0),
    bad("json-an-array", served(b'[{"version": "https://jsonfeed.org/version/1"}]'), NO_FEED),
    bad("json-a-word", served(b'"items": []'), "The document is neither a feed nor a web page"),
    bad("json-an-error", served(b'{"error": {"code": 403, "message": "Rate limit"}}'), NO_FEED),
    bad("json-of-wordpress", served(b'{"code":"rest_no_route","message":"No route","data":{"status":404}}'), NO_FEED),
    fine("json-items-by-the-hundred-thousand", served(made(*[{"title": "T"}] * 110_000)), 1, "The feed holds more than 100,000 articles; those behind them are left out"),
    fine("json-attachments-by-the-ten-thousand", served(made(one(1, attachments=[{"url": f"http://example.org/{n}", "mime_type": "x", "size_in_bytes": -n} for n in range(50_000)]), one(2))), 2, check=has_bounded_files),
    fine("json-authors-by-the-hundred-thousand", served(made(one(1, authors=[{"name": f"n{n}"} for n in range(100_000)]), one(2))), 2),
    fine("json-dates", served(made(*(one(n, date_published=date) for n, date in enumerate(("0000-00-00T00:00:00Z", "9999-12-31T23:59:59Z", "1" + "0" * 300, 10**30, -1e300))))), 5, check=has_sane_dates),
    fine("json-links", served(made(*(one(n, url=link, external_url=link) for n, link in enumerate(("javascript:x", "file:///etc/passwd", "data:x", "\x01javascript:x"))))), 4, check=has_safe_links),
]  # fmt: skip
