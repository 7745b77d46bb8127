"""A connection to the library that speaks plain Python and raises the house's own errors."""

from __future__ import annotations

import errno
import os
import sys
import time
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import apsw

from reader import errors

Value = int | float | str | bytes | None

_WAIT_SECONDS = 10.0
_STEP_SECONDS = 0.0005
_NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_WRITING = {errno.EROFS, errno.EACCES, errno.EPERM}
_LACKS = ("no such table", "vtable constructor failed", "malformed database schema")
_Identity = tuple[int, int] | None
Files = tuple[_Identity, _Identity]
"""Which file the library is, and which its log."""

DIGITS = "group_concat(printf('%016x', hit), '')"
"""The column ``hit`` of all rows as ``from_digits`` reads it."""


class Interrupted(Exception):
    """Another thread stopped this query with ``Connection.interrupt``."""


class Connection(apsw.Connection):
    """One thread's way to the library. Statements take their values after the text, one for each question mark."""

    files: Files = (None, None)

    def hold_to(self, path: str) -> None:
        """Remember which files these are, for ``still_there``."""
        self.files = (_identity(path), _identity(f"{path}-wal"))

    def same_as(self, files: Files) -> None:
        """Whether this is the library that other connections hold to. Raises Replaced."""
        if self.files[0] != files[0]:
            raise replaced(self.filename)

    def still_there(self) -> None:
        """Whether what is written is written where others look for it. Raises Replaced.

        A file that was deleted or moved away takes commits as before, and a library without its log tells nobody.
        """
        library, log = self.files
        if library is None:
            return
        path = self.filename
        if library != _identity(path) or (log is not None and log != _identity(f"{path}-wal")):
            raise replaced(path)
        if log is None:
            self.hold_to(path)

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """All rows of a statement."""
        try:
            return self.execute(sql, values).fetchall()
        except apsw.Error as problem:
            raise translated(problem, self.filename, self.system_errno) from problem
        except UnicodeDecodeError as problem:
            raise damaged(self.filename) from problem

    def first(self, sql: str, *values: Any) -> tuple[Any, ...] | None:
        """The first row of a statement, None if there is none."""
        rows = self.rows(sql, *values)
        return rows[0] if rows else None

    def value(self, sql: str, *values: Any) -> Any:
        """The first column of the first row, None if there is none."""
        rows = self.rows(sql, *values)
        return rows[0][0] if rows else None

    def numbers(self, sql: str, *values: Any) -> array[int]:
        """The column ``hit`` of a statement, as one text of hexadecimal digits out of SQLite.

        That is twice as fast as rows, and the interpreter, for which other threads may be waiting, has little to do.
        """
        return from_digits(self.value(f"SELECT {DIGITS} FROM ({sql})", *values))

    def run(self, sql: str, *values: Any) -> int:
        """Run a statement; how many rows it changed, those of triggers left out."""
        self.rows(sql, *values)
        return self.changes()

    def run_many(self, sql: str, rows: Iterable[Sequence[Value]]) -> None:
        """Run a statement once for each row of values."""
        try:
            self.executemany(sql, rows)
        except apsw.Error as problem:
            raise translated(problem, self.filename, self.system_errno) from problem


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """All or nothing; inside another transaction it is part of that one.

    Waits for other writers in steps of half a millisecond. Raises Locked after ten seconds, DiskFull, ReadOnly,
    Damaged or Replaced; then nothing of it is kept.
    """
    if connection.in_transaction:
        yield
        return
    connection.still_there()
    connection.run("BEGIN IMMEDIATE")
    try:
        yield
        connection.run("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.run("ROLLBACK")
        raise


def wait_for_others(tries: int) -> bool:
    """The busy handler: whether to try again, after a short sleep."""
    steps = _WAIT_SECONDS / _STEP_SECONDS
    if tries >= steps:
        return False
    time.sleep(_STEP_SECONDS)
    return True


def from_digits(text: str | None) -> array[int]:
    """Numbers from sixteen hexadecimal digits each."""
    found = array("q")
    if text:
        found.frombytes(bytes.fromhex(text))
        if sys.byteorder == "little":
            found.byteswap()
    return found


def bound(values: Iterable[int]) -> object:
    """Numbers as one value for ``carray(?)``, the table of one column ``value``."""
    numbers = values if isinstance(values, array) else array("q", values)
    # an empty array has no address that SQLite would accept; NULL is an empty table
    return apsw.carray(numbers) if numbers else None


def bound_texts(values: Iterable[str]) -> object:
    """Texts as one value for ``carray(?)``."""
    texts = tuple(values)
    return apsw.carray(texts) if texts else None


def translated(problem: apsw.Error, path: str, system_errno: int = 0) -> Exception:
    """The house's error for one of the driver's; those that only a bug can raise stay as they are."""
    if isinstance(problem, apsw.InterruptError):
        return Interrupted()
    if isinstance(problem, apsw.FullError) or (isinstance(problem, apsw.IOError) and system_errno in _NO_SPACE):
        return errors.DiskFull(f"No room left on the disk that holds {path}", "free some space and try again")
    if isinstance(problem, (apsw.BusyError, apsw.LockedError)):
        return errors.Locked(f"Another program holds {path} for too long", "let it finish or close it, then try again")
    if isinstance(problem, apsw.NotADBError):
        return no_library(path)
    if is_damage(problem):
        return damaged(path)
    unwritable = isinstance(problem, (apsw.ReadOnlyError, apsw.CantOpenError, apsw.PermissionsError))
    if unwritable or (isinstance(problem, apsw.IOError) and system_errno in _NO_WRITING):
        return errors.ReadOnly(f"{path} cannot be opened and written", "check its permissions or set READER_HOME")
    if isinstance(problem, apsw.IOError):
        return errors.StoreError(f"The disk failed with {path}", f"the system says: {_in_words(system_errno)}")
    return problem


def replaced(path: str) -> errors.Replaced:
    """The error for a library that is no longer where it was."""
    return errors.Replaced(
        "The library was moved, deleted or replaced while it was open",
        f"close Reader and open it again; it was {path}",
    )


def is_damage(problem: apsw.Error) -> bool:
    """Whether an error comes of a part of the library that cannot be read, or is not there."""
    lacks = isinstance(problem, apsw.SQLError) and any(words in str(problem) for words in _LACKS)
    return lacks or isinstance(problem, apsw.CorruptError)


def no_library(path: str) -> errors.Damaged:
    """The error for what is another program's file, or so damaged that it looks like one."""
    return errors.Damaged(f"{path} is not a library of Reader", "see: reader doctor, or set READER_HOME")


def damaged(path: str) -> errors.Damaged:
    """The error for a library of which a part cannot be read."""
    return errors.Damaged("The library is damaged", f"to mend it: reader doctor --fix; it is {path}")


def _identity(path: str) -> _Identity:
    """Which file stands at a path, None where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 - asked with every transaction
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _in_words(number: int) -> str:
    return os.strerror(number) if number else "no more than that"
