"""The query language, read: words, "phrases", a trailing ``*``, ``is:`` and ``feed:``.

Words are ANDed. ``parse`` is pure and raises BadQuery with the place of a mistake; what the language has but we do not
understand yet (``OR``, ``NOT``, ``-word``, parentheses, other fields) is a mistake as well, never searched as text.
"Live" is a query that is still being typed: its last word stands for all that begin so, and a quote may be open.
``plan`` makes of a query what the store runs; the feeds that are followed and the day are told to it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reader.errors import BadQuery
from reader.library import finding
from reader.model import Feed, View, ViewKind
from reader.store.plan import SearchPlan, Term
from reader.text import clean_line, fold

if TYPE_CHECKING:
    from reader.document import find

STATES = ("unread", "read", "bookmarked", "today")
FIELDS = ("is", "feed")
MOST_TERMS = 64
_QUOTES = '"“”„'
_FIELD = re.compile(r"([^\W\d_]+):")
_WORD = re.compile(rf"[^\s{_QUOTES}]+")
_SPACE = re.compile(r"\s*")
_ASIDE = "put it in quotes to search for it as text"


@dataclass(frozen=True, slots=True)
class FeedTerm:
    """What was said after ``feed:``, and where, counted in characters from 0."""

    text: str
    position: int


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was understood; all parts must hold. ``typing`` says that its last term may go on."""

    text: str = ""
    terms: tuple[Term, ...] = ()
    states: frozenset[str] = frozenset()
    feeds: tuple[FeedTerm, ...] = ()
    typing: bool = False

    @property
    def everything(self) -> bool:
        """Whether nothing was asked for, so that all articles fit."""
        return not (self.terms or self.states or self.feeds)


def parse(query: str, live: bool = False) -> Query:
    """A query's parts. Raises BadQuery."""
    reader = _Reader(query, live)
    terms: list[Term] = []
    states: set[str] = set()
    feeds: list[FeedTerm] = []
    for part in reader.parts():
        if isinstance(part, FeedTerm):
            feeds.append(part)
        elif isinstance(part, Term):
            terms.append(part)
        else:
            states.add(part)
    understood = Query(query, tuple(terms), frozenset(states), tuple(feeds), reader.typing)
    if understood.everything and query.strip():
        raise BadQuery("Nothing to search for: a word needs a letter or a digit", query, _first(query))
    return understood


def plan(query: Query, feeds: Sequence[Feed], midnight: int) -> SearchPlan:
    """What the store runs for a query; ``midnight`` is when today began. Raises BadQuery for an unknown feed."""
    chosen = _chosen(query, feeds)
    if {"read", "unread"} <= query.states:
        chosen = ()
    return SearchPlan(
        query.terms,
        is_read=("read" in query.states) if query.states & {"read", "unread"} else None,
        is_bookmarked=True if "bookmarked" in query.states else None,
        since=midnight if "today" in query.states else None,
        feed_ids=chosen,
        last_is_prefix=query.typing,
    )


def within(plan: SearchPlan, view: View, feed_ids: Sequence[int] | None, midnight: int) -> SearchPlan:
    """The search in a view, which is of these feeds or, with None, of all."""
    chosen = plan.feed_ids
    if feed_ids is not None:
        chosen = tuple(sorted(feed_ids if chosen is None else set(chosen) & set(feed_ids)))
    match view.kind:
        case ViewKind.UNREAD:
            if plan.is_read:
                chosen = ()
            plan = replace(plan, is_read=False)
        case ViewKind.TODAY:
            plan = replace(plan, since=midnight)
        case ViewKind.BOOKMARKS:
            plan = replace(plan, is_bookmarked=True)
        case ViewKind.SECTION:
            plan = replace(plan, section=view.section)
    return replace(plan, feed_ids=chosen)


def highlights(query: str, live: bool = False) -> tuple[find.Term, ...]:
    """The words and phrases to highlight in a text; none for a query with a mistake."""
    from reader.document.find import Term as Wanted

    try:
        asked = parse(query, live)
    except BadQuery:
        return ()
    last = asked.terms[-1] if asked.typing else None
    return tuple(Wanted(term.words, term.prefix or term is last) for term in asked.terms)


def _chosen(query: Query, feeds: Sequence[Feed]) -> tuple[int, ...] | None:
    """The ids of the feeds that all ``feed:`` fit; None where none is asked for."""
    if not query.feeds:
        return None
    chosen = {feed.id for feed in feeds}
    for asked in query.feeds:
        fitting = finding.fitting(feeds, asked.text)
        if not fitting:
            raise BadQuery(f'No feed is called "{clean_line(asked.text, 100)}"', query.text, asked.position)
        chosen &= {feed.id for feed in fitting}
    return tuple(sorted(chosen))


