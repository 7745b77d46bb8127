"""A search as the query language hands it over: words and filters, no syntax."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or several that follow each other (a phrase), as typed; ``prefix``: the last may go on."""

    words: tuple[str, ...]
    prefix: bool = False
    negated: bool = False


@dataclass(frozen=True, slots=True)
class SearchPlan:
    """All terms must fit, and all filters; without terms the filters alone choose.

    ``since`` bounds ``sort_at`` from below; ``feed_ids`` empty means that no feed fits; a ``section`` is with those in
    it. ``last_is_prefix`` says that the last term is still being typed: it fits as a whole word, as a prefix from four
    letters on, and with fewer as a prefix of a word of the title.
    """

    terms: tuple[Term, ...] = ()
    is_read: bool | None = None
    is_bookmarked: bool | None = None
    since: int | None = None
    feed_ids: tuple[int, ...] | None = None
    section: str | None = None
    last_is_prefix: bool = False
