"""How a library of an earlier version becomes one of today: one step for each version, each in its own transaction.

Before the first step the library is copied to ``NAME.vN.bak`` beside it. A step may rebuild tables: foreign keys are
off meanwhile and checked before its commit. Two processes may come at once; each step looks again under the lock.
Stopped in the middle, by Ctrl+C or by force, it leaves the library as it was before the step in hand.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from reader import errors
from reader.store.connection import Connection, no_library, transaction
from reader.store.schema import APPLICATION_ID, PARTS, READING, TITLES, TREE

Step = Callable[[Connection], None]
Progress = Callable[[str, int, int], object]
"""Told in words what is under way, how far it is, and of how much (0 where nobody knows)."""

_OFTEN = 10_000  # instructions of SQLite: less than a thousandth of a second
_WORDS = "bringing the library up to date"


def _know_changes(connection: Connection) -> None:
    connection.run("ALTER TABLE articles ADD COLUMN source_hash INTEGER")
    connection.run("ALTER TABLE checks ADD COLUMN source_hashes BLOB")
    connection.run(TREE)
    _part_the_index(connection)


def _part_the_index(connection: Connection) -> None:
    """What was one index becomes the first part; the next article begins another. Titles can be indexed anew."""
    from reader.store import parts, tokens

    connection.run(PARTS)
    connection.run("ALTER TABLE search RENAME TO search_0")
    newest = connection.value("SELECT max(id) FROM articles")
    if newest is not None:
        parts.begin(connection, newest + 1)
    connection.run("DROP TABLE titles")
    connection.run(TITLES)
    found = connection.execute(
        "SELECT id, ifnull(title, '') FROM articles WHERE id NOT IN (SELECT article_id FROM search_queue)"
    )
    connection.run_many(
        "INSERT INTO titles (rowid, title) VALUES (?, ?)",
        ((article_id, tokens.prepared(title)) for article_id, title in found),
    )


def _know_reading(connection: Connection) -> None:
    connection.run("ALTER TABLE feeds ADD COLUMN is_full INTEGER NOT NULL DEFAULT 0 CHECK (is_full IN (0, 1))")
    connection.run(READING)


def _know_health(connection: Connection) -> None:
    for column in ("paused_at INTEGER", "former_url TEXT", "moved_at INTEGER"):
        connection.run(f"ALTER TABLE feeds ADD COLUMN {column}")
    for column in (
        "skip TEXT", "moved_to TEXT", "moved_since INTEGER", "found_url TEXT", "every INTEGER", "posted_at INTEGER",
        "answers TEXT NOT NULL DEFAULT '[]'",
    ):  # fmt: skip
        connection.run(f"ALTER TABLE checks ADD COLUMN {column}")


STEPS: tuple[Step, ...] = (_know_changes, _know_reading, _know_health)  # STEPS[0] makes version 2 of version 1
VERSION = 1 + len(STEPS)


def bring_up(
    connection: Connection, path: Path, steps: Sequence[Step] = STEPS, progress: Progress | None = None
) -> None:
    """Bring the library at ``path`` up to the newest version; ``connection`` is an open one to it.

    Raises DiskFull before anything is done where there is no room for the copy.
    """
    keep_copy(connection, path, 1 + len(steps), progress)
    connection.run("PRAGMA foreign_keys = OFF")
    try:
        for number, step in enumerate(steps, start=1):
            with telling(connection, f"{_WORDS}: step {number} of {len(steps)}", progress):
                _take(connection, number, step)
    finally:
        connection.run("PRAGMA foreign_keys = ON")


def _take(connection: Connection, number: int, step: Step) -> None:
    with transaction(connection):
        if version(connection) != number:
            return
        step(connection)
        if connection.rows("PRAGMA foreign_key_check"):
            raise errors.Damaged(f"The library could not be brought up from version {number}", "its copy was kept")
        connection.run(f"PRAGMA user_version = {number + 1}")


@contextmanager
def telling(connection: Connection, words: str, progress: Progress | None) -> Iterator[None]:
    """Says every moment how long it has taken; Ctrl+C is heard in the middle of a long statement, too."""
    began = time.monotonic()

    def told() -> bool:
        if progress is not None:
            progress(f"{words}, {time.monotonic() - began:.0f} s", 0, 0)
        return False

    connection.set_progress_handler(told, _OFTEN)
    try:
        yield
    finally:
        connection.set_progress_handler(None)


def keep_copy(connection: Connection, path: Path, newest: int, progress: Progress | None = None) -> None:
    """Copy a library that is older than ``newest`` to ``NAME.vN.bak``, while nobody can write."""
    from reader.store import copying

    with transaction(connection):
        old = version(connection)
        if old < newest:
            copying.need_room(path.parent, copying.size(connection), "Bringing the library up to date")
            copying.copy(path, path.with_name(f"{path.name}.v{old}.bak"), progress, f"{_WORDS}: copying it first")


def version(connection: Connection) -> int:
    """The version that the library has now."""
    found: int = connection.value("PRAGMA user_version")
    return found


def known_version(connection: Connection) -> int:
    """The version of a library of ours. Raises Damaged for another program's file, TooNew."""
    path = connection.filename
    if connection.value("PRAGMA application_id") != APPLICATION_ID:
        raise no_library(path)
    found = version(connection)
    if found > VERSION:
        raise errors.TooNew(f"The library {path} was written by a newer version of Reader", "upgrade Reader")
    return found