class _Reader:
    """Walks over a query once, from its first to its last character."""

    def __init__(self, query: str, live: bool) -> None:
        self.query = query
        self.live = live
        self.at = 0
        self.typing = False  # whether the part read last is a term that may go on

    def parts(self) -> Iterator[Term | FeedTerm | str]:
        """Terms, feeds and states in the order written."""
        count = 0
        while self._more():
            start = self.at
            self.typing = False
            part = self._phrase() if self.query[start] in _QUOTES else self._word()
            if part is None:
                continue
            count += 1
            if count > MOST_TERMS:
                raise self._mistake(f"A query may have {MOST_TERMS} words at most", start)
            yield part

    def _more(self) -> bool:
        """Go to the next character that is no space; False at the end."""
        space = _SPACE.match(self.query, self.at)
        self.at = space.end() if space else self.at
        return self.at < len(self.query)

    def _quoted(self) -> tuple[str, bool]:
        """The text between quotes and whether the closing one is there."""
        start = self.at
        self.at += 1
        while self.at < len(self.query) and self.query[self.at] not in _QUOTES:
            self.at += 1
        closed = self.at < len(self.query)
        if not closed and not self.live:
            raise self._mistake("The quote is not closed", start)
        inside = self.query[start + 1 : self.at]
        self.at += closed
        return inside, closed

    def _phrase(self) -> Term | None:
        """A phrase; a ``*`` right after it lets its last word go on."""
        inside, closed = self._quoted()
        star = self.query.startswith("*", self.at)
        self.at += star
        return self._term(inside, star, typing=not closed and not inside.endswith(" "))

    def _word(self) -> Term | FeedTerm | str | None:
        """A word, or a field with its value."""
        start = self.at
        found = _WORD.match(self.query, start)
        assert found is not None
        self.at = found.end()
        word = found[0]
        field = _FIELD.match(word)
        if field is not None:
            return self._field(field[1].lower(), word[field.end() :], start, start + field.end())
        return self._plain(word, start)

    def _field(self, name: str, value: str, start: int, inside: int) -> FeedTerm | str:
        """A field with its value, which may be in quotes."""
        if name not in FIELDS:
            raise self._mistake(f'"{clean_line(name, 40)}:" is no field; "is:" and "feed:" are; {_ASIDE}', start)
        if not value and self.query[self.at : self.at + 1] in tuple(_QUOTES):
            value, _ = self._quoted()
        value = clean_line(value)
        if name == "feed":
            if not value:
                raise self._mistake("feed: needs the name of a feed", inside)
            return FeedTerm(value, inside)
        if fold(value) not in STATES:
            said = f'not "{clean_line(value, 40)}"' if value else "and nothing stands there"
            raise self._mistake(f"is: needs one of {', '.join(STATES)}, {said}", inside)
        return fold(value)

    def _plain(self, word: str, start: int) -> Term | None:
        """A word that is no field."""
        typing = self.live and self.at == len(self.query)
        if word in ("OR", "NOT") and not typing:
            raise self._mistake(f"{word} is not understood yet; {_ASIDE}", start)
        if word.startswith("-") and _searchable(word):
            raise self._mistake(f"-word is not understood yet; {_ASIDE}", start)
        if word.startswith("(") or word.count(")") > word.count("("):
            raise self._mistake(f"Parentheses are not understood yet; {_ASIDE}", start)
        star = word.endswith("*")
        bare = word[:-1] if star else word
        if "*" in bare:
            raise self._mistake("A * may stand at the end of a word only", start + bare.index("*"))
        if star and not _searchable(bare):
            raise self._mistake("A * needs the start of a word before it", start + len(bare))
        return self._term(bare, star, typing)

    def _term(self, text: str, star: bool, typing: bool) -> Term | None:
        """A term; None for signs and symbols, which are in no index."""
        if not _searchable(text):
            return None
        self.typing = typing and not star
        return Term(tuple(clean_line(text).split()), star)

    def _mistake(self, message: str, position: int) -> BadQuery:
        """A mistake at a place of this query."""
        return BadQuery(message, self.query, position)


def _searchable(text: str) -> bool:
    """Whether the index knows any of these characters: letters, digits and private use."""
    return any(category[0] in "LN" or category == "Co" for category in map(unicodedata.category, text))


def _first(query: str) -> int:
    """Where the first character stands that is no space."""
    return len(query) - len(query.lstrip())
