"""The index in parts: as one, whichever part an article lies in."""

from __future__ import annotations

import pytest

from reader.store import arrivals, indexing, ordering, parts, search, upkeep
from reader.store.connection import Connection
from reader.store.plan import SearchPlan, Term
from tests.store.made import NOW, changed, entry, feed, new, put, put_some

COMMON = SearchPlan((Term(("common",)),))


@pytest.fixture
def library(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> Connection:
    """Ninety-five articles in ten parts, every tenth with a rare word."""
    monkeypatch.setattr(parts, "SPAN", 10)
    feed_id = feed(connection)
    for start in range(0, 95, 7):
        some = range(start, min(start + 7, 95))
        put(connection, feed_id, [new(entry(str(at), text=f"common {'rare' * (at % 10 == 0)}"), at) for at in some])
    return connection


def test_each_part_holds_so_many_articles(library: Connection) -> None:
    assert [part.first_id for part in parts.parts(library)] == [*range(90, 0, -10), 0]
    for part in parts.parts(library):
        held = [row[0] for row in library.rows(f"SELECT rowid FROM {part.table} WHERE {part.table} MATCH 'common'")]
        assert held == list(range(max(part.first_id, 1), min(part.first_id + 10, 96)))
    assert upkeep.check(library) == []


def test_a_search_goes_through_all_of_them_newest_first(library: Connection) -> None:
    everything = list(range(95, 0, -1))
    assert list(search.ids(library, COMMON)) == everything
    assert list(search.ids(library, COMMON, 25)) == everything[:25]
    assert list(search.ids(library, COMMON, 25, after=71)) == everything[25:50]
    assert [list(piece) for piece in search.chunks(library, COMMON, 10)] == [
        everything[:10],
        everything[10:50],
        everything[50:],
    ]
    assert list(search.ids(library, SearchPlan((Term(("rare",)),)))) == list(range(91, 0, -10))
    assert list(search.ids(library, SearchPlan((Term(("com",), prefix=True),)), 12)) == everything[:12]
    assert (
        list(search.ids(library, SearchPlan((Term(("rare",), negated=True),)), 12, after=None))
        == [each for each in everything if each % 10 != 1][:12]
    )
    assert search.count(library, COMMON) == 95
    assert len(search.best(library, COMMON, 20)) == 20


def test_an_article_is_indexed_anew_where_it_lies(library: Connection) -> None:
    arrivals.update(library, [changed(5, entry("4", text="quite other"))], NOW)
    indexing.index_some(library)
    assert list(search.ids(library, SearchPlan((Term(("other",)),)))) == [5]
    assert 5 not in search.ids(library, COMMON)
    assert library.value("SELECT rowid FROM search_0 WHERE search_0 MATCH 'other'") == 5


def test_what_is_forgotten_is_found_no_more(library: Connection) -> None:
    arrivals.forget(library, iter([5, 50, 95]), NOW)
    assert {5, 50, 95}.isdisjoint(search.ids(library, COMMON))
    assert upkeep.check(library) == []


def test_new_articles_are_found_after_others_made_a_part(library: Connection) -> None:
    put_some(library, 1, 30)
    assert len(search.ids(library, SearchPlan((Term(("body",)),)))) == 30
    assert len(ordering.ids(library, COMMON)) == 95
