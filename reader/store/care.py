"""A library looked at and mended as a whole file, whatever state it is in: the doctor's hands.

Before anything is touched that could not be read, a copy is kept beside it. What is put right in its place may be put
right beside an open screen; a new library is made only while nobody has the old one open.
"""

from __future__ import annotations

import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

import apsw

from reader import errors
from reader.store import copying, headers, inspection, mending, migrations, replacing, salvage
from reader.store.connection import Connection, no_library, translated, wait_for_others
from reader.store.inspection import Kind, Trouble
from reader.store.migrations import Progress
from reader.store.salvage import Salvaged

_ROUNDS = 3
_ALL = tuple(Kind)
_WITHOUT_COPY = {Kind.COUNTS, Kind.REMOVAL, Kind.CLOCK}
_HEADER = Trouble(Kind.FILE, "file: its beginning is damaged, so that it looks like no library")


@dataclass(frozen=True, slots=True)
class Look:
    """What was found. ``is_there`` is False where no library was made yet; ``refusal`` says why it cannot be used."""

    is_there: bool = True
    refusal: errors.StoreError | None = None
    troubles: tuple[Trouble, ...] = ()
    version: int = 0
    articles: int = 0
    feeds: int = 0
    size: int = 0


@dataclass(slots=True)
class Mended:
    """What was done: the troubles that are gone, those that are left, what was kept, what a salvage came to."""

    gone: list[Trouble] = field(default_factory=list)
    left: list[Trouble] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)
    salvaged: Salvaged | None = None


def look(path: Path, now: int, progress: Progress | None = None) -> Look:
    """Look through a library; nothing is changed, and a library of an earlier version is not brought up."""
    if not path.exists():
        return Look(is_there=False)
    try:
        with closing(_opened(path)) as connection, migrations.telling(connection, "looking at the library", progress):
            return _looked(connection, now)
    except errors.StoreError as refusal:
        if isinstance(refusal, errors.Damaged) and path.is_file() and _is_ours(path):
            return Look(troubles=(_HEADER,), size=path.stat().st_size)
        return Look(refusal=refusal)


def mend(path: Path, now: int, progress: Progress | None = None) -> Mended:
    """Mend what can be mended. Raises StoreError where the library cannot be used or written, Locked beside others."""
    done = Mended()
    for _ in range(_ROUNDS):
        found = look(path, now, progress)
        if found.refusal is not None:
            raise found.refusal
        done.gone += [each for each in done.left if each not in found.troubles]
        done.left = list(found.troubles)
        if not done.left:
            return done
        if not _in_place(path, now, done, progress):
            _anew(path, done, progress)
    found = look(path, now, progress)
    done.gone += [each for each in done.left if each not in found.troubles]
    done.left = list(found.troubles)
    return done


def kept_path(path: Path, what: str) -> Path:
    """A name beside a library that says what is kept there and since when; no file has it yet."""
    name = f"{path.name}.{what}-{time.strftime('%Y%m%d-%H%M%S')}"
    names = [name, *(f"{name}-{number}" for number in range(2, 100))]
    return next(path.with_name(each) for each in names if not path.with_name(each).exists())


def _opened(path: Path) -> Connection:
    try:
        connection = Connection(str(path), apsw.SQLITE_OPEN_READWRITE)
        connection.set_busy_handler(wait_for_others)
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    except apsw.Error as problem:
        raise translated(problem, str(path)) from problem
    return connection


def _looked(connection: Connection, now: int) -> Look:
    try:
        version = migrations.known_version(connection)
    except errors.Damaged:
        if not connection.value("SELECT count(*) FROM sqlite_schema"):
            return Look(is_there=False)
        raise
    troubles = inspection.inspect(connection)
    if not troubles and version == migrations.VERSION:
        troubles = inspection.clocks(connection, now)
    articles = feeds = 0
    with suppress(errors.StoreError, apsw.Error):
        articles = connection.value("SELECT count(*) FROM articles")
        feeds = connection.value("SELECT count(*) FROM feeds WHERE removed_at IS NULL")
    ordered = sorted(troubles, key=lambda trouble: _ALL.index(trouble.kind))
    return Look(True, None, tuple(ordered), version, articles, feeds, copying.size(connection))


def _is_ours(path: Path) -> bool:
    try:
        return headers.is_ours(path)
    except OSError:
        return False


def _in_place(path: Path, now: int, done: Mended, progress: Progress | None) -> bool:
    """Mend the file itself; False where that cannot be done."""
    kinds = list(dict.fromkeys(trouble.kind for trouble in done.left))
    if Kind.FILE in kinds:
        return False
    try:
        with closing(_opened(path)) as connection:
            if not done.kept and not _WITHOUT_COPY.issuperset(kinds):
                copying.need_room(path.parent, copying.size(connection), "Mending")
                kept = kept_path(path, "damaged")
                copying.copy(path, kept, progress, "keeping a copy")
                done.kept.append(kept)
            connection.execute("PRAGMA foreign_keys = ON")
            for kind in kinds:
                mending.mend(connection, kind, now, progress)
    except errors.Damaged:
        return False
    return True


def _anew(path: Path, done: Mended, progress: Progress | None) -> None:
    """Make a new library of what can be read, and keep the damaged one beside it."""
    made, kept = path.with_name(f"{path.name}.mended.part"), kept_path(path, "damaged")
    copying.need_room(path.parent, path.stat().st_size, "Mending")
    try:
        with replacing.alone(path) as connection:
            if connection is not None:
                done.salvaged = salvage.salvage(connection, made, progress)
            else:
                done.salvaged = _without_header(path, made, progress)
            copying.check(made, progress)
            replacing.put(connection, made, path, kept)
    except apsw.Error as problem:
        raise translated(problem, str(path)) from problem
    finally:
        _forget(made)
    done.kept.append(kept)


def _without_header(path: Path, made: Path, progress: Progress | None) -> Salvaged:
    """Read a library whose header is damaged by a copy with another."""
    if not _is_ours(path):
        raise no_library(str(path))
    copied = path.with_name(f"{path.name}.header.part")
    try:
        headers.mended_copy(path, copied)
        with closing(Connection(str(copied), apsw.SQLITE_OPEN_READWRITE)) as connection:
            return salvage.salvage(connection, made, progress)
    finally:
        _forget(copied)


def _forget(path: Path) -> None:
    for end in ("", "-wal", "-shm"):
        path.with_name(f"{path.name}{end}").unlink(missing_ok=True)
