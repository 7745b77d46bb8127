"""The whole library into a file and back, however it is used meanwhile: ``backup`` and ``restore``."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from reader.errors import BadTarget, Damaged, Locked, NotFound, StoreError, TooNew
from reader.paths import Paths
from reader.store import care, copying, presence, replacing
from reader.store.database import Database
from reader.store.migrations import Progress


@dataclass(frozen=True, slots=True)
class Kept:
    """What was written: the file, its bytes, and of a restore where the library that was there before is kept."""

    path: Path
    size: int
    before: Path | None = None


def backup(where: Paths, target: Path, *, force: bool = False, progress: Progress | None = None) -> Kept:
    """Write the library as it is at this moment to a file; an earlier backup there is replaced when all is written.

    Raises NotFound without a library, BadTarget for a file that is something else unless ``force``, and StoreError;
    Damaged, when all is written, where the library itself is damaged.
    """
    _there(where)
    target = target.absolute()
    if target.is_dir():
        raise BadTarget(f"{target} is a directory", "name a file in it")
    if not target.parent.is_dir():
        raise BadTarget(f"There is no directory {target.parent}")
    if target.exists():
        _may_replace(where, target, force)
    copying.need_room(target.parent, where.database.stat().st_size, "The backup")
    copying.copy(where.database, target, progress, "writing the backup")
    try:
        copying.check(target, progress)
    except Damaged as problem:
        raise Damaged(f"{target} was written, but the library is damaged", "see: reader doctor") from problem
    return Kept(target, target.stat().st_size)


def restore(where: Paths, source: Path, progress: Progress | None = None) -> Kept:
    """Put a backup in the library's place once it is known to be sound; the library that was there is kept.

    Raises NotFound, Damaged, TooNew, Locked where a screen or a command has the library open, and other StoreErrors.
    """
    source = source.absolute()
    if not source.is_file():
        raise NotFound(f"There is no file {source}")
    _not_itself(where, source)
    if where.database.exists() and presence.is_open(where.screen):
        raise Locked("Reader is open in a window", "close it and try again")
    path = where.database
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f"{path.name}.restored.part")
    try:
        copying.need_room(path.parent, source.stat().st_size, "The restored library")
        copying.copy(source, made, progress, "reading the backup")
        copying.check(made, progress)
        kept = care.kept_path(path, "before-restore")
        with replacing.alone(path) as connection:
            replacing.put(connection, made, path, kept)
    except Damaged as problem:
        raise Damaged(f"{source} is no sound library of Reader", "the library stays as it is") from problem
    except TooNew as problem:
        raise TooNew(f"{source} was written by a newer version of Reader", problem.hint) from problem
    finally:
        made.unlink(missing_ok=True)
    with closing(Database(path, progress=progress).connect()):
        return Kept(
            path, path.stat().st_size, kept if kept.exists() else None
        )  # it was of an earlier version perhaps: now it is of ours


def _there(where: Paths) -> None:
    if not where.database.exists():
        raise NotFound(f"There is no library at {where.database}")


def _may_replace(where: Paths, target: Path, force: bool) -> None:
    """Raises BadTarget where a backup would destroy something."""
    _not_itself(where, target)
    if force:
        return
    try:
        copying.check_kind(target)
    except TooNew:
        return
    except StoreError as problem:
        raise BadTarget(f"{target} is there already and no backup of Reader", "--force replaces it") from problem


def _not_itself(where: Paths, path: Path) -> None:
    if where.database.exists() and path.exists() and path.samefile(where.database):
        raise BadTarget(f"{path} is the library itself")
