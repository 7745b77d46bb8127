"""A page as a tree that is cheap to judge: what stands in which element, how much of it is text and how much links.

The tree is grown from the flat run of ``html.pieces``. Loose text between the blocks of a ``div`` becomes paragraphs of
its own, and so do the parts of a text that two line breaks set apart. What is thrown out is only marked, so that
another attempt may begin from the whole page. No function here recurses: pages nest as deep as they like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.parse.attributes import is_hidden
from reader.parse.elements import SKIPPED, VOID
from reader.parse.maintext.names import is_unlikely

MOST = 200_000
_NAMES = re.compile(r'\s(?:class|id)="([^"]*)"')
_SPACES = re.compile(r"\s+")
_COMMAS = re.compile("[,،﹐︐︑⹁⸴⸲，]")
_BLOCKS = frozenset(("blockquote", "dl", "div", "img", "ol", "p", "pre", "table", "ul"))
_PHRASING = frozenset(
    ("abbr", "audio", "b", "bdi", "bdo", "big", "br", "button", "cite", "code", "data", "dfn", "em", "embed", "font",
     "i", "input", "kbd", "label", "mark", "math", "meter", "object", "output", "progress", "q", "ruby", "s", "samp",
     "select", "small", "span", "strike", "strong", "sub", "sup", "textarea", "time", "tt", "u", "var", "wbr")
)  # fmt: skip
_DIVIDED = frozenset(("div", "td", "center", "article", "section", "main", "p", "body", "form"))


class Node:
    """An element. ``at`` to ``end`` are the places in the page's order of itself and of what it holds.

    ``kind`` is its tag, but "p" for a ``div`` that holds no blocks. ``boxes`` are the names of those that it has
    taken the place of, as there was nothing else in them.
    """

    __slots__ = ("at", "boxes", "commas", "end", "gone", "has_blocks", "kind", "length", "linked", "names",
                 "own_commas", "own_length", "parent", "parts", "raw", "score", "tag")  # fmt: skip

    def __init__(self, tag: str, raw: str, parent: Node | None) -> None:
        self.tag = self.kind = tag
        self.raw = raw
        self.names = " ".join(_NAMES.findall(raw)).lower() if raw else ""
        self.parent = parent
        self.boxes: tuple[str, ...] = ()
        self.parts: list[Node | str] = []
        self.at = self.end = 0
        self.gone = self.has_blocks = False
        self.own_length = self.own_commas = 0
        self.length = self.commas = 0
        self.linked = 0.0
        self.score: float | None = None

    @property
    def children(self) -> list[Node]:
        """The elements right in it that are still there."""
        return [part for part in self.parts if isinstance(part, Node) and not part.gone]

    @property
    def link_density(self) -> float:
        """The share of its text that stands in links."""
        return self.linked / self.length if self.length else 0.0

    def above(self, most: int = 1 << 30) -> Iterator[Node]:
        """The elements around it, the innermost first."""
        node = self.parent
        while node is not None and most:
            yield node
            node, most = node.parent, most - 1

    def text(self) -> str:
        """All its text that is still there, as one line; entities stay as they are."""
        return _SPACES.sub(" ", "".join(_pieces(self, marked=False))).strip()

    def html(self) -> str:
        """What is still there of it, itself included."""
        return "".join(_pieces(self, marked=True))


class Tree:
    """A page, as far as ``MOST`` tags. ``nodes`` are its elements in the page's order, ``root`` around them first."""

    def __init__(self, pieces: list[str]) -> None:
        self.root = _grown(pieces[: 3 * MOST + 1])
        self.nodes = _in_order(self.root)
        self.measure()

    def within(self, node: Node) -> Iterator[Node]:
        """The elements in one that are still there, in the order of the page."""
        at = node.at + 1
        while at < node.end:
            here = self.nodes[at]
            if here.gone:
                at = here.end
            else:
                yield here
                at += 1

    def begin_again(self) -> None:
        """Takes back all that was thrown out."""
        for node in self.nodes:
            node.gone = False
            node.score = None
        self.measure()

    def measure(self) -> None:
        """Counts the text of every element anew."""
        for node in self.nodes:
            node.length, node.commas, node.linked = node.own_length, node.own_commas, 0.0
        for node in reversed(self.nodes):
            _link(node)
            parent = node.parent
            if parent is not None and not node.gone:
                parent.length += node.length
                parent.commas += node.commas
                parent.linked += node.linked


def _is_phrasing(part: Node | str) -> bool:
    """Whether it stands within a line."""
    if isinstance(part, str):
        return True
    if part.tag in ("a", "del", "ins"):
        return all(isinstance(each, str) or each.tag in _PHRASING or each.tag == "img" for each in part.parts)
    return part.tag in _PHRASING


