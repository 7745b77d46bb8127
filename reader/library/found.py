"""The feeds that were found behind an address in words, for whoever is to choose: the same at every door."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reader import times
from reader.store.health import rhythm
from reader.text import clean_line


def title(feed: Mapping[str, Any]) -> str:
    """What a feed calls itself, else its address."""
    return clean_line(str(feed.get("title") or "")) or address(feed)


def address(feed: Mapping[str, Any]) -> str:
    """Its address as it can be shown."""
    return clean_line(str(feed["url"]))


def about(feed: Mapping[str, Any], now: int, dot: str = ", ") -> str:
    """What to choose by: the last post, how often it posts, whether it is followed already."""
    parts = ["followed already"] if feed.get("feed_id") else []
    if feed.get("comments"):
        parts.append("comments")
    if not feed.get("seen", True):
        parts.append("not looked at")
    elif feed.get("last") is not None:
        parts.append(f"last post {_ago(times.age(feed['last'], now))}")
    elif "last" in feed:
        parts.append("no post with a date")
    if feed.get("every") is not None:
        parts.append(rhythm(feed["every"]))
    return dot.join(parts)


def _ago(age: str) -> str:
    return f"{age} ago" if age.endswith((" min", " h", " d")) else age
