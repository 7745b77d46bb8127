"""Runs many checks side by side: whoever has what it waited for goes on, on the main thread, one at a time."""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable, Generator
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any

from reader.errors import StoreError
from reader.fetch.fetched import Fetched, Limits, Request
from reader.fetch.shares import FREE
from reader.worker.effects import AnyoneThere, Effect, Fetch, Parse, Together, Turn, Write
from reader.worker.lanes import FetchLane
from reader.worker.memory import give_back
from reader.worker.reading import ParseLane
from reader.worker.writes import Mistake, Writes

Failed = Callable[[Exception], None]
Running = Generator[Effect, Any, object]
_LONG = 1_000_000  # bytes of a document after which memory is given back
_BREATH = 0.5
_PATIENCE = 0.25  # seconds without news after which what waits is written


class Stop:
    """The wish to end after the transaction in hand; may be set from a signal handler and from any thread."""

    def __init__(self) -> None:
        self._wished = False  # no Event: its lock may be held by the very thread that a signal interrupts
        self.wake: Callable[[], None] = lambda: None

    def __call__(self) -> None:
        """Wishes it."""
        self._wished = True
        self.wake()

    def __bool__(self) -> bool:
        return self._wished

    def wait(self, seconds: float) -> bool:
        """Waits so many seconds; whether it is wished by then."""
        time.sleep(seconds)
        return self._wished


class Engine:
    """``add`` checks, then ``run``."""

    def __init__(
        self, limits: Limits, parse_seconds: float, stop: Stop, writes: Writes, *, anyone_there: bool = False
    ) -> None:
        """``anyone_there``: the network has answered already."""
        self.anyone_there = anyone_there
        self._stop = stop
        self._writes = writes
        self._inbox: SimpleQueue[tuple[int, Any]] = SimpleQueue()
        self._fetches = FetchLane(limits, self._answer)
        self._parses = ParseLane(parse_seconds, self._answer)
        self._tasks: dict[int, tuple[Running, Failed]] = {}
        self._held: list[int] = []
        self._documents: dict[int, int] = {}  # how many bytes of the network are held for a check
        self._parts: dict[int, tuple[int, int]] = {}  # tasks that another waits for: its key, and the place in its list
        self._results: dict[int, list[Any]] = {}
        self._last_key = 0
        stop.wake = lambda: self._answer(0, None)

    def add(self, task: Running, failed: Failed) -> None:
        """Lets a check begin with the next ``run``; ``failed`` is told of a mistake of ours in it."""
        self._last_key += 1
        self._tasks[self._last_key] = (task, failed)
        self._answer(self._last_key, None)

    def run(self) -> None:
        """Runs until all checks have ended or the stop is wished. Raises StoreError when the library cannot be used."""
        try:
            while self._tasks and not self._stop:
                key, value = self._next()
                if isinstance(value, BaseException):
                    raise value
                if isinstance(value, Fetched):
                    self._arrived(key, value)
                self._advance(key, value)
                if self._held and len(self._held) == len(self._tasks):
                    self._release(anyone=False)
            for key, value in self._writes.commit():
                self._advance(key, value)
        finally:
            self.close()

    def close(self) -> None:
        """Ends the threads and the child; checks under way are dropped between two transactions."""
        self._fetches.close()
        self._parses.close()
        for task, _ in self._tasks.values():
            task.close()
        self._tasks.clear()

    def _answer(self, key: int, value: Any) -> None:
        self._inbox.put((key, value))

    def _next(self) -> tuple[int, Any]:
        """What came in; while nothing does, what waits is written and made to be found."""
        while True:
            if self._writes.is_full or (self._writes and len(self._writes) + len(self._held) == len(self._tasks)):
                self._commit()
            try:
                return self._inbox.get_nowait()
            except Empty:
                pass
            if self._writes:
                try:
                    return self._inbox.get(timeout=_PATIENCE)
                except Empty:
                    self._commit()
            elif not self._writes.index():
                return self._waited()

    def _waited(self) -> tuple[int, Any]:
        """What comes in next. A signal that came just before a wait does not end it: so none is long."""
        while True:
            with suppress(Empty):
                return self._inbox.get(timeout=_BREATH)

    def _commit(self) -> None:
        for key, answer in self._writes.commit():
            self._answer(key, answer)

    def _arrived(self, key: int, fetched: Fetched) -> None:
        self._documents[key] = len(fetched.body)
        if len(fetched.body) > _LONG:
            give_back()  # the pieces that it came in
        if not (fetched.unreached or fetched.unasked or self.anyone_there):
            self.anyone_there = True
            self._release(anyone=True)

    def _release(self, *, anyone: bool) -> None:
        held, self._held = self._held, []
        for key in held:
            self._answer(key, anyone)

    def _advance(self, key: int, value: Any) -> None:
        """Lets one check go on to what it waits for next."""
        if key not in self._tasks:
            return
        task, failed = self._tasks[key]
        try:
            effect = task.throw(value.error) if isinstance(value, Mistake) else task.send(value)
        except StopIteration as end:
            self._ended(key, end.value)
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001  (a mistake of ours in one feed must not cost the others their news)
            traceback.print_exc(file=sys.stderr)
            self._ended(key)
            failed(error)
        else:
            self._await(key, effect)

    def _ended(self, key: int, result: Any = None) -> None:
        self._let_go(key)
        del self._tasks[key]
        if key in self._parts:
            whole, place = self._parts.pop(key)
            self._results[whole][place] = result
            if not any(each == whole for each, _ in self._parts.values()):
                self._answer(whole, self._results.pop(whole))

    def _begin(self, key: int, tasks: tuple[Running, ...]) -> None:
        """Lets tasks run for another, which waits for them."""
        self._results[key] = [None] * len(tasks)
        for place, task in enumerate(tasks):
            self.add(task, lambda _error: None)
            self._parts[self._last_key] = (key, place)
        if not tasks:
            self._answer(key, self._results.pop(key))

    def _let_go(self, key: int) -> None:
        size = self._documents.pop(key, 0)
        if size > _LONG:
            give_back()
        self._fetches.let_go(size)
        self._parses.let_go(key)

    def _await(self, key: int, effect: Effect) -> None:
        match effect:
            case Fetch(url, etag, last_modified, seconds, accept, is_public, source):
                self._let_go(key)
                asked = Request(key, url, etag, last_modified, seconds, accept, is_public=is_public, source=source)
                self._fetches.submit(asked)
            case Parse():
                self._parses.submit(key, effect)
            case Write():
                if (size := self._documents.get(key, 0)) <= FREE:
                    self._let_go(key)
                elif size > _LONG:  # what a long one says is held until all of it is written
                    give_back()
                self._writes.add(key, effect)
            case Turn():
                self._answer(key, None)
            case Together(tasks):
                self._let_go(key)
                self._begin(key, tasks)
            case AnyoneThere() if self.anyone_there:
                self._answer(key, True)
            case AnyoneThere():
                self._held.append(key)
