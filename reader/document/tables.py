"""Tables as lines: columns shared out by need, a rule below the head; records where the columns do not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from math import sqrt
from typing import TYPE_CHECKING

from reader.document.cells import cell_len, is_narrow
from reader.document.lines import Line, Run, Style
from reader.document.nodes import Cell, Code, Heading, Paragraph, Spans, Table, cell_text, leaf_text, leaves
from reader.document.pieces import lines as broken
from reader.document.pieces import pieces

if TYPE_CHECKING:
    from reader.document.typeset import Place, Setter

_GAP = 2  # cells between columns
_COMFORT, _AMPLE = 12, 18  # cells that a column of running text should have, and one of long texts
_SENTENCE = 36  # a text that is longer is long
_LONGEST = 20  # a word that is longer does not claim more
_NUMERIC = re.compile(r"[-+±−~≈<>]?[$€£¥]?[\d.,'’\u00a0\u202f ]*\d[\d.,]*(?:[ \u00a0]?[%‰°]|[ \u00a0]?[^\W\d_]{1,3})?")


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell in its column, and the offset of its text in the table's."""

    cell: Cell
    column: int
    base: int


Grid = list[list[Placed]]


def table_lines(table: Table, place: Place, setter: Setter, block: int, base: int) -> Iterator[Line]:
    """The lines of a table, which is the leaf ``block`` and whose text starts at offset ``base``."""
    grid = _grid(table, base)
    count = max(placed.column + placed.cell.columns for row in grid for placed in row)
    needs = _needs(grid, count, setter)
    widths = share(needs, place.width - _GAP * (count - 1))
    sheet = _Sheet(grid, _head_rows(grid), setter, place, block)
    if widths is None:
        return sheet.records()
    squeezed = any(width < natural for width, (_, natural) in zip(widths, needs, strict=True))
    return sheet.columns(widths, airy=squeezed and sheet.wraps(widths))


def share(needs: Sequence[tuple[int, int]], available: int) -> list[int] | None:
    """Widths for columns that need at least and at best so many cells; nothing where not even the least fits.

    What is left beyond the least goes to those that need more, by the square root of their need: a column of long text
    becomes wider than one of short text, but does not starve it.
    """
    if sum(best for _, best in needs) <= available:
        return [best for _, best in needs]
    if sum(least for least, _ in needs) > available:
        return None
    widths: dict[int, int] = {}
    while len(widths) < len(needs):
        open_columns = [index for index in range(len(needs)) if index not in widths]
        room = available - sum(widths.values())
        weight = sum(sqrt(needs[index][1]) for index in open_columns)
        wish = {index: room * sqrt(needs[index][1]) / weight for index in open_columns}
        starved = {index: needs[index][0] for index in open_columns if wish[index] <= needs[index][0]}
        sated = {index: needs[index][1] for index in open_columns if wish[index] >= needs[index][1]}
        widths |= starved or sated or _rounded(wish, room)
    return [widths[index] for index in range(len(needs))]


def _rounded(wish: dict[int, float], room: int) -> dict[int, int]:
    """Wishes as whole numbers whose sum is ``room``."""
    widths = {index: int(value) for index, value in wish.items()}
    for index in sorted(wish, key=lambda index: widths[index] - wish[index])[: room - sum(widths.values())]:
        widths[index] += 1
    return widths


def _grid(table: Table, base: int) -> Grid:
    """The cells in their columns; one that spans rows keeps its columns in the rows below free."""
    grid: Grid = []
    taken: dict[int, int] = {}  # rows that a column is still taken for
    for row in table.rows:
        placed_row: list[Placed] = []
        column = 0
        spans: dict[int, int] = {}
        for cell in row:
            while taken.get(column):
                column += 1
            placed_row.append(Placed(cell, column, base))
            spans |= dict.fromkeys(range(column, column + cell.columns), cell.rows)
            column += cell.columns
            base += len(cell_text(cell)) + 1
        taken = {at: rows - 1 for at, rows in (taken | spans).items() if rows > 1}
        grid.append(placed_row)
    return grid


