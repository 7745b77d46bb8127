"""Entries that are as they were are not read again; the library comes out the same as if they were."""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.config import Config
from reader.model import Kind, Outcome, ParsedFeed, Result
from reader.parse import unchanged
from reader.parse.documents import parse
from reader.parse.source import Source
from reader.store import arrivals, checks, feeds
from reader.store.connection import transaction
from reader.store.database import Database
from reader.store.records import CheckRecord
from reader.worker.desk import Desk, keep_feed
from reader.worker.effects import Write
from reader.worker.events import Events
from reader.worker.pace import Pace
from tests.web import Web, rss
from tests.web import web as web  # noqa: PLC0414
from tests.worker.running import Home, last
from tests.worker.running import home as home  # noqa: PLC0414

URL = "https://example.org/feed"
Item = tuple[str | None, str | None, str, str]


class Shelf:
    """A library with one feed, whose documents are taken in as a check takes them in."""

    def __init__(self, place: Path, *, knows: bool) -> None:
        self.connection = Database(place).connect()
        self.desk = Desk(
            self.connection, Config(), Events(-1, lambda: None), lambda: 1_000_000_000 + self.checks, Pace(None)
        )
        self.knows = knows
        self.checks = self.spared = 0
        with transaction(self.connection):
            self.feed_id = feeds.add(self.connection, URL, Kind.FEED, None, (), 0)[0]

    def take(self, document: str) -> None:
        self.checks += 1
        feed = checks.chosen(self.connection, [self.feed_id])[0]
        known = frozenset(feed.source_hashes or ()) if self.knows else None
        parsed = parse(Source(document.encode(), URL, "feed", known=known))
        assert isinstance(parsed, ParsedFeed)
        self.spared += len(parsed.unchanged)
        if not self.desk.has(feed, parsed.unchanged):
            parsed = parse(Source(document.encode(), URL, "feed", known=frozenset()))
            assert isinstance(parsed, ParsedFeed)
        record = CheckRecord(feed.id, Outcome(Result.UPDATED), self.desk.now(), None)
        keeping = keep_feed(self.desk, feed, parsed, record)
        written = None
        with suppress(StopIteration):
            while True:
                write = keeping.send(written)
                assert isinstance(write, Write)
                with transaction(self.connection):
                    written = write.act()

    def articles(self) -> list[tuple[Any, ...]]:
        return self.connection.rows(
            "SELECT guid, title, link, author, updated, summary, hex(html), entry_hash, text_hash FROM articles"
            " JOIN contents ON article_id = id ORDER BY guid"
        )


@pytest.fixture
def shelves(tmp_path: Path) -> Callable[[], tuple[Shelf, Shelf]]:
    made = 0

    def pair() -> tuple[Shelf, Shelf]:
        nonlocal made
        made += 1
        return Shelf(tmp_path / f"{made}.db", knows=True), Shelf(tmp_path / f"{made}-plain.db", knows=False)

    return pair


def as_rss(items: list[Item]) -> str:
    parts = []
    for guid, link, title, text in items:
        written = f"<guid isPermaLink='false'>{guid}</guid>" if guid else ""
        written += f"<link>https://example.org/{link}</link>" if link else ""
        parts.append(f"<item>{written}<title>{title}</title><description>{text}</description></item>")
    return f"<rss version='2.0'><channel><title>F</title>{''.join(parts)}</channel></rss>"


def as_json(items: list[Item]) -> str:
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "items": [
                {
                    "id": guid or "",
                    "url": f"https://example.org/{link}" if link else None,
                    "title": title,
                    "content_text": text,
                }
                for guid, link, title, text in items
            ],
        }
    )


def story(number: int, text: str = "") -> Item:
    return f"id-{number}", str(number), f"Story {number}", text or f"What story {number} says. " * 5


texts = st.sampled_from(
    ["", "Short.", "A text that is long enough to tell an article from all the others. " * 2, "Other. " * 20]
)
items = st.tuples(
    st.sampled_from([None, "a", "b", "c"]), st.sampled_from([None, "1", "2"]), st.sampled_from("TU"), texts
)
documents = st.tuples(st.sampled_from([as_rss, as_json]), st.lists(st.lists(items, max_size=5), max_size=6))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents)
def test_whatever_a_publisher_does_the_library_is_the_same(
    shelves: Callable[[], tuple[Shelf, Shelf]], history: tuple[Callable[[list[Item]], str], list[list[Item]]]
) -> None:
    sparing, plain = shelves()
    written, versions = history
    for version in versions:
        sparing.take(written(version))
        plain.take(written(version))
        assert sparing.articles() == plain.articles()


