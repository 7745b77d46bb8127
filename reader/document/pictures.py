"""How many cells a picture takes, and the runs that keep its place in the lines until somebody draws it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import ceil

from reader.document.lines import Line, Run
from reader.document.nodes import Image

MOST_COLUMNS = 190
_LEAST_PIXELS = 12  # what is smaller is an ornament or a counter
_LEAST_WIDTH = 12  # cells that must be there


@dataclass(frozen=True, slots=True)
class PictureRun(Run):
    """One row of cells of a picture: blanks, no part of the text, to be drawn over."""

    address: str = ""
    row: int = 0
    columns: int = 0
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Room:
    """The pictures that are to be shown and the room there is for them.

    ``sizes`` are those that are there, by their address with their size in pixels. ``awaited`` are on their way: where
    the text says how large one is, its place is kept. ``cell`` is the size of a cell in pixels, ``rows`` the most rows
    that a picture may take.
    """

    sizes: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    awaited: frozenset[str] = frozenset()
    cell: tuple[int, int] = (8, 16)
    rows: int = 24

    def frame(self, image: Image, width: int) -> tuple[int, int] | None:
        """The columns and rows of a picture where ``width`` cells are left; None where it is not to be shown.

        It is never larger than it is in pixels, and keeps its shape as far as whole cells allow.
        """
        size = self._size(image)
        if size is None or min(size) < _LEAST_PIXELS or width < _LEAST_WIDTH:
            return None
        (across, down), (cell_width, cell_height) = size, self.cell
        columns = min(width, MOST_COLUMNS, ceil(across / cell_width))
        rows = max(1, round(columns * cell_width * down / (across * cell_height)))
        if rows > self.rows:
            rows = self.rows
            columns = min(columns, max(1, round(rows * cell_height * across / (down * cell_width))))
        return columns, rows

    def _size(self, image: Image) -> tuple[int, int] | None:
        if image.src is not None and image.src in self.sizes:
            return self.sizes[image.src]
        if image.src in self.awaited and image.width and image.height:
            return image.width, image.height
        return None


def picture_lines(frame: tuple[int, int], address: str, block: int) -> Iterator[Line]:
    """The lines that keep a picture's place; they belong to the beginning of its leaf."""
    columns, rows = frame
    for row in range(rows):
        run = PictureRun(" " * columns, address=address, row=row, columns=columns, rows=rows)
        yield Line((run,), columns, block)


def is_picture(line: Line) -> bool:
    """Whether a line is a row of a picture."""
    return any(isinstance(run, PictureRun) for run in line.runs)
