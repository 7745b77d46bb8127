"""The line to type into what is sought in the article; mounted when it is first needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input


class FindLine(Input):
    """One line without a frame. Enter and the arrows go from one place that was found to another."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+f,ctrl+n", "step(1)", show=False),
        Binding("up", "step(-1)", show=False),
    ]

    class Sought(Message):
        """Other words are sought."""

    @dataclass
    class Stepped(Message):
        """The next place is wanted, or the one before."""

        step: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, compact=True, select_on_focus=True, placeholder="find in this article")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another letter."""
        event.stop()
        self.post_message(self.Sought())

    async def action_submit(self) -> None:
        """Enter goes on to the next."""
        self.action_step(1)

    def action_step(self, step: int) -> None:
        """To the next, or the one before."""
        self.post_message(self.Stepped(step))
