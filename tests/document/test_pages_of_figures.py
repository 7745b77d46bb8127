"""Pages of tables, pictures and the like, drawn: what stands right of the margin is what a reader sees."""

from textwrap import dedent

import pytest

from reader.document.subset import read
from reader.document.typeset import typeset


def drawn(html: str, width: int, *, plain: bool = False) -> str:
    return "\n".join("|" + line.text.rstrip() for line in typeset(read(html), width, ascii=plain))


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

ASCII = (
    '<h1>Mill</h1><ul><li>one<ul><li>two</li></ul></li><li checked="true">done</li></ul>'
    '<blockquote><p>Said <a href="https://a.example/">here</a>: 10<sup>3</sup>.</p></blockquote>'
    "<pre>a line of code that is longer than the page</pre><details><summary>More</summary><p>"
    "Text.</p></details><hr>"
)

PAGES = [
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
        | a line of code that is longer than
        | > the page
        |
        |v More
        |  Text.
        |
        |               ----------
        """,
        id="ascii in 40",
    ),
]


@pytest.mark.parametrize(("html", "width", "page"), PAGES)
def test_page(html: str, width: int, page: str) -> None:
    assert drawn(html, width, plain=html is ASCII) == dedent(page).strip()
