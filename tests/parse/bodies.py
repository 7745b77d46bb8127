"""Bodies put together at random: well-formed ones of the usual elements, and the same with a mistake or two in them."""

import re

from hypothesis import strategies as st

_BLOCKS = ("div", "section", "p", "p", "p", "p", "h1", "h2", "blockquote", "figure", "figcaption", "center", "li", "td")
_INLINES = ("span", "font", "u", "small", "cite", "a", "em", "i", "strong", "b", "code", "tt", "del", "sub", "kbd", "q")
_ATTRIBUTES = (
    "", "", "", "", "", ' class="x"', ' style="color: red"', ' id="n"', ' hidden=""', ' style="display:none"',
    ' style="display&#58;none"', ' dir="rtl"', ' dir="ltr"', ' dir="auto"', ' start="3"', ' title="a  b"', ' href="#n"',
    ' name="n"', ' checked="true"', " x", ' data-a="&quot;"', ' type="a"',
    ' class="sharedaddy x"', ' class="wp-caption"',
    ' class="lineno"', ' xml:base="http://b.org/"', ' class="latex"',
)  # fmt: skip
_LINKS = (
    ' href="https://example.org/1"', ' href="https://example.org/1"', ' href="http://e.org/a?b=1&amp;c=2"',
    ' href="/rel"', ' href="http://e.org/x y"', ' href="http://e.org/x\ny"', ' href="javascript:x"',
    ' href="http://e.org/é"', ' href="mailto:a@b.c"', ' href="http://e.org/" title="t &quot;q&quot;  z"',
    ' href="http://a&amp;b/&quot;"', ' href="HTTP://E.org/"', ' href="http://e.org/#f"', ' href="http://[x/"',
    ' href="http://e.org/a" href="http://f/"', ' href="https://"', ' target="_blank" href="//e.org/q"', "",
    ' href="http://e.org/?utm_source=a&amp;b=1&amp;fbclid=x"', ' href=" http://e.org/?a&#38;gclid"',
    ' href="http://e.org/?a=&quot;&amp;utm_medium=b#xtor=1"', ' href="https://twitter.com/intent/tweet?a"',
    ' href="#n"', ' href="https://example.org/blog/post#n"', ' href="http://e/?a&#x3d;&#38;b"', ' href="http://u@e"',
)  # fmt: skip
_TEXTS = (
    "a", "b c", " ", "  ", "\n", "\t", "\xa0", "&nbsp;", "&amp;", "&lt;b&gt;", "&quot;", "&#8217;", "&#39;", "x ", " y",
    "é", "“q”", "&hellip;", "&#160;", "&#10;", '"', "'", ">", "&", "&copy", "\u200b", "\u0338", "&#38;", "&#34;",
    "日本", "€", "e\u0301", "&#128;", "&#0;", "\u202e", "&#x202e;", "&zwj;", "&shy;", "\r\n", "\x85", "\u3000",
    "&notit;", "👍🏽",
)  # fmt: skip
_VOIDS = (
    "<br>", "<br/>", "<br />", "<hr>", "<hr/>", '<img src="/a.png" alt="x  y">', '<img src="http://e/a.png"/>',
    '<img src="a.png" width="1">', '<img alt="b" src="http://e/ a.png" width="30" height="40px" />',
    '<img srcset="a 1x,\n b 2x">', '<img data-src="/q.png" src="z.gif">', '<img src="http://e/1\n2.png">',
    '<img alt="">', "<!-- c -->", "<img src='a'>", "<wbr>",
)  # fmt: skip
_TOKEN = re.compile(r"<[^<>]*>|[^<]+|<")

_attributes = st.sampled_from(_ATTRIBUTES)
_words = st.sampled_from(_TEXTS) | st.sampled_from(_TEXTS).map("w{}v".format)


def _element(names: st.SearchStrategy[str], inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(names, _attributes, inner).map(lambda each: f"<{each[0]}{each[1]}>{each[2]}</{each[0]}>")


def _some(parts: st.SearchStrategy[str], most: int = 4) -> st.SearchStrategy[str]:
    return st.lists(parts, max_size=most).map("".join)


def _inline(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    link = st.tuples(st.sampled_from(_LINKS), _some(inner)).map(lambda each: f"<a{each[0]}>{each[1]}</a>")
    return _element(st.sampled_from(_INLINES), _some(inner)) | link


_inlines = _some(st.recursive(_words | st.sampled_from(_VOIDS), _inline, max_leaves=5))


def _block(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    items = _some(_element(st.just("li"), inner | _inlines) | st.sampled_from(("", " ", "\n", "x")))
    return _element(st.sampled_from(_BLOCKS), _some(inner)) | _element(st.sampled_from(("ul", "ol")), items)


_notes = st.sampled_from(
    (
        '<p>The post <a href="http://e.org/1">T</a> appeared first on <a href="http://e.org/">S</a>.</p>',
        '<p><a href="https://twitter.com/share?a">T</a> | <a href="https://t.me/share/url?a">S</a></p>',
        '<ul><li><a href="https://twitter.com/share?a">T</a></li><li><a href="https://t.me/share/url?a">S</a></li></ul>',
    )
)
_leaves = _notes | _element(st.sampled_from(("p", "p", "p", "h2", "li", "figcaption")), _inlines)
bodies = _some(st.recursive(_leaves | _inlines | st.sampled_from((" ", "\n")), _block, max_leaves=6))


@st.composite
def mistaken(draw: st.DrawFn, whole: st.SearchStrategy[str] = bodies) -> str:
    """A body with a tag or a text too many, too few, or in another place, or with one character that is another."""
    parts = _TOKEN.findall(draw(whole)) or [""]
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(parts) - 1))
        match draw(st.integers(0, 3)):
            case 0:
                parts[at] = ""
            case 1:
                parts.insert(at, parts[draw(st.integers(0, len(parts) - 1))])
            case 2:
                parts.insert(at, draw(_words | st.sampled_from(_VOIDS)))
            case _ if parts[at]:
                place = draw(st.integers(0, len(parts[at]) - 1))
                parts[at] = parts[at][:place] + draw(st.sampled_from('"<> &=/\nx\xa0')) + parts[at][place + 1 :]
            case _:
                pass
    return "".join(parts)
