"""Whether an address of an unusual kind is to be opened: all of it is shown first, as plain text."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from reader.document.links import host, shown
from reader.tui.screens.dialog import Dialog


class AskScreen(Dialog[bool]):
    """``o`` opens it, everything else does not: Enter is pressed too easily."""

    heading = "This is no address of the web"
    foot = "o open it all the same   Esc close"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("o", "open", "open", show=False)]
    DEFAULT_CSS = """
    AskScreen VerticalScroll { height: auto; max-height: 12; }
    AskScreen #address { height: auto; }
    AskScreen #kind { height: auto; color: $dim; margin-top: 1; }
    """

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address

    def content(self) -> ComposeResult:
        """The whole address, and what opening it means."""
        with VerticalScroll():
            yield Static(Content(shown(self._address)), id="address")
        kind = host(self._address)
        yield Static(Content(f"The program that this system has for {kind}: addresses would get it."), id="kind")

    def action_open(self) -> None:
        """Open it."""
        self.dismiss(True)
