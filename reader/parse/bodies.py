"""Which of the texts that an entry brings is its body.

The content goes before the summary and HTML before plain text, but never at the price of text: where another one says
more than half as much again, that one is taken. A content without words (a picture, a video) keeps the summary's words
below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reader.parse.html import EMPTY, Cleaned, clean, from_text
from reader.parse.titles import looks_like_html

_TAG = re.compile(r"<[^<>]*>")
_TOO_MUCH_MORE = 1.5


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
        return len(" ".join(_TAG.sub(" ", self.value).split())) if self.is_html else len(self.value)


def choose(bodies: Iterable[Body]) -> Body | None:
    """The body of an entry out of several, the publisher's first choice first; None where all are blank."""
    found = [body for body in bodies if body.value and not body.value.isspace()]
    if len(found) < 2:
        return found[0] if found else None
    lengths = [body.length for body in found]
    longest = max(lengths)
    return next(body for body, length in zip(found, lengths, strict=True) if length * _TOO_MUCH_MORE >= longest)


def cleaned(bodies: list[Body]) -> tuple[Cleaned, Body | None]:
    """The chosen body as our subset, and which it was."""
    chosen = choose(bodies)
    if chosen is None:
        return EMPTY, None
    result = _clean(chosen)
    if not result.text:
        return _with_words(result, [body for body in bodies if body is not chosen]), chosen
    return result, chosen


def _with_words(wordless: Cleaned, others: list[Body]) -> Cleaned:
    for other in others:
        words = _clean(other)
        if words.text:
            return Cleaned(wordless.html + words.html, words.text)
    return wordless


def _clean(body: Body) -> Cleaned:
    if body.is_html or looks_like_html(body.value):
        return clean(body.value, body.base)
    return from_text(body.value)
