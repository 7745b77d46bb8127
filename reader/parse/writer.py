"""Blocks and text in, our HTML subset out: the state behind ``html.clean``.

The writer is told of text, of blocks that begin and end and of inline marks, in document order. It opens paragraphs,
inline elements and missing parts (the ``<li>`` of a list's stray text) only when there is something to put into them,
so nothing that it writes is empty, misnested or deeper than ``DEPTH``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reader.parse.elements import CONTAINERS, ENDS, PARTS, WHOLES, Flow

_SPACES = re.compile(r"\s{2,}|[^\S \xa0]")

# Looking a member up in its class takes fifteen times as long.
_BLOCKS, _TIGHT, _LEAF, _PARTS = Flow

DEPTH = 32
LIMIT = 2_000_000
_RESERVE = 1_000

# A whole is only begun where its parts and a paragraph in them still fit.
_ROOM = {"table": 4, "tr": 3, "ul": 3, "ol": 3, "dl": 3}


class FullError(Exception):
    """The output has reached its limit."""


@dataclass(slots=True)
class Frame:
    """An open container: where it begins in the output and how much content there was before it."""

    name: str
    flow: Flow
    start: int
    before: int
    direction: str | None = None
    used: bool = False
    implied: bool = False


@dataclass(slots=True)
class Mark:
    """An inline element of the source; ``is_open`` while it stands open in the output."""

    name: str
    opening: str
    is_open: bool = False


class Writer:
    """Writes the subset; ``finish`` gives it."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.frames = [Frame("", _BLOCKS, 0, 0, "ltr")]
        self.marks: list[Mark] = []
        self.direction: str | None = None
        self.in_pre = False
        self.aliases: dict[str, str] = {}  # names of places that go by another one
        self._content = 0
        self._size = 0
        self._ending: str | None = None  # what ends the open paragraph: "</p>", "" for bare text, None for no paragraph
        self._space = False
        self._breaks = 0
        self._anchor: str | None = None
        self._paragraph_at: int | None = None

    def text(self, text: str) -> None:
        """Text as it stands in well-formed HTML, white space and all."""
        if self.in_pre:
            self._preformatted(text)
            return
        words = text.split()
        if not words:
            self._space = True
            return
        if text[0].isspace():
            self._space = True
        self._begin()
        core = " ".join(words) if "\xa0" not in text else _SPACES.sub(" ", text.strip())
        self._put(core)
        self._space = text[-1].isspace()

    def atom(self, markup: str) -> None:
        """Something that stands in a line like a word: an image."""
        self._grow(len(markup))
        self._begin()
        self.out.append(markup)
        self._space = False

    def line_break(self) -> None:
        """The end of a line; two of them end the paragraph."""
        if self.in_pre:
            self._preformatted("\n")
        elif self._ending is not None:
            self._breaks += 1

    def boundary(self) -> None:
        """The edge of a block: the open paragraph ends, inside a leaf the line."""
        if self._ending is None and not self._space and not self._breaks:
            return
        if self.frames[-1].flow is not _LEAF:
            self._end_paragraph()
        elif self.in_pre:
            self._newline()
        elif self._ending is not None:
            self._breaks = max(self._breaks, 1)

    def rule(self) -> None:
        """A line across the page; inside a leaf nothing but an edge."""
        self.boundary()
        if self.frames[-1].flow is _LEAF:
            return
        self.make_room()
        if not self.out or self.out[-1] != "<hr/>":
            self._grow(5)
            self.out.append("<hr/>")
            self.frames[-1].used = True

    def open(self, name: str, attributes: str = "") -> int | None:
        """Begins a container: the depth to close to at its end, None where it cannot stand here and is an edge only."""
        self.boundary()
        if self.frames[-1].flow is _LEAF or not self._place(name):
            return None
        depth = len(self.frames)
        if depth + _ROOM.get(name, 2) > DEPTH:
            return None
        self._push(name, attributes)
        return depth

    def close_to(self, depth: int) -> None:
        """Ends containers until ``depth`` of them are open."""
        while len(self.frames) > depth:
            self._pop()

    def mark(self, name: str, opening: str) -> bool:
        """Begins an inline element; False where one of its kind is open already."""
        for mark in self.marks:
            if mark.name == name:
                return False
        self.marks.append(Mark(name, opening))
        return True

    def unmark(self) -> None:
        """Ends the inline element that was begun last."""
        mark = self.marks.pop()
        if mark.is_open:
            self.out.append(f"</{mark.name}>")

    def anchor(self, name: str) -> None:
        """Names the open paragraph, or the next, as the target of a link; one with a name already has another one."""
        if self._ending is None:
            self._anchor = self._anchor or name
            self._also(name, self._anchor)
        elif self._paragraph_at is not None:
            opening = self.out[self._paragraph_at]
            if " id=" not in opening:
                self.out[self._paragraph_at] = _with(opening, f' id="{name}"')
            else:
                self._also(name, opening.partition(' id="')[2].partition('"')[0])

    def _also(self, name: str, kept: str) -> None:
        if name != kept:
            self.aliases.setdefault(name, kept)

    def set_attribute(self, name: str, attribute: str) -> None:
        """Adds an attribute to the innermost container if it is a ``name`` that is still without content."""
        frame = self.frames[-1]
        if frame.name == name and not frame.used and attribute.partition("=")[0] not in self.out[frame.start]:
            self._grow(len(attribute))
            self.out[frame.start] = _with(self.out[frame.start], attribute)

    def finish(self) -> str:
        """Everything ended; the subset as text."""
        self.close_to(1)
        self._end_paragraph()
        return "".join(self.out)

    def _grow(self, size: int) -> None:
        """Makes sure of the room before something is written. Raises FullError."""
        if self._size + size > LIMIT:
            raise FullError
        self._size += size

    def _put(self, text: str) -> None:
        """Text, cut off with "…" where the output is full."""
        room = LIMIT - _RESERVE - self._size
        if len(text) > room + _RESERVE:
            cut = text[: max(room, 0)]
            entity = cut.rfind("&", -6)
            self.out.append((cut[:entity] if entity >= 0 and ";" not in cut[entity:] else cut) + "…")
            raise FullError
        self._size += len(text) + 1
        self.out.append(text)

    def _begin(self) -> None:
        """Makes ready for something in a line: a paragraph, pending breaks and spaces, pending inline elements."""
        if self._breaks > 1 and self.frames[-1].flow is not _LEAF:
            self._end_paragraph()
        if self._ending is None:
            self._begin_paragraph()
        elif self._breaks:
            self._grow(5)
            self.out.append("\n" if self.in_pre else "<br/>")
        elif self._space:
            self.out.append(" ")
        self._breaks = 0
        self._space = False
        self._content += 1
        for mark in self.marks:
            if not mark.is_open and not (self.in_pre and mark.name == "code"):
                self._grow(len(mark.opening) + len(mark.name) + 3)
                self.out.append(mark.opening)
                mark.is_open = True

    def _begin_paragraph(self) -> None:
        self.make_room()
        frame = self.frames[-1]
        if frame.flow is _LEAF or (frame.flow is _TIGHT and not frame.used):
            self._ending = ""
            self._paragraph_at = frame.start
            if self._anchor:
                self._name_frame(frame, self._anchor)
        else:
            self._grow(20)
            self._ending = "</p>"
            self._paragraph_at = len(self.out)
            self.out.append(f"<p{self._direction_of(frame)}{self._anchored()}>")
        self._anchor = None
        frame.used = True

    def _name_frame(self, frame: Frame, name: str) -> None:
        """Gives a container that is about to get its first text a name, or this name to the one that it has."""
        named = self.out[frame.start].partition(' id="')[2].partition('"')[0]
        if named:
            self._also(name, named)
        else:
            self.set_attribute(frame.name, f' id="{name}"')

    def _end_paragraph(self) -> None:
        if self._ending is not None:
            for mark in reversed(self.marks):
                if mark.is_open:
                    self.out.append(f"</{mark.name}>")
                    mark.is_open = False
            if self._ending:
                self.out.append(self._ending)
        self._ending = None
        self._space = False
        self._breaks = 0

    def _preformatted(self, text: str) -> None:
        if self._ending is None:
            text = text.lstrip("\n")
            if not text:
                return
        self._space = False
        self._begin()
        self._put(text)

    def _newline(self) -> None:
        if self._ending is not None and not self.out[-1].endswith("\n"):
            self._breaks = 1

    def make_room(self) -> None:
        """Where only parts may stand, begins one, or leaves a whole that was only implied."""
        while self.frames[-1].flow is _PARTS:
            frame = self.frames[-1]
            if frame.implied and frame.name not in WHOLES:
                self._pop()
            else:
                self._push(PARTS[frame.name], "")
                self.frames[-1].implied = True

    def _place(self, name: str) -> bool:
        """Makes the innermost container one in which ``name`` may stand; False where that cannot be."""
        wholes = WHOLES.get(name)
        if wholes is None:
            self.make_room()
            return True
        while self.frames[-1].implied and self.frames[-1].name in ENDS[name]:
            self._pop()
        if self.frames[-1].name not in wholes and name in ("li", "tr"):
            self.make_room()
            if len(self.frames) + _ROOM[wholes[0]] > DEPTH:
                return False
            self._push(wholes[0], "")
            self.frames[-1].implied = name == "li"
        return self.frames[-1].name in wholes

    def _push(self, name: str, attributes: str) -> None:
        parent = self.frames[-1]
        markup = f"<{name}{self._direction_of(parent)}{attributes}{self._anchored()}>"
        self._grow(len(markup) + len(name) + 3)
        self.frames.append(Frame(name, CONTAINERS[name], len(self.out), self._content, self.direction))
        self.out.append(markup)
        self.in_pre = name == "pre"

    def _pop(self) -> None:
        self._end_paragraph()
        frame = self.frames.pop()
        if frame.name == "pre":
            self._trim(frame)
        self.in_pre = False
        if self._content == frame.before and frame.name not in ("tr", "td", "th"):
            del self.out[frame.start :]
            return
        self.out.append(f"</{frame.name}>")
        self.frames[-1].used = True

    def _trim(self, frame: Frame) -> None:
        """Takes the blank lines from the end of preformatted text; of blank text nothing stays."""
        body = "".join(self.out[frame.start + 1 :]).rstrip()
        self.out[frame.start + 1 :] = [body]
        if not body:
            self._content = frame.before

    def _direction_of(self, parent: Frame) -> str:
        return f' dir="{self.direction}"' if self.direction and self.direction != parent.direction else ""

    def _anchored(self) -> str:
        anchor, self._anchor = self._anchor, None
        return f' id="{anchor}"' if anchor else ""


def _with(opening: str, attribute: str) -> str:
    return f"{opening[:-1]}{attribute}>"
