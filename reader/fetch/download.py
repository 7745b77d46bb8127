"""A file on its way to the disk: what is there of it so far, under which validator it goes on, and its name in the end.

The unfinished file lies beside its place as ``NAME.part``; a small record elsewhere says which address it belongs to
and which version of it (RFC 9110 13.1.5: only a strong ETag or a date lets a server go on). A server that cannot go on,
or has another version by now, sends all of it, and it begins anew. Nothing is ever written over: a name that is taken
gets a number.
"""

from __future__ import annotations

import errno
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from itertools import count
from pathlib import Path

from reader.fetch import words
from reader.text import size

PART = ".part"
_RANGE = re.compile(r"bytes\s+(\d{1,18})-(\d{1,18})/(\d{1,18}|\*)", re.IGNORECASE)
_NO_ROOM = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
_MOST_NUMBERED = 1000
_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class PartFile:
    """A sink (``fetched.Sink``) that fills a file. ``problem`` is why it takes no more, a sentence for people."""

    def __init__(self, url: str, place: Path, record: Path, most: int, tell: Callable[[int, int | None], None]) -> None:
        """``place`` is where the file is to lie, ``most`` the bytes it may have, 0 for any number.

        ``tell`` gets how many bytes are there and how many there will be. Raises OSError where nothing can be written.
        """
        self.size = 0
        self.total: int | None = None
        self.problem = ""
        self._address = sha256(url.encode("utf-8", "replace")).hexdigest()  # it may hold a password
        self._place, self._record, self._most, self._tell = place, record, most, tell
        self._validator = ""
        place.parent.mkdir(parents=True, exist_ok=True)
        record.parent.mkdir(parents=True, exist_ok=True)
        self.path, self._handle = self._known() or _created(place, PART)
        self._remember()

    def _known(self) -> tuple[Path, int] | None:
        """The unfinished file of an earlier time, opened; None where there is none."""
        try:
            kept = json.loads(self._record.read_bytes())
            path, validator = Path(kept["part"]), str(kept["validator"])
            if kept["address"] != self._address or path.parent != self._place.parent or path.suffix != PART:
                return None
            handle = os.open(path, os.O_RDWR | _FLAGS)
        except (OSError, ValueError, KeyError, TypeError):
            return None  # the record or the file is gone or no longer ours: a new one is begun
        self.size = os.lseek(handle, 0, os.SEEK_END)
        self._validator = validator
        return path, handle

    def _remember(self) -> None:
        kept = {"address": self._address, "part": str(self.path), "validator": self._validator}
        half = self._record.with_suffix(".half")  # a record that is cut short would leave the unfinished file for ever
        half.write_text(json.dumps(kept), "utf-8")
        half.replace(self._record)

    @property
    def is_whole(self) -> bool:
        """Whether there is as much of it as its server promised."""
        return self.total is None or self.size >= self.total

    # As a sink

    def asks(self) -> list[str]:
        """The rest, if what there is belongs to what the server has now."""
        if not self.size or not self._validator:
            return []
        return [f"Range: bytes={self.size}-", f"If-Range: {self._validator}"]

    def begin(self, status: int, headers: Mapping[str, str]) -> bool:
        """The rest comes, or all of it."""
        is_packed = headers.get("content-encoding", "identity").lower() != "identity"
        length = "" if is_packed else headers.get("content-length", "")
        total = int(length) if length.isascii() and length.isdecimal() and len(length) < 19 else None
        if status == 206:
            found = _RANGE.match(headers.get("content-range", ""))
            if found is None or int(found[1]) != self.size:
                return self._refuse("The server sent another part of the file than was asked for")
            self.total = None if found[3] == "*" else int(found[3])
        else:
            self.total = total
            if not self._try(self._empty):
                return False
        known = self._validator if status == 206 else ""  # what is named by its date need not be named again
        self._validator = "" if is_packed else _validator(headers) or known
        if self._most and (self.total or 0) > self._most:
            return self._too_large()
        return self._try(self._remember)

    def take(self, data: bytes) -> bool:
        """A piece more."""
        if self._most and self.size + len(data) > self._most:
            return self._too_large()
        if not self._try(lambda: self._write(data)):
            return False
        self._tell(self.size, self.total)
        return True

    def restart(self) -> bool:
        """Begin anew; whether that could be done."""
        self._validator = ""
        return self._try(self._empty)

    # The end

    def finish(self) -> Path:
        """Give the file its name; where it lies. Raises OSError."""
        os.fsync(self._handle)
        self.close()
        path, handle = _created(self._place)  # the name is ours from here on
        os.close(handle)
        self.path.replace(path)
        with suppress(OSError):
            self._record.unlink()
        return path

    def close(self) -> None:
        """Leave what is there for another time."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def drop(self) -> None:
        """Leave nothing."""
        self.close()
        for path in (self.path, self._record):
            with suppress(OSError):
                path.unlink()

    def _write(self, data: bytes) -> None:
        while data:
            written = os.write(self._handle, data)
            self.size += written
            data = data[written:]

    def _empty(self) -> None:
        os.ftruncate(self._handle, 0)
        os.lseek(self._handle, 0, os.SEEK_SET)
        self.size = 0

    def _try(self, writing: Callable[[], None]) -> bool:
        try:
            writing()
        except OSError as error:
            why = "no room is left on the disk" if error.errno in _NO_ROOM else words.system(error)
            return self._refuse(f"{self._place.parent} cannot be written: {why}")
        return True

    def _too_large(self) -> bool:
        return self._refuse(f"The file is larger than {size(self._most)}, the most that the config allows")

    def _refuse(self, why: str) -> bool:
        self.problem = why
        return False


def _validator(headers: Mapping[str, str]) -> str:
    """What names this version of a file at its server; empty where it may change unseen."""
    etag = headers.get("etag", "")
    return etag if etag.startswith('"') else headers.get("last-modified", "")


def _created(place: Path, more: str = "") -> tuple[Path, int]:
    """A new file at a place, with a number in its name where that is taken, and its handle. Raises OSError."""
    for free in _numbered(place):
        path = free.with_name(free.name + more)
        try:
            return path, os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _FLAGS, 0o666)
        except FileExistsError:
            continue
    raise FileExistsError(errno.EEXIST, "too many files have this name")


def _numbered(place: Path) -> Iterator[Path]:
    """A path, and the same with numbers: "a.mp3", "a (2).mp3" ..."""
    yield place
    for number in count(2):
        if number > _MOST_NUMBERED:
            return
        yield place.with_name(f"{place.stem} ({number}){place.suffix}")
