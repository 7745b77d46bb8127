"""The program on a disk with a fault: ``python -m tests.store.faulty FAULT reader's words…``.

A VFS of SQLite says what a disk would say: ``full``, ``read`` and ``write`` (EIO). ``nobody`` is a user who may write
nothing, and ``clock=SECONDS`` a clock that is so much ahead.
"""

from __future__ import annotations

import errno
import os
import sys
from typing import Any

import apsw

_WATCHED = apsw.SQLITE_OPEN_MAIN_DB | apsw.SQLITE_OPEN_WAL | apsw.SQLITE_OPEN_MAIN_JOURNAL
_HEADER = 100


class _File(apsw.VFSFile):
    def __init__(self, base: str, name: Any, flags: list[int], fault: str) -> None:
        super().__init__(base, name, flags)
        self._fault = fault

    def xWrite(self, data: bytes, offset: int) -> None:
        if self._fault == "full":
            raise apsw.FullError("no space")
        if self._fault == "write":
            raise apsw.exception_for(apsw.SQLITE_IOERR_WRITE)
        super().xWrite(data, offset)

    def xRead(self, amount: int, offset: int) -> bytes:
        if self._fault == "read" and amount > _HEADER:
            raise apsw.exception_for(apsw.SQLITE_IOERR_READ)
        return super().xRead(amount, offset)


class _Faulty(apsw.VFS):
    def __init__(self, fault: str) -> None:
        self._base = apsw.vfs_names()[0]
        self._fault = fault
        super().__init__("faulty", self._base, makedefault=True)

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        if name is None or not flags[0] & _WATCHED:
            return super().xOpen(name, flags)
        return _File(self._base, name, flags, self._fault)

    def xGetLastError(self) -> tuple[int, str]:
        return errno.EIO, ""


def main() -> int:
    fault = sys.argv.pop(1)
    kept = None
    if fault in ("full", "read", "write"):
        kept = _Faulty(fault)
    elif fault == "nobody":
        _load_everything()
        os.setgid(65534)
        os.setuid(65534)
    elif fault.startswith("clock="):
        from reader import times

        real, ahead = times.now, int(fault.removeprefix("clock="))
        times.now = lambda: real() + ahead
    from reader.__main__ import main as run

    code = run()
    del kept
    return code


def _load_everything() -> None:
    """What may not be read afterwards."""
    import importlib
    import pkgutil

    import reader.cli
    import reader.library
    import reader.store

    for room in (reader.cli, reader.library, reader.store):
        for module in pkgutil.iter_modules(room.__path__, room.__name__ + "."):
            importlib.import_module(module.name)
    importlib.import_module("platformdirs")


if __name__ == "__main__":
    sys.exit(main())
