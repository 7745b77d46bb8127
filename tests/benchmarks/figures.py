"""Samples, and the lines that they come to: a figure beside its yardstick and its budget."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Samples:
    """What was measured, again and again: seconds, or bytes, in the order measured."""

    values: tuple[float, ...]
    unit: str = "ms"

    @classmethod
    def of(cls, values: Iterable[float], unit: str = "ms") -> Samples:
        """The samples of some values."""
        return cls(tuple(values), unit)

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.values)

    def centile(self, share: float) -> float:
        """The value that so large a share of the samples does not exceed: the nearest rank."""
        ordered = sorted(self.values)
        return ordered[min(len(ordered) - 1, max(0, -(-int(share * 1000) * len(ordered) // 1000) - 1))]

    @property
    def p95(self) -> float:
        """What nineteen of twenty do not exceed."""
        return self.centile(0.95)

    def shown(self, value: float) -> str:
        """A value in the unit of these samples."""
        if self.unit == "MB":
            return f"{value / 1e6:,.1f} MB"
        if self.unit == "s" or (self.unit == "ms" and value >= 10):
            return f"{value:,.2f} s"
        return f"{value * 1000:,.1f} ms"

    @property
    def spread(self) -> str:
        """Least, most, and the 95th centile where there are enough for one."""
        p95 = f", p95 {self.shown(self.p95)}" if len(self.values) >= 20 else ""
        return f"{self.shown(min(self.values))} – {self.shown(max(self.values))}{p95}, n {len(self.values)}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table of budgets; ``is_met`` is None where nothing was measured or nothing is asked."""

    number: str
    what: str
    figure: str = ""
    spread: str = ""
    yardstick: str = ""
    ratio: str = ""
    budget: str = ""
    is_met: bool | None = None

    @property
    def verdict(self) -> str:
        """Whether the budget is met, in words."""
        return {True: "met", False: "NOT met", None: "–"}[self.is_met]


def ratio(number: str, what: str, ours: Samples, name: str, yardstick: Samples, budget: float, by: str = "") -> Line:
    """A line with a yardstick: the median of the ratios of interleaved rounds, else the ratio of the medians.

    ``by`` "p95" compares the 95th centiles instead.
    """
    if by == "p95":
        found, figure, other = ours.p95 / yardstick.p95, ours.p95, yardstick.p95
    else:
        pairs = list(zip(ours.values, yardstick.values, strict=False))
        is_paired = len(ours.values) == len(yardstick.values)
        found = statistics.median(a / b for a, b in pairs) if is_paired else ours.median / yardstick.median
        figure, other = ours.median, yardstick.median
    shown = f"{by} {ours.shown(figure)}".strip()
    beside = f"{name} {yardstick.shown(other)} ({yardstick.spread})"
    return Line(number, what, shown, ours.spread, beside, f"{found:.3g}", f"≤ {budget:g} ×", found <= budget)


def limit(number: str, what: str, ours: Samples, budget: float, by: str = "median") -> Line:
    """A line with a limit of its own, in the unit of the samples, for the median or the "p95"."""
    figure = ours.p95 if by == "p95" else ours.median
    most = f"≤ {ours.shown(budget).replace('.0 ', ' ')}"
    label = "" if by == "median" else f"{by} "
    return Line(
        number, what, label + ours.shown(figure), ours.spread, "", f"{figure / budget:.3g}", most, figure <= budget
    )


def note(number: str, what: str, ours: Samples, name: str = "", yardstick: Samples | None = None) -> Line:
    """A figure that no budget stands against, with something to compare it to where there is."""
    beside = f"{name} {yardstick.shown(yardstick.median)} ({yardstick.spread})" if yardstick else name
    found = f"{ours.median / yardstick.median:.3g}" if yardstick else ""
    return Line(number, what, ours.shown(ours.median), ours.spread, beside, found)


def missing(number: str, what: str, why: str) -> Line:
    """A line that could not be measured here."""
    return Line(number, what, why)


def table(lines: Sequence[Line]) -> str:
    """All lines, one below the other, as Markdown."""
    head = ("#", "what", "figure", "spread", "yardstick", "ratio", "budget", "")
    rows = [(a.number, a.what, a.figure, a.spread, a.yardstick, a.ratio, a.budget, a.verdict) for a in lines]
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ("--",) * len(head), *rows])


def sentence(line: Line) -> str:
    """One line as it is printed while the run goes on."""
    parts = [f"{line.number:>4}  {line.what}: {line.figure}"]
    parts += [f"({line.spread})"] if line.spread else []
    parts += [f"against {line.yardstick}"] if line.yardstick else []
    parts += [f"ratio {line.ratio}"] if line.ratio else []
    parts += [f"budget {line.budget}: {line.verdict}"] if line.budget else []
    return "; ".join(parts)
