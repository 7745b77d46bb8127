"""An article as lines to be read out: a paragraph is a line; headings and pictures say what they are. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reader.document.cells import cell_len
from reader.document.nodes import (
    Cell,
    Code,
    Document,
    Heading,
    Image,
    Leaf,
    Paragraph,
    Rule,
    Span,
    Table,
    image_text,
    leaf_text,
    leaves,
    spans_text,
)
from reader.document.outline import outline

_SIGN = "\0"  # begins a leaf while its line is looked for; no text has it


@dataclass(frozen=True, slots=True)
class Text:
    """The lines of an article. ``headings`` and ``links`` are words with the leaf or the address they lead to."""

    lines: tuple[str, ...] = ()
    leaf_lines: tuple[int, ...] = ()
    headings: tuple[tuple[str, int], ...] = ()
    links: tuple[tuple[str, str], ...] = ()


def read_text(head: Sequence[str], document: Document) -> Text:
    """An article's lines, those of its head first."""
    lines = [*head, ""]
    starts: list[int] = []
    for line in outline(document.blocks, _marked).split("\n"):
        starts += [len(lines)] * line.count(_SIGN)
        lines.append(line.replace(_SIGN, ""))
    headings = tuple(
        (_heading(leaf), number)
        for number, leaf in enumerate(leaves(document.blocks))
        if isinstance(leaf, Heading) and spans_text(leaf.spans).strip()
    )
    return Text(tuple(lines), tuple(starts), headings, tuple(_links(document)))


def pieces(lines: Sequence[str], columns: int, rows: int) -> list[tuple[int, int]]:
    """Where the parts of a text begin and end that each fit a terminal of this size, as far as one line does."""
    found, start, used = [], 0, 0
    for index, line in enumerate(lines):
        need = max(1, -(-cell_len(line) // max(columns, 1)))
        if used and used + need > rows:
            found.append((start, index))
            start, used = index, 0
        used += need
    return [*found, (start, len(lines))]


def _marked(leaf: Leaf) -> str:
    """A leaf's words behind the sign."""
    return _SIGN + _words(leaf)


def _words(leaf: Leaf) -> str:
    match leaf:
        case Heading():
            return _heading(leaf)
        case Code():
            return f"[code{': ' + leaf.language if leaf.language else ''}]\n{spans_text(leaf.spans)}\n[end of code]"
        case Table():
            rows = (" | ".join(map(_cell, row)) for row in leaf.rows)
            return "\n".join(["[table]", *rows, "[end of the table]"])
        case Rule():
            return "* * *"
        case _:
            return leaf_text(leaf)


def _cell(cell: Cell) -> str:
    return " ".join(" ".join(map(leaf_text, leaves(cell.blocks))).split())


def _heading(leaf: Heading) -> str:
    return f"[heading {leaf.level}] {spans_text(leaf.spans)}"


def _links(document: Document) -> Iterator[tuple[str, str]]:
    """The words of each address of a document, in the order of their numbers."""
    words: dict[str, str] = {}
    for leaf in leaves(document.blocks):
        for href, text in _linked(leaf):
            words[href] = words.get(href, "") + text
    for href in document.links:
        yield " ".join(words.get(href, "").split()) or "link", href


def _linked(leaf: Leaf) -> Iterator[tuple[str, str]]:
    """The addresses of a leaf, each with the words that lead there."""
    if isinstance(leaf, Image) and (address := leaf.href or leaf.src):
        yield address, image_text(leaf)
    elif isinstance(leaf, Table):
        for row in leaf.rows:
            for cell in row:
                for inner in leaves(cell.blocks):
                    yield from _linked(inner)
    elif isinstance(leaf, Paragraph | Heading | Code):
        spans: Sequence[Span] = leaf.spans
        yield from ((span.href, span.text) for span in spans if span.href is not None)
