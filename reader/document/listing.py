"""Code as lines: every character kept, on a surface that is filled up to the width, its parts told apart by style."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reader.document.cells import cell_len, clusters
from reader.document.highlight import highlighted
from reader.document.language_names import language_of
from reader.document.lines import Run, Style
from reader.document.nodes import Code, spans_text
from reader.document.pieces import pieces
from reader.document.signs import Signs

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
    part: list[Run] = []
    used = 0
    for run in runs:
        start = 0
        for first, _, cells in clusters(run.text):
            if used + cells > width and used:
                yield [*part, *_sub(run, start, first)], used
                part, used, width, start = [], 0, later, first
            used += cells
        part += _sub(run, start, len(run.text))
    yield part, used


def _sub(run: Run, start: int, stop: int) -> list[Run]:
    """A part of a run, if there is any."""
    offset = run.start + start if run.start >= 0 else -1
    return [Run(run.text[start:stop], run.style, run.href, offset)] if stop > start else []
