"""A library of made-up news, put into the store as the worker puts it, for tests of the screen and for pictures."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from reader import times
from reader.model import Dateline, Entry, Kind, Outcome, Result
from reader.paths import Paths
from reader.store import arrivals, checks, feeds, indexing
from reader.store.connection import Connection, transaction
from reader.store.database import Database
from reader.store.records import CheckRecord, NewArticle
from reader.text import clean_line

FEEDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Harbour Post", ("World",)),
    ("The Northern Courier", ("World",)),
    ("Letters from Delta City", ("World",)),
    ("Kernel Weekly", ("Linux",)),
    ("The Quiet Compiler", ("Linux",)),
    ("Lambda Notes", ("Essays",)),
    ("Tidal Review", ("Essays",)),
    ("Orchard & Field", ()),
)
HEADLINES = (
    "Ferries return to the outer islands after a winter of storms",
    "The scheduler that learned to wait",
    "Small languages, long lives",
    "A field guide to tidal mills",
    "City council votes to keep the night trains running, and to paint them green, for at least another ten years",
    "What the lighthouse keepers wrote down",
    "A file system that forgets nothing",
    "Bread, salt and the price of firewood",
    "Notes on reading slowly",
    "How a village library survived three floods",
    "Bees move into the old customs house",
    "The last typewriter repairer on Mill Street",
)
STRANGE = (
    "[b]x[/b] [link=https://example.org/]markup[/link] is only text",
    "東京の夜は静かに更けていく、そして朝が来る",
    "حكومة جديدة في المدينة القديمة",
    "Why 👩‍👩‍👧‍👦 families 🎉 like 🚲 lanes",
)
_SENTENCES = (
    "The first boats left before sunrise, and by noon the quay was full of people who had come to see them.",
    "Nobody had expected the repairs to be done in time, least of all those who paid for them.",
    "It is a small change that took four years, two committees and one very patient engineer.",
    "In the archive lies a letter that says the same thing in fewer words.",
    "The numbers are modest; what they mean for the valley is not.",
    "Asked what would come next, she pointed at the tide table on the wall.",
)
TROUBLE = "failing for three days: the server answers 503 (Service Unavailable)"


def place(home: Path) -> Paths:
    """A library's paths with everything below one directory."""
    return Paths(home / "config.toml", home / "reader.db", home / "cache", home / "state")


def fill(paths: Paths, articles: int = 60, *, now: int | None = None, strange: Sequence[str] = STRANGE) -> list[int]:
    """Make a library of ``FEEDS`` with so many articles, the newest a few minutes old; the ids, newest first.

    The strange headlines are the newest; every third article is read, every ninth bookmarked.
    """
    at = times.now() if now is None else now
    connection = Database(paths.database).connect()
    ids = [follow(connection, title, folder, at) for title, folder in FEEDS]
    stories = list(_stories(articles, at, strange))
    new: list[int] = []
    for number, story in enumerate(reversed(stories)):
        new += put(connection, ids[(len(stories) - number) % len(ids)], [story], at)
    fail(connection, ids[4], at)
    connection.close()
    return new[::-1]


def follow(connection: Connection, title: str, folder: Sequence[str], now: int, kind: Kind = Kind.FEED) -> int:
    """Follow a feed; its id."""
    with transaction(connection):
        url = f"https://example.org/{clean_line(title).replace(' ', '-').lower()}"
        return feeds.add(connection, url, kind, title, folder, now)[0]


def put(connection: Connection, feed_id: int, new: Sequence[NewArticle], now: int) -> list[int]:
    """Add articles to a feed and index them; their ids, oldest first."""
    ids = arrivals.insert(connection, feed_id, new, now)
    while indexing.index_some(connection, 100):
        pass
    return ids


def fail(connection: Connection, feed_id: int, now: int) -> None:
    """Let a feed's last check have failed."""
    facts = next(each for each in checks.chosen(connection, [feed_id]))
    with transaction(connection):
        checks.record(connection, CheckRecord(facts.id, Outcome(Result.FAILED, TROUBLE, status=503), now, now + 3600))


def story(
    title: str, at: int, *, words: int = 400, read: bool = False, marked: bool = False, text: str = ""
) -> NewArticle:
    """One article with a body of some paragraphs, the first with a dateline."""
    chance = random.Random(title)
    paragraphs = [text] if text else []
    while sum(len(each.split()) for each in paragraphs) < words:
        paragraphs.append(" ".join(chance.sample(_SENTENCES, 3)))
    paragraphs[0] = f"DELTA CITY: {paragraphs[0]}"
    html = f"<p>{paragraphs[0]}</p><h2>What was said</h2>" + "".join(f"<p>{each}</p>" for each in paragraphs[1:])
    html += '<p>More in <a href="https://example.org/archive">the archive</a>.</p>'
    entry = Entry(
        guid=f"{title}-{at}",
        title=title,
        html=html,
        text="\n\n".join(paragraphs),
        author="Ida Holm",
        link=f"https://example.org/{abs(hash((title, at))) % 10**8}",
        comments_link="https://example.org/comments",
        published=at,
        dateline=Dateline("DELTA CITY", None),
    )
    return NewArticle(entry, at, hash(entry.guid), hash(entry.text), words, read, marked)


def _stories(count: int, now: int, strange: Sequence[str]) -> Iterator[NewArticle]:
    """The newest first."""
    titles = [*strange, *HEADLINES]
    for number in range(count):
        title = titles[number] if number < len(titles) else f"{HEADLINES[number % len(HEADLINES)]} ({number})"
        text = "The ferrymen kept one secret word, zanzibar, to themselves." if number == count - 1 else ""
        words = 620 + number * 977 % 1900
        yield story(
            title, now - 300 - number * 2400, words=words, read=number % 3 == 2, marked=number % 9 == 4, text=text
        )
