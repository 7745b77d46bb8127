"""Pages of every construct, drawn: what stands right of the margin is what a reader sees."""

from textwrap import dedent

import pytest

from reader.document.subset import read
from reader.document.typeset import typeset


def drawn(html: str, width: int, *, plain: bool = False) -> str:
    return "\n".join("|" + line.text.rstrip() for line in typeset(read(html), width, ascii=plain))


HEADINGS = (
    "<h1>The tide and the mill</h1><p>First words.</p><h2>A part of it</h2><p>Some text.</p><h3>A "
    "detail</h3><p>More.</p><h2>Another part</h2><h3>At once a detail</h3><p>End.</p>"
)

PARAGRAPH = (
    "<p>Twice a day the sea fills the pond behind the wall, and twice a day it leaves it again by "
    "the only door.</p><p>One line,<br>and another one.<br><br>A new paragraph.</p>"
)

LISTS = (
    "<ul><li>the pond, which is a bay with a wall across</li><li>the gates<ul><li>of oak<ul><li>"
    'old</li></ul></li><li>of elm</li></ul></li></ul><ol start="9"><li>Wait for the ebb.</li><li>'
    'Open the sluice by a hand’s breadth and no more.</li></ol><ol reversed=""><li>three</li><li>'
    'two</li></ol><ul><li checked="true">oil the bearings</li><li checked="false">dress the '
    "stones</li></ul>"
)

LOOSE = "<ul><li><p>One paragraph.</p><p>Another paragraph.</p></li><li><p>The next item.</p></li></ul>"

QUOTE = (
    "<blockquote><p>I have kept this mill for forty years and more.</p><p>Nor would I wish it.</p>"
    "<blockquote><p>He said so to everybody.</p></blockquote></blockquote><p>After.</p>"
)

CODE = (
    '<pre lang="python">def power(height: float, flow: float) -&gt; float:\n\treturn 1000 * 9.81 '
    "* height * flow\n\n\tpass</pre><p>After.</p>"
)

TABLE = (
    "<table><tr><th>Mill</th><th>Built</th><th>What is there</th></tr><tr><td>Eling</td><td>"
    "1785</td><td>Works, and grinds for visitors when the tide allows it to.</td></tr><tr><td>"
    "Carew</td><td>1801</td><td>Standing.</td></tr></table>"
)

SPANS = (
    '<table><tr><th colspan="2">Mill</th><th>Year</th></tr><tr><td rowspan="2">Eling</td><td>'
    'old</td><td>1086</td></tr><tr><td>new</td><td>1785</td></tr><tr><td align="right">right</td>'
    '<td align="center">c</td><td></td></tr></table>'
)

FIGURE = (
    '<figure><img src="https://example.org/a.jpg" alt="A mill at low tide"><figcaption>Eling '
    'Mill, an hour before the water.</figcaption></figure><p><img src="https://example.org/b.jpg">'
    'Text with <img alt="a sign" src="https://example.org/c.png"> inside.</p>'
)

DEFINITIONS = (
    "<dl><dt>Neap</dt><dd>The tide of the half moon, which rises least.</dd><dt>Spring</dt><dt>"
    "Flood</dt><dd>The other.</dd></dl>"
)

DETAILS = (
    "<details><summary>On the spelling of Eling</summary><p>Also Elling, Elinge and Edlinges.</p>"
    "</details><hr><p>After.</p>"
)

LINKS = (
    '<p>See <a href="https://a.example/">the first</a>, <a href="https://b.example/"><strong>'
    'the</strong> second</a>, <a href="https://a.example/">the first again</a> and a note.<sup><a '
    'href="#n">1</a></sup> Water is H<sub>2</sub>O, e<sup>iπ</sup>, 10<sup>-3</sup>, x<sub>max, '
    "y</sub>.</p>"
)

ADDRESS = "<p>Read https://example.org/archive/2017/10/13/the-tide-mills-of-england?edition=2&amp;page=14 on it.</p>"

ASCII = (
    '<h1>Mill</h1><ul><li>one<ul><li>two</li></ul></li><li checked="true">done</li></ul>'
    '<blockquote><p>Said <a href="https://a.example/">here</a>: 10<sup>3</sup>.</p></blockquote>'
    "<pre>a line of code that is longer than the page</pre><details><summary>More</summary><p>"
    "Text.</p></details><hr>"
)

EAST = (
    "<p>日本の潮汐水車については、ほとんど何も知られていない。「ない」と言う人もいるが、江戸時代の記録が二つ残っている。ABC順。</p>"
    "<p>조력 방앗간은 바다의 힘으로 돌아가는 "
    "방앗간이다.</p>"
)

RTL = '<p>הטחנה עומדת על החוף כבר מאתיים שנה, והים עדיין מגיע אליה פעמיים ביום.</p><p dir="rtl">Tide 1086</p>'

