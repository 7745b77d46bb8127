import pytest

from reader.document.find import Term, hits
from reader.document.lines import Line
from reader.document.subset import read
from reader.document.typeset import typeset


def page(html: str, width: int = 20) -> list[Line]:
    return list(typeset(read(html), width))


def found(html: str, *terms: Term, width: int = 20) -> list[list[str]]:
    lines = page(html, width)
    return [[lines[part.line].text[part.start : part.end] for part in hit.parts] for hit in hits(lines, terms)]


def term(words: str, *, prefix: bool = False) -> Term:
    return Term(tuple(words.split()), prefix)


@pytest.mark.parametrize(
    ("words", "prefix", "expected"),
    [
        ("mill", False, [["Mill"], ["mill"]]),
        ("mil", False, []),
        ("mil", True, [["Mill"], ["mills"], ["mill"]]),
        ("MILLS", False, [["mills"]]),
        ("ill", True, []),
        ("", False, []),
        ("?!", True, []),
    ],
)
def test_words(words: str, prefix: bool, expected: list[list[str]]) -> None:
    assert found("<p>Mill, mills, (mill).</p>", term(words, prefix=prefix)) == expected


def test_a_phrase_over_two_lines() -> None:
    html = "<blockquote><p>the wall of the tidal mill stands</p></blockquote>"
    assert found(html, term("tidal mill"), width=40) == [["tidal mill"]]
    assert found(html, term("the tidal mill"), width=22) == [["the", "tidal mill"]]


def test_accents_and_case_do_not_matter() -> None:
    html = "<p>Café, NAÏVE e\u0301te\u0301 straße ﬁn</p>"
    assert found(html, term("cafe"), term("naive"), term("ete"), term("STRASSE"), term("fin"), width=40) == [
        ["Café"],
        ["NAÏVE"],
        ["\xe9t\xe9"],  # composed on its way to the page
        ["straße"],
        ["ﬁn"],
    ]


def test_han_is_found_within_its_run() -> None:
    assert found("<p>江戸時代の東京です</p>", term("東京")) == [["東京"]]
    assert found("<p>한국어가 있다</p>", term("국어")) == [["국어"]]


def test_a_word_broken_over_lines() -> None:
    assert found("<p>abcdefghijklmnopqrstuvwxyz</p>", term("abcdefghijklmnopqrstuvwxyz"), width=10) == [
        ["abcdefghij", "klmnopqrst", "uvwxyz"]
    ]


def test_signs_are_no_text() -> None:
    html = '<p>the <a href="https://a/">tidal</a> mill</p><p>1</p>'
    assert found(html, term("tidal mill")) == [["tidal", " mill"]]
    assert found('<p><a href="https://a/">x</a></p>', term("1"), term("¹")) == []


def test_hits_come_in_the_order_of_the_text_without_overlap() -> None:
    html = "<p>one two three</p><h2>two</h2>"
    html += "<table><tr><th>two</th><th>x</th></tr><tr><td>one</td><td>two</td></tr></table>"
    lines = page(html, 40)
    found_hits = hits(lines, [term("two three"), term("two"), term("one two")])
    assert [(hit.block, hit.start, hit.end) for hit in found_hits] == [(0, 0, 7), (1, 0, 3), (2, 0, 3), (2, 6, 13)]


def test_raised_text_is_found() -> None:
    assert found("<p>10<sup>3</sup> watts</p>", term("watts")) == [["watts"]]
    assert found("<p>CO<sub>2</sub></p>", term("co2")) == [["CO", "₂"]]
