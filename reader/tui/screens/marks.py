"""Marks: painted at once, committed by the writer's thread in the order they were made, taken back by undo."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future

from reader.errors import ReaderError
from reader.model import Change, Mark
from reader.tui.keys import shown
from reader.tui.screens.flow import Flow

_PAINT = {
    Mark.READ: {"read": True},
    Mark.UNREAD: {"read": False},
    Mark.BOOKMARKED: {"bookmarked": True},
    Mark.UNBOOKMARKED: {"bookmarked": False},
}


class Marks(Flow):
    """What a person says of articles."""

    def mark(self, ids: Sequence[int], mark: Mark, *, quietly: bool = False) -> None:
        """Mark articles. Should it fail, what is true is painted again and the status line says why."""
        self.articles.paint(ids, **_PAINT[mark])
        writing = self.reader.background.post(self.library.mark, ids, mark)
        self.reader.later(self._commit(writing, ids, quietly), group="marks", trouble=self._refused)

    async def _commit(self, writing: Future[Change], ids: Sequence[int], quietly: bool) -> None:
        try:
            change = await self.reader.background.done(writing)
        finally:
            if self.is_running:
                self.articles.settle(ids)
                self.renew()
        if not quietly:
            self._say_change(change)

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
        self._mark_read(0, len(self.articles.ids))

    def action_mark_above_read(self) -> None:
        """What is listed above the cursor."""
        self._mark_read(0, self.articles.cursor)

    def action_mark_below_read(self) -> None:
        """What is listed below the cursor."""
        self._mark_read(self.articles.cursor + 1, len(self.articles.ids))

    def _mark_read(self, first: int, last: int) -> None:
        if not self.listed:
            self.say("the list is still being read; once more in a moment")
            return
        ids = self.articles.ids[first:last]
        if ids:
            self.mark(ids, Mark.READ)

    def action_undo(self) -> None:
        """Take the last change back, whichever window or command made it."""
        undoing = self.reader.background.post(self.library.undo)
        self.reader.later(self._travel(undoing, back=True), group="marks", trouble=self._refused)

    def action_redo(self) -> None:
        """Do again what was taken back."""
        redoing = self.reader.background.post(self.library.redo)
        self.reader.later(self._travel(redoing, back=False), group="marks", trouble=self._refused)

    async def _travel(self, travelling: Future[Change | None], *, back: bool) -> None:
        change = await self.reader.background.done(travelling)
        if change is None:
            self.say("nothing to undo" if back else "nothing to redo")
            return
        self.say(change.label)
        if back and self.opened in change.ids:
            self.opened = None
        self.after_change(change)

    def after_change(self, change: Change) -> None:
        """Something was done, undone or redone that may have changed more than rows."""
        raise NotImplementedError
