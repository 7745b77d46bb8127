"""The part of a page that the page itself calls its article."""

from __future__ import annotations

import re
from collections.abc import Callable

from reader.parse.maintext import tidying, trimming
from reader.parse.maintext.tree import Node, Tree

_LEAST = 250  # characters of text
_BODY = re.compile(r' itemprop="(?:[^"]* )?(?:articleBody|blogPost)[ "]')
_MARKS: tuple[Callable[[Node], bool], ...] = (
    lambda node: " itemprop=" in node.raw and _BODY.search(node.raw) is not None,
    lambda node: node.tag == "article",
    lambda node: node.tag == "main" or ' role="main"' in node.raw,
)


def marked_part(tree: Tree, title: str) -> list[Node]:
    """The element, tidied; none where nothing is marked, or several as much."""
    tree.begin_again()
    for is_marked in _MARKS:
        found = [node for node in tree.within(tree.root) if is_marked(node)]
        long = [node for node in found if node.length >= _LEAST]
        outer = [node for node in long if not any(each in long for each in node.above())]
        if len(outer) == 1:
            tidying.tidy(tree, outer, weights=True, conditionally=True)
            trimming.trim(tree, outer, title)
            return outer
    return []
