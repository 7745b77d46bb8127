"""The documents on their way through the parse child, on a thread beside the main one.

One child is enough: it is sent a few documents ahead and never waits. Only while it is at a document that takes long,
a second one reads what waits behind, so that a document made to be slow costs nobody but itself.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reader.fetch.shares import FREE
from reader.parse.source import Source
from reader.worker.child import Child
from reader.worker.effects import Parse

Answer = Callable[[int, Any], None]  # the key of the task that asked, and what it gets
_MOST = 2  # children at once
_MOST_OUT = 3_000_000  # bytes of long documents that may be read or kept at once, if they are more than one


@dataclass(slots=True)
class _Asked:
    """What one check wants read, and what is known of it so far."""

    key: int
    answers: list[Any]
    left: int


@dataclass(frozen=True, slots=True)
class _Document:
    """One document of them."""

    asked: _Asked
    place: int
    source: Source


class ParseLane:
    """Reads what is submitted; the first child is started with the first document."""

    def __init__(self, seconds: float, answer: Answer) -> None:
        self._seconds = seconds
        self._answer = answer
        self._changed = threading.Condition()  # around all that follows, and what the readers have under way
        self._waiting: deque[_Document] = deque()
        self._readers: list[_Reader] = []
        self._out: dict[int, int] = {}  # bytes of long documents that are read or kept, by the task that asked
        self._is_closed = False

    def submit(self, key: int, wanted: Parse) -> None:
        """Asks for documents to be read; ``key`` comes back with the list of what they say."""
        asked = _Asked(key, [None] * len(wanted.sources), len(wanted.sources))
        with self._changed:
            self._waiting.extend(_Document(asked, place, source) for place, source in enumerate(wanted.sources))
            self._changed.notify_all()
            self._help()

    def let_go(self, key: int) -> None:
        """Says that what the documents of a task said is held no more."""
        with self._changed:
            if self._out.pop(key, 0):
                self._changed.notify_all()
                self._help()

    def close(self) -> None:
        """Ends the children, whatever they do, and their threads."""
        with self._changed:
            self._is_closed = True
            readers = list(self._readers)
            self._changed.notify_all()
        for reader in readers:
            reader.child.close()
            reader.thread.join()

    def _help(self) -> None:
        """Starts a reader where something waits and all there are have no time for it."""
        has_room = len(self._readers) < _MOST and all(reader.is_slow for reader in self._readers)
        if has_room and not self._is_closed and self._next() is not None:
            reader = _Reader(self, self._seconds)
            self._readers.append(reader)
            reader.thread.start()

    def slow(self, reader: _Reader) -> None:
        """Takes from a reader what waits behind the document that it is at."""
        with self._changed:
            reader.is_slow = bool(reader.under_way)
            while len(reader.under_way) > 1:
                self._waiting.appendleft(reader.under_way.pop())
            self._changed.notify_all()
            self._help()

    def take(self, reader: _Reader) -> _Document | None:
        """The next document that a reader can send ahead, None where that has to wait; it is under way from now on."""
        with self._changed:
            at = None if self._is_closed or reader.is_slow else self._next()
            if at is None or not reader.child.takes(self._waiting[at].source):
                return None
            document = self._waiting[at]
            del self._waiting[at]
            if _is_long(document):
                key = document.asked.key
                self._out[key] = self._out.get(key, 0) + len(document.source.data)
            reader.under_way.append(document)
            return document

    def _next(self) -> int | None:
        """The place of the first that waits and may be read now: what long ones say must not add up in memory."""
        return next((at for at, each in enumerate(self._waiting) if self._may_go(each)), None)

    def _may_go(self, document: _Document) -> bool:
        if not self._out or not _is_long(document) or document.asked.key in self._out:
            return True
        return sum(self._out.values()) + len(document.source.data) <= _MOST_OUT

    def wait(self, reader: _Reader) -> bool:
        """Waits until there is something to do; False when the reader shall end."""
        with self._changed:
            while not self._is_closed and self._next() is None:
                if len(self._readers) > 1 and not any(each.is_slow for each in self._readers):
                    break
                self._changed.wait()
            if not self._is_closed and self._next() is not None:
                return True
            self._readers.remove(reader)
            return False

    def done(self, reader: _Reader, answer: Any) -> None:
        """Passes on what the oldest document of a reader says."""
        with self._changed:
            document = reader.under_way.popleft()
            if reader.is_slow:
                reader.child.drop()
                reader.is_slow = False
                self._changed.notify_all()
            asked = document.asked
            asked.answers[document.place] = answer
            asked.left -= 1
            is_whole = not asked.left
        if is_whole:
            self._answer(asked.key, asked.answers)

    def failed(self, error: BaseException) -> None:
        """Tells the main thread, which must not wait for ever."""
        self._answer(-1, error)


def _is_long(document: _Document) -> bool:
    return len(document.source.data) > FREE


class _Reader:
    """A child and the thread that talks to it."""

    def __init__(self, lane: ParseLane, seconds: float) -> None:
        self.child = Child(seconds, slow=lambda: lane.slow(self))
        self.thread = threading.Thread(target=self._run, name="parse", daemon=True)
        self.under_way: deque[_Document] = deque()
        self.is_slow = False
        self._lane = lane

    def _run(self) -> None:
        try:
            while self._lane.wait(self):
                self._read()
        except BaseException as error:
            self._lane.failed(error)
            raise
        finally:
            self.child.close()

    def _read(self) -> None:
        """Reads until nothing is under way."""
        while True:
            while document := self._lane.take(self):
                self.child.send(document.source)
            if not self.under_way:
                return
            self._lane.done(self, self.child.receive())
