"""Half blocks: each cell shows the two pixels that it should, over the theme's ground."""

from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment

from reader.tui.blocks import pixels, row_of
from tests.tui.illustrated import pixels as shown

GROUND = (20, 18, 16)
RED, BLUE, CLEAR = (255, 0, 0, 255), (0, 0, 255, 255), (9, 9, 9, 0)


def sample(*rows: list[tuple[int, int, int, int]]) -> tuple[tuple[int, int], bytes]:
    return (len(rows[0]), len(rows)), bytes(value for row in rows for pixel in row for value in pixel)


def drawn(picture: bytes, columns: int, rows: int) -> list[list[tuple[tuple[int, int, int], tuple[int, int, int]]]]:
    return [shown(row_of(picture, columns, row)) for row in range(rows)]


def test_each_cell_shows_two_pixels() -> None:
    picture = pixels(sample([RED, BLUE], [BLUE, BLUE], [RED, RED], [RED, BLUE]), 2, 2, GROUND)
    red, blue = RED[:3], BLUE[:3]
    assert drawn(picture, 2, 2) == [[(red, blue), (blue, blue)], [(red, red), (red, blue)]]


def test_the_ground_shines_through() -> None:
    half = (200, 100, 0, 128)
    picture = pixels(sample([CLEAR, half], [RED, CLEAR]), 2, 1, GROUND)
    mixed = tuple((value * 128 + ground * 127) // 255 for value, ground in zip(half[:3], GROUND, strict=True))
    assert drawn(picture, 2, 1) == [[(GROUND, RED[:3]), (mixed, GROUND)]]


def test_a_pixel_is_the_mean_of_what_it_stands_for() -> None:
    picture = pixels(sample([RED, BLUE], [RED, BLUE], [BLUE, BLUE], [BLUE, BLUE]), 1, 1, GROUND)
    assert drawn(picture, 1, 1) == [[((127, 0, 127), (0, 0, 255))]]


def test_equal_neighbours_are_one_run() -> None:
    row = row_of(pixels(sample([RED] * 4, [BLUE] * 4), 40, 1, GROUND), 40, 0)
    assert [segment.text for segment in row] == ["▀" * 40]


@given(
    st.integers(1, 20), st.integers(1, 20), st.integers(1, 50), st.integers(1, 12), st.binary(min_size=4, max_size=64)
)
def test_any_size_fits_any_frame(width: int, height: int, columns: int, rows: int, noise: bytes) -> None:
    data = (noise * (width * height * 4 // len(noise) + 1))[: width * height * 4]
    picture = pixels(((width, height), data), columns, rows, GROUND)
    assert len(picture) == columns * rows * 2 * 3
    for row in range(rows):
        assert sum(segment.cell_length for segment in row_of(picture, columns, row)) == columns
        assert all(isinstance(segment, Segment) for segment in row_of(picture, columns, row))
