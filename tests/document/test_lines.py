from reader.document.lines import Line, Run, Style, line_at, names, offset_at, with_match
from reader.document.links import numbered, target
from reader.document.subset import read
from reader.document.typeset import typeset

PAGE = list(typeset(read("<ul><li>one two three four five</li></ul><p>six</p>"), 14))


def test_names_of_a_style() -> None:
    assert names(Style.LINK | Style.QUOTE | Style.STRONG) == ("quote", "strong", "link")
    assert names(Style.CODE_BLOCK) == ("code-block",)
    assert names(Style.TEXT) == ()


def test_the_line_of_a_place() -> None:
    assert [line.text for line in PAGE] == ["• one two", "  three four", "  five", "", "six"]
    assert [line_at(PAGE, 0, offset) for offset in (0, 7, 8, 18, 19, 99)] == [0, 0, 1, 1, 2, 2]
    assert line_at(PAGE, 1, 0) == 4
    assert line_at(PAGE, 9, 9) == 4
    assert line_at([], 0, 0) == 0


def test_the_place_of_a_character() -> None:
    assert [offset_at(PAGE[1], column) for column in (0, 2, 3, 8, 11, 50)] == [8, 8, 9, 14, 17, 18]


def test_the_place_behind_a_link_number() -> None:
    line = next(typeset(read('<p>a <a href="https://a/">b</a> c</p>'), 40))
    assert line.text == "a b¹ c"
    assert [offset_at(line, column) for column in range(6)] == [0, 1, 2, 3, 3, 4]


def test_marking_a_match_splits_runs() -> None:
    line = Line((Run("• ", Style.MARKER), Run("one", Style.TEXT, None, 0), Run(" two", Style.STRONG, None, 3)), 9, 0)
    marked = with_match(line, 3, 7)
    assert marked.text == line.text
    assert [(run.text, run.style, run.start) for run in marked.runs] == [
        ("• ", Style.MARKER, -1),
        ("o", Style.TEXT, 0),
        ("ne", Style.MATCH, 1),
        (" t", Style.STRONG | Style.MATCH, 3),
        ("wo", Style.STRONG, 5),
    ]


def test_links_into_the_document() -> None:
    document = read('<p>a <a href="https://me/post#n1">1</a></p><p id="n1">note</p><p id="naïve">other</p>')
    assert numbered(document) == {"https://me/post#n1": 1}
    assert target(document, "https://me/post#n1", "https://me/post") == 1
    assert target(document, "#n1") == 1
    assert target(document, "#na%C3%AFve") == 2
    assert target(document, "https://other/#n1", "https://me/post") is None
    assert target(document, "https://me/post", "https://me/post") is None
    assert target(document, "#unknown") is None
