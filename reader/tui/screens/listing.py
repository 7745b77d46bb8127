"""What is listed: the first page of a view at once, and the rest of a long one only when somebody wants to see it.

A view of a million articles is a thousand ids until one scrolls on. The sidebar knows how many there are; where it does
not, as in a search, or where there are few, the list is read to its end right away.
"""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass

from reader.errors import ReaderError
from reader.model import View, ViewKind
from reader.tui import drawing, opening
from reader.tui.first_paint import FIRST
from reader.tui.opening import Chunk
from reader.tui.screens.desk import Desk

WHOLE = 20_000
"""A view of so many articles is read to its end though nobody may look there; of a longer one so many at a time."""
_BEHIND = 100
# After the first page of a list the rest is read: once that is painted, and in a search only if no letter follows.
_PAINTING_SECONDS, _TYPING_SECONDS = 0.05, 0.25
_BEST = "best first"


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is to be listed: ``seek`` is the article to stand on, not ``wholly`` no more than that needs."""

    view: View
    live: bool
    best: bool
    seek: int | None
    wholly: bool


class Listing(Desk):
    """Lists views."""

    def __init__(self) -> None:
        super().__init__()
        self._list_number = 0
        self._is_reading = False
        self._for_all: list[asyncio.Future[bool]] = []

    def show_view(self, view: View, *, seek: int | None = None, then: Callable[[], None] | None = None) -> None:
        """List another view, or the same anew; ``seek`` is the article to stand on, ``then`` is called then."""

        def shown() -> None:
            # together with its list, so that both are one picture
            self.feeds.rest_on(view)
            if then is not None:
                then()

        self.list_view(view, best=self.best and view == self.view, seek=seek, then=shown)

    def list_view(
        self,
        view: View,
        *,
        live: bool = False,
        best: bool = False,
        seek: int | None = None,
        keep: array[int] | None = None,
        then: Callable[[], None] | None = None,
    ) -> None:
        """Start to list a view; what was being listed is given up. A first part that equals ``keep`` stays as it is."""
        self.view, self.live, self.best = view, live, best
        self.listed, self._is_reading = False, True
        self._list_number += 1
        if keep is None:
            self._give_up()
        number, first = self._list_number, True

        def arrived(chunk: Chunk) -> None:
            nonlocal first
            if number != self._list_number:
                return
            if first and chunk.ids == keep:
                self._take_kept(chunk)
            else:
                if first:
                    self._give_up()
                self.take_chunk(chunk, first, seek)
            if first and then is not None:
                then()
            first = False

        wish = _Wish(view, live, best, seek, wholly=self._total() <= WHOLE)
        self.reader.later(self._stream(wish, arrived, number), group="list", trouble=self.list_failed)

    async def _stream(self, wish: _Wish, arrived: Callable[[Chunk], None], number: int) -> None:
        library = self.library

        def parts() -> Iterator[Chunk]:
            with closing(opening.chunks(library, wish.view, wish.live, wish.best)) as ids:
                yield from opening.around(library, ids, wish.seek, wish.wholly)

        try:
            pause = _TYPING_SECONDS if wish.live else _PAINTING_SECONDS
            await self.reader.background.stream(parts, arrived, lambda: number == self._list_number, pause)
        finally:
            if number == self._list_number:
                self._is_reading = False
        if self._for_all and number == self._list_number:
            self.read_on()

    def list_failed(self, problem: ReaderError) -> None:
        """The list could not be read: the one that is there stays."""
        self._give_up()
        self.say_trouble(problem)

    def take_chunk(self, chunk: Chunk, first: bool, seek: int | None) -> None:
        """A part of the list is there."""
        self.listed = chunk.last
        self.articles.promised = 0 if self.listed else self._total()
        if first:
            self.newest = chunk.newest
            self.articles.set_ids(chunk.ids[:], chunk.rows, chunk.cursor)
        else:
            start = len(self.articles.ids)
            untouched = not self.articles.is_touched
            self.articles.add_ids(chunk.ids)
            if chunk.rows and untouched and seek is not None:
                self.articles.fill([row.id for row in chunk.rows], chunk.rows, 0)
                self.articles.move_to(start + chunk.cursor, tell=False)
                self.returned()
        self.show_heading()
        if first:
            self.waiting = 0
            self.status.set_waiting("")
            if self.live:
                self.moved()
            else:
                self.call_after_refresh(self.rest)  # the list is painted first
        if self.listed:
            self._give_up(listed=True)

    def _take_kept(self, chunk: Chunk) -> None:
        """The first part of the list is what is seen already."""
        self.newest = chunk.newest
        self.articles.promise(0 if chunk.last else self._total())

    # The rest

    def on_article_list_ending(self) -> None:
        """Soon the end of what was read will be seen."""
        self.read_on()

    def read_on(self) -> None:
        """Read the next part of a long list, or, where all of it is waited for, the rest."""
        if not self.listed and not self._is_reading:
            self._is_reading = True
            self.reader.later(self._read_on(self._list_number), group="list", trouble=self.list_failed)

    async def _read_on(self, number: int) -> None:
        try:
            while number == self._list_number and not self.listed:
                known = self.articles.ids[-_BEHIND:]
                ids = await self.reader.background.run(opening.behind, self.library, self.view, known, WHOLE)
                if number != self._list_number or not self.is_running:
                    return
                self.take_chunk(Chunk(ids, [], last=len(ids) < WHOLE), False, None)
                if not self._for_all:
                    return
        finally:
            if number == self._list_number:
                self._is_reading = False

    async def all_listed(self) -> bool:
        """Have the list read to its end; False where another one comes instead."""
        if self.listed:
            return True
        listed: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._for_all.append(listed)
        self.read_on()
        return await listed

    def _give_up(self, *, listed: bool = False) -> None:
        """Answer those who wait for the whole list."""
        waiting, self._for_all = self._for_all, []
        for each in waiting:
            if not each.done():
                each.set_result(listed)

    # What is seen of it

    def rested(self) -> None:
        """The cursor rests on an article, or on none: for the flow to show it."""
        raise NotImplementedError

    def moved(self) -> None:
        """The cursor came to an article and may soon go on."""
        raise NotImplementedError

    def rest(self) -> None:
        """The cursor may rest where it is now."""
        raise NotImplementedError

    def returned(self) -> None:
        """The article that was sought far down is found."""
        self.rested()

    def show_heading(self) -> None:
        """Say above the list what is listed."""
        listed = len(self.articles.ids)
        is_all = self.listed and not (self.best and listed >= FIRST)
        count = drawing.count(listed, is_all, 0 if self.listed else self._total())
        order = (_BEST if self.best else drawing.ORDER) if listed else ""
        self.heading.set_text(self.title_of(self.view), count, order)
        self.articles.nothing = self.nothing_in(self.view) if self.listed else ""

    def _total(self) -> int:
        """How many articles the view has as far as the sidebar knows, 0 where it does not."""
        node = None if self.view.query or self.view.kind is ViewKind.SECTION else self.feeds.find(self.view)
        return node.total if node else 0
