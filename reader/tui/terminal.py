"""The terminal while nobody draws on it yet but us: taken before Textual is loaded, and given back whatever happens.

Textual goes on from there (``driver``). Its own driver would take the state that it finds, which is ours by then, for
the one to give back in the end.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Any

ENTER = "\x1b[?1049h\x1b[?25l"
_LEAVE = b"\x1b[0m\x1b[?7h\x1b[?25h\x1b[?1049l"
_before: list[Any] | None = None
_stop: Callable[[], None] | None = None


def take(picture: bytes) -> bool:
    """Let keys wait unseen, and show a picture in the alternate screen; False where the terminal does not let us."""
    global _before
    import signal
    import termios

    try:
        before = termios.tcgetattr(0)
        for told in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(told, _end)
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)  # until Textual can leave the screen and come back
        _before = before
        termios.tcsetattr(0, termios.TCSANOW, _raw(before))
        write(picture)
    except (termios.error, OSError):
        give_back()
        return False
    return True


def meanwhile(stop: Callable[[], None]) -> None:
    """Somebody draws on the terminal until it is handed over or given back; ``stop`` ends that."""
    global _stop
    _stop = stop


def is_taken() -> bool:
    """Whether the terminal is ours."""
    return _before is not None


def hand_over() -> list[Any] | None:
    """The state to give back in the end, from now on the caller's to see to; None where nothing was taken."""
    global _before, _stop
    stop, _stop = _stop, None
    if stop is not None:
        stop()
    before, _before = _before, None
    return before


def give_back() -> None:
    """Leave the terminal as it was found, if it is still ours."""
    before = hand_over()
    if before is not None:
        _leave(before)


def _leave(before: list[Any]) -> None:
    import termios

    try:
        write(_LEAVE)
        termios.tcsetattr(0, termios.TCSANOW, before)
    except (termios.error, OSError):
        return  # it is gone, and with it everything that could be given back


def _raw(before: list[Any]) -> list[Any]:
    """The state in which Textual reads keys, so that what is typed meanwhile waits for it as it is."""
    import termios as t

    after = list(before)
    after[0] &= ~(t.IXON | t.IXOFF | t.ICRNL | t.INLCR | t.IGNCR)
    after[3] &= ~(t.ECHO | t.ICANON | t.IEXTEN | t.ISIG)
    after[6] = [*before[6]]
    after[6][t.VMIN], after[6][t.VTIME] = 1, 0
    return after


def write(data: bytes) -> None:
    """Draw."""
    while data:
        data = data[os.write(1, data) :]


def _end(number: int, frame: FrameType | None) -> None:
    """Told to end, or without a terminal, before anything is open that would have to be closed.

    It may come in the middle of anything, so it waits for no thread.
    """
    global _before
    import signal

    before, _before = _before, None
    if before is not None:
        _leave(before)
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)


def fits() -> bool:
    """Whether this is a terminal that can be drawn on before anything is known of it."""
    return (
        sys.platform != "win32"
        and os.environ.get("TERM", "dumb") not in ("", "dumb", "unknown")
        and not os.environ.get("TEXTUAL_DRIVER")
        and os.isatty(0)
        and os.isatty(1)
    )


def kind() -> str:
    """What decides how a picture looks on this terminal, but for its size."""
    names = (
        "TERM", "COLORTERM", "TERM_PROGRAM", "NO_COLOR", "READER_ASCII", "TEXTUAL_COLOR_SYSTEM", "PYTHONIOENCODING",
        "PYTHONUTF8", "LC_ALL", "LC_CTYPE", "LANG", "UNICODE_VERSION",
    )  # fmt: skip
    return "\n".join(os.environ.get(name, "") for name in names)
