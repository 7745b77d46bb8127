"""The choice of colours: the theme under the cursor is shown at once on everything behind."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from reader.tui import themes
from reader.tui.screens.dialog import Dialog, PlainList


class ThemeScreen(Dialog[str | None]):
    """Themes at the side; Enter keeps the one that is seen and answers its name, Esc puts the old one back."""

    heading = "Theme"
    foot = "Enter keep   Esc put back"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "move('cursor_down')", "down", show=False),
        Binding("k", "move('cursor_up')", "up", show=False),
    ]
    DEFAULT_CSS = """
    ThemeScreen { background: transparent; align: right bottom; }
    ThemeScreen > #box { width: 36; height: 80%; max-height: 29; padding: 1 2; margin: 0 1 1 0; }
    ThemeScreen OptionList { height: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._before = ""

    def content(self) -> ComposeResult:
        """The names, ours first."""
        yield PlainList(
            *(Option(self._prompt(name), id=name) for name in themes.names(self.app)), id="themes", markup=False
        )

    def on_mount(self) -> None:
        """Begin at the theme in force."""
        self._before = self.app.theme
        names = self.query_one(OptionList)
        names.highlighted = names.get_option_index(self._before) if self._before in themes.names(self.app) else 0

    def _prompt(self, name: str) -> Content:
        about = themes.described(name)
        return Content.assemble(name, (f"  {about}", "$dim") if about else "")

    @on(OptionList.OptionHighlighted)
    def _preview(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_id:
            self.app.theme = event.option_id

    @on(OptionList.OptionSelected)
    def _keep(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)

    def action_move(self, step: str) -> None:
        """Move the cursor."""
        getattr(self.query_one(OptionList), f"action_{step}")()

    def action_close(self) -> None:
        """Put the old theme back."""
        self.app.theme = self._before
        self.dismiss(None)
