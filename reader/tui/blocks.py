"""Pictures drawn with the upper half of a block: two pixels a cell, in the colours of the sign and of its ground."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from rich.color import Color, ColorType
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style

_UPPER = "▀"
Colour = tuple[int, int, int]


def pixels(sample: tuple[tuple[int, int], bytes], columns: int, rows: int, ground: Colour) -> bytes:
    """A picture of ``columns`` to twice ``rows`` pixels, each red, green and blue: the mean of what it stands for.

    ``sample`` is its size and its pixels of four bytes (``model.Picture``); what is not solid lets the ground through.
    """
    (width, height), data = sample
    across, down = _spans(width, columns), _spans(height, 2 * rows)
    planes = [_shrunk(plane, width, across, down) for plane in _planes(data, ground)]
    return bytes(value for pixel in zip(*planes, strict=True) for value in pixel)


def row_of(picture: bytes, columns: int, row: int) -> list[Segment]:
    """A row of cells of a picture."""
    length = 3 * columns
    upper = _colours(picture[2 * row * length : (2 * row + 1) * length])
    lower = _colours(picture[(2 * row + 1) * length : (2 * row + 2) * length])
    return [
        Segment(_UPPER * len(list(cells)), Style.from_color(_colour(above), _colour(below)))
        for (above, below), cells in groupby(zip(upper, lower, strict=True))
    ]


def _colours(row: bytes) -> Iterator[Colour]:
    values = iter(row)
    return zip(values, values, values, strict=True)


def _colour(triplet: Colour) -> Color:
    return Color("", ColorType.TRUECOLOR, None, ColorTriplet(*triplet))


def _planes(data: bytes, ground: Colour) -> Iterable[bytes]:
    """Red, green and blue of each pixel over a ground."""
    solid = data[3::4]
    if solid.count(255) == len(solid):
        return [data[channel::4] for channel in range(3)]
    return [
        bytes(
            (value * share + under * (255 - share)) // 255 for value, share in zip(data[channel::4], solid, strict=True)
        )
        for channel, under in enumerate(ground)
    ]


def _spans(length: int, parts: int) -> list[slice]:
    """A length cut into so many parts, each of one pixel at least."""
    starts = [part * length // parts for part in range(parts + 1)]
    return [slice(first, max(last, first + 1)) for first, last in pairwise(starts)]


def _shrunk(plane: bytes, width: int, across: Sequence[slice], down: Sequence[slice]) -> list[int]:
    """The mean of each rectangle."""
    means = []
    for part in down:
        lines = [plane[y * width : (y + 1) * width] for y in range(part.start, part.stop)]
        sums = list(map(sum, zip(*lines, strict=True)))
        means += [sum(sums[span]) // (len(lines) * (span.stop - span.start)) for span in across]
    return means
