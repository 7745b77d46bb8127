"""Programs that the user names: a command line as an argument vector, pager and editor, and running them.

There is no shell: what is typed is split as one would split it and run as it stands. It comes from the user alone.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reader.text import clean, clean_line, plural

_MOST_OUTPUT = 1 << 16
_SHOWN = 300
_TERMINAL_SIGN = "!"


@dataclass(frozen=True, slots=True)
class Command:
    """What is to be run, and whether it gets the terminal for itself."""

    words: tuple[str, ...]
    on_terminal: bool = False


class BadCommandError(Exception):
    """A command line that cannot be run; the text says why."""


def understood(line: str) -> Command:
    """A command line as it was typed; "!" before it asks for the terminal. Raises BadCommandError."""
    text = line.strip()
    on_terminal = text.startswith(_TERMINAL_SIGN)
    words = split(text.removeprefix(_TERMINAL_SIGN))
    if not words:
        raise BadCommandError("type a command, such as: wc -w")
    return Command(words, on_terminal)


def split(text: str) -> tuple[str, ...]:
    """The words of a command line, "~" at their start for one's home. Raises BadCommandError."""
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise BadCommandError("a quote is opened and not closed, or a backslash ends the line") from error
    return tuple(os.path.expanduser(word) for word in words)  # noqa: PTH111 - Path.expanduser raises for an unknown user


def pager(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The command that shows a text by pages. Raises BadCommandError."""
    return split(environ.get("PAGER", "")) or (("more",) if sys.platform == "win32" else ("less",))


def editor(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The command that edits a file. Raises BadCommandError."""
    told = split(environ.get("VISUAL", "")) or split(environ.get("EDITOR", ""))
    return told or (("notepad",) if sys.platform == "win32" else ("vi",))


def run(command: Sequence[str], text: str | None = None) -> str:
    """Run a program with our terminal and wait for its end; why it could not be run, else ""."""
    data = None if text is None else text.encode("utf-8", "replace")
    try:
        subprocess.run(command, input=data, check=False)
    except (OSError, ValueError) as error:
        return refusal(command[0], error)
    return ""


def edited(command: Sequence[str], text: str, opening: Callable[[Sequence[str]], str]) -> str:
    """Open a text as a Markdown file in an editor; the file is for us alone, and removed afterwards."""
    try:
        with tempfile.TemporaryDirectory(prefix="reader-", ignore_cleanup_errors=True) as place:
            path = Path(place) / "article.md"
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
                file.write(text)
            return opening([*command, str(path)])
    except OSError as error:
        return f"no file could be written for the editor: {(error.strerror or 'unknown').lower()}"


class Piping:
    """A program that gets a text on its standard input, away from the terminal; it can be stopped."""

    def __init__(self, command: Sequence[str], text: str) -> None:
        self.name = clean_line(Path(command[0]).name, 40)
        self._command = command
        self._text = text
        self._process: subprocess.Popen[bytes] | None = None
        self._is_stopped = False

    def stop(self) -> None:
        """End it, and what it started."""
        self._is_stopped = True
        if self._process is not None:
            end_group(self._process)

    def run(self) -> tuple[str, bool]:
        """Run it to its end; words on what it printed, and whether it failed."""
        with tempfile.TemporaryFile() as file:
            file.write(self._text.encode("utf-8", "replace"))
            file.seek(0)
            try:
                self._process = subprocess.Popen(
                    self._command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
                )
            except (OSError, ValueError) as error:
                return refusal(self._command[0], error), True
        with self._process as process:
            if self._is_stopped:
                end_group(process)
            output = _bounded(process)
        if self._is_stopped:
            return f"{self.name} was stopped", False
        return outcome(self.name, process.returncode, output)


def _bounded(process: subprocess.Popen[bytes]) -> str:
    """What a program prints, as much of it as is of use, to its end."""
    assert process.stdout is not None
    kept = process.stdout.read(_MOST_OUTPUT)
    while process.stdout.read(_MOST_OUTPUT):
        pass
    return kept.decode("utf-8", "replace")


def outcome(name: str, code: int, output: str) -> tuple[str, bool]:
    """What a program came to, as one line: what it printed first, or last where it failed; whether it failed."""
    lines = [line for line in (clean_line(line, _SHOWN) for line in clean(output).split("\n")) if line]
    if code:
        how = f"ended with {code}" if code > 0 else "was ended by a signal"
        return f"{name} {how}{': ' + lines[-1] if lines else ''}", True
    more = f" (and {plural(len(lines) - 1, 'line')} more)" if len(lines) > 1 else ""
    return f"{name}: {lines[0]}{more}" if lines else f"{name}: done", False


def refusal(name: str, error: Exception) -> str:
    """Why a program could not be run, in a sentence."""
    shown = clean_line(name, 80)
    if isinstance(error, FileNotFoundError):
        return f"there is no program {shown}"
    why = error.strerror if isinstance(error, OSError) else "a word of it cannot be passed on"
    return f"{shown} cannot be run: {(why or 'unknown').lower()}"


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Ask a program and what it started to end."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        process.terminate()
        return
    import signal

    try:
        os.killpg(process.pid, signal.SIGTERM)
    except OSError:
        process.terminate()
