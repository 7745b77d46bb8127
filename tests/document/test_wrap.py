import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.document.wrap import ranges


def wrapped(text: str, width: int) -> list[str]:
    return [text[start:stop] for start, stop, _ in ranges(text, width)]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 8, ["one two", "three"]),
        ("one   two", 4, ["one", "two"]),
        ("one\ntwo", 10, ["one", "two"]),
        ("one\n\ntwo", 10, ["one", "", "two"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("a well-known joke", 8, ["a well-", "known", "joke"]),
        ("minus -5 and e-mail", 7, ["minus", "-5 and", "e-mail"]),
        ("said—and done", 7, ["said—", "and", "done"]),
        ("a\u00a0b c\u00a0d", 5, ["a\u00a0b", "c\u00a0d"]),
        ("https://example.org/a/b?c=d", 12, ["https://", "example.org/", "a/b?c=d"]),
        ("日本語の文章。", 12, ["日本語の文", "章。"]),
        ("これは「改行」です", 8, ["これは", "「改行」", "です"]),
        ("すごーい", 4, ["す", "ごー", "い"]),
        ("日本語ABC語", 8, ["日本語", "ABC語"]),
        ("Đặng 日本", 6, ["Đặng", "日本"]),
        ("조력 방앗간은", 9, ["조력", "방앗간은"]),
    ],
)
def test_wrapped(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width) == lines


@pytest.mark.parametrize("text", ["word " * 4000, "日本語" * 4000, "wörd 👩\u200d👧 " * 3000, "e\u0301" * 9000])
def test_long_texts_wrap_alike_from_start_to_end(text: str) -> None:
    lines = wrapped(text, 30)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert len({line.strip() for line in lines[10:-10]}) <= 30


@settings(deadline=None)
@given(
    st.text(st.one_of(st.characters(exclude_categories=["Cc", "Cs"]), st.sampled_from("ab -/日。\u0301\n"))),
    st.integers(4, 40),
)
def test_nothing_is_lost_or_too_wide(text: str, width: int) -> None:
    end = 0
    for start, stop, cells in ranges(text, width):
        assert not text[end:start].strip()
        assert cell_len(text[start:stop]) == cells <= width
        end = stop
    assert not text[end:].strip()
