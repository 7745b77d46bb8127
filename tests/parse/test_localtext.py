import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Dateline, Entry, ParsedFeed, Unreadable
from reader.parse.localtext import article
from reader.parse.source import Source
from tests.corpora import folder, manifest

STORY = "Ministers agree on little\n\n\nBEIRUT: The ministers met & spoke of <hats>.\nThey will meet “again”.\n"


def source(data: bytes | str, name: str = "world/little.txt") -> Source:
    return Source(
        data if isinstance(data, bytes) else data.encode(), f"file:///news/{name}", "article", name=name, mtime=7
    )


def entry(data: bytes | str, name: str = "world/little.txt") -> Entry:
    found = article(source(data, name))
    assert isinstance(found, ParsedFeed)
    assert len(found.entries) == 1
    return found.entries[0]


def kind(data: bytes | str, name: str) -> str:
    found = article(source(data, name))
    assert isinstance(found, ParsedFeed)
    return found.format


def test_a_text_as_an_entry() -> None:
    found = entry(STORY)
    assert (found.guid, found.section, found.mtime, found.link) == ("world/little.txt", "world", 7, None)
    assert found.title == "Ministers agree on little"
    assert found.html == "<p>BEIRUT: The ministers met &amp; spoke of &lt;hats&gt;.</p><p>They will meet “again”.</p>"
    assert found.text == "BEIRUT: The ministers met & spoke of <hats>.\n\nThey will meet “again”."
    assert found.dateline == Dateline("BEIRUT", None)


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_make_no_difference(codec: str, newline: str) -> None:
    assert entry(STORY.replace("\n", newline).encode(codec)) == entry(STORY)


def test_a_text_without_headline_is_called_by_its_file() -> None:
    found = entry("BEIRUT: They won.\n", "world/the_long-night.txt")
    assert (found.title, found.text) == ("the long night", "BEIRUT: They won.")


def test_markdown_is_not_read_in_text() -> None:
    assert "# no heading" in entry("Head\n\n\n# no heading\n*no stars*\n").text


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.txt", STORY, "text"),
        ("a", STORY, "text"),
        ("a.md", "# Head\n\nText", "markdown"),
        ("a.MARKDOWN", "Text", "markdown"),
        ("a.html", "<p>Text", "html"),
        ("a.xhtml", '<?xml version="1.0"?>\n<html><body><p>T</p></body></html>', "html"),
        ("a.txt", "<!DOCTYPE html><title>T</title><p>Text", "html"),
        ("a.md", "\n<!-- saved -->\n<html lang=en><body>Text", "html"),
        ("a.html", "Only text\n\nwith 1 < 2 & so on", "text"),
        ("a.txt", "The <html> tag\n\n\nis old.", "text"),
    ],
)
def test_content_decides_where_the_name_is_wrong(name: str, data: str, expected: str) -> None:
    assert kind(data, name) == expected


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"\n \r\n\t", "empty"),
        ("\ufeff\n".encode(), "empty"),
        (b"\x00" * 100, "empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "picture"),
        (b"PK\x03\x04\x14\x00", "ZIP"),
        (bytes(range(256)) * 8, "binary"),
        (b"\x7fELF\x02\x01", "program"),
    ],
)
def test_what_is_no_text_is_refused_in_words(data: bytes, word: str) -> None:
    found = article(source(data))
    assert isinstance(found, Unreadable)
    assert word in found.reason


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "b/a.md", "a.html", "a"]))
def test_any_bytes_give_an_answer(data: bytes, name: str) -> None:
    found = article(source(data, name))
    assert isinstance(found, Unreadable) or (len(found.entries) == 1 and found.entries[0].guid == name)


def test_real_texts_become_one_entry_each() -> None:
    place = folder("plaintext")
    for known in manifest("plaintext"):
        found = article(source((place / known["file"]).read_bytes(), known["file"]))
        if known["paragraphs"]:
            assert isinstance(found, ParsedFeed)
            assert found.entries[0].title == known["headline"]
            assert found.entries[0].html.count("<p>") == known["paragraphs"]
        else:
            assert isinstance(found, Unreadable)
