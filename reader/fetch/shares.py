"""The memory that documents share from their first byte until what they say is kept.

Most documents are small, and their first ``FREE`` bytes cost them nothing. Beyond that a document needs a place among
those of its size, of which there are few, and waits where none is free: what a hundred servers send at once never adds
up. Who holds a place either comes to its end or goes on to the next size and leaves it, and of the largest size there
is one: so nobody waits for somebody who waits.
"""

from __future__ import annotations

import threading

FREE = 250_000
_PLACES = ((1_000_000, 8), (5_000_000, 1))  # bytes, how many may be as long


class Shares:
    """The places; ``give`` may be called from any thread."""

    def __init__(self, most: int) -> None:
        """``most`` is how long one document may be, in bytes."""
        smaller = [(size, count) for size, count in _PLACES if size < most]
        self._sizes = [FREE, *(size for size, _ in smaller)]
        self._free = [0, *(count for _, count in smaller), 1]
        self._lock = threading.Lock()

    def fits(self, before: int, after: int) -> bool:
        """Whether a document that holds ``before`` bytes may hold ``after`` now."""
        old, new = self._tier(before), self._tier(after)
        return old == new or self._free[new] > 0

    def take(self, before: int, after: int) -> bool:
        """The same; it holds them then."""
        old, new = self._tier(before), self._tier(after)
        if old == new:
            return True
        with self._lock:
            if not self._free[new]:
                return False
            self._free[new] -= 1
            self._free[old] += old > 0
        return True

    def give(self, held: int) -> None:
        """Says that the bytes of a document are held no more."""
        tier = self._tier(held)
        if tier:
            with self._lock:
                self._free[tier] += 1

    def _tier(self, size: int) -> int:
        return sum(size > each for each in self._sizes)
