"""``reader`` and ``reader PATH...``: what must be so before the screen opens."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.output import Output, input_is_terminal
from reader.cli.verbs import VERBS, Screen, UsageError, open_library
from reader.errors import BadTarget, ReaderError

if TYPE_CHECKING:
    from reader.paths import Paths

_DUMB = ("dumb", "unknown")


def open_screen(
    words: Sequence[str], load_screen: Callable[[], Screen], output: Output, give_back: Callable[[], None]
) -> int:
    """Open the screen, on these paths if there are any; ``give_back`` leaves one that is painted already.

    Raises UsageError and ReaderError.
    """
    opened = [path(word) for word in words]
    piped = "-" in opened
    if not output.terminal or not (piped or input_is_terminal()):
        raise ReaderError("The screen needs a terminal", "without one: reader --plain, reader list, reader --help")
    if sys.platform != "win32" and os.environ.get("TERM") in _DUMB and not os.environ.get("TEXTUAL_DRIVER"):
        raise ReaderError("This terminal can draw no screen", "line by line: reader --plain")
    with open_library(output, leave=give_back) as library:
        if piped:
            kept = _keep(sys.stdin.buffer.read() if sys.stdin else b"", library.paths)
            opened = [kept if word == "-" else word for word in opened]
            _take_terminal()
        _draw_on_terminal()
        return load_screen()(library, opened)


def path(word: str) -> str:
    """A word as the path that it names, or "-". Raises UsageError for what is neither path nor verb."""
    if word == "-":
        return word
    path = Path(os.path.expanduser(word))  # noqa: PTH111 - Path.expanduser raises where the user is not known
    if word and os.path.lexists(path):
        return str(path.absolute())
    if word.startswith("-"):
        raise UsageError(f"{word} is no option", "see: reader --help")
    if "://" in word:
        raise UsageError(f"{word} is no path", f"to follow it: reader add {word}")
    if os.sep in word or "." in word or "/" in word:
        raise BadTarget(f"{word}: there is no such file or directory")
    raise UsageError(
        f"{word!r} is neither a verb nor a path", f"the nearest verb is {_nearest(word)}; see: reader --help"
    )


def _nearest(word: str) -> str:
    """The verb most like a word."""
    from difflib import get_close_matches

    return get_close_matches(word, VERBS, n=1, cutoff=0.0)[0]


def _keep(data: bytes, paths: Paths) -> str:
    """Put what came on standard input into a file of its own, named by its content, so that it can be followed."""
    from hashlib import sha256

    if not data.strip():
        raise BadTarget("Standard input is empty")
    place = paths.state / "stdin"
    path = place / f"{sha256(data).hexdigest()[:16]}.txt"
    try:
        place.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise ReaderError(f"Standard input cannot be kept in {place}: {error.strerror}") from error
    return str(path)


def _take_terminal() -> None:
    """Let keys come from the terminal again after standard input was a pipe. Raises ReaderError where there is none."""
    try:
        terminal = os.open("CONIN$" if sys.platform == "win32" else "/dev/tty", os.O_RDWR)
    except OSError as error:
        raise ReaderError(f"The screen needs a terminal for its keys: {error.strerror}") from error
    os.dup2(terminal, 0)
    os.close(terminal)


def _draw_on_terminal() -> None:
    """Let standard error be the terminal too, wherever it went: that is where Textual draws."""
    if not os.isatty(2):
        os.dup2(1, 2)
