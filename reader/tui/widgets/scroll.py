"""A view of many lines that says itself how many they are."""

from __future__ import annotations

from textual import events
from textual.geometry import Size
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.widget import Widget

from reader.tui.widgets.ink import Ink


class LineView(Ink, ScrollView, can_focus=True, inherit_bindings=False):
    """Lines drawn one by one; ``length`` is how many there are, seen or not.

    Textual lays the whole screen out anew whenever a widget's virtual size changes. Here nothing's place depends on it,
    so only the scroll bar is told: opening an article is faster by a third.
    """

    length = var(0)

    def set_length(self, lines: int) -> None:
        """There are so many lines now."""
        size = Size(self.size.width, lines)
        if size != self.virtual_size:
            self.set_reactive(Widget.virtual_size, size)
            self.scroll_y = self.validate_scroll_y(self.scroll_y)
            self._tell_bar()
        self.length = lines

    def watch_has_focus(self, _has_focus: bool) -> None:
        """No style depends on where the keys go: nothing is looked up anew."""

    def on_focus(self, event: events.Focus) -> None:
        """The keys go here. Textual would draw the whole pane anew."""
        event.prevent_default()
        self.has_focus = True
        self._tell(events.DescendantFocus(self))

    def on_blur(self, event: events.Blur) -> None:
        """The keys go elsewhere."""
        event.prevent_default()
        self.has_focus = False
        self._tell(events.DescendantBlur(self))

    def _tell(self, event: events.Event) -> None:
        self.focus_moved()
        if self.parent is not None:
            self.parent.post_message(event)

    def focus_moved(self) -> None:
        """The keys come or go: what shows it is to be drawn anew."""

    def sized(self) -> None:
        """The pane has another size, and is drawn next: the moment to choose where it stands, for ``stand_at``."""

    def stand_at(self, line: int) -> None:
        """Have a line at the top in the very next picture."""
        self.set_scroll(None, line)
        self._tell_bar()

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        """Textual's word to a widget of its new size; its event of the same comes after the picture."""
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        if changed:
            self.sized()
        return changed

    def _tell_bar(self) -> None:
        if self.is_attached and self.show_vertical_scrollbar and self.scrollbar_size_vertical:
            bar = self.vertical_scrollbar
            bar.window_virtual_size = self.virtual_size.height
            bar.window_size = self.size.height
            bar.position = self.scroll_y
