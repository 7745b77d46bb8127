"""Code as lines: every character kept, on a surface that is filled up to the width, its parts told apart by style."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise

from reader.document.cells import cell_len, clusters
from reader.document.highlight import highlighted
from reader.document.language_names import language_of
from reader.document.lines import Run, Style
from reader.document.nodes import Code, spans_text
from reader.document.pieces import between, pieces
from reader.document.signs import Signs

_SPACES, _SIGNS = " \t", ",;.:([{|&/=-"  # behind which a line may be broken
_TAB = 4  # cells between tab stops
_PADDED = 12  # from this width on the surface stands out by a cell on either side


def code_lines(
    code: Code, width: int, style: Style, base: int, numbers: Mapping[str, int], signs: Signs
) -> Iterator[tuple[Run, ...]]:
    """The runs of each line, ``width`` cells wide. A line that is longer goes on in the next one behind a sign."""
    side = (Run(" ", style),) if width >= _PADDED else ()
    room = width - 2 * len(side)
    sign = Run(signs.continuation + " ", style | Style.CONTINUATION)
    for source in _styled(code, base, _source_lines(pieces(code.spans, style, base, numbers, signs))):
        for index, (runs, cells) in enumerate(_cut(_expanded(source), room, room - 2)):
            fill = room - cells - 2 * bool(index)
            filled = (Run(" " * fill, style),) if fill else ()
            yield (*side, *((sign,) if index else ()), *runs, *filled, *side)


def _styled(code: Code, base: int, lines: Iterator[list[Run]]) -> Iterator[list[Run]]:
    """The lines with the parts of the code in their styles; it is read only as far as lines are asked for."""
    text = spans_text(code.spans)
    language = language_of(code.language, text)
    return highlighted(lines, text, base, language) if language is not None else lines


def _source_lines(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """The runs line by line, as the author wrote them."""
    line: list[Run] = []
    for run in runs:
        offset = run.start
        for index, text in enumerate(run.text.split("\n")):
            if index:
                yield line
                line = []
            if text:
                line.append(Run(text, run.style, run.href, offset))
            offset += len(text) + 1 if offset >= 0 else 0
    yield line


def _expanded(runs: Sequence[Run]) -> list[Run]:
    """A line with its tabs as spaces up to the next tab stop."""
    if not any("\t" in run.text for run in runs):
        return list(runs)
    line: list[Run] = []
    used = 0
    for run in runs:
        offset = run.start
        for index, text in enumerate(run.text.split("\t")):
            if index:
                gap = _TAB - used % _TAB
                used += gap
                line.append(Run(" " * gap, run.style, run.href))
            if text:
                line.append(Run(text, run.style, run.href, offset))
                used += cell_len(text)
            offset += len(text) + 1 if offset >= 0 else 0
    return line


def _cut(runs: list[Run], width: int, later: int) -> Iterator[tuple[list[Run], int]]:
    """A line in parts of at most ``width`` cells, ``later`` after the first, each with its cells."""
    total = sum(cell_len(run.text) for run in runs)
    if total <= width:
        yield runs, total
        return
    text = "".join(run.text for run in runs)
    seams = list(accumulate(len(run.text) for run in runs))
    at = index = 0
    for stop, cells in _parts(text, seams, width, later):
        while seams[index] <= at:
            index += 1
        yield list(between(runs, seams, index, at, stop)), cells
        at = stop


def _parts(text: str, seams: Sequence[int], width: int, later: int) -> Iterator[tuple[int, int]]:
    """Where the parts of a long line end, and their cells: behind a word or a sign where that is not far back."""
    part: list[tuple[int, int]] = []  # where its characters end, and their cells
    used = 0
    for first, last in pairwise([0, *seams]):
        for _, stop, cells in clusters(text, first, last):
            while part and used + cells > width:
                count = _count(text, part)
                kept = sum(wide for _, wide in part[:count])
                yield part[count - 1][0], kept
                part, used, width = part[count:], used - kept, later
            part.append((stop, cells))
            used += cells
    yield len(text), used


def _count(text: str, part: Sequence[tuple[int, int]]) -> int:
    """How much of a part that is full stays on its line: up to a space, else up to a sign, if that is not far back."""
    places = range(len(part), len(part) * 2 // 3, -1)
    for ends in (_SPACES, _SIGNS):
        for count in places:
            at = part[count - 1][0]
            if text[at - 1] in ends and text[at] not in _SPACES:
                return count
    return len(part)