EMOJI = "<p>Families 👨‍👩‍👧 and flags 🇳🇴🇩🇰 and ☺️ thumbs 👍🏽 are welcome; so is Đặng Thị é.</p>"

PAGES = [
    pytest.param(
        HEADINGS,
        40,
        """
        |The tide and the mill
        |─────────────────────
        |
        |First words.
        |
        |
        |A part of it
        |
        |Some text.
        |
        |A detail
        |More.
        |
        |
        |Another part
        |
        |At once a detail
        |End.
        """,
        id="headings in 40",
    ),
    pytest.param(
        HEADINGS,
        72,
        """
        |The tide and the mill
        |─────────────────────
        |
        |First words.
        |
        |
        |A part of it
        |
        |Some text.
        |
        |A detail
        |More.
        |
        |
        |Another part
        |
        |At once a detail
        |End.
        """,
        id="headings in 72",
    ),
    pytest.param(
        PARAGRAPH,
        40,
        """
        |Twice a day the sea fills the pond
        |behind the wall, and twice a day it
        |leaves it again by the only door.
        |
        |One line,
        |and another one.
        |
        |A new paragraph.
        """,
        id="paragraph in 40",
    ),
    pytest.param(
        PARAGRAPH,
        72,
        """
        |Twice a day the sea fills the pond behind the wall, and twice a day it
        |leaves it again by the only door.
        |
        |One line,
        |and another one.
        |
        |A new paragraph.
        """,
        id="paragraph in 72",
    ),
    pytest.param(
        LISTS,
        40,
        """
        |• the pond, which is a bay with a wall
        |  across
        |• the gates
        |  ◦ of oak
        |    ▪ old
        |  ◦ of elm
        |
        | 9. Wait for the ebb.
        |10. Open the sluice by a hand’s breadth
        |    and no more.
        |
        |2. three
        |1. two
        |
        |[✓] oil the bearings
        |[ ] dress the stones
        """,
        id="lists in 40",
    ),
    pytest.param(
        LISTS,
        72,
        """
        |• the pond, which is a bay with a wall across
        |• the gates
        |  ◦ of oak
        |    ▪ old
        |  ◦ of elm
        |
        | 9. Wait for the ebb.
        |10. Open the sluice by a hand’s breadth and no more.
        |
        |2. three
        |1. two
        |
        |[✓] oil the bearings
        |[ ] dress the stones
        """,
        id="lists in 72",
    ),
    pytest.param(
        LOOSE,
        40,
        """
        |• One paragraph.
        |
        |  Another paragraph.
        |
        |• The next item.
        """,
        id="loose in 40",
    ),
    pytest.param(
        QUOTE,
        40,
        """
        |▎ I have kept this mill for forty years
        |▎ and more.
        |▎
        |▎ Nor would I wish it.
        |▎
        |▎ ▎ He said so to everybody.
        |
        |After.
        """,
        id="quote in 40",
    ),
    pytest.param(
        QUOTE,
        72,
        """
        |▎ I have kept this mill for forty years and more.
        |▎
        |▎ Nor would I wish it.
        |▎
        |▎ ▎ He said so to everybody.
        |
        |After.
        """,
        id="quote in 72",
    ),
    pytest.param(
        CODE,
        40,
        """
        | def power(height: float, flow: float)
        | ↳ -> float:
        |     return 1000 * 9.81 * height * flow
        |
        |     pass
        |
        |After.
        """,
        id="code in 40",
    ),
    pytest.param(
        CODE,
        72,
        """
        | def power(height: float, flow: float) -> float:
        |     return 1000 * 9.81 * height * flow
        |
        |     pass
        |
        |After.
        """,
        id="code in 72",
    ),
    pytest.param(
        TABLE,
        24,
        """
        |Mill: Eling
        |Built: 1785
        |What is there: Works,
        |  and grinds for
        |  visitors when the tide
        |  allows it to.
        |
        |Mill: Carew
        |Built: 1801
        |What is there:
        |  Standing.
        """,
        id="table in 24",
    ),
    pytest.param(
        TABLE,
        40,
        """
        |Mill   Built  What is there
        |─────  ─────  ──────────────────────────
        |Eling   1785  Works, and grinds for
        |              visitors when the tide
        |              allows it to.
        |
        |Carew   1801  Standing.
        """,
        id="table in 40",
    ),
    pytest.param(
        TABLE,
        72,
        """
        |Mill   Built  What is there
        |─────  ─────  ──────────────────────────────────────────────────────────
        |Eling   1785  Works, and grinds for visitors when the tide allows it to.
        |Carew   1801  Standing.
        """,
        id="table in 72",
    ),
    pytest.param(
        SPANS,
        40,
        """
        |Mill        Year
        |─────  ───  ────
        |Eling  old  1086
        |       new  1785
        |right   c
        """,
        id="spans in 40",
    ),
    pytest.param(
        FIGURE,
        40,
        """
        |[image: A mill at low tide]¹
        |Eling Mill, an hour before the water.
        |
        |[image]²
        |
        |Text with [image: a sign]³ inside.
        """,
        id="figure in 40",
    ),
    pytest.param(
        FIGURE,
        72,
        """
        |[image: A mill at low tide]¹
        |Eling Mill, an hour before the water.
        |
        |[image]²
        |
        |Text with [image: a sign]³ inside.
        """,
        id="figure in 72",
    ),
    pytest.param(
        DEFINITIONS,
        40,
        """
        |Neap
        |    The tide of the half moon, which
        |    rises least.
        |
        |Spring
        |Flood
        |    The other.
        """,
        id="definitions in 40",
    ),
    pytest.param(
        DEFINITIONS,
        72,
        """
        |Neap
        |    The tide of the half moon, which rises least.
        |
        |Spring
        |Flood
        |    The other.
        """,
        id="definitions in 72",
    ),
    pytest.param(
        DETAILS,
        40,
        """
        |▾ On the spelling of Eling
        |  Also Elling, Elinge and Edlinges.
        |
        |               ──────────
        |
        |After.
        """,
        id="details in 40",
    ),
    pytest.param(
        DETAILS,
        72,
        """
        |▾ On the spelling of Eling
        |  Also Elling, Elinge and Edlinges.
        |
        |                           ──────────────────
        |
        |After.
        """,
        id="details in 72",
    ),
    pytest.param(
        LINKS,
        40,
        """
        |See the first¹, the second², the first
        |again¹ and a note.¹ Water is H₂O,
        |e^(iπ), 10⁻³, x_(max, y).
        """,
        id="links in 40",
    ),
    pytest.param(
        LINKS,
        72,
        """
        |See the first¹, the second², the first again¹ and a note.¹ Water is H₂O,
        |e^(iπ), 10⁻³, x_(max, y).
        """,
        id="links in 72",
    ),
    pytest.param(
        ADDRESS,
        40,
        """
        |Read https://example.org/archive/2017/
        |10/13/the-tide-mills-of-
        |england?edition=2&page=14 on it.
        """,
        id="address in 40",
    ),
    pytest.param(
        ADDRESS,
        72,
        """
        |Read https://example.org/archive/2017/10/13/the-tide-mills-of-
        |england?edition=2&page=14 on it.
        """,
        id="address in 72",
    ),
    pytest.param(
        ASCII,
        40,
        """
        |Mill
        |----
        |
        |  * one
        |    - two
        |[x] done
        |
        || Said here[1]: 10^3.
        |
        | a line of code that is longer than the
        | >  page
        |
        |v More
        |  Text.
        |
        |               ----------
        """,
        id="ascii in 40",
    ),
    pytest.param(
        EAST,
        20,
        """
        |日本の潮汐水車につい
        |ては、ほとんど何も知
        |られていない。「な
        |い」と言う人もいる
        |が、江戸時代の記録が
        |二つ残っている。ABC
        |順。
        |
        |조력 방앗간은 바다의
        |힘으로 돌아가는
        |방앗간이다.
        """,
        id="east in 20",
    ),
    pytest.param(
        EAST,
        40,
        """
        |日本の潮汐水車については、ほとんど何も知
        |られていない。「ない」と言う人もいるが、
        |江戸時代の記録が二つ残っている。ABC順。
        |
        |조력 방앗간은 바다의 힘으로 돌아가는
        |방앗간이다.
        """,
        id="east in 40",
    ),
    pytest.param(
        RTL,
        40,
        """
        |הטחנה עומדת על החוף כבר מאתיים שנה, והים
        |            עדיין מגיע אליה פעמיים ביום.
        |
        |                               Tide 1086
        """,
        id="rtl in 40",
    ),
    pytest.param(
        EMOJI,
        12,
        """
        |Families 👨‍👩‍👧
        |and flags
        |🇳🇴🇩🇰 and ☺️
        |thumbs 👍🏽
        |are welcome;
        |so is Đặng
        |Thị é.
        """,
        id="emoji in 12",
    ),
    pytest.param(
        EMOJI,
        40,
        """
        |Families 👨‍👩‍👧 and flags 🇳🇴🇩🇰 and ☺️ thumbs
        |👍🏽 are welcome; so is Đặng Thị é.
        """,
        id="emoji in 40",
    ),
]


@pytest.mark.parametrize(("html", "width", "page"), PAGES)
def test_page(html: str, width: int, page: str) -> None:
    assert drawn(html, width, plain=html is ASCII) == dedent(page).strip()
