"""What the fields of a feed and its items mean for us: titles, bodies, links, authors, dates.

Fields come under the names that feedparser gives them, from feedparser itself (``xml``) or from the fast lane.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from reader.model import Enclosure, Entry, ParsedFeed
from reader.parse import addresses, dates, identity, titles, unchanged
from reader.parse.bodies import Body, cleaned
from reader.parse.bounds import BROKEN_OFF, MOST_ENTRIES, TOO_MANY
from reader.parse.jsonfeed import language, size

RDF = ("rss10", "rss090")
_PERIODS = {"hourly": 3600, "daily": 86400, "weekly": 7 * 86400, "monthly": 30 * 86400, "yearly": 365 * 86400}
_MOST_WAIT = 365 * 86400
_HTML_TYPES = ("text/html", "application/xhtml+xml")
_PAGES = ("via", "related", "canonical", "bookmark")
_MOST_FILES = 100
_PLAYABLE = ("audio", "video")

# All that an entry is made of, but for its dates.
_SAID = (
    "title", "title_detail", "links", "link", "id", "guidislink", "content", "summary", "summary_detail", "language",
    "authors", "author", "comments", "media_content",
)  # fmt: skip

Fields = dict[str, Any]


class Reading:
    """What was found in a document, turned into ours."""

    def __init__(self, version: str, feed: Fields, url: str) -> None:
        self.version = version
        self.fields = feed
        self.url = url
        self.is_atom = version.startswith("atom")
        self.site = _link_of(feed, url)
        self.language = language(get(feed, "language"))
        self._hosts = {addresses.host(url), addresses.host(self.site or "")}

    def feed(self, items: Sequence[Fields], known: frozenset[int] | None, *, is_whole: bool) -> ParsedFeed:
        """The whole feed with its entries in document order, but for those that are known as they are."""
        document = [self.url, sorted(self._hosts), self.version, self.language, get(self.fields, "authors")]
        entries, same = unchanged.sifted(items, self._entry, self._guid, _said, document, known)
        return ParsedFeed(
            format="atom" if self.is_atom else "rdf" if self.version in RDF else "rss",
            title=_title(self.fields),
            entries=entries,
            site_url=self.site if addresses.is_web(self.site) else None,
            language=self.language,
            refresh_after=_refresh_after(self.fields),
            is_whole=is_whole,
            remark=BROKEN_OFF if not is_whole else TOO_MANY if len(items) >= MOST_ENTRIES else "",
            unchanged=same,
        )

    def _guid(self, item: Fields) -> str:
        """What ``identity`` makes the entry's guid, unless others claim it; empty if it takes the body."""
        return identity.publisher_id(get(item, "id")) or self._link(item) or ""

    def _link(self, item: Fields) -> str | None:
        link = _link_of(item, self.url)
        return _web(get(item, "id")) if link is None and get(item, "guidislink") else link

    def _entry(self, item: Fields, source_hash: int | None) -> Entry:
        link = self._link(item)
        body, chosen = cleaned(self._bodies(item, link))
        published = _moment(item, "published")
        updated = _moment(item, "updated")
        created = _moment(item, "created")
        spoken = language(get(item, "language")) or language(chosen.language if chosen else None)
        return Entry(
            guid=identity.publisher_id(get(item, "id")),
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
            source_hash=source_hash,
        )

    def _bodies(self, item: Fields, link: str | None) -> Iterator[Body]:
        """Contents of HTML, other contents, the summary."""
        contents = _several(item, "content")
        detail = get(item, "summary_detail")
        summary = detail if isinstance(detail, dict) else {"value": get(item, "summary"), "type": "text/html"}
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


def _said(item: Fields) -> list[Any]:
    return [get(item, name) for name in _SAID]


def get(fields: Fields, name: str) -> Any:
    """A value without feedparser's own mapping of names, which warns and guesses."""
    return dict.get(fields, name)


def _several(fields: Fields, name: str) -> list[Fields]:
    """A list of things with attributes; empty where a document has made something else of that name."""
    found = get(fields, name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _title(fields: Fields) -> str | None:
    title, detail = get(fields, "title"), get(fields, "title_detail")
    is_html = isinstance(detail, dict) and detail.get("type") in _HTML_TYPES
    return titles.plain(title, is_html=is_html) if isinstance(title, str) else None


def _moment(item: Fields, name: str) -> int | None:
    written = get(item, name)
    return dates.moment(written if isinstance(written, str) else None, get(item, f"{name}_parsed"))


def _web(address: object) -> str | None:
    found = addresses.absolute(address, None) if isinstance(address, str) else None
    return found if addresses.is_web(found) else None


def _link_of(fields: Fields, url: str) -> str | None:
    """The page that an entry or a feed is about: the alternate in HTML, else the first that a browser can open."""
    links = _several(fields, "links")
    alternates = [link for link in links if link.get("rel") == "alternate"]
    fitting = (
        *(link for link in alternates if link.get("type") in _HTML_TYPES),
        *alternates,
        *(link for link in links if link.get("rel") in _PAGES),
    )
    for link in fitting:
        address = addresses.absolute(link.get("href") or "", url)
        if address is not None:
            return addresses.without_user(address)
    bare = get(fields, "link")
    address = addresses.absolute(bare, url) if isinstance(bare, str) and bare != get(fields, "id") else None
    return address and addresses.without_user(address)


def _comments(item: Fields, url: str) -> str | None:
    replies = [
        link.get("href")
        for link in _several(item, "links")
        if link.get("rel") == "replies" and link.get("type", "text/html") in _HTML_TYPES
    ]
    for address in (get(item, "comments"), *replies):
        found = addresses.absolute(address, url) if isinstance(address, str) else None
        if found is not None and addresses.is_web(found):
            return addresses.without_user(found)
    return None


def _author(fields: Fields) -> str | None:
    """The authors' names, their addresses where they give no name."""
    people = _several(fields, "authors")[:50]
    names = [titles.plain(person.get("name") or person.get("email")) for person in people]
    return ", ".join(dict.fromkeys(name for name in names if name)) or titles.plain(get(fields, "author"))


def _enclosures(item: Fields, url: str) -> tuple[Enclosure, ...]:
    """Enclosures, and what Media RSS offers to hear or see; each address once."""
    found: dict[str, Enclosure] = {}
    links = [link for link in _several(item, "links") if link.get("rel") == "enclosure"]
    media = [one for one in _several(item, "media_content") if _is_playable(one)]
    for one in [*links, *media]:
        address = addresses.absolute(one.get("href") or one.get("url") or "", url)
        if len(found) >= _MOST_FILES:
            break
        if address is not None and address not in found:
            length = size(one.get("length") or one.get("filesize"))
            found[address] = Enclosure(address, titles.plain(one.get("type")), length)
    return tuple(found.values())


def _is_playable(media: Fields) -> bool:
    return str(media.get("medium")) in _PLAYABLE or str(media.get("type")).split("/")[0] in _PLAYABLE


def _refresh_after(feed: Fields) -> int | None:
    """The publisher's wish: ``ttl`` in minutes, or the period of the syndication module over its frequency."""
    try:
        seconds = int(float(get(feed, "ttl") or 0)) * 60
        period = _PERIODS.get(str(get(feed, "sy_updateperiod") or "").strip().lower())
        if not seconds and period:
            seconds = period // max(1, int(float(get(feed, "sy_updatefrequency") or 1)))
    except (TypeError, ValueError, OverflowError):
        return None
    return min(seconds, _MOST_WAIT) if seconds > 0 else None
