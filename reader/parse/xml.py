"""RSS 0.9x to 2.0, RSS 1.0 (RDF) and Atom 0.3 and 1.0 by feedparser, which forgives what publishers do to XML.

Its cleaning and its resolving of addresses in bodies are off (they are half of its time): bodies are cleaned by
``html`` and resolved there against the base of the field they stand in. It is not told the document's address either,
or the ids of entries would change with it.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from reader.model import Enclosure, Entry, ParsedFeed, Unreadable
from reader.parse import addresses, dates, identity, titles
from reader.parse.bodies import Body, cleaned
from reader.parse.jsonfeed import language, size

_MOST_ENTRIES = 100_000
_DECLARATION = re.compile(r"<\?xml[^>]*\?>\s*")
_HEADERS = {"content-type": "application/xml; charset=utf-8"}
_PERIODS = {"hourly": 3600, "daily": 86400, "weekly": 7 * 86400, "monthly": 30 * 86400, "yearly": 365 * 86400}
_MOST_WAIT = 365 * 86400
_HTML_TYPES = ("text/html", "application/xhtml+xml")
_RDF = ("rss10", "rss090")
_PAGES = ("via", "related", "canonical", "bookmark")
_PLAYABLE = ("audio", "video")
# References to characters that there are not: halves of a surrogate pair, numbers beyond Unicode.
_NO_CHARACTER = re.compile(
    r"(?:&#(?:x0*(?:d[89a-f][0-9a-f]{2}|[1-9a-f][0-9a-f]{5,})|0*(?:5[5-7]\d{3}|[1-9]\d{6,}));)+", re.IGNORECASE
)
_NUMBER = re.compile(r"(x?)0*([0-9a-f]+);", re.IGNORECASE)
# Elements that feedparser stumbles over where it does not expect them, and that say nothing of an article.
_STUMBLING = re.compile(r"</?(?:[\w.-]+:)?(?:pos|posList|textinput|category|width|height)\b[^<>]*>", re.IGNORECASE)
_BEGINNING = re.compile(r"<(?:[\w.-]+:)?(?:item|entry)(?=[\s>])", re.IGNORECASE)
_END = re.compile(r"</(?:[\w.-]+:)?(?:item|entry)\s*>", re.IGNORECASE)
_LAST = re.compile(r"</(?:[\w.-]+:)?(?:rss|feed|rdf|channel)\b", re.IGNORECASE)

Fields = dict[str, Any]


def read(text: str, url: str) -> ParsedFeed | Unreadable:
    """A feed from its decoded text; ``url`` is the base where the document names none."""
    text = _NO_CHARACTER.sub(_characters, text)
    try:
        found = _parsed(text)
    except (LookupError, TypeError, ValueError):
        found = _parsed(_STUMBLING.sub("", text))
    feed, items = found["feed"], found["entries"]
    if not items and not found.get("version"):
        return Unreadable("The document looks like a feed, but none could be read from it.")
    if not items and found["version"] in _RDF and not _get(feed, "title"):
        return Unreadable("The document is RDF, but no feed.")
    is_whole = not found.get("bozo") or _LAST.search(text[-1000:]) is not None
    if not is_whole and _ends_within_entry(text):
        items = items[:-1]
    if not is_whole and not items:
        return Unreadable("The feed breaks off before the end of its first article.")
    return _Reading(found.get("version") or "", feed, url).feed(items[:_MOST_ENTRIES], is_whole=is_whole)


def _parsed(text: str) -> Fields:
    import feedparser

    # What is left of an encoding's declaration would contradict the bytes.
    data = _DECLARATION.sub("", text, count=1).encode("utf-8", "replace")
    found: Fields = feedparser.parse(
        io.BytesIO(data), response_headers=_HEADERS, sanitize_html=False, resolve_relative_uris=False
    )
    return found


def _characters(found: re.Match[str]) -> str:
    """What is meant by a run of references: pairs of surrogates joined, the replacement character for the others."""
    numbers = [int(digits[:8], 16 if x else 10) for x, digits in _NUMBER.findall(found[0])]
    text = "".join(chr(number) if number <= sys.maxunicode else "\ufffd" for number in numbers)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _ends_within_entry(text: str) -> bool:
    return _last(_BEGINNING, text) > _last(_END, text)


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((found.start() for found in pattern.finditer(text)), default=-1)


class _Reading:
    """What feedparser found, turned into ours."""

    def __init__(self, version: str, feed: Fields, url: str) -> None:
        self.version = version
        self.fields = feed
        self.url = url
        self.is_atom = version.startswith("atom")
        self.site = _link_of(feed, url)
        self.language = language(_get(feed, "language"))
        self._hosts = {addresses.host(url), addresses.host(self.site or "")}

    def feed(self, items: Iterable[Fields], *, is_whole: bool) -> ParsedFeed:
        """The whole feed with its entries in document order."""
        return ParsedFeed(
            format="atom" if self.is_atom else "rdf" if self.version in _RDF else "rss",
            title=_title(self.fields),
            entries=identity.assign([self._entry(item) for item in items]),
            site_url=self.site if addresses.is_web(self.site) else None,
            language=self.language,
            refresh_after=_refresh_after(self.fields),
            is_whole=is_whole,
        )

    def _entry(self, item: Fields) -> Entry:
        written_id = _get(item, "id")
        link = _link_of(item, self.url)
        if link is None and _get(item, "guidislink"):
            link = _web(written_id)
        body, chosen = cleaned(self._bodies(item, link))
        published = _moment(item, "published")
        updated = _moment(item, "updated")
        created = _moment(item, "created")
        spoken = language(_get(item, "language")) or language(chosen.language if chosen else None)
        return Entry(
            guid=identity.publisher_id(written_id),
            title=_title(item),
            html=body.html,
            text=body.text,
            author=_author(item) or (_author(self.fields) if self.is_atom else None),
            link=link,
            comments_link=_comments(item, self.url),
            published=next((moment for moment in (published, created, updated) if moment is not None), None),
            updated=updated,
            language=spoken or self.language,
            enclosures=_enclosures(item, self.url),
        )

    def _bodies(self, item: Fields, link: str | None) -> Iterator[Body]:
        """Contents of HTML, other contents, the summary."""
        contents = [one for one in _get(item, "content") or [] if isinstance(one, dict)]
        summary = _get(item, "summary_detail") or {"value": _get(item, "summary"), "type": "text/html"}
        for one in [*sorted(contents, key=lambda one: one.get("type") not in _HTML_TYPES), summary]:
            value = one.get("value")
            if isinstance(value, str):
                is_html = one.get("type", "text/html") in _HTML_TYPES
                yield Body(value, is_html, self._base(one.get("base"), link), one.get("language"))

    def _base(self, declared: str | None, link: str | None) -> str:
        """The base that the document declares; else Atom means itself, RSS an entry's page on the same site."""
        if declared:
            return addresses.absolute(declared, self.url) or self.url
        if not self.is_atom and link and addresses.is_web(link) and addresses.host(link) in self._hosts:
            return link
        return self.url


