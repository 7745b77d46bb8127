"""Lines of a page as values: what stands where, in which style, and which characters of the text it shows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntFlag, auto


class Style(IntFlag):
    """How a run looks; flags combine (a link in bold in a quote), later ones go on top of earlier ones.

    First what a stretch of text is part of, then how it is marked, then the signs that the typesetter adds, which are
    no part of the text. ``names`` gives the flags of a style in this order.
    """

    TEXT = 0
    QUOTE = auto()  # inside a block quote
    CAPTION = auto()  # a picture's or a table's caption
    IMAGE = auto()  # "[image: what it shows]"
    TERM = auto()  # the term of a definition
    SUMMARY = auto()  # the line above details
    TABLE_HEAD = auto()  # a head cell
    CODE_BLOCK = auto()  # the surface of a code block, its padding included
    CODE_COMMENT = auto()  # the parts of code, in a code block only
    CODE_KEYWORD = auto()
    CODE_STRING = auto()
    CODE_NUMBER = auto()
    CODE_NAME = auto()  # a name where it is defined
    HEADING1 = auto()
    HEADING2 = auto()
    HEADING3 = auto()
    HEADING4 = auto()
    HEADING5 = auto()
    HEADING6 = auto()
    STRONG = auto()
    EMPHASIS = auto()
    CODE = auto()  # code within a line, keys
    STRIKE = auto()
    MARK = auto()  # highlighted by the author
    SUPERSCRIPT = auto()
    SUBSCRIPT = auto()
    LINK = auto()
    LINK_NUMBER = auto()  # the small number behind a link
    QUOTE_BAR = auto()
    MARKER = auto()  # bullet, number or tick of a list item, the sign of details
    RULE = auto()  # a break between sections, the line below a first heading
    TABLE_RULE = auto()  # the line below a table's head
    CONTINUATION = auto()  # the sign before the rest of a code line that did not fit
    ADDED = auto()  # in a comparison with an earlier text
    REMOVED = auto()
    MATCH = auto()  # found by ``find``
    CURRENT = auto()  # the one of those that was gone to
    HINT = auto()  # the letters that follow a link


SIGNS = (
    Style.LINK_NUMBER | Style.QUOTE_BAR | Style.MARKER | Style.RULE | Style.TABLE_RULE | Style.CONTINUATION
)  # a run with one of these is no part of the text


def names(style: Style) -> tuple[str, ...]:
    """The names of a style's flags in small letters and with hyphens, lowest layer first: ("quote", "link")."""
    return tuple(flag.name.lower().replace("_", "-") for flag in style if flag.name)


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one style.

    ``start`` is the offset of its first character in the leaf's text, -1 where it is none of it (signs, padding).
    """

    text: str
    style: Style = Style.TEXT
    href: str | None = None
    start: int = -1


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page, never wider than asked for.

    ``cells`` is its width and ``indent`` how much of it stands before the text, both in cells. ``block`` is the number
    of the leaf it shows and ``start`` the offset of its first character there; both never fall from line to line. An
    empty line belongs to what follows it.
    """

    runs: tuple[Run, ...]
    cells: int
    block: int
    start: int = 0
    indent: int = 0

    @property
    def text(self) -> str:
        """The characters of the line, signs included."""
        return "".join(run.text for run in self.runs)


def line_at(lines: Sequence[Line], block: int, start: int) -> int:
    """The index of the line that shows a character; of the nearest before it where it is not shown; 0 at least."""
    return max(0, bisect_right(lines, (block, start), key=lambda line: (line.block, line.start)) - 1)


def offset_at(line: Line, column: int) -> int:
    """The offset in the leaf's text of the character at an index of ``line.text``, of the next one if it is a sign."""
    offset = line.start
    for run in line.runs:
        if run.start >= 0:
            offset = run.start + max(0, min(column, len(run.text)))
            if column < len(run.text):
                break
        column -= len(run.text)
    return offset


def with_match(line: Line, start: int, end: int, mark: Style = Style.MATCH) -> Line:
    """The line with the characters from ``start`` to before ``end`` of its text marked as found."""
    runs: list[Run] = []
    at = 0
    for run in line.runs:
        first, last = max(0, start - at), min(len(run.text), end - at)
        at += len(run.text)
        runs += _split(run, first, last, mark) if first < last else (run,)
    return replace(line, runs=tuple(runs))


def _split(run: Run, first: int, last: int, mark: Style) -> list[Run]:
    """A run as up to three, the middle one marked."""
    cuts = ((0, first, run.style), (first, last, run.style | mark), (last, len(run.text), run.style))
    return [
        Run(run.text[a:b], style, run.href, run.start + a if run.start >= 0 else -1) for a, b, style in cuts if a < b
    ]
