import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import times
from reader.model import Entry, ParsedFeed
from reader.parse.frontmatter import split
from reader.parse.localtext import article
from reader.parse.source import Source
from tests.corpora import folder, manifest

TOML = """+++
title = "A day in the valley"
date = 2024-05-06
authors = ["Anna Lindqvist", "Bo Ek"]
[extra]
team = "x"
+++

# A day in the valley

Text.
"""
YAML = """---
title: "A day: in the valley"   # said twice
author:
  - name: Anna Lindqvist
  - name: Bo Ek
date: 2024-05-06 10:00:00 +0200
lastmod: 2024-05-07
tags: [a, b]
canonical_url: https://valley.example/day
lang: en
---
Text.
"""


def entry(text: str, name: str = "notes/day.md") -> Entry:
    found = article(Source(text.encode(), f"file:///news/{name}", "article", name=name, mtime=7))
    assert isinstance(found, ParsedFeed)
    assert found.format == "markdown"
    return found.entries[0]


def test_toml_front_matter() -> None:
    found = entry(TOML)
    assert (found.title, found.author) == ("A day in the valley", "Anna Lindqvist, Bo Ek")
    assert times.iso(found.published) == "2024-05-06T00:00:00Z"
    assert (found.html, found.text) == ("<p>Text.</p>", "Text.")


def test_yaml_front_matter() -> None:
    found = entry(YAML)
    assert (found.title, found.author) == ("A day: in the valley", "Anna Lindqvist, Bo Ek")
    assert (times.iso(found.published), times.iso(found.updated)) == ("2024-05-06T08:00:00Z", "2024-05-07T00:00:00Z")
    assert (found.link, found.language, found.text) == ("https://valley.example/day", "en", "Text.")


@pytest.mark.parametrize(
    ("yaml", "title"),
    [
        ("title: Plain words # note", "Plain words"),
        ("title: 'It''s here'", "It's here"),
        (r'title: "Say \"hi\""', 'Say "hi"'),
        ("title: >\n  Folded\n  over lines", "Folded over lines"),
        ("title: C# in a week", "C# in a week"),
        ("Title: Capital", "Capital"),
        ("title:", None),
        ("title: ~", None),
        ("title: !!python/object:os.system x", "!!python/object:os.system x"),
    ],
)
def test_yaml_titles(yaml: str, title: str | None) -> None:
    assert split(f"---\n{yaml}\nother: 1\n---\nText", "a.md")[0].title == title


def test_what_is_no_front_matter_stays_in_the_text() -> None:
    for text in ("---\nA rule above.\n\n---\nText", "+++\nnot = = toml\n+++\nText", "---\ntitle: never closed\n"):
        about, body = split(text, "a.md")
        assert (about.title, body) == (None, text)


def test_the_day_in_a_path_or_name() -> None:
    assert times.iso(entry("Text", "2024-05-06-day.md").published) == "2024-05-06T00:00:00Z"
    assert times.iso(entry('+++\npath = "2024/05/06/day"\n+++\nText').published) == "2024-05-06T00:00:00Z"
    assert entry("Text", "1234-56-78-day.md").published is None


def test_first_heading_is_the_title_and_leaves_the_body() -> None:
    found = entry("A *big* `day`\n===\n\nText.\n\n# Later\n")
    assert found.title == "A big day"
    assert "big" not in found.html
    assert "<h1>Later</h1>" in found.html


def test_a_heading_further_down_stays() -> None:
    found = entry("Before.\n\n# Head\n\nAfter.\n")
    assert found.title == "Head"
    assert "<h1>Head</h1>" in found.html


def test_no_heading_means_the_file_name() -> None:
    assert entry("Text.", "my_first-note.md").title == "my first note"


def test_markup() -> None:
    found = entry(
        "- [x] done\n\nA ~~lost~~ https://valley.example/x note[^1].\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n"
        "Term\n: Meaning\n\n[^1]: Below.\n\n<script>alert(1)</script><b onclick=x>bold</b> <a href=javascript:x>x</a>\n"
    )
    for part in (
        '<li checked="true">done</li>',
        "<s>lost</s>",
        'href="https://valley.example/x"',
        "<td",
        "<dt>Term</dt>",
        "Below.",
    ):
        assert part in found.html
    for part in ("script", "onclick", "javascript"):
        assert part not in found.html


def test_many_bare_addresses_do_not_take_long() -> None:
    assert "http" in entry("http://a " * 20_000).text


@given(st.text(alphabet="#-+*_`~|>:[]()!<a/ =\n\t\"'1.&\\", max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    article(Source(b"x" + text.encode(), "file:///a.md", "article", name="a.md"))
    split(f"---\n{text}\n---\n", "a.md")
    split(f"+++\n{text}\n+++\n", "a.md")


def test_real_files() -> None:
    place = folder("local/markdown")
    for known in manifest("local/markdown"):
        found = entry((place / known["file"]).read_text("utf-8"), known["file"])
        day = (times.iso(found.published) or "")[:10] or None
        assert (found.title, day, found.author) == (known["title"], known["date"], known["author"])
