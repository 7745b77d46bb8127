"""Titles as one plain line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import text as texts
from reader.parse.titles import looks_like_html, plain


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (None, None),
        ("", None),
        (" \n ", None),
        ("AT&T", "AT&T"),
        ("AT&amp;T", "AT&T"),
        ("Fish &amp;amp; chips", "Fish & chips"),
        ("It&#8217;s &#x201C;so&#x201D;", "It’s “so”"),
        ("<b>Bold</b> and <i>not</i>", "Bold and not"),
        ("&lt;b&gt;Bold&lt;/b&gt;", "Bold"),
        ("&amp;lt;b&amp;gt;Bold&amp;lt;/b&amp;gt;", "Bold"),
        ("One<br/>two", "One two"),
        ('A <a href="https://example.org/">link</a>', "A link"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("List<String> and <T>", "List<String> and <T>"),
        ("When to use <i> and <b>", "When to use <i> and <b>"),
        ("a\u202eb\x07\r\n c", "ab c"),
        ("R&D; &unknown; x", "R&D; &unknown; x"),
        ("x<script>alert(1)</script>", "x"),
        ("x" * 5000, "x" * 1999 + "…"),
    ],
)
def test_a_title_is_one_plain_line(written: str | None, title: str | None) -> None:
    assert plain(written) == title


def test_declared_html_is_read_as_html_even_where_it_is_ambiguous() -> None:
    assert plain("The <b> tag", is_html=True) == "The tag"
    assert plain("List<String>", is_html=True) == "List<String>"


@pytest.mark.parametrize("text", ["a</p>", "a<br>b", "&eacute;", '<img src="x">', "<!-- x -->"])
def test_html_is_seen_for_what_it_is(text: str) -> None:
    assert looks_like_html(text)


@pytest.mark.parametrize("text", ["a < b", "<b> is a tag", "a & b", "R&D;", "x <y@example.org>"])
def test_text_is_seen_for_what_it_is(text: str) -> None:
    assert not looks_like_html(text)


@given(st.text(alphabet=st.sampled_from("<>/&;#bi=\"' a!-x\u202e") | st.characters(), max_size=80), st.booleans())
def test_nothing_makes_a_title_unsafe(written: str, is_html: bool) -> None:
    title = plain(written, is_html=is_html)
    assert title is None or (title and texts.clean_line(title) == title)
