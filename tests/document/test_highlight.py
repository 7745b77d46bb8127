"""The parts of code, told apart; the text stays what it is."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document.highlight import tokens
from reader.document.language_names import LONGEST, LONGEST_LINE, language_of
from reader.document.languages import LANGUAGES
from reader.document.lines import Style
from reader.document.nodes import Code, Document, Span, leaf_texts
from reader.document.subset import read
from reader.document.typeset import typeset

PARTS = {
    Style.CODE_COMMENT: "comment",
    Style.CODE_KEYWORD: "keyword",
    Style.CODE_STRING: "string",
    Style.CODE_NUMBER: "number",
    Style.CODE_NAME: "name",
}
ALL = Style.CODE_COMMENT | Style.CODE_KEYWORD | Style.CODE_STRING | Style.CODE_NUMBER | Style.CODE_NAME


def parts(name: str, text: str) -> list[str]:
    language = language_of(name, text)
    assert language is not None
    return [f"{PARTS[style]} {text[start:end]}" for start, end, style in tokens(text, language)]


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("python", 'def f(x): # "no"\n    return \'#\', 0x1F',
         'keyword def|name f|comment # "no"|keyword return|string \'#\'|number 0x1F'),
        ("py", '"""a\n# b"""\n@cached\nclass A: pass',
         'string """a\n# b"""|name @cached|keyword class|name A|keyword pass'),
        ("c", '#include <a.h>\nint x = 1; /* a\nb */ // c',
         "keyword #include|keyword int|number 1|comment /* a\nb */|comment // c"),
        ("rust", "fn go<'a>(s: &'a str) -> char { 'x' }", "keyword fn|name go|string 'x'"),
        ("js", "const f = `a ${b}`; // t", "keyword const|string `a ${b}`|comment // t"),
        ("Go", 'func (s *S) Run() { return "x" }', 'keyword func|name Run|keyword return|string "x"'),
        ("sql", "Select a FROM t WHERE b = 'it'''", "keyword Select|keyword FROM|keyword WHERE|string 'it'''"),
        ("bash", 'if [ -n "$x" ]; then echo $HOME # y\nfi',
         'keyword if|number -n|string "$x"|keyword then|keyword echo|name $HOME|comment # y|keyword fi'),
        ("html", '<p class="a">it\'s &amp;</p><!-- c -->',
         'keyword <p|name class|string "a"|keyword >|number &amp;|keyword </p|keyword >|comment <!-- c -->'),
        ("json", '{"a": ["b", 1, true]}', 'name "a"|string "b"|number 1|keyword true'),
        ("yaml", "a: 1\nb:\n  - c: 'd' # e", "name a|number 1|name b|name   - c|string 'd'|comment # e"),
        ("diff", "@@ -1 +1 @@\n-old\n+new\n same", "comment @@ -1 +1 @@|keyword -old|string +new"),
        ("css", "a { color: #fff; } /* c */", "name color|number #fff|comment /* c */"),
        ("clojure", '(defn f [x] "s") ; c', 'keyword defn|name f|string "s"|comment ; c'),
        ("console", "$ ls\na b", "comment $"),
        ("toml", "[a]\nb = 1", "keyword [a]|name b|number 1"),
    ],
)  # fmt: skip
def test_parts_are_told_apart(name: str, text: str, found: str) -> None:
    assert "|".join(parts(name, text)) == found


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("#!/usr/bin/env python3\nx", "python"),
        ("#!/bin/sh\nx", "shell"),
        ("def f(x):\n    return x", "python"),
        ('{"a": 1}', "json"),
        ("$ make install", "console"),
        ("diff --git a/x b/x", "diff"),
        ("SELECT a FROM b", "sql"),
        ("#include <stdio.h>", "c"),
        ("fn main() {\n    let mut x = 1;", "rust"),
        ("package main\n\nfunc main() {}", "go"),
        ("<?php echo 1;", "php"),
        ("<!DOCTYPE html>", "html"),
        ("import x from 'y'", "javascript"),
    ],
)
def test_a_language_is_guessed_where_it_is_sure(text: str, like: str) -> None:
    assert language_of(None, text) is LANGUAGES[like]


