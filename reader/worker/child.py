"""The parse child as seen by the worker: started when it is first needed, watched, stopped when it loops.

A thread watches the clock because pipes cannot be waited on with a time limit on every system; it looks ten times a
second and costs nothing in between. The child limits itself too (processor time, memory), which also ends it on a core
when the worker has been killed; both endings are named to the caller in the same words.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass

from reader.fetch.words import duration
from reader.model import Parsed
from reader.parse import wire
from reader.parse.source import Source

COMMAND = (sys.executable, "-P", "-m", "reader.parse")
_LOOK = 0.1


@dataclass(frozen=True, slots=True)
class Stopped:
    """A document that was the child's end; ``reason`` is a sentence for people."""

    reason: str
    pid: int


class Child:
    """The one parse child; ``read`` one document after the other, ``close`` at the end."""

    def __init__(self, seconds: float, command: tuple[str, ...] = COMMAND) -> None:
        self._seconds = seconds
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._busy = threading.Lock()  # while a document is read
        self._lock = threading.Lock()  # around what the watcher looks at, so that it never stops the wrong document
        self._deadline: float | None = None
        self._overran = False
        self._closed = threading.Event()
        self._watcher: threading.Thread | None = None

    @property
    def pid(self) -> int | None:
        """The child's process id, None while there is none."""
        return self._process.pid if self._process else None

    def read(self, source: Source) -> Parsed | Stopped:
        """What the document says. A child that dies of something else than this document is replaced once."""
        with self._busy:
            used = self._process is not None
            answer = self._ask(source)
            if isinstance(answer, Stopped) and used and not self._overran and not self._closed.is_set():
                answer = self._ask(source)
            return answer

    def close(self) -> None:
        """Ends the child, whatever it does; may be called from another thread, also while ``read`` waits."""
        with self._lock:
            self._closed.set()
            if self._process is not None:
                self._process.kill()
        with self._busy:
            if self._process is not None:
                self._bury(self._process)
        if self._watcher is not None and self._watcher is not threading.current_thread():
            self._watcher.join()

    def _ask(self, source: Source) -> Parsed | Stopped:
        process = self._running()
        if process is None:
            return Stopped("The reading of documents was ended", 0)
        assert process.stdin is not None
        assert process.stdout is not None
        self._overran = False
        started = time.monotonic()
        self._set_deadline(started + self._seconds)
        try:
            process.stdin.write(wire.request(source, max(1, round(self._seconds))))
            process.stdin.write(source.data)
            process.stdin.flush()
            answer = wire.read_answer(process.stdout)
        except (OSError, ValueError, wire.BadFrame):
            answer = None
        finally:
            self._set_deadline(None)
        return answer if answer is not None else self._stopped(process, time.monotonic() - started)

    def _running(self) -> subprocess.Popen[bytes] | None:
        """The child, started if there is none; None once we are closed."""
        with self._lock:
            if self._closed.is_set():
                return None
            if self._process is None:
                self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            if self._watcher is None:
                self._watcher = threading.Thread(target=self._watch, name="watch", daemon=True)
                self._watcher.start()
            return self._process

    def _bury(self, process: subprocess.Popen[bytes]) -> int:
        """Ends and reaps the child; its exit code."""
        process.kill()
        code = process.wait()
        with self._lock:
            self._process = None
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):  # what could not be sent any more
                if pipe is not None:
                    pipe.close()
        return code

    def _stopped(self, process: subprocess.Popen[bytes], spent: float) -> Stopped:
        """Buries a child that answers no more, and says why it ended."""
        code = self._bury(process)
        if self._overran or code == -_SIGXCPU:
            reason = f"The document took longer than {duration(self._seconds)} to read and was stopped"
        else:
            reason = f"The document made the reading process end after {spent:.1f} s ({_ending(code)})"
        return Stopped(reason, process.pid)

    def _set_deadline(self, deadline: float | None) -> None:
        with self._lock:
            self._deadline = deadline

    def _watch(self) -> None:
        while not self._closed.wait(_LOOK):
            with self._lock:
                if self._deadline is not None and time.monotonic() > self._deadline and self._process is not None:
                    self._overran = True
                    self._deadline = None
                    self._process.kill()


_SIGXCPU = 24


def _ending(code: int) -> str:
    """An exit code in words."""
    return f"signal {-code}" if code < 0 else f"exit code {code}"
