"""Articles and feeds as the JSON that scripts may rely on: these keys, in this order.

What a later feature will fill is there already, empty: ``tags``.
"""

from __future__ import annotations

from typing import Any

from reader.model import Article, Feed
from reader.times import iso


def article(each: Article) -> dict[str, Any]:
    """An article as ``list --json`` prints it."""
    return {
        "id": each.id,
        "guid": each.guid,
        "feed_id": each.feed_id,
        "feed": each.feed_title,
        "folder": folder((*each.folder, *_sub_directories(each))),
        "title": each.title,
        "author": each.author,
        "link": each.link,
        "comments_link": each.comments_link,
        "published": iso(each.published),
        "arrived": iso(each.arrived),
        "updated": iso(each.updated),
        "is_read": each.is_read,
        "is_bookmarked": each.is_bookmarked,
        "tags": [],
        "words": each.words,
        "language": each.language,
        "dateline": {"place": each.dateline.place, "agency": each.dateline.agency} if each.dateline else None,
        "enclosures": [{"url": one.url, "type": one.type, "length": one.length} for one in each.enclosures],
        "summary": each.summary,
    }


def feed(each: Feed) -> dict[str, Any]:
    """A feed as ``feeds --json`` prints it."""
    health = each.health
    return {
        "id": each.id,
        "url": each.url,
        "kind": each.kind.value,
        "title": each.title,
        "folder": folder(each.folder),
        "site_url": each.site_url,
        "unread": each.unread,
        "total": each.total,
        "health": {"state": health.state.value, "message": health.message, "since": iso(health.since)},
        "next_check": iso(each.next_check),
    }


def folder(names: tuple[str, ...]) -> str | None:
    """The path of names joined by "/", with a backslash before one inside a name; None at the top."""
    return "/".join(name.replace("/", "\\/") for name in names) or None


def path(text: str) -> tuple[str, ...]:
    """The names of a path as ``folder`` wrote it."""
    names = text.replace("\\/", "\0").split("/")
    return tuple(name.replace("\0", "/").strip() for name in names if name.strip())


def _sub_directories(each: Article) -> list[str]:
    """The names of those that an article of a directory lies in, which are folders in its feed's."""
    return each.section.split("/") if each.section else []
