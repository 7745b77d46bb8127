"""The text of an article as lines, of which some are seen.

The first screens are typeset at once and the rest in slices between keys, so that a megabyte opens as fast as a note. A
place in the text is a character of a block, never a line number: another width, a new measure or a restart keep it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from time import perf_counter
from typing import TYPE_CHECKING

from reader.model import Place
from reader.tui.signs import FULL, Signs
from reader.tui.widgets.page import Page, found, is_marked, set_body, set_head
from reader.tui.widgets.scroll import LineView

if TYPE_CHECKING:
    from reader.document.find import Term
    from reader.document.lines import Line

_SCREENS = 3
SLICE_SECONDS = 0.004
_PAUSE_SECONDS = 0.02  # for the first picture
SLICE_LINES = 40
_KEPT_LINES = 2


class Sheet(LineView):
    """Lines of one article, or of nothing; what they look like is said by who draws them."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.signs: Signs = FULL
        self.measure = 72
        self.page: Page | None = None
        self.terms: tuple[Term, ...] = ()
        self.key_of: Callable[[str], str] = str
        self.settings = 0  # how often the text was typeset: lines have other numbers each time
        self._head: list[tuple[str, Line]] = []
        self._body: list[Line] = []
        self._rest: Iterator[Line] | None = None
        self._left = 0
        self._set_for = (0, 0)
        self._put_off: Place | None = None  # where to go once there is room

    # What who draws it does

    def forget_lines(self) -> None:
        """The lines are others now."""
        raise NotImplementedError

    def tell(self) -> None:
        """Another part of the article is seen, or more of it is known."""
        raise NotImplementedError

    # What is shown

    def show(self, page: Page | None, place: Place | None = None, terms: tuple[Term, ...] = ()) -> None:
        """Show an article from the top or from a place, with the words of a search marked."""
        self.page, self.terms = page, terms
        self.scroll_to(y=0, animate=False)
        self._typeset(place)
        if place is None and terms:
            self._show_first_match()

    def complete(self, page: Page) -> None:
        """The article that is shown, now with all of its text."""
        top = self.scroll_offset.y
        self.page = page
        self._typeset(None)
        self._typeset_until(top + 2 * self.size.height)
        self.scroll_to(y=top, animate=False)
        if not top and self.terms:
            self._show_first_match()

    @property
    def article_id(self) -> int | None:
        """The article that is shown."""
        return None if self.page is None else self.page.article.id

    @property
    def place(self) -> Place | None:
        """The first character that is seen; None at the top."""
        at = self.scroll_offset.y - len(self._head)
        if self.scroll_offset.y <= 0 or not self._body:
            return self._put_off
        blank = 0
        while 0 <= at + blank < len(self._body) - 1 and not self._body[at + blank].runs:
            blank += 1
        line = self._body[min(max(at + blank, 0), len(self._body) - 1)]
        return Place(line.block, -blank or line.start, self.percent or 0)

    @property
    def is_at_end(self) -> bool:
        """Whether the end of the article is seen."""
        is_whole = self.page is not None and not self.page.html and self._rest is None
        return is_whole and self.size.height > 0 and self.scroll_offset.y >= self.max_scroll_y

    @property
    def is_compared(self) -> bool:
        """Whether what is shown is a comparison with an earlier text."""
        return self.page is not None and self.page.compared is not None

    @property
    def percent(self) -> int | None:
        """How much of the article is seen or above, in percent; None where all of it is seen at once."""
        if self.page is None or self.max_scroll_y <= 0:
            return None
        return round(100 * self.scroll_offset.y / self.max_scroll_y)

    @property
    def text_width(self) -> int:
        """How many cells a line of text may take here."""
        width = self.size.width
        return max(10, min(self.measure, width - 2 * _margin(width)))

    def set_measure(self, measure: int) -> None:
        """Set the text to another width, keeping the place."""
        self.measure = measure
        self._typeset(self.place)

    # Moving

    def scroll_lines(self, lines: int) -> bool:
        """Move by some lines; False at the end, or the top, already."""
        if lines > 0:
            self._typeset_until(self.scroll_offset.y + lines + self.size.height)
        target = min(max(self.scroll_offset.y + lines, 0), self.max_scroll_y)
        if target == self.scroll_offset.y:
            return False
        self.scroll_to(y=target, animate=False)
        return True

    def scroll_page(self, pages: float) -> bool:
        """Move by pages of the pane, or parts of one, keeping two lines; False at the end, or the top, already."""
        height = max(1, self.size.height - _KEPT_LINES) if abs(pages) >= 1 else self.size.height
        return self.scroll_lines(round(pages * height))

    def scroll_to_end(self) -> None:
        """Go to the last line."""
        self._typeset_until(None)
        self.scroll_to(y=self.max_scroll_y, animate=False)

    def go_to(self, place: Place | None, *, above: int = 0) -> None:
        """Go to a place, with so many lines above it, or to the top."""
        if place is None:
            self.scroll_to(y=0, animate=False)
            return
        while self._rest is not None and not self._reaches(place):
            self._typeset_until(len(self._head) + len(self._body) + 200)
        if self._body:
            line = len(self._head) + _line_at(self._body, place)
            self._typeset_until(line + self.size.height)
            self.scroll_to(y=max(0, line - above), animate=False)

    # Its lines

    @property
    def body(self) -> Sequence[Line]:
        """The lines of the text, as far as they are made."""
        return self._body

    async def finish(self) -> Sequence[Line]:
        """All lines of the text; keys are answered while they are made."""
        while self._typeset_some():
            await asyncio.sleep(0)
        return self._body

    def seen(self, less: int = 0) -> list[tuple[int, Line]]:
        """The lines of the text that are seen, with their numbers; so many ``less`` at the foot of the pane."""
        first = max(0, self.scroll_offset.y - len(self._head))
        last = self.scroll_offset.y - len(self._head) + self.size.height - less
        return [(number, self._body[number]) for number in range(first, min(last, len(self._body)))]

    # Typesetting

    def _typeset(self, place: Place | None) -> None:
        self.settings += 1
        self.forget_lines()
        self._head, self._body, self._rest = [], [], None
        self._put_off = None if self.size.width else place
        width = self.text_width
        self._set_for = (self.size.width, width)
        self._left = max(0, (self.size.width - width) // 2)
        if self.page is not None and self.size.width:
            self._head = set_head(self.page, width, self.signs, self.key_of)
            self._rest = self.set_body(self.page, width)
            self._typeset_until(_SCREENS * max(self.size.height, 10))
            while place is not None and self._rest is not None and not self._reaches(place):
                self._typeset_until(len(self._head) + len(self._body) + 200)
            self._typeset_later(_PAUSE_SECONDS, self._rest)
        self._measure_all()
        if place is not None and self._body:
            self.scroll_to(y=len(self._head) + _line_at(self._body, place), animate=False)
        self.refresh()
        self.tell()

    def set_body(self, page: Page, width: int) -> Iterator[Line]:
        """The body's lines."""
        return set_body(page, width, self.signs)

    def _reaches(self, place: Place) -> bool:
        return bool(self._body) and (self._body[-1].block, self._body[-1].start) > (place.block, place.start)

    def _typeset_until(self, lines: int | None, *, measure: bool = True) -> None:
        """Typeset until so many lines are there, or to the end."""
        if self._rest is None:
            return
        more: list[Line] = []
        have = len(self._head) + len(self._body)
        while lines is None or have + len(more) < lines:
            line = next(self._rest, None)
            if line is None:
                self._rest = None
                break
            more.append(line)
        self._body += found(more, self.terms)
        if measure:
            self._measure_all()

    def _typeset_later(self, seconds: float, rest: Iterator[Line] | None) -> None:
        """Go on after a while; Textual's own ``call_later`` would do it all before any key or picture."""
        if rest is not None:
            asyncio.get_running_loop().call_later(seconds, self._typeset_slice, rest)

    def _typeset_slice(self, rest: Iterator[Line]) -> None:
        """A few milliseconds of typesetting, unless the page was set anew meanwhile."""
        if rest is not self._rest or not self.is_running:
            return
        if self._typeset_some():
            self._typeset_later(SLICE_SECONDS, rest)

    def _typeset_some(self) -> bool:
        """As much as a key may wait for; False where that was the last."""
        if self._rest is None:
            return False
        until = perf_counter() + SLICE_SECONDS
        while self._rest is not None and perf_counter() < until:
            self._typeset_until(len(self._head) + len(self._body) + SLICE_LINES, measure=False)
        if self._rest is None:
            # the scroll bar moves once: each time draws the whole pane
            self._measure_all()
            self.tell()
        return self._rest is not None

    def _measure_all(self) -> None:
        self.set_length(len(self._head) + len(self._body) + (1 if self.page else 0))

    def _show_first_match(self) -> None:
        for index, line in enumerate(self._body):
            if is_marked(line):
                if len(self._head) + index >= self.size.height - 1:
                    self.scroll_to(y=len(self._head) + index - self.size.height // 3, animate=False)
                return


def _line_at(lines: Sequence[Line], place: Place) -> int:
    from reader.document.lines import line_at

    return max(0, line_at(lines, place.block, max(place.start, 0)) + min(place.start, 0))


def _margin(width: int) -> int:
    """The least white on both sides of the text."""
    return 6 if width >= 84 else 4 if width >= 64 else 2 if width >= 34 else 1
