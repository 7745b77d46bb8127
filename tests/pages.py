"""Web pages of our own making, as sites write them: an article with everything that stands around one."""

from __future__ import annotations

from reader.text import clean_line

SENTENCES = (
    "The first boats left before sunrise, and by noon the quay was full of people who had come to see them.",
    "Nobody had expected the repairs to be done in time, least of all those who paid for them.",
    "It is a small change that took four years, two committees and one very patient engineer.",
    "In the archive lies a letter that says the same thing in fewer words, signed by all of them.",
    "The numbers are modest, and yet what they mean for the valley is not.",
    "Asked what would come next, she pointed at the tide table on the wall, and then at the door.",
)
TITLE = "Ferries return to the outer islands"
NAVIGATION = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("news", "sport", "weather", "opinion"))
RELATED = "".join(f'<li><a href="/{n}">Another story of the day, number {n}</a></li>' for n in range(9))


def paragraphs(count: int, start: int = 0) -> str:
    """So many paragraphs, each of its own words."""
    return "".join(
        f"<p>Part {number}: {SENTENCES[number % 6]} {SENTENCES[(number + 1) % 6]} {SENTENCES[(number + 3) % 6]}</p>"
        for number in range(start, start + count)
    )


def page(body: str, *, title: str = TITLE, head: str = "") -> str:
    """A page of a news site with an article in it."""
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{title} | The Harbour Post</title>{head}
<style>p {{ color: red }}</style></head><body>
<header class="site-header"><a href="/">The Harbour Post</a><nav><ul>{NAVIGATION}</ul></nav></header>
<div id="page"><div class="cookie-banner"><p>We use cookies, and 214 partners do, to make your day better.</p></div>
<main><article class="post"><h1>{title}</h1><p class="byline">By Ida Holm</p>
<div class="share-bar"><a href="https://example.org/s1">Share</a><a href="https://example.org/s2">Tweet</a></div>
<div class="entry-content">{body}</div>
<div class="related"><h3>Related stories</h3><ul>{RELATED}</ul></div></article>
<aside class="sidebar"><h2>Most read</h2><ol>{RELATED}</ol></aside>
<section id="comments"><p>First! This was, I must say, the best article of my life so far, all in all.</p></section>
</main>
<footer><p>Copyright The Harbour Post. All rights reserved. Subscribe to our newsletter, do.</p></footer></div>
<script>window.analytics = "tracking";</script></body></html>"""


def words(text: str) -> str:
    """A text as one line."""
    return clean_line(text, 1_000_000)
