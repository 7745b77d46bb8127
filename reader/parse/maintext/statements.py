"""What a page says of itself for machines: linked data (schema.org), its title, where its relative links begin."""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reader.parse import addresses
from reader.parse.titles import plain
from reader.text import clean_line

_MOST = 20_000  # values of linked data that are looked at
_LONGEST = 2_000_000
# Each is bounded in what it looks at, so that no page makes a search take time with the square of its length.
_LINKED = re.compile(r"<script\b[^<>]{0,300}application/ld\+json[^<>]{0,300}>", re.IGNORECASE)
_SCRIPT_END = re.compile("</script", re.IGNORECASE)
_TITLE = re.compile(r"<title\b[^<>]{0,300}>([^<]{1,2000})", re.IGNORECASE)
_META = re.compile(r"<meta\b[^<>]{1,3000}>", re.IGNORECASE)
_OG_TITLE = re.compile(r"""\b(?:property|name)\s*=\s*["']?(?:og|twitter):title\b""", re.IGNORECASE)
_CONTENT = re.compile(r"""\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_BASE = re.compile(r"""<base\b[^<>]{0,300}\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
_BETWEEN = re.compile(r"\s+(?:[|»·/\\>]|::|[-–—])\s+")


@dataclass(frozen=True, slots=True)
class Statements:
    """``body`` is the article as plain text, ``is_free`` whether anybody may read it all, ``words`` how long it is."""

    title: str = ""
    base: str = ""
    body: str = ""
    is_free: bool = True
    words: int = 0


def statements(page: str, url: str) -> Statements:
    """All that a page says so; ``url`` is where it came from."""
    body, is_free, words = "", True, 0
    for key, value in _values(page):
        if key == "articleBody" and isinstance(value, str) and len(value) > len(body):
            body = _text(value)
        elif key == "isAccessibleForFree" and str(value).lower() == "false":
            is_free = False
        elif key == "wordCount" and str(value).isdigit() and len(str(value)) < 8:
            words = max(words, int(value))
    return Statements(_title(page), _base(page, url), body, is_free, words)


def _values(page: str) -> Iterator[tuple[str, Any]]:
    """Names and values of all objects of the page's linked data, at whatever depth."""
    left = _MOST
    for block in _blocks(page):
        try:
            ahead = [json.loads(block[:_LONGEST], strict=False)]
        except (ValueError, RecursionError):
            continue
        while ahead and left:
            left -= 1
            value = ahead.pop()
            if isinstance(value, dict):
                yield from value.items()
                ahead += value.values()
            elif isinstance(value, list):
                ahead += value


def _blocks(page: str) -> Iterator[str]:
    """The linked data as they stand in the page."""
    at = 0
    while (begin := _LINKED.search(page, at)) and (end := _SCRIPT_END.search(page, begin.end())):
        yield page[begin.end() : end.start()]
        at = end.end()


def _text(value: str) -> str:
    """A body of linked data as text; some hold markup, and some have it escaped."""
    return (
        entities.unescape(re.sub(r"<[^<>]*>", " ", entities.unescape(value))) if "<" in value or "&" in value else value
    )


def _title(page: str) -> str:
    """What the page is called, without the name of its site."""
    for tag in _META.findall(page[:400_000]):
        if _OG_TITLE.search(tag) and (content := _CONTENT.search(tag)):
            found = plain(content[1] or content[2], is_html=True)
            if found:
                return _without_site(found)
    title = _TITLE.search(page)
    return _without_site(plain(clean_line(title[1]), is_html=True) or "") if title else ""


def _without_site(title: str) -> str:
    cuts = [found.start() for found in _BETWEEN.finditer(title)]
    return title[: cuts[-1]] if cuts and len(title[: cuts[-1]].split()) > 2 else title


def _base(page: str, url: str) -> str:
    found = _BASE.search(page)
    said = entities.unescape(found[1] or found[2] or found[3] or "") if found else ""
    return (addresses.absolute(said, url) or url) if said else url
