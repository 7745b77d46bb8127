"""A terminal for the real program: a pseudo-terminal that answers what a real one would be asked."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Self

_ESCAPES = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|P[^\x1b]*\x1b\\|[@-Z\\-_=>()][0-9A-Za-z]?)"
)
ANSWERS = (
    (b"\x1b[>q", b"\x1bP>|measured(1)\x1b\\"),
    (b"\x1b[c", b"\x1b[?62;22c"),
    (b"\x1b[?2026$p", b"\x1b[?2026;2$y"),
    (b"\x1b[?2048$p", b"\x1b[?2048;0$y"),
)
_LONGEST = 100


class Terminal:
    """One program in a pseudo-terminal of its own; ``started`` is the moment just before exec, in seconds."""

    answers: Sequence[tuple[bytes, bytes]] = ANSWERS

    def __init__(self, command: Sequence[str], env: dict[str, str], columns: int = 120, rows: int = 40) -> None:
        self.output = bytearray()
        self.arrivals: list[tuple[float, int]] = []  # when something came, and how much there was by then
        self._cut = b""
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.execvpe(command[0], list(command), env)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    @property
    def text(self) -> str:
        """All that was written so far, without its escape sequences."""
        return _ESCAPES.sub(b"", self.output).decode("utf-8", "replace")

    def send(self, keys: bytes) -> None:
        """Type."""
        os.write(self.fd, keys)

    def wait_for(self, words: str, limit: float = 30.0) -> float:
        """Seconds from exec until ``words`` were written. Raises TimeoutError with what was there instead."""
        end = time.perf_counter() + limit
        while time.perf_counter() < end:
            if words in self.text:
                return time.perf_counter() - self.started
            if not self.read(end - time.perf_counter()):
                break
        raise TimeoutError(f"{words!r} never came; the end of what came: {self.text[-500:]!r}")

    def drain(self) -> None:
        """Take what was written: a program whose terminal nobody reads stands still."""
        while self.read(0):
            pass

    def collect(self, seconds: float) -> None:
        """Take what is written within so many seconds."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            if not self.read(left) and time.perf_counter() < end:
                return

    def wait_quiet(self, quiet: float = 0.3, limit: float = 20.0) -> None:
        """Take what is written until nothing is for ``quiet`` seconds, or for ``limit`` seconds at most."""
        end = time.perf_counter() + limit
        while time.perf_counter() < end and self.read(quiet):
            pass

    def wait_end(self, limit: float = 10.0) -> int:
        """The exit code of the program once it has ended."""
        end = time.perf_counter() + limit
        while self.read(end - time.perf_counter()):
            pass
        _, status = os.waitpid(self.pid, 0)
        self.pid = 0
        return os.waitstatus_to_exitcode(status)

    def kill(self) -> None:
        """End the program, if it has not ended, and close the terminal."""
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            self.pid = 0
        os.close(self.fd)

    def read(self, seconds: float) -> bool:
        """Take one piece of what is written, answering what it asks; False when nothing came within the time."""
        ready, _, _ = select.select([self.fd], [], [], max(0.0, seconds))
        if not ready:
            return False
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:
            return False
        self.arrivals.append((time.perf_counter(), len(self.output) + len(data)))
        for question, answer in self.answers:
            if question in self._cut + data and question not in self._cut:
                os.write(self.fd, answer)
        self._cut = data[-_LONGEST:]
        self.output += data
        return bool(data)
