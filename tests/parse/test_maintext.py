"""The main text of a page: what is in it, what is not, which of several takes is right, and why there is none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model import MainText, Unreadable
from reader.parse.documents import parse
from reader.parse.html import clean
from reader.parse.maintext.refusals import LESS, NEEDS_SCRIPT, NOTHING, PAYWALL, ROBOT
from reader.parse.source import Source
from tests.pages import RELATED, SENTENCES, TITLE, page, paragraphs

URL = "https://example.org/story/"
LONG = paragraphs(8)


def read(html: str, *, title: str | None = None, text: str | None = None, url: str = URL) -> MainText | Unreadable:
    found = parse(Source(html.encode(), url, "page", "text/html; charset=utf-8", title=title, text=text))
    assert isinstance(found, MainText | Unreadable)
    return found


def html(source: str, **known: str) -> str:
    found = read(source, **known)
    assert isinstance(found, MainText), found
    assert clean(found.html, None).html == found.html
    return found.html


def reason(source: str, **known: str) -> str:
    found = read(source, **known)
    assert isinstance(found, Unreadable), found
    return found.reason


def test_the_text_stays_and_what_stands_around_it_goes() -> None:
    found = html(page(LONG))
    assert found.count("<p>Part") == 8
    for gone in (TITLE, "Ida Holm", "Tweet", "Related", "Another story", "cookies", "Most read", "First!", "Copyright"):
        assert gone not in found


def test_headings_lists_code_tables_quotes_and_figures_stay_as_they_are() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>{n * n}</td></tr>" for n in range(6))
    body = (
        f"{paragraphs(3)}<h2>Tides</h2><ul><li>high</li><li>low<ol><li>lower</li></ol></li></ul>"
        '<pre><code class="language-python">for tide in tides:\n    wait(tide)\n</code></pre>'
        f"<table><thead><tr><th>n</th><th>square</th></tr></thead><tbody>{rows}</tbody></table>"
        '<figure><img src="quay.jpg" alt="The quay"><figcaption>The quay at noon</figcaption></figure>'
        f"<blockquote><p>{SENTENCES[5]}</p></blockquote>{paragraphs(3, 3)}"
    )
    found = html(page(body))
    assert "<h2>Tides</h2>" in found
    assert "<ul><li>high</li><li>low<ol><li>lower</li></ol></li></ul>" in found
    assert '<pre lang="python">for tide in tides:\n    wait(tide)</pre>' in found
    assert "<tr><th>n</th><th>square</th></tr>" in found
    assert '<img src="https://example.org/story/quay.jpg" alt="The quay"/>' in found
    assert "<figcaption>The quay at noon</figcaption>" in found
    assert "<blockquote>" in found


def test_links_are_absolute_by_the_base_that_the_page_names() -> None:
    body = LONG + '<p>See <a href="map">the map</a> of it, which hangs on the wall of the harbour office.</p>'
    assert 'href="https://example.org/story/map"' in html(page(body))
    assert 'href="https://cdn.example.org/x/map"' in html(page(body, head='<base href="//cdn.example.org/x/">'))


def test_the_headline_is_not_said_again_whoever_wrote_it() -> None:
    other = "Islands see their ferries again"
    body = f"<h2>{other}</h2>{LONG}"
    assert other in html(page(body))
    assert other not in html(page(body), title=other)


def test_paragraphs_that_are_made_of_line_breaks_or_loose_in_a_box() -> None:
    lines = [f"Line {n}: {SENTENCES[n % 6]} {SENTENCES[(n + 2) % 6]}" for n in range(8)]
    assert html(page("<br><br>".join(lines))).count("<p>Line") == 8
    assert html(page("".join(f"<div>{line}</div>" for line in lines))).count("<p>Line") == 8


def test_one_of_many_boxes_alike_stays_though_it_is_mostly_a_link() -> None:
    boxes = [f'<div class="card"><div class="card-text"><p>{n}: {SENTENCES[n % 6]} {SENTENCES[0]}</p></div></div>'
             for n in range(8)]  # fmt: skip
    linked = '<p>Announced in <a href="/nature">an article in the journal</a>.</p>'
    boxes.insert(4, f'<div class="card"><div class="card-text">{linked}</div></div>')
    assert "Announced in" in html(page("".join(boxes)))


def test_pointers_credits_and_controls_go_but_captions_stay() -> None:
    body = (
        f"{paragraphs(2)}<p><b>Related: <a href=/1>Ten ferries that you must see</a></b></p><p>Photo: I. Holm</p>"
        f"<div>Image 1 of 9</div><figure><img src=a.jpg><figcaption>Photo: the quay</figcaption></figure>{LONG}"
        "<p>Filed under: <a href=/t>Ferries</a></p>"
    )
    found = html(page(body))
    assert "Photo: the quay" in found
    for gone in ("Ten ferries", "I. Holm", "Image 1", "Filed under"):
        assert gone not in found


def test_what_a_picture_or_the_head_of_a_table_says_is_not_said_again() -> None:
    picture = '<img src=a.jpg alt="FILE PHOTO: The quay of the old harbour at dusk. I. Holm">'
    caption = '<span class="caption">The quay of the old harbour at dusk.</span> <span class=source>I. Holm</span>'
    other = '<div class="caption">Nobody knows who built the wall behind it.</div>'
    row = "<tr><th>Ship</th><th>Berth</th></tr>"
    table = f"<table><thead>{row}</thead><tfoot>{row}</tfoot><tbody><tr><td>Ada</td><td>4</td></tr></tbody></table>"
    found = html(page(f'{LONG}<div><p>{picture}<span class="caption-source">{caption}</span></p></div>{LONG}{table}'))
    assert found.count("quay of the old harbour") == 1
    assert found.count("Berth") == 1
    assert "Nobody knows who built" in html(page(f"{LONG}<div>{picture}{other}</div>{LONG}"))
    figure = f"<figure>{picture}<figcaption class=caption>The quay of the old harbour at dusk.</figcaption></figure>"
    assert html(page(f"{LONG}{figure}{LONG}")).count("quay of the old harbour") == 2


def test_a_list_of_other_stories_near_the_end_goes_unless_it_is_announced() -> None:
    stories = "".join(f"<li><a href=/{n}>Another story of the day, number {n}</a></li>" for n in range(4))
    last = "<p>That is all that she said, and nobody asked for more.</p>"
    assert "Another story" not in html(page(f"{LONG}<ul>{stories}</ul>{last}"))
    assert html(page(f"{LONG}<p>Of this we wrote before:</p><ul>{stories}</ul>{last}")).count("Another story") == 4
    assert html(page(f"{LONG}<h2>Sources</h2><ul>{stories}</ul>{last}")).count("Another story") == 4


def test_the_feeds_text_tells_which_part_is_the_article() -> None:
    """A long discussion below a short piece of news: by their length the comments would win."""
    news = f"<p>{SENTENCES[4]} {SENTENCES[1]}</p><p>{SENTENCES[3]} {SENTENCES[2]}</p><p>{SENTENCES[0]}</p>"
    talk = "".join(f"<p>Well, {n}, I think that this, and that, and all the rest, is quite a thing, really, is it not, "
                   f"my friend number {n}, and so on, and on, and on.</p>" for n in range(30))  # fmt: skip
    source = (
        f"<html><head><title>Tides</title></head><body><main>{news}</main><section><div>{talk}</div></section>"
        "</body></html>"
    )
    assert "I think" in html(source)
    told = html(source, text=f"{SENTENCES[4]} {SENTENCES[1]}")
    assert SENTENCES[4] in told
    assert "I think" not in told


def test_a_page_that_shows_nothing_but_says_all_to_machines() -> None:
    body = " ".join(SENTENCES * 2) + r"\n\n" + " ".join(SENTENCES)
    linked = f'<script type="application/ld+json">{{"@graph": [{{"articleBody": "{body}"}}]}}</script>'
    found = html(f"<html><head><title>T</title>{linked}</head><body><div id=app></div></body></html>")
    assert found.count("<p>") == 2
    assert SENTENCES[2] in found


def test_a_page_that_shows_the_beginning_and_says_the_rest_to_machines() -> None:
    rest = " ".join(f"Boat {n} came on day {n} with {n * 7} people and {n * 3} sheep on board." for n in range(60))
    body = " ".join(SENTENCES) + " " + rest
    linked = f'<script type="application/ld+json">{{"articleBody": "{body}"}}</script>'
    beginning = f"{SENTENCES[0]} {SENTENCES[1]}"
    found = html(page(paragraphs(2), head=linked), text=beginning)
    assert "Boat 59" in found
    other = f'<script type="application/ld+json">{{"articleBody": "{"Of another story, this is all. " * 40}"}}</script>'
    assert "Part 1" in html(page(paragraphs(5), head=other), text=beginning)


LINKED_NOT_FREE = '<script type="application/ld+json">{"isAccessibleForFree": "False"}</script>'


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (page(paragraphs(2), head=LINKED_NOT_FREE), PAYWALL),
        (page(paragraphs(2) + "<p>This article is for subscribers only.</p>"), PAYWALL),
        (page(paragraphs(1) + "<p>Already a subscriber? Log in.</p>"), PAYWALL),
        (page(paragraphs(1) + "<p>Weiterlesen mit dem Harbour-Abo.</p>"), PAYWALL),
        ("<html><body><p>Subscribe to continue reading</p></body></html>", PAYWALL),
        ("<html><body><noscript>Please enable JavaScript</noscript><div id=a></div></body></html>", NEEDS_SCRIPT),
        ("<html><title>Just a moment...</title><body><p>Checking your browser</p></body></html>", ROBOT),
        ("<html><body><nav><a href=/>Home</a></nav></body></html>", NOTHING),
    ],
)
def test_why_there_is_no_text(source: str, why: str) -> None:
    assert reason(source, text=" ".join(SENTENCES)) == why


def test_a_whole_article_is_taken_though_it_is_not_free_or_speaks_of_subscribers() -> None:
    assert html(page(paragraphs(9), head=LINKED_NOT_FREE))
    assert html(page("<p>Already a subscriber? Log in.</p>" + paragraphs(3)))
    assert html(page(paragraphs(9) + "<p>Members-only clubs lost subscribers. Subscribe to read more.</p>"))


def test_less_than_the_feed_has_is_refused() -> None:
    assert reason(page(paragraphs(2)), text=" ".join(SENTENCES * 5)) == LESS


def test_a_page_of_plain_text_is_read_as_paragraphs() -> None:
    source = Source(b"One line of it.\n\nAnd, after a blank one, the whole rest of it.", URL, "page", "text/plain")
    found = parse(source)
    assert isinstance(found, MainText)
    assert found.html == "<p>One line of it.</p><p>And, after a blank one, the whole rest of it.</p>"


def test_a_list_of_links_is_no_article_and_hurts_nobody() -> None:
    assert isinstance(read(f"<html><body><ul>{RELATED * 5}</ul></body></html>"), MainText | Unreadable)


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 4000 + LONG,
        "<html>" + "<" * 20_000,
        "<title>" * 5000 + "<base " * 5000 + "<meta " * 5000,
        "<script type=application/ld+json>" + "[" * 50_000 + "</script>" + LONG,
        "<script type=application/ld+json>" * 3000,
        "<p id=a" * 3000,
        "<table><tr><td>" * 1500 + LONG,
        "<html><body>" + "\0\x1b[2J\u202e" * 50 + LONG,
    ],
)
def test_pages_made_to_hurt_come_to_an_end(source: str) -> None:
    found = read("<html><body>" + source)
    assert not isinstance(found, MainText) or "\x1b" not in found.html


TAGS = ("div", "p", "article", "ul", "li", "table", "tr", "td", "a href=/x", "span class=share", "h1", "br",
        "img src=x", "section id=comments", "pre", "code", "form", "figure", "main", "b",
        "div style='display:none'")  # fmt: skip
soup = st.lists(
    st.one_of(
        st.sampled_from(TAGS).map(lambda tag: f"<{tag}>"),
        st.sampled_from(TAGS).map(lambda tag: f"</{tag.split()[0]}>"),
        st.sampled_from(SENTENCES),
        st.text(max_size=20),
    ),
    max_size=60,
).map("".join)


@settings(deadline=None, max_examples=150)
@given(soup, st.text(max_size=60))
def test_any_page_gives_clean_html_or_a_reason(source: str, text: str) -> None:
    found = read("<html><body>" + source, text=text)
    if isinstance(found, MainText):
        assert clean(found.html, None).html == found.html
    else:
        assert found.reason
        assert "could not be read" not in found.reason
