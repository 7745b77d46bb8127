"""Standard output and standard error as scripts and people need them.

Whatever is printed is made safe here (``text.safe``), wherever it comes from: a path, a server's words or a feed's text
that was cleaned long ago. JSON stays what it says: what would have to go is escaped. A pipe gets UTF-8, whatever the
locale says.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from reader.errors import ReaderError
from reader.text import clean_line, safe

Progress = Callable[[str, int, int], object]
"""Told in words what is under way, how far it is, and of how much (0 where nobody knows)."""

_BAR = 24
_TSV = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class Output:
    """What a verb prints to. ``terminal`` and ``width`` describe standard output."""

    def __init__(self) -> None:
        _hold_handles()
        self.out = _ready(sys.stdout)
        self.err = _ready(sys.stderr)
        self.terminal = self.out.isatty()
        self.width = _columns() if self.terminal else None

    def line(self, text: str = "") -> None:
        """One line on standard output."""
        self.write(text + "\n")

    def write(self, text: str) -> None:
        """Text as it is, if that is safe. Raises ReaderError when the output takes no more, such as a full disk."""
        try:
            self.out.write(safe(text))
        except BrokenPipeError:
            raise
        except OSError as error:
            raise self._unwritable(error) from error

    def fields(self, *values: object) -> None:
        """One line of tab-separated values; tabs, line ends and backslashes in them are escaped."""
        self.line("\t".join("" if value is None else str(value).translate(_TSV) for value in values))

    def flush(self) -> None:
        """Let the reader of a pipe see what was written. Raises ReaderError like ``write``."""
        try:
            self.out.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise self._unwritable(error) from error

    def say(self, text: str) -> None:
        """One line on standard error."""
        try:
            print(clean_line(text, 4000), file=self.err, flush=True)
        except OSError:
            _silence(self.err)  # nobody listens on standard error, and there is no other place to say so

    def silence(self) -> None:
        """Send what is still buffered nowhere: whoever read our output has gone."""
        _silence(self.out)

    def _unwritable(self, error: OSError) -> ReaderError:
        """The output that takes no more as an error for people."""
        self.silence()
        return ReaderError(f"The output cannot be written: {error.strerror}")

    def array(self, objects: Iterable[Mapping[str, Any]]) -> None:
        """A JSON array, an object a line, printed as the objects come."""
        before = "[\n"
        for each in objects:
            self.write(before + as_json(each))
            before = ",\n"
        self.write("[]\n" if before == "[\n" else "\n]\n")


def bar(output: Output) -> Bar | None:
    """A progress bar where a person looks on."""
    return Bar(output) if output.err.isatty() and os.environ.get("TERM") != "dumb" else None


@contextmanager
def telling(output: Output, first: Callable[[], object] = lambda: None) -> Iterator[Progress | None]:
    """Shows how far work on the whole library is, where a person looks on, after ``first`` was called."""
    shown = bar(output)
    if shown is None:
        yield None
        return

    def told(words: str, done: int, total: int) -> None:
        nonlocal first
        first()
        first = _nothing
        shown.draw(done, total, words)

    try:
        yield told
    finally:
        shown.clear()


def _nothing() -> None:
    """Nothing."""


class Bar:
    """One line on standard error, drawn over, at most twenty times a second."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._drawn = 0.0

    def draw(self, done: int, total: int, words: str) -> None:
        """Show how far it is; without a total the words alone."""
        if time.monotonic() - self._drawn < 0.05:
            return
        self._drawn = time.monotonic()
        full = _BAR * done // max(total, done, 1)
        picture = f"[{'#' * full}{' ' * (_BAR - full)}] " if total else ""
        self._write("\r" + (picture + clean_line(words, 50)).ljust(79))

    def clear(self) -> None:
        """Take the bar away."""
        if self._drawn:
            self._drawn = 0.0
            self._write("\r" + " " * 79 + "\r")

    def _write(self, text: str) -> None:
        self._output.err.write(text)
        self._output.err.flush()


def as_json(value: object, indent: int | None = None) -> str:
    """A value as JSON in plain UTF-8; control characters are escaped."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=indent)
    if safe(text) != text:
        text = json.dumps(value, ensure_ascii=True, indent=indent)
    return text.replace("\x7f", "\\u007f")


def input_is_terminal() -> bool:
    """Whether somebody can type; where the shell has closed standard input there is nobody."""
    return sys.stdin is not None and sys.stdin.isatty()


def _silence(stream: TextIO) -> None:
    """Send what a stream still buffers nowhere; Python would complain at its end that it cannot be written."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _hold_handles() -> None:
    """Point what the shell has closed of 0, 1 and 2 nowhere, so that no file of ours is opened under these numbers."""
    for handle in range(3):
        try:
            os.fstat(handle)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number, which is this one


def _columns() -> int:
    """How wide the terminal is."""
    from shutil import get_terminal_size

    return get_terminal_size((80, 24)).columns


def _ready(stream: TextIO | None) -> TextIO:
    """A stream that can print any text: UTF-8 into a pipe, and never an exception for a sign it lacks.

    Where the shell has closed it, what is printed goes nowhere.
    """
    if stream is None:
        return Path(os.devnull).open("w", encoding="utf-8")
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace", **({} if stream.isatty() else {"encoding": "utf-8"}))
    return stream
