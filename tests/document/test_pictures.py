"""The place of pictures in the lines: within the width, in their shape, never moving what is counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.cells import cell_len
from reader.document.lines import Line
from reader.document.nodes import Image, leaf_texts
from reader.document.pictures import PictureRun, Room, is_picture
from reader.document.subset import read
from reader.document.typeset import typeset

MILL, KILN = "https://a.example/mill.jpg", "https://a.example/kiln.png"
BODY = (
    f'<p>Before.</p><figure><img src="{MILL}" alt="A mill" width="640" height="480"/><figcaption>At dawn.</figcaption>'
    f'</figure><blockquote><p>He said:</p><img src="{KILN}" alt=""/></blockquote><ul><li><p>One</p><img src="{MILL}" '
    'alt="A mill again"/></li></ul><details><summary>More</summary><img src="https://a.example/none.png" alt="Other"/>'
    f'</details><table><tr><th>A</th><th>B</th></tr><tr><td><img src="{MILL}" alt="Cell"/></td><td>2</td></tr></table>'
    "<p>After.</p>"
)
ROOM = Room({MILL: (800, 600), KILN: (120, 600)})


def rows(lines: list[Line]) -> list[PictureRun]:
    return [run for line in lines for run in line.runs if isinstance(run, PictureRun)]


@pytest.mark.parametrize("width", [16, 40, 72, 120])
def test_no_line_is_wider_than_asked_and_cells_are_counted(width: int) -> None:
    document = read(BODY)
    lines = list(typeset(document, width, room=ROOM))
    assert all(line.cells == cell_len(line.text) <= width for line in lines)
    assert [(line.block, line.start) for line in lines] == sorted((line.block, line.start) for line in lines)
    plain = [line for line in lines if not is_picture(line)]
    assert plain == list(typeset(document, width)), "pictures add lines and change none"


def test_which_pictures_are_there() -> None:
    document = read(BODY)
    assert document.pictures == (MILL, KILN, "https://a.example/none.png")
    found = rows(list(typeset(document, 72, room=ROOM)))
    assert [run.address for run in found if run.row == 0] == [MILL, KILN, MILL]
    assert read("<p>Only words, <em>two</em>.</p>").pictures == ()
    assert read('<p>a <img src="https://a.example/x.png" alt="b"/> c</p>').pictures == (), "within a line it is a word"


def test_rows_follow_one_another_and_the_words_stand_below() -> None:
    lines = list(typeset(read(BODY), 72, room=ROOM))
    first = next(index for index, line in enumerate(lines) if is_picture(line))
    (run,) = lines[first].runs
    assert isinstance(run, PictureRun)
    assert (run.columns, run.rows) == (64, 24)
    assert [line.runs[0].row for line in lines[first : first + 24]] == list(range(24))  # type: ignore[attr-defined]
    assert lines[first + 24].text.startswith("[image: A mill]")
    assert lines[first + 25].text == "At dawn."
    assert lines[first].block == lines[first + 24].block


@pytest.mark.parametrize(
    ("size", "width", "frame"),
    [
        ((320, 160), 72, (40, 10)),
        ((1000, 500), 72, (72, 18)),
        ((1000, 500), 40, (40, 10)),
        ((300, 3000), 72, (5, 24)),
        ((8000, 20), 72, (72, 1)),
        ((4, 400), 72, None),
        ((16, 16), 72, (2, 1)),
        ((300, 300), 8, None),
        ((8000, 4000), 400, (96, 24)),
    ],
)
def test_the_cells_of_a_picture(size: tuple[int, int], width: int, frame: tuple[int, int] | None) -> None:
    assert Room({MILL: size}).frame(Image("", MILL), width) == frame


def test_cells_of_another_shape() -> None:
    assert Room({MILL: (320, 160)}, cell=(10, 20)).frame(Image("", MILL), 72) == (32, 8)
    assert Room({MILL: (320, 160)}, cell=(10, 10)).frame(Image("", MILL), 72) == (32, 16)


def test_the_place_of_what_is_awaited_is_kept_where_its_size_is_told() -> None:
    room = Room({}, frozenset({MILL}))
    assert room.frame(Image("", MILL, width=320, height=160), 72) == (40, 10)
    assert room.frame(Image("", MILL, width=320), 72) is None
    assert room.frame(Image("", KILN, width=320, height=160), 72) is None
    assert Room({MILL: (160, 160)}, frozenset({MILL})).frame(Image("", MILL, width=320, height=160), 72) == (20, 10)


@given(st.integers(1, 20_000), st.integers(1, 20_000), st.integers(4, 400), st.integers(1, 40), st.integers(1, 60))
def test_a_frame_is_always_within_bounds(across: int, down: int, width: int, cell: int, most: int) -> None:
    frame = Room({MILL: (across, down)}, cell=(cell, 2 * cell), rows=most).frame(Image("", MILL), width)
    if frame is not None:
        assert 1 <= frame[0] <= min(width, 190)
        assert 1 <= frame[1] <= most
        assert frame[0] <= across // cell + 1


def test_the_text_is_the_same_with_pictures() -> None:
    document = read(BODY)
    assert "[image: A mill]" in leaf_texts(document)
