"""Who draws the pictures of the page: the terminal, if it says that it can, else we with half blocks."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from rich.color import Color

from reader.library.album import Album
from reader.tui.widgets.gallery import Blocks, Drawing, Placed, Spot

if TYPE_CHECKING:
    from reader.tui.screens.images import Images
    from reader.tui.transmission import Transmission

_ANSWER_SECONDS = 1.0


class Illustrator:
    """Makes the drawings that the gallery of a screen's page wants, and hangs them when they are ready."""

    def __init__(self, screen: Images) -> None:
        self._screen = screen
        self._app = screen.reader
        self._draws_itself: bool | None = None  # whether the terminal draws pictures; None until that is known
        self._unmade: list[Spot] = []
        self._app.app_resume_signal.subscribe(screen, lambda _: self._hang_anew())

    def make(self, spot: Spot) -> None:
        """A place is seen that has no drawing yet."""
        if self._draws_itself is None:
            self._unmade.append(spot)
            if len(self._unmade) == 1:
                self._ask_terminal()
        else:
            self._app.later(self._draw(spot), group="drawing")

    def _ask_terminal(self) -> None:
        """Find out who draws; the answer may be long in coming, and come too late, which is fine."""
        from reader.tui.graphics import may_ask

        wish = self._app.library.config.images.graphics
        driver = self._app.terminal
        if wish == "blocks" or driver is None or (wish == "auto" and not may_ask(os.environ)):
            self._screen.call_later(self._decide, False)
        elif wish == "kitty":
            self._screen.call_later(self._decide, True)
        else:
            loop = asyncio.get_running_loop()
            driver.ask_for_graphics(partial(_tell, loop, self._decide))
            self._screen.set_timer(_ANSWER_SECONDS, self._wait_no_longer)

    def _wait_no_longer(self) -> None:
        if self._draws_itself is None:
            self._decide(False)

    def _decide(self, draws_itself: bool) -> None:
        """The terminal draws pictures, or we do."""
        if not self._screen.is_running or draws_itself is self._draws_itself:
            return
        was_known = self._draws_itself is not None
        self._draws_itself = draws_itself
        unmade, self._unmade = self._unmade, []
        if was_known:
            self._hang_anew()
        for spot in unmade:
            self.make(spot)

    def _hang_anew(self) -> None:
        """Draw all that is seen once more: somebody else draws now, or a terminal that was left has forgotten."""
        self._screen.article.gallery.clear()
        self._screen.article.draw_pictures()

    async def _draw(self, spot: Spot) -> None:
        background, album = self._app.background, self._app.library.album
        drawing: Drawing | None
        if self._draws_itself and self._app.terminal is not None:
            drawing = await self._sent(self._app.terminal.pictures, spot)
        else:
            drawing = await background.run(_blocks, album, spot, self._ground)
        if drawing is not None and self._screen.is_running and self._screen.article.gallery.hang(spot, drawing):
            self._screen.article.draw_pictures()

    async def _sent(self, pictures: Transmission, spot: Spot) -> Placed | None:
        """Make a picture known to the terminal, which may take as long as it likes."""
        number = pictures.number(is_true=self._app.console.color_system == "truecolor")
        read = partial(self._app.library.album.png, spot.address)
        gallery = self._screen.article.gallery
        sending = pictures.send(number, read, (spot.columns, spot.rows), lambda: gallery.is_asked(spot))
        if not await asyncio.wrap_future(sending):
            return None
        return Placed(number, Color.from_ansi(number) if number < 256 else _true(number))

    def drop(self, drawing: Drawing) -> None:
        """A drawing hangs no more."""
        if isinstance(drawing, Placed) and self._app.terminal is not None:
            self._app.terminal.pictures.forget(drawing.number)

    @property
    def _ground(self) -> tuple[int, int, int]:
        """What shines through where a picture is not solid."""
        ground = self._screen.article.ink("text").bgcolor
        if ground is None or ground.is_default:
            return (0, 0, 0) if self._app.current_theme.dark else (255, 255, 255)
        return tuple(ground.get_truecolor())  # type: ignore[return-value]


def _tell(loop: asyncio.AbstractEventLoop, decide: Callable[[bool], None], can: bool) -> None:
    """Hand an answer over to the event loop, which may be closed by then."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(decide, can)


def _true(number: int) -> Color:
    return Color.from_rgb(number >> 16 & 255, number >> 8 & 255, number & 255)


def _blocks(album: Album, spot: Spot, ground: tuple[int, int, int]) -> Blocks | None:
    from reader.tui.blocks import pixels

    sample = album.sample(spot.address)
    return None if sample is None else Blocks(pixels(sample, spot.columns, spot.rows, ground))
