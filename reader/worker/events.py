"""What the worker says: one JSON object a line on standard output. And what it is told: lines on standard input."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from typing import Any

_MOST = 1 << 24


class Events:
    """The way out. When nobody listens any more, ``gone`` is called once and the rest is dropped."""

    def __init__(self, handle: int, gone: Callable[[], None]) -> None:
        self._handle = handle
        self._gone = gone
        self._open = True

    def say(self, event: str, **fields: Any) -> None:
        """Writes one event."""
        if not self._open:
            return
        line = json.dumps({"event": event, **fields}, ensure_ascii=True).encode("ascii") + b"\n"
        try:
            while line:
                line = line[os.write(self._handle, line) :]
        except OSError:
            self._open = False
            self._gone()


class Orders:
    """The way in, read without buffering objects, which could not be left behind at the end of the process."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._rest = b""

    def next(self) -> dict[str, Any] | None:
        """The next order; None at the end of the input. Raises ValueError for a line that is no JSON object."""
        while b"\n" not in self._rest and len(self._rest) < _MOST:
            part = os.read(self._handle, 1 << 16)
            if not part:
                break
            self._rest += part
        line, _, self._rest = self._rest.partition(b"\n")
        if not line.strip():
            return None
        order = json.loads(line)
        if not isinstance(order, dict):
            raise ValueError("an order is a JSON object")
        return order

    def follow(self, stop: Callable[[], None]) -> None:
        """Watches for the word to stop, or the end of the input, on a thread that ends with the process."""
        threading.Thread(target=self._follow, args=(stop,), name="orders", daemon=True).start()

    def _follow(self, stop: Callable[[], None]) -> None:
        try:
            while (order := self.next()) is not None and order.get("do") != "stop":
                pass
        except (OSError, ValueError):
            pass  # what cannot be read ends the job like the end of the input
        stop()
