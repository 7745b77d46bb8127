"""From spans to the runs that will be drawn, and from lines of offsets back to runs.

Pieces are the runs of a whole leaf before it is broken into lines: its spans, with raised and lowered characters where
Unicode has them, and the small numbers behind links.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from reader.document import signs
from reader.document.lines import Run, Style
from reader.document.nodes import Span
from reader.document.wrap import ranges

_SHIFTED = Style.SUPERSCRIPT | Style.SUBSCRIPT


def pieces(spans: Sequence[Span], style: Style, base: int, numbers: Mapping[str, int], marks: signs.Signs) -> list[Run]:
    """The runs of a leaf whose text starts at offset ``base``."""
    runs: list[Run] = []
    offset, sign_only = base, True
    for index, span in enumerate(spans):
        runs += _shifted(span, style, offset, marks) if span.style & _SHIFTED else (_run(span, style, offset),)
        offset += len(span.text)
        if span.href is None:
            continue
        sign_only = sign_only and (bool(span.style & Style.SUPERSCRIPT) or _is_sign(span))
        if index + 1 < len(spans) and spans[index + 1].href == span.href:
            continue
        if not sign_only and span.href in numbers:
            sign = signs.number(numbers[span.href], marks)
            runs.append(Run(sign, style | Style.LINK_NUMBER, span.href))
        sign_only = True
    return runs


def _is_sign(span: Span) -> bool:
    """Whether a link is but a sign that leads to another place in the text, such as the arrow back from a footnote."""
    return span.href is not None and span.href[0] == "#" and not any(map(str.isalnum, span.text))


def _run(span: Span, style: Style, start: int) -> Run:
    link = Style.LINK if span.href is not None else Style.TEXT
    return Run(span.text, style | span.style | link, span.href, start)


def _shifted(span: Span, style: Style, start: int, marks: signs.Signs) -> list[Run]:
    """A raised or lowered span: in characters of that kind, else marked by "^" or "_"; of a footnote in brackets.

    A raised number that is a link would look like the small number behind one.
    """
    if span.href is not None and span.href[0] == "#" and span.text.isalnum() and not marks.plain:
        run = replace(_run(span, style, start), style=(style | span.style | Style.LINK) & ~_SHIFTED)
        return [Run("[", run.style, span.href), run, Run("]", run.style, span.href)]
    shift, mark = (signs.raised, "^") if span.style & Style.SUPERSCRIPT else (signs.lowered, "_")
    run = _run(span, style, start)
    if not marks.plain and (text := shift(span.text)):
        return [Run(text, run.style, run.href, start)]
    if not span.text.strip() or not span.text[0].isalnum():
        return [run]
    before, after = (mark, "") if len(span.text) == 1 else (mark + "(", ")")
    sides = [Run(text, run.style, run.href) for text in (before, after)]
    return [sides[0], run, sides[1]] if after else [sides[0], run]


def lines(runs: Sequence[Run], width: int) -> Iterator[tuple[tuple[Run, ...], int]]:
    """The runs broken into lines of at most ``width`` cells, each with its cells; a line without text has no runs."""
    if len(runs) == 1:
        run = runs[0]
        for start, stop, cells in ranges(run.text, width):
            yield (_cut(run, start, stop),) if stop > start else (), cells
        return
    text = "".join(run.text for run in runs)
    seams = list(accumulate(len(run.text) for run in runs))
    index = 0
    for start, stop, cells in ranges(text, width, seams):
        while index < len(seams) and seams[index] <= start:
            index += 1
        yield tuple(between(runs, seams, index, start, stop)), cells


def between(runs: Sequence[Run], seams: Sequence[int], index: int, start: int, stop: int) -> Iterator[Run]:
    """The runs between two offsets of the joined text; ``seams`` are their ends, ``index`` is the run of ``start``."""
    while start < stop:
        run = runs[index]
        begin = seams[index] - len(run.text)
        end = min(stop, seams[index])
        if end > start:
            yield _cut(run, start - begin, end - begin)
        start = end
        index += 1


def _cut(run: Run, start: int, stop: int) -> Run:
    """A part of a run."""
    if start == 0 and stop == len(run.text):
        return run
    return Run(run.text[start:stop], run.style, run.href, run.start + start if run.start >= 0 else -1)
