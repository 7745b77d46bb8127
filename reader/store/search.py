"""Finding articles by words.

Two FTS5 tables: ``search`` over title, author and body, and ``titles``, small, for the one to three letters of a word
that is being typed, which would fit most bodies. Ids are newest first, as they were handed out oldest first: no hit has
to be sorted, and the first ones are there at once. A search within feeds asks the index for the feeds' own words.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, replace
from typing import Any

from reader.model import View, ViewKind
from reader.store import lists, tokens
from reader.store.connection import Connection, Interrupted, bound
from reader.store.plan import SearchPlan, Term
from reader.text import fold

__all__ = ["Interrupted", "ids", "ordered"]

SHORT = 3
"""Up to so many letters an unfinished word is looked for in titles only."""
PREVIEW = 1000
"""So many of the newest hits of the words before an unfinished short one have their titles looked at for it."""
FEED_WORDS = 200
"""With more feeds than this the rows are asked for their feeds, as most hits fit then."""

_TOP = 2**63 - 1


@dataclass(frozen=True, slots=True)
class _Where:
    """A condition on ``articles`` with its values."""

    text: str
    values: tuple[Any, ...]


def ids(connection: Connection, plan: SearchPlan, limit: int | None = None, after: int | None = None) -> array[int]:
    """The ids that fit, newest first; at most ``limit``, beginning behind the article ``after``.

    Newest first is by id where words are asked, else by ``sort_at``. Raises Interrupted if another thread calls
    ``connection.interrupt()`` meanwhile.
    """
    terms, is_void = _searchable(plan)
    if is_void or plan.feed_ids == ():
        return array("q")
    is_last_typed = plan.last_is_prefix and terms[-1:] == plan.terms[-1:]
    plan = replace(plan, terms=terms, last_is_prefix=is_last_typed)
    if all(term.negated for term in terms):
        return _by_filters(connection, plan, limit, after)
    short = _short_word(plan)
    if short is None:
        return _by_words(connection, plan, limit, after)
    whole = _by_words(connection, replace(plan, last_is_prefix=False), limit, after)
    in_titles = _by_titles(connection, replace(plan, terms=terms[:-1], last_is_prefix=False), short, limit, after)
    both = array("q", sorted({*whole, *in_titles}, reverse=True))
    return both if limit is None else both[:limit]


def without_unfinished(plan: SearchPlan) -> SearchPlan | None:
    """The search for the words before one that is still too short for bodies; None where that is another case.

    For when nothing fits yet: a list that goes empty at "human sh" and comes back at "human shie" helps nobody.
    """
    before, last = plan.terms[:-1], plan.terms[-1:]
    if all(term.negated for term in before) or not _searchable(replace(plan, terms=last))[0]:
        return None
    return None if _short_word(plan) is None else replace(plan, terms=before, last_is_prefix=False)


def ordered(connection: Connection, plan: SearchPlan, limit: int | None = None) -> array[int]:
    """The ids that fit in the order of lists: by ``sort_at``, newest first."""
    hits = ids(connection, plan)
    every = connection.value("SELECT sum(total) FROM counts") or 0
    if 4 * len(hits) > every:
        found = set(hits)
        listed = lists.ids(connection, View(ViewKind.ALL), 0)
        return array("q", [each for each in listed if each in found][:limit])
    sql = "SELECT id FROM carray(?) AS hit CROSS JOIN articles ON id = hit.value ORDER BY sort_at DESC, id DESC LIMIT ?"
    return array("q", [row[0] for row in connection.rows(sql, bound(hits), -1 if limit is None else limit)])


def _by_words(connection: Connection, plan: SearchPlan, limit: int | None, after: int | None) -> array[int]:
    where = _filters(plan, in_index=True)
    sql = (
        "SELECT search.rowid AS hit FROM search CROSS JOIN articles ON articles.id = search.rowid"
        f" WHERE search MATCH ? AND search.rowid < ? AND {where.text} ORDER BY search.rowid DESC LIMIT ?"
    )
    return _numbers(connection, sql, _match(plan), _before(after), *where.values, _count(limit))


def _by_titles(
    connection: Connection, plan: SearchPlan, short: str, limit: int | None, after: int | None
) -> array[int]:
    """Articles with a word like ``short…`` in the title, among the hits of the other words if there are any."""
    if any(not term.negated for term in plan.terms):
        return _with_title(connection, _by_words(connection, plan, PREVIEW, after), short)[:limit]
    where = _filters(plan, in_index=False)
    sql = (
        "SELECT titles.rowid AS hit FROM titles CROSS JOIN articles ON articles.id = titles.rowid"
        f" WHERE titles MATCH ? AND titles.rowid < ? AND {where.text} ORDER BY titles.rowid DESC LIMIT ?"
    )
    return _numbers(connection, sql, f"{tokens.phrase(short)} *", _before(after), *where.values, _count(limit))


def _with_title(connection: Connection, hits: array[int], short: str) -> array[int]:
    """Those of some hits with a word like ``short…`` in the title; FTS5 takes half a millisecond to say so of each."""
    start = fold(short)
    sql = "SELECT id, title FROM carray(?) AS hit CROSS JOIN articles ON id = hit.value WHERE title IS NOT NULL"
    titles = connection.rows(sql, bound(hits))
    return array("q", [each for each, title in titles if _has_word(fold(tokens.prepared(title)), start)])


def _has_word(text: str, start: str) -> bool:
    return start in text and any(word.startswith(start) for word in tokens.words(text))


def _by_filters(connection: Connection, plan: SearchPlan, limit: int | None, after: int | None) -> array[int]:
    where = _filters(plan, in_index=False)
    key = (_TOP, _TOP) if after is None else lists.key(connection, after)
    if key is None:
        return array("q")
    sql = (
        f"SELECT id AS hit FROM articles WHERE {where.text} AND (sort_at, id) < (?, ?)"
        " ORDER BY sort_at DESC, id DESC LIMIT ?"
    )
    return _numbers(connection, sql, *where.values, *key, _count(limit))


def _filters(plan: SearchPlan, *, in_index: bool) -> _Where:
    """The plan but for its words; with ``in_index`` the index is asked for feeds and words that must not be there."""
    parts, values = ["is_hidden = 0"], list[Any]()
    if plan.is_read is not None:
        parts.append(f"is_read = {plan.is_read:d}")
    if plan.is_bookmarked is not None:
        parts.append(f"is_bookmarked = {plan.is_bookmarked:d}")
    if plan.since is not None:
        parts.append("sort_at >= ?")
        values.append(plan.since)
    if plan.feed_ids is not None and not (in_index and len(plan.feed_ids) <= FEED_WORDS):
        parts.append("feed_id IN (SELECT value FROM carray(?))")
        values.append(bound(plan.feed_ids))
    unwanted = [_expression(term) for term in plan.terms if term.negated]
    if unwanted and not in_index:
        parts.append("articles.id NOT IN (SELECT rowid FROM search WHERE search MATCH ?)")
        values.append(" OR ".join(unwanted))
    return _Where(" AND ".join(parts), tuple(values))


def _match(plan: SearchPlan) -> str:
    """The plan's words, and its feeds if they are few, as FTS5 wants them; the user's text comes in quotes."""
    terms = plan.terms
    if plan.last_is_prefix and not terms[-1].negated:
        terms = (*terms[:-1], _unfinished(terms[-1]))
    wanted = [_expression(term) for term in terms if not term.negated]
    unwanted = [_expression(term) for term in plan.terms if term.negated]
    if plan.feed_ids is not None and len(plan.feed_ids) <= FEED_WORDS:
        wanted.append("(" + " OR ".join(f'"{tokens.feed_word(feed_id)}"' for feed_id in plan.feed_ids) + ")")
    match = " AND ".join(wanted)
    return f"({match}) NOT ({' OR '.join(unwanted)})" if unwanted else match


def _unfinished(term: Term) -> Term:
    """A term that is still being typed; a short last word of several is left out, as it would fit most bodies."""
    found = tokens.words(tokens.prepared(" ".join(term.words)))
    is_short = len(found) > 1 and len(found[-1]) <= SHORT and not tokens.is_sign(found[-1])
    return replace(term, words=tuple(found[:-1])) if is_short else replace(term, prefix=True)


def _expression(term: Term) -> str:
    text = tokens.prepared(" ".join(term.words))
    may_go_on = term.prefix and not tokens.is_sign(tokens.words(text)[-1])
    return f"{tokens.phrase(text)}{' *' if may_go_on else ''}"


def _searchable(plan: SearchPlan) -> tuple[tuple[Term, ...], bool]:
    """The terms that hold a word at all, and whether that leaves none of those that were wanted."""
    terms = tuple(term for term in plan.terms if tokens.phrase(tokens.prepared(" ".join(term.words))))
    is_void = bool(plan.terms) and not terms
    return terms, is_void


def _short_word(plan: SearchPlan) -> str | None:
    """The word that is being typed, if it is too short to be looked for in bodies as the beginning of others."""
    last = plan.terms[-1]
    found = tokens.words(tokens.prepared(" ".join(last.words)))
    if not plan.last_is_prefix or last.negated or last.prefix or len(found) > 1:
        return None
    return found[0] if len(found[0]) <= SHORT and not tokens.is_sign(found[0]) else None


def _numbers(connection: Connection, sql: str, *values: Any) -> array[int]:
    """The column ``hit`` of a statement, joined by SQLite, which is twice as fast as rows."""
    text = connection.value(f"SELECT group_concat(hit) FROM ({sql})", *values)
    return array("q", map(int, text.split(","))) if text else array("q")


def _before(after: int | None) -> int:
    return _TOP if after is None else after


def _count(limit: int | None) -> int:
    return -1 if limit is None else limit
