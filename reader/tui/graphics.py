"""Kitty's graphics protocol with Unicode placeholders, as sequences of characters. Pure.

A picture is sent once, with a virtual placement of so many cells; then every cell that holds the placeholder in the
colour of the picture's number, with its row and column as combining marks, shows that part of it. So pictures scroll,
are covered and go away as text does (sw.kovidgoyal.net/kitty/graphics-protocol, "Unicode placeholders"). No answer is
wanted (``q=2``): it would come among the keys.
"""

from __future__ import annotations

import os
from base64 import standard_b64encode
from collections.abc import Iterator, Mapping

_CHUNK = 4096
_PLACEHOLDER = "\U0010eeee"
# The marks that count from 0: gen/rowcolumn-diacritics.txt of kitty, as spans of code points.
_SPANS = (
    "305 30d-30e 310 312 33d-33f 346 34a-34c 350-352 357 35b 363-36f 483-487 592-595 597-599 59c-5a1 5a8-5a9 5ab-5ac"
    " 5af 5c4 610-617 657-65b 65d-65e 6d6-6dc 6df-6e2 6e4 6e7-6e8 6eb-6ec 730 732-733 735-736 73a 73d 73f-741 743 745"
    " 747 749-74a 7eb-7f1 7f3 816-819 81b-823 825-827 829-82d 951 953-954 f82-f83 f86-f87 135d-135f 17dd 193a 1a17"
    " 1a75-1a7c 1b6b 1b6d-1b73 1cd0-1cd2 1cda-1cdb 1ce0 1dc0-1dc1 1dc3-1dc9 1dcb-1dcc 1dd1-1de6 1dfe"
)
_MARKS = tuple(
    chr(mark)
    for first, _, last in (span.partition("-") for span in _SPANS.split())
    for mark in range(int(first, 16), int(last or first, 16) + 1)
)
MOST_CELLS = len(_MARKS)
CUT = "\x1b_Gq=2,m=0;\x1b\\"  # ends a picture of which not all was sent


def sent(number: int, png: bytes, columns: int, rows: int) -> Iterator[str]:
    """The sequences that make a picture known under a number, to be shown in so many cells, and in this order."""
    data = standard_b64encode(png).decode("ascii")
    keys = f"a=T,U=1,q=2,f=100,t=d,i={number},c={columns},r={rows}"
    for start in range(0, len(data), _CHUNK):
        more = int(start + _CHUNK < len(data))
        yield f"\x1b_G{keys},m={more};{data[start : start + _CHUNK]}\x1b\\"
        keys = "q=2"


def forgotten(number: int) -> str:
    """The sequence that makes the terminal forget a picture, its data included."""
    return f"\x1b_Ga=d,d=I,q=2,i={number}\x1b\\"


def placeholders(row: int, columns: int) -> str:
    """The cells that show a row of a picture; each names its row and column, so that any of them may be covered."""
    return "".join(f"{_PLACEHOLDER}{_MARKS[row]}{_MARKS[column]}" for column in range(columns))


def passed_through(sequence: str) -> str:
    """A sequence as tmux hands it on to the terminal that it runs in."""
    return "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"


def is_between(environ: Mapping[str, str]) -> bool:
    """Whether tmux or screen stands between us and the terminal."""
    return bool(environ.get("TMUX")) or environ.get("TERM", "").startswith(("tmux", "screen"))


def may_ask(environ: Mapping[str, str]) -> bool:
    """Whether the terminal itself would answer, and not write the question on the screen, as Apple's does."""
    return not is_between(environ) and environ.get("TERM_PROGRAM") != "Apple_Terminal"


def cell_size() -> tuple[int, int]:
    """The width and height of a cell in pixels; twice as high as wide where the terminal does not say."""
    try:
        import fcntl
        import struct
        import termios

        rows, columns, width, height = struct.unpack("HHHH", fcntl.ioctl(1, termios.TIOCGWINSZ, bytes(8)))
    except (ImportError, OSError):
        return 8, 16
    if not (rows and columns and width >= columns and height >= rows) or not os.isatty(1):
        return 8, 16
    return max(1, width // columns), max(1, height // rows)
