import pytest

from reader.document.lines import Style
from reader.document.nodes import (
    Cell,
    Code,
    Heading,
    Image,
    Item,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
    leaf_texts,
    leaves,
    passage,
)
from reader.document.subset import read


def text(words: str) -> Paragraph:
    return Paragraph((Span(words),))


def texts(html: str) -> list[str]:
    return leaf_texts(read(html))


@pytest.mark.parametrize(
    "html", ["", "  \n ", "<p></p>", "<ul><li></li></ul>", "<table><tr><td></td></tr></table>", "<img>"]
)
def test_nothing_is_an_empty_document(html: str) -> None:
    assert read(html).blocks == ()


def test_blocks() -> None:
    html = (
        "<h2>A</h2><p>B</p><blockquote><p>C</p></blockquote><hr><ol start='x' ><li>D</li></ol><pre lang=\"c\">E</pre>"
    )
    assert read(html).blocks == (
        Heading((Span("A"),), 2),
        text("B"),
        Quote((text("C"),)),
        Rule(),
        ListBlock((Item((text("D"),)),), ordered=True),
        Code((Span("E"),), "c"),
    )


def test_text_in_no_block_is_a_paragraph() -> None:
    assert texts("before<p>inside</p>after") == ["before", "inside", "after"]


def test_white_space_is_one_space() -> None:
    assert texts("<p>\n one <strong> two</strong>\n\tthree </p>") == ["one two three"]


def test_no_break_spaces_stay() -> None:
    assert texts("<p>10\u00a0km</p>") == ["10\u00a0km"]


def test_code_keeps_its_spaces() -> None:
    assert texts("<pre>\n a\n\tb  c\n\n</pre>") == [" a\n\tb  c"]


def test_entities_are_read_once() -> None:
    assert texts("<p>&amp;lt; &lt;p&gt; &quot;a&quot; &amp;amp;</p>") == ['&lt; <p> "a" &amp;']


def test_two_breaks_end_a_paragraph() -> None:
    assert texts("<p>one<br>two<br/><br>three</p>") == ["one\ntwo", "three"]


def test_neighbours_in_one_style_are_one_span() -> None:
    html = "<p>a <em>b</em><em>c</em> <strong><em>d</em></strong></p>"
    assert read(html).blocks == (
        Paragraph(
            (
                Span("a "),
                Span("bc", Style.EMPHASIS),
                Span(" "),
                Span("d", Style.STRONG | Style.EMPHASIS),
            )
        ),
    )


def test_links_are_numbered_in_their_order_and_once() -> None:
    links = '<a href="https://b/">b</a> <a href="https://a/">a</a> <a href="https://b/">b</a>'
    html = f'<p>{links} <img src="https://c/" alt="c"></p>'
    assert read(html).links == ("https://b/", "https://a/", "https://c/")


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "/relative", "vbscript:x", ""])
def test_other_addresses_are_no_links(href: str) -> None:
    document = read(f'<p><a href="{href}">word</a></p>')
    assert document.blocks == (text("word"),)
    assert document.links == ()


def test_anchors_name_the_leaf_they_stand_in() -> None:
    html = (
        '<p id="a">one</p><table><tr><th>x</th><td id="t">two</td></tr><tr><th>y</th><td>z</td></tr></table>'
        '<ul id="l"><li>three</li><li id="b">four <a id="c"></a></li></ul><p>five</p><p id="end"></p>'
    )
    document = read(html)
    found = {name: leaf_texts(document)[leaf].split()[0] for name, leaf in document.anchors.items()}
    assert found == {"a": "one", "t": "x", "l": "three", "b": "four", "c": "four", "end": "five"}


