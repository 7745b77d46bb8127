"""Marks that are painted before the library has them.

Rows come from other threads and may have been read before a mark was committed, and arrive after. So a painted mark
holds until rows come that were asked for after its commit: whoever asks takes the ``moment`` along.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from reader.model import Row


@dataclass(slots=True)
class _Mark:
    read: bool | None = None
    bookmarked: bool | None = None
    waiting: int = 0  # writes under way
    settled: int = 0  # the moment when the last of them was over


class Painted:
    """What was painted over the rows of a list; ``moment`` grows with each write that is over."""

    def __init__(self) -> None:
        self.moment = 0
        self._marks: dict[int, _Mark] = {}

    def paint(self, ids: Iterable[int], *, read: bool | None = None, bookmarked: bool | None = None) -> None:
        """A write of these marks has begun."""
        for each in ids:
            mark = self._marks.setdefault(each, _Mark())
            mark.read = mark.read if read is None else read
            mark.bookmarked = mark.bookmarked if bookmarked is None else bookmarked
            mark.waiting += 1

    def settle(self, ids: Iterable[int]) -> None:
        """A write of marks is over, committed or not."""
        self.moment += 1
        for each in ids:
            mark = self._marks.get(each)
            if mark is not None:
                mark.waiting = max(0, mark.waiting - 1)
                mark.settled = self.moment

    def confirm(self, ids: Iterable[int], moment: int) -> None:
        """Rows came that were asked for at a moment: what was over by then is in them."""
        for each in ids:
            mark = self._marks.get(each)
            if mark is not None and not mark.waiting and mark.settled <= moment:
                del self._marks[each]

    def over(self, row: Row) -> Row:
        """A row as it is to be shown."""
        mark = self._marks.get(row.id)
        if mark is None:
            return row
        read = row.is_read if mark.read is None else mark.read
        return replace(
            row, is_read=read, is_bookmarked=row.is_bookmarked if mark.bookmarked is None else mark.bookmarked
        )
