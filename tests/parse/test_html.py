"""Foreign HTML into our subset."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader import text as texts
from reader.parse.html import clean, from_text, plain
from reader.parse.writer import DEPTH, LIMIT

BASE = "https://example.org/blog/post"
ALLOWED = {
    "p": {"dir", "id"},
    **{f"h{level}": {"dir", "id"} for level in range(1, 7)},
    **{name: {"dir", "id"} for name in ("ul", "blockquote", "table", "tr", "figure", "figcaption")},
    **{name: {"dir", "id"} for name in ("dl", "dt", "dd", "details", "summary")},
    "ol": {"dir", "id", "start", "reversed", "type"},
    "li": {"dir", "id", "checked"},
    "pre": {"dir", "id", "lang"},
    **{name: {"dir", "id", "colspan", "rowspan", "align"} for name in ("td", "th")},
    **{name: set() for name in ("em", "strong", "code", "s", "sub", "sup", "mark", "kbd", "br", "hr")},
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "abbr": {"title"},
}
BLOCKS = set(ALLOWED) - {"em", "strong", "code", "s", "sub", "sup", "mark", "kbd", "br", "a", "img", "abbr"}


def check(html: str) -> None:
    """Well-formed, of allowed elements and attributes only, not too deep, safe characters, safe addresses."""
    assert set(re.findall(r"&[^;\s]*;?", html)) <= {"&amp;", "&lt;", "&gt;", "&quot;"}
    tree = ET.fromstring(f"<body>{html}</body>")
    assert not (tree.text or "").strip()
    stack = [(child, 1) for child in tree]
    while stack:
        element, depth = stack.pop()
        assert element.tag in ALLOWED
        assert set(element.keys()) <= ALLOWED[element.tag]
        assert depth <= DEPTH or element.tag not in BLOCKS
        for name in ("href", "src"):
            scheme = "(https?|mailto|gemini|gopher|magnet):|#" if name == "href" else "(https?|gemini|gopher|magnet):"
            assert re.match(scheme, element.get(name, "https:"))
        for value in (element.text, element.tail, *element.attrib.values()):
            assert value is None or texts.clean(value) == value
        stack += [(child, depth + (element.tag in BLOCKS)) for child in element]


def subset(html: str) -> str:
    cleaned = clean(html, BASE).html
    check(cleaned)
    assert clean(cleaned, BASE).html == cleaned
    return cleaned


@pytest.mark.parametrize(
    ("foreign", "ours"),
    [
        ("", ""),
        (" \n ", ""),
        ("words", "<p>words</p>"),
        ("one<br><br>two<br>three", "<p>one</p><p>two<br/>three</p>"),
        ("<p>one<p>two", "<p>one</p><p>two</p>"),
        ("<div>one<div>two</div>three</div>", "<p>one</p><p>two</p><p>three</p>"),
        ("<section><span style='x'>a</span><font>b</font></section>", "<p>ab</p>"),
        ("<p></p><p>&nbsp;</p><div><br></div>x", "<p>x</p>"),
        ("a<b> bold </b>c", "<p>a <strong>bold</strong> c</p>"),
        ("<b>a<i>b</b>c</i>", "<p><strong>a<em>b</em></strong><em>c</em></p>"),
        ("<b><p>a</p><p>b</p></b>", "<p><strong>a</strong></p><p><strong>b</strong></p>"),
        ("<b><strong>x</strong></b>", "<p><strong>x</strong></p>"),
        ("<del>x</del><tt>y</tt>", "<p><s>x</s><code>y</code></p>"),
        ("<q>a <q>b</q></q>", "<p>“a ‘b’”</p>"),
        ("<abbr title='World'>W</abbr><abbr>X</abbr>", '<p><abbr title="World">W</abbr>X</p>'),
        ("a<hr><hr>b", "<p>a</p><hr/><p>b</p>"),
        ("<h2>a<div>b</div></h2>", "<h2>a<br/>b</h2>"),
        ('&lt;b&gt; &amp;amp; "x"', '<p>&lt;b&gt; &amp;amp; "x"</p>'),
        (
            "x<script>alert('<p>')</script><style>p{}</style><!-- c --><template>t</template><noscript>n</noscript>",
            "<p>x</p>",
        ),
        ("<title>t</title><p hidden>h</p><p style='display: none'>d</p>x", "<p>x</p>"),
        ("<xmp><b></xmp>", "<pre>&lt;b&gt;</pre>"),
        ("a\u202eb\u200bc\x07&#8238;", "<p>abc</p>"),
        ("<math><mi>x</mi><annotation>TeX</annotation></math>", "<p>x</p>"),
    ],
)
def test_text_and_paragraphs(foreign: str, ours: str) -> None:
    assert subset(foreign) == ours


@pytest.mark.parametrize(
    ("foreign", "ours"),
    [
        ("<ul><li>a<li>b<ul><li>c</ul></ul>", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li>a<p>b</p></li></ul>"),
        ("<ul>stray<li>a</ul>", "<ul><li>stray</li><li>a</li></ul>"),
        ("<li>a<li>b</li>text", "<ul><li>a</li><li>b</li></ul><p>text</p>"),
        ("<ul><li></li></ul><ul></ul>x", "<p>x</p>"),
        ("<ol start=3 reversed><li>a</ol>", '<ol start="3" reversed="reversed"><li>a</li></ol>'),
        ("<ol start=x><li>a</ol>", "<ol><li>a</li></ol>"),
        ("<ol type=a><li>a</ol><ol type=1><li>b</ol>", '<ol type="a"><li>a</li></ol><ol><li>b</li></ol>'),
        (
            "<ul><li><input type=checkbox checked> a<li><input type=checkbox>b</ul>",
            '<ul><li checked="true">a</li><li checked="false">b</li></ul>',
        ),
        ("<dl><dt>t<dd>d<dd>e</dl>", "<dl><dt>t</dt><dd>d</dd><dd>e</dd></dl>"),
        ("<blockquote>a<br><br>b</blockquote>", "<blockquote><p>a</p><p>b</p></blockquote>"),
        ("<details open><summary>s</summary>d</details>", "<details><summary>s</summary><p>d</p></details>"),
        ("<menu><li>a</menu>", "<ul><li>a</li></ul>"),
    ],
)
def test_lists_and_quotes(foreign: str, ours: str) -> None:
    assert subset(foreign) == ours


@pytest.mark.parametrize(
    ("foreign", "ours"),
    [
        ("<pre>\n\n  a\n\tb  \n\n</pre>", "<pre>  a\n\tb</pre>"),
        ("<pre><code class='language-rust'>fn\n<span>x</span></code></pre>", '<pre lang="rust">fn\nx</pre>'),
        ("<pre class='brush: py'>a<br>b</pre>", '<pre lang="py">a\nb</pre>'),
        ("<pre class='sourceCode python'>x</pre>", '<pre lang="python">x</pre>'),
        ("<pre><code class='hljs rust'>x</code></pre>", '<pre lang="rust">x</pre>'),
        ("<pre data-lang=go>x</pre><pre class=wide>y</pre>", '<pre lang="go">x</pre><pre>y</pre>'),
        (
            "<div class='highlight highlight-source-ruby'><pre>x</pre></div><pre>y</pre>",
            '<pre lang="ruby">x</pre><pre>y</pre>',
        ),
        (
            "<div class='language-c highlighter-rouge'><div class='highlight'><pre><code>x</code></pre></div></div>",
            '<pre lang="c">x</pre>',
        ),
        ("<pre><span class=lineno>1 </span>a\n<span class=lineno>2 </span>b</pre>", "<pre>a\nb</pre>"),
        ("<pre>a<div>b</div><div>c</div></pre>", "<pre>a\nb\nc</pre>"),
        ("<pre> \n </pre>x", "<p>x</p>"),
        (
            "<table><tr><th>a<th>b<tr><td><td align=right>c</table>",
            '<table><tr><th>a</th><th>b</th></tr><tr><td></td><td align="right">c</td></tr></table>',
        ),
        (
            "<table><caption>cap</caption><tbody><tr><td colspan=2>a<td>b</table>",
            '<figure><figcaption>cap</figcaption><table><tr><td colspan="2">a</td><td>b</td></tr></table></figure>',
        ),
        ("<table><tr><td><p>only</p><p>layout</p></table>", "<p>only</p><p>layout</p>"),
        (
            "<table><tr><td>a<td><table><tr><td>b<td>c</table></table>",
            "<p>a</p><table><tr><td>b</td><td>c</td></tr></table>",
        ),
        ("<table><tr><td> <td> </table>x", "<p>x</p>"),
        (
            "<li>a</li><table><tr><th>b<td>c</table>d",
            "<ul><li>a</li></ul><table><tr><th>b</th><td>c</td></tr></table><p>d</p>",
        ),
        (
            "<ul><table><tr><th>a<td>b</table></ul>c",
            "<ul><li><table><tr><th>a</th><td>b</td></tr></table></li></ul><p>c</p>",
        ),
        ("<table><th>a<td><tr><li><table>b", "<table><tr><th>a</th><td></td></tr><tr></tr></table><p>b</p>"),
    ],
)
def test_code_and_tables(foreign: str, ours: str) -> None:
    assert subset(foreign) == ours


@pytest.mark.parametrize(
    ("foreign", "ours"),
    [
        ("<a href='/x y'>l</a>", '<p><a href="https://example.org/x%20y">l</a></p>'),
        ("<a href='javascript:alert(1)'>l</a>", "<p>l</p>"),
        ("<a href='http://@'>l</a>", "<p>l</p>"),
        ("<a href='jAvA\nscript:x'>l</a>", "<p>l</p>"),
        ("<a href='data:text/html,x'>l</a> <a href='file:///etc/passwd'>f</a>", "<p>l f</p>"),
        ("<a href='mailto:a@example.org'>m</a>", '<p><a href="mailto:a@example.org">m</a></p>'),
        ("<a href='x'></a>y", "<p>y</p>"),
        (
            "<a href='/x'><h2>t</h2><p>p</p></a>",
            '<h2><a href="https://example.org/x">t</a></h2><p><a href="https://example.org/x">p</a></p>',
        ),
        ("<base href='https://other.example/'><a href='x'>l</a>", '<p><a href="https://other.example/x">l</a></p>'),
        (
            "<p>a<a href='#n'>1</a></p><p id=n>note</p><p id=other>o</p>",
            '<p>a<a href="#n">1</a></p><p id="n">note</p><p>o</p>',
        ),
        ("<p>a<a href='#n'>1</a></p>", '<p>a<a href="https://example.org/blog/post#n">1</a></p>'),
        (
            "<a href='#n' title='t id='>1</a> x=\"y\"",
            '<p><a href="https://example.org/blog/post#n" title="t id=">1</a> x="y"</p>',
        ),
        (
            "<a href='https://example.org/blog/post#n'>1</a><ol><li id=n>note</ol>",
            '<p><a href="#n">1</a></p><ol><li id="n">note</li></ol>',
        ),
        ("<p><a name=n></a>x</p><a href='#n'>1</a>", '<p id="n">x</p><p><a href="#n">1</a></p>'),
        ("<a href='http://[bad'>l</a>", "<p>l</p>"),
        (
            "<p><a id=m></a><a id=n></a>x</p><a href='#m'>1</a><a href='#n'>2</a>",
            '<p id="m">x</p><p><a href="#m">1</a><a href="#m">2</a></p>',
        ),
        (
            "<ol><li id=m><p id=n>x</ol><a href='#n'>1</a><a href='#m'>2</a>",
            '<ol><li id="m">x</li></ol><p><a href="#m">1</a><a href="#m">2</a></p>',
        ),
        ("<p id='fn:1'>x</p><a href='#fn%3A1'>1</a>", '<p id="fn:1">x</p><p><a href="#fn:1">1</a></p>'),
        (
            "<div xml:base='/d/'><a href=x>1</a><div xml:base='e/'><a href=x>2</a></div></div><a href=x>3</a>",
            (
                '<p><a href="https://example.org/d/x">1</a></p><p><a href="https://example.org/d/e/x">2</a></p>'
                '<p><a href="https://example.org/blog/x">3</a></p>'
            ),
        ),
    ],
)
def test_links(foreign: str, ours: str) -> None:
    assert subset(foreign) == ours


@pytest.mark.parametrize(
    ("foreign", "ours"),
    [
        (
            "<img src=a.png alt='A &amp; B' width=10 height=20.5>",
            '<p><img src="https://example.org/blog/a.png" alt="A &amp; B" width="10" height="20"/></p>',
        ),
        ("<img src=blank.gif data-src=/real.jpg>", '<p><img src="https://example.org/real.jpg" alt=""/></p>'),
        ("<img srcset='/s.jpg,/m.jpg 2x 400h , /l.jpg  3x'>", '<p><img src="https://example.org/l.jpg" alt=""/></p>'),
        ("<img srcset='/s.jpg, /m.jpg 2x'>", '<p><img src="https://example.org/m.jpg" alt=""/></p>'),
        ("<img srcset='/s.jpg 300w, /l.jpg 900w'>", '<p><img src="https://example.org/l.jpg" alt=""/></p>'),
        ("<img src=t.gif width=1 height=1><img src=t.gif width=0>x", "<p>x</p>"),
        ("<img src='data:image/png;base64,AAAA'><img>x", "<p>x</p>"),
        (
            "<picture><source srcset=a.webp><img src=/a.jpg></picture>",
            '<p><img src="https://example.org/a.jpg" alt=""/></p>',
        ),
        (
            "<figure><img src=/a.jpg><figcaption>cap</figcaption></figure>",
            '<figure><img src="https://example.org/a.jpg" alt=""/><figcaption>cap</figcaption></figure>',
        ),
        (
            "<video controls><source src=/v.mp4>no video</video>",
            '<p><a href="https://example.org/v.mp4">Video: example.org</a></p>',
        ),
        ("<audio src=/a.mp3>none</audio>", '<p><a href="https://example.org/a.mp3">Audio: example.org</a></p>'),
        (
            "<iframe src='//www.youtube.com/embed/abc_DEF-123?x=1'></iframe>after",
            '<p><a href="https://www.youtube.com/watch?v=abc_DEF-123">Video: youtube.com</a></p><p>after</p>',
        ),
        (
            "<iframe src='https://map.example/' title='A map'></iframe>",
            '<p><a href="https://map.example/">Page: A map</a></p>',
        ),
        ("<svg><title>icon</title><text>t</text></svg>x", "<p>x</p>"),
        (
            "<div class=wp-caption><img src=/a.jpg><p class=wp-caption-text>cap</p></div>",
            '<figure><img src="https://example.org/a.jpg" alt=""/><figcaption>cap</figcaption></figure>',
        ),
        (
            "<picture><source srcset='/s.webp 1x, /l.webp 2x'><img alt=a></picture>",
            '<p><img src="https://example.org/l.webp" alt="a"/></p>',
        ),
        ("<img src='https://pixel.wp.com/b.gif?host=x'><img src=/s.gif style='width:1px;height:1px'>x", "<p>x</p>"),
        ("<img class=latex alt='{\\displaystyle a&lt;b}' src=/l.png>", "<p><code>a&lt;b</code></p>"),
        ("<iframe src='//t.example/' width=1 height=1></iframe>x", "<p>x</p>"),
        (
            "<lite-youtube videoid='abc_DEF-123'></lite-youtube>",
            '<p><a href="https://www.youtube.com/watch?v=abc_DEF-123">Video: youtube.com</a></p>',
        ),
        ("<iframe data-src='javascript:x'></iframe><object data='data:x'>f</object>", "<p>f</p>"),
    ],
)
def test_pictures_and_media(foreign: str, ours: str) -> None:
    assert subset(foreign) == ours


def test_direction_is_kept_and_inherited() -> None:
    assert (
        subset("<div dir=rtl><p>a</p><ul><li>b</ul></div>c")
        == '<p dir="rtl">a</p><ul dir="rtl"><li>b</li></ul><p>c</p>'
    )
    assert subset("<p dir=ltr>a</p>") == "<p>a</p>"


def test_relative_addresses_of_a_local_page_become_file_addresses() -> None:
    cleaned = clean("<a href='b c.html'>x</a><a href='file:///etc/x'>y</a>", "/home/me/a.html").html
    assert cleaned == '<p><a href="file:///home/me/b%20c.html">x</a><a href="file:///etc/x">y</a></p>'


def test_without_a_base_relative_addresses_go() -> None:
    assert clean("<a href='x'>a</a><img src='y'>", None).html == "<p>a</p>"


def test_plain_text_has_blocks_apart_and_items_and_rows_on_lines() -> None:
    cleaned = clean(
        "<h1>T</h1><p>a<br>b &amp; c</p><ul><li>x<li>y</ul><table><tr><td>1<td>2<tr><td>3<td>4</table><pre>k\n l</pre>",
        None,
    )
    assert cleaned.text == "T\n\na\nb & c\n\nx\ny\n\n1\t2\n3\t4\n\nk\n l"
    assert plain(cleaned.html) == cleaned.text


def test_plain_text_becomes_paragraphs_and_its_addresses_links() -> None:
    cleaned = from_text("One <b> & two\nhttps://example.org/a?b=1&c=2.\n\n\n  Three\n")
    assert cleaned.html == (
        '<p>One &lt;b&gt; &amp; two<br/><a href="https://example.org/a?b=1&amp;c=2">https://example.org/a?b=1&amp;c=2</a>.</p>'
        "<p>Three</p>"
    )
    check(cleaned.html)
    assert cleaned.text == "One <b> & two\nhttps://example.org/a?b=1&c=2.\n\nThree"


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 1_000_000,
        "<div>" * 300_000 + "x" + "</div>" * 300_000,
        "<blockquote>" * 200_000 + "x",
        "<ul><li>" * 1_000 + "x",
        "".join(f"<p><b id={number}>x" for number in range(50_000)),
        "<p " + " ".join(f"a{number}=b" for number in range(100_000)) + ">x",
        "<a href='" + "x" * 1_000_000 + "'>x</a>",
        "<" * 500_000,
        "<a " * 200_000,
        "<script>" * 100_000,
        "<!--" * 200_000,
        "&amp;" * 500_000,
        "<img src=x>" * 150_000,
        f"<img srcset='a {'1' * 19_000} x'>" * 100,
        f"<img srcset='{' ' * 19_000}'>" * 100,
        "<table><tr><td>" * 2_000,
        "word " * 1_000_000,
    ],
    ids=lambda html: html[:16],
)
def test_hostile_bodies_stay_within_bounds(html: str) -> None:
    cleaned = clean(html, BASE)
    check(cleaned.html)
    assert len(cleaned.html) <= LIMIT
    assert clean(cleaned.html, BASE).html == cleaned.html


def test_a_body_that_is_too_long_ends_with_an_ellipsis() -> None:
    assert clean("<p>" + "word " * 1_000_000, None).text.endswith("…")


_TAGS = st.sampled_from(
    [
        *ALLOWED,
        "div",
        "span",
        "b",
        "i",
        "q",
        "font",
        "center",
        "script",
        "style",
        "svg",
        "math",
        "template",
        "select",
        "option",
        "tbody",
        "caption",
        "noscript",
        "title",
        "iframe",
        "video",
        "form",
        "button",
        "textarea",
        "xmp",
        "plaintext",
        "input",
        "frameset",
        "body",
        "head",
        "html",
        "ruby",
        "rp",
        "rt",
        "object",
        "nobr",
        "u",
        "picture",
        "menu",
        "article",
        "caption",
        "source",
        "rp",
        "msup",
        "mfrac",
        "amp-img",
        "object",
        "embed",
    ]
)
_ATTRIBUTES = st.sampled_from(
    [
        "",
        "",
        "",
        " href='#x'",
        " href=/a",
        " id=x",
        " id=y name=x",
        " dir=rtl",
        " dir=ltr",
        " src=s.png",
        " hidden",
        " checked",
        " type=checkbox",
        " class=language-x",
        " title='t\"<>&'",
        " colspan=3",
        " role=presentation",
        " width=1",
        ' "',
        " =a<b",
        " style='display:none'",
        " start=5",
        " type=i",
        " align=center",
        " class=sharedaddy",
        " class=gutter",
        " class=wp-caption",
        " class=wp-caption-text",
        " class=highlight-source-go",
        " xml:base=/b/",
        " href='/a?utm_source=b&c=d'",
        " srcset='/a 1x'",
        " class=latex alt='a<b'",
        " data=/o",
    ]
)
_PIECES = st.one_of(
    st.builds("<{}{}>".format, _TAGS, _ATTRIBUTES),
    st.builds("</{}>".format, _TAGS),
    st.sampled_from(
        [
            "a",
            " ",
            "\n",
            "1",
            "&nbsp;",
            "<math><msup><mi>x<mn>2</math>",
            "<a href='https://t.me/share/url?'>a</a>",
            "&lt;",
            "&#0;",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "\u0338",
            "\x00",
            "</",
            "<br>",
        ]
    ),
    st.text(max_size=5),
)


@given(st.lists(_PIECES, max_size=40).map("".join))
@example("<\u0338p>\u0338")
@example("<table><td>a<td hidden>")
@example("<math><tr>a")
@example("<code><xmp><p>")
@example('<p ">')
@example("<A&nbsp;</p>")
@example("<plaintext></plaintext>-->&#0;")
@example("<template><script></p></p><p title='t\"<>&'>")
@example("<script><!-- <script> a && b </script> --></script>x")
@example("\x80\u0338")
@example("<p>x<![CDATA[<b>]]></p>")
def test_any_markup_becomes_the_subset_and_stays_it(html: str) -> None:
    subset(html)


@given(st.text())
def test_any_text_is_kept_word_by_word(text: str) -> None:
    cleaned = from_text(text)
    check(cleaned.html)
    assert cleaned.text.split() == texts.clean(text).split()


@pytest.mark.parametrize(
    ("foreign", "ours"),
    [
        ("a<ib>\u0301", "<p>\xe1</p>"),  # what stood in an element of no meaning is composed with what stands before it
        ("z" + "<span>\u0335</span>" * 20, "<p>z\u0335\u0335\u0335</p>"),
        ("\u2764" + "<span>\ufe0f</span>" * 20, "<p>\u2764</p>"),
    ],
)
def test_marks_in_elements_of_their_own_are_marks(foreign: str, ours: str) -> None:
    assert subset(foreign) == ours
    assert subset(ours) == ours