def test_a_table() -> None:
    head = '<tr><th colspan="2">A</th></tr>'
    html = f'<table>{head}<tr><td align="right">b</td><td rowspan="2"><p>c</p><p>d</p></td></tr></table>'
    assert read(html).blocks == (
        Table(
            (
                (Cell((text("A"),), head=True, columns=2),),
                (Cell((text("b"),), align="right"), Cell((text("c"), text("d")), rows=2)),
            )
        ),
    )
    assert texts(html) == ["A\nb\tc\nd"]


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>one</td></tr><tr><td>two</td></tr></table>",
        "<table><tr><td>one</td><td>two</td></tr></table>",
        "<table><tr><td>one</td><td><table><tr><td>two</td></tr></table></td></tr></table>",
        "<table><tr><td><h2>one</h2></td><td>two</td></tr><tr><td></td><td></td></tr></table>",
    ],
)
def test_a_table_that_only_lays_out_is_what_it_holds(html: str) -> None:
    assert texts(html) == ["one", "two"]


def test_pictures_at_the_edge_of_text_stand_alone() -> None:
    html = '<p><img src="https://a/" alt="A">one <img src="https://b/" alt="B" width="500"> two<br><img src="https://c/"></p>'
    assert texts(html) == ["[image: A]", "one [image: B] two", "[image]"]


def test_a_small_picture_is_text() -> None:
    pictures = ('<img alt="🙂" src="https://a/">', '<img alt="ok" width="16" src="https://b/">', '<img width="1">')
    assert texts("<p>Good {} and {}{}</p>".format(*pictures)) == ["Good 🙂 and ok"]


def test_a_linked_picture_leads_where_the_link_does() -> None:
    html = '<p><a href="https://page/"><img src="https://img/" alt="A"></a></p>'
    document = read(html)
    assert document.blocks == (Image("A", "https://img/", "https://page/"),)
    assert document.links == ("https://page/",)


@pytest.mark.parametrize(
    ("html", "rtl"),
    [
        ("<p>שלום</p>", True),
        ("<p>1. שלום world</p>", True),
        ("<p>world שלום</p>", False),
        ('<blockquote dir="rtl"><p>1086</p></blockquote>', True),
        ('<p dir="ltr">שלום</p>', False),
    ],
)
def test_direction(html: str, rtl: bool) -> None:
    leaf = next(leaves(read(html).blocks))
    assert isinstance(leaf, Paragraph)
    assert leaf.rtl is rtl


def test_marks_stay_with_their_letter() -> None:
    assert read("<p>e<strong>\u0301t</strong></p>").blocks == (Paragraph((Span("e\u0301"), Span("t", Style.STRONG))),)


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>a < b</p>", ["a < b"]),
        ("<p>a<unknown x='y'>b</unknown></p>", ["ab"]),
        ("</p></div>text", ["text"]),
        ("<b>one<p>two</b>three", ["one", "two", "three"]),
        ("<li>one</li><td>two</td><dd>three</dd>", ["one", "two", "three"]),
        ("<ul>one<li>two</ul>", ["one", "two"]),
        ("<table>one<tr>two<td>three</table>", ["one\ntwo\tthree"]),
        ("<P CLASS=x>one</P>", ["one"]),
    ],
)
def test_other_markup_keeps_its_text(html: str, found: list[str]) -> None:
    assert texts(html) == found


def test_controls_are_left_out() -> None:
    assert texts("<p>a\x1b[31mb\u202e\u00ad\x07</p><pre>a\x1bb\x00</pre>") == ["a[31mb", "ab"]


def test_depth_is_bounded() -> None:
    html = "<blockquote>" * 5000 + "<ul><li>deep" + "</blockquote>" * 5000 + "<p>after</p>"
    document = read(html)
    assert leaf_texts(document) == ["deep", "after"]
    assert document.blocks[-1] == text("after")


def test_a_passage_is_unwrapped() -> None:
    document = read("<p>one two</p><p>three</p><p>four five</p>")
    assert passage(document, (0, 4), (2, 4)) == "two\n\nthree\n\nfour"
    assert passage(document, (1, 1), (1, 3)) == "hr"
    assert passage(document, (2, 0), (9, 0)) == "four five"
