"""The way of pictures to the terminal: in small pieces, one behind the other, so that no key waits for a whole one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from threading import Event, Lock

from reader.tui import graphics
from reader.tui.writer import Writer

_PIECE = 4  # sequences of 4 kB that are on their way at once
_PATIENCE = 0.5  # seconds between two looks whether anybody still wants it
_PRIME = 7919
_FEW = range(16, 256)  # numbers that are one of the 256 colours, but none of the theme's own


class Transmission:
    """Sends pictures with ``write``, on a thread of its own and in their order; knows which the terminal has of us.

    Numbers are shared with other programs in the same terminal: where a colour has room for many, ours begin anywhere.
    """

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write
        self._wrap = graphics.passed_through if graphics.is_between(os.environ) else str
        self._last = (1 << 16) + os.getpid() * _PRIME % (1 << 23)
        self._known: set[int] = set()
        self._writer = Writer("reader-pictures")
        self._open = Lock()  # around a piece and the decision that there is another
        self._is_over = False
        self._is_cut = False  # a picture has begun and not ended
        self._piece = ""
        self._gone_out = Event()

    def number(self, *, is_true: bool) -> int:
        """A number for the next picture; ``is_true``: the terminal has true colours to write it in."""
        if is_true:
            self._last += 1
            number = self._last
        else:
            number = next((each for each in _FEW if each not in self._known), _FEW[0])
        self._known.add(number)
        return number

    def send(
        self, number: int, read: Callable[[], bytes | None], size: tuple[int, int], is_wanted: Callable[[], bool]
    ) -> Future[bool]:
        """Make a picture known that ``read`` gives, in so many columns and rows; whether all of it has gone out.

        It is given up in the middle where it is not wanted any more.
        """
        if self._is_over:
            never: Future[bool] = Future()
            never.set_result(False)
            return never
        return self._writer.submit(self._send, number, read, size, is_wanted)

    def forget(self, number: int) -> None:
        """Make the terminal forget a picture, soon."""
        if not self._is_over:
            self._writer.submit(self._forget, number)

    def gone_out(self, text: str) -> None:
        """Something was written."""
        if text is self._piece:
            self._gone_out.set()

    def _send(
        self, number: int, read: Callable[[], bytes | None], size: tuple[int, int], is_wanted: Callable[[], bool]
    ) -> bool:
        png = read() if is_wanted() else None
        if png is None:
            return False
        for piece, is_last in _bundled(map(self._wrap, graphics.sent(number, png, *size))):
            if not is_wanted():
                self._give_up(number)
                return False
            if not self._put(piece, is_cut=not is_last):
                return False
        return True

    def _give_up(self, number: int) -> None:
        """End a picture of which some was sent; a broken one is none to the terminal."""
        self._known.discard(number)
        if self._is_cut:
            self._put(self._wrap(graphics.CUT), is_cut=False)

    def _forget(self, number: int) -> None:
        if number in self._known:
            self._known.discard(number)
            self._put(self._wrap(graphics.forgotten(number)), is_cut=False)

    def end(self) -> str:
        """What is to be written last, so that the terminal keeps nothing of us; nothing is sent after it."""
        with self._open:
            self._is_over = True
            self._gone_out.set()
            self._writer.shutdown(wait=False)
            rest = [graphics.CUT] if self._is_cut else []
            rest += [graphics.forgotten(number) for number in sorted(self._known)]
            return "".join(map(self._wrap, rest))

    def _put(self, piece: str, *, is_cut: bool) -> bool:
        """Write a piece and wait until it is out; False when there is no use in more."""
        with self._open:
            if self._is_over:
                return False
            self._gone_out.clear()
            self._piece, self._is_cut = piece, is_cut
            self._write(piece)
        while not self._gone_out.wait(_PATIENCE) and not self._is_over:
            pass
        return not self._is_over


def _bundled(sequences: Iterable[str]) -> Iterable[tuple[str, bool]]:
    """Sequences in pieces, each with whether it is the last."""
    bundle: list[str] = []
    for sequence in sequences:
        if len(bundle) == _PIECE:
            yield "".join(bundle), False
            bundle = []
        bundle.append(sequence)
    yield "".join(bundle), True
