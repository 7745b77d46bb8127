"""The line to type a search into, on top of the list; mounted when it is first needed."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input


class SearchLine(Input):
    """One line without a frame. What is typed goes up as ``Input.Changed``; Enter and Esc are the screen's."""

    # Textual's own, but that it lays the whole screen out anew with every letter: no other place depends on it
    virtual_size = Reactive(Size(0, 0))

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, compact=True, select_on_focus=False)

    def open(self, prompt: str) -> None:
        """Show the line, empty, with words that say what is searched."""
        self.placeholder = prompt
        with self.prevent(Input.Changed):
            self.value = ""
        self.display = True

    def close(self) -> None:
        """Hide the line."""
        self.display = False
