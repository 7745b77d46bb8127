"""The feeds that a web page names: in its head, and by links in its text that look like feeds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reader.model import FoundFeed, FoundFeeds
from reader.parse import addresses, titles
from reader.parse.flatten import safe

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_TYPES = re.compile(
    r"(?:application|text)/(?:rss|atom|rdf|feed|x\.atom|x-rss|json\+feed)(?:\+(?:xml|json))?", re.IGNORECASE
)
_LIKELY = re.compile(
    r"(?:[/.](?:rss|atom|rdf)(?:\.xml|\.php|2|1)?|/(?:feed|feeds)|/(?:index|feed|rss|atom|feeds?/[\w.-]+)\.(?:xml|json)"
    r"|[?&]feed=\w+|[?&](?:format|type|alt)=(?:rss|atom)|^https?://feeds?\.[^/]+/.+)/?(?:[?#].*)?$",
    re.IGNORECASE,
)
_CALLED = re.compile(r"(?:rss|atom|json|web)?[ -]?feed|rss(?: 2\.0)?|atom|subscribe (?:via|by|with) rss", re.IGNORECASE)
_MOST = 100
_LONGEST = 4_000_000


def feeds(html: str, url: str) -> FoundFeeds:
    """The feeds of a page in its order, absolute and each once; ``url`` is the page's own address."""
    from selectolax.lexbor import LexborHTMLParser

    html = html[:_LONGEST].encode("utf-8", "ignore").decode()
    parser = LexborHTMLParser(safe(html))
    place = url
    base = parser.css_first("base[href]")
    if base is not None:
        place = addresses.absolute(base.attributes.get("href") or "", url) or url
    announced = _named(_announced(parser), place, {url})
    linked = _named(_linked(parser, place), place, {url, *(feed.url for feed in announced)})
    return FoundFeeds(announced or linked, linked if announced else (), _canonical(parser, place, url))


def _named(links: Iterable[tuple[str, str | None]], place: str, known: set[str]) -> tuple[FoundFeed, ...]:
    found: dict[str, FoundFeed] = {}
    for href, title in links:
        address = addresses.absolute(re.sub("^feed:(?=https?:)|^feed(?=://)", _as_http, href.strip()), place)
        if address and addresses.is_web(address) and address not in known and address not in found:
            found[address] = FoundFeed(address, titles.plain(title, is_html=True))
            if len(found) == _MOST:
                break
    return tuple(found.values())


def _canonical(parser: LexborHTMLParser, place: str, url: str) -> str | None:
    """Where the page says that it lives, if that is elsewhere."""
    link = parser.css_first("link[rel~=canonical][href]")
    address = addresses.absolute((link.attributes.get("href") or "") if link is not None else "", place)
    return address if address and addresses.is_web(address) and address != url else None


def _announced(parser: LexborHTMLParser) -> Iterator[tuple[str, str | None]]:
    """``<link rel=alternate>`` of a feed's type, and ``rel=feed``."""
    for link in parser.css("link[href]"):
        values = link.attributes
        relations = (values.get("rel") or "").lower().split()
        is_feed = "feed" in relations or ("alternate" in relations and _TYPES.match((values.get("type") or "").strip()))
        if is_feed and "stylesheet" not in relations:
            yield values["href"] or "", values.get("title")


def _linked(parser: LexborHTMLParser, url: str) -> Iterator[tuple[str, str | None]]:
    for link in parser.css("a[href]"):
        href, kind = (link.attributes.get("href") or "").strip(), (link.attributes.get("type") or "").strip()
        if href.startswith("feed:") or _TYPES.match(kind) or _LIKELY.search(addresses.absolute(href, url) or ""):
            yield href, _label(link)
        elif _CALLED.fullmatch(label := (_label(link) or "").strip()):
            yield href, label


def _label(link: LexborNode) -> str | None:
    return link.text().strip()[:200] or link.attributes.get("title")


def _as_http(found: re.Match[str]) -> str:
    return "" if found[0] == "feed:" else "https"
