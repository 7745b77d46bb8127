"""A terminal that draws pictures: Kitty's graphics protocol as its text says, as strict as it may be."""

from __future__ import annotations

import re
import unicodedata
from base64 import b64decode
from dataclasses import dataclass, field

from tests.cells import Cell, Cells
from tests.terminal import ANSWERS, Terminal

NAME = (b"\x1b[>q", b"\x1bP>|kitty(0.45.0)\x1b\\")
QUESTION, YES = b"\x1b_Gi=1,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\", b"\x1b_Gi=1;OK\x1b\\"
PLACEHOLDER = "\U0010eeee"
_GRAPHICS = re.compile(rb"\x1b_G([^;\x1b]*)(?:;([^\x1b]*))?\x1b\\")
_LEFT_OUT = frozenset((*range(0x300, 0x305), *range(0x306, 0x30D), 0x30F, 0x311, 0x313, 0x314, 0x342, 0x653, 0x654))
MARKS = [  # how gen/rowcolumn-diacritics.txt says that it was made; beyond these, Unicode has grown since
    chr(code)
    for code in range(0x300, 0x800)
    if unicodedata.category(chr(code)) == "Mn"
    and unicodedata.combining(chr(code)) == 230
    and not unicodedata.decomposition(chr(code))
    and code not in _LEFT_OUT
]


@dataclass
class Image:
    """A picture that the terminal has, and the cells that it is to be shown in."""

    columns: int
    rows: int
    data: bytes = b""


@dataclass
class Graphics:
    """What was written, as the terminal takes it; anything that is not as the protocol says fails the test."""

    width: int
    height: int
    images: dict[int, Image] = field(default_factory=dict)
    sent: list[int] = field(default_factory=list)
    questions: int = 0
    _begun: tuple[int, Image] | None = None
    _seen: int = 0

    def __post_init__(self) -> None:
        self.cells = Cells(self.width, self.height)

    def take(self, output: bytes) -> None:
        """All output so far, of which only what is new counts; the beginning of a sequence waits for its end."""
        fresh = output[self._seen :]
        begun = fresh.rfind(b"\x1b_G")
        if begun >= 0 and b"\x1b\\" not in fresh[begun:]:
            fresh = fresh[:begun]
        elif fresh.endswith((b"\x1b", b"\x1b_")):
            fresh = fresh[: fresh.rfind(b"\x1b")]
        self._seen += len(fresh)
        at = 0
        for found in _GRAPHICS.finditer(fresh):
            self.cells.feed(fresh[at : found.start()])
            at = found.end()
            keys = dict(pair.split("=") for pair in found[1].decode("ascii").split(","))
            self._command(keys, found[2] or b"")
        self.cells.feed(fresh[at:])

    def _command(self, keys: dict[str, str], payload: bytes) -> None:
        if keys.get("a") == "q":
            self.questions += 1
            return
        assert keys["q"] == "2", "answers would come among the keys"
        assert len(payload) <= 4096
        if self._begun is not None:
            assert keys.keys() == {"q", "m"}, keys
            self._chunk(keys, payload)
        elif keys["a"] == "d":
            assert keys["d"] == "I"
            self.images.pop(int(keys["i"]), None)
        else:
            assert keys.keys() == {"a", "U", "q", "f", "t", "i", "c", "r", "m"}
            assert (keys["a"], keys["U"], keys["f"], keys["t"]) == ("T", "1", "100", "d")
            self._begun = int(keys["i"]), Image(int(keys["c"]), int(keys["r"]))
            self._chunk(keys, payload)

    def _chunk(self, keys: dict[str, str], payload: bytes) -> None:
        assert self._begun is not None
        number, image = self._begun
        if keys["m"] == "1":
            assert len(payload) % 4 == 0
        image.data += b64decode(payload)
        if keys["m"] == "0":
            self._begun = None
            self.images[number] = image
            self.sent.append(number)

    def shown(self) -> dict[tuple[int, int], tuple[int, int, int]]:
        """By column and row of the screen: the number of the picture there, and which column and row of it."""
        found = {}
        for y, line in enumerate(self.cells.lines()):
            for x, cell in enumerate(line):
                if cell.text.startswith(PLACEHOLDER) and len(cell.text) >= 3:
                    row, column = (MARKS.index(mark) for mark in cell.text[1:3])
                    found[x, y] = (_number(cell), column, row)
        return found


def _number(cell: Cell) -> int:
    kind, *parts = map(int, cell.ink.split(";"))
    return parts[0] if kind == 5 else parts[0] << 16 | parts[1] << 8 | parts[2]


class Kitty(Terminal):
    """A program in such a terminal."""

    answers = ((QUESTION, YES), NAME, *(each for each in ANSWERS if each[0] != NAME[0]))
