"""Who may be asked next: so many at once in all, so many at one host, and a pause between two starts there."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from heapq import heappop, heappush
from typing import Generic, TypeVar

from reader.fetch.pace import Pace

Item = TypeVar("Item")


class HostQueue(Generic[Item]):
    """Waiting items by host; ``take`` gives one whose host has room and has had its pause, hosts in turn.

    ``pace`` says what a host can bear, ``clock`` gives seconds that only go up.
    """

    def __init__(self, pace: Callable[[str], Pace], clock: Callable[[], float] = time.monotonic) -> None:
        self._pace = pace
        self._clock = clock
        self._waiting: dict[str, deque[Item]] = {}
        self._busy: dict[str, int] = {}
        self._not_before: dict[str, float] = {}
        self._ready: deque[str] = deque()
        self._later: list[tuple[float, str]] = []
        self._offered: set[str] = set()  # the hosts in one of the two, each once
        self._length = 0

    def __len__(self) -> int:
        return self._length

    @property
    def wait(self) -> float | None:
        """In how many seconds the next item may be taken, 0 for now; None when only ``free`` can change anything."""
        if self._ready:
            return 0.0
        return max(0.0, self._later[0][0] - self._clock()) if self._later else None

    def put(self, host: str, item: Item, *, first: bool = False) -> None:
        """Lets an item wait, ``first`` before all others of its host."""
        line = self._waiting.setdefault(host, deque())
        line.appendleft(item) if first else line.append(item)
        self._length += 1
        self._offer(host)

    def take(self, is_spared: Callable[[Item], bool] = lambda _: False) -> tuple[str, Item] | None:
        """The next item and its host, which is busy with it until ``free``; None when all must wait.

        With one that ``is_spared`` the host has nothing to do: no ``free`` is due, and no pause.
        """
        host = self._next()
        if host is None:
            return None
        item = self._waiting[host].popleft()
        if not self._waiting[host]:
            del self._waiting[host]
        self._length -= 1
        if not is_spared(item):
            self._busy[host] = self._busy.get(host, 0) + 1
            self.rest(host, self._pace(host).pause)
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

    def rest(self, host: str, seconds: float) -> None:
        """Lets nothing start at a host for so long."""
        if seconds > 0:
            self._not_before[host] = max(self._not_before.get(host, 0.0), self._clock() + seconds)

    def _next(self) -> str | None:
        """A host whose time has come."""
        now = self._clock()
        while self._later and self._later[0][0] <= now:
            self._ready.append(heappop(self._later)[1])
        while self._ready:
            host = self._ready.popleft()
            moment = self._not_before.get(host, 0.0)
            if moment <= now:
                self._offered.discard(host)
                return host
            heappush(self._later, (moment, host))
        return None

    def _offer(self, host: str) -> None:
        if host in self._offered or host not in self._waiting:
            return
        if self._busy.get(host, 0) < self._pace(host).at_once:
            self._offered.add(host)
            moment = self._not_before.get(host, 0.0)
            self._ready.append(host) if moment <= self._clock() else heappush(self._later, (moment, host))
