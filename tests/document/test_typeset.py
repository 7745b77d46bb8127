"""How blocks become lines: styles, offsets, widths."""

from textwrap import dedent

import pytest

from reader.document.lines import Line, Style
from reader.document.subset import read
from reader.document.typeset import typeset


def lines(html: str, width: int = 40) -> list[Line]:
    return list(typeset(read(html), width))


def drawn(html: str, width: int) -> str:
    return "\n".join("|" + line.text.rstrip() for line in lines(html, width))


def styles(html: str, width: int = 40) -> list[tuple[str, Style]]:
    return [(run.text, run.style) for line in lines(html, width) for run in line.runs]


def test_styles_combine() -> None:
    html = '<blockquote><p>so <a href="https://a.example/">he <strong>said</strong></a></p></blockquote>'
    assert styles(html) == [
        ("▎ ", Style.QUOTE_BAR),
        ("so ", Style.QUOTE),
        ("he ", Style.QUOTE | Style.LINK),
        ("said", Style.QUOTE | Style.LINK | Style.STRONG),
        ("¹", Style.QUOTE | Style.LINK_NUMBER),
    ]


@pytest.mark.parametrize(
    ("tag", "style"),
    [
        ("strong", Style.STRONG),
        ("em", Style.EMPHASIS),
        ("code", Style.CODE),
        ("kbd", Style.CODE),
        ("s", Style.STRIKE),
        ("mark", Style.MARK),
    ],
)
def test_inline_styles(tag: str, style: Style) -> None:
    assert styles(f"<p>a <{tag}>b</{tag}> c</p>") == [("a ", Style.TEXT), ("b", style), (" c", Style.TEXT)]


@pytest.mark.parametrize("level", range(1, 7))
def test_headings_have_their_levels(level: int) -> None:
    assert lines(f"<h{level}>Mill</h{level}>")[0].runs[0].style is Style[f"HEADING{level}"]


def test_a_link_keeps_its_address_on_every_line() -> None:
    found = lines('<p>See <a href="https://a.example/">a link that is longer than one line</a></p>', 20)
    assert [run.href for line in found for run in line.runs] == [None, *["https://a.example/"] * (len(found) + 1)]
    assert found[-1].runs[-1].text == "¹"


def test_code_stands_on_a_surface_over_the_whole_width() -> None:
    for line in lines("<pre>if tide:\n    wheel.turn()\n\n</pre>"):
        assert line.cells == 40
        assert {run.style for run in line.runs} == {Style.CODE_BLOCK}


def test_a_long_code_line_keeps_every_character() -> None:
    code = "x = [" + ", ".join(map(str, range(60))) + "]"
    found = lines(f"<pre>{code}</pre>")
    assert "".join(run.text for line in found for run in line.runs if run.start >= 0) == code
    assert [line.runs[1].style & Style.CONTINUATION != 0 for line in found] == [False] + [True] * (len(found) - 1)


def test_tabs_reach_the_next_stop() -> None:
    assert drawn("<pre>a\tb\n日\tc\n\td</pre>", 40) == "| a   b\n| 日  c\n|     d"


def test_offsets_lead_back_to_the_text() -> None:
    html = "<p>zero</p><ul><li>Twice a day the sea fills the pond behind the wall</li></ul>"
    first, _, second, third = lines(html, 30)
    assert (first.block, first.start, first.indent) == (0, 0, 0)
    assert (second.block, second.start, second.indent) == (1, 0, 2)
    assert (third.block, third.start, third.indent) == (1, 26, 2)


def test_a_word_wider_than_the_line_starts_on_it_where_it_can_be_broken() -> None:
    assert drawn("<p>see https://example.org/2017/10/a-long-walk</p>", 24) == dedent(
        """\
        |see https://example.org/
        |2017/10/a-long-walk"""
    )


@pytest.mark.parametrize("width", [4, 5, 7, 11])
def test_narrow_pages_hold_everything(width: int) -> None:
    html = "<ul><li>one<ol><li>two<blockquote><p>three</p></blockquote></li></ol></li></ul><pre>code and code</pre>"
    assert all(line.cells <= width for line in lines(html, width))


def test_a_no_break_space_holds_words_together() -> None:
    assert drawn("<p>It is about 10\u00a0km away</p>", 14) == "|It is about\n|10\u00a0km away"


def test_french_signs_do_not_start_a_line() -> None:
    assert drawn("<p>Vraiment bien ? Oui</p>", 14) == "|Vraiment\n|bien ? Oui"


def test_items_of_several_lines_are_set_apart() -> None:
    item = "<li>" + "a word and " * 12 + "end</li>"
    assert drawn(f"<ul>{item}{item}</ul>", 40).count("\n|\n") == 1


def test_numeric_columns_stand_at_the_right() -> None:
    rows = "".join(f"<tr><td>{name}</td><td>{value}</td></tr>" for name, value in [("a", "9"), ("b", "1,204 km")])
    assert drawn(f"<table>{rows}</table>", 40) == "|a         9\n|b  1,204 km"


def test_a_picture_repeats_no_caption() -> None:
    html = '<figure><img src="https://a.example/" alt="A mill"/><figcaption>A mill</figcaption></figure>'
    assert drawn(html, 40) == "|[image]¹\n|A mill"


def test_lines_are_made_as_they_are_asked_for() -> None:
    document = read("<p>" + "word " * 1000 + "</p>" + "<p>short</p>" * 10_000)
    page = typeset(document, 40)
    assert next(page).block == 0
    assert sum(1 for _ in page) > 20_000


@pytest.mark.parametrize(
    ("kind", "start", "written"),
    [
        ("a", 1, ["a. x", "b. x"]),
        ("A", 26, [" Z. x", "AA. x"]),
        ("i", 8, ["viii. x", "  ix. x"]),
        ("I", 1999, ["MCMXCIX. x", "     MM. x"]),
        ("i", 0, ["0. x", "i. x"]),
        ("a", -1, ["-1. x", " 0. x"]),
        ("x", 1, ["1. x", "2. x"]),
    ],
)
def test_items_are_numbered_as_their_author_wants(kind: str, start: int, written: list[str]) -> None:
    html = f'<ol start="{start}" type="{kind}"><li>x</li><li>x</li></ol>'
    assert [line.text for line in typeset(read(html), 40)] == written
