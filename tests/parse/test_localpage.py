import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import times
from reader.model import Entry, ParsedFeed
from reader.parse.localtext import article
from reader.parse.source import Source
from tests.corpora import folder, manifest

PAGE = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">
<title>A day in the valley | The Valley Post</title>
<meta property="article:published_time" content="2024-05-06T10:00:00+02:00">
<meta property="article:modified_time" content="2024-05-07">
<meta name="author" content="Anna Lindqvist">
<link rel="canonical" href="https://valley.example/day">
</head><body><nav>Home News</nav><article><h1>A day in the valley</h1>
<p>The <b>river</b> rose. <a href="more.html">More</a></p><script>x()</script></article><footer>Foot</footer>
</body></html>"""


def entry(page: str | bytes, name: str = "day.html") -> Entry:
    data = page if isinstance(page, bytes) else page.encode()
    found = article(Source(data, f"file:///news/{name}", "article", name=name, mtime=7))
    assert isinstance(found, ParsedFeed)
    assert found.format == "html"
    return found.entries[0]


def test_a_page() -> None:
    found = entry(PAGE)
    assert (found.title, found.author, found.language) == ("A day in the valley", "Anna Lindqvist", "en-GB")
    assert (times.iso(found.published), times.iso(found.updated)) == ("2024-05-06T08:00:00Z", "2024-05-07T00:00:00Z")
    assert (found.link, found.mtime) == ("https://valley.example/day", 7)
    assert found.text == "The river rose. More"
    assert "<strong>river</strong>" in found.html
    assert "Home" not in found.html


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ('<title>T</title><meta property="og:title" content="Open &amp; graph">', "Open & graph"),
        ("<title>One long story here - The Post</title>", "One long story here"),
        ("<title>Two words - The Post</title>", "Two words - The Post"),
        ("<title>Part one: the storm</title>", "Part one: the storm"),
        ("", "The heading"),
        ("<title> </title>", "The heading"),
    ],
)
def test_titles(head: str, title: str) -> None:
    assert entry(f"<html><head>{head}</head><body><h1>The heading</h1><p>Text</p></body></html>").title == title


def test_a_title_that_a_heading_confirms_loses_the_site() -> None:
    assert entry("<title>The storm - The Post</title><h1>The storm</h1><p>Text").title == "The storm"


def test_no_title_at_all_means_the_file_name() -> None:
    assert entry("<p>Text</p>", "old_page.html").title == "old page"


def test_linked_data_and_time_elements() -> None:
    data = '{"@graph":[{"@type":"NewsArticle","author":[{"name":"Anna"},{"name":"Bo"}],"datePublished":"2024-05-06"}]}'
    found = entry(f'<script type="application/ld+json">{data}</script><p>Text')
    assert (found.author, times.iso(found.published)) == ("Anna, Bo", "2024-05-06T00:00:00Z")
    found = entry('<p class="byline">By Anna</p><time datetime="2024-05-06">May</time><p>Text')
    assert (found.author, times.iso(found.published)) == ("Anna", "2024-05-06T00:00:00Z")


def test_declared_encoding() -> None:
    page = '<html><head><meta charset="windows-1251"><title>Погода</title></head><body><p>Снег</p></body></html>'
    found = entry(page.encode("cp1251"))
    assert (found.title, found.text) == ("Погода", "Снег")


def test_several_articles_mean_the_whole_page() -> None:
    assert entry("<article><p>One</p></article><article><p>Two</p></article>").text == "One\n\nTwo"


@given(
    st.lists(
        st.sampled_from(
            [
                "<html>",
                "<title>",
                "<meta charset=x property=og:title content=",
                '">',
                "<article>",
                "<h1>",
                "a",
                "</",
                "<time datetime=",
                '<script type="application/ld+json">',
                "[{}]",
                "<base href=http://[",
                ">",
            ]
        )
    ).map("".join)
)
def test_any_page_can_be_read(page: str) -> None:
    article(Source(b"<html>x" + page.encode(), "file:///a.html", "article", name="a.html"))


def test_real_pages() -> None:
    place = folder("local/html")
    for known in manifest("local/html"):
        found = entry((place / known["file"]).read_bytes(), known["file"])
        assert (found.title, found.author) == (known["title"], known["author"])
        if known["date"]:
            assert (times.iso(found.published) or "").startswith(known["date"])
