from html import escape
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.cells import cell_len
from reader.document.hints import Hint, hints, labelled, labels
from reader.document.lines import Line, Style
from reader.document.subset import read
from reader.document.typeset import typeset


def page(html: str, width: int = 40) -> list[Line]:
    return list(typeset(read(html), width))


def drawn(lines: list[Line], typed: str = "") -> list[str]:
    found = hints(enumerate(lines))
    return [
        labelled(line, [hint for hint in found if hint.line == number], typed).text for number, line in enumerate(lines)
    ]


def test_each_link_is_labelled_once_where_it_begins() -> None:
    lines = page('<p>See <a href="https://a.example/">the first</a> and <a href="https://b.example/">another</a>.</p>')
    assert [(hint.label, hint.href) for hint in hints(enumerate(lines))] == [
        ("a", "https://a.example/"),
        ("s", "https://b.example/"),
    ]
    assert drawn(lines) == ["See ahe first¹ and snother²."]


def test_a_link_over_two_lines_has_one_label() -> None:
    lines = page('<p><a href="https://a.example/">one two three four <em>five</em> six seven</a> end</p>', 12)
    assert len(lines) > 2
    assert [hint.line for hint in hints(enumerate(lines))] == [0]


def test_two_links_to_one_address_are_two() -> None:
    lines = page('<p><a href="https://a.example/">here</a> or there, <a href="https://a.example/">here</a></p>')
    assert len(hints(enumerate(lines))) == 2


def test_typed_letters_leave_those_that_go_on() -> None:
    lines = page("<p>" + " ".join(f'<a href="https://a.example/{n}">link{n}</a>' for n in range(40)) + "</p>", 200)
    text = " ".join(drawn(lines, "a"))
    assert text.startswith("aink0")  # "aa", of which the first letter was typed
    assert "link30" in text


def test_wide_signs_are_covered_whole() -> None:
    lines = page('<p><a href="https://a.example/">東京の夜</a>は静か</p>')
    (line,) = lines
    covered = labelled(line, [Hint("as", "https://a.example/", 0, 0)])
    assert covered.text.startswith("as京の夜")
    one = labelled(line, [Hint("a", "https://a.example/", 0, 0)])
    assert one.text.startswith("a 京の夜")
    assert one.cells == line.cells == cell_len(one.text)


@pytest.mark.parametrize("count", [0, 1, 25, 26, 600])
def test_no_label_begins_another(count: int) -> None:
    made = labels(count)
    assert len(made) == count
    assert not any(one.startswith(other) or other.startswith(one) for one, other in combinations(made, 2))
    assert not any("y" in label for label in made)


@given(st.text(min_size=1, max_size=40), st.integers(4, 60))
def test_labels_never_move_the_text(text: str, width: int) -> None:
    from reader.parse.html import clean

    html = clean(f'<p>before <a href="https://a.example/">{escape(text)}</a> after</p>', None).html
    lines = page(html, width)
    found = hints(enumerate(lines))
    for number, line in enumerate(lines):
        mine = [hint for hint in found if hint.line == number]
        covered = labelled(line, mine)
        assert covered.cells == cell_len(covered.text) <= width
        assert sum(bool(run.style & Style.HINT) for run in covered.runs) == len(mine)
