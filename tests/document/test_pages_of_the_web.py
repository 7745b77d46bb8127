"""What the web writes, cleaned and drawn: what stands right of the margin is what a reader sees."""

from textwrap import dedent

import pytest

from reader.document.subset import read
from reader.document.typeset import typeset
from reader.parse.html import clean

BASE = "https://tidewrack.example/mills"


def drawn(html: str, width: int) -> str:
    subset = clean(html, BASE).html
    assert clean(subset, BASE).html == subset
    return "\n".join("|" + line.text.rstrip() for line in typeset(read(subset), width))


FOOTNOTES = (
    '<p>The tide<sup id="r1"><a href="#n1">1</a></sup> turns<sup id="r2"><a href="#n2">2</a></sup> the wheel.</p><hr>'
    '<section class="footnotes"><ol><li id="n1">Twice a day. <a href="#r1">↩</a></li><li id="n2">If it is dressed. '
    '<a href="#r2">↩</a></li></ol></section>'
)
CAPTION = (
    "<table><caption>Mills that turn</caption><thead><tr><th>Mill<th>Built</thead><tbody><tr><td>Eling<td>1785"
    "<tr><td>Carew<td>1801</tbody></table><div class='wp-caption'><img src=/a.jpg alt='The wheel'>"
    "<p class='wp-caption-text'>Seen from the sea.</p></div>"
)
LISTING = (
    '<div class="language-c highlighter-rouge"><table class="rouge-table"><tbody><tr><td class="rouge-gutter gl">'
    '<pre class="lineno">1\n2\n</pre></td><td class="rouge-code"><pre><span class="k">if</span> (tide &gt;'
    " 1)\n\topen();"
    "</pre></td></tr></tbody></table></div>"
)
FORMULAS = (
    "<p>So"
    " <math><mi>P</mi><mo>=</mo><mfrac><mrow><mi>ρ</mi><mi>g</mi><mi>A</mi><msup><mi>h</mi><mn>2</mn></msup></mrow>"
    "<mrow><mn>2</mn><mi>t</mi></mrow></mfrac></math>, and <math><msub><mi>v</mi><mn>0</mn></msub><mo>≤</mo><msqrt>"
    "<mrow><mn>2</mn><mi>g</mi><mi>h</mi></mrow></msqrt></math>.</p>"
    '<math display="block"><munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mn>37</mn></munderover>'
    "<msub><mi>a</mi><mi>i</mi></msub></math>"
    '<p>Elsewhere <img class="latex" alt="E=mc^2" src="/l.png"> and <span class="katex"><span'
    ' class="katex-mathml"><math>'
    "<semantics><mrow><mi>x</mi></mrow><annotation"
    ' encoding="application/x-tex">x</annotation></semantics></math></span>'
    '<span class="katex-html" aria-hidden="true">x</span></span>.</p>'
)
RUBY = "<p><ruby>水車<rp>(</rp><rt>すいしゃ</rt><rp>)</rp></ruby>は<ruby>潮<rt>しお</rt>時<rt></rt></ruby>に回る。</p>"
PLAYERS = (
    '<p>Watch:</p><iframe width="560" src="https://www.youtube.com/embed/abcdef12345?rel=0" title="The wheel"></iframe>'
    '<audio controls><source src="/bell.mp3">Your browser is too old.</audio><video src="/v.mp4"></video>'
    '<iframe src="https://w.soundcloud.com/player/?url=x"></iframe><iframe src="/map" title="A map"></iframe>'
    '<iframe src="https://ads.example/" width="1" height="1"></iframe>'
    '<object data="https://www.youtube.com/v/abcdef99999"><embed src="https://www.youtube.com/v/abcdef99999"></object>'
)
ABBREVIATIONS = (
    '<p>The <abbr title="Society for the Protection of Old Mills">SPOM</abbr> met. The <abbr title="Society for the '
    'Protection of Old Mills">SPOM</abbr> adjourned (<abbr title="ante meridiem">a.m.</abbr>). '
    '<abbr title="2011-03-04T10:00">March</abbr> is <abbr title="by the way, it rains">wet</abbr>.</p>'
)
CLUTTER = (
    '<p>The mill turns.</p><p>&nbsp;</p><div><br></div><img src="https://pixel.wp.com/b.gif?v=noscript" alt="">'
    '<img src="/t.gif" width="1" height="1"><div class="sharedaddy sd-sharing-enabled"><h3>Share this:</h3><ul><li>'
    '<a href="https://tidewrack.example/?share=x">Share</a></li></ul></div><div class="feedflare"><a'
    ' href="https://f.example/">'
    '<img src="https://f.example/x.gif"></a></div><p><a href="https://twitter.com/intent/tweet?url=x">Tweet</a> | '
    '<a href="https://www.facebook.com/sharer.php?u=x">Share</a></p><script>x</script><p'
    ' style="display:none">hidden</p>'
    '<p>It is <a href="/open?day=1&amp;utm_source=rss&amp;utm_medium=feed">open</a>.</p><p>The post '
    '<a href="https://tidewrack.example/1">Mill</a> appeared first on <a'
    ' href="https://tidewrack.example">Tidewrack</a>.</p>'
)
LAYOUT = (
    "<table width='100%'><tr><td><h2>News</h2><p>The wheel turns.</p></td></tr><tr><td><table><tr><th>Mill</th>"
    "<th>State</th></tr><tr><td>Eling</td><td>works</td></tr></table></td></tr></table>"
    "<table><tr><td>One column of text.</td><td></td></tr><tr><td>And another.</td><td></td></tr></table>"
)
PICTURES = (
    '<picture><source srcset="/w.webp 1x, /w2.webp 2x"><img alt="Webp"></picture><p><img'
    ' src="data:image/gif;base64,R0" '
    'data-src="/late.jpg" alt="Late"></p><p><img srcset="/s.jpg 300w, /l.jpg 900w" alt="Largest"></p>'
    "<amp-img src='/amp.jpg' alt='Amp'></amp-img>"
)

