"""Pictures inside the text: brought by the worker for the article that is shown, and shown as they come.

Nothing here happens for an article without pictures. For one with some, what is kept is shown at once and costs no
network; what is missing is asked for when the article has been looked at for a moment, and dropped when it is left.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from reader.errors import ReaderError
from reader.tui.screens.hanging import Hanging
from reader.tui.widgets.page import Page
from reader.tui.widgets.status import Work

if TYPE_CHECKING:
    from reader.library import Job

_REST_SECONDS = 0.25  # that an article is looked at before the network is asked
_LONG_SECONDS = 1.0
_TOGETHER_SECONDS = 0.05  # pictures that come within it move the text once


class Images(Hanging):
    """``images`` is what the user wants: "auto", "always" or "never"."""

    def __init__(self) -> None:
        super().__init__()
        self.images = "auto"
        self._bringing: Job | None = None
        self._expected: list[str] = []
        self._ordered = 0
        self._is_held_back = False
        self._arrived: dict[str, tuple[int, int]] = {}
        self._picture_timer: asyncio.TimerHandle | None = None

    # What is shown

    def begin_images(self, wanted: str) -> None:
        """What was wanted the last time holds."""
        self.images = wanted
        self.article.shows_pictures = wanted != "never" and self.can_draw
        self.begin_drawing()

    def action_images(self) -> None:
        """Hide the pictures, or show them, here and from now on."""
        if not self.can_draw:
            self.say("this terminal has too few colours or signs for pictures")
            return
        self.images = "never" if self._is_shown else "always"
        self.say("pictures are hidden" if self.images == "never" else "pictures are shown")
        self.stop_pictures()
        self.article.open_gallery(self.images != "never")
        if self.images == "always":
            self._look_soon(0.0)

    @property
    def _is_shown(self) -> bool:
        """Whether pictures are shown: not where those of this article are held back."""
        return self.article.shows_pictures and not self._is_held_back

    def on_illustrated_pane_turned(self) -> None:
        """Another article is shown: what was on its way for the last one is dropped."""
        self.stop_pictures()
        self._is_held_back = False
        page = self.article.page
        if self.article.shows_pictures and page is not None and page.document.pictures:
            self._look_soon(_REST_SECONDS)

    def _look_soon(self, seconds: float) -> None:
        page = self.article.page
        if page is not None and page.document.pictures:
            self._later(seconds, lambda: self.reader.later(self._look_at(page), group="pictures"))

    def _later(self, seconds: float, call: Any) -> None:
        if self._picture_timer is not None:
            self._picture_timer.cancel()
        self._picture_timer = asyncio.get_running_loop().call_later(seconds, call)

    # Bringing

    async def _look_at(self, page: Page) -> None:
        """See what of an article is there and what is missing, and have that brought."""
        hoard = await self.reader.background.run(self.library.pictures, page.document.pictures)
        if self.article.page is not page:
            return
        missing = list(hoard.missing)
        self._is_held_back = hoard.is_slow and self.images == "auto"
        if self._is_held_back:
            missing = []
            self.say(f"the link is slow{self.reader.signs.dot}{self.key_of('images')} brings the pictures")
        self.article.set_pictures(hoard.sizes, [address for address in missing if address not in hoard.sizes])
        if missing:
            await self._bring(page, missing)

    async def _bring(self, page: Page, missing: list[str]) -> None:
        library, feed = self.library, page.article.feed_id
        self._expected, self._ordered = missing, len(missing)
        try:
            job = await self.reader.background.start(lambda: library.bring_pictures(missing, feed))
        except ReaderError:
            self._expected = []
            self.article.set_pictures({})
            raise
        if job is None:
            return
        if self.article.page is not page or self._expected is not missing:
            job.stop()
        else:
            self._bringing = job
            self.set_timer(_LONG_SECONDS, self._say_progress)
        self.reader.background.follow(job, lambda event: self._happened(job, event))

    def _happened(self, job: Job, event: dict[str, Any]) -> None:
        if job is not self._bringing:
            return
        if event["event"] == "image":
            address, size = str(event["url"]), event["size"]
            self._expected = [each for each in self._expected if each != address]
            if size and event["is_new"]:
                self._arrived[address] = (int(size[0]), int(size[1]))
            self._later(_TOGETHER_SECONDS, self._hang_up)
        elif event["event"] in ("finished", "problem"):
            self._bringing, self._expected = None, []
            self._hang_up()
            self._end_progress()
            if event["event"] == "problem":
                self.say_trouble(str(event["message"]))

    def _hang_up(self) -> None:
        """Give what has arrived its place."""
        sizes, self._arrived = self._arrived, {}
        if not self.is_running:
            return
        if sizes:
            self.article.renew_pictures(sizes)
        self.article.set_pictures(sizes, self._expected)

    def _say_progress(self) -> None:
        if self._bringing is not None and not self.has_job:
            total = self._ordered
            stop = f"{self.key_of('stop')} stops"
            self.status.set_work(Work("loading pictures", total - len(self._expected), total, stop))
            self.set_timer(_LONG_SECONDS / 2, self._say_progress)

    def _end_progress(self) -> None:
        if not self.has_job:
            self.status.set_work(None)

    def stop_pictures(self) -> bool:
        """Drop what is on its way; whether anything was."""
        if self._picture_timer is not None:
            self._picture_timer.cancel()
            self._picture_timer = None
        job, self._bringing, self._expected, self._arrived = self._bringing, None, [], {}
        if job is None:
            return False
        job.stop()
        self._end_progress()
        return True

    def stop_jobs(self) -> None:
        """The screen goes, or the user wants everything to end."""
        self.stop_pictures()
        super().stop_jobs()

    def action_stop(self) -> None:
        """Stop what is under way; pictures that did not come leave what they show in words."""
        if self.stop_pictures():
            self.article.set_pictures({})
            self.say("no more pictures are loaded")
        else:
            super().action_stop()
