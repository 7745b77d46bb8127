"""Where a measured program lives: its library, its environment, and copies of a library that may be changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import apsw

from reader import times
from reader.library import Library
from reader.paths import Paths
from tests.benchmarks.library import database, environment, library

SMALL, MIDDLE = 10_000, 100_000
_LEFT_OUT = (
    "READER_HOME",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONPYCACHEPREFIX",
    "PYTHONOPTIMIZE",
    "PYTHONPROFILEIMPORTTIME",
)
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Bench:
    """What is measured on: libraries below ``place``, so many articles, rounds, feeds and entries a feed."""

    place: Path
    articles: int
    rounds: int
    is_quick: bool
    feeds: int
    entries: int

    @property
    def small(self) -> int:
        """The articles of the small library."""
        return min(SMALL, self.articles)

    def library(self, articles: int | None = None) -> Home:
        """A library of so many articles, the large one where no number is said; made at the first call.

        A process of its own makes it: what ours weighs is paid for at every start of a program that is measured.
        """
        count = self.articles if articles is None else articles
        maker = "import sys; from pathlib import Path; from tests.benchmarks.library import library; "
        maker += "library(int(sys.argv[1]), Path(sys.argv[2]))"
        subprocess.run(
            [sys.executable, "-c", maker, str(count), str(self.place)], cwd=Path(__file__).parents[2], check=True
        )
        home = Home(library(count, self.place))
        home.check_feeds()
        return home

    @contextmanager
    def copy(self, articles: int | None = None) -> Iterator[Home]:
        """A copy of a library that may be changed; it is gone afterwards."""
        original = self.library(articles)
        where = self.place / f"copy-of-{original.place.name}"
        with self.empty(where.name) as home:
            shutil.copyfile(original.database, home.database)
            yield home

    @contextmanager
    def empty(self, name: str) -> Iterator[Home]:
        """A home without a library; it is gone afterwards."""
        where = self.place / name
        shutil.rmtree(where, ignore_errors=True)
        home = Home(where)
        home.database.parent.mkdir(parents=True)
        try:
            yield home
        finally:
            shutil.rmtree(where, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Home:
    """A user's directories below one place."""

    place: Path

    @property
    def database(self) -> Path:
        """The file of the library."""
        return database(self.place)

    @property
    def env(self) -> dict[str, str]:
        """The environment of a program that finds this library as a user's who has set nothing."""
        return plain_environment() | environment(self.place)

    def open(self) -> Library:
        """The library, in this process."""
        places = {name: Path(where) / "reader" for name, where in environment(self.place).items()}
        return Library.open(
            Paths(
                places["XDG_CONFIG_HOME"] / "config.toml",
                self.database,
                places["XDG_CACHE_HOME"],
                places["XDG_STATE_HOME"],
            )
        )

    def check_feeds(self) -> None:
        """Let every feed be checked just now, so that no refresh begins when the screen opens."""
        now = times.now()
        with self.connection() as connection:
            due = "SELECT count(*) FROM feeds LEFT JOIN checks ON feed_id = feeds.id WHERE coalesce(next_at, 0) < ?"
            if connection.execute(due, (now + _DAY,)).fetchall()[0][0]:
                connection.execute(
                    "INSERT INTO checks (feed_id, result, checked_at, succeeded_at, next_at)"
                    " SELECT id, 'not_modified', ?, ?, ? FROM feeds WHERE true"
                    " ON CONFLICT DO UPDATE SET next_at = excluded.next_at",
                    (now, now, now + 30 * _DAY),
                )

    def follow(self, urls: Sequence[str]) -> None:
        """Let the feeds of the library lie at these addresses, unchecked and not due; those beyond are as they were."""
        with self.connection() as connection, connection:
            ids = [row[0] for row in connection.execute("SELECT id FROM feeds ORDER BY id")]
            places = zip(urls, ids, strict=False)
            connection.executemany("UPDATE feeds SET url = ?, kind = 'feed' WHERE id = ?", places)
            connection.execute("UPDATE checks SET succeeded_at = NULL, etag = NULL, last_modified = NULL")

    @contextmanager
    def connection(self) -> Iterator[apsw.Connection]:
        """A connection to the file as it is, closed afterwards; the last one to close puts the log into the file."""
        connection = apsw.Connection(str(self.database))
        connection.set_busy_timeout(10_000)
        try:
            yield connection
        finally:
            connection.close()


def plain_environment() -> dict[str, str]:
    """Our environment as a terminal's user has it, byte code kept, and no proxy between us and the loopback."""
    dropped = ("COLUMNS", "LINES")  # they would say another size than the terminal's
    env = {
        name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy") and name not in dropped
    }
    for name in _LEFT_OUT:
        env.pop(name, None)
    return env | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}


def reader() -> str:
    """The installed script."""
    beside = Path(sys.executable).parent
    return shutil.which("reader", path=str(beside)) or shutil.which("reader") or "reader"


def byte_code_is_kept() -> bool:
    """Whether the modules of the program have their byte code beside them: without it a start takes twice as long."""
    import reader as package

    assert package.__file__ is not None
    return any(Path(package.__file__).parent.rglob("__pycache__/main.*.pyc"))
