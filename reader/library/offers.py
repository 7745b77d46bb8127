"""A few feeds to begin with: long-lived, well known, free to read, by topic. Offered, never fetched unasked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Offer:
    """A feed that a newcomer may pick; it is filed in a folder named after its topic."""

    topic: str
    title: str
    url: str
    about: str


OFFERS = (
    Offer("World", "BBC World", "https://feeds.bbci.co.uk/news/world/rss.xml", "news from every continent"),
    Offer("World", "The Guardian", "https://www.theguardian.com/world/rss", "world news and long reads"),
    Offer("World", "Al Jazeera", "https://www.aljazeera.com/xml/rss/all.xml", "news with a view from the South"),
    Offer("World", "Deutsche Welle", "https://rss.dw.com/rdf/rss-en-all", "Germany's world service, in English"),
    Offer("Science", "Quanta Magazine", "https://www.quantamagazine.org/feed/", "mathematics and science in depth"),
    Offer("Science", "NASA", "https://www.nasa.gov/feed/", "missions, pictures and discoveries"),
    Offer("Science", "Nature", "https://www.nature.com/nature.rss", "the journal, week by week"),
    Offer("Technology", "LWN.net", "https://lwn.net/headlines/newrss", "Linux and free software, in detail"),
    Offer("Technology", "Ars Technica", "https://feeds.arstechnica.com/arstechnica/index", "technology and science"),
    Offer("Technology", "Hacker News", "https://news.ycombinator.com/rss", "what programmers talk about today"),
    Offer("Programming", "Rust Blog", "https://blog.rust-lang.org/feed.xml", "releases and ideas of the Rust project"),
    Offer("Programming", "The Go Blog", "https://go.dev/blog/feed.atom", "releases and ideas of the Go project"),
    Offer("Programming", "Planet Python", "https://planetpython.org/rss20.xml", "hundreds of Python blogs in one"),
    Offer("Programming", "Lobsters", "https://lobste.rs/rss", "links on computing, chosen by its community"),
    Offer("Culture", "xkcd", "https://xkcd.com/atom.xml", "a comic of romance, sarcasm, maths and language"),
    Offer("Culture", "Aeon", "https://aeon.co/feed.rss", "essays on ideas and culture"),
    Offer(
        "Culture",
        "The Public Domain Review",
        "https://publicdomainreview.org/rss.xml",
        "curious and out of copyright",
    ),
)
