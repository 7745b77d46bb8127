"""The text of one leaf while it is read: spaces collapsed, equal neighbours joined, pictures told from text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reader.document.lines import Style
from reader.document.nodes import Image, Span, Spans, image_text
from reader.text import clean, is_clean, unpiled

_SPACES = re.compile(r"[ \t\n\r\f]+")
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20ff\u3099\u309a\u200d\ufe00-\ufe0f\ufe20-\ufe2f]+"
)
_FEW = 8  # characters, more than a pile of marks may have
_ICON = 32  # pixels; a smaller picture is a sign within the text
_STYLES = {int(style): style for style in Style}


@dataclass(slots=True)
class Leaf:
    """What a leaf holds, with the pictures at its start and at its end as blocks of their own."""

    before: list[Image]
    spans: Spans
    after: list[Image]


@dataclass(slots=True)
class _Part:
    text: str
    style: int
    href: str | None
    image: Image | None = None


class Inline:
    """Collects text and pictures until the leaf that they belong to ends."""

    def __init__(self) -> None:
        self._parts: list[_Part] = []
        self._after_space = True

    @property
    def text(self) -> str:
        """What has been collected of the leaf's text."""
        return "".join(part.text for part in self._parts)

    def add(self, text: str, style: int, href: str | None) -> None:
        """Text in which any white space stands for one space."""
        if "\n" in text or "  " in text or "\t" in text:
            text = _SPACES.sub(" ", text)
        if not (text.isprintable() and is_clean(text)):
            text = _SPACES.sub(" ", clean(text))
        if self._after_space:
            text = text.removeprefix(" ")
        if text:
            self._after_space = text[-1] == " "
            self._append(text, style, href)

    def add_raw(self, text: str, style: int, href: str | None) -> None:
        """Text in which every space and line end counts."""
        if text := clean(text):
            self._append(text, style, href)

    def add_break(self) -> bool:
        """A line break; whether it is the second in a row, which ends a paragraph."""
        last = self._parts[-1] if self._parts else None
        if last is None or last.text.endswith("\n"):
            return last is not None
        if last.image is None:
            last.text = last.text.removesuffix(" ")
        self._append("\n", 0, None)
        self._after_space = True
        return False

    def add_image(self, image: Image, style: int) -> None:
        """A picture; a small one or one that shows a sign is text."""
        small = min(image.width or _ICON + 1, image.height or _ICON + 1) <= _ICON
        if image.alt and (small or not any(map(str.isalnum, image.alt))):
            self.add(image.alt, style, image.href)
        elif image.href or (not small and (image.src or image.alt)):
            self._after_space = False
            self._parts.append(_Part("", style, image.href, image))

    def take(self, *, raw: bool = False) -> Leaf:
        """What has been collected; the next leaf starts empty."""
        parts, self._parts, self._after_space = self._parts, [], True
        if raw:
            return Leaf([], _spans(_stripped(parts, "\n")), [])
        parts = _stripped(parts, " \n")
        edges = [index for index, part in enumerate(parts) if part.text.strip(" \n")]
        first, last = (edges[0], edges[-1] + 1) if edges else (len(parts), len(parts))
        return Leaf(
            [part.image for part in parts[:first] if part.image],
            _spans(_stripped(parts[first:last], " \n")),
            [part.image for part in parts[last:] if part.image],
        )

    def _append(self, text: str, style: int, href: str | None) -> None:
        """Adds text, marks that change the character before them to that character's part."""
        last = self._parts[-1] if self._parts else None
        if last is None or last.image is not None:
            self._parts.append(_Part(text, style, href))
            return
        if not text.isascii() and (marks := _MARKS.match(text)):
            last.text = last.text[:-_FEW] + unpiled(last.text[-_FEW:] + marks[0])
            text = text[marks.end() :]
        if last.style == style and last.href == href:
            last.text += text
        elif text:
            self._parts.append(_Part(text, style, href))


def _stripped(parts: list[_Part], spaces: str) -> list[_Part]:
    """Parts without white space at both ends."""
    first, last = 0, len(parts)
    while first < last and parts[first].image is None:
        parts[first].text = parts[first].text.lstrip(spaces)
        if parts[first].text:
            break
        first += 1
    while last > first and parts[last - 1].image is None:
        parts[last - 1].text = parts[last - 1].text.rstrip(spaces)
        if parts[last - 1].text:
            break
        last -= 1
    return parts[first:last]


def _spans(parts: Iterable[_Part]) -> Spans:
    return tuple(
        Span(image_text(part.image), style_of(part.style | Style.IMAGE), part.href or part.image.src)
        if part.image
        else Span(part.text, style_of(part.style), part.href)
        for part in parts
    )


def style_of(flags: int) -> Style:
    """Flags as a style; many spans share few."""
    found = _STYLES.get(flags)
    if found is None:
        found = _STYLES[flags] = Style(flags)
    return found
