"""The words of a search as FTS5 wants them. Pure."""

from __future__ import annotations

from dataclasses import replace

from reader.store import tokens
from reader.store.plan import SearchPlan, Term

SHORT = 3
"""Up to so many letters an unfinished word is looked for in titles only."""
FEED_WORDS = 200
"""With more feeds than this the rows are asked for their feeds, as most hits fit then."""


def searchable(plan: SearchPlan) -> SearchPlan | None:
    """The plan with those terms only that hold a word at all; None if that is none of those asked, or no feed fits."""
    terms = tuple(term for term in plan.terms if tokens.phrase(_prepared(term)))
    if (plan.terms and not terms) or plan.feed_ids == ():
        return None
    is_last_typed = plan.last_is_prefix and terms[-1:] == plan.terms[-1:]
    return replace(plan, terms=terms, last_is_prefix=is_last_typed)


def short_word(plan: SearchPlan) -> str | None:
    """The word that is being typed, if it is too short to be looked for in bodies as the beginning of others."""
    last = plan.terms[-1]
    found = tokens.words(_prepared(last))
    if not plan.last_is_prefix or last.negated or last.prefix or len(found) > 1:
        return None
    return found[0] if len(found[0]) <= SHORT and not tokens.is_sign(found[0]) else None


def names_feeds(plan: SearchPlan) -> bool:
    """Whether the index itself is asked for the plan's feeds."""
    return plan.feed_ids is not None and len(plan.feed_ids) <= FEED_WORDS


def match(plan: SearchPlan) -> str:
    """The plan's words, and its feeds if they are few, as FTS5 wants them; the user's text comes in quotes."""
    terms = plan.terms
    if plan.last_is_prefix and not terms[-1].negated:
        terms = (*terms[:-1], _unfinished(terms[-1]))
    wanted = [expression(term) for term in terms if not term.negated]
    if plan.feed_ids is not None and names_feeds(plan):
        wanted.append("(" + " OR ".join(f'"{tokens.feed_word(feed_id)}"' for feed_id in plan.feed_ids) + ")")
    without = unwanted(plan)
    return f"({' AND '.join(wanted)}) NOT ({without})" if without else " AND ".join(wanted)


def unwanted(plan: SearchPlan) -> str:
    """The words that must not be there; empty without any."""
    return " OR ".join(expression(term) for term in plan.terms if term.negated)


def expression(term: Term) -> str:
    """A word or a phrase."""
    text = _prepared(term)
    may_go_on = term.prefix and not tokens.is_sign(tokens.words(text)[-1])
    return f"{tokens.phrase(text)}{' *' if may_go_on else ''}"


def _unfinished(term: Term) -> Term:
    """A term that is still being typed; a short last word of several is left out, as it would fit most bodies."""
    found = tokens.words(_prepared(term))
    is_short = len(found) > 1 and len(found[-1]) <= SHORT and not tokens.is_sign(found[-1])
    return replace(term, words=tuple(found[:-1])) if is_short else replace(term, prefix=True)


def _prepared(term: Term) -> str:
    return tokens.prepared(" ".join(term.words))
