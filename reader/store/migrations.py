"""How a library of an earlier version becomes one of today: one step for each version, each in its own transaction.

Before the first step the library is copied to ``NAME.vN.bak`` beside it. A step may rebuild tables: foreign keys are
off meanwhile and checked before its commit. Two processes may come at once; each step looks again under the lock.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import apsw

from reader import errors
from reader.store.connection import Connection, transaction, translated
from reader.store.schema import PARTS, READING, TITLES, TREE

Step = Callable[[Connection], None]


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


def bring_up(connection: Connection, path: Path, steps: Sequence[Step] = STEPS) -> None:
    """Bring the library at ``path`` up to the newest version; ``connection`` is an open one to it."""
    keep_copy(connection, path, 1 + len(steps))
    connection.run("PRAGMA foreign_keys = OFF")
    try:
        for number, step in enumerate(steps, start=1):
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


def keep_copy(connection: Connection, path: Path, newest: int) -> None:
    """Copy a library that is older than ``newest`` to ``NAME.vN.bak``, while nobody can write."""
    with transaction(connection):
        old = version(connection)
        if old < newest:
            copy(path, path.with_name(f"{path.name}.v{old}.bak"))


def copy(path: Path, target: Path) -> None:
    """A consistent copy of a library that may be in use; ``target`` appears whole or not at all."""
    partial = target.with_name(target.name + ".part")
    partial.unlink(missing_ok=True)
    try:
        with (
            closing(Connection(str(path), apsw.SQLITE_OPEN_READONLY)) as source,
            closing(Connection(str(partial))) as made,
        ):
            with made.backup("main", source, "main") as job:
                job.step(-1)
            made.run("PRAGMA journal_mode = DELETE")
    except apsw.Error as problem:
        partial.unlink(missing_ok=True)
        raise translated(problem, str(target)) from problem
    partial.replace(target)


def version(connection: Connection) -> int:
    """The version that the library has now."""
    found: int = connection.value("PRAGMA user_version")
    return found