@pytest.mark.parametrize(
    "text", ["", "  +--+\n  |  |", "Dear all,\nit's fine.", "a = b", "select all that apply from it", "{x}"]
)
def test_what_might_be_anything_stays_plain(text: str) -> None:
    assert language_of(None, text) is None


def test_a_language_that_is_not_known_is_not_guessed_over() -> None:
    assert language_of("text", "def f(x):\n    pass") is None
    assert language_of("brainfuck", "#include <a>") is None


def test_styles_stand_on_the_lines_and_the_text_does_not_change() -> None:
    html = '<pre lang="python">def power(h): # up\n\treturn <strong>1000</strong> * "h"</pre>'
    found = [
        (run.text, run.style & (ALL | Style.STRONG))
        for line in typeset(read(html), 72)
        for run in line.runs
        if run.start >= 0
    ]
    assert found == [
        ("def", Style.CODE_KEYWORD),
        (" ", Style.TEXT),
        ("power", Style.CODE_NAME),
        ("(h): ", Style.TEXT),
        ("# up", Style.CODE_COMMENT),
        ("return", Style.CODE_KEYWORD),
        (" ", Style.TEXT),
        ("1000", Style.CODE_NUMBER | Style.STRONG),
        (" * ", Style.TEXT),
        ('"h"', Style.CODE_STRING),
    ]


def test_only_the_lines_that_are_asked_for_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def watched(text, language):  # type: ignore[no-untyped-def]
        for token in tokens(text, language):
            seen.append(token[0])
            yield token

    monkeypatch.setattr("reader.document.highlight.tokens", watched)
    code = Document((Code((Span("return 1\n" * 3_000),), "python"),))
    lines = typeset(code, 72)
    for _ in range(3):
        next(lines)
    assert max(seen) < 60


def test_a_very_long_listing_is_set_as_it_is() -> None:
    code = Document((Code((Span("return 1\n" * (LONGEST // 8)),), "python"),))
    assert not any(run.style & ALL for line in typeset(code, 72) for run in line.runs)


def test_a_very_long_line_is_set_as_it_is() -> None:
    code = Document((Code((Span("return 1; " * (LONGEST_LINE // 9)),), "c"),))
    assert not any(run.style & ALL for line in typeset(code, 72) for run in line.runs)


CODE = st.text(st.sampled_from("\"'`#/*-+<>=![](){}$@%:;.,\\ \t\nabdefint019_é日&|"), max_size=120)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(LANGUAGES)), CODE, st.integers(4, 60))
def test_every_character_of_any_code_is_on_the_lines(name: str, text: str, width: int) -> None:
    document = Document((Code((Span(text),), name),))
    shown = bytearray(len(text))
    for line in typeset(document, width):
        assert line.cells <= max(width, 4)
        for run in line.runs:
            if run.start >= 0:
                assert leaf_texts(document)[0][run.start : run.start + len(run.text)] == run.text
                shown[run.start : run.start + len(run.text)] = b"\1" * len(run.text)
    assert all(shown[at] or char in "\n\t" for at, char in enumerate(text))


@given(st.sampled_from(sorted(LANGUAGES)), CODE)
def test_parts_follow_one_another(name: str, text: str) -> None:
    at = 0
    for start, end, _ in tokens(text, LANGUAGES[name]):
        assert at <= start < end <= len(text)
        at = end


HOSTILE = (
    "a", "-", "- ", " ", "\n", "\t\n", '"', "'", "'a", '"\\', "`", "/*", "{-", "<!--", "<", "=\"", "='", "$", "&a", "#",
    "\\", ".", "[[", "a@a.", ":a", "_", "0", '"""', "''", "a-", "a:", "a=", "^", "%", "(*", "@", "é",
)  # fmt: skip


@pytest.mark.parametrize("name", sorted(LANGUAGES))
def test_no_text_makes_a_language_try_for_long(name: str) -> None:
    """The longest text that is read at all: a pattern that tried again would take minutes."""
    start = time.process_time()
    for piece in HOSTILE:
        text = (piece * LONGEST)[: LONGEST // 2]
        for _ in tokens(text, LANGUAGES[name]):
            pass
    assert time.process_time() - start < len(HOSTILE)


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_makes_a_guess_take_long(piece: str) -> None:
    start = time.process_time()
    language_of(None, "\n".join([(piece * LONGEST)[: LONGEST_LINE - 1]] * 30))
    assert time.process_time() - start < 1
