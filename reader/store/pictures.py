"""Pictures kept in the cache directory: one file each, named by the hash of its address, the oldest used go first.

A file is a head of fixed length, then the sample (packed), then the PNG to the end. An address that gave no picture is
remembered the same way, with a moment until which it is not asked again. All of it may be deleted at any time, and what
is damaged counts as not there.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeVar

from reader.model import Picture

_HEAD = struct.Struct(">4s?qIIHHI")  # what it is, is a picture, when, size, size of the sample, length of the sample
_MAGIC = b"RdP1"
_ENDING = ".picture"
_MOST_SAMPLE = 1 << 20
T = TypeVar("T")
_BLOCK = 4096
_KEEP = 0.9  # how full the cache is after it was too full


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture that is there: its size in pixels, and when it was brought in."""

    size: tuple[int, int]
    at: int


@dataclass(frozen=True, slots=True)
class Refused:
    """An address that gave no picture and is not asked again before a moment."""

    until: int


@dataclass(frozen=True, slots=True)
class Sample:
    """The small copy of a picture: see ``model.Picture``."""

    size: tuple[int, int]
    pixels: bytes


class _Head(NamedTuple):
    """The head of a picture's file; ``length`` is that of the sample as it is packed."""

    at: int
    size: tuple[int, int]
    sample_size: tuple[int, int]
    length: int


class PictureCache:
    """The pictures under a directory, which is made with the first of them."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def look(self, address: str) -> Kept | Refused | None:
        """What is known of an address."""
        path = self._path(address)
        try:
            with path.open("rb") as file:
                head = _read_head(file.read(_HEAD.size))
        except OSError:
            return None
        if not isinstance(head, _Head):
            return head
        with suppress(OSError):
            os.utime(path)  # it is used
        return Kept(head.size, head.at)

    def sample(self, address: str) -> Sample | None:
        """The small copy of a picture."""
        found = self._read(address, lambda head, file: (head.sample_size, file.read(head.length)))
        if found is None:
            return None
        size, packed = found
        try:
            pixels = zlib.decompressobj().decompress(packed, _MOST_SAMPLE)
        except zlib.error:
            return None
        return Sample(size, pixels) if len(pixels) == size[0] * size[1] * 4 > 0 else None

    def png(self, address: str) -> bytes | None:
        """The picture itself."""
        found = self._read(address, lambda head, file: file.seek(_HEAD.size + head.length) and file.read())
        return found if isinstance(found, bytes) and found.startswith(b"\x89PNG\r\n\x1a\n") else None

    def keep(self, address: str, picture: Picture, now: int) -> None:
        """Keep a picture. Raises OSError."""
        packed = zlib.compress(picture.sample)
        head = _HEAD.pack(_MAGIC, True, now, *picture.size, *picture.sample_size, len(packed))
        self._write(address, head + packed + picture.png)

    def renew(self, address: str, now: int) -> bool:
        """Take a picture that is there for one that was brought in now; whether there is one. Raises OSError."""
        rest = self._read(address, lambda head, file: (head, file.read()))
        if rest is None:
            return False
        head, data = rest
        self._write(address, _HEAD.pack(_MAGIC, True, now, *head.size, *head.sample_size, head.length) + data)
        return True

    def refuse(self, address: str, until: int) -> None:
        """Remember that an address gave no picture. Raises OSError."""
        self._write(address, _HEAD.pack(_MAGIC, False, until, 0, 0, 0, 0, 0))

    def trim(self, limit: int) -> None:
        """Delete what was not used for longest, if all of it takes more than ``limit`` bytes."""
        files = sorted(self._files(), key=lambda found: found[1].st_mtime_ns)
        size = sum(_room(found) for _, found in files)
        if size <= limit:
            return
        for path, found in files:
            if size <= limit * _KEEP:
                return
            with suppress(OSError):
                path.unlink()
                size -= _room(found)

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        """All that is ours in the directory, what was left half written included."""
        with suppress(OSError):
            for entry in os.scandir(self._directory):
                if _ENDING in entry.name:
                    with suppress(OSError):
                        yield Path(entry.path), entry.stat(follow_symlinks=False)

    def _read(self, address: str, take: Callable[[_Head, BinaryIO], T]) -> T | None:
        """What ``take`` reads of a picture behind its head; None where there is no picture."""
        try:
            with self._path(address).open("rb") as file:
                head = _read_head(file.read(_HEAD.size))
                return take(head, file) if isinstance(head, _Head) else None
        except OSError:
            return None

    def _path(self, address: str) -> Path:
        return self._directory / (blake2b(address.encode("utf-8", "replace"), digest_size=20).hexdigest() + _ENDING)

    def _write(self, address: str, data: bytes) -> None:
        """Put a whole file in its place, or none."""
        path = self._path(address)
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        half = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            half.write_bytes(data)
            half.replace(path)
        except OSError:
            half.unlink(missing_ok=True)
            raise


def _room(found: os.stat_result) -> int:
    """What a file takes of the disk, which is not less than a block for the smallest."""
    return -(-found.st_size // _BLOCK) * _BLOCK


def _read_head(data: bytes) -> _Head | Refused | None:
    """What a file is, by its head; None for what is none of ours."""
    if len(data) != _HEAD.size:
        return None
    magic, is_picture, at, width, height, across, down, length = _HEAD.unpack(data)
    if magic != _MAGIC or (is_picture and not (width and height and across and down)):
        return None
    return _Head(at, (width, height), (across, down), length) if is_picture else Refused(at)