def _get(fields: Fields, name: str) -> Any:
    """A value without feedparser's own mapping of names, which warns and guesses."""
    return dict.get(fields, name)


def _title(fields: Fields) -> str | None:
    detail = _get(fields, "title_detail") or {}
    title = _get(fields, "title")
    return titles.plain(title, is_html=detail.get("type") in _HTML_TYPES) if isinstance(title, str) else None


def _moment(item: Fields, name: str) -> int | None:
    return dates.moment(_get(item, name), _get(item, f"{name}_parsed"))


def _web(address: object) -> str | None:
    found = addresses.absolute(address, None) if isinstance(address, str) else None
    return found if addresses.is_web(found) else None


def _link_of(fields: Fields, url: str) -> str | None:
    """The page that an entry or a feed is about: the alternate in HTML, else the first that a browser can open."""
    links = [link for link in _get(fields, "links") or [] if isinstance(link, dict)]
    fitting = [link for link in links if link.get("rel") == "alternate" and link.get("type") in _HTML_TYPES]
    fitting += [link for link in links if link.get("rel") == "alternate"]
    fitting += [link for link in links if link.get("rel") in _PAGES]
    for link in fitting:
        address = addresses.absolute(link.get("href") or "", url)
        if address is not None:
            return address
    bare = _get(fields, "link")
    return addresses.absolute(bare, url) if isinstance(bare, str) and bare != _get(fields, "id") else None


def _comments(item: Fields, url: str) -> str | None:
    replies = [
        link.get("href")
        for link in _get(item, "links") or []
        if link.get("rel") == "replies" and link.get("type", "text/html") in _HTML_TYPES
    ]
    for address in (_get(item, "comments"), *replies):
        found = addresses.absolute(address, url) if isinstance(address, str) else None
        if addresses.is_web(found):
            return found
    return None


def _author(fields: Fields) -> str | None:
    """The authors' names, their addresses where they give no name."""
    people = [person for person in _get(fields, "authors") or [] if isinstance(person, dict)]
    names = [titles.plain(person.get("name") or person.get("email")) for person in people[:50]]
    return ", ".join(dict.fromkeys(name for name in names if name)) or titles.plain(_get(fields, "author"))


def _enclosures(item: Fields, url: str) -> tuple[Enclosure, ...]:
    """Enclosures, and what Media RSS offers to hear or see; each address once."""
    found: dict[str, Enclosure] = {}
    links = [link for link in _get(item, "links") or [] if link.get("rel") == "enclosure"]
    media = [one for one in _get(item, "media_content") or [] if _is_playable(one)]
    for one in [*links, *media]:
        address = addresses.absolute(one.get("href") or one.get("url") or "", url)
        if address is not None and address not in found:
            length = size(one.get("length") or one.get("filesize"))
            found[address] = Enclosure(address, titles.plain(one.get("type")), length)
    return tuple(found.values())


def _is_playable(media: Fields) -> bool:
    return str(media.get("medium")) in _PLAYABLE or str(media.get("type")).split("/")[0] in _PLAYABLE


def _refresh_after(feed: Fields) -> int | None:
    """The publisher's wish: ``ttl`` in minutes, or the period of the syndication module over its frequency."""
    try:
        seconds = int(float(_get(feed, "ttl") or 0)) * 60
        period = _PERIODS.get(str(_get(feed, "sy_updateperiod") or "").strip().lower())
        if not seconds and period:
            seconds = period // max(1, int(float(_get(feed, "sy_updatefrequency") or 1)))
    except (ValueError, OverflowError):
        return None
    return min(seconds, _MOST_WAIT) if seconds > 0 else None
