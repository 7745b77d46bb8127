"""Follow a feed, a file or a directory of files: one line to type in, and what came of it."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from reader import times
from reader.errors import ReaderError
from reader.library import Job, found
from reader.model import Feed
from reader.text import plural
from reader.tui.completion import Completion, complete, target_of
from reader.tui.screens.dialog import Added, Choices, Dialog

Event = dict[str, Any]
_NAMES_SHOWN = 8


def folder_names(text: str) -> tuple[str, ...]:
    """A folder as it is typed, names joined by "/", as its names; a slash inside a name has a backslash before it."""
    names = (name.replace("\\/", "/").strip() for name in re.split(r"(?<!\\)/", text))
    return tuple(name for name in names if name)


def folder_text(names: tuple[str, ...]) -> str:
    """The same the other way round."""
    return "/".join(name.replace("/", "\\/") for name in names)


def folders(feeds: list[Feed]) -> list[str]:
    """Every folder that has a feed in it or below it, as it would be typed."""
    paths = {feed.folder[:length] for feed in feeds for length in range(1, len(feed.folder) + 1)}
    return [folder_text(path) for path in sorted(paths)]


class TargetInput(Input):
    """The line for the address or path; Tab completes the names of files, or goes on when there is nothing to add."""

    class CompletionAsked(Message):
        """Tab was pressed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", "complete", show=False)]

    def action_complete(self) -> None:
        """Ask for a completion."""
        self.post_message(self.CompletionAsked())


