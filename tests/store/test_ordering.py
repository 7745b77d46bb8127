"""Hits in the order of lists, in pieces."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model import View, ViewKind
from reader.store import arrivals, indexing, lists, ordering, search
from reader.store.connection import Connection
from reader.store.database import Database
from reader.store.plan import SearchPlan, Term
from tests.store.made import NOW, entry, feed, new

COMMON = SearchPlan((Term(("common",)),))
DAY = 86_400


def fill(connection: Connection, chance: random.Random, checks: int, at_once: int) -> None:
    """Articles of some checks, a day apart; each may be as old as it likes, but not newer than its check."""
    feed_id = feed(connection, str(chance.random()))
    for check in range(checks):
        now = NOW + check * DAY
        some = [
            new(entry(f"{check}-{at}", text="common"), now - chance.choice((0, 60, 3 * DAY, 40 * DAY)))
            for at in range(at_once)
        ]
        arrivals.insert(connection, feed_id, some, now)
    while indexing.index_some(connection, 100):
        pass


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000), st.integers(1, 12), st.integers(0, 9))
def test_the_pieces_are_the_list(tmp_path_factory: pytest.TempPathFactory, seed: int, first: int, at_once: int) -> None:
    database = Database(tmp_path_factory.mktemp("library") / "reader.db")
    connection = database.local()
    fill(connection, random.Random(seed), 8, at_once)
    pieces = list(ordering.chunks(connection, COMMON, first))
    listed = lists.ids(connection, View(ViewKind.ALL), 0)
    assert [each for piece in pieces for each in piece] == list(listed)
    assert list(ordering.ids(connection, COMMON, 5)) == list(listed[:5])
    database.close_all()


def test_the_first_ones_come_before_all_are_known(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "PIECE", 20)
    fill(connection, random.Random(1), 40, 5)
    first = next(ordering.chunks(connection, COMMON, 20))
    assert 0 < len(first) <= 20
    assert list(first) == list(lists.ids(connection, View(ViewKind.ALL), 0, len(first)))


def test_nothing_found_is_one_empty_piece(connection: Connection) -> None:
    assert [list(piece) for piece in ordering.chunks(connection, COMMON)] == [[]]
