"""What a terminal shows: the cells after everything that was written to it, colours left out.

Just enough of a terminal to tell when something is on the screen: text, the cursor's ways, erasing, scrolling and the
alternate screen. Bytes may be cut anywhere; what is not known is passed over.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

_TOKEN = re.compile(
    r"\x1b\[(?P<parameters>[0-?]*)(?P<between>[ -/]*)(?P<final>[@-~])"
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
    r"|\x1b[P_^X][^\x1b]*\x1b\\"
    r"|\x1b[()*+#%].|\x1b[0-9=>A-OQ-WYZ\\a-z]"
    r"|(?P<control>[\x00-\x1a\x1c-\x1f\x7f])"
    r"|(?P<text>[^\x00-\x1f\x7f]+)",
    re.DOTALL,
)
_MOST_UNFINISHED = 4096


class Picture:
    """The screen of a terminal of so many columns and rows; ``lines`` are its rows as text."""

    def __init__(self, columns: int = 120, rows: int = 40) -> None:
        self.columns = columns
        self.rows = rows
        self.cells = self._blank()
        self.x = self.y = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""

    @property
    def lines(self) -> list[str]:
        """The rows, each of as many characters as there are columns: behind a wide one stands a NUL."""
        return ["".join(row) for row in self.cells]

    def feed(self, data: bytes) -> None:
        """Take what a program wrote."""
        text = self._rest + self._decoder.decode(data)
        at = 0
        while at < len(text):
            token = _TOKEN.match(text, at)
            if token is None:
                if text[at] == "\x1b" and len(text) - at < _MOST_UNFINISHED:
                    break
                at += 1
                continue
            at = token.end()
            if token["text"]:
                self._write(token["text"])
            elif token["final"]:
                self._control(token["final"], token["parameters"])
            elif token["control"]:
                self._move(token["control"])
        self._rest = text[at:]

    def _blank(self) -> list[list[str]]:
        return [[" "] * self.columns for _ in range(self.rows)]

    def _write(self, text: str) -> None:
        if text.isascii() and self.x + len(text) <= self.columns:
            self.cells[self.y][self.x : self.x + len(text)] = text
            self.x += len(text)
            return
        for character in text:
            self._write_one(character)

    def _write_one(self, character: str) -> None:
        if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
            return
        width = 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if self.x + width > self.columns:
            self.x = 0
            self._line_feed()
        row = self.cells[self.y]
        row[self.x] = character
        if width == 2:
            row[self.x + 1] = "\0"
        self.x += width

    def _move(self, control: str) -> None:
        if control == "\r":
            self.x = 0
        elif control in "\n\x0b\x0c":
            self._line_feed()
        elif control == "\b":
            self.x = max(0, self.x - 1)
        elif control == "\t":
            self.x = min(self.columns - 1, (self.x // 8 + 1) * 8)

    def _line_feed(self) -> None:
        if self.y < self.rows - 1:
            self.y += 1
        else:
            self.cells = [*self.cells[1:], [" "] * self.columns]

    def _control(self, final: str, parameters: str) -> None:
        if parameters[:1] in ("?", ">", "<", "="):
            if final in "hl" and {"?1049", "?1047", "?47"} & {parameters.split(";", 1)[0]}:
                self.cells = self._blank()
            return
        numbers = [int(part) if part.isdigit() else 0 for part in parameters.split(";")]
        first = numbers[0]
        count = max(1, first)
        if final in "Hf":
            self._go(max(1, (*numbers, 0)[1]) - 1, count - 1)
        elif final in "ABCDEFGd`":
            self._step(final, count)
        elif final in "JK":
            self._erase(final, first)
        elif final in "PX@":
            self._edit(final, count)
        elif final in "LMST":
            self._shift(final, count)

    def _go(self, x: int, y: int) -> None:
        self.x, self.y = min(max(x, 0), self.columns - 1), min(max(y, 0), self.rows - 1)

    def _step(self, final: str, count: int) -> None:
        x, y = self.x, self.y
        ways = {
            "A": (x, y - count),
            "B": (x, y + count),
            "C": (x + count, y),
            "D": (x - count, y),
            "E": (0, y + count),
            "F": (0, y - count),
            "G": (count - 1, y),
            "`": (count - 1, y),
            "d": (x, count - 1),
        }
        self._go(*ways[final])

    def _erase(self, final: str, which: int) -> None:
        row = self.cells[self.y]
        start = 0 if which else min(self.x, self.columns)
        end = min(self.x + 1, self.columns) if which == 1 else self.columns
        row[start:end] = [" "] * (end - start)
        if final == "J":
            above, below = range(self.y), range(self.y + 1, self.rows)
            for y in {0: [*below], 1: [*above]}.get(which, [*above, *below]):
                self.cells[y] = [" "] * self.columns

    def _edit(self, final: str, count: int) -> None:
        row, x = self.cells[self.y], self.x
        if final == "X":
            row[x : x + count] = [" "] * len(row[x : x + count])
        elif final == "P":
            self.cells[self.y] = (row[:x] + row[x + count :] + [" "] * count)[: self.columns]
        else:
            self.cells[self.y] = (row[:x] + [" "] * count + row[x:])[: self.columns]

    def _shift(self, final: str, count: int) -> None:
        """Insert or delete lines at the cursor, or scroll the whole screen; margins are not known here."""
        top = self.y if final in "LM" else 0
        fresh = [[" "] * self.columns for _ in range(min(count, self.rows - top))]
        kept = self.cells[top:]
        moved = [*fresh, *kept] if final in "LT" else [*kept[count:], *fresh]
        self.cells[top:] = moved[: self.rows - top]
