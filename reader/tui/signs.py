"""Every sign that the screen draws, with a stand-in for terminals that know only ASCII."""

from __future__ import annotations

import codecs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


class Signs:
    """The signs in force; each is one cell wide but for ``ellipsis`` and ``dot``, which may be wider in ASCII."""

    ascii_only = False
    unread = "●"
    bookmark = "★"
    trouble = "⚠"
    picked = "◉"
    not_picked = "○"
    pointer = "›"
    dot = " · "
    rule = "─"
    bar = "│"
    ellipsis = "…"
    fold_open = "▾"
    fold_shut = "▸"
    thumb = "▐"
    progress = "▏▎▍▌▋▊▉█"


class _Ascii(Signs):
    ascii_only = True
    unread = "*"
    bookmark = "+"
    trouble = "!"
    picked = "x"
    not_picked = "o"
    pointer = ">"
    dot = " - "
    rule = "-"
    bar = "|"
    ellipsis = "..."
    fold_open = "v"
    fold_shut = ">"
    thumb = "#"
    progress = "#"


FULL = Signs()
ASCII: Signs = _Ascii()


def signs(ascii_only: bool) -> Signs:
    """The set to draw with."""
    return ASCII if ascii_only else FULL


def plain_terminal(environ: Mapping[str, str], encoding: str | None) -> bool:
    """Whether this terminal can show only ASCII: the Linux console and dumb ones, or output that is not UTF-8."""
    if environ.get("READER_ASCII") or environ.get("TERM") in ("linux", "dumb", "vt100", "vt220"):
        return True
    try:
        return codecs.lookup(encoding or "ascii").name not in ("utf-8", "utf-16", "utf-32", "cp65001")
    except LookupError:
        return True


def progress_bar(done: int, total: int, width: int, among: Signs) -> str:
    """A bar of at most ``width`` cells, in eighths of a cell where the terminal can show them; no padding."""
    steps = len(among.progress)
    filled = min(max(done, 0), total) * width * steps // total if total > 0 else 0
    whole, rest = divmod(filled, steps)
    return among.progress[-1] * whole + (among.progress[rest - 1] if rest else "")
