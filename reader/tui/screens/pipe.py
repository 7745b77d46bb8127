"""One line for a command that gets the article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from reader.tui.programs import BadCommandError, understood
from reader.tui.screens.dialog import Dialog

KEY = "pipes"
MOST_KEPT = 20


def kept(value: object) -> tuple[str, ...]:
    """The last commands as they were remembered, the newest first."""
    return tuple(line for line in value if isinstance(line, str)) if isinstance(value, list) else ()


def with_newest(lines: Sequence[str], line: str) -> list[str]:
    """The last commands with one more, each once."""
    return [line, *(each for each in lines if each != line)][:MOST_KEPT]


class PipeScreen(Dialog[str | None]):
    """Type a command; ↑ and ↓ go through the last ones. The answer is the line as it was typed."""

    heading = "Give the article to a command"
    foot = "Enter run   ! before it: with the terminal   Up last   Esc close"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "older", "older", show=False, priority=True),
        Binding("down", "newer", "newer", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    PipeScreen #said { height: auto; color: $trouble; display: none; }
    PipeScreen #said.-some { display: block; }
    """

    def __init__(self, last: Sequence[str]) -> None:
        super().__init__()
        self._lines = ["", *last]
        self._at = 0

    def content(self) -> ComposeResult:
        """The line, and room for what is wrong with it."""
        yield Input(placeholder="wc -w", id="command")
        yield Static(id="said")

    def action_older(self) -> None:
        """The command before."""
        self._go(1)

    def action_newer(self) -> None:
        """The command after it, at last what was being typed."""
        self._go(-1)

    def _go(self, step: int) -> None:
        line = self.query_one(Input)
        if not 0 <= self._at + step < len(self._lines):
            return
        if self._at == 0:
            self._lines[0] = line.value
        self._at += step
        line.value = self._lines[self._at]
        line.cursor_position = len(line.value)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        try:
            understood(event.value)
        except BadCommandError as problem:
            said = self.query_one("#said", Static)
            said.update(Content(str(problem)))
            said.add_class("-some")
        else:
            self.dismiss(event.value.strip())
