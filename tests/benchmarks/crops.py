"""The documents of the farm: entries with bodies of 2 to 4 kB, written as RSS, Atom, RDF and JSON Feed."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import formatdate
from html import escape

from tests.benchmarks.prose import Writer

TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml",
    "rdf": "application/rdf+xml",
    "json": "application/feed+json",
}
_POOL = 2000
_LEAST, _MOST = 1900, 4200


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed, with its moment in seconds since 1970."""

    title: str
    link: str
    author: str
    html: str
    at: int


class Grower:
    """Makes entries: a paragraph that no other has, and a body out of a pool of lifelike ones."""

    def __init__(self, seed: int = 5) -> None:
        chance = random.Random(seed)
        writer = Writer(seed)
        pieces = (writer.piece(chance) for _ in range(_POOL * 10))
        pool = [piece for piece in pieces if _LEAST <= len(piece.html.encode()) <= _MOST]
        self._pool = pool[:_POOL]

    def entry(self, feed: int, number: int, at: int) -> Entry:
        """Entry ``number`` of a feed, the same whenever it is asked for."""
        piece = self._pool[(feed * 211 + number * 17) % len(self._pool)]
        title = f"{piece.title} {number}"
        lead = f"<p>Number {number} of feed {feed}: {escape(piece.title)}.</p>"
        link = f"http://example.org/{feed}/{number}/{piece.title.split()[0].lower()}"
        return Entry(title, link, piece.author or "A. Writer", lead + piece.html, at)


def document(kind: str, title: str, entries: Sequence[Entry]) -> bytes:
    """A feed of some entries, the newest first, in one of the ``TYPES``."""
    return {"rss": _rss, "atom": _atom, "rdf": _rdf, "json": _json}[kind](title, entries).encode()


def _rss(title: str, entries: Sequence[Entry]) -> str:
    items = "".join(
        f"<item><title>{escape(each.title)}</title><link>{each.link}</link><guid>{each.link}</guid>"
        f"<dc:creator>{escape(each.author)}</dc:creator><pubDate>{formatdate(each.at, usegmt=True)}</pubDate>"
        f"<description>{escape(each.html[:300].rpartition('<')[0])}</description>"
        f"<content:encoded><![CDATA[{each.html}]]></content:encoded></item>\n"
        for each in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom">'
        f"<channel><title>{escape(title)}</title><link>http://example.org/</link><description>{escape(title)}"
        f"</description><language>en</language>\n{items}</channel></rss>\n"
    )


def _atom(title: str, entries: Sequence[Entry]) -> str:
    items = "".join(
        f'<entry><title type="text">{escape(each.title)}</title><link rel="alternate" href="{each.link}"/>'
        f"<id>{each.link}</id><author><name>{escape(each.author)}</name></author><published>{_iso(each.at)}</published>"
        f'<updated>{_iso(each.at)}</updated><content type="html">{escape(each.html)}</content></entry>\n'
        for each in entries
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">'
        f"<title>{escape(title)}</title><link href='http://example.org/'/><id>http://example.org/{escape(title)}</id>"
        f"<updated>{_iso(entries[0].at)}</updated>\n{items}</feed>\n"
    )


def _rdf(title: str, entries: Sequence[Entry]) -> str:
    places = "".join(f'<rdf:li rdf:resource="{each.link}"/>' for each in entries)
    items = "".join(
        f'<item rdf:about="{each.link}"><title>{escape(each.title)}</title><link>{each.link}</link>'
        f"<dc:creator>{escape(each.author)}</dc:creator><dc:date>{_iso(each.at)}</dc:date>"
        f"<content:encoded><![CDATA[{each.html}]]></content:encoded></item>\n"
        for each in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel rdf:about="http://example.org/">'
        f"<title>{escape(title)}</title><link>http://example.org/</link><description>{escape(title)}</description>"
        f"<items><rdf:Seq>{places}</rdf:Seq></items></channel>\n{items}</rdf:RDF>\n"
    )


def _json(title: str, entries: Sequence[Entry]) -> str:
    items = [
        {
            "id": each.link,
            "url": each.link,
            "title": each.title,
            "content_html": each.html,
            "date_published": _iso(each.at),
            "authors": [{"name": each.author}],
        }
        for each in entries
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": title, "home_page_url": "http://example.org/"}
    return json.dumps(feed | {"items": items}, ensure_ascii=False)


def _iso(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat().replace("+00:00", "Z")
