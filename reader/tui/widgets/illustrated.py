"""The page with its pictures: they have their place in the lines, and are drawn there once they are ready."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from time import perf_counter
from typing import TYPE_CHECKING

from rich.color import Color
from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from reader.model import Place
from reader.tui.widgets.article import ArticlePane
from reader.tui.widgets.page import Page, set_body
from reader.tui.widgets.sheet import SLICE_LINES, SLICE_SECONDS

if TYPE_CHECKING:
    from reader.document.find import Term
    from reader.document.lines import Line
    from reader.tui.widgets.gallery import Drawing, Gallery, Spot


@dataclass(frozen=True, slots=True)
class _Anew:
    """The lines of a page that are made so far, and those that are to be made."""

    rest: Iterator[Line]
    lines: list[Line]


class PictureStrip(Strip):
    """A line of very many colours, which is gone when nobody shows it any more.

    One of Textual's holds itself in one of its caches, and stays in memory until garbage is looked for.
    """

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        """The parts between cells; all of it is itself."""
        cells = [cut for cut in cuts if cut <= self.cell_length]
        return [self] if cells == [self.cell_length] else super().divide(cells)


class IllustratedPane(ArticlePane):
    """An article whose pictures hang in a gallery, which is built for the first page that has some.

    ``shows_pictures``: they are shown at all. ``wanted`` is called with what is to be drawn, ``left`` with a drawing
    that hangs no more.
    """

    wanted: Callable[[Spot], None]
    left: Callable[[Drawing], None]

    class Turned(Message):
        """An article is shown that has pictures, or another one after such a one."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.shows_pictures = False
        self._gallery: Gallery | None = None
        self._ground: Color | None = None
        self._is_overdue = False  # pictures have come that have no place yet
        self._anew: _Anew | None = None  # the page as it is being typeset beside the one that is seen
        self._made: Iterator[Line] | None = None  # its lines, while it is put in the place of that

    @property
    def gallery(self) -> Gallery:
        """The pictures of the page."""
        if self._gallery is None:
            from reader.tui.widgets.gallery import Gallery

            self._gallery = Gallery(self.wanted, self.left)
        return self._gallery

    # What is shown

    def show(self, page: Page | None, place: Place | None = None, terms: tuple[Term, ...] = ()) -> None:
        """Show an article, with those of its pictures that are there."""
        if self._has_pictures or (page is not None and page.document.pictures):
            self._change_pictures(page)
            self.post_message(self.Turned())
        super().show(page, place, terms)

    def complete(self, page: Page) -> None:
        """The article that is shown, now with all of its text, and perhaps with more pictures."""
        super().complete(page)
        if page.document.pictures:
            self.post_message(self.Turned())

    def _change_pictures(self, page: Page | None) -> None:
        hoard = None if page is None else page.hoard
        if page is None or hoard is None:
            self.gallery.change((), {}, ())
        else:
            self.gallery.change(page.document.pictures, hoard.sizes, () if hoard.is_slow else hoard.missing)

    @property
    def _is_illustrated(self) -> bool:
        return self.shows_pictures and self._has_pictures

    @property
    def _has_pictures(self) -> bool:
        return self.page is not None and bool(self.page.document.pictures)

    def set_pictures(self, sizes: Mapping[str, tuple[int, int]], awaited: Iterable[str] = ()) -> None:
        """These pictures are there, others on their way: they get their place, and the line at the top stays there.

        Labels and what was found stand on lines by their numbers: as long as some are seen, the lines stay as they are.
        """
        if self.gallery.add(sizes, awaited) and self.shows_pictures:
            self._is_overdue = bool(self.overlay) or self._anew is not None
            if not self._is_overdue:
                self.set_anew()

    def redraw(self) -> None:
        """What is drawn over the text changed."""
        super().redraw()
        if self._is_overdue and not self.overlay and self._anew is None:
            self.set_anew()

    def renew_pictures(self, addresses: Iterable[str]) -> None:
        """Some of the pictures that are there were brought anew."""
        self.gallery.renew(addresses)
        self.draw_pictures()

    def open_gallery(self, is_open: bool) -> None:
        """Show pictures from now on, or none."""
        if is_open != self.shows_pictures:
            self.shows_pictures = is_open
            if self._has_pictures:
                self.set_anew()

    # Typesetting

    def _typeset(self, place: Place | None) -> None:
        """The same, but that a place at a picture's words shows the picture above them."""
        self._is_overdue, self._anew = False, None
        super()._typeset(place)
        if place is None or place.start > 0 or not self._body or not self._is_illustrated:
            return
        from reader.document.lines import line_at
        from reader.document.pictures import is_picture

        words = first = line_at(self._body, place.block, 0)
        while first and is_picture(self._body[first - 1]) and self._body[first - 1].block == place.block:
            first -= 1
        if first < words:
            self.scroll_to(y=max(0, len(self._head) + first + place.start), animate=False)

    def set_body(self, page: Page, width: int) -> Iterator[Line]:
        """The body's lines, with room for the pictures that are shown."""
        if self._made is not None:
            return self._made
        is_shown = self.shows_pictures and bool(page.document.pictures)
        return set_body(page, width, self.signs, self.gallery.room(self.size.height) if is_shown else None)

    def set_anew(self) -> None:
        """Typeset the page anew, beside the one that is seen until the new one reaches as far."""
        if self.page is not None and self.size.width:
            self._is_overdue = False
            self._set_anew(_Anew(self.set_body(self.page, self.text_width), []))

    def _set_anew(self, anew: _Anew) -> None:
        self._anew = anew
        until = perf_counter() + SLICE_SECONDS
        while not self._is_enough(anew.lines) and (more := list(islice(anew.rest, SLICE_LINES))):
            anew.lines.extend(more)
            if perf_counter() > until:
                asyncio.get_running_loop().call_later(SLICE_SECONDS, self._go_on, anew)
                return
        self._put(chain(anew.lines, anew.rest))

    def _go_on(self, anew: _Anew) -> None:
        if self._anew is anew and self.is_running:
            self._set_anew(anew)

    def _is_enough(self, lines: Sequence[Line]) -> bool:
        """Whether the lines go on for two screens after the one at the top."""
        here, last = self._first_text or Place(-1, 0), lines[-2 * self.size.height :]
        return len(last) == 2 * self.size.height and (last[0].block, last[0].start) > (here.block, here.start)

    def _put(self, lines: Iterator[Line]) -> None:
        """Put new lines in the place of those that are seen; the one at the top stays there, whatever is new above it.

        While labels stand on the lines, these stay.
        """
        is_overdue, self._anew = self._is_overdue, None
        if self.overlay:
            self._is_overdue = True
            return
        top, place = self.scroll_offset.y, self._first_text
        above = 0 if place is None else self._line_of(place) - top
        self._made = lines
        try:
            self._typeset(place)
        finally:
            self._made = None
        top = top if place is None else self._line_of(place) - above
        self._typeset_until(top + 2 * self.size.height)
        self.scroll_to(y=max(0, top), animate=False)
        if is_overdue:
            self.set_anew()

    @property
    def _first_text(self) -> Place | None:
        """The first text of the body that is seen; None while the head is."""
        at = self.scroll_offset.y - len(self._head)
        seen = (line for line in self._body[max(at, 0) :] if any(run.start >= 0 for run in line.runs))
        line = next(seen, None)
        return None if line is None or at < 0 else Place(line.block, line.start)

    def _line_of(self, place: Place) -> int:
        from reader.document.lines import line_at

        return len(self._head) + line_at(self._body, place.block, place.start)

    # Drawing

    def draw_pictures(self) -> None:
        """A drawing is ready, or gone."""
        self._ground = self.ink("text").bgcolor
        self.redraw()

    def _draw(self, at: int, width: int, span: tuple[int, int] | None = None) -> Strip:
        shown = self._line(at) if self._is_illustrated else None
        if shown is not None and (row := self._picture_row(*shown)) is not None:
            # its colours are the picture: nothing is laid over them
            rest = max(0, width - self._left - shown[1].cells)
            return PictureStrip([*row, Segment(" " * rest, self.ink("text"))], width)
        return super()._draw(at, width, span)

    def _picture_row(self, ink: str, line: Line) -> list[Segment] | None:
        """A row of a picture with what stands before it; None for a line of text."""
        ground = self.ink("text")
        segments, is_picture = [Segment(" " * self._left, ground)], False
        for run in line.runs:
            row = self.gallery.row(run, ground)
            is_picture = is_picture or row is not None
            segments += [Segment(run.text, self._run_style(run.style, ink))] if row is None else row
        return segments if is_picture else None

    def plain_line(self, y: int) -> Strip:
        """One line of the pane as it is before anything is known of the terminal: the place of pictures is blank."""
        shown = self._line(self.scroll_offset.y + y) if self._is_illustrated and self.kept is None else None
        if shown is not None and self._picture_row(*shown) is not None:
            return Strip.blank(self.size.width, self.ink("text"))
        return self.render_line(y)

    def forget_styles(self) -> None:
        """Styles changed: where the ground did, what shines through the pictures is another."""
        super().forget_styles()
        if self._gallery is not None and self._gallery.is_hung and (ground := self.ink("text").bgcolor) != self._ground:
            self._ground = ground
            self._gallery.clear()
