"""Which feed a person means by a few words: pure functions over the feeds that are followed."""

from __future__ import annotations

from collections.abc import Sequence

from reader.errors import Ambiguous, NotFound
from reader.model import Feed
from reader.text import clean_line, fold

SHOWN = 8


def find(feeds: Sequence[Feed], text: str) -> Feed:
    """The one feed of an exact id, URL or title, or a unique part of the title. Raises NotFound or Ambiguous."""
    found = fitting(feeds, text)
    if len(found) == 1:
        return found[0]
    said = clean_line(text, 100)
    if found:
        raise Ambiguous(f'"{said}" fits {len(found)} feeds', _candidates(found))
    near = _similar(feeds, text)
    if near:
        raise NotFound(f'No feed is called "{said}"', "is it " + _listed(near) + "?")
    raise NotFound(f'No feed is called "{said}"', "see: reader feeds" if feeds else "no feed is followed yet")


def fitting(feeds: Sequence[Feed], text: str) -> list[Feed]:
    """The feeds that the words may mean, by the first of these that fits any: id, URL, title, part of the title."""
    wanted = text.strip()
    if not wanted:
        return []
    exact = [feed for feed in feeds if str(feed.id) == wanted] or [feed for feed in feeds if feed.url == wanted]
    if exact:
        return exact
    folded = fold(wanted)
    same = [feed for feed in feeds if feed.title == wanted] or [feed for feed in feeds if fold(feed.title) == folded]
    return same or [feed for feed in feeds if folded in fold(feed.title)]


def _similar(feeds: Sequence[Feed], text: str) -> list[Feed]:
    """A few feeds with titles much like the words."""
    from difflib import get_close_matches

    titles = {fold(feed.title): feed for feed in feeds}
    return [titles[title] for title in get_close_matches(fold(text), titles, n=3, cutoff=0.6)]


def _candidates(feeds: Sequence[Feed]) -> tuple[tuple[int, str], ...]:
    """Ids and titles of the first few."""
    rest = [] if len(feeds) <= SHOWN else [(feeds[SHOWN].id, f"… and {len(feeds) - SHOWN} more")]
    return tuple([(feed.id, feed.title) for feed in feeds[:SHOWN]] + rest)


def _listed(feeds: Sequence[Feed]) -> str:
    """Ids and titles in a sentence."""
    return ", ".join(f"{feed.id} {feed.title}" for feed in feeds)
