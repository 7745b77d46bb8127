"""A web page kept as a file: what its head says of the article, and its main part as our HTML subset."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from reader.model import Entry
from reader.parse import dates
from reader.parse.source import Source
from reader.text import clean_line, fold

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_TITLES = ("dc:title", "dcterms:title", "dcterm:title", "og:title", "twitter:title", "dc.title", "title")
_AUTHORS = (
    "dc:creator",
    "dcterms:creator",
    "dcterm:creator",
    "author",
    "dc.creator",
    "parsely-author",
    "article:author",
)
_DAYS = (
    "article:published_time", "datepublished", "dc.date.issued", "dcterms.issued", "dc.date", "dc:date", "date",
    "parsely-pub-date", "pubdate", "sailthru.date", "og:published_time", "citation_publication_date",
)  # fmt: skip
_CHANGES = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified")
_BETWEEN = re.compile(r"\s+(?:[|»·/\\>]|::|[-–—])\s+")
_BY = re.compile(r"(?:by|posted by|written by)[: ]\s*", re.IGNORECASE)


def read(source: Source, text: str) -> Entry:
    """The decoded page as one entry; its guid is the source's name."""
    from selectolax.lexbor import LexborHTMLParser

    from reader.parse.html import clean

    tree = LexborHTMLParser(text)
    said = _said(tree)
    link = _link(tree, source.url)
    headings = [text for node in tree.css("h1")[:10] if (text := clean_line(node.text()))]
    title = _title(tree, said, headings)
    author = _author(tree, said)
    published, updated = _first_day(said, _DAYS) or _marked_day(tree), _first_day(said, _CHANGES)
    main = _main(tree)
    _drop_heading(main, title)
    body = clean(main.html or "" if main is not None else "", _base(tree, source.url))
    return Entry(
        guid=source.name or source.url,
        title=title,
        html=body.html,
        text=body.text,
        author=author,
        link=link,
        published=published,
        updated=updated,
        language=_language(tree, said),
        mtime=source.mtime,
    )


def _said(tree: LexborHTMLParser) -> dict[str, str]:
    """What ``meta`` elements and linked data (schema.org) say, by lower-case name; the first of each name counts."""
    said: dict[str, str] = {}
    for attribute in ("property", "name", "itemprop"):
        for node in tree.css(f"meta[{attribute}]")[:500]:
            names = (node.attributes.get(attribute) or "").lower().split()
            content = clean_line(node.attributes.get("content") or "")
            for name in names:
                if content:
                    said.setdefault(name, content)
    for node in tree.css('script[type="application/ld+json"]')[:10]:
        for key, value in _linked(node.text()):
            said.setdefault(key, value)
    return said


def _linked(text: str) -> list[tuple[str, str]]:
    """Author and days of the first article in a block of linked data."""
    try:
        data: Any = json.loads(text[:200_000])
    except (ValueError, RecursionError):
        return []
    if isinstance(data, dict):
        data = data.get("@graph", data)
    for item in data if isinstance(data, list) else [data]:
        if isinstance(item, dict) and str(item.get("@type", "")).endswith(
            ("Article", "Posting", "Article']", "Posting']")
        ):
            people = item.get("author")
            people = people if isinstance(people, list) else [people]
            names = [person.get("name") if isinstance(person, dict) else person for person in people]
            found = {
                "author": ", ".join(name for name in names if isinstance(name, str)),
                "datepublished": item.get("datePublished"),
                "datemodified": item.get("dateModified"),
            }
            return [
                (key, clean_line(value)) for key, value in found.items() if isinstance(value, str) and value.strip()
            ]
    return []


def _title(tree: LexborHTMLParser, said: dict[str, str], headings: list[str]) -> str | None:
    """What the page is called: by its head for others, else by ``title`` without the site's name, else by a heading."""
    for name in _TITLES[:-2]:
        if name in said:
            return said[name]
    node = tree.css_first("head title") or tree.css_first("title")
    whole = clean_line(node.text()) if node is not None else ""
    if not whole:
        return said.get("dc.title") or said.get("title") or (headings[0] if headings else None)
    cuts = [found.start() for found in _BETWEEN.finditer(whole)]
    for cut in cuts:
        if any(fold(heading) == fold(whole[:cut]) for heading in headings):
            return whole[:cut]
    if cuts and len(whole[: cuts[-1]].split()) > 2:
        return whole[: cuts[-1]]
    return whole


def _author(tree: LexborHTMLParser, said: dict[str, str]) -> str | None:
    for name in _AUTHORS:
        if name in said and "://" not in said[name]:
            return said[name]
    for selector in (
        '[rel~="author"]',
        '[itemprop~="author"] [itemprop~="name"]',
        '[itemprop~="author"]',
        ".byline",
        ".p-author",
    ):
        node = tree.css_first(selector)
        text = _BY.sub("", clean_line(node.text(separator=" ")), count=1).strip() if node is not None else ""
        if 0 < len(text) <= 100:
            return text
    return None


def _first_day(said: dict[str, str], names: tuple[str, ...]) -> int | None:
    return next((found for name in names if name in said and (found := dates.moment(said[name])) is not None), None)


def _marked_day(tree: LexborHTMLParser) -> int | None:
    """The day in a ``time`` element: the one marked as the publication's, or the first of the article."""
    for selector in ("time[pubdate]", 'time[itemprop~="datePublished"]', "article time[datetime]", "time[datetime]"):
        node = tree.css_first(selector)
        if node is not None and (found := dates.moment(node.attributes.get("datetime") or node.text())) is not None:
            return found
    return None


def _language(tree: LexborHTMLParser, said: dict[str, str]) -> str | None:
    root = tree.css_first("html")
    language = root.attributes.get("lang") or root.attributes.get("xml:lang") if root is not None else None
    found = re.match(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*", language or said.get("og:locale") or "")
    return found[0].replace("_", "-") if found else None


def _link(tree: LexborHTMLParser, base: str) -> str | None:
    """Where the page says that it lives on the web."""
    for selector, attribute in (('link[rel~="canonical"]', "href"), ('meta[property="og:url"]', "content")):
        node = tree.css_first(selector)
        link = clean_line(node.attributes.get(attribute) or "") if node is not None else ""
        if link.startswith(("http://", "https://")):
            return link
    return base if base.startswith(("http://", "https://")) else None


def _base(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first("base[href]")
    try:
        return urljoin(url, node.attributes.get("href") or "") if node is not None else url
    except ValueError:
        return url


def _main(tree: LexborHTMLParser) -> LexborNode | None:
    """The one article of the page, else its main part, else all of it."""
    for selector in ("article", "main", '[role="main"]'):
        nodes = tree.css(selector)
        if len(nodes) == 1 and nodes[0].text().strip():
            return nodes[0]
    return tree.body


def _drop_heading(main: LexborNode | None, title: str | None) -> None:
    """Take out the first heading where it says the title again."""
    heading = main.css_first("h1") if main is not None else None
    if heading is not None and title and fold(clean_line(heading.text())) == fold(title):
        heading.decompose()
