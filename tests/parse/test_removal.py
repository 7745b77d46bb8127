"""What is left out of bodies on purpose, and what only looks like it."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.parse.formulas import written_out
from reader.parse.html import clean, removed
from reader.parse.removal import Rule
from reader.tracking import untracked

BASE = "https://example.org/blog/post"
STORY = "<p>" + "A story. " * 20 + "</p>"
NOTE = '<p>The post <a href="https://e.org/1">T</a> appeared first on <a href="https://e.org/">S</a>.</p>'


def left_out(html: str) -> dict[Rule, str]:
    found: dict[Rule, str] = {}
    for rule, text in removed(html, BASE):
        words = " ".join(re.sub("<[^>]*>", " ", text).split())
        if words:
            found[rule] = f"{found[rule]} {words}" if rule in found else words
    return found


@pytest.mark.parametrize(
    ("html", "rule", "words"),
    [
        ("<script>a</script><template><p>t</p></template><noscript>n</noscript>", Rule.UNSEEN, "n"),
        ('<p hidden>a</p><div style="display:none"><p>b</p></div>', Rule.HIDDEN, "a b"),
        ("<video src=/v>too old</video><iframe src=/f>no frames</iframe>", Rule.FALLBACK, "too old no frames"),
        ("<svg><text>a</text></svg>", Rule.DRAWING, "a"),
        ('<span class="katex-html">x</span>', Rule.FORMULA, "x"),
        ('<pre><span class="lineno">12 </span>code</pre>', Rule.LINE_NUMBER, "12"),
        ('<div class="sharedaddy">Share <a href="/?share=x">Mail</a></div>', Rule.SHARE_BAR, "Share Mail"),
        (
            '<ul><li><a href="https://twitter.com/share?x">A</a></li><li><a href="https://t.me/share/url?x">B</a></li></ul>',
            Rule.SHARE_BAR,
            "A B",
        ),
        (NOTE, Rule.FEED_NOTE, "The post T appeared first on S ."),
        (
            '<p>Der Beitrag <a href="https://e.org/1">T</a> erschien zuerst auf <a href="https://e.org/">S</a>.</p>',
            Rule.FEED_NOTE,
            "Der Beitrag T erschien zuerst auf S .",
        ),
        (
            STORY * 15 + '<p><a href="https://e.org/1">Continue reading on Site »</a></p>',
            Rule.FEED_NOTE,
            "Continue reading on Site »",
        ),
    ],
)
def test_a_rule_leaves_out(html: str, rule: Rule, words: str) -> None:
    assert left_out(STORY + html) == {rule: words}
    assert "".join(clean(STORY + html, BASE).text.split()).startswith("Astory.")
    assert words not in clean(STORY + html, BASE).text


@pytest.mark.parametrize(
    "html",
    [
        '<div class="sharedaddy">' + "The whole story. " * 20 + "</div>",
        '<p class="lineno">Chapter one</p>',
        '<div class="gutter"><p>A story.</p></div>',
        '<p><a href="https://twitter.com/intent/tweet?x">Tweet this</a></p>',
        '<p>I said <a href="https://twitter.com/share?x">so</a> and <a href="https://t.me/share/url?x">so</a>.</p>',
        '<p><a href="https://twitter.com/someone">me</a> | <a href="https://facebook.com/someone">me too</a></p>',
        '<p><a href="https://e.org/1">Continue reading on Site »</a></p>',
        '<p>The post <a href="https://e.org/1">office</a> closes.</p>',
        '<p aria-hidden="true">shown</p>',
        '<div hidden="until-found">found</div>',
        "<textarea>typed</textarea><select><option>one</select><button>press</button>",
    ],
)
def test_what_is_not_sure_stays(html: str) -> None:
    assert left_out(STORY + html) == {}
    stays = re.sub("<[^>]*>", " ", html).split()
    assert "".join(stays) in "".join(clean(STORY + html, BASE).text.split())


def test_a_note_that_is_all_there_is_stays() -> None:
    assert clean(NOTE, BASE).text.startswith("The post T")


def test_a_body_that_is_too_long_is_accounted_for() -> None:
    words = left_out("<p>" + "word " * 500_000 + "</p><p>behind it</p>")
    assert words[Rule.LENGTH].endswith("behind it")


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://e.org/?utm_source=rss&utm_medium=feed", "https://e.org/"),
        ("https://e.org/?a=1&utm_source=rss&b=2#c", "https://e.org/?a=1&b=2#c"),
        ("https://e.org/?fbclid=x", "https://e.org/"),
        ("https://e.org/?gclid=x&mc_cid=y&mc_eid=z&id=7", "https://e.org/?id=7"),
        ("https://e.org/a#xtor=RSS-1", "https://e.org/a"),
        ("https://e.org/?at_medium=RSS&at_campaign=KARANGA", "https://e.org/"),
        ("https://e.org/?utm_source", "https://e.org/"),
        ("https://e.org/?WT.mc_id=rss", "https://e.org/"),
        ("https://e.org/?team_source=a", "https://e.org/?team_source=a"),
        ("https://e.org/?source=rss", "https://e.org/?source=rss"),
        ("https://e.org/utm_source=1", "https://e.org/utm_source=1"),
        ("https://e.org/?q=what+is+utm_source", "https://e.org/?q=what+is+utm_source"),
    ],
)
def test_links_lose_what_only_tracks(address: str, kept: str) -> None:
    assert untracked(address) == kept
    escaped = address.replace("&", "&amp;")
    for html in (f'<p><a href="{escaped}">x</a></p>', f"<p><a href='{escaped}'>x</a></p>"):
        assert clean(html, None).html == f'<p><a href="{kept.replace("&", "&amp;")}">x</a></p>'


@given(st.text(st.sampled_from("ab=&?#;/utm_source.gclid"), max_size=40))
def test_an_address_is_untracked_once_and_for_all(tail: str) -> None:
    address = untracked(f"https://e.org/?{tail}")
    assert untracked(address) == address


PARTS = (
    "<mi> </mi> <mo> </mo> <mn> <mrow> </mrow> <msup> </msup> <msub> <mfrac> </mfrac> <msqrt> <mtable> <mtr> <mtd>"
    " <mover> <mfenced> <semantics> <annotation> x 2 + = ( ) ¯ &lt; <mtext> <mspace> <mroot> <munderover> <b>"
)
MATH = st.lists(st.sampled_from(PARTS.split()), max_size=30).map("".join)


@given(MATH)
def test_any_formula_becomes_text(inside: str) -> None:
    html = f"<p>a</p><math>{inside}</math>b"
    written = written_out(html, lambda _: None)
    assert written.startswith("<p>a</p>")
    cleaned = clean(html, BASE).html
    assert clean(cleaned, BASE).html == cleaned


@pytest.mark.parametrize(
    "html",
    [
        '<div class="sharedaddy">' * 3_000 + "x" * 30_000,
        '<div class="sharedaddy"><p>' * 2_000,
        '<span class="lineno">' * 5_000,
        "<p>" + '<a href="https://twitter.com/share?x">' * 20_000,
        ('<p><a href="https://twitter.com/share?x">a</a> ' * 5_000 + "</p>") * 2,
        "<math>" * 50_000,
        "<math>" + "<mrow>" * 50_000 + "x",
        "<math><mi>" + "x" * 1_000_000,
        "<math" + " a" * 100_000 + ">",
        "<p>x</p>" + NOTE * 5_000,
        "<table><caption>" * 3_000,
        "<ruby><rt>" * 50_000,
        '<div xml:base="/a/">' * 3_000 + "<a href=x>y</a>",
    ],
    ids=lambda html: html[:24],
)
def test_hostile_bodies_take_no_longer(html: str) -> None:
    start = time.process_time()
    cleaned = clean(html, BASE)
    assert time.process_time() - start < 10
    assert clean(cleaned.html, BASE).html == cleaned.html


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<mi>x</mi><mo>+</mo><mn>1</mn>", "x + 1"),
        ("<mo>-</mo><mi>x</mi>", "-x"),
        ("<mi>f</mi><mo>\u2061</mo><mo>(</mo><mi>x</mi><mo>,</mo><mi>y</mi><mo>)</mo>", "f(x, y)"),
        ("<msqrt><mi>a</mi><mo>+</mo><mi>b</mi></msqrt>", "√(a + b)"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "<sup>3</sup>√x"),
        ("<msup><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></msup>", "(a + b)<sup>2</sup>"),
        ("<mfrac><mrow><mn>2</mn><mi>x</mi></mrow><mrow><mn>3</mn><mi>y</mi></mrow></mfrac>", "2x/(3y)"),
        ("<mover><mi>x</mi><mo>¯</mo></mover>", "x\u0304"),
        ("<mfenced open='[' close=']' separators=';'><mi>a</mi><mi>b</mi></mfenced>", "[a; b]"),
        ("<mtable><mtr><mtd>1</mtd><mtd>2</mtd></mtr><mtr><mtd>3</mtd></mtr></mtable>", "1, 2; 3"),
        ("<mi>x</mi><mtext>for all</mtext><mi>y</mi>", "x for all y"),
        ("<semantics><mi>x</mi><annotation encoding='application/x-tex'>TeX</annotation></semantics>", "x"),
        ("<semantics><annotation encoding='application/x-tex'>a^2</annotation></semantics>", "<code>a^2</code>"),
        ("<mi>x</mi><mtext>see <a href='https://e.org/'>this</a></mtext>", 'xsee <a href="https://e.org/">this</a>'),
    ],
)
def test_formulas_are_written_in_a_line(inside: str, text: str) -> None:
    assert clean(f"<p>a <math>{inside}</math> b</p>", BASE).html == f"<p>a {text} b</p>"


def test_what_a_formula_says_besides_is_accounted_for() -> None:
    html = "<math><semantics><mi>x</mi><annotation encoding='application/x-tex'>TeX</annotation></semantics></math>"
    assert left_out(html) == {Rule.FORMULA: "TeX"}
