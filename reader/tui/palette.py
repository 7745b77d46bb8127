"""The command palette: every action by its name, every view and feed by its title. Titles are never markup."""

from __future__ import annotations

import re
from asyncio import sleep
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from heapq import nlargest
from typing import Any, Protocol, cast

from textual.app import App
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.worker import Worker, WorkerState

from reader.model import ARCHIVE, Feed, View, ViewKind
from reader.text import fold
from reader.tui.actions import ACTIONS, BY_ID, applies
from reader.tui.keys import shown
from reader.tui.screens.dialog import Host

_SHOWN = 40
_BREATH = 200
_HIDDEN = frozenset({"palette", "down", "up", "left", "right"})
_VIEWS = (
    ("All", ViewKind.ALL),
    ("Unread", ViewKind.UNREAD),
    ("Today", ViewKind.TODAY),
    ("Bookmarks", ViewKind.BOOKMARKS),
    (ARCHIVE, ViewKind.ARCHIVE),
)


class Goes(Protocol):
    """What the palette needs of the main screen."""

    def show_view(self, view: View) -> None:
        """List another view."""


@dataclass(frozen=True, slots=True)
class Command:
    """A line of the palette: what it is called, its key, the doing, and other words that it is looked for by."""

    name: str
    key: str
    run: Callable[[], object]
    also: str = ""

    def shown(self, query: str = "") -> Content:
        """The name, what of it was typed underlined, and the key. ``Matcher.highlight`` would read it as markup."""
        content = Content(self.name)
        folded = fold(self.name)
        if len(folded) == len(self.name):
            for word in fold(query).split():
                place = max(folded.find(word), 0)
                content = content.stylize("underline", place, place + len(word))
        return Content.assemble(content, ("  " + self.key, "$dim")) if self.key else content


class Palette(CommandPalette):
    """Textual's palette on our ground, without its picture of a magnifying glass."""

    DEFAULT_CSS = """
    Palette {
        background: transparent;
        & > Vertical, & > Vertical:dark { background: $dialog; margin-top: 1; width: 72; max-width: 100%; }
        #--input { border: none; border-bottom: solid $rule; padding: 0 1; }
        #--input SearchIcon { display: none; }
        #--results, CommandList { background: $dialog; border: none; }
        CommandList > .option-list--option { text-style: none; }
        CommandList > .option-list--option-highlighted { background: $cursor; color: $cursor-ink; text-style: none; }
    }
    """

    def _action_command_list(self, action: str) -> None:
        """Pass a key on to the list, which cannot page through lines that it has not laid out yet."""
        with suppress(KeyError):
            super()._action_command_list(action)

    def run_worker(self, *args: Any, **options: Any) -> Worker[Any]:
        """Start Textual's gathering of commands; it fails when the palette goes meanwhile, which must end nothing."""
        return super().run_worker(*args, **{**options, "exit_on_error": False})

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Pass on what went wrong for any other reason."""
        if event.worker.error is not None and event.state is WorkerState.ERROR and self.is_current:
            raise event.worker.error


def open_palette(app: App[Any]) -> None:
    """Open the palette over the current screen."""
    if not CommandPalette.is_open(app):
        app.push_screen(Palette([Actions, Places], placeholder="Find a command or a feed"))


def name_of(action_id: str) -> str:
    """An action as the palette calls it: the first clause of what its help says."""
    return re.split("[,.:;]", BY_ID[action_id].help, maxsplit=1)[0]


def score(query: str, name: str) -> float:
    """How well a name fits: 0 when a word of the query is not in it, more for the beginnings of its words."""
    text = " " + fold(name)
    words = fold(query).split()
    if not words or any(word not in text for word in words):
        return 0.0
    return sum(2.0 if f" {word}" in text else 1.0 for word in words) + 1 / (1 + len(text))


def places(feeds: list[Feed]) -> Iterator[tuple[str, View]]:
    """Where one can go: the fixed views, the folders, the feeds."""
    for title, kind in _VIEWS:
        yield f"Go to {title}", View(kind)
    folders = dict.fromkeys(feed.folder[:length] for feed in feeds for length in range(1, len(feed.folder) + 1))
    for folder in folders:
        yield f"Go to {' / '.join(folder)}", View(ViewKind.FOLDER, folder=folder)
    for feed in feeds:
        yield f"Go to {feed.title}", View(ViewKind.FEED, feed_id=feed.id)


class _Commands(Provider):
    """Commands that are known before the search begins; the ``first`` of them are shown before anything is typed."""

    first: int | None = None

    def __init__(self, *arguments: object, **keywords: object) -> None:
        super().__init__(*arguments, **keywords)  # type: ignore[arg-type]
        self._commands: list[Command] = []

    @property
    def _host(self) -> Host:
        return cast("Host", self.app)

    async def discover(self) -> Hits:
        """The first of them, before anything is typed."""
        for command in self._commands[: self.first]:
            yield DiscoveryHit(command.shown(), command.run, command.name)

    async def search(self, query: str) -> Hits:
        """What fits the words, the best few; with a breath for the screen now and then."""
        scored: list[tuple[float, Command]] = []
        for number, command in enumerate(self._commands, 1):
            points = score(query, command.name) or score(query, f"{command.name} {command.also}") / 2
            if points > 0:
                scored.append((points, command))
            if not number % _BREATH:
                await sleep(0)
        for points, command in nlargest(_SHOWN, scored, key=lambda hit: hit[0]):
            yield Hit(points, command.shown(query), command.run, command.name)


class Actions(_Commands):
    """Every action that means something in the pane with the focus."""

    async def startup(self) -> None:
        """Gather them."""
        where = getattr(self.screen, "pane", "list")
        self._commands = [
            Command(
                name_of(action.id),
                self._key(action.id),
                partial(self.screen.run_action, action.id),
                f"{action.id.replace('_', ' ')} {action.label} {action.help}",
            )
            for action in ACTIONS
            if action.id not in _HIDDEN and applies(action.id, where)
        ]

    def _key(self, action_id: str) -> str:
        return next((shown(key, self._host.signs.ascii_only) for key in self._host.keys.of(action_id)), "")


class Places(_Commands):
    """Every view, folder and feed; only the views before anything is typed, as there may be thousands."""

    first = len(_VIEWS)

    async def startup(self) -> None:
        """Gather them."""
        feeds = await self._host.background.run(self._host.library.feeds)
        screen = cast("Goes", self.screen)
        self._commands = [Command(name, "", partial(screen.show_view, view)) for name, view in places(feeds)]
