"""Finding words on the lines of a page, whatever their case and accents, over the ends of lines too.

Words are told apart as the search of the library does: runs of letters and digits; Han, kana and hangul one character
at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from reader.document.lines import Line
from reader.text import fold

_EAST_ASIAN = "\u1100-\u11ff\u3041-\u30ff\u3131-\u318e\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
_EAST_ASIAN += "\U00020000-\U0003ffff"
_TOKEN = re.compile(f"[{_EAST_ASIAN}]|[^\\W_{_EAST_ASIAN}]+")


@dataclass(frozen=True, slots=True)
class Term:
    """What to find: words that follow one another; with ``prefix`` the last one may go on."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a line: its index, and offsets in ``Line.text``."""

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a term was found: the leaf, offsets in its text, and the stretches of lines that show it."""

    block: int
    start: int
    end: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text of a leaf on a line."""

    start: int
    text: str
    line: int
    column: int


def hits(lines: Iterable[Line], terms: Iterable[Term]) -> list[Hit]:
    """Where the terms stand, in the order of the text; where two overlap, the one that starts first."""
    patterns = [pattern for pattern in map(_pattern, terms) if pattern]
    found: list[Hit] = []
    if not patterns:
        return found
    numbered = enumerate(lines)
    for block, group in groupby(numbered, key=lambda pair: pair[1].block):
        pieces = sorted(_pieces(group), key=lambda piece: piece.start)
        found += (_hit(block, start, end, pieces) for start, end in _spans(pieces, patterns))
    return found


def _pieces(lines: Iterable[tuple[int, Line]]) -> Iterator[_Piece]:
    """The text on lines, without signs."""
    for index, line in lines:
        column = 0
        for run in line.runs:
            if run.start >= 0:
                yield _Piece(run.start, run.text, index, column)
            column += len(run.text)


def _spans(pieces: list[_Piece], patterns: list[re.Pattern[str]]) -> list[tuple[int, int]]:
    """The offsets in a leaf's text that patterns match, none overlapping another."""
    text, offset = _joined(pieces)
    folded, origin = _folded(text)
    matches = sorted(
        (offset + origin[match.start()], offset + _end(origin, match.end(), len(text)))
        for pattern in patterns
        for match in pattern.finditer(folded)
    )
    spans: list[tuple[int, int]] = []
    for start, end in matches:
        if not spans or start >= spans[-1][1]:
            spans.append((start, end))
    return spans


def _joined(pieces: list[_Piece]) -> tuple[str, int]:
    """The text that pieces show, spaces where none shows what lies between, and the offset of its start."""
    if not pieces:
        return "", 0
    parts: list[str] = []
    at = pieces[0].start
    for piece in pieces:
        parts.append(" " * (piece.start - at))
        parts.append(piece.text)
        at = piece.start + len(piece.text)
    return "".join(parts), pieces[0].start


def _folded(text: str) -> tuple[str, range | list[int]]:
    """Text without case and accents, and for each of its characters the offset of the one it comes from."""
    if text.isascii():
        return text.lower(), range(len(text))
    parts = [fold(char) for char in text]
    return "".join(parts), [index for index, part in enumerate(parts) for _ in part]


def _end(origin: range | list[int], end: int, length: int) -> int:
    """The offset after the last character of a match, accents that follow it included."""
    return max(origin[end - 1] + 1, origin[end] if end < len(origin) else length)


def _pattern(term: Term) -> re.Pattern[str] | None:
    """What matches a term in folded text; nothing for one without a letter or digit."""
    tokens = [token for word in term.words for token in _TOKEN.findall(fold(word))]
    if not tokens:
        return None
    pattern = "" if _is_east_asian(tokens[0]) else r"(?<![^\W_])"
    for index, token in enumerate(tokens):
        if index:
            between = _is_east_asian(token) or _is_east_asian(tokens[index - 1])
            pattern += r"[\W_]*" if between else r"[\W_]+"
        pattern += re.escape(token)
    if not term.prefix and not _is_east_asian(tokens[-1]):
        pattern += r"(?![^\W_])"
    elif term.prefix:
        pattern += f"[^\\W_{_EAST_ASIAN}]*"
    return re.compile(pattern)


def _is_east_asian(token: str) -> bool:
    return re.match(f"[{_EAST_ASIAN}]", token) is not None


def _hit(block: int, start: int, end: int, pieces: list[_Piece]) -> Hit:
    """A hit with the stretches that show it."""
    parts = []
    for piece in pieces:
        first, last = max(start, piece.start), min(end, piece.start + len(piece.text))
        if first < last:
            at = piece.column - piece.start
            parts.append(Part(piece.line, first + at, last + at))
    return Hit(block, start, end, tuple(parts))