@pytest.mark.parametrize("written", [as_rss, as_json])
def test_of_a_feed_with_one_new_entry_one_is_read(
    shelves: Callable[[], tuple[Shelf, Shelf]], written: Callable[[list[Item]], str]
) -> None:
    shelf, _ = shelves()
    shelf.take(written([story(number) for number in range(20)]))
    assert shelf.spared == 0
    shelf.take(written([story(20), *(story(number) for number in range(20))]))
    assert shelf.spared == 20
    assert len(shelf.articles()) == 21
    shelf.take(written([story(20), story(19, "Edited. " * 9)]))
    assert shelf.spared == 21
    assert [row for row in shelf.articles() if "Edited." in row[5]]


def test_a_new_version_of_the_rules_reads_everything_again(
    shelves: Callable[[], tuple[Shelf, Shelf]], monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf, _ = shelves()
    shelf.take(as_rss([story(1), story(2)]))
    monkeypatch.setattr(unchanged, "RULES", unchanged.RULES + 1)
    shelf.take(as_rss([story(1), story(2)]))
    assert shelf.spared == 0


def test_what_was_lost_comes_back_and_what_was_removed_does_not(shelves: Callable[[], tuple[Shelf, Shelf]]) -> None:
    shelf, _ = shelves()
    document = as_rss([story(1), story(2), story(3)])
    shelf.take(document)
    shelf.connection.run("DELETE FROM articles WHERE guid = 'id-1'")
    removed = shelf.connection.value("SELECT id FROM articles WHERE guid = 'id-2'")
    arrivals.forget(shelf.connection, [removed], 0)
    shelf.take(document)
    assert [row[0] for row in shelf.articles()] == ["id-1", "id-3"]


def test_an_article_that_somebody_else_changed_is_read_again(shelves: Callable[[], tuple[Shelf, Shelf]]) -> None:
    shelf, _ = shelves()
    shelf.take(as_rss([story(1)]))
    shelf.connection.run("UPDATE articles SET source_hash = 0, entry_hash = 0")
    shelf.take(as_rss([story(1)]))
    assert len(shelf.articles()) == 1
    assert shelf.connection.value("SELECT source_hash FROM articles") != 0


def test_an_entry_that_only_stands_differently_is_spared_the_next_time(
    shelves: Callable[[], tuple[Shelf, Shelf]],
) -> None:
    shelf, _ = shelves()
    shelf.take(as_rss([("a", "1", "T", "Text")]))
    shelf.take(as_rss([("a", "1", " T ", "&lt;p>Text&lt;/p>")]))
    assert shelf.spared == 0
    shelf.take(as_rss([("a", "1", " T ", "&lt;p>Text&lt;/p>")]) + "\n")
    assert shelf.spared == 1


def test_local_documents_are_always_read_whole() -> None:
    parsed = parse(Source(as_rss([story(1)]).encode(), "/home/a/feed.xml", "file"))
    assert isinstance(parsed, ParsedFeed)
    assert parsed.entries[0].source_hash is None


def test_a_refresh_keeps_what_it_spares(home: Home, web: Web) -> None:
    home.follow(web.put("/feed", rss("News", 5), etag='"1"'))
    home.refresh()
    before = home.connection.rows("SELECT id, guid, arrived, source_hash FROM articles ORDER BY id")
    assert all(row[3] is not None for row in before)
    web.put("/feed", rss("News", 6), etag='"2"')
    home.due_now()
    assert last(home.refresh()) == {"checked": 1, "new": 1, "changed": 0, "failed": 0, "stopped": False}
    assert home.connection.rows("SELECT id, guid, arrived, source_hash FROM articles ORDER BY id")[:5] == before
    web.put("/feed", behave="close")
    home.due_now()
    home.refresh()
    assert len(home.facts(1).source_hashes or ()) == 6
    assert home.faults() == []
