"""Links by letters: each link that is seen gets a label to type, drawn over its first signs so that nothing moves.

Where each of them leads is said beside: the real host, whatever the text of the link pretends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, product

from reader.document.cells import cell_len, clusters, fit
from reader.document.lines import Line, Run, Style
from reader.document.links import host

_LONGEST_HOSTS = (80, 40, 26, 16)  # cells that a host may take, the fewer the more there are
_BETWEEN = 3
LETTERS = "asdfghjklqwertuiopzxcvbnm"  # without "y", which says that a link is to be copied


@dataclass(frozen=True, slots=True)
class Hint:
    """A link with its label; ``column`` is the index in the line's text at which it begins."""

    label: str
    href: str
    line: int
    column: int


def hints(lines: Iterable[tuple[int, Line]]) -> list[Hint]:
    """The links on some lines, given with their numbers, each once where it begins, with labels as short as can be."""
    found: list[tuple[str, int, int]] = []
    last: tuple[str, int, int] | None = None  # the address, its leaf, and where in its text it goes on
    for number, line in lines:
        column = 0
        for run in line.runs:
            if run.href and run.start >= 0:
                goes_on = last is not None and last[:2] == (run.href, line.block) and run.start <= last[2] + 1
                if not goes_on:
                    found.append((run.href, number, column))
                last = run.href, line.block, run.start + len(run.text)
            column += len(run.text)
    return [Hint(label, *each) for label, each in zip(labels(len(found)), found, strict=False)]


def labels(count: int) -> list[str]:
    """So many labels, none the beginning of another; at most 625."""
    if count <= len(LETTERS):
        return list(LETTERS[:count])
    return ["".join(pair) for pair in product(LETTERS, repeat=2)][:count]


def labelled(line: Line, labels: Sequence[Hint], typed: str = "") -> Line:
    """The line with the labels over its links, less what was typed of them; those that it does not fit are left out."""
    for hint in reversed(labels):
        if hint.label.startswith(typed):
            line = _over(line, hint.column, hint.label[len(typed) :])
    return line


def _over(line: Line, column: int, label: str) -> Line:
    """A line with a label in place of the signs from a column on; its width stays, unless it ends before the label."""
    text = line.text
    end, cells = column, 0
    for _, stop, width in clusters(text, column, len(text)):
        if cells >= len(label):
            break
        end, cells = stop, cells + width
    mark = Run(label + " " * (cells - len(label)), Style.HINT)
    runs = [*_between(line.runs, 0, column), mark, *_between(line.runs, end, len(text))]
    return replace(line, runs=tuple(runs), cells=sum(cell_len(run.text) for run in runs))


def _between(runs: Sequence[Run], start: int, stop: int) -> list[Run]:
    """The runs between two indices of the line's text."""
    kept: list[Run] = []
    at = 0
    for run in runs:
        first, last = max(0, start - at), min(len(run.text), stop - at)
        at += len(run.text)
        if first < last:
            offset = run.start + first if run.start >= 0 else -1
            kept.append(Run(run.text[first:last], run.style, run.href, offset))
    return kept


def hosts(labels: Sequence[Hint], width: int, most: int) -> list[list[tuple[str, str]]]:
    """Where links lead, as at most so many lines of (letters, host); neighbours with one host stand together.

    A host that is too long loses its beginning, since what it belongs to stands at its end.
    """
    groups = [
        (" ".join(hint.label for hint in held), name) for name, held in groupby(labels, lambda hint: host(hint.href))
    ]
    lines: list[list[tuple[str, str]]] = []
    for longest in _LONGEST_HOSTS:
        lines = _filled([(letters, _end(name, longest)) for letters, name in groups], width)
        if len(lines) <= most:
            return lines
    return [*lines[: most - 1], [("…", "more of them once a letter is typed")]]


def _filled(groups: Iterable[tuple[str, str]], width: int) -> list[list[tuple[str, str]]]:
    """Groups in lines no wider than ``width`` cells."""
    lines: list[list[tuple[str, str]]] = []
    left = 0
    for each, whole in groups:
        letters = fit(each, max(width // 2, 1))
        name = _end(whole, max(width - cell_len(letters) - 1, 1))
        cells = cell_len(letters) + 1 + cell_len(name)
        if not lines or left < cells + _BETWEEN:
            lines.append([])
            left = width + _BETWEEN
        lines[-1].append((letters, name))
        left -= cells + _BETWEEN
    return lines


def _end(name: str, width: int) -> str:
    """The end of a host that fits."""
    if cell_len(name) <= width:
        return name
    kept = name
    while kept and cell_len(kept) >= width:
        kept = kept[1:]
    return "…" + kept
