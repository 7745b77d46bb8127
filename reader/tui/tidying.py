"""Garbage is looked for while nobody types: with a long article in memory that takes longer than several pictures."""

from __future__ import annotations

import gc
from time import monotonic

_YOUNG, _MIDDLE, _OLD = 700, 10, 60
_IDLE_SECONDS = 1.5
_WORTH = 3  # so many rounds of the middle generation


class Tidying:
    """The young generations are looked through as ever, the old one mostly by ``tidy``."""

    def __init__(self) -> None:
        self._typed_at = monotonic()

    def begin(self) -> None:
        """From now on the old generation waits, but for when very much is made."""
        gc.set_threshold(_YOUNG, _MIDDLE, _OLD)

    def typed(self) -> None:
        """A key was pressed."""
        self._typed_at = monotonic()

    def tidy(self) -> None:
        """Look through everything, if it is worth it and nobody types."""
        if gc.get_count()[2] > _WORTH and monotonic() - self._typed_at > _IDLE_SECONDS:
            gc.collect()