class AddScreen(Dialog[Added | None]):
    """Type an address or a path, perhaps a folder; Enter follows it. Where a page names several feeds, pick some."""

    heading = "Follow a feed, a file or a folder of files"
    foot = "Tab complete   Enter follow   Esc close"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "follow_picked", "follow", show=False)]
    DEFAULT_CSS = """
    AddScreen #said { height: auto; }
    AddScreen #said.-trouble { color: $trouble; }
    AddScreen Choices { max-height: 12; }
    AddScreen.-picking Input { display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._job: Job | None = None
        self._busy = False
        self._folder: tuple[str, ...] = ()
        self._events: list[Event] = []
        self._candidates: tuple[str, ...] = ()

    def content(self) -> ComposeResult:
        """Two lines to type in, and one that says what happens."""
        yield TargetInput(placeholder="https://…, a page, /path/to/file or ~/folder", id="target")
        yield Input(placeholder="Folder to file it in, if you like", id="folder")
        yield Static(id="said")

    def on_mount(self) -> None:
        """Fetch the folders that there are, to suggest them."""
        self.host.later(self._suggest_folders(), group="add-folders")

    async def _suggest_folders(self) -> None:
        names = folders(await self.host.background.run(self.host.library.feeds))
        if self.is_mounted:
            self.query_one("#folder", Input).suggester = SuggestFromList(names, case_sensitive=False)

    # Names of files

    @on(TargetInput.CompletionAsked)
    def _asked(self) -> None:
        self.host.later(self._complete(self.query_one("#target", Input).value), group="add-complete")

    async def _complete(self, text: str) -> None:
        completion = await self.host.background.run(complete, text)
        target = self.query_one("#target", Input)
        if not self.is_mounted or target.value != text:
            return
        if completion.text != text:
            target.value = completion.text
            target.cursor_position = len(completion.text)
        elif len(completion.names) < 2:
            self.query_one("#folder").focus()
        self._say(_listed(completion, self.host.signs.ellipsis))

    # Following

    @on(Input.Submitted)
    def _submitted(self) -> None:
        target = target_of(self.query_one("#target", Input).value)
        if not target:
            self._say("Type an address, or the path of a file or a folder.", trouble=True)
            self.query_one("#target").focus()
            return
        self._folder = folder_names(self.query_one("#folder", Input).value)
        self._follow((target,))

    def action_follow_picked(self) -> None:
        """Follow what is picked of a page's feeds; where nothing is, the one under the cursor."""
        if not self.has_class("-picking"):
            return
        choices = self.query_one(Choices)
        if not choices.picked:
            choices.action_select()
        self._follow(tuple(self._candidates[number] for number in choices.picked))

    def _follow(self, targets: tuple[str, ...]) -> None:
        if self._busy:
            return
        self._busy, self._events = True, []
        self._say(f"Looking at {targets[0]}" if len(targets) == 1 else f"Looking at {plural(len(targets), 'feed')}")
        self.say_foot("Esc stop")
        self.host.later(self._start(targets), group="add")

    async def _start(self, targets: tuple[str, ...]) -> None:
        try:
            self._job = await self.host.background.run(self.host.library.add, targets, self._folder or None)
        except ReaderError as error:
            self._ended(trouble=str(error))
            return
        self.host.background.follow(self._job, self._happened)

    def _happened(self, event: Event) -> None:
        if not self.is_mounted:
            return
        if event["event"] == "looking":
            self._say(event["message"])
            return
        self._events.append(event)
        if event["event"] in ("finished", "problem"):
            self._finish()

    def _finish(self) -> None:
        added = [event for event in self._events if event["event"] == "added"]
        candidates = [feed for event in self._events if event["event"] == "candidates" for feed in event["feeds"]]
        if added:
            self.dismiss(Added(tuple(event["feed_id"] for event in added), _what(added)))
        elif candidates:
            self._ended()
            self._offer(candidates)
        else:
            self._ended(trouble="\n".join((_trouble(self._events), *self._warnings())))

    def _ended(self, trouble: str = "") -> None:
        self._busy, self._job = False, None
        self._say(trouble, trouble=bool(trouble))
        self.say_foot(self.foot)
        if not self.has_class("-picking"):
            self.query_one("#target").focus()

    # A page that names several feeds

    def _offer(self, feeds: list[Event]) -> None:
        self._candidates = tuple(feed["url"] for feed in feeds)
        now, dot = times.now(), self.host.signs.dot
        rows = [(found.title(feed), _more(feed, now, dot)) for feed in feeds]
        self._say("\n".join((*self._warnings(), f"This page names {plural(len(feeds), 'feed')}:")))
        choices = Choices([("", rows)], self.host.signs, id="candidates", gap="\n  ")
        self.add_class("-picking")
        self.query_one("#box").mount(choices, before="#foot")
        self.say_foot("space pick   a all   Enter follow   Esc back")
        choices.focus()

    def _warnings(self) -> list[str]:
        return [event["message"] for event in self._events if event["event"] == "warning"]

    def action_close(self) -> None:
        """Esc: stop what is under way, or go back from the page's feeds, or close."""
        if self._job is not None:
            self._job.stop()
            self._job = None
            self.say_foot("Stopping   Esc close")
        elif self.has_class("-picking") and not self._busy:
            self.query_one(Choices).remove()
            self.remove_class("-picking")
            self._ended()
        else:
            self.dismiss(None)

    def _say(self, text: str, *, trouble: bool = False) -> None:
        said = self.query_one("#said", Static)
        said.update(Content(text))
        said.set_class(trouble, "-trouble")


def _what(added: list[Event]) -> str:
    """What was added, as a phrase for the status line."""
    if len(added) > 1:
        return f"following {plural(len(added), 'feed')} more"
    event = added[0]
    if event.get("existed"):
        return f"{event['title']} is followed already"
    note = f"; {event['note']}" if event.get("note") else ""
    return f"following {event['title']}: {plural(event.get('new') or 0, 'article')}{note}"


def _more(feed: Event, now: int, dot: str) -> str:
    """What to choose a feed by, and its address where that is not its title."""
    address = found.address(feed).partition("://")[2]
    return dot.join(part for part in (found.about(feed, now, dot), address) if part)


def _trouble(events: list[Event]) -> str:
    """Why nothing came of it, and what to do."""
    for event in events:
        if event["event"] in ("refused", "problem", "offline"):
            hint = event.get("hint")
            return f"{event['message']}\n{hint}" if hint else str(event["message"])
    return "Stopped: nothing was added."


def _listed(completion: Completion, ellipsis: str) -> str:
    """The names that a path may go on with."""
    if len(completion.names) < 2:
        return ""
    shown = "   ".join(completion.names[:_NAMES_SHOWN])
    more = len(completion.names) - _NAMES_SHOWN
    return f"{shown}   {ellipsis} and {more:,} more" if more > 0 else shown
