"""Where the links lead that have letters: a few lines above the status line, there only as long as the letters are."""

from __future__ import annotations

from collections.abc import Sequence

from textual.strip import Strip

from reader.tui.drawing import Parts
from reader.tui.widgets.ink import Ink

_BETWEEN = "   "


class Hosts(Ink):
    """Lines of letters and hosts."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.lines: Sequence[Sequence[tuple[str, str]]] = ()

    def show(self, lines: Sequence[Sequence[tuple[str, str]]]) -> None:
        """Show these, in as many lines as they take."""
        self.lines = lines
        self.styles.height = max(len(lines), 1)
        self.display = bool(lines)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line."""
        parts: Parts = [(" ", "text")]
        for letters, host in self.lines[y] if y < len(self.lines) else ():
            parts += [(letters, "accent"), (f" {host}{_BETWEEN}", "text")]
        return self.line(parts, self.size.width)