PAGES = [
    pytest.param(
        FOOTNOTES,
        40,
        """
        |The tide[1] turns[2] the wheel.
        |
        |               ──────────
        |
        |1. Twice a day. ↩
        |2. If it is dressed. ↩
        """,
        id="footnotes",
    ),
    pytest.param(
        CAPTION,
        40,
        """
        |Mills that turn
        |Mill   Built
        |─────  ─────
        |Eling   1785
        |Carew   1801
        |
        |[image: The wheel]¹
        |Seen from the sea.
        """,
        id="captions",
    ),
    pytest.param(
        LISTING,
        40,
        """
        | if (tide > 1)
        |     open();
        """,
        id="listing without its line numbers",
    ),
    pytest.param(
        FORMULAS,
        60,
        """
        |So P = ρgAh²/(2t), and v₀ ≤ √(2gh).
        |
        |∑_(i = 1)³⁷aᵢ
        |
        |Elsewhere E=mc^2 and x.
        """,
        id="formulas",
    ),
    pytest.param(
        RUBY,
        40,
        """
        |水車(すいしゃ)は潮(しお)時に回る。
        """,
        id="ruby",
    ),
    pytest.param(
        PLAYERS,
        40,
        """
        |Watch:
        |
        |Video: The wheel¹
        |
        |Audio: tidewrack.example²
        |
        |Video: tidewrack.example³
        |
        |Audio: w.soundcloud.com⁴
        |
        |Page: A map⁵
        |
        |Video: youtube.com⁶
        """,
        id="players",
    ),
    pytest.param(
        ABBREVIATIONS,
        72,
        """
        |The SPOM (Society for the Protection of Old Mills) met. The SPOM
        |adjourned (a.m., ante meridiem). March is wet.
        """,
        id="abbreviations",
    ),
    pytest.param(
        CLUTTER,
        40,
        """
        |The mill turns.
        |
        |It is open¹.
        """,
        id="clutter",
    ),
    pytest.param(
        LAYOUT,
        40,
        """
        |News
        |
        |The wheel turns.
        |
        |Mill   State
        |─────  ─────
        |Eling  works
        |
        |One column of text.
        |
        |And another.
        """,
        id="layout tables",
    ),
    pytest.param(
        PICTURES,
        40,
        """
        |[image: Webp]¹
        |[image: Late]²
        |[image: Largest]³
        |[image: Amp]⁴
        """,
        id="pictures",
    ),
]


@pytest.mark.parametrize(("html", "width", "page"), PAGES)
def test_page(html: str, width: int, page: str) -> None:
    assert drawn(html, width) == dedent(page).strip()
