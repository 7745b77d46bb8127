"""A local file: read whole, never written, refused with a clear word when it is no ordinary file or too big.

It is opened without waiting, because opening a FIFO would wait for its writer for ever, and what was opened is looked
at again, because a name may have come to mean something else since.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from reader.fetch import words
from reader.text import size

_STEP = 2
_NAMES = {
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFDIR: "a directory",
}


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a file or directory is not read, as a phrase: "it is a pipe"."""

    reason: str


@dataclass(frozen=True, slots=True)
class Read:
    """A file's bytes, when they were last changed in nanoseconds since 1970, and the hash of the bytes."""

    data: bytes
    mtime_ns: int

    @property
    def mtime(self) -> int:
        """The same moment in seconds."""
        return self.mtime_ns // 1_000_000_000

    def settled(self, now: int) -> int:
        """``mtime_ns`` if the next change is sure to have another one, else -1, which no file has.

        File systems count in steps of up to two seconds: what changed just now may change again unseen.
        """
        return self.mtime_ns if self.mtime < now - _STEP else -1

    def stamp(self, now: int) -> str:
        """What tells without reading that a file is as it was."""
        return f"{self.settled(now)}-{len(self.data)}"


def read(path: str | os.PathLike[str], limit: int) -> Read | Refused:
    """A file of at most ``limit`` bytes."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        return Refused(_unopened(path, error))
    try:
        with open(handle, "rb", buffering=0) as file:  # noqa: PTH123 - a handle, not a path
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                return Refused(f"it is {_NAMES.get(stat.S_IFMT(found.st_mode), 'no ordinary file')}")
            if found.st_size > limit:
                return Refused(f"it is larger than {size(limit)}")
            data = _whole(file.fileno(), limit)
    except OSError as error:
        return Refused(words.system(error))
    return Refused(f"it is larger than {size(limit)}") if data is None else Read(data, found.st_mtime_ns)


def stamp(path: str | os.PathLike[str]) -> str | None:
    """``Read.stamp`` of a file as it is now, without reading it; None when it cannot be looked at."""
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return f"{found.st_mtime_ns}-{found.st_size}"


def is_text(name: str) -> bool:
    """Whether a name can be kept as text: not every system keeps them in UTF-8."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def digest(data: bytes) -> bytes:
    """The hash by which a document is known as the same."""
    return blake2b(data, digest_size=16).digest()


def _whole(handle: int, limit: int) -> bytes | None:
    """Everything in an open file, None when it grows beyond the limit while it is read."""
    parts, size = [], 0
    while part := os.read(handle, 1 << 20):
        size += len(part)
        if size > limit:
            return None
        parts.append(part)
    return b"".join(parts)


def _unopened(path: str | os.PathLike[str], error: OSError) -> str:
    """Why a file could not be opened; a socket and a directory (on Windows) only say so when looked at."""
    try:
        kind = stat.S_IFMT(Path(path).stat().st_mode)
    except OSError:
        return words.system(error)
    return f"it is {_NAMES[kind]}" if kind in _NAMES else words.system(error)
