"""What an action, its undo or its redo came to, in a phrase for people.

The journal keeps a short label of each action: a mark's word, or "removed " and the feed's title. Which phrase it makes
depends on whether it was done or taken back, and on how many articles it still concerned.
"""

from __future__ import annotations

from dataclasses import replace

from reader.model import Change, Mark

_REMOVED = "removed "

_DONE = {
    Mark.READ: "marked {} read",
    Mark.UNREAD: "marked {} unread",
    Mark.BOOKMARKED: "bookmarked {}",
    Mark.UNBOOKMARKED: "{} no longer bookmarked",
}
_UNDONE = {
    Mark.READ: "{} unread again",
    Mark.UNREAD: "{} read again",
    Mark.BOOKMARKED: "{} no longer bookmarked",
    Mark.UNBOOKMARKED: "{} bookmarked again",
}


def removal(title: str) -> str:
    """The label of removing a feed."""
    return _REMOVED + title


def done(change: Change) -> Change:
    """A change as it reads when the action was done, or done again."""
    if change.label.startswith(_REMOVED):
        return change if change.count else replace(change, label=f"{_title(change)} was removed already")
    return _phrased(change, _DONE)


def undone(change: Change) -> Change:
    """A change as it reads when the action was taken back."""
    if change.label.startswith(_REMOVED):
        return replace(
            change, label=f"{_title(change)} is back" if change.count else f"{_title(change)} was back already"
        )
    return _phrased(change, _UNDONE)


def _phrased(change: Change, phrases: dict[Mark, str]) -> Change:
    """A change of marks with its phrase."""
    if not change.count:
        return replace(change, label="nothing left to change")
    return replace(change, label=phrases[Mark(change.label)].format(f"{change.count:,}"))


def _title(change: Change) -> str:
    """The title of the feed that was removed."""
    return change.label.removeprefix(_REMOVED)
