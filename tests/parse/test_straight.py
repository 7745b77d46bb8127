"""Bodies without a tree: what is read straight is the same as by way of a tree."""

import re
import sys
import time
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader import text as texts
from reader.model import ParsedFeed
from reader.parse import bodies as entry_bodies
from reader.parse import html as htmls
from reader.parse import markup, straight
from reader.parse.documents import parse
from reader.parse.html import Cleaned, clean
from reader.parse.source import Source
from tests import corpora
from tests.parse.bodies import bodies, mistaken

BASE = "https://example.org/blog/post"
BASES = st.sampled_from((BASE, "http://a.example/b/#c", None, "/home/me/a.html"))


def agrees(html: str, base: str | None) -> bool:
    """Whether a body is read straight; if so, the tree says the same."""
    is_straight = straight.pieces(html, base) is not None
    if is_straight:
        assert clean(html, base) == (htmls._thoroughly(html, base) if html.strip() else Cleaned("", ""))
    return is_straight


@pytest.mark.parametrize(
    "html",
    [
        "words &amp; more",
        '<p>One <a href="https://example.org/1">link</a>.</p>\n<p class="x">Two <em>words</em>&#8217;</p>',
        "<div><p>a</p><ul>\n<li>b</li>\n<li><p>c</p><p>d</p></li></ul></div><h2>e</h2><blockquote><p>f</p></blockquote>",
        '<figure><img src="/a.png" alt="A"/><figcaption>a <a href="/b">b</a></figcaption></figure>',
        "one<br /><br />two<br>three<hr/>",
        "<p>日本語 – €5 👍</p>",
        '<p>a&nbsp; b <b>c <a href="https://example.org/1#x">d</a> e</b></p>',
        "<a name='x'></a>".replace("'", '"') + "<p></p><p> </p><ul></ul><p>x <b> </b>y</p>",
    ],
)
def test_ordinary_bodies_need_no_tree(html: str) -> None:
    assert agrees(html, BASE)


@pytest.mark.parametrize(
    "html",
    [
        "<p>a<p>b",
        "<b><p>a</b></p>",
        "<p>x<script>alert(1)</script></p>",
        "<p hidden=''>x</p>",
        '<p style="display: none">x</p>',
        '<p dir="rtl">x</p>',
        "<p>a\u202eb</p>",
        "<p>a&#8238;b</p>",
        "<p>a\x07b</p>",
        "<p>e\u0301</p>",
        "<p onclick=x>y</p>",
        "<p>a &notanentity; b</p>",
        "<p>a < b</p>",
        "<p>a > b</p>",
        "<table><tr><td>a</td></tr></table>",
        '<p><a href="#n">1</a></p><p id="n">x</p>',
        "<P>x</P>",
        "<!-- c --><p>x</p>",
        "<div>" * 30 + "x" + "</div>" * 30,
        '<ul>x<li value="1">y</li></ul>',
        '<a href="https://e.org/1" href="https://e.org/2">x</a>',
    ],
)
def test_others_take_one(html: str) -> None:
    assert straight.pieces(html, BASE) is None


@settings(max_examples=1500, deadline=None)
@given(bodies | mistaken(), BASES)
@example("<p>x</p>\xa0<p>\xa0y\xa0 z</p>", BASE)
@example('<i>a <em>b</em></i><a name="n">c <a href="https://example.org/1">d</a></a>', BASE)
@example('<div dir="ltr"><ul><li dir="ltr">a</li></ul></div>', BASE)
@example('<a href="HTTP://E.org/">x</a>', None)
def test_generated_bodies(html: str, base: str | None) -> None:
    agrees(html, base)


@given(st.text(), BASES)
@example("#", "/home/me/a.html")
def test_any_text(text: str, base: str | None) -> None:
    agrees(text, base)
    agrees(f"<p>{text}</p>", base)
    agrees(f'<p><a href="{text}" title="{text}">x</a><img src="{text}" alt="{text}"></p>', base)


def _real(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str | None]]:
    """The bodies of the corpora, as they come to be cleaned."""
    found: list[tuple[str, str | None]] = []

    def record(html: str, base: str | None) -> Cleaned:
        found.append((html, base))
        return clean(html, base)

    monkeypatch.setattr(entry_bodies, "clean", record)
    for folder in ("real", "micro"):
        for known in corpora.manifest(f"feeds/{folder}"):
            data = (corpora.folder(f"feeds/{folder}") / known["file"]).read_bytes()
            assert isinstance(parse(Source(data, "https://example.org/feed", "feed")), ParsedFeed)
    return found


def test_the_corpora(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    found = _real(monkeypatch)
    share = 100 * sum(agrees(html, base) for html, base in found) // len(found)
    with capsys.disabled():
        print(f"\n{share} % of {len(found)} bodies without a tree")
    assert share >= 70


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_real_bodies_with_mistakes(data: st.DataObject) -> None:
    html, base = data.draw(st.sampled_from(_short()))
    agrees(data.draw(mistaken(st.just(html))), base)


def _short() -> list[tuple[str, str | None]]:
    if not _SHORT:
        with pytest.MonkeyPatch.context() as patch:
            _SHORT.extend(body for body in _real(patch) if len(body[0]) < 4000)
    return _SHORT


_SHORT: list[tuple[str, str | None]] = []


def test_ordinary_characters_stay_as_they_are_beside_each_other() -> None:
    """Each is clean and composed by itself, and none of them can be the second part of a composition."""
    composing = {
        parts[1]
        for code in range(sys.maxunicode + 1)
        if len(parts := unicodedata.decomposition(chr(code)).split()) == 2 and not parts[0].startswith("<")
    }
    jamo = {f"{code:04X}" for code in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))}
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        if markup.ordinary(char):
            assert texts.clean(char) == char
            assert not unicodedata.combining(char)
            assert f"{code:04X}" not in composing | jamo
            assert not char.isspace() or char in " \t\n\xa0"


@pytest.mark.parametrize(
    "html",
    [
        "<p>" + '<a href="https://example.org/some/where">x</a> and ' * 1_800 + "<b>",
        "<p>" + '<a href="https://example.org/?a=1&amp;b=2&amp;c">x</a><em>y</em>' * 1_400 + "<x>",
        '<a href="https://' + "a" * 90_000,
        "<p " + 'a="b" ' * 15_000,
        "<p>" * 30_000,
        "<" * 90_000,
        "<em>x" * 15_000,
        "&amp" * 20_000,
        " \t" * 45_000,
        "\xa0 " * 45_000,
    ],
    ids=lambda html: html[:24],
)
def test_what_is_declined_is_declined_soon(html: str) -> None:
    start = time.process_time()
    straight.pieces(html, BASE)
    assert time.process_time() - start < 1


def test_a_long_base_makes_no_long_body() -> None:
    base = "https://example.org/" + "d/" * 5_000
    assert straight.pieces('<a href="x">y</a>' * 100, base) is None
    html = '<a href="x">y</a>' * 5_000
    assert re.fullmatch(r"<p>.*</p>", clean(html, base[:1_900]).html)
