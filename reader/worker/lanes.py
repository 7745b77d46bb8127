"""The two threads beside the main one: one drives libcurl, one talks to the parse child. Both answer into one queue."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any

from reader.fetch.fetched import Fetched, Limits, Request
from reader.worker.child import Child
from reader.worker.effects import Parse

Answer = Callable[[int, Any], None]  # the key of the task that asked, and what it gets
MOST_HELD = 64_000_000  # bytes of fetched documents that may wait for the child; no new fetch starts above it
_TICK = 0.05


class FetchLane:
    """Fetches side by side on a thread of its own, started with the first request."""

    def __init__(self, limits: Limits, answer: Answer) -> None:
        self._limits = limits
        self._answer = answer
        self._wanted: SimpleQueue[Request | None] = SimpleQueue()
        self._held = 0
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None

    def submit(self, request: Request) -> None:
        """Asks for a document; ``request.key`` comes back with the answer."""
        self._wanted.put(request)
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="fetch", daemon=True)
            self._thread.start()

    def let_go(self, fetched: Fetched) -> None:
        """Says that the bytes of an answer are held no more."""
        with self._lock:
            self._held -= len(fetched.body)

    def close(self) -> None:
        """Drops what is under way and ends the thread."""
        self._closed.set()
        self._wanted.put(None)
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        from reader.fetch.http import Http

        client = Http(self._limits)
        try:
            while not self._closed.is_set():
                self._take(client)
                room = self._limits.parallel if self._held < MOST_HELD else 0
                for fetched in client.poll(_TICK, room):
                    with self._lock:
                        self._held += len(fetched.body)
                    self._answer(fetched.key, fetched)
        except BaseException as error:  # the main thread must not wait for ever
            self._answer(-1, error)
            raise
        finally:
            client.close()

    def _take(self, client: Any) -> None:
        """Hands over what is wanted; waits for it while there is nothing else to do."""
        while True:
            try:
                request = self._wanted.get(block=not client.pending)
            except Empty:
                return
            if request is None:
                return
            client.submit(request)


class ParseLane:
    """The parse child's documents, one after the other, on a thread of its own, started with the first."""

    def __init__(self, seconds: float, answer: Answer) -> None:
        self._child = Child(seconds)
        self._answer = answer
        self._wanted: SimpleQueue[tuple[int, Parse] | None] = SimpleQueue()
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None

    def submit(self, key: int, wanted: Parse) -> None:
        """Asks for documents to be read; ``key`` comes back with the list of what they say."""
        self._wanted.put((key, wanted))
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="parse", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Ends the child, whatever it does, and the thread."""
        self._closed.set()
        self._wanted.put(None)
        self._child.close()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        try:
            while (asked := self._wanted.get()) is not None:
                key, wanted = asked
                answers = []
                for source in wanted.sources:
                    if self._closed.is_set():
                        return
                    answers.append(self._child.read(source))
                self._answer(key, answers)
        except BaseException as error:  # the main thread must not wait for ever
            self._answer(-1, error)
            raise
