"""What of the feeds that were found is offered, in which order, and with what to choose by. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from reader.fetch.fetched import Fetched
from reader.model import Entry, FoundFeed, ParsedFeed

_COMPARED = 10  # entries, the newest
_ALIKE = 0.8  # so much of them
_COMMENTS = re.compile(r"[/?&=._-](?:comments?|kommentare|comentarios|commentaires)(?:[/?&=._-]|$)", re.IGNORECASE)
_ABOUT_COMMENTS = re.compile(r"comments? (?:on|for|feed)\b|.*\bcomments?(?: feed| rss)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A feed to choose. ``last`` is when it last posted, ``every`` how many seconds usually lie between two posts.

    ``fetched`` and ``parsed`` are there where it was read and is small enough to be held; ``same`` are addresses of the
    same articles in another form. Not ``is_seen``: it was not looked at, because there are too many. ``place`` is where
    it answered from, ``keys`` name its newest entries.
    """

    url: str
    title: str | None = None
    label: str | None = None
    last: int | None = None
    every: int | None = None
    is_seen: bool = False
    is_comments: bool = False
    same: tuple[str, ...] = ()
    fetched: Fetched | None = field(default=None, compare=False)
    parsed: ParsedFeed | None = field(default=None, compare=False)
    keys: tuple[str, ...] = field(default=(), compare=False)
    format: str = field(default="", compare=False)
    place: str = field(default="", compare=False)

    def as_event(self, followed: int | None) -> dict[str, Any]:
        """What the doors are told of it; ``followed`` is the id of the feed that is followed there already."""
        return {
            "url": self.url,
            "title": self.title,
            "last": self.last,
            "every": self.every,
            "seen": self.is_seen,
            "comments": self.is_comments,
            "same": list(self.same),
            "feed_id": followed,
        }


def seen(found: FoundFeed, fetched: Fetched, parsed: ParsedFeed, now: int, *, light: bool) -> Candidate:
    """A feed that answered, with what it tells of itself; its document is held only where it is ``light``."""
    dates = sorted((at for at in map(_date, parsed.entries) if at is not None and at <= now), reverse=True)
    url = fetched.moved_to or found.url
    return Candidate(
        url=url,
        title=parsed.title or found.title,
        label=found.title,
        last=dates[0] if dates else None,
        every=_usual_gap(dates),
        is_seen=True,
        is_comments=_is_about_comments(url, parsed.title or found.title),
        fetched=replace(fetched, body=b"") if light else None,
        parsed=parsed if light else None,
        keys=tuple(entry.link or entry.title or entry.guid for entry in parsed.entries[:_COMPARED]),
        format=parsed.format,
        place=fetched.url,
    )


def without_twins(feeds: Iterable[FoundFeed]) -> list[FoundFeed]:
    """Each feed once, where one is named by http and by https only the latter."""
    found: dict[str, FoundFeed] = {}
    for feed in feeds:
        key = feed.url.partition("://")[2]
        if key not in found or (feed.url.startswith("https:") and found[key].url.startswith("http:")):
            found[key] = feed
    return list(found.values())


def sorted_out(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Those that differ: empty ones behind the others, comments behind all; titles that are alike give way."""
    kept: list[Candidate] = []
    for candidate in candidates:
        for place, other in enumerate(kept):
            if _are_same(candidate, other):
                kept[place] = replace(other, same=(*other.same, candidate.url))
                break
        else:
            kept.append(candidate)
    titles = [each.title for each in kept]
    named = [replace(each, title=each.label) if each.label and titles.count(each.title) > 1 else each for each in kept]
    return tuple(sorted(named, key=lambda each: (each.is_comments, each.is_seen and not each.keys)))


def _are_same(one: Candidate, other: Candidate) -> bool:
    """Whether two feeds are one in two forms: at one address in the end, or with the same newest articles.

    Where two have the same articles in the same form and other titles they are two that happen to agree today.
    """
    if one.url == other.url or (one.is_seen and one.place == other.place):
        return True
    few, many = sorted((len(one.keys), len(other.keys)))
    if not few or few * 2 < many:
        return False
    common = len(set(one.keys[:few]) & set(other.keys[:few]))
    return common >= _ALIKE * few and (one.format != other.format or one.title == other.title)


def _is_about_comments(url: str, title: str | None) -> bool:
    return _COMMENTS.search(url.partition("://")[2]) is not None or _ABOUT_COMMENTS.match(title or "") is not None


def _date(entry: Entry) -> int | None:
    return entry.published if entry.published is not None else entry.updated


def _usual_gap(dates: Sequence[int]) -> int | None:
    """The median of the time between two posts, of the newest ones; ``dates`` are sorted, the newest first."""
    gaps = sorted(later - earlier for later, earlier in pairwise(dates[:_COMPARED]))
    return gaps[len(gaps) // 2] if len(gaps) > 1 else None
