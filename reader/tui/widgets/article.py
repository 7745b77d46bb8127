"""The page: the lines of an article as they are drawn, selected, clicked and turned by the wheel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.cache import FIFOCache
from textual.geometry import Offset
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip

from reader.model import Place
from reader.tui.widgets.ink import joined_line
from reader.tui.widgets.overlay import Overlay, selected
from reader.tui.widgets.page import Page, copied
from reader.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from reader.document.find import Term
    from reader.document.lines import Line, Style
    from reader.tui.picture import KeptPage

_WHEEL_LINES = 3
_DRAWN_LINES = 150


class ArticlePane(Sheet):
    """One article, or nothing. All keys come from the screen."""

    ALLOW_SELECT = True

    @dataclass
    class Scrolled(Message):
        """Another part of the article is seen."""

        def can_replace(self, message: Message) -> bool:
            """Only where it came to rest matters."""
            return isinstance(message, ArticlePane.Scrolled)

    @dataclass
    class LinkClicked(Message):
        """A link was clicked."""

        href: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.kept: KeptPage | None = None
        self.overlay = Overlay()
        # the cache of the longest unused holds its contents in a circle, and they stay until garbage is looked for
        self._strips: FIFOCache[int, Strip] = FIFOCache(_DRAWN_LINES)
        self._flags: dict[tuple[int, str], RichStyle] = {}

    # What is shown

    def show(self, page: Page | None, place: Place | None = None, terms: tuple[Term, ...] = ()) -> None:
        """Show an article from the top or from a place, with the words of a search marked."""
        self.kept = None
        super().show(page, place, terms)

    def forget_lines(self) -> None:
        """The lines are others now."""
        self._strips.clear()
        self._flags.clear()
        self.overlay = Overlay()

    def tell(self) -> None:
        """Another part of the article is seen, or more of it is known."""
        self.post_message(self.Scrolled())

    def redraw(self) -> None:
        """What is drawn over the text changed."""
        self._strips.clear()
        self.refresh()

    def show_kept(self, kept: KeptPage | None) -> None:
        """Show the cells of a page as they were seen last, until the page itself is there."""
        self.kept = kept
        self._measure_all()

    def _measure_all(self) -> None:
        if self.kept is not None:
            self.set_length(self.kept.length)
            self.stand_at(self.kept.top)
            return
        super()._measure_all()

    # Drawing

    def strips(self, first: int, last: int) -> Iterable[Strip]:
        """Lines of the pane."""
        width = self.size.width
        if self.kept is not None:
            lines = (self.kept.lines[y] if y < len(self.kept.lines) else () for y in range(first, last))
            return [joined_line(line, width, self.ink("text")) for line in lines]
        top, selection = self.scroll_offset.y, self.text_selection
        if selection is not None:
            return [self._draw(at, width, selection.get_span(at)) for at in range(top + first, top + last)]
        return [self._strip(at, width) for at in range(top + first, top + last)]

    def _strip(self, at: int, width: int) -> Strip:
        strip = self._strips.get(at)
        if strip is None:
            strip = self._strips[at] = self._draw(at, width)
        return strip

    def render_line(self, y: int) -> Strip:
        """One line of the pane."""
        return next(iter(self.strips(y, y + 1)))

    def _line(self, at: int) -> tuple[str, Line] | None:
        head = len(self._head)
        if at < head:
            return self._head[at]
        return ("", self._body[at - head]) if at - head < len(self._body) else None

    def _draw(self, at: int, width: int, span: tuple[int, int] | None = None) -> Strip:
        shown = self._line(at)
        if shown is None:
            return Strip.blank(width, self.ink("text"))
        ink, line = shown
        if self.overlay:
            line = self.overlay.over(at - len(self._head), line)
        segments = [Segment(" " * self._left, self.ink("text"))]
        for run in line.runs:
            style = self._run_style(run.style, ink)
            if run.href:
                style += RichStyle(meta={"href": run.href})
            segments.append(Segment(run.text, style))
        if span is not None:
            segments = list(selected(segments, *span, self.ink("selected")))
        return joined_line(segments, width, self.ink("text")).apply_offsets(0, at)

    def _run_style(self, flags: Style, ink: str) -> RichStyle:
        style = self._flags.get((flags, ink))
        if style is None:
            from reader.document.lines import names

            style = self._flags[flags, ink] = self.inks(ink, *names(flags))
        return style

    def forget_styles(self) -> None:
        """The theme changed."""
        super().forget_styles()
        self._strips.clear()
        self._flags.clear()

    # Selecting

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The text that is selected with the mouse, unwrapped."""
        if self.page is None:
            return None
        end = Offset(10_000, len(self._head) + len(self._body))
        start = selection.start or Offset(0, 0)
        return copied(self.page, self._head, self._body, self._left, start, selection.end or end), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Another part is selected."""
        self.redraw()

    # Events

    def sized(self) -> None:
        """Another size: what was kept stands where it stood."""
        if self.kept is not None:
            self._measure_all()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Another part is seen."""
        super().watch_scroll_y(old_value, new_value)
        self.tell()

    def on_resize(self, event: events.Resize) -> None:
        """Another width sets the text anew at the same place."""
        if self._set_for != (self.size.width, self.text_width):
            self._typeset(self.place)
        else:
            self._typeset_until(self.scroll_offset.y + 2 * self.size.height)

    def on_click(self, event: events.Click) -> None:
        """A click on a link follows it."""
        href = event.style.meta.get("href")
        if href:
            event.stop()
            self.post_message(self.LinkClicked(str(href)))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the page and marks nothing."""
        self._wheel(event, _WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the page and marks nothing."""
        self._wheel(event, -_WHEEL_LINES)

    def _wheel(self, event: events.MouseEvent, lines: int) -> None:
        event.stop()
        event.prevent_default()
        self.scroll_lines(lines)
