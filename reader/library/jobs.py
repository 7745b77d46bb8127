"""Work that the worker process does for us: started, followed event by event, asked to stop, never killed.

One JSON line on the worker's standard input says what to do, its events come back as JSON lines. Closing its input
asks it to stop after the transaction in hand, so that a screen that dies leaves no worker behind.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import IO, Any, Self

from reader.errors import WorkerError
from reader.paths import Paths
from reader.text import clean_line

Event = dict[str, Any]
_LAST = 8192
_SAID = ("message", "hint", "title")  # words for people; the other values are data


class Job:
    """One piece of work under way in the worker process; a context manager that stops it at the end."""

    def __init__(self, paths: Paths, request: Mapping[str, Any] | None = None) -> None:
        """Start the worker; without a request it gets ready and waits for ``give``. Raises WorkerError."""
        self.request: dict[str, Any] = {}
        self._log = _open_log(paths)
        self._log_start = self._log.seek(0, os.SEEK_END)
        self._input = threading.Lock()
        self._ended = False
        self._last_words = ""
        try:
            self._process = _start(paths, self._log)
        except OSError as error:
            self._log.close()
            raise WorkerError(f"The worker cannot be started: {error.strerror}") from error
        if request is not None:
            self.give(request)

    def give(self, request: Mapping[str, Any]) -> None:
        """Say what is to be done, once."""
        self.request = dict(request)
        self._tell(self.request)

    @property
    def pid(self) -> int:
        """The worker's process id."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the worker is still there."""
        return self._process.poll() is None

    def events(self) -> Iterator[Event]:
        """What happens, as it happens; ends with "finished" or, when the job could not go on, with "problem".

        It blocks between events: follow it on a thread of your own, and by one thread only.
        """
        assert self._process.stdout is not None
        for line in self._process.stdout:
            event = _event(line)
            if event is not None:
                self._ended = self._ended or event["event"] in ("finished", "problem")
                yield event
        self._reap()
        if not self._ended:
            self._ended = True
            yield {"event": "problem", "message": "The worker ended without an answer", "hint": self._last_words}

    __iter__ = events

    def stop(self) -> None:
        """Ask the worker to end after the transaction in hand; returns at once and may be called twice."""
        with self._input:
            if self._process.stdin is None or self._process.stdin.closed:
                return
            try:
                self._process.stdin.write(b'{"do": "stop"}\n')
                self._process.stdin.close()
            except OSError:
                return  # the pipe is broken because the worker has gone: it has stopped

    def wait(self) -> Event:
        """Follow the job to its end and return "finished". Raises WorkerError when the job could not go on."""
        problem = ""
        last: Event = {}
        for event in self.events():
            last = event if event["event"] == "finished" else last
            if event["event"] == "problem":
                problem = f"{event['message']} ({event['hint']})" if event.get("hint") else event["message"]
        if problem:
            raise WorkerError(problem)
        return last

    def close(self) -> None:
        """Stop the worker and wait until it has gone; one that was told nothing yet has nothing to end."""
        if not self.request:
            self._process.kill()
        self.stop()
        if self._process.stdout is not None and not self._process.stdout.closed:
            for _ in self._process.stdout:
                pass
        self._reap()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _tell(self, message: Mapping[str, Any]) -> None:
        """Send the worker one line."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(message).encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            return  # it has gone already: events() says so, with its last words

    def _reap(self) -> None:
        """Leave no zombie and no open file."""
        code = self._process.wait()
        self.stop()
        if self._process.stdout is not None:
            self._process.stdout.close()
        if not self._log.closed:
            self._last_words = _last_line(self._log, self._log_start) or f"exit code {code}"
            self._log.close()


def _last_line(log: IO[bytes], start: int) -> str:
    """The last line that was written to a log behind ``start``."""
    end = log.seek(0, os.SEEK_END)
    log.seek(max(start, end - _LAST))
    lines = [line for line in log.read().decode("utf-8", "replace").splitlines() if line.strip()]
    return clean_line(lines[-1], 300) if lines else ""


def _event(line: bytes) -> Event | None:
    """A line of the worker as an event; None for what is none, such as a library's own printing."""
    try:
        event = json.loads(line)
    except ValueError:
        return None
    if not isinstance(event, dict) or "event" not in event:
        return None
    for name in _SAID:
        if isinstance(event.get(name), str):
            event[name] = clean_line(event[name], _LAST)
    return event


def _open_log(paths: Paths) -> IO[bytes]:
    """Where the worker's standard error goes: the log, or a file of no name where the log cannot be written."""
    try:
        paths.log.parent.mkdir(parents=True, exist_ok=True)
        return paths.log.open("a+b")
    except OSError:
        return tempfile.TemporaryFile()


def _start(paths: Paths, log: IO[bytes]) -> subprocess.Popen[bytes]:
    """The worker as a process of a group of its own, so that Ctrl+C reaches it only through us."""
    options: dict[str, Any] = {"process_group": 0}
    if sys.platform == "win32":
        options = {"creationflags": subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP}
    command = [sys.executable, "-P", "-m", "reader.worker"]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, env=_environment(paths), **options
    )


def _environment(paths: Paths) -> dict[str, str]:
    """Our environment, with READER_HOME where all of this library lies under one directory."""
    home = paths.database.parent
    under_home = Paths(home / "config.toml", home / "reader.db", home / "cache", home / "state")
    return {**os.environ, "READER_HOME": str(home)} if paths == under_home else dict(os.environ)
