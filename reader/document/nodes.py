"""What a document is made of, as frozen values.

Blocks are leaves, which hold text, and containers, which hold blocks. The leaves of a document in its order are
numbered from 0: a line, a find hit and a kept place name a character by its leaf and its offset in that leaf's text.
``leaf_texts`` lists these texts; a table is one leaf.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import TypeAlias

from reader.document.lines import Style


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one style; a line break is a newline character."""

    text: str
    style: Style = Style.TEXT
    href: str | None = None


Spans: TypeAlias = tuple[Span, ...]


class Role(Enum):
    """What a paragraph is for."""

    TEXT = "text"
    CAPTION = "caption"
    TERM = "term"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. ``rtl`` is set where it reads from right to left."""

    spans: Spans
    role: Role = Role.TEXT
    rtl: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6."""

    spans: Spans
    level: int
    rtl: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """Text whose spaces and line ends count; tabs are kept."""

    spans: Spans
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Image:
    """A picture on lines of its own; ``href`` is where it leads to, ``src`` where it lies. Sizes in pixels."""

    alt: str
    src: str | None = None
    href: str | None = None
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A break between sections; a leaf without text."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; ``align`` is "left", "right", "center" or nothing."""

    blocks: tuple[Block, ...]
    head: bool = False
    columns: int = 1
    rows: int = 1
    align: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table of data, row by row."""

    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody else said."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list; ``checked`` is None where there is nothing to tick."""

    blocks: tuple[Block, ...]
    checked: bool | None = None


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list. Where it is numbered ``start`` is the first number, ``step`` 1 or -1 and ``kind`` as in ``<ol type>``."""

    items: tuple[Item, ...]
    ordered: bool = False
    start: int = 1
    step: int = 1
    kind: str = "1"


@dataclass(frozen=True, slots=True)
class Figure:
    """Pictures, code or a table with a caption, which is a paragraph of that role."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """What is said of the term before it."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class DefinitionList:
    """Terms, which are paragraphs of that role, and descriptions."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Details:
    """A part that a browser would fold away below its summary, a paragraph of that role."""

    blocks: tuple[Block, ...]


Leaf: TypeAlias = Paragraph | Heading | Code | Image | Rule | Table
Container: TypeAlias = Quote | ListBlock | Figure | DefinitionList | Description | Details
Block: TypeAlias = Leaf | Container


@dataclass(frozen=True, slots=True)
class Document:
    """A body as blocks.

    ``links`` are its addresses in the order they are met, each once: the number of ``links[0]`` is 1. ``anchors`` maps
    an id in the text to the number of its leaf, for links that lead into the document. ``pictures`` are the addresses
    of the pictures on lines of their own, in their order and each once.
    """

    blocks: tuple[Block, ...] = ()
    links: tuple[str, ...] = ()
    anchors: MappingProxyType[str, int] = field(default_factory=lambda: MappingProxyType({}))
    pictures: tuple[str, ...] = ()


def children(block: Block) -> Iterable[Block]:
    """The blocks inside a container; none in a leaf."""
    if isinstance(block, ListBlock):
        return (inner for item in block.items for inner in item.blocks)
    return block.blocks if isinstance(block, Quote | Figure | DefinitionList | Description | Details) else ()


def leaves(blocks: Iterable[Block]) -> Iterator[Leaf]:
    """The leaves in their order, which numbers them."""
    stack = [iter(blocks)]
    while stack:
        block = next(stack[-1], None)
        if block is None:
            stack.pop()
        elif isinstance(block, Paragraph | Heading | Code | Image | Rule | Table):
            yield block
        else:
            stack.append(iter(children(block)))


def spans_text(spans: Spans) -> str:
    """The text of spans."""
    return spans[0].text if len(spans) == 1 else "".join(span.text for span in spans)


def image_text(image: Image) -> str:
    """What stands for a picture."""
    return f"[image: {image.alt}]" if image.alt else "[image]"


def leaf_text(leaf: Leaf) -> str:
    """The text of a leaf that offsets count in: a table's cells are set apart by tabs, its rows by line ends."""
    if isinstance(leaf, Paragraph | Heading | Code):
        return spans_text(leaf.spans)
    if isinstance(leaf, Image):
        return image_text(leaf)
    if isinstance(leaf, Table):
        return "\n".join("\t".join(cell_text(cell) for cell in row) for row in leaf.rows)
    return ""


def cell_text(cell: Cell) -> str:
    """The text of a cell: that of its leaves, set apart by line ends."""
    return "\n".join(map(leaf_text, leaves(cell.blocks)))


def passage(document: Document, first: tuple[int, int], last: tuple[int, int]) -> str:
    """The text between two places, each the number of a leaf and an offset: unwrapped, a blank line between leaves."""
    texts = leaf_texts(document)[first[0] : last[0] + 1]
    if texts and first[0] + len(texts) - 1 == last[0]:
        texts[-1] = texts[-1][: last[1]]
    if texts:
        texts[0] = texts[0][first[1] :]
    return "\n\n".join(filter(None, texts))


def leaf_texts(document: Document) -> list[str]:
    """The text of every leaf, by its number."""
    return [leaf_text(leaf) for leaf in leaves(document.blocks)]
