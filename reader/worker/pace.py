"""How much the worker writes at once: little beside an open screen, much where none is open.

Beside a screen a key press may want to write at any moment, so a transaction holds the library for some milliseconds
and leaves a gap before the next. Where no screen is open a transaction takes the articles of many feeds and their
words for the search index with them, which costs half the work: each commit of the index is a piece of it that has to
be merged with the others. A screen that opens meanwhile is noticed with the next transaction.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

from reader.store import presence

_GAP = 0.001  # seconds between two transactions; who waits for the library looks again every half of one
_NICENESS = 10


@dataclass(frozen=True, slots=True)
class Measure:
    """What goes into one transaction: entries of a feed, characters of their bodies, articles and checks of all feeds.

    ``indexed`` is how many waiting articles one transaction of the index takes; with ``is_whole`` none has to wait.
    """

    entries: int
    size: int
    articles: int
    checks: int
    indexed: int
    is_whole: bool


LITTLE = Measure(entries=25, size=250_000, articles=1, checks=1, indexed=10, is_whole=False)
MUCH = Measure(entries=1000, size=4_000_000, articles=1000, checks=200, indexed=1000, is_whole=True)


class Pace:
    """The measure in force, asked for anew with every transaction."""

    def __init__(self, screen: Path | None) -> None:
        """``screen`` is the file that open screens hold; None for work that a person waits for."""
        self._screen = screen
        self.measure = LITTLE
        self.look()

    def look(self) -> Measure:
        """Looks whether a screen is open; the measure from now on."""
        is_alone = self._screen is not None and not presence.is_open(self._screen)
        self.measure = MUCH if is_alone else LITTLE
        return self.measure

    def step_back(self) -> None:
        """Lets a screen that is open go first on the processor, from now on."""
        if not self.measure.is_whole and hasattr(os, "nice"):
            os.nice(_NICENESS)

    def leave_a_gap(self) -> None:
        """Lets others at the library between two transactions."""
        if not self.measure.is_whole:
            time.sleep(_GAP)
