"""Copies of a library that may be in use, each whole or not there at all, and a look at whether a file is one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import apsw

from reader import errors
from reader.store import migrations
from reader.store.connection import Connection, damaged, translated, wait_for_others
from reader.store.migrations import Progress
from reader.text import size as readable

_PAGES = 512  # at once: 4 MB, after which Ctrl+C is heard
_ROOM = 16 << 20  # bytes that stay free for others


def copy(path: Path, target: Path, progress: Progress | None = None, words: str = "copying the library") -> None:
    """A consistent copy of a library that may be in use; ``target`` appears whole or not at all, and is on the disk.

    What others write meanwhile is not in it. Raises StoreError and its children.
    """
    partial = target.with_name(target.name + ".part")
    try:
        partial.unlink(missing_ok=True)
        _fill(path, partial, progress, words)
        on_disk(partial)
        partial.replace(target)
        on_disk(target.parent)
    except apsw.Error as problem:
        raise translated(problem, str(target)) from problem
    except OSError as problem:
        raise errors.ReadOnly(f"{target} cannot be written: {problem.strerror}") from problem
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _fill(path: Path, partial: Path, progress: Progress | None, words: str) -> None:
    with (
        closing(_source(path)) as source,
        closing(Connection(str(partial))) as made,
    ):
        source.set_busy_handler(wait_for_others)
        source.execute("BEGIN")
        source.execute("SELECT 1 FROM sqlite_schema").fetchall()  # from now on it stays what it is at this moment
        made.execute("PRAGMA synchronous = OFF")  # it is brought to the disk at the end
        told = progress or _nobody
        with made.backup("main", source, "main") as job:
            told(words, 0, 1)
            while not job.step(_PAGES):
                told(words, job.page_count - job.remaining, job.page_count)
        made.execute("PRAGMA journal_mode = DELETE")


def _source(path: Path) -> Connection:
    """The library to read: who may only read it would leave its log behind, which the last to close it clears away."""
    try:
        return Connection(str(path), apsw.SQLITE_OPEN_READWRITE)
    except apsw.CantOpenError:
        return Connection(str(path), apsw.SQLITE_OPEN_READONLY)


def _nobody(words: str, done: int, total: int) -> None:
    """Where nobody looks on."""


def check(path: Path, progress: Progress | None = None) -> None:
    """Whether a library is sound and not newer than we are. Raises NotFound, Damaged, TooNew."""
    with _looked_into(path) as connection, migrations.telling(connection, f"checking {path.name}", progress):
        migrations.known_version(connection)
        if connection.rows("PRAGMA integrity_check(1)") != [("ok",)]:
            raise damaged(str(path))


def check_kind(path: Path) -> None:
    """Whether a file is a library at all, sound or not. Raises NotFound, Damaged for what is none, TooNew."""
    with _looked_into(path) as connection:
        migrations.known_version(connection)


@contextmanager
def _looked_into(path: Path) -> Iterator[Connection]:
    if not path.is_file():
        raise errors.NotFound(f"There is no file {path}")
    try:
        with closing(Connection(str(path), apsw.SQLITE_OPEN_READONLY)) as connection:
            yield connection
    except apsw.Error as problem:
        raise translated(problem, str(path)) from problem


def size(connection: Connection) -> int:
    """How many bytes a library has."""
    found: int = connection.value("PRAGMA page_count") * connection.value("PRAGMA page_size")
    return found


def need_room(place: Path, needed: int, what: str) -> None:
    """Raises DiskFull where a directory's disk has less than so many bytes free; ``what`` needs them."""
    free = room(place)
    if free < needed + _ROOM:
        raise errors.DiskFull(
            f"{what} needs {readable(needed + _ROOM)} of free space in {place}, there are {readable(free)}",
            "free some space and try again",
        )


def room(place: Path) -> int:
    """How many bytes are free on a directory's disk."""
    from shutil import disk_usage  # heavy, and seldom asked

    return disk_usage(place).free


def on_disk(path: Path) -> None:
    """Wait until a file, or what a directory lists, is on the disk; where that cannot be asked for, it is not."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
