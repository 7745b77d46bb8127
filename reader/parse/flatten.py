"""Bodies that would make a tree of them cost too much, made harmless before one is built.

Building a tree takes time with the square of its depth and of the attributes of one element, and an unclosed
``<b id=1>`` is repeated in every paragraph behind it: a hundred kilobytes can grow to gigabytes. So where formatting
piles up, it goes; where elements do, every tag goes but the edges of blocks; a tag of thousands of attributes loses
them.
"""

from __future__ import annotations

import re

from reader.parse.bounds import piles

_SHORT = 3_000
_LONG = 50_000
_MOST_FORMATS = 100
_MOST_DEPTH = 3_000
_MOST_ATTRIBUTES = 500
_MOST_NAMES = 1_000
_NAME = re.compile(r"<([a-zA-Z][^\s<>/]*)")

_FORMATS = "b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u"
_FORMAT = re.compile(rf"<(/?)(?:{_FORMATS})(?![a-z0-9])", re.IGNORECASE)
_FORMAT_TAG = re.compile(rf"</?(?:{_FORMATS})(?![a-z0-9])[^<>]*>?", re.IGNORECASE)
_ELEMENT = re.compile(
    r"<(/?)(?!(?:br|img|hr|p|li|td|th|tr|dt|dd|input|wbr|source|col|link|meta|area|embed|param|track)\b)[a-z]",
    re.IGNORECASE,
)
_LONG_TAG = re.compile(r"(<[a-z][a-z0-9]*)([^<>]{5000,})", re.IGNORECASE)
_DROPPED = re.compile(r"<(script|style)\b[^<>]*>(?:.*?</\1\s*>|.*)", re.IGNORECASE | re.DOTALL)
_EDGE = re.compile(
    r"</?(?:p|div|section|article|h[1-6]|ul|ol|li|dl|dt|dd|table|tr|blockquote|pre|figure|br|hr)(?![a-z0-9])[^<>]*>?",
    re.IGNORECASE,
)
_ANY = re.compile(r"</?[a-z!?][^<>]*>?", re.IGNORECASE)


def safe(html: str) -> str:
    """HTML of which a tree can be built in time that grows with its length; most is returned as it is."""
    if len(html) <= _SHORT:
        return html
    html = without_crowds(html)
    if piles(_FORMAT.findall(html), _MOST_FORMATS):
        html = _FORMAT_TAG.sub("", html)
    if len(html) > _LONG and (piles(_ELEMENT.findall(html), _MOST_DEPTH) or _is_babel(html)):
        html = flat(html)
    return html


def _is_babel(html: str) -> bool:
    """Whether there are more names of elements than HTML has; each new one costs the tree some time."""
    return len(set(_NAME.findall(html))) > _MOST_NAMES


def without_crowds(text: str) -> str:
    """Markup in which no tag has very many attributes."""
    return _LONG_TAG.sub(_without_attributes, text) if _LONG_TAG.search(text) else text


def flat(html: str) -> str:
    """The bare paragraphs of a body."""
    paragraphs = _EDGE.sub("\0", _DROPPED.sub("", html).replace("\0", ""))
    return "<p>".join(part for part in _ANY.sub("", paragraphs).split("\0") if part.strip())


def _without_attributes(found: re.Match[str]) -> str:
    return found[1] if len(found[2].split(None, _MOST_ATTRIBUTES)) > _MOST_ATTRIBUTES else found[0]
