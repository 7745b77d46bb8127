"""The thread beside the main one that drives libcurl; it answers into the main one's queue."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any

from reader.fetch.fetched import Limits, Request
from reader.fetch.shares import FREE, Shares

Answer = Callable[[int, Any], None]  # the key of the task that asked, and what it gets
MOST_HELD = 8_000_000  # bytes of fetched documents that may wait for the child; no new fetch starts above it
_TICK = 0.05


class FetchLane:
    """Fetches side by side on a thread of its own, started with the first request."""

    def __init__(self, limits: Limits, answer: Answer) -> None:
        self._limits = limits
        self._answer = answer
        self._shares = Shares(limits.size)
        self._wanted: SimpleQueue[Request | None] = SimpleQueue()
        self._held = 0
        self._lighter = threading.Event()
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None

    def submit(self, request: Request) -> None:
        """Asks for a document; ``request.key`` comes back with the answer."""
        self._wanted.put(request)
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="fetch", daemon=True)
            self._thread.start()

    def let_go(self, size: int) -> None:
        """Says that the bytes of an answer are held no more, nor what came of them."""
        self._shares.give(size)
        with self._lock:
            self._held -= min(size, FREE)
        self._lighter.set()

    def close(self) -> None:
        """Drops what is under way and ends the thread."""
        self._closed.set()
        self._lighter.set()
        self._wanted.put(None)
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        from reader.fetch.http import Http

        client = Http(self._limits, self._shares)
        try:
            while not self._closed.is_set():
                self._take(client)
                self._lighter.clear()
                room = self._limits.parallel if self._held < MOST_HELD else 0
                if not room and not client.under_way:
                    self._lighter.wait(_TICK)
                    continue
                for fetched in client.poll(_TICK if client.under_way else 0.0, room):
                    with self._lock:
                        self._held += min(len(fetched.body), FREE)
                    self._answer(fetched.key, fetched)
        except BaseException as error:  # the main thread must not wait for ever
            self._answer(-1, error)
            raise
        finally:
            client.close()

    def _take(self, client: Any) -> None:
        """Hands over what is wanted; waits for it while there is nothing else to do, and no longer than a pause."""
        while True:
            try:
                idle = client.idle
                request = self._wanted.get(bool(idle) or not client.pending, idle or None)
            except Empty:
                return
            if request is None:
                return
            client.submit(request)
