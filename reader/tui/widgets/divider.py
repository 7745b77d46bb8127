"""The thin rule between two panes. It is the scroll bar of the pane on its left, and the mouse can pull it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.strip import Strip

from reader.tui import drawing
from reader.tui.signs import FULL, Signs
from reader.tui.widgets.ink import Ink
from reader.tui.widgets.rows import Rows


class Divider(Ink):
    """One column wide; a stronger piece of it shows which part of ``rows`` is seen."""

    ALLOW_SELECT = False

    @dataclass
    class Dragged(Message):
        """The rule was pulled to another column of the screen."""

        divider: Divider
        column: int

        @property
        def control(self) -> Divider:
            """The rule itself."""
            return self.divider

    def __init__(self, rows: Rows, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.signs: Signs = FULL
        self._rows = rows
        self._thumb = range(0)

    def on_mount(self) -> None:
        """Follow the list."""
        self.watch(self._rows, "scroll_y", self._follow, init=False)
        self.watch(self._rows, "length", self._follow, init=False)

    def on_resize(self) -> None:
        """Another height."""
        self._follow()

    def _follow(self) -> None:
        thumb = self._measured()
        if thumb != self._thumb:
            self._thumb = thumb
            self.refresh()

    def _measured(self) -> range:
        rows = self._rows
        return drawing.thumb_of(self.size.height, rows.size.height, rows.length, rows.scroll_y)

    def strips(self, first: int, last: int) -> Iterable[Strip]:
        """Pieces of the rule."""
        self._thumb = self._measured()
        seen, rest = (self.line([drawing.rule(is_thumb, self.signs)], 1) for is_thumb in (True, False))
        return [seen if y in self._thumb else rest for y in range(first, last)]

    def render_line(self, y: int) -> Strip:
        """A piece of the rule."""
        return next(iter(self.strips(y, y + 1)))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold."""
        event.stop()
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Pull."""
        if self.app.mouse_captured is self:
            self.post_message(self.Dragged(self, int(event.screen_x)))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go."""
        self.release_mouse()
