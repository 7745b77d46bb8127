"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/) into entries, whatever the types of its values."""

from __future__ import annotations

import json
import re
from typing import Any

from reader.model import Enclosure, Entry, ParsedFeed, Unreadable
from reader.parse import addresses, dates, identity, titles, unchanged
from reader.parse.bodies import Body, cleaned
from reader.parse.bounds import BROKEN_OFF, MOST_ENTRIES, NONE_WHOLE, TOO_MANY

_DATES = ("date_published", "date_modified")
_LANGUAGE = re.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}").fullmatch
_ITEMS = re.compile(r'"items"\s*:\s*\[')


def read(text: str, url: str, known: frozenset[int] | None = None) -> ParsedFeed | Unreadable:
    """A feed from its text; of one that is cut off, the entries that are whole. ``known`` is as in ``Source``."""
    try:
        (feed, _), is_whole = _DECODER.raw_decode(text), True
    except ValueError:
        feed, is_whole = _whole_part(text)
    if not isinstance(feed, dict) or not _is_feed(feed):
        return Unreadable("The document is JSON, but no feed.")
    items = feed.get("items")
    if not items and not is_whole:
        return Unreadable(NONE_WHOLE)
    remark = "" if is_whole else BROKEN_OFF
    if isinstance(items, list) and len(items) > MOST_ENTRIES:
        remark = TOO_MANY
    spoken = language(feed.get("language"))
    home = addresses.absolute(_text(feed.get("home_page_url")), url)
    items = [item for item in (items if isinstance(items, list) else [])[:MOST_ENTRIES] if isinstance(item, dict)]
    entries, same = unchanged.sifted(
        items,
        lambda item, source_hash: _entry(item, url, spoken, source_hash),
        lambda item: _guid(item, url),
        _said,
        [url, spoken],
        known,
    )
    return ParsedFeed(
        format="json",
        title=titles.plain(_text(feed.get("title"))),
        entries=entries,
        site_url=home if addresses.is_web(home) else None,
        language=spoken,
        is_whole=is_whole,
        remark=remark,
        unchanged=same,
    )


def language(written: object) -> str | None:
    """A language tag (RFC 5646) as written, None if it is none."""
    if not written:
        return None
    tag = _text(written).strip().replace("_", "-")
    return tag if _LANGUAGE(tag) else None


def _is_feed(feed: dict[str, Any]) -> bool:
    return "jsonfeed.org" in _text(feed.get("version")) or isinstance(feed.get("items"), list)


def _guid(item: dict[str, Any], url: str) -> str:
    """What ``identity`` makes the entry's guid, unless others claim it; empty if it takes the body."""
    return identity.publisher_id(item.get("id")) or _link(item, url) or ""


def _said(item: dict[str, Any]) -> dict[str, Any]:
    """All that an entry is made of, but for its dates."""
    return {name: value for name, value in item.items() if name not in _DATES}


def _link(item: dict[str, Any], url: str) -> str | None:
    found = addresses.absolute(_text(item.get("url")), url) or addresses.absolute(_text(item.get("external_url")), url)
    return found and addresses.without_user(found)


def _entry(item: dict[str, Any], url: str, spoken: str | None, source_hash: int | None) -> Entry:
    link = _link(item, url)
    base = link if addresses.is_web(link) and addresses.host(link or "") == addresses.host(url) else url
    body, _ = cleaned(
        [
            Body(_text(item.get("content_html")), True, base),
            Body(_text(item.get("content_text")), False, base),
            Body(_text(item.get("summary")), False, base),
        ]
    )
    published = dates.moment(_text(item.get("date_published")))
    updated = dates.moment(_text(item.get("date_modified")))
    return Entry(
        guid=identity.publisher_id(item.get("id")),
        title=titles.plain(_text(item.get("title"))),
        html=body.html,
        text=body.text,
        author=_authors(item),
        link=link,
        published=updated if published is None else published,
        updated=updated,
        language=language(item.get("language")) or spoken,
        enclosures=_enclosures(item.get("attachments"), url),
        source_hash=source_hash,
    )


def _authors(item: dict[str, Any]) -> str | None:
    """The names of 1.1's authors, or of 1.0's author."""
    several = item.get("authors")
    people = several if isinstance(several, list) else [item.get("author")]
    names = [titles.plain(_text(person.get("name") if isinstance(person, dict) else person)) for person in people[:50]]
    return ", ".join(dict.fromkeys(name for name in names if name)) or None


def _enclosures(attachments: object, url: str) -> tuple[Enclosure, ...]:
    found = []
    for one in attachments[:100] if isinstance(attachments, list) else ():
        address = addresses.absolute(_text(one.get("url")), url) if isinstance(one, dict) else None
        if address is not None:
            found.append(Enclosure(address, titles.plain(_text(one.get("mime_type"))), size(one.get("size_in_bytes"))))
    return tuple(found)


def size(written: object) -> int | None:
    """A length in bytes, None for what is no such number."""
    try:
        length = int(str(written).strip()) if written is not None and not isinstance(written, bool) else 0
    except ValueError:
        return None
    return length if 0 < length < 1 << 62 else None


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _whole_part(text: str) -> tuple[dict[str, Any] | None, bool]:
    """What stands before the items, and those items that are whole, of a feed that is cut off or broken within.

    And whether those are all of them, as only behind them is something amiss.
    """
    found = _ITEMS.search(text)
    if found is None:
        return None, False
    try:
        feed = _DECODER.decode(text[: found.end()] + "]}")
    except ValueError:
        feed = {}
    items, position, is_all = [], found.end(), False
    while (start := text.find("{", position)) >= 0 and not (is_all := "]" in text[position:start]):
        try:
            item, position = _DECODER.raw_decode(text, start)
        except ValueError:
            break
        items.append(item)
    return {**feed, "items": items}, is_all or (start < 0 and "]" in text[position:])


def _whole_number(digits: str) -> int | str:
    """A number as such where it can be one of ours; turning a very long one takes time with its square."""
    return int(digits) if len(digits) < _LONGEST_NUMBER else digits


_LONGEST_NUMBER = 40
_DECODER = json.JSONDecoder(strict=False, parse_int=_whole_number)
