from textwrap import dedent

import pytest

from reader.document.plain import markdown, plain_text, summary, words
from reader.document.subset import read

PAGE = (
    "<h2>The mill</h2>"
    '<p>Some <strong>strong</strong> and <em>soft</em> text,<br>a <a href="https://a.example/">link</a> '
    "and <code>code</code>; H<sub>2</sub>O.</p>"
    '<ul><li>one<ul><li>deep</li></ul></li><li checked="true">two</li></ul>'
    '<ol start="9"><li><p>nine</p><p>more</p></li><li><p>ten</p></li></ol>'
    "<blockquote><p>said</p><p>again</p></blockquote>"
    '<pre lang="sh">if x; then\n  y\nfi</pre><hr>'
    "<table><tr><th>Name</th><th>Size</th></tr><tr><td>a|b</td><td>1</td></tr></table>"
    '<figure><img src="https://a.example/i.png" alt="A mill"><figcaption>By night</figcaption></figure>'
    "<dl><dt>Neap</dt><dd>low</dd></dl><details><summary>More</summary><p>inside</p></details>"
)


def test_plain_text() -> None:
    expected = """\
        The mill

        Some strong and soft text,
        a link and code; H₂O.

        - one
          - deep
        - [x] two

        9. nine

           more

        10. ten

        > said
        >
        > again

        if x; then
          y
        fi

        * * *

        Name	Size
        a|b	1

        [image: A mill]
        By night

        Neap
        : low

        More

        inside"""
    assert plain_text(read(PAGE)) == dedent(expected)


def test_markdown() -> None:
    expected = r"""
        ## The mill

        Some **strong** and *soft* text,\
        a [link](https://a.example/) and `code`; H<sub>2</sub>O.

        - one
          - deep
        - [x] two

        9. nine

           more

        10. ten

        > said
        >
        > again

        ```sh
        if x; then
          y
        fi
        ```

        ---

        | Name | Size |
        | --- | --- |
        | a\|b | 1 |

        ![A mill](https://a.example/i.png)
        *By night*

        Neap
        : low

        **More**

        inside"""
    assert markdown(read(PAGE)) == dedent(expected).strip()


@pytest.mark.parametrize(
    ("html", "written"),
    [
        ("<p># no *heading* [x] &lt;b&gt; a_b _c_ `d`</p>", r"\# no \*heading\* \[x\] \<b> a_b \_c\_ \`d\`"),
        (
            "<p>1. no list</p><p>- none</p><p>+ none</p><p>2017 was</p>",
            "1\\. no list\n\n\\- none\n\n\\+ none\n\n2017 was",
        ),
        ("<p>a<br># b</p>", "a\\\n\\# b"),
        ("<p>fish &amp;amp; chips &amp; peas</p>", r"fish \&amp; chips & peas"),
        ("<p><strong>a <em>b</em></strong><em> c</em></p>", "**a** ***b*** *c*"),
        ("<p>x<strong> y </strong>z</p>", "x **y** z"),
        ("<p><code>a`b</code> <code>`</code></p>", "``a`b`` `` ` ``"),
        ('<p><a href="https://a.example/(x)"><strong>a</strong> b</a></p>', "[**a** b](<https://a.example/(x)>)"),
        ("<pre>```\nx</pre>", "````\n```\nx\n````"),
        (
            '<table><tr><td>a</td><td>b<br>c</td></tr><tr><td colspan="2">d</td></tr></table>',
            "|  |  |\n| --- | --- |\n| a | b<br>c |\n| d |  |",
        ),
        ("<p><s>a</s> <mark>b</mark> x<sup>2</sup></p>", "~~a~~ <mark>b</mark> x<sup>2</sup>"),
    ],
)
def test_markdown_says_what_was_meant(html: str, written: str) -> None:
    assert markdown(read(html)) == written


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Twice a day, the sea — fills it.", 7),
        ("don't stop well-known e.g. 1,204.5 https://example.org/a", 7),
        ("naïve café", 2),
        ("日本語の文章", 3),
        ("日本 and Tokyo", 3),
        ("조력 방앗간은 돈다", 3),
        ("ภาษาไทยไม่มีช่องว่าง", 4),
    ],
)
def test_words(text: str, count: int) -> None:
    assert words(text) == count


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("One. Two.", 300, "One. Two."),
        ("One\n\ntwo   three", 300, "One two three"),
        ("The sea fills it. The wheel turns by the water that was left.", 30, "The sea fills it."),
        (
            "Mr. Smith of the U.S. Navy said so. Nobody else did, not even once.",
            40,
            "Mr. Smith of the U.S. Navy said so.",
        ),
        ("“It turns.” He left. And then the flood came again and again.", 24, "“It turns.” He left."),
        ("A sentence that has no end within the limit that we set for it", 30, "A sentence that has no end…"),
        ("潮が満ちる。水車が回る。それから長い文が続いて終わらない。", 14, "潮が満ちる。水車が回る。"),
        ("x" * 50, 20, "x" * 19 + "…"),
        ("It costs 3.5 million. So it goes on and on and on.", 25, "It costs 3.5 million."),
    ],
)
def test_summary(text: str, limit: int, shown: str) -> None:
    assert summary(text, limit) == shown
    assert len(summary(text, limit)) <= limit
