"""The memory of a process and of all that it starts, looked at while they run."""

from __future__ import annotations

import threading
from pathlib import Path
from types import TracebackType
from typing import Self

_OFTEN = 0.02


class Watch:
    """Looks many times a second; ``peaks`` has the most megabytes that each process held, by its id.

    The kernel's own high-water mark is read, so that nothing between two looks is missed but the end of a process.
    """

    def __init__(self, pid: int) -> None:
        self.peaks: dict[int, float] = {}
        self.worker = pid
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, name="memory", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._done.set()
        self._thread.join(5)

    def _run(self) -> None:
        while not self._done.wait(_OFTEN):
            for pid in [self.worker, *_children(self.worker)]:
                if pid == self.worker or _is_parser(pid):
                    self.peaks[pid] = max(self.peaks.get(pid, 0.0), _most(pid))


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()] + [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            if task.name != str(pid)
            for child in (task / "children").read_text().split()
        ]
    except (OSError, ValueError):
        return []


def _is_parser(pid: int) -> bool:
    """Whether a process has become the parse child; before that it is still a part of who starts it."""
    try:
        return b"reader.parse" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def _most(pid: int) -> float:
    """The most that a process ever held in memory, in megabytes; 0 where it has gone."""
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024 / 1e6
    except (OSError, ValueError):
        pass
    return 0.0
