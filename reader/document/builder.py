"""From tags and text to blocks: one pass, with a stack instead of recursion, bounded in depth."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeAlias, overload
from unicodedata import bidirectional

from reader.document import nodes, tabulation
from reader.document.abbreviations import Abbreviations, spelled_out
from reader.document.inline import Inline
from reader.document.lines import Style
from reader.document.nodes import Block, Document, Item, Paragraph, Role, Spans, spans_text
from reader.text import clean_line

DEEPEST = 32  # containers in containers; what is deeper is read as if it stood in the deepest one
_MOST_OPEN = 256  # elements open at once
_NUMBER = re.compile("-?[0-9]{1,6}")
_RIGHT = frozenset({"R", "AL"})
_ADDRESS = re.compile(r"(?:https?|ftp|mailto|gemini|gopher|magnet|file):|#", re.IGNORECASE)
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")

_INLINE = {
    "strong": int(Style.STRONG),
    "b": int(Style.STRONG),
    "em": int(Style.EMPHASIS),
    "i": int(Style.EMPHASIS),
    "code": int(Style.CODE),
    "kbd": int(Style.CODE),
    "s": int(Style.STRIKE),
    "mark": int(Style.MARK),
    "sup": int(Style.SUPERSCRIPT),
    "sub": int(Style.SUBSCRIPT),
    "a": 0,
    "abbr": 0,
}
_ROLES = {"dt": Role.TERM, "figcaption": Role.CAPTION, "summary": Role.SUMMARY}
_LEAVES = frozenset(("p", "pre", "h1", "h2", "h3", "h4", "h5", "h6", *_ROLES))
_PARENTS = {  # what a container must stand in to be one
    "li": ("ul", "ol"),
    "tr": ("table",),
    "td": ("tr",),
    "th": ("tr",),
    "dd": ("dl",),
}
_CONTAINERS = frozenset(("ul", "ol", "blockquote", "table", "figure", "dl", "details", *_PARENTS))

_Held: TypeAlias = Block | Item | nodes.Cell | tabulation.Row


@dataclass(slots=True)
class _Open:
    """An element that is open, and what holds for the text in it."""

    tag: str
    held: list[_Held]  # what the container around the text holds so far
    container: str = ""  # its tag
    depth: int = 0
    style: int = 0
    href: str | None = None
    leaf: str = "p"
    role: Role = Role.TEXT
    rtl: bool | None = None
    attributes: dict[str, str] | None = None
    leaves_before: int = 0
    ids_before: int = 0

    def inside(self, tag: str) -> _Open:
        """An element in this one, where the same holds."""
        return _Open(
            tag,
            self.held,
            self.container,
            self.depth,
            self.style,
            self.href,
            self.leaf,
            self.role,
            self.rtl,
            self.attributes,
        )


class Builder:
    """Takes tags and text one after the other and makes a document of them."""

    def __init__(self) -> None:
        self.top = _Open("", [])
        self.stack = [self.top]
        self.opened: Counter[str] = Counter()
        self.ignored: Counter[str] = Counter()
        self.inline = Inline()
        self.leaves = 0
        self.links: dict[str, None] = {}
        self.has_pictures = False
        self.anchors: dict[str, int] = {}
        self.ids: list[str] = []  # the keys of ``anchors`` in their order
        self.pending: list[str] = []  # ids whose leaf is still to come
        self.abbreviations = Abbreviations()

    def text(self, text: str) -> None:
        """Text between two tags."""
        top = self.top
        if top.leaf == "pre":
            self.inline.add_raw(text, top.style & ~Style.CODE, top.href)
        else:
            self.inline.add(text, top.style, top.href)

    def open(self, tag: str, attributes: dict[str, str]) -> None:
        """A start tag."""
        if tag in _INLINE:
            self._identify(attributes)
            opened = self.top.inside(tag)
            opened.style |= _INLINE[tag]
            opened.href = _address(attributes.get("href")) or opened.href
            if tag == "abbr":
                opened.attributes = attributes
            self._push(opened)
        elif tag == "br":
            self._break()
        elif tag == "img":
            self._identify(attributes)
            self.inline.add_image(_image(attributes, self.top.href), self.top.style)
        elif tag in _LEAVES or tag in _CONTAINERS or tag == "hr":
            self._flush()
            self._identify(attributes)
            self._open_block(tag, attributes)

    def close(self, tag: str) -> None:
        """An end tag; closes what is still open inside, and nothing where its start is missing."""
        if self.ignored[tag]:
            self.ignored[tag] -= 1
        elif self.opened[tag]:
            while self._pop() != tag:
                pass

    def document(self) -> Document:
        """What has been read."""
        while len(self.stack) > 1:
            self._pop()
        self._flush()
        if self.leaves:
            self._anchor(self.leaves - 1)
        blocks = tuple(_blocks(self.top.held))
        return Document(blocks, tuple(self.links), MappingProxyType(self.anchors), self._pictures(blocks))

    def _pictures(self, blocks: tuple[Block, ...]) -> tuple[str, ...]:
        """The addresses of what is a picture in the end, and no part of a table."""
        if not self.has_pictures:
            return ()
        found = (leaf.src for leaf in nodes.leaves(blocks) if isinstance(leaf, nodes.Image))
        return tuple(dict.fromkeys(address for address in found if address))

    def _open_block(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "hr":
            self._hold(nodes.Rule())
            return
        top = self.top
        direction = attributes.get("dir")
        rtl = direction == "rtl" if direction in {"rtl", "ltr"} else top.rtl
        opened = top.inside(tag)
        opened.rtl = rtl
        if tag in _LEAVES:
            opened.leaf, opened.role, opened.attributes = tag, _ROLES.get(tag, top.role), attributes
        elif top.depth < DEEPEST and top.container in _PARENTS.get(tag, (top.container,)):
            opened.leaf, opened.role, opened.attributes = "p", Role.TEXT, attributes
            opened.held, opened.container, opened.depth = [], tag, top.depth + 1
            opened.leaves_before, opened.ids_before = self.leaves, len(self.ids)
        self._push(opened)

    def _push(self, opened: _Open) -> None:
        if len(self.stack) >= _MOST_OPEN:
            self.ignored[opened.tag] += 1
            return
        self.stack.append(opened)
        self.opened[opened.tag] += 1
        self.top = opened

    def _pop(self) -> str:
        """Closes the innermost element and gives its tag."""
        closed = self.top
        if closed.tag not in _INLINE:
            self._flush()
        elif closed.tag == "abbr":
            self._spell_out(closed)
        self.stack.pop()
        self.opened[closed.tag] -= 1
        self.top = self.stack[-1]
        if closed.held is not self.top.held:
            self.top.held += self._built(closed)
        return closed.tag

    def _spell_out(self, closed: _Open) -> None:
        """What an abbreviation stands for, in brackets behind it, where it is first met."""
        title = (closed.attributes or {}).get("title", "")
        if self.abbreviations.is_new(title):
            self.inline.add(spelled_out(title, self.inline.text), closed.style, closed.href)

    def _break(self) -> None:
        if self.top.leaf == "pre":
            self.inline.add_raw("\n", self.top.style, self.top.href)
        elif self.inline.add_break():
            self._flush()

    def _identify(self, attributes: dict[str, str]) -> None:
        if name := attributes.get("id"):
            self.pending.append(name)

    def _anchor(self, leaf: int) -> None:
        """Gives the ids that wait a leaf."""
        for name in self.pending:
            if name not in self.anchors:
                self.anchors[name] = leaf
                self.ids.append(name)
        self.pending.clear()

    # From text to leaves

    def _flush(self) -> None:
        """Ends the leaf that has been collected."""
        top = self.top
        leaf = self.inline.take(raw=top.leaf == "pre")
        for image in leaf.before:
            self._hold(image)
        if leaf.spans:
            for span in leaf.spans:
                if span.href is not None:
                    self.links.setdefault(span.href)
            self._hold(_leaf(top, leaf.spans))
        for image in leaf.after:
            self._hold(image)

    def _hold(self, leaf: nodes.Leaf) -> None:
        if isinstance(leaf, nodes.Image) and (address := leaf.href or leaf.src):
            self.links.setdefault(address)
            self.has_pictures = True
        self._anchor(self.leaves)
        self.leaves += 1
        self.top.held.append(leaf)

    # From blocks to containers

    def _built(self, closed: _Open) -> list[_Held]:
        """What a container comes to: nothing where it is empty."""
        attributes = closed.attributes or {}
        match closed.container:
            case "li":
                ticked = {"true": True, "false": False}.get(attributes.get("checked", ""))
                return [Item(_blocks(closed.held), ticked)]
            case "td" | "th" as tag:
                return [tabulation.cell(_blocks(closed.held), attributes, head=tag == "th")]
            case "tr":
                return [tabulation.Row(tuple(map(_as_cell, closed.held)))] if closed.held else []
            case "table":
                return self._table(closed)
            case "ul" | "ol" as tag:
                return _list(tag, closed.held, attributes)
        blocks = _blocks(closed.held)
        return [_NODES[closed.container](blocks)] if blocks else []

    def _table(self, closed: _Open) -> list[_Held]:
        """A table, which is one leaf whatever its cells hold, or the blocks that it only laid out."""
        rows = tuple(
            held if isinstance(held, tabulation.Row) else tabulation.Row((_as_cell(held),)) for held in closed.held
        )
        blocks = tabulation.table(rows)
        if len(blocks) == 1 and isinstance(blocks[0], nodes.Table):
            for name in self.ids[closed.ids_before :]:
                self.anchors[name] = closed.leaves_before
            self.leaves = closed.leaves_before + 1
        return list(blocks)


def _blocks(held: Iterable[_Held]) -> tuple[Block, ...]:
    """What a container holds as blocks."""
    return tuple(block for block in held if not isinstance(block, Item | nodes.Cell | tabulation.Row))


def _as_cell(held: _Held) -> nodes.Cell:
    """What stands in a row as a cell."""
    return held if isinstance(held, nodes.Cell) else nodes.Cell(_blocks((held,)))


def _list(tag: str, held: list[_Held], attributes: dict[str, str]) -> list[_Held]:
    """A list; what stands between its items is one itself, and only a numbered one keeps empty items."""
    items = tuple(block if isinstance(block, Item) else Item(_blocks((block,))) for block in held)
    if tag == "ul":
        items = tuple(item for item in items if item.blocks)
    if not any(item.blocks for item in items):
        return []
    step = -1 if "reversed" in attributes else 1
    start = _number(attributes.get("start"), len(items) if step < 0 else 1)
    return [nodes.ListBlock(items, tag == "ol", start, step, attributes.get("type", "1"))]


def _figure(blocks: tuple[Block, ...]) -> nodes.Figure:
    """A figure; a picture whose description is its caption again goes without."""
    captions = {spans_text(block.spans).casefold() for block in blocks if isinstance(block, Paragraph)}
    return nodes.Figure(
        tuple(
            replace(block, alt="") if isinstance(block, nodes.Image) and block.alt.casefold() in captions else block
            for block in blocks
        )
    )


_NODES: dict[str, Callable[[tuple[Block, ...]], Block]] = {
    "blockquote": nodes.Quote,
    "figure": _figure,
    "dl": nodes.DefinitionList,
    "dd": nodes.Description,
    "details": nodes.Details,
}


def _leaf(top: _Open, spans: Spans) -> nodes.Leaf:
    """The leaf that an element's text makes."""
    if top.leaf == "pre":
        return nodes.Code(spans, (top.attributes or {}).get("lang") or None)
    rtl = top.rtl if top.rtl is not None else _reads_from_right(spans_text(spans))
    if top.leaf[0] == "h":
        return nodes.Heading(spans, int(top.leaf[1]), rtl)
    return Paragraph(spans, top.role, rtl)


def _reads_from_right(text: str) -> bool:
    """Whether the first letter that has a direction runs to the left (UAX 9, P2)."""
    if text.isascii() or not _RTL.search(text):
        return False
    return next((kind in _RIGHT for kind in map(bidirectional, text) if kind == "L" or kind in _RIGHT), False)


def _image(attributes: dict[str, str], href: str | None) -> nodes.Image:
    return nodes.Image(
        clean_line(attributes.get("alt", "")),
        _address(attributes.get("src")),
        href,
        _number(attributes.get("width"), None),
        _number(attributes.get("height"), None),
    )


def _address(address: str | None) -> str | None:
    """An address of a kind that we know."""
    if not address or not _ADDRESS.match(address):
        return None
    return address if address.isascii() and address.isprintable() else clean_line(address, limit=len(address))


@overload
def _number(text: str | None, default: int) -> int: ...
@overload
def _number(text: str | None, default: None) -> int | None: ...
def _number(text: str | None, default: int | None) -> int | None:
    """A whole number of at most six digits."""
    return int(text) if text and _NUMBER.fullmatch(text) else default
