import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len as rich_cell_len

from reader.document.cells import cell_len, clusters, fit, is_narrow, pad, split

FAMILY = "👨\u200d👩\u200d👧"


@pytest.mark.parametrize("plane", range(4))
def test_every_character_is_as_wide_as_the_screen_draws_it(plane: int) -> None:
    for code in range(plane << 16, (plane + 1) << 16):
        char = chr(code)
        assert cell_len(char) == rich_cell_len(char), hex(code)
        if is_narrow(char):
            assert rich_cell_len(char) == 1, hex(code)


@pytest.mark.parametrize("plane", range(4))
def test_beside_others_too(plane: int) -> None:
    for code in range(plane << 16, (plane + 1) << 16, 0x40):
        text = "".join(map(chr, range(code, code + 0x40))) + "a\ufe0f" + FAMILY
        assert cell_len(text) == rich_cell_len(text) == sum(cells for _, _, cells in clusters(text)), hex(code)


@settings(deadline=None)
@given(st.text(st.one_of(st.characters(), st.sampled_from("a1©☺日\u200d\ufe0f\u0301🇳🇴👩🏽"))))
def test_clusters_cover_the_text(text: str) -> None:
    found = list(clusters(text))
    assert "".join(text[start:end] for start, end, _ in found) == text
    assert sum(cells for _, _, cells in found) == rich_cell_len(text)


@pytest.mark.parametrize("whole", [FAMILY, "🇳🇴", "e\u0301", "☺\ufe0f", "👍🏽", "1\ufe0f\u20e3", "ก็"])
def test_what_is_drawn_as_one_is_not_cut(whole: str) -> None:
    text = whole * 3
    assert [text[start:end] for start, end, _ in clusters(text)] == [whole] * 3
    width = cell_len(whole)
    assert split(text, 2 * width) == (whole * 2, whole)
    assert split(text, 2 * width - 1) == (whole, whole * 2)


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("tidal mill", 10, "tidal mill"),
        ("tidal mill", 9, "tidal mi…"),
        ("tidal mill", 7, "tidal…"),
        ("日本語", 6, "日本語"),
        ("日本語", 5, "日本…"),
        ("日本語", 4, "日…"),
        ("日本語", 1, "…"),
        ("日本語", 0, ""),
        (FAMILY + FAMILY, 3, FAMILY + "…"),
    ],
)
def test_fit(text: str, width: int, shown: str) -> None:
    assert fit(text, width) == shown


def test_fit_takes_another_ellipsis() -> None:
    assert fit("tidal mill", 8, "...") == "tidal..."
    assert fit("tidal mill", 2, "...") == "ti"


def test_pad_fills_up_to_the_width() -> None:
    assert pad("日本", 6) == "日本  "
    assert pad("日本", 3) == "日 "
