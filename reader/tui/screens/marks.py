"""Marks: painted at once, committed by the writer's thread in the order they were made, taken back by undo."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from time import monotonic
from typing import TypeVar

from textual.message import Message

from reader.errors import ReaderError
from reader.library import SLICE, Interrupted
from reader.model import Change, Mark
from reader.tui.keys import shown
from reader.tui.screens.flow import Flow
from reader.tui.widgets.status import Work

_Changed = TypeVar("_Changed", Change, Change | None)
_UNDOING, _REDOING = "undoing", "redoing"
_UNSEEN_SECONDS, _SHOWN_SECONDS = 0.4, 0.1

_PAINT = {
    Mark.READ: {"read": True},
    Mark.UNREAD: {"read": False},
    Mark.BOOKMARKED: {"bookmarked": True},
    Mark.UNBOOKMARKED: {"bookmarked": False},
}


@dataclass
class Bulk:
    """Very many articles being marked, slice by slice, each of them kept: so it can be stopped between two."""

    label: str
    total: int = 0
    then: str = "undoes"
    done: int = 0
    is_stopped: bool = False
    is_seen: bool = False
    began: float = field(default_factory=monotonic)
    told: float = 0.0

    def between(self) -> bool:
        """A slice is done: whether it is time to say so. Raises Interrupted where that is to be the last one."""
        if self.is_stopped:
            raise Interrupted
        self.done += SLICE
        now = monotonic()
        is_time = now - self.began > _UNSEEN_SECONDS and now - self.told > _SHOWN_SECONDS
        self.told = now if is_time else self.told
        return is_time


class Marks(Flow):
    """What a person says of articles."""

    class Marked(Message):
        """Some more of very many articles are marked."""

        def can_replace(self, message: Message) -> bool:
            """Only how far it is matters."""
            return isinstance(message, Marks.Marked)

    def __init__(self) -> None:
        super().__init__()
        self.bulks: list[Bulk] = []
        self._leaves = False

    def mark(self, ids: Sequence[int], mark: Mark, *, quietly: bool = False, near: Sequence[int] | None = None) -> None:
        """Mark articles. Should it fail, what is true is painted again and the status line says why.

        ``near`` are those of very many that may be seen.
        """
        near = ids if near is None else near
        self.articles.paint(near, **_PAINT[mark])
        bulk = self._begin_bulk(Bulk("marking", self._most(ids, mark))) if len(ids) > SLICE else None
        writing = self.reader.background.post(self.library.mark, ids, mark, self._between(bulk))
        self.reader.later(self._commit(writing, near, quietly, bulk), group="marks", trouble=self._refused)

    async def _commit(self, writing: Future[Change], near: Sequence[int], quietly: bool, bulk: Bulk | None) -> None:
        try:
            change = await self._done(writing, bulk)
        finally:
            if self.is_running:
                self.articles.settle(near)
                self.renew()
        if not quietly and change is not None:
            self._say_change(change)

    # Very many

    def _begin_bulk(self, bulk: Bulk) -> Bulk:
        self.bulks.append(bulk)
        return bulk

    def _most(self, ids: Sequence[int], mark: Mark) -> int:
        """How many of some articles a mark may change at most, as far as the sidebar knows."""
        node = self.feeds.find(self.view) if mark is Mark.READ and not self.view.query else None
        return min(len(ids), node.unread) if node is not None else len(ids)

    def _between(self, bulk: Bulk | None) -> Callable[[], None]:
        """What is done between two slices, on the writer's thread."""
        turn = self.reader.background.turn
        if bulk is None:
            return turn

        def between() -> None:
            if bulk.between():
                self.post_message(self.Marked())
            turn()

        return between

    async def _done(self, writing: Future[_Changed], bulk: Bulk | None) -> _Changed | None:
        """Wait for marks; None where they were stopped, which is said then."""
        try:
            return await self.reader.background.done(writing)
        except Interrupted:
            if self.is_running and bulk is not None:
                key = self.key_of("redo" if bulk.label == _REDOING else "undo")
                self.say(f"stopped after {bulk.done:,}{self.reader.signs.dot}{key} {bulk.then}")
            return None
        except ReaderError:
            self._leaves = False
            raise
        except asyncio.CancelledError:
            # nobody waits for it any more: the screen goes
            if bulk is not None:
                bulk.is_stopped = True
            raise
        finally:
            if bulk is not None:
                self._end(bulk)

    def _end(self, bulk: Bulk) -> None:
        self.bulks.remove(bulk)
        if self.is_running and not self.bulks:
            if bulk.is_seen:
                self.status.set_work(None)
            if self._leaves:
                self.reader.leave()

    def on_marks_marked(self) -> None:
        """Show how far it is."""
        if self.bulks:
            bulk = self.bulks[-1]
            bulk.is_seen = True
            total = max(bulk.total, bulk.done) if bulk.total else 0
            label = bulk.label if total else f"{bulk.label} {bulk.done:,}"
            self.status.set_work(Work(label, bulk.done, total, f"{self.key_of('stop')} stops"))

    def finishes_first(self) -> bool:
        """Whether quitting waits until very many are marked, which is said; asked for again it stops that."""
        if self._leaves or not any(bulk.total or bulk.done for bulk in self.bulks):
            return False
        self._leaves = True
        self.say(f"quits when that is done{self.reader.signs.dot}{self.key_of('quit')} stops it and quits now")
        return True

    def stop_marking(self) -> None:
        """Mark no more than the slice in hand; what is marked stays."""
        for bulk in self.bulks:
            bulk.is_stopped = True

    def _refused(self, problem: ReaderError) -> None:
        self.say_trouble(problem)

    def _say_change(self, change: Change) -> None:
        if not change.count:
            self.say("nothing to mark")
            return
        key = self.key_of("undo")
        self.say(change.label + (f"{self.reader.signs.dot}{key} undoes" if key else ""))

    def key_of(self, action: str) -> str:
        """An action's first key as people read it."""
        keys = self.reader.keys.of(action)
        return shown(keys[0], self.reader.signs.ascii_only) if keys else ""

    def action_bookmark(self) -> None:
        """Bookmark the article, or take its bookmark away."""
        known = self.shown
        row = self.articles.row() or known
        if row is not None:
            self.mark([row.id], Mark.UNBOOKMARKED if row.is_bookmarked else Mark.BOOKMARKED)

    def action_toggle_read(self) -> None:
        """Read, or unread again."""
        row = self.articles.row() or self.shown
        if row is not None:
            if row.is_read and self.opened == row.id:
                self.opened = None
            self.mark([row.id], Mark.UNREAD if row.is_read else Mark.READ)

    def action_mark_all_read(self) -> None:
        """Everything that is listed."""
        self._mark_read(0, None)

    def action_mark_above_read(self) -> None:
        """What is listed above the cursor."""
        self._mark_read(0, self.articles.cursor)

    def action_mark_below_read(self) -> None:
        """What is listed below the cursor."""
        self._mark_read(self.articles.cursor + 1, None)

    def _mark_read(self, first: int, last: int | None) -> None:
        """Mark a part of the list, from an index to before another, or to the end, wherever that is."""
        if last is None and not self.listed:
            self.reader.later(self._mark_to_end(first), group="marks", trouble=self._refused)
            return
        last = len(self.articles.ids) if last is None else last
        ids = self.articles.ids[first:last]
        if ids:
            self.mark(ids, Mark.READ, near=self.articles.near(first, last))

    async def _mark_to_end(self, first: int) -> None:
        if await self.all_listed():
            self._mark_read(first, None)

    def action_undo(self) -> None:
        """Take the last change back, whichever window or command made it."""
        self._begin_travel(Bulk(_UNDOING, then="goes on"), self.library.undo, back=True)

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._begin_travel(Bulk(_REDOING, then="goes on"), self.library.redo, back=False)

    def _begin_travel(self, bulk: Bulk, travel: Callable[..., Change | None], *, back: bool) -> None:
        self._begin_bulk(bulk)
        travelling = self.reader.background.post(travel, self._between(bulk))
        self.reader.later(self._travel(travelling, bulk, back=back), group="marks", trouble=self._refused)

    async def _travel(self, travelling: Future[Change | None], bulk: Bulk, *, back: bool) -> None:
        change = await self._done(travelling, bulk)
        if change is None:
            if bulk.is_stopped:
                self.renew()
            else:
                self.say("nothing to undo" if back else "nothing to redo")
            return
        self.say(change.label)
        if back and await self.reader.background.run(_holds, change, self.opened):
            self.opened = None
        self.after_change(change)

    # Afterwards

    def after_change(self, change: Change) -> None:
        """Something was done, undone or redone that may have changed more than rows."""
        raise NotImplementedError


def _holds(change: Change, article: int | None) -> bool:
    """Whether a change is of an article."""
    return article is not None and article in change.ids
