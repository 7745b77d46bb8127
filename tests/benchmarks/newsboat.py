"""newsboat, where it is installed: with a cache of the same library to start on, and fresh to refresh the same feeds.

The cache is made by newsboat itself, on no feeds, filled directly by its schema with what our library holds, and
ANALYZEd, which is the best case: as newsboat leaves it, a start takes ten times as long. It is kept between runs.
"""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw

from reader.model import View, ViewKind
from tests.benchmarks.figures import Samples
from tests.benchmarks.home import Bench, Home, plain_environment
from tests.benchmarks.program import Screen

_BATCH = 2_000
_LONGEST_FILL = 1200.0
_NOWHERE = "http://127.0.0.1:9"
_HEADING = "Your feeds ("


def is_here() -> bool:
    """Whether it is installed."""
    return shutil.which("newsboat") is not None


@dataclass(frozen=True, slots=True)
class Newsboat:
    """newsboat with files of its own below one place."""

    place: Path

    @property
    def command(self) -> list[str]:
        """How it is called."""
        files = {"-u": "urls", "-c": "cache.db", "-C": "config"}
        return ["newsboat", *(word for flag, name in files.items() for word in (flag, str(self.place / name)))]

    @property
    def env(self) -> dict[str, str]:
        """Its environment: no home but its own."""
        return plain_environment() | {"HOME": str(self.place)}

    def prepare(self, urls: list[str], threads: int = 8) -> None:
        """Write what it follows, and how many threads it reloads with."""
        self.place.mkdir(parents=True, exist_ok=True)
        (self.place / "urls").write_text("".join(f"{url}\n" for url in urls), "utf-8")
        (self.place / "config").write_text(f"reload-threads {threads}\nauto-reload no\nmax-items 0\n", "utf-8")

    def reload(self, limit: float = 900.0) -> tuple[float, float]:
        """Reload everything: seconds of the clock, and of the processor."""
        return timed([*self.command, "-x", "reload"], self.env, limit)

    @property
    def unread(self) -> int:
        """How many unread articles its cache holds."""
        connection = apsw.Connection(str(self.place / "cache.db"), flags=apsw.SQLITE_OPEN_READONLY)
        found: Any = connection.execute("SELECT count(*) FROM rss_item WHERE unread = 1").fetchall()[0][0]
        connection.close()
        return int(found)


def timed(command: list[str], env: dict[str, str], limit: float = 900.0) -> tuple[float, float]:
    """Run a program to its end: seconds of the clock, and of the processor, of those it waited for as well.

    Raises TimeoutError, and RuntimeError when it fails.
    """
    begun = time.perf_counter()
    with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        watch = os.pidfd_open(process.pid)
        try:
            if not select.select([watch], [], [], limit)[0]:
                process.kill()
                raise TimeoutError(f"{command[0]} took more than {limit:.0f} s")
        finally:
            os.close(watch)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        said = process.stderr.read() if process.stderr else b""
    if process.returncode not in (0, 3):
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {said[-300:]!r}")
    return wall, usage.ru_utime + usage.ru_stime


def starts(bench: Bench, articles: int) -> Samples:
    """Seconds from exec until its list of feeds is on the screen, several times; twice where one takes long."""
    boat = _with_library(bench, articles)
    found: list[float] = []
    for number in range(1 + max(2, bench.rounds // 3)):
        with Screen(boat.command, boat.env) as screen:
            took = screen.wait_for(_HEADING, 120.0)
            screen.settle()
        if number:  # the first warms the caches
            found.append(took)
        if sum(found) > 30 and len(found) > 1:
            break
    return Samples.of(found)


def _with_library(bench: Bench, articles: int) -> Newsboat:
    """A newsboat with a cache that holds a library of so many articles."""
    boat = Newsboat(bench.place / f"newsboat-{articles}")
    done = boat.place / "done"
    if done.exists():
        return boat
    home = bench.library(articles)
    shutil.rmtree(boat.place, ignore_errors=True)
    with home.open() as library:
        feeds = library.feeds()
    addresses = {feed.id: f"{_NOWHERE}/{feed.id}" for feed in feeds}
    boat.prepare([_NOWHERE])
    boat.reload(60)
    boat.prepare(list(addresses.values()))
    cache = apsw.Connection(str(boat.place / "cache.db"))
    cache.pragma("synchronous", 0)
    cache.pragma("journal_mode", "off")
    cache.execute("DELETE FROM rss_feed")
    cache.executemany(
        "INSERT INTO rss_feed (rssurl, url, title, lastmodified) VALUES (?, ?, ?, 0)",
        ((addresses[feed.id], feed.site_url or "", feed.title) for feed in feeds),
    )
    _fill(cache, home, addresses)
    cache.execute("ANALYZE")
    cache.close()
    done.touch()
    return boat


def _fill(cache: apsw.Connection, home: Home, addresses: dict[int, str]) -> None:
    """Put every article into the cache. Raises TimeoutError when that takes too long."""
    print("  filling newsboat's cache, which is kept", flush=True)
    end = time.monotonic() + _LONGEST_FILL
    insert = (
        "INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    )
    for rows in _rows(home, addresses):
        with cache:
            cache.executemany(insert, rows)
        if time.monotonic() > end:
            raise TimeoutError("newsboat's cache could not be filled in time")


def _rows(home: Home, addresses: dict[int, str]) -> Iterator[list[tuple[object, ...]]]:
    with home.open() as library:
        ids = library.ids(View(ViewKind.ALL))
        for start in range(0, len(ids), _BATCH):
            yield [
                (
                    f"guid-{each.id}",
                    each.title or "",
                    each.author or "",
                    each.link or "",
                    addresses[each.feed_id],
                    each.published or 0,
                    library.html(each.id),
                    int(not each.is_read),
                )
                for each in library.articles(ids[start : start + _BATCH])
            ]
