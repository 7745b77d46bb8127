"""Inks: the named styles that line widgets draw with, mixed from the theme's colours and kept until it changes.

They are a table and not component classes of the style sheet: Textual matches every class of every widget with every
rule before the first picture, which costs a fifth of the start, and forgets what it worked out at every refresh.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from reader.tui.drawing import cell_len


class Mix(NamedTuple):
    """A colour of the theme for the signs, one for what they stand on, and how they are drawn."""

    ink: str = ""
    ground: str = ""
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False


INKS = {
    "text": Mix("ink"),
    "strong": Mix("ink", bold=True),
    "dim": Mix("dim"),
    "accent": Mix("unread"),
    "accent-strong": Mix("unread", bold=True),
    "trouble": Mix("trouble"),
    "rule": Mix("rule"),
    "note": Mix("dim"),
    "mark": Mix("mark-ink", "mark"),
    "selected": Mix("mark-ink", "mark"),
    # the page, by the names of document.lines.Style
    "caption": Mix("dim", italic=True),
    "image": Mix("dim", italic=True),
    "term": Mix(bold=True),
    "summary": Mix(bold=True),
    "table-head": Mix(bold=True),
    "code-block": Mix("ink-code", "surface-code"),
    "code-comment": Mix("code-comment", italic=True),
    "code-keyword": Mix("code-keyword"),
    "code-string": Mix("code-string"),
    "code-number": Mix("code-number"),
    "code-name": Mix("code-name"),
    "code": Mix("ink-code", "surface-code"),
    "heading1": Mix("ink", bold=True),
    "heading2": Mix("ink", bold=True),
    "heading3": Mix("ink", bold=True),
    "heading4": Mix("ink", italic=True),
    "heading5": Mix("ink", italic=True),
    "heading6": Mix("ink", italic=True),
    "emphasis": Mix(italic=True),
    "strike": Mix(strike=True),
    "added": Mix("mark-ink", "mark", bold=True),
    "removed": Mix("dim", strike=True),
    "match": Mix("mark-ink", "mark"),
    "current": Mix("page", "unread", bold=True),
    "hint": Mix("page", "unread", bold=True),
    "superscript": Mix("dim"),
    "subscript": Mix("dim"),
    "link": Mix("link", underline=True),
    "link-number": Mix("dim"),
    "quote-bar": Mix("rule"),
    "table-rule": Mix("rule"),
    "continuation": Mix("rule"),
    "marker": Mix("dim"),
}
# What the item under the cursor stands on, in the pane with the keys and in the others, and its own shades of ink.
_GROUNDS = {"": "page", "cursor": "cursor", "away": "cursor-away"}
_ON_CURSOR = {"ink": "cursor-ink", "dim": "cursor-dim", "unread": "cursor-unread"}


def joined_line(segments: Iterable[Segment], width: int, ground: Style) -> Strip:
    """Segments as a line of just so many cells, neighbours in one style joined, the rest blank on a ground.

    It is made in one go: a strip brings seven caches of its own, and each step of Textual's makes another strip.
    """
    joined: list[Segment] = []
    cells = 0
    for each in (*segments, None):
        text, style = (" " * (width - cells), ground) if each is None else (each.text, each.style)
        if joined and joined[-1].style is style:
            joined[-1] = Segment(joined[-1].text + text, style)
        elif text:
            joined.append(Segment(text, style))
        cells += cell_len(text)
    return Strip(joined, cells) if cells == width else Strip(joined, cells).crop(0, width)


class Ink(Widget):
    """A widget that draws its lines itself, all of them: the style sheet lays no border or padding around them.

    Textual asks the style sheet a dozen things for every line that it draws, which is half of what a moved list costs.
    """

    ALLOW_SELECT = False
    ground = "page"
    _inks: dict[tuple[str, str], Style] | None = None

    def ink(self, name: str, state: str = "") -> Style:
        """The style of a name; in the state "cursor" or "away" on the ground of the item under the cursor."""
        if self._inks is None:
            self._inks = {}
        style = self._inks.get((name, state))
        if style is None:
            style = self._inks[name, state] = self._mixed(name, state)
        return style

    def inks(self, *names: str) -> Style:
        """Several inks, one on top of the other; what one leaves open shows through."""
        style = self.ink("text")
        for name in names:
            if name in INKS:
                style += self._style(INKS[name], "")
        return style

    def _mixed(self, name: str, state: str) -> Style:
        ground = _GROUNDS[state] if state else self.ground
        return self._style(Mix("ink", ground), state) + self._style(INKS[name], state)

    def _style(self, mix: Mix, state: str) -> Style:
        ink = _ON_CURSOR.get(mix.ink, mix.ink) if state == "cursor" else mix.ink
        colours = self.app.theme_variables
        return Style(
            color=Color.parse(colours[ink]).rich_color if ink else None,
            bgcolor=Color.parse(colours[mix.ground]).rich_color if mix.ground else None,
            bold=mix.bold or None,
            italic=mix.italic or None,
            underline=mix.underline or None,
            strike=mix.strike or None,
        )

    def stand_on(self, ground: str) -> None:
        """Draw on another ground than the page."""
        if ground != self.ground:
            self.ground = ground
            self.forget_styles()
            self.refresh()

    def line(self, parts: Iterable[tuple[str, str]], width: int, state: str = "") -> Strip:
        """Texts with the names of their inks as a line of so many cells."""
        return joined_line([Segment(text, self.ink(ink, state)) for text, ink in parts], width, self.ink("text", state))

    def get_line_filters(self) -> Sequence[LineFilter]:
        """All but the one that makes true colours of a terminal's own: inks are true, or the theme wants them so."""
        return [each for each in super().get_line_filters() if not isinstance(each, ANSIToTruecolor)]

    def strips(self, first: int, last: int) -> Iterable[Strip]:
        """The lines of the pane from ``first`` to before ``last``."""
        return map(self.render_line, range(first, last))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Textual asks for a part of the pane."""
        strips = list(self.strips(crop.y, crop.bottom))
        for line_filter in self.get_line_filters():
            background = self.background_colors[1]
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        left, right = crop.column_span
        return [strip if strip.cell_length == right and not left else strip.crop(left, right) for strip in strips]

    def forget_styles(self) -> None:
        """The theme changed."""
        self._inks = None

    def notify_style_update(self) -> None:
        """Textual says that styles changed."""
        self.forget_styles()
        super().notify_style_update()
