"""A disk that keeps only what was synced, as a VFS of SQLite: what is left of a library when the power fails.

The files that SQLite works on are real ones; beside them this keeps what the disk itself has of each:

- A write or truncation is on the disk once the file was synced. Until then, at a power cut, each 512-byte sector of it
  may be there or not, whatever was written before or after it: torn pages, lost writes and any order between them, also
  between the files. What lies in a hole behind the old end is zeros.
- A new file is in its directory once that was synced, which SQLite's unix VFS does with the first sync of a new journal
  or log (and which takes along whatever else was new there); until then it may be missing, synced or not. A deletion is
  the same, unless SQLite asked for the directory to be synced with it.
- The shared memory beside a log is lost: it is made anew from the log.

Not modelled: a disk that says it has written what it has not, bytes that change by themselves, sectors that are half
written, and files that Python writes itself (copies; they are synced before they get their names).
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

SECTOR = 512
_NAME = "power"
_DIRECTORY_SYNCED_BY = apsw.SQLITE_OPEN_WAL | apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_SUPER_JOURNAL

Change = tuple[int, bytes | None]
"""Bytes at an offset, or that the file ends there."""


@dataclass
class _File:
    synced: bytearray = field(default_factory=bytearray)
    changes: list[Change] = field(default_factory=list)
    is_listed: bool = False  # in the directory, on the disk
    is_deleted: bool = False

    def sync(self) -> None:
        for change in self.changes:
            _apply(self.synced, change)
        self.changes.clear()


Image = dict[str, bytes]
"""What the disk has after a cut: files by their names."""


class Disk:
    """What the disk has. ``on_step`` is called before each thing that SQLite does to it, ``steps`` counts them."""

    def __init__(self) -> None:
        self.files: dict[str, _File] = {}
        self.gone: dict[str, _File] = {}  # deleted, but perhaps not yet on the disk
        self.base = apsw.vfs_names()[0]  # what really keeps the files: once we are the default it must be named
        self.steps = 0
        self.on_step: Any = lambda: None

    def step(self) -> None:
        self.steps += 1
        self.on_step()

    def file(self, name: str) -> _File:
        return self.files.setdefault(name, _File())

    def sync_directory(self) -> None:
        self.gone.clear()
        for each in self.files.values():
            each.is_listed = True

    def delete(self, name: str, *, synced: bool) -> None:
        found = self.files.pop(name, None)
        if found is not None and found.is_listed:
            self.gone[name] = found
        if synced:
            self.sync_directory()

    def image(self, chance: random.Random, share: float) -> Image:
        """The disk after a cut now, with about this share of what was not synced."""
        image = {name: bytes(each.synced) for name, each in self.gone.items() if chance.random() >= share}
        for name, each in self.files.items():
            if each.is_listed or chance.random() < share:
                image[name] = bytes(_torn(each, chance, share))
        return image


def _apply(data: bytearray, change: Change) -> None:
    at, written = change
    if written is None:
        del data[at:]
        return
    if len(data) < at:
        data.extend(bytes(at - len(data)))
    data[at : at + len(written)] = written


def _torn(file: _File, chance: random.Random, share: float) -> bytearray:
    data = bytearray(file.synced)
    for at, written in file.changes:
        if written is None:
            if chance.random() < share:
                del data[at:]
            continue
        for start in range(0, len(written), SECTOR):
            if chance.random() < share:
                _apply(data, (at + start, written[start : start + SECTOR]))
    return data


class _PowerFile(apsw.VFSFile):
    def __init__(self, disk: Disk, name: Any, flags: list[int]) -> None:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._disk, self._name = disk, Path(path).name
        self._flags = flags[0]
        is_new = not Path(path).exists()
        super().__init__(disk.base, name, flags)
        if is_new:
            disk.step()
            disk.file(self._name)
        self._syncs_directory = is_new and bool(self._flags & _DIRECTORY_SYNCED_BY)

    def xWrite(self, data: bytes, offset: int) -> None:
        self._disk.step()
        self._disk.file(self._name).changes.append((offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:
        self._disk.step()
        self._disk.file(self._name).changes.append((size, None))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:
        self._disk.step()
        self._disk.file(self._name).sync()
        if self._syncs_directory:
            self._disk.sync_directory()
            self._syncs_directory = False


class _Power(apsw.VFS):
    def __init__(self, disk: Disk) -> None:
        super().__init__(_NAME, disk.base, makedefault=True)
        self._disk = disk

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        if name is None or not flags[0] & (apsw.SQLITE_OPEN_MAIN_DB | _DIRECTORY_SYNCED_BY):
            return super().xOpen(name, flags)
        return _PowerFile(self._disk, name, flags)

    def xDelete(self, name: str, syncdir: bool) -> None:
        self._disk.step()
        super().xDelete(name, syncdir)
        self._disk.delete(Path(name).name, synced=bool(syncdir))


@contextmanager
def power() -> Iterator[Disk]:
    """As long as the context lasts every library of this process lies on such a disk."""
    disk = Disk()
    vfs = _Power(disk)
    try:
        yield disk
    finally:
        vfs.unregister()


def put_down(image: Image, place: Path) -> None:
    """The files of an image as they are found when the power is back."""
    place.mkdir(parents=True, exist_ok=True)
    for old in place.iterdir():
        old.unlink()
    for name, data in image.items():
        (place / name).write_bytes(data)
