"""What abbreviations stand for: written in brackets where one is first met, since nothing hovers on a terminal."""

from __future__ import annotations

from reader.text import clean_line

_LONGEST_WORD, _LONGEST = 12, 60  # characters of an abbreviation, and of what it stands for
_MOST = 300  # that a text has spelled out


class Abbreviations:
    """Remembers what a text has spelled out."""

    def __init__(self) -> None:
        self._known: set[str] = set()

    def is_new(self, title: str) -> bool:
        """Whether this has not been spelled out yet; from now on it is known."""
        if not title or title in self._known or len(self._known) >= _MOST:
            return False
        self._known.add(title)
        return True


def spelled_out(title: str, before: str) -> str:
    """What to add to the text of a paragraph that ends in an abbreviation; nothing where it would say nothing new."""
    title = clean_line(title)
    written = "" if not before or before[-1].isspace() else before.rsplit(None, 1)[-1]
    if not _stands_for(written.lstrip("([{\"'“‘«„"), title) or title.casefold() in before.casefold():
        return ""
    return f", {title}" if written[0] == "(" else f" ({title})"


def _stands_for(word: str, title: str) -> bool:
    """Whether a title spells a word out; others are notes, dates or the word again."""
    return (
        1 < len(word) <= _LONGEST_WORD
        and len(word) < len(title) <= _LONGEST
        and word[0].isalpha()
        and word[0].casefold() == title[0].casefold()
    )
