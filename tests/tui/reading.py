"""The real app on a real library of made-up news, driven by keys and mouse and read as lines of text."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

from textual.message import Message
from textual.pilot import Pilot
from textual.strip import Strip

from reader.library import Library
from reader.model import View, ViewKind
from reader.tui.app import ReaderApp
from reader.tui.screens import listing
from reader.tui.screens.main import MainScreen
from tests import library_maker as maker

QUIET = "[refresh]\non_open = false\n"
LIMIT = 10.0
WIDE, MEDIUM, NARROW = (200, 50), (100, 30), (60, 24)
ALL, UNREAD = View(ViewKind.ALL), View(ViewKind.UNREAD)


@dataclass
class Reading:
    """A person at the screen."""

    app: ReaderApp
    pilot: Pilot[None]
    library: Library
    messages: list[Message] = field(default_factory=list)

    @property
    def screen(self) -> MainScreen:
        return self.app.main

    def lines(self) -> list[str]:
        """What stands on the screen, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return [_plain(strip) for strip in strips]

    def text(self) -> str:
        return "\n".join(self.lines())

    def status(self) -> str:
        return self.lines()[-1]

    def column(self, widget: Any) -> str:
        """What stands in one pane."""
        region = widget.region
        strips = self.app.screen._compositor.render_strips()[region.y : region.bottom]
        return "\n".join(_plain(strip.crop(region.x, region.right)) for strip in strips)

    def listed(self) -> str:
        return self.column(self.screen.articles)

    def page(self) -> str:
        return self.column(self.screen.article)

    def sidebar(self) -> str:
        return self.column(self.screen.feeds)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def until(self, true: Callable[[], object]) -> None:
        """Let the app go on until something holds; where it never does, show what stood on the screen."""
        end = monotonic() + LIMIT
        while not true():
            assert monotonic() < end, f"never came true:\n{self.text()}"
            await self.pilot.pause(0.01)

    async def sees(self, *words: str) -> None:
        """Wait until all these words stand on the screen."""
        await self.until(lambda: all(word in self.text() for word in words))

    async def page_is(self, title: str) -> None:
        """Wait until the article's pane shows a headline."""
        await self.until(lambda: self.page().lstrip().startswith(title[:8]))

    async def idle(self) -> None:
        """Wait until nothing is under way: no worker, no write."""
        await self.until(lambda: not any(worker.is_running for worker in self.app.workers))
        await self.pilot.pause()

    def is_read(self, article: int) -> bool:
        return self.library.article(article).is_read


def _plain(strip: Strip) -> str:
    return "".join(segment.text for segment in strip).replace("\xa0", " ")


@asynccontextmanager
async def reading(
    home: Path,
    *,
    size: tuple[int, int] = (120, 36),
    articles: int = 60,
    config: str = QUIET,
    paths: tuple[str, ...] = (),
) -> AsyncIterator[Reading]:
    """Open the screen on the library at ``home``, made with so many articles if there is none yet."""
    where = maker.place(home)
    if articles and not where.database.exists():
        maker.fill(where, articles)
    where.config.parent.mkdir(parents=True, exist_ok=True)
    where.config.write_text(config, "utf-8")
    messages: list[Message] = []
    with Library.open(where) as library:
        app = ReaderApp(library, paths)
        try:
            async with app.run_test(size=size, message_hook=messages.append) as pilot:
                person = Reading(app, pilot, library, messages)
                shown = app.main.articles
                await person.until(lambda: app.main.listed or shown.promised > listing.WHOLE or not shown.ids)
                yield person
                app.main.remember()
        finally:
            app.background.close()
            for thread in threading.enumerate():
                if thread.name == "reader-job":
                    thread.join(LIMIT)


def titles(library: Library, view: View = ALL) -> Iterator[str]:
    """The headlines of a view, newest first."""
    return (row.title for row in library.rows(library.ids(view)))
