"""The system's clipboard, where this terminal stands on the same desk: a program of the system's takes the text.

Beside it the terminal itself is told (OSC 52), which is all that can be done over SSH.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping

from reader.tui.programs import refusal

_SECONDS = 5.0


def program(environ: Mapping[str, str], platform: str, has: Callable[[str], bool]) -> tuple[str, ...] | None:
    """The command that takes a text for the clipboard on its standard input; None where there is no such display."""
    if environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"):
        return None
    found = (command for command, holds in _known(environ, platform) if holds and has(command[0]))
    return next(found, None)


def _known(environ: Mapping[str, str], platform: str) -> tuple[tuple[tuple[str, ...], bool], ...]:
    """Commands and whether this is a place for them, the best first."""
    return (
        (("pbcopy",), platform == "darwin"),
        (("clip.exe",), platform == "win32" or bool(environ.get("WSL_DISTRO_NAME"))),
        (("termux-clipboard-set",), bool(environ.get("TERMUX_VERSION"))),
        (("wl-copy",), bool(environ.get("WAYLAND_DISPLAY"))),
        (("xclip", "-selection", "clipboard", "-in"), bool(environ.get("DISPLAY"))),
        (("xsel", "--clipboard", "--input"), bool(environ.get("DISPLAY"))),
    )


def copy(text: str) -> str:
    """Give a text to this system's clipboard, if it has one; why it did not take it, else ""."""
    command = program(os.environ, sys.platform, lambda name: shutil.which(name) is not None)
    return "" if command is None else put(command, text)


def put(command: tuple[str, ...], text: str) -> str:
    """Give a text to the program; why it did not take it, else ""."""
    # clip.exe takes bytes for the console's old code page, unless they are marked as UTF-16
    data = text.encode("utf-16" if command[0] == "clip.exe" else "utf-8", "replace")
    quiet = subprocess.DEVNULL  # some stay behind to serve the text, and would hold a pipe open
    try:
        code = subprocess.run(command, input=data, stdout=quiet, stderr=quiet, timeout=_SECONDS, check=False).returncode
    except subprocess.TimeoutExpired:
        return f"{command[0]} does not answer"
    except (OSError, ValueError) as error:
        return refusal(command[0], error)
    return f"{command[0]} failed" if code else ""
