"""The thread that writes for the screen: one task after the other, but a long one lets those by that came later."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from threading import Thread
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
_Task = Callable[[], None]


class Writer:
    """A thread that begins with its first task."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._waiting: SimpleQueue[_Task | None] = SimpleQueue()
        self._thread: Thread | None = None
        self._is_closed = False

    def submit(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have something done after all that was asked before. Raises RuntimeError when closed."""
        if self._is_closed:
            raise RuntimeError("the writer is closed")
        future: Future[T] = Future()

        def task() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(function(*args, **kwargs))
            except BaseException as problem:  # noqa: BLE001 - it belongs to who asked
                future.set_exception(problem)

        self._waiting.put(task)
        if self._thread is None:
            self._thread = Thread(target=self._work, name=self._name)
            self._thread.start()
        return future

    def turn(self) -> None:
        """Do what waits, now: a long task calls this between its steps, on the writer's own thread."""
        while True:
            try:
                task = self._waiting.get_nowait()
            except Empty:
                return
            if task is None:
                self._waiting.put(None)
                return
            task()

    def shutdown(self, wait: bool = True) -> None:
        """Take no more tasks; those that wait are still done."""
        self._is_closed = True
        self._waiting.put(None)
        if wait and self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        while (task := self._waiting.get()) is not None:
            task()
