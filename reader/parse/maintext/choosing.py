"""Which of several takes on a page's main text is the right one, by what else is known of the article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reader.parse.html import EMPTY, Cleaned, clean, from_text
from reader.parse.maintext import marked, scoring
from reader.parse.maintext.statements import Statements
from reader.parse.maintext.tree import Node, Tree
from reader.text import fold

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w+")
_RUN = 4
_LONG = 500  # characters of a text that another is measured by
_LEAST_WORDS = 12  # of the feed that say which text is the right one
_ENOUGH, _LITTLE = 0.6, 0.4
_MUCH_MORE = 2.5
_OUTSIDE = 0.1

Runs = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Candidate:
    body: Cleaned
    runs: Runs


def best(tree: Tree, said: Statements, title: str, feed_text: str) -> Cleaned:
    """The main text of a page; empty where there is none.

    What the paragraphs show is taken, unless the feed's text or the page's own for machines stands in another one.
    """
    found = _candidate(scoring.main_parts(tree, title), said.base)
    spoken = _of(from_text(said.body)) if len(said.body) >= _LONG else None
    others = [each for each in (_candidate(marked.marked_part(tree, title), said.base), spoken) if each]
    told = runs(feed_text) if _count(feed_text) >= _LEAST_WORDS else frozenset()
    is_told = share(told, found.runs) >= _ENOUGH
    if told and not is_told and (better := _better(told, found, others)):
        return better.body
    if spoken is not None:
        fitting = [each for each in others if not is_told or share(told, each.runs) >= _ENOUGH]
        if better := _better(spoken.runs, found, fitting):
            return better.body
        is_told = is_told or share(spoken.runs, found.runs) >= _ENOUGH
    return found.body if is_told else _by_length(found, others).body


def _better(asked: Runs, found: _Candidate, others: Iterable[_Candidate]) -> _Candidate | None:
    """The first of the others that has what is asked, where that is not to be found."""
    if share(asked, found.runs) >= _LITTLE:
        return None
    return next((each for each in others if share(asked, each.runs) >= _ENOUGH), None)


def _by_length(found: _Candidate, others: list[_Candidate]) -> _Candidate:
    """Nobody knows: what the page marks, where it has all of the other and far more, or where that is next to none.

    And where the other lies outside of it altogether: such are comments.
    """
    for other in others:
        if len(other.body.text) >= _LONG and share(found.runs, other.runs) < _OUTSIDE:
            return other
        if len(other.body.text) > _MUCH_MORE * len(found.body.text) and (
            len(found.body.text) < _LONG or share(found.runs, other.runs) >= 0.9
        ):
            return other
    return found


def runs(text: str) -> Runs:
    """The runs of four words in a text, without case and accents."""
    words = [fold(word) for word in _WORD.findall(text[:200_000])]
    return (
        frozenset(tuple(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))) if words else frozenset()
    )


def share(asked: Runs, of: Runs) -> float:
    """How much of some runs another text has, 0 to 1."""
    return len(asked & of) / len(asked) if asked else 0.0


def _count(text: str) -> int:
    return len(_WORD.findall(text[:5000]))


def _candidate(parts: Iterable[Node], base: str) -> _Candidate:
    html = "".join(node.html() for node in parts)
    return _of(clean(html, base) if html else EMPTY)


def _of(body: Cleaned) -> _Candidate:
    return _Candidate(body, runs(body.text))
