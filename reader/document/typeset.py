"""Blocks set as lines: a calm page, paragraphs set apart by one blank line, nothing wider than asked for.

Lines are made as they are asked for, one block after the other, so that the first screen of a long text costs no more
than that of a short one. Blocks inside of others (quotes, lists, cells) are set to the width that is left, and their
lines then get what stands before them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from reader.document import pieces
from reader.document.cells import cell_len
from reader.document.lines import Line, Run, Style
from reader.document.links import numbered
from reader.document.nodes import (
    Block,
    Code,
    Container,
    DefinitionList,
    Description,
    Details,
    Document,
    Figure,
    Heading,
    Image,
    Leaf,
    ListBlock,
    Paragraph,
    Quote,
    Role,
    Rule,
    Span,
    Table,
    image_text,
    leaf_text,
)
from reader.document.numerals import numeral
from reader.document.pictures import Room, picture_lines
from reader.document.signs import ASCII, UNICODE, Signs

LEAST_WIDTH = 4  # cells; what is asked to be narrower is set to this
_KEEP = 12  # cells that a bar or an indent must leave to the text, else it is left out
_HEADINGS = (Style.HEADING1, Style.HEADING2, Style.HEADING3, Style.HEADING4, Style.HEADING5, Style.HEADING6)
_ROLES = {Role.TEXT: Style.TEXT, Role.CAPTION: Style.CAPTION, Role.TERM: Style.TERM, Role.SUMMARY: Style.SUMMARY}


def typeset(
    document: Document,
    width: int,
    *,
    ascii: bool = False,  # noqa: A002
    room: Room | None = None,
) -> Iterator[Line]:
    """The lines of a document, lazily; none is wider than ``width`` cells, which are at least 4.

    ``ascii`` keeps the signs that we add to ASCII; the text stays as it is. ``room`` names the pictures that are shown:
    their place is kept above the line that says what they show.
    """
    setter = Setter(ASCII if ascii else UNICODE, numbered(document), room=room)
    return setter.flow(document.blocks, Place(max(width, LEAST_WIDTH)))


@dataclass(frozen=True, slots=True)
class Place:
    """Where blocks are set: the width left for them in cells, the style around them, the depth of lists."""

    width: int
    style: Style = Style.TEXT
    depth: int = 0


class Setter:
    """Sets blocks one after the other and counts their leaves."""

    def __init__(
        self,
        signs: Signs,
        numbers: Mapping[str, int],
        block: int = 0,
        base: int | None = None,
        room: Room | None = None,
    ) -> None:
        """``base`` is given inside a cell: the offset of its text in the table ``block``, which is one leaf."""
        self.signs = signs
        self.numbers = numbers
        self.block = block
        self.base = base
        self.room = room

    def flow(self, blocks: Iterable[Block], place: Place, *, tight: bool = False) -> Iterator[Line]:
        """The lines of blocks that follow one another, with the space between them."""
        previous: Block | None = None
        for block in blocks:
            if previous is not None:
                for _ in range(_gap(previous, block, tight)):
                    yield Line((), 0, self.block, self.base or 0)
            yield from self._set(block, place)
            previous = block

    def _set(self, block: Block, place: Place) -> Iterator[Line]:
        match block:
            case Paragraph():
                return self._text(block, block.spans, place, _ROLES[block.role], rtl=block.rtl)
            case Heading():
                return self._heading(block, place)
            case Code():
                return self._code(block, place)
            case Image():
                return self._image(block, place)
            case Table():
                return self._table(block, place)
            case Rule():
                return self._rule(block, place)
        return self._container(block, place)

    def _container(self, block: Container, place: Place) -> Iterator[Line]:
        match block:
            case ListBlock():
                return self._list(block, place)
            case Quote():
                return self._quote(block, place)
            case Description():
                return self._indented(block.blocks, place, 4 if place.width >= 40 else 2)
            case Details():
                return self._details(block, place)
            case Figure() | DefinitionList():
                return self.flow(block.blocks, place)

    def take(self, leaf: Leaf) -> tuple[int, int]:
        """The number of the next leaf and the offset at which its text starts."""
        if self.base is not None:
            self.base += len(leaf_text(leaf)) + 1
            return self.block, self.base - len(leaf_text(leaf)) - 1
        self.block += 1
        return self.block - 1, 0

    # Leaves

    def _heading(self, leaf: Heading, place: Place) -> Iterator[Line]:
        widest, line = 0, None
        for line in self._text(leaf, leaf.spans, place, _HEADINGS[leaf.level - 1], rtl=leaf.rtl):
            widest = max(widest, line.cells - line.indent)
            yield line
        if leaf.level == 1 and line is not None:
            indent = place.width - widest if leaf.rtl else 0
            yield self._sign_line(self.signs.rule * widest, Style.RULE, line, indent)

    def _image(self, leaf: Image, place: Place) -> Iterator[Line]:
        frame = self.room.frame(leaf, place.width) if self.room is not None else None
        if frame is not None:
            yield from picture_lines(frame, str(leaf.src), self.block)
        span = Span(image_text(leaf), Style.IMAGE, leaf.href or leaf.src)
        yield from self._text(leaf, (span,), place, Style.CAPTION)

    def _rule(self, leaf: Rule, place: Place) -> Iterator[Line]:
        block, base = self.take(leaf)
        length = max(LEAST_WIDTH, place.width // 4)
        yield self._sign_line(
            self.signs.rule * length, Style.RULE, Line((), 0, block, base), (place.width - length) // 2
        )

    def _sign_line(self, text: str, style: Style, at: Line, indent: int) -> Line:
        """A line of signs that belongs to the place of another one."""
        runs = (Run(" " * indent), Run(text, style)) if indent else (Run(text, style),)
        return Line(runs, indent + len(text), at.block, at.start, indent)

    def _text(
        self, leaf: Leaf, spans: tuple[Span, ...], place: Place, style: Style, *, rtl: bool = False
    ) -> Iterator[Line]:
        """The lines of running text; from right to left they stand at the right edge."""
        block, start = self.take(leaf)
        runs = pieces.pieces(spans, place.style | style, start, self.numbers, self.signs)
        for line, cells in pieces.lines(runs, place.width):
            start = next((run.start for run in line if run.start >= 0), start)
            if rtl and line and cells < place.width:
                indent = place.width - cells
                yield Line((Run(" " * indent), *line), place.width, block, start, indent)
            else:
                yield Line(line, cells, block, start)

    def _code(self, leaf: Code, place: Place) -> Iterator[Line]:
        from reader.document.listing import code_lines

        block, start = self.take(leaf)
        style = place.style | Style.CODE_BLOCK
        for runs in code_lines(leaf, place.width, style, start, self.numbers, self.signs):
            start = next((run.start for run in runs if run.start >= 0), start)
            yield Line(runs, place.width, block, start, 1 if runs[0].text == " " else 0)

    def _table(self, leaf: Table, place: Place) -> Iterator[Line]:
        from reader.document.tables import table_lines

        block, start = self.take(leaf)
        return table_lines(leaf, place, self, block, start)

    # Containers

    def _quote(self, quote: Quote, place: Place) -> Iterator[Line]:
        bar, inner = self.signs.bar, replace(place, style=place.style | Style.QUOTE)
        if place.width - 2 < _KEEP:
            return self.flow(quote.blocks, inner)
        inner = replace(inner, width=place.width - 2)
        before = (Run(bar + " ", place.style | Style.QUOTE_BAR),)
        return inset(self.flow(quote.blocks, inner), before, before, (Run(bar, place.style | Style.QUOTE_BAR),))

    def _indented(self, blocks: Iterable[Block], place: Place, indent: int) -> Iterator[Line]:
        if place.width - indent < _KEEP:
            return self.flow(blocks, place)
        before = (Run(" " * indent),)
        return inset(self.flow(blocks, replace(place, width=place.width - indent)), before, before)

    def _details(self, details: Details, place: Place) -> Iterator[Line]:
        blocks = details.blocks
        if place.width - 2 < _KEEP:
            yield from self.flow(blocks, place)
            return
        first = blocks[0]
        inner = replace(place, width=place.width - 2)
        marker = Run(self.signs.folded + " ", place.style | Style.MARKER)
        if isinstance(first, Paragraph) and first.role is Role.SUMMARY:
            yield from inset(self._set(first, inner), (marker,), (Run("  "),))
            blocks = blocks[1:]
        yield from inset(self.flow(blocks, inner), (Run("  "),), (Run("  "),))

    def _list(self, block: ListBlock, place: Place) -> Iterator[Line]:
        markers = self._markers(block, place.depth)
        hang = max(map(cell_len, markers), default=0) + 1
        tight = _is_tight(block, place.width)
        depth = place.depth if block.ordered else place.depth + 1
        inner = Place(place.width - hang, place.style, depth)
        for index, (item, marker) in enumerate(zip(block.items, markers, strict=True)):
            if index and not tight:
                yield Line((), 0, self.block, self.base or 0)
            if inner.width < LEAST_WIDTH:
                yield from self.flow(item.blocks, replace(place, depth=depth), tight=tight)
                continue
            first = Run(marker.rjust(hang - 1) + " ", place.style | Style.MARKER)
            if item.blocks:
                yield from inset(self.flow(item.blocks, inner, tight=tight), (first,), (Run(" " * hang),))
            else:
                yield Line((first,), hang, self.block, self.base or 0, hang)

    def _markers(self, block: ListBlock, depth: int) -> list[str]:
        """What stands before the items: bullets, numbers, ticks."""
        bullet = self.signs.bullets[min(depth, len(self.signs.bullets) - 1)]
        markers = []
        for index, item in enumerate(block.items):
            tick = "" if item.checked is None else self.signs.ticks[item.checked]
            number = numeral(block.start + index * block.step, block.kind) + "." if block.ordered else ""
            markers.append(" ".join(filter(None, (number, tick))) or bullet)
        return markers


def inset(
    lines: Iterable[Line], first: tuple[Run, ...], rest: tuple[Run, ...], blank: tuple[Run, ...] = ()
) -> Iterator[Line]:
    """Lines with runs before them: before the first one, before the others, before those that are empty."""
    before, cells = first, _cells(first)
    at_first = True
    for line in lines:
        if line.runs or at_first:
            yield Line((*before, *line.runs), cells + line.cells, line.block, line.start, cells + line.indent)
        else:
            yield Line(blank, _cells(blank), line.block, line.start)
        if at_first:
            before, cells, at_first = rest, _cells(rest), False


def _cells(runs: tuple[Run, ...]) -> int:
    return sum(cell_len(run.text) for run in runs)


def _is_tight(block: ListBlock, width: int) -> bool:
    """Whether items follow each other without a blank line: each is one paragraph, of two lines at most on average."""
    texts = [leaf_text(inner) for item in block.items for inner in item.blocks if isinstance(inner, Paragraph)]
    plain = all(sum(not isinstance(inner, ListBlock) for inner in item.blocks) <= 1 for item in block.items)
    return plain and sum(map(len, texts)) <= 2 * width * len(texts)


def _gap(previous: Block, block: Block, tight: bool) -> int:
    """How many blank lines stand between two blocks."""
    if isinstance(previous, Heading):
        return 0 if previous.level > 2 and isinstance(block, Paragraph | ListBlock) else 1
    if isinstance(block, Heading):
        return 2 if block.level <= 2 else 1
    if isinstance(block, Description):
        return 0
    if isinstance(previous, Paragraph) and previous.role in {Role.TERM, Role.SUMMARY}:
        return 0 if isinstance(block, Paragraph) and block.role is previous.role else 1
    if isinstance(previous, Image) and isinstance(block, Image):
        return 0
    if _is_caption(block) if not isinstance(previous, Paragraph) else _is_caption(previous) and _has_captions(block):
        return 0
    return 0 if tight else 1


def _has_captions(block: Block) -> bool:
    """Whether a block is of a kind whose caption may stand above it."""
    return isinstance(block, Image | Table | Code)


def _is_caption(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.role is Role.CAPTION
