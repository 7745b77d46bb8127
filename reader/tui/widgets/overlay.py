"""What is drawn over the lines of a page for a while: labels of links, what was sought in it, what is selected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style as RichStyle

if TYPE_CHECKING:
    from reader.document.find import Hit, Part
    from reader.document.hints import Hint
    from reader.document.lines import Line


@dataclass(slots=True)
class Overlay:
    """Lines are named by their numbers in the body. ``typed`` are the letters of a label that were typed so far."""

    hints: Sequence[Hint] = ()
    typed: str = ""
    hits: Sequence[Hit] = ()
    current: int = 0
    _labels: dict[int, list[Hint]] = field(default_factory=dict)
    _parts: dict[int, list[tuple[int, Part]]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.hints or self.hits)

    def label(self, hints: Sequence[Hint]) -> None:
        """Show these labels."""
        self.hints, self.typed, self._labels = hints, "", {}
        for hint in hints:
            self._labels.setdefault(hint.line, []).append(hint)

    def mark(self, hits: Sequence[Hit], current: int = 0) -> None:
        """Show what was found."""
        self.hits, self.current, self._parts = hits, current, {}
        for number, hit in enumerate(hits):
            for part in hit.parts:
                self._parts.setdefault(part.line, []).append((number, part))

    def over(self, number: int, line: Line) -> Line:
        """A line as it is to be seen."""
        if number in self._parts:
            from reader.document.lines import Style, with_match

            for hit, part in self._parts[number]:
                line = with_match(line, part.start, part.end, Style.CURRENT if hit == self.current else Style.MATCH)
        if number in self._labels:
            from reader.document.hints import labelled

            line = labelled(line, self._labels[number], self.typed)
        return line


def selected(segments: Sequence[Segment], start: int, end: int, style: RichStyle) -> Iterator[Segment]:
    """The segments with the characters from ``start`` to before ``end`` in a style; -1 is the end of the line."""
    at = 0
    for text, own, _ in segments:
        first, last = max(0, start - at), len(text) if end < 0 else min(len(text), end - at)
        at += len(text)
        if first >= last:
            yield Segment(text, own)
            continue
        yield Segment(text[:first], own)
        yield Segment(text[first:last], (own or RichStyle()) + style)
        yield Segment(text[last:], own)
