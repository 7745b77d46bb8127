"""Another file in the library's place, while nobody has the library open; what stood there is kept beside it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import apsw

from reader import errors
from reader.store.connection import Connection, translated
from reader.store.copying import on_disk

_PATIENCE = 1000  # milliseconds for a command that is about to end
_BESIDE = ("-wal", "-shm", "-journal")


@contextmanager
def alone(path: Path) -> Iterator[Connection | None]:
    """Have the library to oneself; None where there is none, or none that SQLite can open.

    Raises Locked where another process has it open. Nothing but this connection may open the file meanwhile, as closing
    it would give up the locks of the whole process.
    """
    if not path.exists():
        yield None
        return
    with closing(_opened(path)) as connection:
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")  # the lock stays
        except (apsw.NotADBError, apsw.CorruptError):
            yield None
            return
        except (apsw.BusyError, apsw.LockedError) as problem:
            raise _in_use(path) from problem
        except apsw.Error as problem:
            raise translated(problem, str(path), connection.system_errno) from problem
        yield connection


def put(connection: Connection | None, made: Path, path: Path, kept: Path) -> None:
    """Put the library ``made`` in the place of the one at ``path``, which is found at ``kept`` from then on.

    ``connection`` is what ``alone`` gave. At no moment is there no library at ``path``. What is kept has no log any
    more: who still opens it under its old name must not write to the log of the new one.
    """
    try:
        _log_ahead(made)
        on_disk(made)
        _without_log(connection, path, kept)  # also that of a library which was deleted: it would be read as ours
        if path.exists():
            _link(path, kept)
        made.replace(path)
        on_disk(path.parent)
    except OSError as problem:
        raise errors.ReadOnly(f"{path} cannot be replaced: {problem.strerror}") from problem


def _opened(path: Path) -> Connection:
    try:
        connection = Connection(str(path), apsw.SQLITE_OPEN_READWRITE)
    except apsw.Error as problem:
        raise translated(problem, str(path)) from problem
    connection.set_busy_timeout(_PATIENCE)
    connection.execute("PRAGMA writable_schema = ON")  # a file that was cut off is opened all the same
    return connection


def _log_ahead(made: Path) -> None:
    with closing(Connection(str(made))) as connection:
        connection.execute("PRAGMA journal_mode = WAL")


def _without_log(connection: Connection | None, path: Path, kept: Path) -> None:
    """Move the log of what is kept into it; one that nobody can read goes along with it as it is."""
    if connection is not None:
        with suppress(apsw.Error):
            if connection.execute("PRAGMA journal_mode = DELETE").get == "delete":
                return
    for end in _BESIDE:
        with suppress(FileNotFoundError):
            os.replace(f"{path}{end}", f"{kept}{end}")  # noqa: PTH105 - two texts


def _link(path: Path, kept: Path) -> None:
    try:
        kept.hardlink_to(path)
    except OSError:  # a disk without links
        path.replace(kept)


def _in_use(path: Path) -> errors.Locked:
    return errors.Locked(f"{path} is in use", "close Reader in every window, let other commands end, and try again")
