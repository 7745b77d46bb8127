"""The parse child as seen by the worker: started when it is first needed, watched, stopped when it loops.

The child limits itself (processor time, memory), which also ends it on a core when the worker has been killed. A thread
watches the clock beside that, for what hangs without working and for systems without such limits; it looks ten times a
second and costs nothing in between. Both endings are named to the caller in the same words.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from reader.fetch.words import duration
from reader.model import Parsed
from reader.parse import wire
from reader.parse.source import Source

COMMAND = (sys.executable, "-P", "-m", "reader.parse")
SLOW = 1.0  # seconds after which others need not wait for a document
_PATIENCE = 4  # by the clock a document may take so many times its seconds: others may want the processor as well
_LOOK = 0.1
_PIPE = 1 << 20  # what Linux grants everybody


@dataclass(frozen=True, slots=True)
class Stopped:
    """A document that was the child's end; ``reason`` is a sentence for people."""

    reason: str
    pid: int


class Child:
    """The parse child: ``read`` one document after the other, ``close`` at the end.

    Or ``send`` documents ahead, so that it never waits for the next one, and ``receive`` what they say in that order.
    ``slow`` is called, from another thread, when a document has taken ``SLOW`` seconds.
    """

    def __init__(
        self, seconds: float, command: tuple[str, ...] = COMMAND, slow: Callable[[], None] = lambda: None
    ) -> None:
        self._seconds = seconds
        self._command = command
        self._slow = slow
        self._process: subprocess.Popen[bytes] | None = None
        self._sent: deque[Source] = deque()
        self._ahead = 0  # bytes that are in the pipe, or would be if the child had read nothing of them
        self._room = 0
        self._is_fresh = True  # whether the process has read nothing yet
        self._busy = threading.Lock()  # while a document is read
        self._lock = threading.Lock()  # around what the watcher looks at, so that it never stops the wrong document
        self._since: float | None = None  # when the child had nothing to do but the oldest that was sent
        self._is_slow = False
        self._overran = False
        self._closed = threading.Event()
        self._watcher: threading.Thread | None = None

    @property
    def pid(self) -> int | None:
        """The child's process id, None while there is none."""
        return self._process.pid if self._process else None

    def read(self, source: Source) -> Parsed | Stopped:
        """What the document says. A child that dies of something else than this document is replaced once."""
        self.send(source)
        return self.receive()

    def takes(self, source: Source) -> bool:
        """Whether a document can be sent ahead: it must fit into the pipe, as we do not read while we write."""
        return not self._sent or self._ahead + _size(source) <= self._room

    def send(self, source: Source) -> None:
        """Hands over a document, which ``takes`` allows."""
        with self._busy:
            self._sent.append(source)
            if self._process is None:
                self._send_all()
            else:
                if len(self._sent) == 1:
                    self._begin()
                self._write(self._process, source)

    def receive(self) -> Parsed | Stopped:
        """What the oldest document says that was sent."""
        with self._busy:
            if self._process is None:
                self._send_all()
            is_first = self._is_fresh
            answer = self._answer()
            if isinstance(answer, Stopped) and not is_first and not self._overran and not self._closed.is_set():
                self._send_all()
                answer = self._answer()
            self._sent.popleft()
            self._ahead = sum(map(_size, self._sent))
            self._begin()
            return answer

    def drop(self) -> None:
        """Ends the child and forgets what was sent."""
        with self._busy:
            self._sent.clear()
            self._begin()
            if self._process is not None:
                self._bury(self._process)

    def close(self) -> None:
        """Ends the child, whatever it does; may be called from another thread, also while ``receive`` waits."""
        with self._lock:
            self._closed.set()
            if self._process is not None:
                self._process.kill()
        with self._busy:
            if self._process is not None:
                self._bury(self._process)
        if self._watcher is not None and self._watcher is not threading.current_thread():
            self._watcher.join()

    def _answer(self) -> Parsed | Stopped:
        """What the child says next, of the oldest that was sent."""
        process = self._running()
        if process is None:
            return Stopped("The reading of documents was ended", 0)
        assert process.stdout is not None
        started = time.monotonic()
        try:
            answer = wire.read_answer(process.stdout)
        except (OSError, ValueError, wire.BadFrame):
            answer = None
        if answer is None:
            return self._stopped(process, time.monotonic() - started)
        self._is_fresh = False
        return answer

    def _write(self, process: subprocess.Popen[bytes], source: Source) -> None:
        assert process.stdin is not None
        self._ahead += _size(source)
        with suppress(OSError, ValueError):  # a child that has gone is found out by ``receive``
            process.stdin.write(wire.request(source, max(1, round(self._seconds))))
            process.stdin.write(source.data)
            process.stdin.flush()

    def _send_all(self) -> None:
        """Hands all that was not answered to a new child."""
        self._begin()
        if process := self._running():
            self._ahead = 0
            for source in self._sent:
                self._write(process, source)

    def _begin(self) -> None:
        """Sets the clock for the oldest document, or stops it where there is none."""
        with self._lock:
            self._since = time.monotonic() if self._sent else None
            self._is_slow = self._overran = False

    def _running(self) -> subprocess.Popen[bytes] | None:
        """The child, started if there is none; None once we are closed."""
        with self._lock:
            if self._closed.is_set():
                return None
            if self._process is None:
                self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
                self._is_fresh = True
                self._room = _widened(self._process)
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
        self._overran = self._overran or code == -_SIGXCPU
        if self._overran:
            reason = f"The document took longer than {duration(self._seconds)} to read and was stopped"
        elif code == wire.SPENT:
            reason = "The document needs too much memory to read"
        else:
            reason = f"The document made the reading process end after {spent:.1f} s ({_ending(code)})"
        return Stopped(reason, process.pid)

    def _watch(self) -> None:
        while not self._closed.wait(_LOOK):
            told = False
            with self._lock:
                spent = 0.0 if self._since is None else time.monotonic() - self._since
                if spent > self._seconds * _PATIENCE and self._process is not None:
                    self._overran = True
                    self._since = None
                    self._process.kill()
                elif spent > SLOW and not self._is_slow:
                    told = self._is_slow = True
            if told:
                self._slow()


def _size(source: Source) -> int:
    """About how many bytes a request takes, rather more than less."""
    return len(source.data) + 24 * len(source.known or ()) + 4 * len(source.text or "") + 4096


def _widened(process: subprocess.Popen[bytes]) -> int:
    """Makes the pipes of a child wide, where the system lets us; how many bytes can be sent ahead, 0 where unknown."""
    try:
        import fcntl

        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            with suppress(OSError):
                fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)
        assert process.stdin is not None
        return fcntl.fcntl(process.stdin, fcntl.F_GETPIPE_SZ) // 2
    except (ImportError, AttributeError, OSError):
        return 0


_SIGXCPU = 24


def _ending(code: int) -> str:
    """An exit code in words."""
    return f"signal {-code}" if code < 0 else f"exit code {code}"
