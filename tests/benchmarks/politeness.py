"""A simulated week of a thousand feeds, counted by their servers: who was asked how often, and what for.

The worker runs every quarter of an hour of simulated time, as from cron, with servers that say when to come again
(Retry-After) and with ones that never do.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from reader.config import Config
from reader.model import Kind
from reader.paths import Paths
from reader.store import feeds
from reader.store.connection import transaction
from reader.store.database import Database
from reader.worker.engine import Stop
from reader.worker.events import Events
from reader.worker.refresh import Job
from tests.benchmarks.figures import Line
from tests.benchmarks.home import Bench
from tests.simulated import DAY, HOUR, KINDS, VALIDATING, Publishers

WEEK = 7 * DAY
_STEP = HOUR // 4
_START = 1_800_000_000 // DAY * DAY


class Clock:
    """Simulated time."""

    def __init__(self, moment: int = _START) -> None:
        self.moment = moment

    def __call__(self) -> int:
        return self.moment


def politeness(bench: Bench) -> Iterator[Line]:
    """Once with servers that name times, once without."""
    seconds = DAY if bench.is_quick else WEEK
    for names_times in (True, False):
        clock = Clock()
        with Publishers(bench.feeds, clock, names_times) as web, tempfile.TemporaryDirectory() as place:
            begun = time.perf_counter()
            live(web, Path(place), clock, seconds)
            yield from _lines(web, seconds, time.perf_counter() - begun)


def live(web: Publishers, place: Path, clock: Clock, seconds: int, step: int = _STEP) -> None:
    """Follow all of them, and refresh what is due for so long, each ``step`` seconds."""
    paths = Paths(place / "config.toml", place / "reader.db", place / "cache", place / "state")
    connection = Database(paths.database).connect()
    with transaction(connection):
        for url in web.urls():
            feeds.add(connection, url, Kind.FEED, None, (), clock())
    connection.close()
    end = clock() + seconds
    with Path(os.devnull).open("wb") as nothing:
        while clock.moment < end:
            job = Job(paths, Config(), Events(nothing.fileno(), lambda: None), Stop(), clock)
            job.run({"do": "refresh", "feeds": None, "all": False})
            clock.moment += step


def _lines(web: Publishers, seconds: int, took: float) -> Iterator[Line]:
    how = "Retry-After" if web.names_times else "no Retry-After"
    asked, days = web.asked, seconds / DAY
    hours = Counter((each.host, each.at // HOUR) for each in asked)
    by_host = Counter(each.host for each in asked)
    busiest = max(hours.values())
    known = [each.status for each in asked if each.is_known]
    able = [each.status for each in asked if each.is_known and KINDS[each.feed % len(KINDS)] in VALIDATING]
    naive = web.count * seconds // HOUR
    yield Line("P", f"requests in {days:.0f} days ({how})", f"{len(asked):,}",
               f"{len(asked) / web.count / days:.1f} a feed and day; {took:.0f} s real",
               f"every feed every hour {naive:,}", f"{len(asked) / naive:.2f}")  # fmt: skip
    mean = sum(by_host.values()) / len(by_host) / (seconds / HOUR)
    yield Line("P", f"requests a host and hour ({how})", f"{mean:.2f}", f"at most {busiest}")
    yield Line("P", f"304 where nothing had changed ({how})", f"{known.count(304) / len(known):.1%}",
               f"{able.count(304) / len(able):.1%} where the server has validators")  # fmt: skip
    reasons = Counter(reason for _, reason in web.trespasses)
    yield Line("P", f"requests that a server had asked not to get ({how})", str(len(web.trespasses)),
               ", ".join(f"{count} {reason}" for reason, count in reasons.items()), budget="0",
               is_met=not web.trespasses)  # fmt: skip
