"""Who may be asked next: so many at once in all, and so many at one host."""

from __future__ import annotations

from collections import deque
from typing import Generic, TypeVar

Item = TypeVar("Item")


class HostQueue(Generic[Item]):
    """Waiting items by host; ``take`` gives one whose host has room, hosts in turn."""

    def __init__(self, per_host: int) -> None:
        self._per_host = per_host
        self._waiting: dict[str, deque[Item]] = {}
        self._busy: dict[str, int] = {}
        self._ready: deque[str] = deque()  # hosts with something waiting and room for it, each once
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def put(self, host: str, item: Item, *, first: bool = False) -> None:
        """Lets an item wait, ``first`` before all others of its host."""
        line = self._waiting.setdefault(host, deque())
        line.appendleft(item) if first else line.append(item)
        self._length += 1
        self._offer(host)

    def take(self) -> tuple[str, Item] | None:
        """The next item and its host, which is busy with it until ``free``; None when all must wait."""
        if not self._ready:
            return None
        host = self._ready.popleft()
        item = self._waiting[host].popleft()
        if not self._waiting[host]:
            del self._waiting[host]
        self._length -= 1
        self._busy[host] = self._busy.get(host, 0) + 1
        self._offer(host)
        return host, item

    def free(self, host: str) -> None:
        """Says that the host is done with one."""
        left = self._busy.get(host, 1) - 1
        if left > 0:
            self._busy[host] = left
        else:
            self._busy.pop(host, None)
        self._offer(host)

    def _offer(self, host: str) -> None:
        if host in self._waiting and self._busy.get(host, 0) < self._per_host and host not in self._ready:
            self._ready.append(host)
