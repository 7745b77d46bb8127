"""What the names (``class`` and ``id``) that people give to the parts of a page tell of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.parse.maintext.tree import Node

UNLIKELY = re.compile(
    r"-ad-|ai2html|banner|breadcrumb|combx|comment|community|cover-wrap|disqus|extra|footer|gdpr|header|legends|menu|"
    r"related|remark|replies|rss|shoutbox|sidebar|skyscraper|social|sponsor|supplemental|ad-break|agegate|pagination|"
    r"pager|popup|yom-remote"
)
MAYBE = re.compile(r"and|article|body|column|content|main|mathjax|shadow")
GOOD = re.compile(r"article|body|content|entry|hentry|h-entry|main|page|pagination|post|text|blog|story")
BAD = re.compile(
    r"-ad-|hidden|(?:^| )hid(?: |$)|banner|combx|comment|com-|contact|footer|gdpr|masthead|media|meta|outbrain|promo|"
    r"related|scroll|share|shoutbox|sidebar|skyscraper|sponsor|shopping|tags|widget"
)
BYLINE = re.compile(r"byline|author|dateline|writtenby|p-author")
SHARING = re.compile(r"(?:\b|_)(?:share|sharedaddy|sharing|social)(?:\b|_)")
ROLES = re.compile(r' role="(?:menu|menubar|complementary|navigation|alert|alertdialog|dialog)"')
_CLASS, _ID = re.compile(r'\sclass="([^"]*)"'), re.compile(r'\sid="([^"]*)"')


def is_unlikely(node: Node) -> bool:
    """Whether an element's names say that it is none of the text."""
    return bool(node.names) and UNLIKELY.search(node.names) is not None and MAYBE.search(node.names) is None


def are_alike(node: Node, other: Node) -> bool:
    """Whether two elements are of one class."""
    ours, theirs = _CLASS.search(node.raw), _CLASS.search(other.raw)
    return ours is not None and theirs is not None and ours[1] == theirs[1] != ""


def weight(node: Node) -> int:
    """How much the names of an element speak for it: 25 for each good one of class and id, against it as much."""
    if not node.names:
        return 0
    total = 0
    for pattern in (_CLASS, _ID):
        found = pattern.search(node.raw)
        if found:
            name = found[1].lower()
            total += 25 * (GOOD.search(name) is not None) - 25 * (BAD.search(name) is not None)
    return total
