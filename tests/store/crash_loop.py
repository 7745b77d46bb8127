"""Processes killed at random moments, again and again: ``python -m tests.store.crash_loop [KILLS] [SEED]``.

Four phases take turns: the real worker refreshing from a server on loopback, marking as the screen does it (through
``library``, single articles and thousands), indexing, and the migration of a library of version 1. Each kill is counted
where it really was: in the phase only if the victim had begun and not ended, as its own words say that were read from
its pipe. What a victim says it says after its COMMIT returned; this process writes it into a ledger of its own, a file
beside the library. Nobody has the library open when it is looked at after a kill, so that each look is a recovery.

After each kill: SQLite's check and FTS5's own are ok, the counts are those of the articles, each article is in the
index or waits for it, and every state in the ledger is there. Of what was under way and not acknowledged each article
may be in either state.
"""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reader.model import Mark
from reader.paths import Paths
from reader.store import arrivals, feeds, indexing, inspection, migrations, parts, presence
from reader.store.connection import Connection, transaction
from reader.store.database import Database
from tests.store.made import NOW, entry, new
from tests.web import Web, rss
from tests.worker.running import Home

ROOT = Path(__file__).parents[2]
PHASES = ("refresh", "marking", "indexing", "migration")
KILLS, SEED = 200, 7
FEEDS = 12
_BULK = 2500
_APART = 0.03  # seconds between the answers of two servers
_OLD_ARTICLES = 4000
_COLUMNS = {"read": ("is_read", 1), "unread": ("is_read", 0), "bookmarked": ("is_bookmarked", 1),
            "unbookmarked": ("is_bookmarked", 0)}  # fmt: skip


def paths(place: Path) -> Paths:
    return Paths(place / "config.toml", place / "reader.db", place / "cache", place / "state")


# The victims, each a process of its own


def say(**words: Any) -> None:
    print(json.dumps(words), flush=True)


def mark(place: Path, seed: str) -> None:
    """Mark one article, or very many, without end; say what before, and that it is committed afterwards."""
    from reader.library import Library

    chance = random.Random(seed)
    with Library.open(paths(place)) as library:
        every = list(library.found(""))
        while True:
            count = _BULK if chance.random() < 0.1 else 1
            first = chance.randrange(max(1, len(every) - count))
            ids, verb = every[first : first + count], chance.choice(list(Mark))
            say(begin=verb.value, ids=ids)
            library.mark(ids, verb)
            say(done=verb.value, ids=ids)


def index(place: Path, _: str) -> None:
    """Index what waits, then merge."""
    with closing(Database(place / "reader.db", durable=False).connect()) as connection:
        say(begin="indexing")
        while count := indexing.index_some(connection, 10):
            say(indexed=count)
        while indexing.merge_some(connection):
            say(merged=True)
        say(done="indexing")


def migrate(place: Path, _: str) -> None:
    """Bring an old library up."""
    say(begin="migration")
    Database(place / "reader.db").connect().close()
    say(done="migration")


# The judge


@dataclass
class Ledger:
    """What was acknowledged, kept in a file beside the library: by article and column its value."""

    path: Path
    states: dict[tuple[int, str], int] = field(default_factory=dict)
    feeds: dict[int, int] = field(default_factory=dict)  # how many articles of each are there for certain

    def keep(self, event: dict[str, Any]) -> None:
        with self.path.open("a") as file:
            file.write(json.dumps(event) + "\n")
        if "done" in event and "ids" in event:
            column, value = _COLUMNS[event["done"]]
            self.states.update({(article_id, column): value for article_id in event["ids"]})

    def forget(self, event: dict[str, Any]) -> None:
        """What was under way may be done or not."""
        column, _ = _COLUMNS[event["begin"]]
        for article_id in event["ids"]:
            self.states.pop((article_id, column), None)


