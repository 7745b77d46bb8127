"""What holds of every page: nothing raises, nothing is too wide, no control character, no word lost."""

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.document.find import Term, hits
from reader.document.lines import Style
from reader.document.nodes import Document, leaf_texts
from reader.document.plain import markdown, plain_text, summary, words
from reader.document.subset import read
from reader.document.typeset import typeset
from tests.safety.checker import faults

LETTERS = st.sampled_from(
    "aZ09-./?&;:,!«»—()[]{}|*_#`\t\n\x07\x1b\x9b\u00ad\u200b\u200d\u200e\ufe0f\u202e\u2028\u0301\u0335\u0e47é日本。「ー한שعไ🇳🇴👩🏽☺①\u00a0\u3000\ud800"
)
WORDS = st.one_of(st.text(LETTERS, max_size=12), st.text(st.characters(), max_size=8), st.just("word " * 20))
INLINE = ["strong", "em", "code", "s", "mark", "sup", "sub", 'a href="https://a.example/"', 'a href="#n"', "abbr"]
LEAVES = ["p", "h1", "h3", "pre", "figcaption", "dt", "summary", 'p dir="rtl"']
CONTAINERS = ["ul", "ol", "li", 'ol start="98"', 'li checked="true"', "blockquote", "figure", "dl", "dd", "details"]
CELLS = ["table", "tr", "td", "th", 'td colspan="3"', 'td rowspan="2"']
TAGS = st.sampled_from(INLINE + LEAVES + CONTAINERS + CELLS)
VOID = st.sampled_from(
    ["<br/>", "<hr>", '<img src="https://a.example/i.png" alt="a mill">', "<img>", "</p>", "<", "&lt;"]
)


def element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.lists(inner, max_size=4).map("".join),
        st.builds(lambda tag, held: f"<{tag}>{held}</{tag.split()[0]}>", TAGS, inner),
        st.builds(lambda tag, held: f"<{tag}>{held}", TAGS, inner),
        table(inner),
    )


def table(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    cells = st.builds(
        lambda tag, held: f"<{tag}>{held}</{tag[:2]}>", st.sampled_from(["td", "th", 'td colspan="2"']), inner
    )
    rows = st.lists(cells, min_size=1, max_size=4).map(lambda held: f"<tr>{''.join(held)}</tr>")
    return st.lists(rows, min_size=1, max_size=3).map(lambda held: f"<table>{''.join(held)}</table>")


HTML = st.recursive(st.one_of(WORDS, VOID), element, max_leaves=16)


@settings(max_examples=300, deadline=None)
@given(st.one_of(HTML, st.text()), st.integers(4, 120), st.booleans())
def test_every_page_holds(html: str, width: int, plain: bool) -> None:
    document = read(html)
    place = (0, 0)
    lines = list(typeset(document, width, ascii=plain))
    assert not faults("·".join(line.text for line in lines)), "marks of direction may be parted from their letters"
    for line in lines:
        assert sum(cell_len(run.text) for run in line.runs) == line.cells <= width
        assert (line.block, line.start) >= place
        place = (line.block, line.start)
    assert not lost(document, width)


def lost(document: Document, width: int) -> list[str]:
    """What stands in the text and not on the lines; the heads of tables may stand before the values."""
    shown: dict[int, set[int]] = {}
    heads = ""
    for line in typeset(document, width):
        for run in line.runs:
            if run.start >= 0:
                shown.setdefault(line.block, set()).update(range(run.start, run.start + len(run.text)))
            elif run.style & Style.TABLE_HEAD:
                heads += "".join(run.text.split())
    return [
        word
        for block, text in enumerate(leaf_texts(document))
        for word in "".join(" " if at in shown.get(block, ()) else char for at, char in enumerate(text)).split()
        if "".join(word) not in heads
    ]


@settings(deadline=None)
@given(HTML)
def test_what_is_shown_is_the_text(html: str) -> None:
    document = read(html)
    texts = leaf_texts(document)
    for line in typeset(document, 40):
        for run in line.runs:
            if run.start >= 0 and not run.style & (Style.SUPERSCRIPT | Style.SUBSCRIPT):
                assert texts[line.block][run.start : run.start + len(run.text)] == run.text


@settings(deadline=None)
@given(HTML)
def test_the_plain_text_holds_every_word(html: str) -> None:
    document = read(html)
    text = plain_text(document)
    assert not faults(text, lines=True)
    assert not faults(markdown(document), lines=True)
    if "<su" not in html:
        assert all(word in text for leaf in leaf_texts(document) for word in leaf.split())


@settings(deadline=None)
@given(HTML)
def test_other_ways_out_take_any_document(html: str) -> None:
    document = read(html)
    text = plain_text(document)
    assert words(text) >= 0
    assert len(summary(text)) <= 300
    assert read(markdown(document)) is not None


@settings(deadline=None)
@given(HTML, st.text(LETTERS, min_size=1, max_size=3), st.booleans())
def test_hits_lie_on_their_lines(html: str, word: str, prefix: bool) -> None:
    page = list(typeset(read(html), 30))
    for hit in hits(page, [Term((word,), prefix)]):
        assert hit.parts
        for part in hit.parts:
            assert 0 <= part.start < part.end <= len(page[part.line].text)
