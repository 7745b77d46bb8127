"""The word by which the lane leaves a document to feedparser, and what says it later."""

from __future__ import annotations


class Declined(Exception):
    """The document holds what is not imitated; the message says what."""


class Unread:
    """A moment as feedparser would understand it; only asked for where our own reading of dates does not."""

    def __init__(self, written: str) -> None:
        self.written = written

    def __getitem__(self, _: object) -> int:
        raise Declined(f"a moment: {self.written[:40]}")
