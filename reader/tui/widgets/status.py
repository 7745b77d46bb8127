"""The status line, one row: what just happened or what waits; long work; the few keys that matter here and now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

from textual.strip import Strip

from reader.text import clean_line
from reader.tui import drawing
from reader.tui.drawing import Parts, cell_len, fit
from reader.tui.signs import FULL, Signs, progress_bar
from reader.tui.widgets.ink import Ink

_BAR = 10
_GAP = 3
_SAID_SECONDS, _TROUBLE_SECONDS = 8, 30


@dataclass(frozen=True, slots=True)
class Work:
    """Long work under way: what, how far, and how to stop it; ``count`` says how far in other words."""

    label: str
    done: int = 0
    total: int = 0
    stop: str = ""
    count: str = ""


class Status(Ink):
    """One row. What waits is shown when nothing just happened; keys give way to words, never the other way round."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.signs: Signs = FULL
        self._said = ""
        self._said_at = 0.0
        self._trouble = False
        self._waits = ""
        self._pending = ""
        self._work: Work | None = None
        self._place = ""
        self._hints: Sequence[tuple[str, str]] = ()

    @property
    def said(self) -> str:
        """What the left part says."""
        return self._pending or self._said or self._waits

    def say(self, text: str, *, trouble: bool = False) -> None:
        """What just happened, or went wrong."""
        self._said_at = monotonic()
        self._set(_said=clean_line(text), _trouble=trouble)

    def pass_time(self) -> None:
        """What was said a while ago is of no interest any more."""
        if self._said and monotonic() - self._said_at > (_TROUBLE_SECONDS if self._trouble else _SAID_SECONDS):
            self._set(_said="")

    def set_waiting(self, text: str) -> None:
        """What waits until it is asked for."""
        self._set(_waits=clean_line(text))

    def set_pending(self, keys: str) -> None:
        """The keys of a sequence that waits for its next key."""
        self._set(_pending=keys)

    def set_work(self, work: Work | None) -> None:
        """Long work under way, or none any more."""
        self._set(_work=work)

    def set_place(self, place: str) -> None:
        """How far the article is read: "38 %"."""
        self._set(_place=place)

    def set_hints(self, hints: Sequence[tuple[str, str]]) -> None:
        """The keys that matter here, most important first."""
        self._set(_hints=hints)

    def _set(self, **values: object) -> None:
        if any(getattr(self, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(self, name, value)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The row."""
        width = self.size.width
        return self.line(self._parts(width), width)

    def keys(self) -> Parts:
        """The row while nothing was said and nothing is under way."""
        width = self.size.width
        keys = self._right_parts(width - 2, place="")
        return [(" " * (width - 1 - _cells(keys)), "text"), *keys]

    def _parts(self, width: int) -> Parts:
        left = self.said
        room = width - 2 - (cell_len(left) + _GAP if left else 0)
        work = self._work_parts(self._work, room) if self._work else []
        room -= _cells(work) + (_GAP if work else 0)
        right = self._right_parts(room, self._place)
        if not work and not right:
            left = fit(left, width - 2, self.signs.ellipsis)
        middle = width - 2 - cell_len(left) - _cells(right) - _cells(work)
        before = max(_GAP if left and work else 0, middle // 2) if work else middle
        ink = "accent" if self._pending else "trouble" if self._trouble and self._said else "text"
        after = " " * max(middle - before, 0) if work else ""
        return [(" " + left, ink), (" " * max(before, 0), "text"), *work, (after, "text"), *right]

    def _work_parts(self, work: Work, room: int) -> Parts:
        count = f" {work.count}" if work.count else f" {work.done:,} of {work.total:,}" if work.total else ""
        bar = progress_bar(work.done, work.total, _BAR, self.signs).ljust(_BAR) if work.total else ""
        texts = [work.label + count, f" {bar}" if bar else "", f" {work.stop}" if work.stop else ""]
        parts = [(text, "dim") for text in texts if text]
        while parts and _cells(parts) > room:
            parts.pop()
        return parts

    def _right_parts(self, room: int, place: str) -> Parts:
        parts: Parts = []
        if place and cell_len(place) <= room:
            parts.append((place, "dim"))
        for key, label in self._hints:
            more = [("  " if parts else "", "text"), (key, "text"), (f" {label}", "dim")]
            if _cells(parts) + _cells(more) > room:
                break
            parts += [part for part in more if part[0]]
        return parts


def _cells(parts: Parts) -> int:
    return sum(cell_len(text) for text, _ in parts)


class Heading(Ink):
    """The line above the list: what is listed, how many, and in which order."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.signs: Signs = FULL
        self._title = ""
        self._count = ""
        self._order = ""
        self._is_active = False

    def set_active(self, is_active: bool) -> None:
        """Whether the keys go to the list."""
        if is_active != self._is_active:
            self._is_active = is_active
            self.refresh()

    def set_text(self, title: str, count: str, order: str) -> None:
        """Show other words."""
        if (title, count, order) != (self._title, self._count, self._order):
            self._title, self._count, self._order = title, count, order
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The heading."""
        width = self.size.width
        if y:
            return Strip.blank(width, self.ink("text"))
        parts = drawing.heading(self._title, self._count, self._order, width, self.signs, is_active=self._is_active)
        return self.line(parts, width)
