"""Has the worker bring the pictures of the article that is shown, and shows them as they come."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from reader.errors import ReaderError
from reader.tui.widgets.page import Page
from reader.tui.widgets.status import Work

if TYPE_CHECKING:
    from reader.library import Job
    from reader.tui.screens.images import Images

_LONG_SECONDS = 1.0
_TOGETHER_SECONDS = 0.05  # pictures that come within it move the text once


class Bringer:
    """Brings for a screen, one article at a time. ``is_held_back``: pictures are missing and wait to be asked for."""

    def __init__(self, screen: Images) -> None:
        self._screen = screen
        self._app = screen.reader
        self.is_held_back = False
        self._has_told = False
        self._job: Job | None = None
        self._expected: list[str] = []
        self._ordered = 0
        self._arrived: dict[str, tuple[int, int]] = {}
        self._timer: asyncio.TimerHandle | None = None

    @property
    def job(self) -> Job | None:
        """What is under way."""
        return self._job

    def begin(self, page: Page, seconds: float) -> None:
        """Look at the pictures of a page after a while."""
        self._later(seconds, lambda: self._app.later(self._look_at(page), group="pictures"))

    def _later(self, seconds: float, call: Callable[[], object]) -> None:
        """Do something after a while, unless something waits already."""

        def act() -> None:
            self._timer = None
            call()

        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(seconds, act)

    async def _look_at(self, page: Page) -> None:
        """See what of an article is there and what is missing, and have that brought."""
        hoard = await self._app.background.run(self._app.library.pictures, page.document.pictures)
        if self._screen.article.page is not page:
            return
        missing = list(hoard.missing)
        self.is_held_back = hoard.is_slow and self._screen.images == "auto"
        if self.is_held_back:
            missing = []
            self._tell_once()
        self._screen.article.set_pictures(hoard.sizes, [address for address in missing if address not in hoard.sizes])
        if missing:
            await self._bring(page, missing)

    def _tell_once(self) -> None:
        """Say why there are no pictures."""
        if not self._has_told:
            self._has_told = True
            key = self._screen.key_of("images")
            self._screen.say(f"the link is slow{self._app.signs.dot}{key} brings the pictures")

    async def _bring(self, page: Page, missing: list[str]) -> None:
        library, feed = self._app.library, page.article.feed_id
        self._expected, self._ordered = missing, len(missing)
        try:
            job = await self._app.background.start(lambda: library.bring_pictures(missing, feed))
        except ReaderError:
            self._expected = []
            self._screen.article.set_pictures({})
            raise
        if job is None:
            return
        if self._screen.article.page is not page or self._expected is not missing:
            job.stop()
        else:
            self._job = job
            self._screen.set_timer(_LONG_SECONDS, self._say_progress)
        self._app.background.follow(job, lambda event: self._happened(job, event))

    def _happened(self, job: Job, event: dict[str, Any]) -> None:
        if job is not self._job:
            return
        if event["event"] == "image":
            address, size = str(event["url"]), event["size"]
            self._expected = [each for each in self._expected if each != address]
            if size and event["is_new"]:
                self._arrived[address] = (int(size[0]), int(size[1]))
            self._later(_TOGETHER_SECONDS, self._hang_up)
        elif event["event"] in ("finished", "problem"):
            self._job, self._expected = None, []
            self._hang_up()
            self._end_progress()
            if event["event"] == "problem":
                self._screen.say_trouble(str(event["message"]))

    def _hang_up(self) -> None:
        """Give what has arrived its place."""
        sizes, self._arrived = self._arrived, {}
        if not self._screen.is_running:
            return
        if sizes:
            self._screen.article.renew_pictures(sizes)
        self._screen.article.set_pictures(sizes, self._expected)

    def _say_progress(self) -> None:
        if self._job is not None and not self._screen.has_job:
            total = self._ordered
            stop = f"{self._screen.key_of('stop')} stops"
            self._screen.status.set_work(Work("loading pictures", total - len(self._expected), total, stop))
            self._screen.set_timer(_LONG_SECONDS / 2, self._say_progress)

    def _end_progress(self) -> None:
        if not self._screen.has_job:
            self._screen.show_no_work()

    def stop(self) -> bool:
        """Drop what is on its way; whether anything was."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        job, self._job, self._expected, self._arrived = self._job, None, [], {}
        if job is None:
            return False
        job.stop()
        self._end_progress()
        return True
