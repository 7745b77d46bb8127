"""Which part of a page is its main text, judged by where its paragraphs lie.

Each paragraph gives points to the elements around it, the more the longer it is and the more commas it has, less to
those farther out. The element with the most points, less its share of links, is the main text, and of its neighbours
those that are like it. This is the way that Readability has made the browsers' own (arc90's and Mozilla's; its numbers
are in its documentation and proven on many pages). Where little comes out, another attempt is less picky.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reader.parse.maintext import names, tidying, trimming
from reader.parse.maintext.tree import Node, Tree

ENOUGH = 500  # characters, below which a less picky attempt is made
_CANDIDATES = 5
_SHORTEST = 25
_NEAR = 4  # elements around one that say what it is in; tables further out place the whole page
_SCORED = frozenset(("section", "h2", "h3", "h4", "h5", "h6", "p", "td", "pre"))
_BEFOREHAND = {
    "div": 5,
    "pre": 3,
    "td": 3,
    "blockquote": 3,
    **dict.fromkeys(("address", "ol", "ul", "dl", "dd", "dt", "li", "form"), -3),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "th"), -5),
}
_EMPTIED = frozenset(("div", "section", "header", "h1", "h2", "h3", "h4", "h5", "h6"))
_SENTENCE = re.compile(r"\.(?: |$)")


@dataclass(frozen=True, slots=True)
class Strictness:
    """What an attempt dares to throw out or to weigh."""

    unlikely: bool = True
    weights: bool = True
    conditionally: bool = True


_ATTEMPTS = (
    Strictness(),
    Strictness(unlikely=False),
    Strictness(unlikely=False, weights=False),
    Strictness(unlikely=False, weights=False, conditionally=False),
)


def main_parts(tree: Tree, title: str) -> list[Node]:
    """The elements of the page that hold its main text, in its order; what does not belong in them is thrown out."""
    best: tuple[int, Strictness] | None = None
    for strictness in _ATTEMPTS:
        found = _attempt(tree, title, strictness)
        length = sum(node.length for node in found)
        if length >= ENOUGH:
            break
        if best is None or length > best[0]:
            best = length, strictness
    else:
        assert best is not None
        found = _attempt(tree, title, best[1])
    trimming.trim(tree, found, title)
    return [node for node in found if not node.gone]


def _attempt(tree: Tree, title: str, strictness: Strictness) -> list[Node]:
    tree.begin_again()
    _throw_out(tree, title, strictness)
    tree.measure()
    top = _best(tree, strictness)
    chosen = [tree.root] if top is None else _with_neighbours(top)
    tidying.tidy(tree, chosen, strictness.weights, strictness.conditionally)
    return [node for node in chosen if not node.gone]


def _throw_out(tree: Tree, title: str, strictness: Strictness) -> None:
    """What is no text by its name, its role or for want of content; the name of the writer and the headline."""
    byline = heading = False
    at = 1
    while at < len(tree.nodes):
        node = tree.nodes[at]
        at += 1
        if not byline and _is_byline(node):
            byline = node.gone = True
        elif not heading and title and node.tag in ("h1", "h2") and tidying.says(node, title):
            heading = node.gone = True
        else:
            node.gone = (strictness.unlikely and _is_unlikely(node)) or _is_empty(tree, node)
        if node.gone:
            at = node.end


def _is_empty(tree: Tree, node: Node) -> bool:
    if node.length or node.tag not in _EMPTIED:
        return False
    return all(each.tag in ("br", "hr") for each in tree.within(node))


def _is_byline(node: Node) -> bool:
    if not node.raw or not 0 < node.length < 100:
        return False
    return (
        ' rel="author"' in node.raw or ' itemprop="author"' in node.raw or names.BYLINE.search(node.names) is not None
    )


def _is_unlikely(node: Node) -> bool:
    if node.tag in ("body", "a"):
        return False
    if names.is_unlikely(node):
        return not any(each.tag in ("table", "code") for each in node.above(_NEAR))
    return ' role="' in node.raw and names.ROLES.search(node.raw) is not None


def _paragraphs(tree: Tree) -> Iterator[Node]:
    """What is scored: paragraphs and the like, and boxes that hold nothing but text."""
    for node in tree.within(tree.root):
        if node.kind in _SCORED:
            yield node


def _best(tree: Tree, strictness: Strictness) -> Node | None:
    """The element with the most points."""
    scored: list[Node] = []
    for node in _paragraphs(tree):
        if node.length < _SHORTEST:
            continue
        points = 2 + node.commas + min(node.length // 100, 3)
        for level, each in enumerate(node.above(5)):
            if each.score is None:
                each.score = _BEFOREHAND.get(each.kind, 0) + (names.weight(each) if strictness.weights else 0)
                scored.append(each)
            each.score += points / (1 if level == 0 else 2 if level == 1 else level * 3)
    for node in scored:
        assert node.score is not None
        node.score *= 1 - node.link_density
    ordered = sorted(scored, key=lambda node: -(node.score or 0))[:_CANDIDATES]
    if not ordered or ordered[0].tag == "body":
        return None
    return _widened(_shared(ordered))


def _shared(ordered: list[Node]) -> Node:
    """The best, or what it shares with several that are nearly as good."""
    top = ordered[0]
    others = [set(map(id, each.above())) for each in ordered[1:] if _points(each) >= 0.75 * _points(top)]
    if len(others) >= 3:
        for around in top.above():
            if around.tag == "body":
                break
            if sum(id(around) in each for each in others) >= 3:
                return around
    return top


def _widened(top: Node) -> Node:
    """An element around it where that has more points, or holds nothing else."""
    last = _points(top)
    least = last / 3
    for around in top.above():
        if around.tag == "body":
            break
        if around.score is None:
            continue
        if around.score < least:
            break
        if around.score > last:
            top = around
            break
        last = around.score
    while (parent := top.parent) is not None and parent.tag != "body" and len(parent.children) == 1:
        top = parent
    return top


def _with_neighbours(top: Node) -> list[Node]:
    """It and those of its neighbours that are like it."""
    if top.parent is None:
        return [top]
    least = max(10.0, _points(top) * 0.2)
    return [node for node in top.parent.children if node is top or _belongs(node, top, least)]


def _belongs(node: Node, top: Node, least: float) -> bool:
    bonus = _points(top) * 0.2 if names.are_alike(node, top) else 0.0
    if node.score is not None and node.score + bonus >= least:
        return True
    if node.kind != "p":
        return False
    if node.length > 80:
        return node.link_density < 0.25
    return node.length > 0 and not node.linked and _SENTENCE.search(node.text()) is not None


def _points(node: Node) -> float:
    return node.score or 0.0
