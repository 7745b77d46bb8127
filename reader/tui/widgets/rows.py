"""The one virtual list: it knows how many items there are and draws only those that are seen.

A hundred thousand rows cost nothing at the start, a moved cursor repaints two items, and what was drawn is kept for a
while (hundreds of strips, not a million). What an item looks like is for a subclass to say in ``draw``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual import events
from textual.cache import LRUCache
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from reader.tui import drawing
from reader.tui.drawing import Parts
from reader.tui.widgets.scroll import LineView

_WHEEL_ITEMS = {1: 3, 2: 2}


class Rows(LineView):
    """A list of any length with a cursor; ``item_lines`` lines an item. All keys come from the screen."""

    item_lines = 1

    @dataclass
    class Moved(Message):
        """The cursor came to rest on another item."""

        rows: Rows
        index: int

        @property
        def control(self) -> Rows:
            """The list itself."""
            return self.rows

        def can_replace(self, message: Message) -> bool:
            """Only where the cursor came to rest matters."""
            return isinstance(message, Rows.Moved) and message.rows is self.rows

    @dataclass
    class Chosen(Message):
        """An item was clicked; ``column`` cells from the left."""

        rows: Rows
        index: int
        column: int

        @property
        def control(self) -> Rows:
            """The list itself."""
            return self.rows

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._cursor = 0
        self.is_touched = False  # whether somebody has moved the cursor in this list
        self._strips: LRUCache[tuple[int, int, str], Strip] = LRUCache(300)

    # What a subclass says

    def item_count(self) -> int:
        """How many items there are."""
        raise NotImplementedError

    def draw(self, index: int, line: int, width: int, state: str) -> Parts:
        """One line of an item as texts with their inks, together at most ``width`` cells; ``state`` goes to ``ink``."""
        raise NotImplementedError

    def can_rest(self, index: int) -> bool:
        """Whether the cursor may rest on an item."""
        return True

    # Cursor and page

    @property
    def cursor(self) -> int:
        """The item under the cursor, counted from 0; 0 in an empty list."""
        return self._cursor

    @property
    def page_items(self) -> int:
        """How many whole items fit on the pane, at least one."""
        return max(1, self.size.height // self.item_lines)

    @property
    def top(self) -> int:
        """The first item that is seen."""
        return self.scroll_offset.y // self.item_lines

    def move_to(self, index: int, *, tell: bool = True) -> bool:
        """Put the cursor on an item and bring it into sight; False when it stood there already."""
        count = self.item_count()
        index = self._resting_place(min(max(index, 0), max(count - 1, 0)), 1 if index >= self._cursor else -1)
        old, self._cursor = self._cursor, index
        self.is_touched |= tell
        if count == 0:
            return False
        self.show_item(index)
        if index == old:
            return False
        self.repaint_item(old)
        self.repaint_item(index)
        if tell:
            self.post_message(self.Moved(self, index))
        return True

    def move_by(self, items: int) -> bool:
        """Move the cursor by some items, up when negative."""
        return self.move_to(self._cursor + items)

    def _resting_place(self, index: int, step: int) -> int:
        """The nearest item in a direction, else the other, that the cursor may rest on."""
        count = self.item_count()
        for direction in (step, -step):
            place = index
            while 0 <= place < count:
                if self.can_rest(place):
                    return place
                place += direction
        return index

    def show_item(self, index: int) -> None:
        """Scroll just as far as an item needs to be seen whole."""
        line = self._line_for(index)
        if line is not None:
            self.scroll_to(y=line, animate=False)

    def _line_for(self, index: int) -> int | None:
        """The line at the top from which on an item is seen; None where it is."""
        height = self.size.height
        first, top = index * self.item_lines, self.scroll_offset.y
        if not height or top <= first <= top + height - self.item_lines:
            return None
        return first if first < top else drawing.top_for(index, self.item_lines, height)

    # Painting

    def renew(self) -> None:
        """Draw everything anew, because the items or their number changed."""
        self._strips.clear()
        self._cursor = self._resting_place(min(self._cursor, max(self.item_count() - 1, 0)), 1)
        self._measure()
        self.refresh()

    def _measure(self) -> None:
        """Tell the scroll bar how long the list is; whole items stay at the top also at its end."""
        self.set_length(drawing.lines_of(self.item_count(), self.item_lines, self.size.height))

    def repaint_item(self, index: int) -> None:
        """Draw one item anew if it is seen."""
        for line in range(self.item_lines):
            for state in ("", "cursor", "away"):
                self._strips.discard((index, line, state))
        y = index * self.item_lines - self.scroll_offset.y
        if -self.item_lines < y < self.size.height:
            self.refresh(Region(0, y, self.size.width, self.item_lines))

    def repaint_items(self, items: set[int]) -> None:
        """Draw some items anew: those that are seen now, the others when they come into sight."""
        for key in [key for key in self._strips.keys() if key[0] in items]:  # noqa: SIM118 - no mapping, a cache
            self._strips.discard(key)
        for index in range(self.top, self.top + self.page_items + 2):
            if index in items:
                self.repaint_item(index)

    def strips(self, first: int, last: int) -> Iterable[Strip]:
        """Lines of the pane."""
        top, width, count = self.scroll_offset.y, self.size.width, self.item_count()
        here = "cursor" if self.has_focus else "away"
        for y in range(top + first, top + last):
            index, line = divmod(y, self.item_lines)
            if index < count:
                yield self._strip(index, line, width, here if index == self._cursor else "")
            else:
                yield Strip.blank(width, self.ink("text"))

    def _strip(self, index: int, line: int, width: int, state: str) -> Strip:
        strip = self._strips.get((index, line, state))
        if strip is None:
            strip = self.line(self.draw(index, line, width, state), width, state)
            self._strips[index, line, state] = strip
        return strip

    def render_line(self, y: int) -> Strip:
        """One line of the pane."""
        return next(iter(self.strips(y, y + 1)))

    def forget_styles(self) -> None:
        """The theme changed."""
        super().forget_styles()
        self._strips.clear()

    # Events

    def validate_scroll_y(self, value: float) -> float:
        """Whole items at the top, whoever scrolls."""
        value = super().validate_scroll_y(value)
        return round(value / self.item_lines) * self.item_lines

    def sized(self) -> None:
        """Another width or height: everything is drawn anew, the cursor stays in sight if it was."""
        self._strips.clear()
        self._measure()
        line = self._line_for(self._cursor)
        if line is not None:
            self.stand_at(line)

    def focus_moved(self) -> None:
        """The cursor shows whether the keys go here."""
        self.repaint_item(self._cursor)

    def on_click(self, event: events.Click) -> None:
        """A click chooses the item under the pointer."""
        event.stop()
        place = event.get_content_offset(self)
        if place is None:
            return
        index = (place.y + self.scroll_offset.y) // self.item_lines
        if index < self.item_count() and self.can_rest(index):
            self.move_to(index, tell=False)
            self.post_message(self.Chosen(self, index, place.x))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the page, not the cursor."""
        self._wheel(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the page, not the cursor."""
        self._wheel(event, -1)

    def _wheel(self, event: events.MouseEvent, direction: int) -> None:
        event.stop()
        event.prevent_default()
        lines = _WHEEL_ITEMS.get(self.item_lines, 1) * self.item_lines * direction
        self.scroll_to(y=self.scroll_target_y + lines, animate=False)
