"""Real feeds on our pages."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from reader.document.nodes import leaf_texts
from reader.document.plain import plain_text
from reader.document.subset import read
from reader.document.typeset import typeset
from reader.model import ParsedFeed
from reader.parse.documents import parse
from reader.parse.source import Source
from tests.corpora import folder

WIDTHS = (40, 72, 120)


def bodies(path: Path) -> list[str]:
    parsed = parse(Source(path.read_bytes(), "https://example.com/feed", "feed"))
    return [entry.html for entry in parsed.entries] if isinstance(parsed, ParsedFeed) else []


@pytest.mark.timeout(600)
def test_every_body_of_the_real_feeds() -> None:
    found = 0
    for path in sorted(folder("feeds/real").rglob("*")):
        for html in bodies(path) if path.is_file() else ():
            found += 1
            for width in WIDTHS:
                holds(html, width)
    assert found > 300


def holds(html: str, width: int) -> None:
    """No line is too wide or holds a control character, and every word of the text is on the page."""
    document = read(html)
    texts = leaf_texts(document)
    shown = [bytearray(len(text)) for text in texts]
    page = ""
    for line in typeset(document, width):
        assert sum(cell_len(run.text) for run in line.runs) == line.cells <= width
        assert all(char >= " " and not "\x7f" <= char < "\xa0" for char in line.text)
        page += line.text + " "
        for run in line.runs:
            if run.start >= 0:
                shown[line.block][run.start : run.start + len(run.text)] = b"\1" * len(run.text)
    for text, marks in zip(texts, shown, strict=True):
        lost = "".join(" " if mark else char for char, mark in zip(text, marks, strict=True)).split()
        assert all(word in page for word in lost)
    assert plain_text(document).split() or not "".join(texts).split()