class Loop:
    """One run; ``hits`` counts the kills by the phase in which they really were, ``missed`` those that came late."""

    def __init__(self, place: Path, web: Web, seed: int) -> None:
        self.place = place
        self.chance = random.Random(seed)
        self.hits: Counter[str] = Counter()
        self.steps: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()
        self.acknowledged = 0
        self._web = web
        self._home = Home(place / "home")
        self._home.place.mkdir()
        self._ledger = Ledger(place / "ledger.jsonl")
        self._round = 0
        self._seconds = 0.0
        self._urls = [web.url("/feed", host) for host in range(1, FEEDS + 1)]
        self._ids = self._home.follow(*self._urls)
        self._publish()
        self._home.refresh(every=True)
        self._home.database.close_all()

    def run(self, kills: int, say: Callable[[str], object] = lambda _: None) -> None:
        """Kill so many times, the phases in turn; a phase that was missed is tried again."""
        while sum(self.hits.values()) < kills:
            phase = min(PHASES, key=lambda each: self.hits[each])
            was_hit = getattr(self, f"_{phase}")()
            self.hits[phase] += was_hit
            self.missed[phase] += not was_hit
            if was_hit and sum(self.hits.values()) % 20 == 0:
                say(f"{sum(self.hits.values())} kills: {dict(self.hits)}")

    def _publish(self) -> None:
        """Every feed has some more articles."""
        self._round += 1
        for host in range(1, FEEDS + 1):
            text = rss(f"N{host}", 20 + 5 * self._round, text="word " * 150)
            self._web.put("/feed", text, host=host, delay=host * _APART)

    # One kill each; whether it hit

    def _refresh(self) -> bool:
        self._publish()
        expected = 20 + 5 * self._round
        after = self.chance.randrange(FEEDS)
        screen = presence.shown(self._home.place / "state" / "screen.lock") if self._round % 2 else nullcontext()
        with screen, self._home.start({"do": "refresh", "feeds": None, "all": True}) as worker:
            worker.until("started")
            for _ in range(after):
                worker.until("feed")
            time.sleep(self.chance.random() * 0.05)
            worker.process.kill()
            worker.process.wait()
            list(worker.events())
            was_hit = not any(event["event"] == "finished" for event in worker.seen)
        for event in worker.seen:
            if event["event"] == "feed" and event["outcome"] in ("updated", "not_modified"):
                self._ledger.keep(event)
                self._ledger.feeds[event["feed_id"]] = expected
                self.acknowledged += 1
        self._judge()
        return was_hit

    def _marking(self) -> bool:
        events = self._kill("mark", self.chance.randrange(1, 60), 0.02)
        for event in events:
            self._ledger.keep(event)
        under_way = events[-1] if events and "begin" in events[-1] else None
        if under_way is not None:
            self._ledger.forget(under_way)
        self.acknowledged += sum("done" in event for event in events)
        self._judge()
        return under_way is not None

    def _indexing(self) -> bool:
        with closing(self._home.database.connect()) as connection, transaction(connection):
            some = [new(entry(f"{self._round}-{self.chance.random()}", text="more words " * 60)) for _ in range(300)]
            arrivals.insert(connection, self._ids[0], some, NOW)
        events = self._kill("index", self.chance.randrange(1, 20), 0.01)
        self.acknowledged += len(events)
        self._judge()
        return bool(events) and "done" not in events[-1]

    def _migration(self) -> bool:
        place = self._old_place()
        with closing(Connection(str(place / "reader.db"))) as connection:
            start = migrations.version(connection)
        if start == 1 and not self._seconds:
            began = time.monotonic()
            Database(place / "reader.db").connect().close()
            self._seconds = time.monotonic() - began  # that is how long a migration takes here
            place = self._old_place()
        events = self._kill("migrate", 1, self._seconds if start == 1 else self._seconds / 3, place)
        was_hit = bool(events) and "done" not in events[-1]
        with closing(Connection(str(place / "reader.db"))) as connection:
            version = migrations.version(connection)
            assert connection.value("PRAGMA integrity_check") == "ok"
            assert connection.value("SELECT count(*) FROM articles WHERE is_read = (id % 3 = 0)") == _OLD_ARTICLES
        if was_hit:
            has_copy = any(place.glob("*.bak"))
            self.steps[f"from {start}, at {version}, {'copied' if has_copy else 'not copied yet'}"] += 1
        with closing(Database(place / "reader.db").connect()) as connection:
            _sound(connection)
            assert connection.value("SELECT count(*) FROM articles WHERE is_read = (id % 3 = 0)") == _OLD_ARTICLES
        return was_hit

    def _old_place(self) -> Path:
        """A directory with an old library, of each version in turn."""
        place = self.place / "old"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        version = 1 + sum(self.steps.values()) % (migrations.VERSION - 1)
        shutil.copy(self._old_library(version), place / "reader.db")
        return place

    def _kill(self, victim: str, lines: int, longest: float, place: Path | None = None) -> list[dict[str, Any]]:
        """Kill a victim some time after so many of its lines; all that it said."""
        command = [sys.executable, "-m", "tests.store.crash_loop", victim, str(place or self._home.place)]
        command.append(str(self.chance.random()))
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
            assert process.stdout is not None
            said = [process.stdout.readline() for _ in range(lines)]
            time.sleep(self.chance.random() * longest)
            process.send_signal(signal.SIGKILL)
            said += list(process.stdout)
        return [json.loads(line) for line in said if line.endswith("\n")]

    def _old_library(self, version: int) -> Path:
        path = self.place / f"version_{version}.db"
        if not path.exists():
            with closing(old_library(path)) as connection:
                migrations.bring_up(connection, path, migrations.STEPS[: version - 1])
        return path

    def _judge(self) -> None:
        """Nothing acknowledged is missing, and the library is sound."""
        with closing(self._home.database.connect()) as connection:
            _sound(connection)
            for feed_id, count in self._ledger.feeds.items():
                there = feeds.one(connection, feed_id).total
                assert there >= count, f"of feed {feed_id} {there} articles are there, {count} were acknowledged"
            for column in ("is_read", "is_bookmarked"):
                held = dict(connection.rows(f"SELECT id, {column} FROM articles"))
                wrong = [
                    key for key, value in self._ledger.states.items() if key[1] == column and held[key[0]] != value
                ]
                assert not wrong, f"acknowledged and lost: {wrong[:10]}"