def _head_rows(grid: Grid) -> int:
    """How many rows at the top are the head; none where there would be nothing below."""
    heads = next((index for index, row in enumerate(grid) if not all(placed.cell.head for placed in row)), len(grid))
    return heads if heads < len(grid) else 0


def _needs(grid: Grid, count: int, setter: Setter) -> list[tuple[int, int]]:
    """The least and the best width of each column."""
    least, best = [1] * count, [1] * count
    for placed in sorted((placed for row in grid for placed in row), key=lambda placed: placed.cell.columns):
        first, span = placed.column, placed.cell.columns
        for needs, need in zip((least, best), _need(placed.cell, setter), strict=True):
            lacking = need - sum(needs[first : first + span]) - _GAP * (span - 1)
            for index in range(span if lacking > 0 else 0):
                needs[first + index] += (lacking + index) // span
    return list(zip(least, best, strict=True))


def _need(cell: Cell, setter: Setter) -> tuple[int, int]:
    """The least and the best width of a cell."""
    texts = []
    for leaf in leaves(cell.blocks):
        if isinstance(leaf, Paragraph | Heading | Code):
            texts.append("".join(run.text for run in pieces(leaf.spans, Style.TEXT, 0, setter.numbers, setter.signs)))
        else:
            texts.append(leaf_text(leaf))
    best = max((cell_len(line) for text in texts for line in text.replace("\t", "    ").split("\n")), default=1)
    longest = max((cell_len(word) for text in texts for word in text.split()), default=1)
    if not all(map(is_narrow, texts)):
        longest = min(longest, _COMFORT)  # East Asian text may be broken anywhere
    is_plain = all(isinstance(block, Paragraph) for block in cell.blocks)
    if not is_plain:
        best += 6  # a bullet, a bar, the edge of a surface
    comfort = _AMPLE if best > _SENTENCE else _COMFORT
    if cell.head and is_plain:
        comfort = 0  # it may well stand on several lines
    return min(best, max(min(longest, _LONGEST), comfort)), max(best, 1)


