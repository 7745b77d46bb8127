from hypothesis import assume, given
from hypothesis import strategies as st

from reader.document.differences import differences
from reader.document.lines import Style
from reader.document.nodes import Document, Paragraph, Span
from reader.document.subset import read


def compared(old: str, new: str) -> list[list[tuple[str, str]]]:
    """Each leaf as pieces: what was removed, added, or stayed, and the text."""
    names = {Style.REMOVED: "-", Style.ADDED: "+", Style.TEXT: " "}
    blocks = differences(read(old), read(new)).blocks
    return [
        [(names[span.style], span.text) for span in block.spans] for block in blocks if isinstance(block, Paragraph)
    ]


def test_words_that_changed_stand_side_by_side() -> None:
    old, new = "<p>The council met on Monday and agreed.</p>", "<p>The council met on Tuesday night and agreed.</p>"
    assert compared(old, new) == [
        [(" ", "The council met on "), ("-", "Monday"), ("+", "Tuesday night"), (" ", " and agreed.")]
    ]


def test_paragraphs_come_and_go_whole() -> None:
    assert compared("<p>One stays here.</p><p>Gone for good, this.</p>", "<p>One stays here.</p>") == [
        [(" ", "One stays here.")],
        [("-", "Gone for good, this.")],
    ]
    assert compared("<p>One stays here.</p>", "<p>New at the top.</p><p>One stays here.</p>") == [
        [("+", "New at the top.")],
        [(" ", "One stays here.")],
    ]


def test_an_edited_paragraph_is_found_behind_a_new_one() -> None:
    old = "<p>The ferry leaves at nine every day.</p>"
    new = "<p>Quite another thing.</p><p>The ferry leaves at ten every day.</p>"
    assert compared(old, new) == [
        [("+", "Quite another thing.")],
        [(" ", "The ferry leaves at "), ("-", "nine"), ("+", "ten"), (" ", " every day.")],
    ]


def test_long_stretches_without_a_change_are_one_line() -> None:
    same = "".join(f"<p>Paragraph number {number}.</p>" for number in range(20))
    shown = compared(f"{same}<p>The end is near.</p>", f"{same}<p>The end is far.</p>")
    assert shown[0] == [(" ", "… 19 paragraphs as before …")]
    assert shown[1] == [(" ", "Paragraph number 19.")]
    assert ("+", "far") in shown[2]


def test_han_is_compared_sign_by_sign() -> None:
    assert compared("<p>東京の夜は静かだ</p>", "<p>東京の朝は静かだ</p>") == [
        [(" ", "東京の"), ("-", "夜"), ("+", "朝"), (" ", "は静かだ")]
    ]


def test_a_changed_table_says_its_cells() -> None:
    table = "<table><tr><th>Name</th><th>Age</th></tr><tr><td>Ida</td><td>{}</td></tr></table>"
    (leaf,) = compared(table.format(41), table.format(42))
    assert ("-", "41") in leaf
    assert ("+", "42") in leaf


def test_the_same_twice_shows_no_change() -> None:
    html = "<h2>Title</h2><p>Text with <a href='https://a.example/'>a link</a>.</p><pre>code</pre>"
    assert differences(read(html), read(html)).blocks == read(html).blocks


def test_spaces_that_changed_are_no_part_of_what_stayed() -> None:
    assert compared("<pre>a b c</pre><p>One two three</p>", "<pre>a b c</pre><p>One two four</p>")[-1] == [
        (" ", "One two "),
        ("-", "three"),
        ("+", "four"),
    ]


def test_a_long_text_that_is_quite_another_is_no_long_work() -> None:
    old, new = ("".join(f"<p>{word}{number} {word}.</p>" for number in range(20_000)) for word in ("old", "new"))
    shown = compared(old, new)
    assert len(shown) == 40_000
    assert shown[0] == [("+", "new0 new.")]
    assert shown[-1] == [("-", "old19999 old.")]


TEXTS = st.lists(st.text("ab c.é東", min_size=1, max_size=30), max_size=8)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_out_of_it(old: list[str], new: list[str]) -> None:
    def document(texts: list[str]) -> Document:
        return Document(tuple(Paragraph((Span(text),)) for text in texts))

    shown = [block.spans for block in differences(document(old), document(new)).blocks if isinstance(block, Paragraph)]
    assume(not any("paragraphs as before" in span.text for spans in shown for span in spans))
    assert read_out(shown, Style.REMOVED) == new
    assert sorted(read_out(shown, Style.ADDED)) == sorted(old)


def read_out(shown: list[tuple[Span, ...]], without: Style) -> list[str]:
    texts = ["".join(span.text for span in spans if span.style != without) for spans in shown]
    return [text for text in texts if text]