def _grown(pieces: list[str]) -> Node:
    root = here = Node("body", "", None)
    if pieces[0].strip():
        root.parts.append(pieces[0])
    skipped = 0
    for tag, raw, text in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        if skipped:
            if tag not in VOID:
                skipped += -1 if tag[0] == "/" else 1
        elif tag[0] == "/":
            _close(here)
            here = here.parent or here
        elif tag in SKIPPED or (raw and _is_unseen(raw)):
            skipped = tag not in VOID
        else:
            node = Node(tag, raw, here)
            here.parts.append(node)
            if tag not in VOID:
                here = node
        if text and not skipped:
            here.parts.append(text)
    while here.parent is not None:
        _close(here)
        here = here.parent
    _close(root)
    return root


def _link(node: Node) -> None:
    if node.tag == "a":
        node.linked = node.length * (0.3 if ' href="#' in node.raw else 1.0)


def _is_unseen(raw: str) -> bool:
    return is_hidden(raw) or (' aria-hidden="true"' in raw and "fallback-image" not in raw)


def _close(node: Node) -> None:
    """Sets loose text apart, once all of an element is there, and counts what is left of it."""
    if node.tag in _DIVIDED and any(isinstance(part, Node) for part in node.parts):
        _divide(node)
    texts = [part for part in node.parts if isinstance(part, str)]
    if texts:
        line = _SPACES.sub(" ", "".join(texts))
        node.own_length = 0 if line == " " else len(line)
        node.own_commas = len(_COMMAS.findall(line))
    children = node.children
    node.length = node.own_length + sum(each.length for each in children)
    node.linked = sum(each.linked for each in children)
    _link(node)
    node.has_blocks = any(each.tag in _BLOCKS or each.has_blocks for each in children)
    if node.tag == "div" and not node.has_blocks:
        node.kind = "p"
    elif node.tag == "div" and len(children) == 1 and children[0].tag == "p" and not node.own_length:
        _unwrap(node, children[0])


def _unwrap(node: Node, paragraph: Node) -> None:
    """Puts a paragraph in the place of a box around nothing else."""
    if node.parent is not None and node.link_density < 0.25 and not is_unlikely(node):
        node.parent.parts[-1] = paragraph
        paragraph.parent = node.parent
        paragraph.boxes += (node.names,)


def _divide(node: Node) -> None:
    """Makes paragraphs of the runs of loose text between blocks, and of what two line breaks set apart."""
    runs: list[Node | list[Node | str]] = []
    breaks = 0
    for part in node.parts:
        if isinstance(part, Node) and node.tag != "p" and not _is_phrasing(part):
            runs.append(part)
            breaks = 0
            continue
        if isinstance(part, Node) and part.tag == "br":
            breaks += 1
        elif isinstance(part, Node) or not part.isspace():
            if breaks > 1 or not runs or isinstance(runs[-1], Node):
                runs.append([])
            breaks = 0
        if runs and isinstance(run := runs[-1], list):
            run.append(part)
    if len(runs) > 1:
        node.tag = node.kind = "div" if node.tag == "p" else node.tag
        node.parts = [run if isinstance(run, Node) else _paragraph(node, run) for run in runs]


def _paragraph(parent: Node, run: list[Node | str]) -> Node:
    paragraph = Node("p", "", parent)
    while run and isinstance(last := run[-1], Node) and last.tag == "br":
        run.pop()
    paragraph.parts = run
    for part in run:
        if isinstance(part, Node):
            part.parent = paragraph
    _close(paragraph)
    return paragraph


def _in_order(root: Node) -> list[Node]:
    nodes: list[Node] = []
    ahead: list[Node | None] = [root]
    open_now: list[Node] = []
    while ahead:
        node = ahead.pop()
        if node is None:
            open_now.pop().end = len(nodes)
            continue
        node.at = len(nodes)
        nodes.append(node)
        open_now.append(node)
        ahead.append(None)
        ahead += [part for part in reversed(node.parts) if isinstance(part, Node)]
    return nodes


def _pieces(node: Node, *, marked: bool) -> Iterator[str]:
    ahead: list[Node | str] = [node]
    while ahead:
        part = ahead.pop()
        if isinstance(part, str):
            yield part
        elif not part.gone:
            if part.tag in VOID:
                yield f"<{part.tag}{part.raw}>" if marked else " "
                continue
            if marked:
                yield f"<{part.tag}{part.raw}>"
                ahead.append(f"</{part.tag}>")
            elif part.tag not in _PHRASING and part.tag != "a":
                yield " "
                ahead.append(" ")
            ahead += reversed(part.parts)