class _Sheet:
    """A table about to be set."""

    def __init__(self, grid: Grid, heads: int, setter: Setter, place: Place, block: int) -> None:
        self.grid = grid
        self.heads = heads
        self.setter = setter
        self.place = place
        self.block = block
        self.start = 0

    def wraps(self, widths: list[int]) -> bool:
        """Whether some cell below the head takes several lines."""
        cells = (placed for row in self.grid[self.heads :] for placed in row)
        return any(_need(placed.cell, self.setter)[1] > _span(placed, widths) for placed in cells)

    def columns(self, widths: list[int], *, airy: bool) -> Iterator[Line]:
        """The table as a table; ``airy`` sets rows of several lines apart."""
        right = _numeric_columns(self.grid[self.heads :], len(widths))
        for index, row in enumerate(self.grid):
            self.start = min(placed.base for placed in row)
            if airy and index > self.heads:
                yield Line((), 0, self.block, self.start)
            yield from self._row(row, widths, right)
            if index == self.heads - 1:
                yield self._rule(widths)

    def _row(self, row: list[Placed], widths: list[int], right: set[int]) -> Iterator[Line]:
        cells = [list(self._cell(placed, _span(placed, widths))) for placed in row]
        for lines in zip_longest(*cells):
            runs: list[Run] = []
            used = 0
            for placed, line in zip(row, lines, strict=True):
                if line is None or not line.runs:
                    continue
                at = sum(widths[: placed.column]) + _GAP * placed.column + _shift(placed, line, widths, right)
                runs += (Run(" " * (at - used)), *line.runs) if at > used else line.runs
                used = at + line.cells
            self.start = max(self.start, min((run.start for run in runs if run.start >= 0), default=0))
            yield Line(tuple(runs), used, self.block, self.start)

    def _cell(self, placed: Placed, width: int) -> Iterator[Line]:
        head = Style.TABLE_HEAD if placed.cell.head else Style.TEXT
        inner = replace(self.place, width=width, style=self.place.style | head)
        return self._inside(placed).flow(placed.cell.blocks, inner, tight=True)

    def _inside(self, placed: Placed) -> Setter:
        return type(self.setter)(self.setter.signs, self.setter.numbers, self.block, placed.base)

    def _rule(self, widths: list[int]) -> Line:
        text = (" " * _GAP).join(self.setter.signs.rule * width for width in widths)
        return Line((Run(text, self.place.style | Style.TABLE_RULE),), len(text), self.block, self.start)

    def records(self) -> Iterator[Line]:
        """The table row by row, each cell on lines of its own behind the head of its column."""
        heads = self._labels()
        used = {heads[placed.column] for row in self.grid[self.heads :] for placed in row if placed.column in heads}
        for row in self.grid[: self.heads]:
            for placed in row:
                if placed not in used:
                    yield from self._field(placed, None)
        for index, row in enumerate(self.grid[self.heads :]):
            if index:
                yield Line((), 0, self.block, row[0].base)
            for placed in row:
                yield from self._field(placed, heads.get(placed.column))

    def _labels(self) -> dict[int, Placed]:
        """The head of each column, the lowest where there are several; only plain text can stand before a value."""
        return {
            placed.column + index: placed
            for row in self.grid[: self.heads]
            for placed in row
            for index in range(placed.cell.columns)
            if all(isinstance(block, Paragraph | Heading) for block in placed.cell.blocks)
        }

    def _field(self, placed: Placed, head: Placed | None) -> Iterator[Line]:
        from reader.document.typeset import inset

        self.start = placed.base
        label = self._label(head.cell) if head is not None else []
        body = placed.cell.blocks
        if not body and not label:
            return
        first = body[0] if body and isinstance(body[0], Paragraph) else None
        spans: Spans = first.spans if first else ()
        hang = (Run("  "),) if self.place.width >= _COMFORT else ()
        width = self.place.width - 2 * len(hang)
        style = self.place.style | (Style.TABLE_HEAD if placed.cell.head else Style.TEXT)
        runs = label + pieces(spans, style, placed.base, self.setter.numbers, self.setter.signs)
        setter = self._inside(placed)
        if first:
            setter.take(first)
        yield from inset(self._lines(runs, width), (), hang)
        rest = setter.flow(body[1:] if first else body, replace(self.place, width=width, style=style), tight=True)
        yield from inset(rest, hang, hang)

    def _lines(self, runs: list[Run], width: int) -> Iterator[Line]:
        for line, cells in broken(runs, width):
            self.start = next((run.start for run in line if run.start >= 0), self.start)
            yield Line(line, cells, self.block, self.start)

    def _label(self, head: Cell) -> list[Run]:
        """The head of a column as what stands before a value; it repeats, so it is no part of the text."""
        style = self.place.style | Style.TABLE_HEAD
        label: list[Run] = []
        for leaf in leaves(head.blocks):
            if isinstance(leaf, Paragraph | Heading):
                runs = pieces(leaf.spans, style, 0, self.setter.numbers, self.setter.signs)
                label += (*((Run(" ", style),) if label else ()), *(replace(run, start=-1) for run in runs))
        return [*label, Run(": ", style)] if label else []


def _span(placed: Placed, widths: list[int]) -> int:
    """The width of a cell over all its columns."""
    columns = widths[placed.column : placed.column + placed.cell.columns]
    return max(1, sum(columns) + _GAP * (len(columns) - 1))


def _shift(placed: Placed, line: Line, widths: list[int], right: set[int]) -> int:
    """How far a line moves to the right within its cell."""
    free = _span(placed, widths) - line.cells
    align = placed.cell.align or ("right" if placed.column in right and placed.cell.columns == 1 else "left")
    return {"right": free, "center": free // 2}.get(align, 0)


def _numeric_columns(rows: Grid, count: int) -> set[int]:
    """The columns that hold nothing but numbers, perhaps with a unit."""
    texts: dict[int, list[str]] = {column: [] for column in range(count)}
    for row in rows:
        for placed in row:
            texts[placed.column].append(cell_text(placed.cell).strip())
    return {
        column
        for column, values in texts.items()
        if any(values) and all(not value or value in "-–—" or _is_number(value) for value in values)
    }


def _is_number(text: str) -> bool:
    return len(text) <= _LONGEST and _NUMERIC.fullmatch(text) is not None
