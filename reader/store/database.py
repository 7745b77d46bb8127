"""The file: found, made, brought up to date and opened, one connection for each thread."""

from __future__ import annotations

import threading
import weakref
from pathlib import Path

import apsw

from reader import errors
from reader.store import migrations
from reader.store.connection import Connection, Files, replaced, transaction, translated, wait_for_others
from reader.store.migrations import Progress
from reader.store.schema import APPLICATION_ID, PAGE_SIZE, SCHEMA

CACHE_KIB = 8192
CHECKPOINT_PAGES = 2000
LOG_BYTES = 64 << 20


class Database:
    """The library at a path; the first connection makes it, or brings it up to date.

    ``cache_kib`` is what one connection may keep of the file in memory. With ``readonly`` nothing is made or changed.
    Not ``durable``: a commit does not wait for the disk. When the power fails the last ones may be gone, whole and in
    order; that is for what can be fetched again. A durable commit of another connection takes them along.
    ``progress`` is told how far it is where a library of an earlier version has to be brought up.
    """

    def __init__(
        self,
        path: Path,
        *,
        readonly: bool = False,
        durable: bool = True,
        cache_kib: int = CACHE_KIB,
        progress: Progress | None = None,
    ) -> None:
        self.path = path
        self._progress = progress
        self.readonly = readonly
        self._durable = durable
        self._cache_kib = cache_kib
        self._lock = threading.Lock()
        self._is_ready = False
        self._files: Files | None = None  # those that the first connection found
        self._local = threading.local()
        self._open: weakref.WeakSet[Connection] = weakref.WeakSet()

    def connect(self) -> Connection:
        """A new connection, the caller's to close. Raises StoreError and its children."""
        connection = self._dial()
        try:
            if self._files is not None:
                connection.same_as(self._files)
            with self._lock:
                if not self._is_ready:
                    _prepare(connection, self.path, self.readonly, self._progress)
                    self._is_ready = True
                    self._files = connection.files
            _settle(connection, self._cache_kib, self.readonly, self._durable)
        except BaseException:
            connection.close()
            raise
        return connection

    def local(self) -> Connection:
        """The connection of this thread, opened when it first asks; it closes with its thread."""
        connection: Connection | None = getattr(self._local, "connection", None)
        if connection is None or connection not in self._open:
            connection = self.connect()
            self._local.connection = connection
            self._open.add(connection)
        return connection

    def close_all(self) -> None:
        """Close the connections of all threads; no thread may be using one."""
        for connection in list(self._open):
            self._open.discard(connection)
            connection.close()

    def _dial(self) -> Connection:
        flags = apsw.SQLITE_OPEN_READONLY
        if not self.readonly:
            # a library that was deleted meanwhile is not made anew by the next thread that reads
            flags = apsw.SQLITE_OPEN_READWRITE | (0 if self._is_ready else apsw.SQLITE_OPEN_CREATE)
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as problem:
                raise _no_place(self.path, problem) from problem
        try:
            connection = Connection(str(self.path), flags)
        except apsw.Error as problem:
            if self._is_ready and not self.path.exists():
                raise replaced(str(self.path)) from problem
            raise translated(problem, str(self.path)) from problem
        except UnicodeEncodeError as problem:
            raise errors.ReadOnly(
                f"there is no place for the library {self.path}: its name is no UTF-8",
                "set READER_HOME to another directory",
            ) from problem
        connection.set_busy_handler(wait_for_others)
        connection.hold_to(connection.filename)
        return connection


def data_version(connection: Connection) -> int:
    """A number that changes when another connection has written. Raises Replaced."""
    connection.still_there()
    found: int = connection.value("PRAGMA data_version")
    return found


def _no_place(path: Path, problem: OSError) -> errors.StoreError:
    reason = problem.strerror or str(problem)
    return errors.ReadOnly(
        f"there is no place for the library {path}: {reason}", "set READER_HOME to another directory"
    )


def _settle(connection: Connection, cache_kib: int, readonly: bool, durable: bool) -> None:
    connection.run("PRAGMA foreign_keys = ON")
    connection.run(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
    connection.run(f"PRAGMA cache_size = -{cache_kib}")
    if not readonly:
        connection.run(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
        connection.run(f"PRAGMA journal_size_limit = {LOG_BYTES}")


def _prepare(connection: Connection, path: Path, readonly: bool, progress: Progress | None) -> None:
    """Make, recognise or bring up the library. Raises Damaged for another program's file, TooNew, ReadOnly."""
    if _is_empty(connection):
        if readonly:
            raise errors.NotFound(f"There is no library at {path}")
        _make(connection)
    found = migrations.known_version(connection)
    if found < migrations.VERSION:
        if readonly:
            raise errors.ReadOnly(
                f"the library {path} is of an earlier version", "open it once where it can be written"
            )
        migrations.bring_up(connection, path, progress=progress)
    if not readonly and connection.value("PRAGMA journal_mode") != "wal":  # a copy that was put here by hand
        _log_ahead(connection)


def _is_empty(connection: Connection) -> bool:
    return connection.first("SELECT 1 FROM sqlite_schema") is None


def _make(connection: Connection) -> None:
    """Write the tables into an empty file; two processes may do so at once."""
    connection.run(f"PRAGMA page_size = {PAGE_SIZE}")
    _log_ahead(connection)
    with transaction(connection):
        if _is_empty(connection):
            connection.run(SCHEMA)
            connection.run(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.run(f"PRAGMA user_version = {migrations.VERSION}")


def _log_ahead(connection: Connection) -> None:
    """Switch the file to WAL, which asks no busy handler when another process does so in the same moment."""
    tries = 0
    while True:
        try:
            connection.run("PRAGMA journal_mode = WAL")
        except errors.Locked:
            if not wait_for_others(tries):
                raise
            tries += 1
        else:
            return
