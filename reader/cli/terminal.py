"""What the terminal can do, as far as it can be known without asking it."""

from __future__ import annotations

import os
import sys
from shutil import get_terminal_size, which

from reader.cli.output import Output
from reader.library.doctor import Finding

_DUMB = ("", "dumb", "unknown")
_COLUMNS, _ROWS = 60, 15
_CLIPBOARDS = (
    ("WAYLAND_DISPLAY", "wl-copy"),
    ("DISPLAY", "xclip"),
    ("DISPLAY", "xsel"),
    ("TERMUX_VERSION", "termux-clipboard-set"),
)
_REMOTE = ("SSH_CONNECTION", "SSH_TTY")


def look_at(output: Output) -> tuple[list[Finding], str]:
    """What is wrong with the terminal, and what it is."""
    if not output.terminal:
        return [], "not looked at: the output is none"
    size, kind = get_terminal_size((80, 24)), os.environ.get("TERM", "")
    found = []
    if sys.platform != "win32" and kind in _DUMB:
        found.append(Finding("terminal", "it can draw no screen (TERM)", "line by line: reader --plain"))
    if "utf" not in (output.out.encoding or "").lower():
        found.append(Finding("terminal", f"its encoding is {output.out.encoding}, not UTF-8", "set LANG, or LC_ALL"))
    if size.columns < _COLUMNS or size.lines < _ROWS:
        words = f"{size.columns} by {size.lines} cells are few"
        found.append(Finding("terminal", words, f"{_COLUMNS} by {_ROWS} show more"))
    cells = f"{size.columns} by {size.lines}"
    return found, f"{kind}, {cells}, {_colours()}, {output.out.encoding}, {_clipboard()}{_tmux()}"


def _colours() -> str:
    if os.environ.get("NO_COLOR"):
        return "no colours (NO_COLOR)"
    if os.environ.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return "16 million colours"
    return "256 colours" if "256" in os.environ.get("TERM", "") else "16 colours"


def _clipboard() -> str:
    if sys.platform in ("win32", "darwin"):
        return "with a clipboard"
    here = not any(os.environ.get(name) for name in _REMOTE)
    found = next((program for name, program in _CLIPBOARDS if here and os.environ.get(name) and which(program)), None)
    return f"clipboard by {found}" if found else "clipboard by the terminal alone (OSC 52)"


def _tmux() -> str:
    return ", inside tmux" if os.environ.get("TMUX") else ""
