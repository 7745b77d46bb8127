"""The files that come with an article, and what one may do with each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from reader.document.links import shown
from reader.library.enclosures import medium_words
from reader.model import Medium
from reader.text import clean_line
from reader.tui.screens.dialog import Dialog, PlainList

OPEN, SAVE, PLAY = "open", "save", "play"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be done with a file."""

    what: str
    medium: Medium


class Files(PlainList):
    """The list, with the keys of other lists."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "down", show=False),
        Binding("k", "cursor_up", "up", show=False),
    ]


class EnclosuresScreen(Dialog[Wish | None]):
    """Each file with its kind, size and host, and where it lies."""

    heading = "Files that come with this article"
    foot = "Enter browser   d save   p play   Esc close"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "save", "save", show=False),
        Binding("p", "play", "play", show=False),
        Binding("e", "close", "close", show=False),
    ]
    DEFAULT_CSS = """
    EnclosuresScreen Files { max-height: 16; }
    """

    def __init__(self, media: Sequence[Medium]) -> None:
        super().__init__()
        self._media = media

    def content(self) -> ComposeResult:
        """Two lines a file."""
        yield Files(*(Option(_prompt(medium)) for medium in self._media), markup=False)

    def on_mount(self) -> None:
        """Begin at the first."""
        self.query_one(Files).highlighted = 0

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(Wish(OPEN, self._media[event.option_index]))

    def action_save(self) -> None:
        """Save the file under the cursor."""
        self._answer(SAVE)

    def action_play(self) -> None:
        """Play the file under the cursor."""
        self._answer(PLAY)

    def _answer(self, what: str) -> None:
        at = self.query_one(Files).highlighted
        if at is not None:
            self.dismiss(Wish(what, self._media[at]))


def _prompt(medium: Medium) -> Content:
    return Content.assemble(
        medium_words(medium), "\n", (clean_line(medium.path or shown(medium.enclosure.url)), "$dim")
    )
