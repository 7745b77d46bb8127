"""The first hundred bytes of a library: where they are damaged, SQLite takes the file for no database at all."""

from __future__ import annotations

import struct
from pathlib import Path
from shutil import copyfile

from reader.store import migrations
from reader.store.schema import APPLICATION_ID, PAGE_SIZE

_MAGIC = b"SQLite format 3\0"
_WRITTEN_BY = 3_051_003  # a version of SQLite
_LOOKED_AT = 1 << 20
_OUR_TABLES = (b"CREATE TABLE feeds (", b"CREATE TABLE articles (", b"CREATE TABLE search_queue (")


def is_ours(path: Path) -> bool:
    """Whether a damaged file is one of our libraries, by its header or by what stands behind it.

    Nobody may have it open in this process: closing it here would give up SQLite's locks.
    """
    with path.open("rb") as file:
        beginning = file.read(_LOOKED_AT)
    is_named = beginning.startswith(_MAGIC) and beginning[68:72] == APPLICATION_ID.to_bytes(4, "big")
    return is_named or all(table in beginning for table in _OUR_TABLES)


def mended_copy(path: Path, target: Path) -> None:
    """Copy a library with its log, and give the copy a header with which all of its pages can be read."""
    copyfile(path, target)
    log = path.with_name(f"{path.name}-wal")
    if log.exists():
        copyfile(log, target.with_name(f"{target.name}-wal"))
    with target.open("r+b") as file:
        file.write(_header(target.stat().st_size // PAGE_SIZE))


def _header(pages: int) -> bytes:
    """A header as the file format wants it (sqlite.org/fileformat2.html), of a file without free pages."""
    fields = struct.pack(
        ">HBBBBBBIIIIIIIIIIII20xII",
        PAGE_SIZE, 2, 2, 0, 64, 32, 32, 1, pages, 0, 0, 1, 4, 0, 0, 1, migrations.VERSION, 0, APPLICATION_ID,
        1, _WRITTEN_BY,
    )  # fmt: skip
    return _MAGIC + fields
