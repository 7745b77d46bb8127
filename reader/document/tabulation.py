"""Tables while they are read: cells into rows, and what is only laid out as a table told from data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reader.document.nodes import Block, Cell, Heading, Quote, Table, cell_text

_MOST_SPANNED = 50
_LONG = 800  # characters that are a text of its own rather than a datum
_ALIGNMENTS = frozenset({"left", "right", "center"})


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table that is not closed yet."""

    cells: tuple[Cell, ...]


def cell(blocks: Iterable[Block], attributes: Mapping[str, str], *, head: bool) -> Cell:
    """A cell as its attributes say."""
    align = attributes.get("align", "")
    return Cell(
        tuple(blocks),
        head,
        _spanned(attributes.get("colspan")),
        _spanned(attributes.get("rowspan")),
        align if align in _ALIGNMENTS else None,
    )


def table(rows: tuple[Row, ...]) -> list[Block]:
    """A table, or the blocks of its cells one after the other where it only lays them out."""
    rows = _without_empty_columns(rows)
    cells = [cell for row in rows for cell in row.cells]
    if not any(cell.blocks for cell in cells):
        return []
    if _is_layout(rows, cells):
        return [block for cell in cells for block in cell.blocks]
    return [Table(tuple(row.cells for row in rows))]


def _without_empty_columns(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Rows without the columns in which nothing stands; where cells span others they stay."""
    if any(cell.columns > 1 or cell.rows > 1 for row in rows for cell in row.cells):
        return rows
    full = {column for row in rows for column, cell in enumerate(row.cells) if cell.blocks}
    if all(column in full for row in rows for column in range(len(row.cells))):
        return rows
    kept = (tuple(cell for column, cell in enumerate(row.cells) if column in full) for row in rows)
    return tuple(Row(cells) for cells in kept if cells)


def _is_layout(rows: tuple[Row, ...], cells: list[Cell]) -> bool:
    """Whether a table has no data: a single column, tables in tables, or bodies of text in a row without a head."""
    if all(len(row.cells) == 1 for row in rows) or any(_has(cell, Table) for cell in cells):
        return True
    if any(cell.head for cell in cells):
        return False
    return len(rows) == 1 or any(_has(cell, Heading, Quote) or len(cell_text(cell)) > _LONG for cell in cells)


def _has(cell: Cell, *kinds: type) -> bool:
    return any(isinstance(block, kinds) for block in cell.blocks)


def _spanned(text: str | None) -> int:
    """How many columns or rows a cell spans."""
    return max(1, min(int(text), _MOST_SPANNED)) if text and text.isascii() and text.isdigit() and len(text) < 9 else 1
