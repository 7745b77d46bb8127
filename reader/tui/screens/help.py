"""Help: the keys in force, by what they are for, searched while one types."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widgets import Input, Static

from reader.text import fold
from reader.tui.actions import ACTIONS, GROUPS, Action
from reader.tui.keys import Keys, shown
from reader.tui.screens.dialog import Dialog

_KEYS_WIDE, _KEYS_NARROW = 22, 13


def found(action: Action, keys: Keys, query: str) -> bool:
    """Whether every word of the query is in the action's help, label or group, or is one of its keys."""
    text = fold(f"{action.help} {action.label} {action.group}")
    names = {fold(name) for key in keys.of(action.id) for name in (key, shown(key))}
    return all(word in text or word in names for word in fold(query).split())


def help_lines(keys: Keys, query: str, width: int, ascii_only: bool = False) -> Iterator[Content]:
    """The help as lines of at most ``width`` cells: a group's name, then keys and what they do."""
    first = _KEYS_WIDE if width >= 56 else _KEYS_NARROW
    empty = True
    for group in GROUPS:
        rows = [action for action in ACTIONS if action.group == group and found(action, keys, query)]
        if rows:
            yield from () if empty else (Content(""),)
            yield Content.styled(group, "bold $unread")
            empty = False
        for action in rows:
            yield from _row(action, keys, first, width, ascii_only)
    if empty:
        yield Content.styled("No key and no command fits these words.", "$dim")


def _row(action: Action, keys: Keys, first: int, width: int, ascii_only: bool) -> Iterator[Content]:
    names = "  ".join(shown(key, ascii_only) for key in keys.of(action.id)) or "palette"
    left = textwrap.wrap(names, first - 2)
    right = textwrap.wrap(action.help, max(width - first, 10))
    style = "bold" if keys.of(action.id) else "$dim"
    for number in range(max(len(left), len(right))):
        key = left[number] if number < len(left) else ""
        words = right[number] if number < len(right) else ""
        yield Content.assemble((key.ljust(first), style), words)


class HelpScreen(Dialog[None]):
    """Every key, and a line to search them; the arrows scroll."""

    foot = "type to search   Esc close"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll(1)", "down", show=False),
        Binding("up", "scroll(-1)", "up", show=False),
        Binding("pagedown,ctrl+d", "page(1)", "page", show=False, priority=True),
        Binding("pageup,ctrl+u", "page(-1)", "page up", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    HelpScreen > #box { height: 100%; margin: 1 0; }
    HelpScreen #keys { height: 1fr; margin-top: 1; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    """

    def content(self) -> ComposeResult:
        """The search line and the keys."""
        yield Input(placeholder="Search the keys", id="query")
        with VerticalScroll(id="keys", can_focus=False):
            yield Static(id="lines")

    def on_mount(self) -> None:
        """Begin with everything."""
        self.call_after_refresh(self._show)

    @on(Input.Changed)
    @on(Resize)
    def _show(self) -> None:
        pane = self.query_one("#keys")
        lines = help_lines(
            self.host.keys,
            self.query_one(Input).value,
            pane.scrollable_content_region.width or 60,
            self.host.signs.ascii_only,
        )
        self.query_one("#lines", Static).update(Content("\n").join(lines))
        pane.scroll_home(animate=False)

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one("#keys").scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll by pages, keeping two lines."""
        pane = self.query_one("#keys")
        pane.scroll_relative(y=pages * max(pane.size.height - 2, 1), animate=False)
