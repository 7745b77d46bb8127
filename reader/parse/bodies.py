"""Which of the texts that an entry brings is its body.

The content goes before the summary and HTML before plain text, but never at the price of text: where another one says
more than half as much again, that one is taken. A content without words (a picture, a video) keeps the summary's words
below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from reader.parse.html import EMPTY, Cleaned, clean, from_text
from reader.parse.titles import looks_like_html

_TAG = re.compile(r"<[^<>]*>")
_LINE_END = re.compile(r"(?<!\n)\r?\n(?![\r\n])")
_TOO_MUCH_MORE = 1.5
_WIDEST = 80


@dataclass(frozen=True, slots=True)
class Body:
    """A text as an entry brings it; relative addresses in it are meant against ``base``."""

    value: str
    is_html: bool = True
    base: str | None = None
    language: str | None = None

    @property
    def length(self) -> int:
        """About how much there is to read in it."""
        return len(_read(self.value)) if self.is_html else len(self.value)


def cleaned(bodies: Iterable[Body]) -> tuple[Cleaned, Body | None]:
    """The body of an entry out of several, the publisher's first choice first, as our subset, and which it was."""
    found = [body for body in bodies if body.value and not body.value.isspace()]
    if not found:
        return EMPTY, None
    if not found[1:] or _says_enough(found):
        return _clean(found[0]), found[0]
    lengths = [body.length for body in found]
    longest = max(lengths)
    chosen = (
        next(body for body, length in zip(found, lengths, strict=True) if length * _TOO_MUCH_MORE >= longest and length)
        if longest
        else found[0]
    )
    result = _clean(chosen)
    if chosen is not found[0] and not lengths[0]:
        result = Cleaned(_clean(found[0]).html + result.html, result.text)
    return result, chosen


def _says_enough(found: Sequence[Body]) -> bool:
    """Whether the others cannot say much more than the first, seen without reading them."""
    others = [body for body in found[1:] if body.value != found[0].value or body.is_html != found[0].is_html]
    if not others:
        return True
    most = max(len(body.value) for body in others)
    return any(length and length * _TOO_MUCH_MORE >= most for length in _lengths(found[0], most))


def _lengths(body: Body, most: int) -> Iterator[int]:
    """How much a body says: in its beginning, which is enough to know where it is long, and in the whole of it."""
    end = body.value.find("<", 2 * most) if body.is_html else -1
    if end > 0:
        yield len(_read(body.value[:end]))
    yield body.length


def _read(html: str) -> str:
    """What there is to read in HTML, about."""
    return " ".join(_TAG.sub(" ", html).split())


def _clean(body: Body) -> Cleaned:
    """A body as our subset; what is declared as text but is HTML, and the other way round, as what it is."""
    value = body.value
    if body.is_html and "<" not in value and ("\n" in value.strip() or "&lt;" in value):
        value = unescape(value)
    elif body.is_html or looks_like_html(value):
        return clean(value, body.base)
    if looks_like_html(value):
        return clean(value, body.base)
    return from_text(_unwrapped(value))


def _unwrapped(text: str) -> str:
    """Text whose lines were broken at a width, with its paragraphs on one line each; other text as it is."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 4 or max(map(len, lines)) > _WIDEST or sum(map(len, lines)) < len(lines) * _WIDEST / 2:
        return text
    return _LINE_END.sub(" ", text)
