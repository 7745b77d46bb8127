"""The threads of the screen, so that no key ever waits for the database.

Textual and its thread workers share asyncio's default executor; we bring our own. Reading has a few threads; the user's
own small writes have one, so that they are committed in the order they were made, and quitting waits for all of them.
The same thread compares the database's version: its own writes do not change it there, those of others do.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from threading import Thread
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from reader.library import Interrupted
from reader.tui.writer import Writer

if TYPE_CHECKING:
    from reader.library import Job

P = ParamSpec("P")
T = TypeVar("T")
_READERS = 3
_REST_SECONDS = 0.01
_TURN_SECONDS = 0.0005  # after which a thread that computes lets the event loop go on, a tenth of what is usual


class Background:
    """The screen's own threads."""

    def __init__(self) -> None:
        sys.setswitchinterval(_TURN_SECONDS)
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="reader-read")
        self._writer = Writer("reader-write")
        self._closed = False
        self._writes: set[Future[Any]] = set()

    def begin(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Start reading something; the answer is fetched later."""
        return self._readers.submit(function, *args, **kwargs)

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Read something on a thread."""
        return await asyncio.wrap_future(self._readers.submit(function, *args, **kwargs))

    def post(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Ask at once for something to be written, after all that was asked before; quitting waits for it."""
        writing = self._writer.submit(function, *args, **kwargs)
        self._writes.add(writing)
        writing.add_done_callback(self._writes.discard)
        return writing

    def turn(self) -> None:
        """For what takes long to write, between its steps: let what was asked for since be written."""
        self._writer.turn()

    async def done(self, writing: Future[T]) -> T:
        """Wait until it is written; who gives up waiting does not stop it."""
        return await asyncio.shield(asyncio.wrap_future(writing))

    async def write(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Write something and wait for it."""
        return await self.done(self.post(function, *args, **kwargs))

    async def stream(
        self,
        source: Callable[[], Iterable[T]],
        each: Callable[[T], None],
        wanted: Callable[[], bool],
        pause: float = 0.0,
    ) -> None:
        """Walk through ``source`` on one thread; what comes is handed to ``each`` on the event loop, while wanted.

        After the first piece it rests for ``pause`` seconds, so that nothing computes while that is painted.
        """
        hand_over = _bridge(each)

        def goes_on() -> bool:
            return not self._closed and wanted()

        def walk() -> None:
            rests = int(pause / _REST_SECONDS)
            for chunk in source():
                if not goes_on():
                    return
                hand_over(chunk)
                while rests and goes_on():
                    rests -= 1
                    time.sleep(_REST_SECONDS)

        await self.run(walk)

    async def start(self, starting: Callable[[], Job | None]) -> Job | None:
        """Start a job on a thread; if nobody waits for it any more by then, it is ended again."""
        future = self._readers.submit(starting)
        try:
            return await asyncio.shield(asyncio.wrap_future(future))
        except asyncio.CancelledError:
            future.add_done_callback(_end)
            raise

    def follow(self, job: Job, each: Callable[[dict[str, Any]], None]) -> None:
        """Hand every event of a job to ``each`` on the event loop; the thread never keeps the process alive."""
        hand_over = _bridge(each)

        def walk() -> None:
            # to the very end, even when nobody listens any more: so nothing of the worker is left behind
            for event in job.events():
                if not self._closed:
                    hand_over(event)

        Thread(target=walk, name="reader-job", daemon=True).start()

    async def aside(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do what may take for ever on a thread of its own, which never keeps the process alive."""
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()

        def work() -> None:
            try:
                result = function(*args, **kwargs)
            except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
                future.set_exception(error)
            else:
                future.set_result(result)

        Thread(target=work, name="reader-aside", daemon=True).start()
        return await asyncio.wrap_future(future)

    def close(self) -> list[BaseException]:
        """Wait until everything that was to be written is written; what was to be read is dropped.

        What of it could not be written is returned; what was stopped on the way is none of that.
        """
        self._closed = True
        left = list(self._writes)
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True)
        problems = [writing.exception() for writing in left]
        return [problem for problem in problems if problem is not None and not isinstance(problem, Interrupted)]


def _end(started: Future[Job | None]) -> None:
    """Let a job go that nobody follows."""
    if not started.cancelled() and started.exception() is None and (job := started.result()) is not None:
        Thread(target=job.close, name="reader-job", daemon=True).start()


def _bridge(each: Callable[[T], None]) -> Callable[[T], None]:
    """``each`` to be called from any thread: it runs on this event loop, in the context of here and now."""
    loop, context = asyncio.get_running_loop(), copy_context()

    def hand_over(value: T) -> None:
        # the loop may close while a thread is on its way to it: then there is nobody left to tell
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(each, value, context=context)

    return hand_over
