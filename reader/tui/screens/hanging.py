"""Who draws the pictures of the page: the terminal, if it says that it can, else we with half blocks."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from reader.tui.screens.errands import Errands
from reader.tui.widgets.illustrated import IllustratedPane

if TYPE_CHECKING:
    from rich.color import Color

    from reader.library.album import Album
    from reader.tui.widgets.gallery import Blocks, Drawing, Placed, Spot

_ANSWER_SECONDS = 1.0
_COLOURS = ("truecolor", "256")


class Hanging(Errands):
    """Makes the drawings that the page's gallery wants, and hangs them when they are ready."""

    article: IllustratedPane

    def __init__(self) -> None:
        super().__init__()
        self._draws_itself: bool | None = None  # whether the terminal draws pictures; None until that is known
        self._unmade: list[Spot] = []

    def on_mount(self) -> None:
        """Textual says when the program was stopped and goes on."""
        self.app.app_resume_signal.subscribe(self, lambda _: self._hang_anew())

    def begin_drawing(self) -> None:
        """Be the one that the gallery asks."""
        self.article.wanted, self.article.left = self._make, self._drop

    @property
    def can_draw(self) -> bool:
        """Whether this terminal has the colours and signs that a picture takes."""
        console = self.app.console
        return not (self.reader.signs.ascii_only or self.app.no_color) and console.color_system in _COLOURS

    def _make(self, spot: Spot) -> None:
        """A place is seen that has no drawing yet."""
        if self._draws_itself is None:
            self._unmade.append(spot)
            if len(self._unmade) == 1:
                self._ask_terminal()
        else:
            self.reader.later(self._draw(spot), group="drawing")

    def _ask_terminal(self) -> None:
        """Find out who draws; the answer may be long in coming, and come too late, which is fine."""
        from reader.tui.graphics import is_between

        wish = self.library.config.images.graphics
        driver = self.reader.terminal
        if wish == "blocks" or driver is None or (wish == "auto" and is_between(os.environ)):
            self.call_later(self._decide, False)
        elif wish == "kitty":
            self.call_later(self._decide, True)
        else:
            loop = asyncio.get_running_loop()
            driver.ask_for_graphics(partial(_tell, loop, self._decide))
            self.set_timer(_ANSWER_SECONDS, self._wait_no_longer)

    def _wait_no_longer(self) -> None:
        if self._draws_itself is None:
            self._decide(False)

    def _decide(self, draws_itself: bool) -> None:
        """The terminal draws pictures, or we do."""
        if not self.is_running or draws_itself is self._draws_itself:
            return
        was_known = self._draws_itself is not None
        self._draws_itself = draws_itself
        unmade, self._unmade = self._unmade, []
        if was_known:
            self._hang_anew()
        for spot in unmade:
            self._make(spot)

    def _hang_anew(self) -> None:
        """Draw all that is seen once more: somebody else draws now, or a terminal that was left has forgotten."""
        self.article.gallery.clear()
        self.article.draw_pictures()

    async def _draw(self, spot: Spot) -> None:
        background, album = self.reader.background, self.library.album
        drawing: Drawing | None
        if self._draws_itself and self.reader.terminal is not None:
            number = self.reader.terminal.pictures.number(is_true=self.app.console.color_system == "truecolor")
            drawing = await background.run(self._send, number, spot)
        else:
            drawing = await background.run(_blocks, album, spot, self._ground)
        if drawing is not None and self.is_running and self.article.gallery.hang(spot, drawing):
            self.article.draw_pictures()

    def _send(self, number: int, spot: Spot) -> Placed | None:
        """Make a picture known to the terminal; on a thread, as it takes as long as the terminal likes."""
        from rich.color import Color

        from reader.tui.widgets.gallery import Placed

        png, terminal = self.library.album.png(spot.address), self.reader.terminal
        if png is None or terminal is None:
            return None
        terminal.pictures.send(number, png, spot.columns, spot.rows)
        return Placed(number, Color.from_ansi(number) if number < 256 else _true(number))

    def _drop(self, drawing: Drawing) -> None:
        """A drawing hangs no more."""
        from reader.tui.widgets.gallery import Placed

        if isinstance(drawing, Placed) and self.reader.terminal is not None:
            self.reader.background.begin(self.reader.terminal.pictures.forget, drawing.number)

    @property
    def _ground(self) -> tuple[int, int, int]:
        """What shines through where a picture is not solid."""
        ground = self.article.ink("text").bgcolor
        if ground is None or ground.is_default:
            return (0, 0, 0) if self.app.current_theme.dark else (255, 255, 255)
        return tuple(ground.get_truecolor())  # type: ignore[return-value]


def _tell(loop: asyncio.AbstractEventLoop, decide: Callable[[bool], None], can: bool) -> None:
    """Hand an answer over to the event loop, which may be closed by then."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(decide, can)


def _true(number: int) -> Color:
    from rich.color import Color

    return Color.from_rgb(number >> 16 & 255, number >> 8 & 255, number & 255)


def _blocks(album: Album, spot: Spot, ground: tuple[int, int, int]) -> Blocks | None:
    from reader.tui.blocks import pixels
    from reader.tui.widgets.gallery import Blocks

    sample = album.sample(spot.address)
    return None if sample is None else Blocks(pixels(sample, spot.columns, spot.rows, ground))