def old_library(path: Path) -> Connection:
    """A library of version 1 with some thousand articles, every third read."""
    from tests.store.test_migrations import first_version

    connection = first_version(path)
    rows = ((number, number, f"Title {number}") for number in range(4, _OLD_ARTICLES + 1))
    connection.run_many(
        "INSERT INTO articles (id, feed_id, sort_at, words, arrived, entry_hash, text_hash, guid, title)"
        " VALUES (?1, 1, ?1, 2, 1, 1, 1, ?2, ?3)", rows,
    )  # fmt: skip
    connection.run(
        "INSERT INTO contents (article_id, summary, html) SELECT id, '', html FROM articles,"
        " (SELECT html FROM contents LIMIT 1) WHERE id > 3"
    )
    connection.run("INSERT INTO search (rowid, title, body) SELECT id, title, 'words' FROM articles WHERE id > 3")
    connection.run("UPDATE articles SET is_read = (id % 3 = 0)")
    return connection


def _sound(connection: Connection) -> None:
    """SQLite's check, FTS5's own, the counts, and that each article is in the index or waits for it."""
    assert [trouble.words for trouble in inspection.inspect(connection)] == []
    for table in (*(part.table for part in parts.parts(connection)), parts.TITLES):
        connection.run(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")


def loops(seed: int) -> Iterator[Loop]:
    with tempfile.TemporaryDirectory() as place, Web() as web:
        yield Loop(Path(place), web, seed)


def main(words: list[str]) -> None:
    victims: dict[str, Callable[[Path, str], None]] = {"mark": mark, "index": index, "migrate": migrate}
    if words and words[0] in victims:
        victims[words[0]](Path(words[1]), words[2])
        return
    kills = int(words[0]) if words else KILLS
    seed = int(words[1]) if len(words) > 1 else SEED
    for loop in loops(seed):
        loop.run(kills, print)
        print(f"{sum(loop.hits.values())} kills: {dict(loop.hits)}; not counted, as too late: {dict(loop.missed)}")
        print(f"in migration: {dict(loop.steps)}")
        print(f"{loop.acknowledged} acknowledged things, none missing; the library was sound after each kill")


if __name__ == "__main__":
    main(sys.argv[1:])
