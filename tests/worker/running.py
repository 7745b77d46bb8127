"""The worker as it really runs: a process with its own library, followed event by event."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import pytest

from reader.model import Kind
from reader.store import checks, feeds, upkeep
from reader.store.connection import Connection, transaction
from reader.store.database import Database
from reader.store.records import FeedFacts

ROOT = Path(__file__).parents[2]
Event = dict[str, Any]


class Home:
    """A library of its own under a directory."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.database = Database(place / "reader.db")

    @property
    def connection(self) -> Connection:
        return self.database.local()

    def configure(self, text: str) -> None:
        (self.place / "config.toml").write_text(text)

    def follow(self, *urls: str, kind: Kind = Kind.FEED) -> list[int]:
        """Feeds that were never checked yet."""
        with transaction(self.connection):
            return [feeds.add(self.connection, url, kind, None, (), 0)[0] for url in urls]

    def start(self, order: Event | str) -> "Running":
        return Running(self, order)

    def run(self, order: Event, **how: Any) -> list[Event]:
        """The events of an order that is carried out to the end."""
        with self.start(order) as worker:
            return worker.finish(**how)

    def refresh(self, *feed_ids: int, every: bool = False) -> list[Event]:
        return self.run({"do": "refresh", "feeds": list(feed_ids) or None, "all": every})

    def add(self, *targets: str | Path, **how: Any) -> list[Event]:
        return self.run({"do": "add", "targets": [str(each) for each in targets], **how})

    def due_now(self) -> None:
        """Lets time pass: every feed may be asked again."""
        self.connection.run("UPDATE checks SET next_at = 0, retry_at = NULL")

    def titles(self, feed_id: int | None = None) -> list[str]:
        """The headlines, newest first."""
        where = "" if feed_id is None else f"WHERE feed_id = {feed_id}"
        sql = f"SELECT coalesce(title, stand_in) FROM articles {where} ORDER BY sort_at DESC, id DESC"
        return [row[0] for row in self.connection.rows(sql)]

    def faults(self) -> list[str]:
        """What is wrong with the library, seen by a connection of its own, as FTS5 checks what it remembers."""
        connection = self.database.connect()
        try:
            return upkeep.check(connection)
        finally:
            connection.close()

    def facts(self, feed_id: int) -> FeedFacts:
        return checks.chosen(self.connection, [feed_id])[0]


class Running:
    """A worker process that is under way."""

    def __init__(self, home: Home, order: Event | str) -> None:
        env = {**os.environ, "READER_HOME": str(home.place), "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "reader.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=env,
        )
        self.seen: list[Event] = []
        self.say(order if isinstance(order, str) else json.dumps(order))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe and not pipe.closed:
                pipe.close()

    def tell(self, order: Event) -> None:
        self.say(json.dumps(order))

    def say(self, line: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def children(self) -> list[int]:
        """The processes that it has started and that still run."""
        pid = self.process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def hang_up(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()

    def events(self) -> Iterator[Event]:
        assert self.process.stdout
        for line in self.process.stdout:
            self.seen.append(json.loads(line))
            yield self.seen[-1]

    def until(self, name: str) -> Event:
        """The next event of a name."""
        for event in self.events():
            if event["event"] == name:
                return event
        pytest.fail(f"no event {name} after {self.seen} {self.complaints()}")

    def finish(self, *, code: int = 0, quiet: bool = True) -> list[Event]:
        """All events to the end, which must be a good one."""
        for _ in self.events():
            pass
        assert self.process.wait(30) == code, (self.seen, self.complaints())
        if quiet:
            assert self.complaints() == ""
        return self.seen

    def complaints(self) -> str:
        assert self.process.stderr
        return self.process.stderr.read().decode()


def named(events: list[Event], name: str) -> list[Event]:
    """The events of one name."""
    return [event for event in events if event["event"] == name]


def last(events: list[Event]) -> Event:
    """The last event, which tells what the job came to."""
    return {key: value for key, value in events[-1].items() if key != "event"}


def by_url(events: list[Event]) -> dict[str, Event]:
    """The feeds' events by their address."""
    return {event["url"]: event for event in named(events, "feed")}


def ended(pid: int, within: float = 5.0) -> bool:
    """Whether a process is no more."""
    until = time.monotonic() + within
    while Path(f"/proc/{pid}").exists():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    place = tmp_path / "home"
    place.mkdir()
    found = Home(place)
    yield found
    found.database.close_all()
