"""Titles, names and labels as one plain line: no markup, no entities, nothing that moves a cursor.

Feeds say of a title that it is text and write HTML, or escape it once too often; so what looks like HTML is read as
HTML, however it is declared. A lone "<b>" in a title that is declared as text stays, and so does "List<String>".
"""

from __future__ import annotations

import re
from html import unescape

from reader.text import clean_line

_NAMES = (
    "a|abbr|acronym|address|article|aside|b|bdi|bdo|big|blink|blockquote|br|center|cite|code|del|dfn|div|em|figcaption|figure|"
    "font|h[1-6]|hr|html|body|i|iframe|img|ins|kbd|label|li|mark|nobr|ol|p|pre|q|s|samp|script|section|small|span|strike|"
    "strong|style|sub|sup|svg|table|tbody|td|th|time|tr|tt|u|ul|var|video|wbr"
)
_ELEMENT = re.compile(rf"</?(?:\w+:)?({_NAMES})(?:\s[^<>]*|/)?>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_TELLTALE = re.compile(
    rf"</(?:{_NAMES})\s*>|<(?:br|hr|wbr|p)\s*/?>|<(?:{_NAMES})\s+[\w:-]+\s*=\s*[\"'][^<>]*>|<!--.*?-->",
    re.IGNORECASE | re.DOTALL,
)
_DROPPED = re.compile(r"<(script|style|svg|iframe|video)\b[^<>]*>(?:.*?</\1\s*>|.*)", re.IGNORECASE | re.DOTALL)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_SPACED = frozenset(("br", "hr", "p", "div", "li", "td", "th", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"))
_LONGEST = 20_000


def plain(title: str | None, *, is_html: bool = False) -> str | None:
    """A title as one line; None where nothing is left of it."""
    if not title:
        return None
    text = title[:_LONGEST]
    if "<" in text or "&" in text:
        text = _unmarked(text, is_html=is_html)
    return clean_line(text) or None


def looks_like_html(text: str) -> bool:
    """Whether text has an end tag of HTML, an element with attributes, a line break or an entity."""
    return _TELLTALE.search(text) is not None or ("&" in text and has_entity(text))


def has_entity(text: str) -> bool:
    """Whether text has an entity that HTML knows."""
    return any(unescape(found) != found for found in _ENTITY.findall(text))


def _unmarked(text: str, *, is_html: bool) -> str:
    for _ in range(3):
        if not is_html and not looks_like_html(text):
            break
        text = _ELEMENT.sub(_gap, _DROPPED.sub("", text))
        text = _ENTITY.sub(lambda found: unescape(found[0]), text)
        is_html = False
    return text


def _gap(found: re.Match[str]) -> str:
    return " " if (found[1] or "").lower() in _SPACED else ""
