"""What a terminal shows of the bytes that were written to it: cells with their colours, as far as our programs draw."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from rich.cells import cell_len

_TOKEN = re.compile(
    r"\x1b\[(?P<params>[0-?]*)[ -/]*(?P<final>[@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1bP[^\x1b]*\x1b\\"
    r"|\x1b[()][0-9A-B]"
    r"|\x1b[=>78cM]|(?P<sign>[^\x1b\x00-\x1f])|(?P<control>[\x00-\x1a\x1c-\x1f])"
)
_LONGEST = 100
_FLAGS = {1: "bold", 2: "dim", 3: "italic", 4: "underline", 7: "reverse", 9: "strike"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; the colour of a blank one's ink says nothing, so it has none."""

    text: str = " "
    ink: str = ""
    ground: str = ""
    flags: frozenset[str] = frozenset()


class Cells:
    """A screen of some size; ``alternate`` says whether the program has its own."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.alternate = False
        self._lines = [[Cell()] * width for _ in range(height)]
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""
        self._x = self._y = 0
        self._ink = self._ground = ""
        self._flags: frozenset[str] = frozenset()

    def feed(self, data: bytes) -> None:
        """Draw what was written; it may be cut anywhere."""
        text = self._rest + self._decoder.decode(data)
        cut = text.rfind("\x1b")
        if cut >= 0 and _TOKEN.match(text, cut) is None and len(text) - cut < _LONGEST:
            text, self._rest = text[:cut], text[cut:]
        else:
            self._rest = ""
        for token in _TOKEN.finditer(text):
            if token["sign"]:
                self._put(token["sign"])
            elif token["control"]:
                self._control(token["control"])
            elif token["final"]:
                self._sequence(token["final"], token["params"])

    def lines(self) -> list[list[Cell]]:
        """A copy of all cells."""
        return [list(line) for line in self._lines]

    def text(self) -> list[str]:
        """The lines without their colours."""
        return ["".join(cell.text for cell in line) for line in self._lines]

    def _put(self, sign: str) -> None:
        width = cell_len(sign)
        line = self._lines[self._y]
        at = min(self._x, self.width) - 1
        at -= at > 0 and not line[at].text
        if self._x and (width == 0 or line[at].text.endswith("\u200d")):
            before = line[at]
            line[at] = Cell(before.text + sign, before.ink, before.ground, before.flags)
            return
        for half in (self._x - 1, self._x + width):  # of a wide sign that is drawn over, the other half goes
            over = max(half, self._x)
            if half >= 0 and over < self.width and line[over].text == "":
                line[half] = Cell(" ", "", line[half].ground)
        for offset in range(width):
            if self._x < self.width:
                text = sign if offset == 0 else ""
                flags = frozenset() if text == " " else self._flags
                ink = "" if text == " " else self._ink
                line[self._x] = Cell(text, ink, self._ground, flags)
            self._x += 1

    def _control(self, sign: str) -> None:
        if sign == "\r":
            self._x = 0
        elif sign == "\n":
            self._y = min(self._y + 1, self.height - 1)

    def _sequence(self, final: str, params: str) -> None:
        numbers = [int(number or 0) for number in params.lstrip("?<>=").split(";")] if params else [0]
        if final in "Hf":
            self._y = min(max(numbers[0], 1), self.height) - 1
            self._x = min(max(numbers[1] if len(numbers) > 1 else 1, 1), self.width) - 1
        elif final == "m":
            self._colour(numbers)
        elif final in "hl" and params == "?1049":
            self.alternate = final == "h"
            self._lines = [[Cell()] * self.width for _ in range(self.height)]

    def _colour(self, numbers: list[int]) -> None:
        while numbers:
            number = numbers.pop(0)
            if number == 0:
                self._ink = self._ground = ""
                self._flags = frozenset()
            elif number in _FLAGS:
                self._flags |= {_FLAGS[number]}
            elif number in (38, 48):
                length = 4 if numbers[0] == 2 else 2
                name = ";".join(map(str, numbers[:length]))
                del numbers[:length]
                self._ink, self._ground = (name, self._ground) if number == 38 else (self._ink, name)
            elif 30 <= number <= 37 or 90 <= number <= 97:
                self._ink = str(number)
            elif 40 <= number <= 47 or 100 <= number <= 107:
                self._ground = str(number)
            elif number == 39:
                self._ink = ""
            elif number == 49:
                self._ground = ""
