"""Articles whose bodies are a weapon against whoever draws them."""

from __future__ import annotations

from collections.abc import Callable

from tests.hostile.case import Case, feed, fine, html_item, item, page
from tests.hostile.checks import has_safe_links

MILLION = 150_000


def _body(name: str, body: Callable[[], str]) -> Case:
    return fine(f"body-{name}", page(lambda: feed(html_item(body()), item(2))), 2, check=has_safe_links)


CASES = [
    _body("class-of-a-megabyte", lambda: f"<p class='{'c ' * MILLION}'>x</p>"),
    _body("style-of-a-megabyte", lambda: f"<p style='{'color:red;' * 200_000}'>x</p>"),
    _body("styles-by-the-hundred-thousand", lambda: "<style>p{}</style><p style='display:none'>y</p>" * 40_000),
    _body("style-that-imports", lambda: "<style>" + "@import url(http://127.0.0.1/);" * 100_000),
    _body("cells-by-the-hundred-thousand", lambda: "<table>" + ("<tr>" + "<td>x" * 300) * 300),
    _body("rows-by-the-hundred-thousand", lambda: "<table>" + "<tr><td>x<td>y" * 40_000),
    _body("spans-of-a-billion", lambda: "<table>" + "<tr><td colspan=1000000000 rowspan=1000000000>x<td colspan=-1>y" * 200 + "</table>"),
    _body("spans-of-a-hundred", lambda: "<table>" + ("<tr>" + "<td colspan=100 rowspan=100>x" * 100) * 100),
    _body("tables-in-tables", lambda: "<table><tr><td>" * 5000 + "x"),
    _body("tables-by-the-ten-thousand", lambda: "<table><tr><th>a<th>b<tr><td>1<td>2</table>" * 5_000),
    _body("lists-in-lists", lambda: "<ul><li>" * 50_000 + "x"),
    _body("quotes-in-quotes", lambda: "<blockquote>" * 50_000 + "x"),
    _body("ruby", lambda: "<ruby>" * 20_000 + "<rb>a<rt>b" * 30_000),
    _body("fractions", lambda: "<math>" + "<mfrac>" * 20_000 + "<mn>1</mn>" + "</mfrac>" * 20_000 + "</math>"),
    _body("formulas-by-the-thousand", lambda: "<math><msup><mi>x</mi><mn>2</mn></msup><annotation encoding='application/x-tex'>x^2</annotation></math>" * 4_000),
    _body("formula-rows", lambda: "<math>" + "<mrow><msqrt>" * 3000 + "<mi>x</mi>"),
    _body("tex", lambda: "<p>" + r"\(\frac{a}{" * 100_000 + "}" * 100_000 + "</p>"),
    _body("pictures-of-any-size", lambda: "<img src=http://example.org/a.png width=999999999999 height=-1>" * 20_000),
    _body("picture-candidates", lambda: "<img src=a.png srcset='" + "http://example.org/b.png 9999999w," * 200_000 + "'>"),
    _body("picture-sources", lambda: "<picture>" + "<source srcset='a.png 1x'>" * 60_000 + "<img src=b.png></picture>"),
    _body("data-addresses", lambda: "<img src='data:image/png;base64," + "A" * 3_000_000 + "'><a href='data:text/html," + "B" * 2_000_000 + "'>x</a>"),
    _body("scripts", lambda: "<script>alert(1)</script><svg onload=alert(1)><img src=x onerror=alert(1)>" * 50_000),
    _body("svg", lambda: "<svg>" + "<g>" * 100_000 + "<use href='#a'/>" * 100_000),
    _body("svg-text", lambda: "<svg><foreignObject><p>x</p></foreignObject></svg>" * 50_000),
    _body("frames", lambda: "<iframe src='https://www.youtube.com/embed/x'></iframe>" * 20_000),
    _body("frame-documents", lambda: "<iframe srcdoc='" + "&lt;p>x" * 300_000 + "'></iframe>"),
    _body("links-by-the-ten-thousand", lambda: "<a href='http://example.org/?utm_source=x&a=b#c'>x</a> " * 20_000),
    _body("links-in-links", lambda: "<a href=http://example.org/>x" * 100_000),
    _body("places-by-the-hundred-thousand", lambda: "".join(f"<a href='#p{n}'>x</a><p id='p{n}'>y</p>" for n in range(8_000))),
    _body("places-that-are-one", lambda: "<a href='#p'>x</a><p id='p'>y</p>" * 8_000),
    _body("notes", lambda: "".join(f"<sup><a href='#fn{n}' id='r{n}'>{n}</a></sup>" for n in range(8_000)) + "<ol>" + "".join(f"<li id='fn{n}'>x <a href='#r{n}'>↩</a></li>" for n in range(8_000)) + "</ol>"),
    _body("line-of-five-megabytes", lambda: "<pre>" + "x" * 5_000_000 + "</pre>"),
    _body("word-of-five-megabytes", lambda: "<p>" + "x" * 5_000_000),
    _body("word-of-combining-signs", lambda: "<p>e" + "\u0301" * 1_500_000),
    _body("joined-emoji", lambda: "<p>" + "👩\u200d" * 60_000),
    _body("breaks-by-the-hundred-thousand", lambda: "x<br>" * MILLION),
    _body("paragraphs-by-the-hundred-thousand", lambda: "<p>x" * MILLION),
    _body("rules-by-the-hundred-thousand", lambda: "<hr>" * MILLION),
    _body("emphasis-in-emphasis", lambda: "<b><i>" * 100_000 + "x"),
    _body("formatting-that-is-rebuilt", lambda: "".join(f"<b id={n}>" for n in range(3000)) + "<p>x" * 3000),
    _body("fonts-that-are-rebuilt", lambda: "<p>".join(f"<font size={n}>" for n in range(9000))),
    _body("headings-in-headings", lambda: "<h1>" * 50_000 + "x"),
    _body("listing-of-a-language", lambda: "<pre><code class='language-python'>" + "def f(x): return '''" * 60_000 + "</code></pre>"),
    _body("listings-by-the-thousand", lambda: "<pre><code class='language-html'>&lt;p></code></pre>" * 10_000),
    _body("choices", lambda: "<select>" + "<option>x" * 300_000),
    _body("forms", lambda: "<form><input value=x><textarea>" * 50_000),
    _body("templates", lambda: "<template><p>" * 50_000 + "x"),
    _body("plaintext", lambda: "<plaintext><p>" + "x</plaintext>" * 50_000),
    _body("comments", lambda: "<!--" * 200_000 + "x"),
    _body("comments-of-conditions", lambda: "<!--[if mso]><p><![endif]-->" * 100_000),
    _body("cdata", lambda: "<![CDATA[" * 100_000 + "x"),
    _body("references", lambda: "&amp;" * 500_000 + "&notit;" * 100_000 + "&" * 100_000),
    _body("references-escaped-again", lambda: "&" + "amp;" * MILLION + "lt;script>"),
    _body("attributes", lambda: "<p " + " ".join(f"a{n}=x" for n in range(150_000)) + ">x"),
    _body("quotes-without-an-end", lambda: "<a href=\"" + "x<p>" * 300_000),
    _body("tags-without-an-end", lambda: "<p" * 500_000),
    _body("names-of-elements", lambda: "".join(f"<x{n}>y</x{n}>" for n in range(100_000))),
    _body("name-of-a-megabyte", lambda: "<" + "x" * MILLION + ">y"),
    _body("details", lambda: "<details><summary>x" * 20_000),
    _body("definitions", lambda: "<dl><dt>x<dd>" * 20_000),
    _body("captions", lambda: "<figure><figcaption>x" * 30_000),
    _body("blank", lambda: "&nbsp;<br> " * 300_000),
    _body("right-to-left", lambda: "<p dir=rtl>" + "\u202e\u2067א" * 200_000),
    _body("bases", lambda: "<base href='http://example.org/" + "x" * 7000 + "/'>" + "<a href=a>b</a>" * 100_000),
]  # fmt: skip
