"""Real feeds and real pages on our pages: nothing raises, nothing is too wide, and the words are there."""

from collections.abc import Callable

import pytest
from rich.cells import cell_len

from reader.document.lines import Line
from reader.document.nodes import leaf_texts
from reader.document.plain import plain_text
from reader.document.subset import read
from reader.document.typeset import typeset
from reader.parse.html import clean
from tests.benchmarks.text_kept import WIDTHS, Kept, Text, feeds, kept, pages

LEAST = 0.995


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("texts", "least"), [(feeds, 300), (pages, 10)], ids=["feeds", "pages"])
def test_every_real_body(texts: Callable[[], list[Text]], least: int, capsys: pytest.CaptureFixture[str]) -> None:
    found = texts()
    assert len(found) >= least
    for width in WIDTHS:
        whole = Kept()
        for text in found:
            each = kept(text, holds(text, width))
            whole.add(each)
            assert each.share >= LEAST or each.lost.total() <= 2, (text.name, each.lost)
        assert whole.share >= LEAST
        with capsys.disabled():
            rules = ", ".join(f"{rule} {count / whole.words:.2%}" for rule, count in whole.removed.most_common())
            print(f"\n{whole.share:.3%} of {whole.words:,} words at {width}; left out: {rules}", end="")


def holds(text: Text, width: int) -> list[Line]:
    """The lines, none of them too wide or with a control character, with every character of the document's own text."""
    document = read(clean(text.html, text.base).html)
    texts = leaf_texts(document)
    shown = [bytearray(len(text)) for text in texts]
    lines = list(typeset(document, width))
    for line in lines:
        assert sum(cell_len(run.text) for run in line.runs) == line.cells <= width
        assert all(char >= " " and not "\x7f" <= char < "\xa0" for char in line.text)
        for run in line.runs:
            if run.start >= 0:
                shown[line.block][run.start : run.start + len(run.text)] = b"\1" * len(run.text)
    page = " ".join(line.text for line in lines)
    for leaf, marks in zip(texts, shown, strict=True):
        lost = "".join(" " if mark else char for char, mark in zip(leaf, marks, strict=True)).split()
        assert all(word in page for word in lost)
    assert plain_text(document).split() or not "".join(texts).split()
    return lines
