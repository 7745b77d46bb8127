"""The pictures of the page that is shown: which are there, which are awaited, and how their rows of cells are drawn.

Making a drawing ready takes longer than a picture of the screen may, so it is asked for when its place is seen, and
until somebody brings it (``hang``) the place is blank. Drawings hang only as long as they fit: another page, another
width or another theme begins anew.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import TYPE_CHECKING, TypeAlias

from rich.color import Color
from rich.segment import Segment
from rich.style import Style

if TYPE_CHECKING:
    from reader.document.lines import Run
    from reader.document.pictures import Room

Size = tuple[int, int]
_MOST_MET = 2000
_LEAST_ROWS, _MOST_ROWS = 6, 40
# What hangs at once: more than any screen shows, or what is seen would be taken down and asked for without end.
_MOST_HUNG, _MOST_CELLS = 200, 180_000


@dataclass(frozen=True, slots=True)
class Spot:
    """A picture in so many cells."""

    address: str
    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class Blocks:
    """A drawing in half blocks: its pixels as ``tui.blocks`` makes them."""

    pixels: bytes


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture that the terminal draws: it knows it by a number, which is the colour ``ink``."""

    number: int
    ink: Color


Drawing: TypeAlias = Blocks | Placed


class Gallery:
    """The pictures; ``wanted`` is called with what is to be drawn, ``left`` with a drawing that hangs no more."""

    def __init__(self, wanted: Callable[[Spot], None], left: Callable[[Drawing], None]) -> None:
        self._wanted, self._left = wanted, left
        self.sizes: dict[str, Size] = {}
        self.awaited: frozenset[str] = frozenset()
        self._met: OrderedDict[str, Size | None] = OrderedDict()  # the size; None of what did not come
        self._hung: OrderedDict[Spot, Drawing] = OrderedDict()
        self._asked: set[Spot] = set()

    # What is there

    def change(self, addresses: Iterable[str], sizes: Mapping[str, Size], awaited: Iterable[str]) -> None:
        """Another page that names pictures, with those that were there when it was read, and those to be brought.

        What was met since then counts more: a page may have been read long ago.
        """
        known = {address: self._met.get(address, sizes.get(address)) for address in addresses}
        self.sizes = {address: size for address, size in known.items() if size is not None}
        self.awaited = frozenset(address for address in awaited if address not in self._met)
        self._asked.clear()
        self.take_down([spot for spot in self._hung if spot.address not in self.sizes])

    def add(self, sizes: Mapping[str, Size], awaited: Iterable[str]) -> bool:
        """Some are there, and others on their way; whether that changes the lines of the page."""
        wished = frozenset(awaited)
        self._meet(sizes, self.awaited - wished)
        changed = wished != self.awaited or any(self.sizes.get(address) != size for address, size in sizes.items())
        self.sizes |= sizes
        self.awaited = wished
        return changed

    def renew(self, addresses: Iterable[str]) -> None:
        """Some were brought anew, and may not look as they did."""
        brought = set(addresses)
        self.take_down([spot for spot in self._hung if spot.address in brought])

    def room(self, height: int) -> Room | None:
        """What the typesetter is told of the pictures on a pane of a height; nothing where none is shown."""
        if not (self.sizes or self.awaited):
            return None
        from reader.document.pictures import Room
        from reader.tui.graphics import cell_size

        rows = min(max(_LEAST_ROWS, height * 2 // 3), _MOST_ROWS)
        return Room(dict(self.sizes), self.awaited, cell_size(), rows)

    # How it is drawn

    def row(self, run: Run, ground: Style) -> list[Segment] | None:
        """The cells of a run that keeps a picture's place; None for any other."""
        from reader.document.pictures import PictureRun

        if not isinstance(run, PictureRun):
            return None
        spot = Spot(run.address, run.columns, run.rows)
        drawing = self._hung.get(spot)
        if drawing is None:
            self._ask(spot)
            return [Segment(run.text, ground)]
        self._hung.move_to_end(spot)
        if isinstance(drawing, Blocks):
            from reader.tui.blocks import row_of

            return row_of(drawing.pixels, run.columns, run.row)
        from reader.tui.graphics import placeholders

        return [Segment(placeholders(run.row, run.columns), ground + Style(color=drawing.ink))]

    def is_asked(self, spot: Spot) -> bool:
        """Whether a drawing is still waited for."""
        return spot in self._asked

    def hang(self, spot: Spot, drawing: Drawing) -> bool:
        """A drawing is ready; whether it is still wanted."""
        if spot not in self._asked:
            self._left(drawing)
            return False
        self._asked.discard(spot)
        self._hung[spot] = drawing
        self.take_down(self._surplus())
        return True

    def _surplus(self) -> list[Spot]:
        """The drawings that there is no room for beside those that were seen later."""
        cells = accumulate(spot.columns * spot.rows for spot in reversed(self._hung))
        kept = sum(count <= _MOST_CELLS for count in islice(cells, _MOST_HUNG))
        return list(self._hung)[: len(self._hung) - max(kept, 1)]

    @property
    def is_hung(self) -> bool:
        """Whether any drawing hangs, or is being made."""
        return bool(self._hung or self._asked)

    def clear(self) -> None:
        """Take everything down."""
        self._asked.clear()
        self.take_down(self._hung)

    def take_down(self, spots: Iterable[Spot]) -> None:
        """Take some drawings down."""
        for spot in tuple(spots):
            self._left(self._hung.pop(spot))

    def _meet(self, sizes: Mapping[str, Size], ended: Iterable[str]) -> None:
        """Remember how it went with some."""
        for address in (*sizes, *ended):
            self._met[address] = sizes.get(address) or self.sizes.get(address)
            self._met.move_to_end(address)
        while len(self._met) > _MOST_MET:
            self._met.popitem(last=False)

    def _ask(self, spot: Spot) -> None:
        if spot not in self._asked and spot.address in self.sizes:
            self._asked.add(spot)
            self._wanted(spot)
