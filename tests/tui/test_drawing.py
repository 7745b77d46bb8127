"""Lines of the lists as pure functions."""

import rich.cells
from hypothesis import given
from hypothesis import strategies as st

from reader.tui import drawing


def test_the_signs_known_by_heart_are_as_wide_as_rich_says() -> None:
    spans = [range(ord(span[0]), ord(span[1]) + 1) for span in (*drawing.NARROW, *drawing.WIDE)]
    signs = [chr(number) for span in spans for number in span]
    assert len(signs) > 30_000
    assert [sign for sign in signs if drawing.cell_len(sign) != rich.cells.cell_len(sign)] == []


@given(st.text(st.sampled_from("aé·…“東カ한🎉\u0301\u200d👩 ●★")), st.integers(0, 20))
def test_what_is_cut_fits_and_ends_as_rich_would_end_it(text: str, width: int) -> None:
    assert drawing.cell_len(text) == rich.cells.cell_len(text)
    shown = drawing.fit(text, width)
    assert rich.cells.cell_len(shown) <= width
    if rich.cells.cell_len(text) > width > 1:
        assert shown == rich.cells.set_cell_size(text, width - 1).rstrip() + "…"


def test_how_many_there_are_is_said_as_soon_as_it_is_known() -> None:
    assert drawing.count(1000, is_all=True, total=0) == "1,000"
    assert drawing.count(1000, is_all=False, total=1_000_000) == "1,000,000"
    assert drawing.count(1000, is_all=False, total=0) == "1,000+"
