"""Libraries of lifelike size to measure on, made once and kept in the system's cache."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate, islice
from pathlib import Path

from reader.model import Entry, Kind
from reader.store import arrivals, feeds, upkeep
from reader.store.connection import transaction
from reader.store.database import Database
from reader.store.records import NewArticle

FEEDS = 1000
NEWEST = 1_795_000_000
SITE = "http://127.0.0.1:9"
NEWEST_TITLE = "Zanzibar opens the last lighthouse"
_BATCH = 5000


def library(articles: int, place: Path) -> Path:
    """The home of a library of so many articles in ``FEEDS`` feeds, below ``place``; made if it is not there."""
    home = place / f"library-{articles}"
    done = home / "done"
    if not done.exists():
        _make(articles, home)
        done.touch()
    return home


def _make(articles: int, home: Path) -> None:
    (home / "reader.db").unlink(missing_ok=True)
    database = Database(home / "reader.db")
    connection = database.connect()
    with transaction(connection):
        ids = [
            feeds.add(connection, f"{SITE}/{n}", Kind.FEED, f"Feed {n:04}", (f"Folder {n % 20:02}",), NEWEST)[0]
            for n in range(FEEDS)
        ]
    entries = _entries(articles)
    share = list(accumulate(1 / (rank + 5) for rank in range(FEEDS)))
    chance = random.Random(7)
    while batch := list(islice(entries, _BATCH)):
        by_feed: dict[int, list[NewArticle]] = {}
        for article in batch:
            by_feed.setdefault(chance.choices(ids, cum_weights=share)[0], []).append(article)
        with transaction(connection):
            for feed_id, new in by_feed.items():
                arrivals.insert(connection, feed_id, new, NEWEST)
    upkeep.optimize(connection)
    connection.close()


def _entries(count: int) -> Iterator[NewArticle]:
    """Articles, the oldest first, with words as frequent as words are."""
    chance = random.Random(count)
    starts = [first + vowel + last for first in "bcdfglmnprstvz" for vowel in "aeiou" for last in "lmnrst"]
    words = [f"{chance.choice(starts)}{number:x}" for number in range(20_000)]
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(words))))
    for number in range(count):
        title = " ".join(chance.choices(words, cum_weights=weights, k=8)).capitalize()
        if number == count - 1:
            title = NEWEST_TITLE
        paragraphs = [" ".join(chance.choices(words, cum_weights=weights, k=60)) for _ in range(4)]
        text = "\n\n".join(paragraphs)
        html = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        at = NEWEST - (count - number) * 60
        link = f"{SITE}/a/{number}"
        entry = Entry(f"tag:{number}", title, html, text, author="A. Writer", link=link, published=at)
        is_read = number < count * 0.9 and chance.random() < 0.95
        yield NewArticle(entry, at, number, number, 240, is_read, chance.random() < 0.01)
