"""The scroll bar as a hairline: a thin stroke at the right edge says how far one is, nothing else is drawn."""

from __future__ import annotations

from rich.color import Color
from rich.segment import Segment, Segments
from rich.style import Style
from textual.scrollbar import ScrollBar, ScrollBarRender

from reader.tui.drawing import hairline, thumb_of
from reader.tui.signs import ASCII, FULL, Signs

_UP, _DOWN, _HOLD = ({"@mouse.down": what} for what in ("scroll_up", "scroll_down", "grab"))


class Hairline(ScrollBarRender):
    """One column; the mouse can still take hold of it."""

    stroke = hairline(FULL)

    @classmethod
    def render_bar(
        cls,
        size: int = 25,
        virtual_size: float = 50,
        window_size: float = 20,
        position: float = 0,
        thickness: int = 1,
        vertical: bool = True,
        back_color: Color = Color.default(),  # noqa: B008 - the signature is Textual's
        bar_color: Color = Color.default(),  # noqa: B008
    ) -> Segments:
        """The bar from top to bottom, one segment a line."""
        if not (window_size and size and virtual_size) or virtual_size <= window_size:
            return Segments([Segment(" ", Style(bgcolor=back_color))] * size, new_lines=vertical)
        seen = thumb_of(size, window_size, virtual_size, position)
        start, length = seen.start, len(seen)
        above = Segment(" ", Style(bgcolor=back_color, meta=_UP))
        thumb = Segment(cls.stroke, Style(color=bar_color, bgcolor=back_color, meta=_HOLD))
        below = Segment(" ", Style(bgcolor=back_color, meta=_DOWN))
        return Segments([above] * start + [thumb] * length + [below] * (size - start - length), new_lines=vertical)


class AsciiHairline(Hairline):
    """For terminals that know only ASCII."""

    stroke = hairline(ASCII)


def draw_hairlines(signs: Signs) -> None:
    """Let every scroll bar of the app be a hairline."""
    ScrollBar.renderer = AsciiHairline if signs.ascii_only else Hairline
