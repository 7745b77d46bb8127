"""Where a lost feed may be now: the feeds that were found, of which one is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from reader import times
from reader.library import found
from reader.tui.screens.dialog import Dialog
from reader.tui.screens.enclosures import Files


class AddressScreen(Dialog[str | None]):
    """Each with its title, its last post and its address; Enter gives the feed that address."""

    foot = "Enter follow it there   Esc close"
    DEFAULT_CSS = """
    AddressScreen Files { max-height: 16; }
    """

    def __init__(self, title: str, feeds: Sequence[Mapping[str, Any]]) -> None:
        super().__init__()
        self.heading = f"Where “{title}” may be now"
        self._feeds = feeds

    def content(self) -> ComposeResult:
        """Two lines a feed."""
        yield Files(*(Option(self._prompt(feed)) for feed in self._feeds), markup=False)

    def on_mount(self) -> None:
        """Begin at the likeliest."""
        self.query_one(Files).highlighted = 0

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(str(self._feeds[event.option_index]["url"]))

    def _prompt(self, feed: Mapping[str, Any]) -> Content:
        dot = self.host.signs.dot
        about = found.about(feed, times.now(), dot)
        title = found.title(feed)
        return Content.assemble(title, (f"{dot}{about}" if about else "", "$dim"), "\n", (found.address(feed), "$dim"))
