"""The list of articles: ids held as an array, rows fetched by windows, two lines an article or one."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from textual.message import Message
from textual.strip import Strip

from reader import times
from reader.model import Row
from reader.tui import drawing
from reader.tui.drawing import Parts
from reader.tui.signs import FULL, Signs
from reader.tui.widgets.painted import Painted
from reader.tui.widgets.rows import Rows

_WINDOW = 128
_MARGIN = 40
_KEPT = 3000
_NEAR_END = 500


class ArticleList(Rows):
    """The articles of a view. What it does not know yet it asks for with ``Wanted`` and paints as it comes."""

    @dataclass
    class Wanted(Message):
        """Rows that will be needed soon."""

        ids: array[int]

    @dataclass
    class Ending(Message):
        """Soon there will be no more ids to show, and more are promised."""

        def can_replace(self, message: Message) -> bool:
            """Once is enough."""
            return isinstance(message, ArticleList.Ending)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.signs: Signs = FULL
        self.item_lines = 2
        self.ids: array[int] = array("q")
        self.promised = 0
        self.sources: Mapping[int, tuple[str, ...]] = {}
        self.named = 2
        self.nothing = ""
        self.at = times.now()
        self._rows: dict[int, Row] = {}
        self._gone: set[int] = set()
        self._asked: set[int] = set()
        self._painted = Painted()

    # Data

    def set_ids(self, ids: array[int], rows: Iterable[Row] = (), cursor: int = 0) -> None:
        """Show another list, with the rows that are known of it."""
        self.ids = ids
        self.at = times.now()
        self._rows = {row.id: self._painted.over(row) for row in rows}
        self._gone, self._asked = set(), set()
        self._cursor, self.is_touched = cursor, False
        if self.is_mounted:
            self.scroll_to(y=0, animate=False)
        self.renew()
        self.show_item(self._cursor)
        self._look_ahead()

    def add_ids(self, ids: array[int]) -> None:
        """More ids below those that are listed: nothing that is seen moves."""
        below = len(self.ids) <= self.top + self.page_items
        self.ids.extend(ids)
        self._measure()
        if below:
            self.refresh()

    @property
    def moment(self) -> int:
        """To be taken before rows are asked for, and brought back with them: it tells which marks they know of."""
        return self._painted.moment

    def fill(self, asked: Sequence[int], rows: Iterable[Row], moment: int) -> None:
        """Rows that came, asked for at a moment; those asked for and not among them are no more."""
        self._painted.confirm(asked, moment)
        found = {row.id: self._painted.over(row) for row in rows}
        before = {each: self._rows.get(each) for each in asked}
        self._asked.difference_update(asked)
        self._gone.update(each for each in asked if each not in found)
        self._gone.difference_update(found)
        self._rows.update(found)
        self._trim()
        self._repaint_changed({each for each in asked if before[each] is None or found.get(each) != before[each]})

    def row(self, index: int | None = None) -> Row | None:
        """The row at an index, or under the cursor; None while it is not known."""
        article = self.id_at(self.cursor if index is None else index)
        return None if article is None else self._rows.get(article)

    def row_of(self, article: int) -> Row | None:
        """What is known of an article."""
        return self._rows.get(article)

    def id_at(self, index: int) -> int | None:
        """The article at an index."""
        return self.ids[index] if 0 <= index < len(self.ids) else None

    def promise(self, articles: int) -> None:
        """There are so many articles in the whole list, most of which are not read yet; 0 where all are."""
        self.promised = articles
        self._measure()
        self._look_ahead()

    def _measure(self) -> None:
        super()._measure()
        if self.promised > len(self.ids):
            self.length = drawing.lines_of(self.promised, self.item_lines, self.size.height)

    @property
    def id_here(self) -> int | None:
        """The article under the cursor."""
        return self.id_at(self.cursor)

    def renew_rows(self, asked: Sequence[int], rows: Iterable[Row], moment: int) -> None:
        """The rows of what is seen as they are now; what is known of those far away may be old, and is forgotten."""
        near = {*asked, *self.seen_ids()}
        self._rows = {each: row for each, row in self._rows.items() if each in near}
        self.fill(asked, rows, moment)

    def near(self, first: int, last: int) -> array[int]:
        """Those articles of a part of the list of which rows may be known."""
        return self.ids[max(first, self.top - _KEPT // 2) : max(first, min(last, self.top + _KEPT // 2))]

    def paint(self, ids: Iterable[int], *, read: bool | None = None, bookmarked: bool | None = None) -> None:
        """Paint a mark at once; it holds against rows that were asked for before ``settle``."""
        touched = set(ids)
        self._painted.paint(touched, read=read, bookmarked=bookmarked)
        for each in touched:
            if each in self._rows:
                self._rows[each] = self._painted.over(self._rows[each])
        self._repaint_changed(touched)

    def settle(self, ids: Iterable[int]) -> None:
        """The marks are committed, or failed: rows that are asked for from now on hold."""
        self._painted.settle(set(ids))

    def seen_ids(self) -> array[int]:
        """The articles on the pane, and those around it."""
        return self.ids[max(0, self.top - _WINDOW) : self.top + self.page_items + _WINDOW]

    def set_density(self, lines: int) -> None:
        """One or two lines an article."""
        self.item_lines = lines
        self.scroll_to(y=0, animate=False)
        self.renew()
        self.call_after_refresh(self.show_item, self._cursor)

    def pass_time(self) -> None:
        """The ages are those of now."""
        self.at = times.now()
        self._strips.clear()
        self.refresh()

    def _trim(self) -> None:
        if len(self._rows) > _KEPT:
            near = set(self.ids[max(0, self.top - 500) : self.top + 500])
            self._rows = {each: row for each, row in self._rows.items() if each in near}

    def _repaint_changed(self, ids: set[int]) -> None:
        for index in range(self.top, min(self.top + self.page_items + 2, len(self.ids))):
            if self.ids[index] in ids:
                self.repaint_item(index)
        if ids:
            # what is not seen is drawn anew when it comes into sight
            seen = range(self.top, self.top + self.page_items + 2)
            for key in [key for key in self._strips.keys() if key[0] not in seen]:  # noqa: SIM118
                self._strips.discard(key)

    # Windows

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Ask for rows before they are seen."""
        super().watch_scroll_y(old_value, new_value)
        self._look_ahead()

    def _look_ahead(self) -> None:
        top, seen = self.top, self.page_items
        if self.promised > len(self.ids) and top + seen + _NEAR_END > len(self.ids):
            self.post_message(self.Ending())
        known = self._rows
        first, last = max(0, top - _MARGIN), min(len(self.ids), top + seen + _MARGIN)
        if first >= last or (self.ids[first] in known and self.ids[last - 1] in known):
            return
        self._ask(max(0, top - _WINDOW), min(len(self.ids), top + seen + _WINDOW))

    def _ask(self, first: int, last: int) -> None:
        missing = array(
            "q",
            (
                each
                for each in self.ids[first:last]
                if each not in self._rows and each not in self._gone and each not in self._asked
            ),
        )
        if missing:
            self._asked.update(missing)
            self.post_message(self.Wanted(missing))

    # Drawing

    def item_count(self) -> int:
        """How many articles are listed."""
        return len(self.ids)

    def strips(self, first: int, last: int) -> Iterable[Strip]:
        """Lines of the pane; a list of nothing says so."""
        if self.ids or not self.nothing:
            yield from super().strips(first, last)
            return
        width = self.size.width
        words = drawing.nothing(self.nothing, width)
        for y in range(first, last):
            text = words[y] if y < len(words) else ""
            yield self.line([(text, "dim")], width)

    def draw(self, index: int, line: int, width: int, state: str) -> Parts:
        """One line of an article."""
        article = self.ids[index]
        row = self._rows.get(article)
        if row is None:
            if article not in self._gone:
                self._ask(max(0, index - _MARGIN), min(len(self.ids), index + _WINDOW))
            words = "removed" if article in self._gone else self.signs.ellipsis
            text = (words if line == 0 else "").rjust(len(words) + drawing.LEFT)
            return [drawing.pointer(state, self.signs), (text[1:], "dim")]
        if self.item_lines == 2 and line == 0:
            return drawing.headline(row, width, state, self.signs)
        source = drawing.source_of(row.author, self.sources.get(row.feed_id, (row.feed_title,)), self.named)
        draw = drawing.compact if self.item_lines == 1 else drawing.about
        return draw(row, source, self.at, width, state, self.signs)
