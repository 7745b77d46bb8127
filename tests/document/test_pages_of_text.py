"""Pages of running text, drawn: what stands right of the margin is what a reader sees."""

from textwrap import dedent

import pytest

from reader.document.subset import read
from reader.document.typeset import typeset


def drawn(html: str, width: int) -> str:
    return "\n".join("|" + line.text.rstrip() for line in typeset(read(html), width))


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

LINKS = (
    '<p>See <a href="https://a.example/">the first</a>, <a href="https://b.example/"><strong>'
    'the</strong> second</a>, <a href="https://a.example/">the first again</a> and a note.<sup><a '
    'href="#n">1</a></sup> Water is H<sub>2</sub>O, e<sup>iπ</sup>, 10<sup>-3</sup>, x<sub>max, '
    "y</sub>.</p>"
)

ADDRESS = "<p>Read https://example.org/archive/2017/10/13/the-tide-mills-of-england?edition=2&amp;page=14 on it.</p>"

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
        LINKS,
        40,
        """
        |See the first¹, the second², the first
        |again¹ and a note.[1] Water is H₂O,
        |e^(iπ), 10⁻³, x_(max, y).
        """,
        id="links in 40",
    ),
    pytest.param(
        LINKS,
        72,
        """
        |See the first¹, the second², the first again¹ and a note.[1] Water is
        |H₂O, e^(iπ), 10⁻³, x_(max, y).
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
    assert (
        drawn(
            html,
            width,
        )
        == dedent(page).strip()
    )
