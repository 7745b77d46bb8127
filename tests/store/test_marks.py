"""Marks, undo and redo, and counts that hold whatever happens."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from reader import errors
from reader.model import Kind, Mark, View, ViewKind
from reader.store import arrivals, articles, feeds, inspection, lists, marks
from reader.store.connection import Connection, transaction
from reader.store.database import Database
from tests.store.made import NOW, changed, entry, feed, new, put_some

State = dict[int, tuple[int, int, int]]


def state(connection: Connection) -> State:
    sql = "SELECT id, is_read, is_bookmarked, is_hidden FROM articles"
    return {row[0]: tuple(row[1:]) for row in connection.rows(sql)}


def followed(connection: Connection) -> list[int]:
    return [each.id for each in feeds.followed(connection)]


def test_a_mark_counts_only_what_it_changed(connection: Connection) -> None:
    ids = put_some(connection, feed(connection), 5)
    marks.mark(connection, ids[:2], Mark.READ, "Marked 2 read", NOW)
    change = marks.mark(connection, [*reversed(ids), ids[0], 999], Mark.READ, "Marked all read", NOW)
    assert (change.label, change.count, list(change.ids)) == ("Marked all read", 3, [ids[4], ids[3], ids[2]])
    assert lists.counts(connection, 0).unread == 0
    assert marks.mark(connection, ids, Mark.READ, "Again", NOW).count == 0
    undone = marks.undo(connection, NOW)
    assert undone is not None
    assert (undone.label, undone.count) == ("Marked all read", 3)
    assert [row.is_read for row in articles.rows(connection, ids)] == [True, True, False, False, False]


@pytest.mark.parametrize("mark", Mark)
def test_undo_and_redo_go_back_and_forth(connection: Connection, mark: Mark) -> None:
    ids = put_some(connection, feed(connection), 6)
    marks.mark(connection, ids[::2], Mark.READ, "Read", NOW)
    marks.mark(connection, ids[::3], Mark.BOOKMARKED, "Bookmarked", NOW)
    before = state(connection)
    marks.mark(connection, ids[:5], mark, "Marked", NOW)
    after = state(connection)
    for _ in range(2):
        assert marks.undo(connection, NOW)
        assert state(connection) == before
        assert marks.redo(connection, NOW)
        assert state(connection) == after


def test_there_is_an_end_to_undo_and_to_redo(connection: Connection) -> None:
    ids = put_some(connection, feed(connection), 1)
    assert marks.undo(connection, NOW) is None
    marks.mark(connection, ids, Mark.READ, "Read", NOW)
    assert marks.redo(connection, NOW) is None
    assert marks.undo(connection, NOW)
    assert marks.undo(connection, NOW) is None
    assert marks.redo(connection, NOW)
    assert marks.redo(connection, NOW) is None


def test_a_new_action_forgets_what_was_undone(connection: Connection) -> None:
    ids = put_some(connection, feed(connection), 3)
    for each in ids:
        marks.mark(connection, [each], Mark.READ, f"Read {each}", NOW)
    marks.undo(connection, NOW)
    marks.undo(connection, NOW)
    marks.mark(connection, ids[:1], Mark.BOOKMARKED, "Bookmarked", NOW)
    assert marks.redo(connection, NOW) is None
    labels = [change.label for change in (marks.undo(connection, NOW), marks.undo(connection, NOW)) if change]
    assert labels == ["Bookmarked", f"Read {ids[0]}"]


def test_an_action_without_effect_keeps_what_can_be_redone(connection: Connection) -> None:
    ids = put_some(connection, feed(connection), 1)
    marks.mark(connection, ids, Mark.READ, "Read", NOW)
    marks.undo(connection, NOW)
    marks.mark(connection, ids, Mark.UNREAD, "Unread", NOW)
    assert marks.redo(connection, NOW)


def test_the_journal_outlives_a_restart_and_is_shared(database: Database) -> None:
    ids = put_some(database.local(), feed(database.local()), 2)
    marks.mark(database.local(), ids, Mark.READ, "Read", NOW)
    database.close_all()
    other = Database(database.path)
    assert marks.undo(other.local(), NOW)
    assert marks.redo(database.local(), NOW)
    other.close_all()


def test_the_journal_is_bounded(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "KEPT_ACTIONS", 5)
    ids = put_some(connection, feed(connection), 1)
    for _ in range(10):
        marks.mark(connection, ids, Mark.READ, "Read", NOW)
        marks.mark(connection, ids, Mark.UNREAD, "Unread", NOW)
    assert connection.value("SELECT count(*) FROM actions") == 5
    assert connection.value("SELECT count(*) FROM action_articles") == 5


def test_a_mark_of_very_many_is_one_action_in_slices(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "SLICE", 10)
    ids = put_some(connection, feed(connection), 95)
    assert marks.mark(connection, ids, Mark.READ, "All read", NOW).count == 95
    assert connection.value("SELECT count(*) FROM action_articles") == 10
    undone = marks.undo(connection, NOW)
    assert undone is not None
    assert sorted(undone.ids) == ids
    assert lists.counts(connection, 0).unread == 95
    redone = marks.redo(connection, NOW)
    assert redone is not None
    assert redone.count == 95


def test_others_write_between_the_slices(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "SLICE", 5)
    connection = database.local()
    ids = put_some(connection, feed(connection), 400)
    thread = threading.Thread(target=lambda: marks.mark(database.local(), ids, Mark.READ, "All read", NOW))
    thread.start()
    for each in ids[:20]:
        marks.mark(connection, [each], Mark.BOOKMARKED, "Bookmarked", NOW)
    thread.join(60)
    assert lists.counts(connection, 0).feeds == {1: (0, 400)}
    while marks.undo(connection, NOW):
        pass
    assert set(state(connection).values()) == {(0, 0, 0)}


def test_times_of_change_are_kept(connection: Connection) -> None:
    ids = put_some(connection, feed(connection), 2)
    marks.mark(connection, ids[:1], Mark.READ, "Read", NOW + 1)
    marks.mark(connection, ids[:1], Mark.BOOKMARKED, "Bookmarked", NOW + 2)
    marks.undo(connection, NOW + 3)
    assert connection.rows("SELECT read_at, bookmarked_at FROM articles") == [(NOW + 1, NOW + 3), (None, None)]


def test_removing_a_feed_is_undone_and_redone(connection: Connection) -> None:
    feed_id = feed(connection)
    ids = put_some(connection, feed_id, 4)
    marks.mark(connection, ids[:1], Mark.BOOKMARKED, "Bookmarked", NOW)
    before = state(connection)
    change = marks.remove_feed(connection, feed_id, "Removed One", NOW)
    assert (change.label, change.count) == ("Removed One", 1)
    assert list(lists.ids(connection, View(ViewKind.ALL), 0)) == ids[:1]
    assert marks.undo(connection, NOW) == change
    assert (state(connection), followed(connection)) == (before, [feed_id])
    assert marks.redo(connection, NOW) == change
    assert followed(connection) == []
    with pytest.raises(errors.NotFound):
        marks.remove_feed(connection, feed_id, "Removed", NOW)


class Library(RuleBasedStateMachine):
    """Whatever is done in whatever order: counts are true, and undo and redo are exact."""

    def __init__(self) -> None:
        super().__init__()
        self.place = TemporaryDirectory()
        self.database = Database(Path(self.place.name) / "reader.db")
        self.connection = self.database.local()
        self.connection.run("PRAGMA synchronous = OFF")
        self.states: list[tuple[State, list[int]]] = []
        self.done = 0
        self.serial = 0
        for name in ("one", "two"):
            feed(self.connection, name)

    def teardown(self) -> None:
        self.database.close_all()
        self.place.cleanup()

    def now(self) -> tuple[State, list[int]]:
        return state(self.connection), followed(self.connection)

    def acted(self, before: tuple[State, list[int]]) -> None:
        """An action took place: what was undone is forgotten."""
        del self.states[self.done :]
        self.states += [before]
        self.done += 1

    def unjournalled(self) -> None:
        """What is no action changes the states to come back to: begin anew."""
        self.connection.run("DELETE FROM actions")
        self.states, self.done = [], 0

    @rule(feed_id=st.sampled_from([1, 2]), count=st.integers(1, 5), section=st.sampled_from([None, "a", "a/b"]))
    def arrive(self, feed_id: int, count: int, section: str | None) -> None:
        self.unjournalled()
        self.serial += 10
        some = [new(entry(str(self.serial + at), section=section), at, is_read=at == 3) for at in range(count)]
        arrivals.insert(self.connection, feed_id, some, NOW)

    @rule(data=st.data())
    def change_or_forget(self, data: st.DataObject) -> None:
        known = sorted(state(self.connection))
        if known:
            self.unjournalled()
            article_id = data.draw(st.sampled_from(known))
            section = data.draw(st.sampled_from([None, "a", "c"]))
            arrivals.update(self.connection, [changed(article_id, entry(f"new {article_id}", section=section))], NOW)
            if data.draw(st.booleans()):
                arrivals.forget(self.connection, [article_id], NOW)

    @rule(data=st.data(), mark=st.sampled_from(list(Mark)))
    def mark(self, data: st.DataObject, mark: Mark) -> None:
        before = self.now()
        known = sorted(before[0]) or [1]
        ids = data.draw(st.lists(st.sampled_from(known), max_size=8))
        if marks.mark(self.connection, ids, mark, "Marked", NOW).count:
            self.acted(before)
        else:
            assert self.now() == before

    @rule(feed_id=st.sampled_from([1, 2]))
    def remove(self, feed_id: int) -> None:
        before = self.now()
        if feed_id in before[1]:
            marks.remove_feed(self.connection, feed_id, "Removed", NOW)
            self.acted(before)

    @rule(name=st.sampled_from(["one", "two"]))
    def add_again(self, name: str) -> None:
        self.unjournalled()
        with transaction(self.connection):
            feeds.add(self.connection, f"https://{name}.example/feed", Kind.FEED, None, (), NOW)

    @precondition(lambda self: self.done > 0)
    @rule()
    def undo_and_redo(self) -> None:
        before = self.now()
        assert marks.undo(self.connection, NOW)
        assert self.now() == self.states[self.done - 1]
        assert marks.redo(self.connection, NOW)
        assert self.now() == before

    @rule()
    def undo(self) -> None:
        before = self.now()
        change = marks.undo(self.connection, NOW)
        assert (change is None) == (self.done == 0)
        if change:
            self.done -= 1
            assert self.now() == self.states[self.done]
            self.states[self.done] = before

    @rule()
    def redo(self) -> None:
        before = self.now()
        change = marks.redo(self.connection, NOW)
        assert (change is None) == (self.done == len(self.states))
        if change:
            assert self.now() == self.states[self.done]
            self.states[self.done] = before
            self.done += 1

    @invariant()
    def counts_are_true(self) -> None:
        assert inspection.miscounted(self.connection) == 0
        counts = lists.counts(self.connection, 0)
        assert counts.all == len(lists.ids(self.connection, View(ViewKind.ALL), 0))
        assert counts.unread == len(lists.ids(self.connection, View(ViewKind.UNREAD), 0))
        assert counts.bookmarks == len(lists.ids(self.connection, View(ViewKind.BOOKMARKS), 0))
        assert counts.archive == len(lists.ids(self.connection, View(ViewKind.ARCHIVE), 0))


TestLibrary = Library.TestCase
TestLibrary.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)


def test_what_was_said_of_one_since_holds(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "SLICE", 5)
    ids = put_some(connection, feed(connection), 30)
    marks.mark(connection, ids[:1], Mark.READ, "One", NOW)
    said = iter([(ids[20], Mark.READ), (ids[20], Mark.UNREAD), (ids[21], Mark.BOOKMARKED)])

    def between() -> None:
        for article_id, mark in said:
            marks.mark(connection, [article_id], mark, "One", NOW)

    everything = marks.mark(connection, ids, Mark.READ, "All", NOW, between)
    assert everything.count == 28
    assert {each for each, (is_read, _, _) in state(connection).items() if not is_read} == {ids[20]}
    while marks.undo(connection, NOW):
        pass
    assert set(state(connection).values()) == {(0, 0, 0)}


def test_taking_very_many_back_goes_on_when_something_else_is_done(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marks, "SLICE", 5)
    ids = put_some(connection, feed(connection), 30)
    marks.mark(connection, ids, Mark.READ, "All", NOW)
    said = iter([ids[29]])

    def between() -> None:
        for article_id in said:
            marks.mark(connection, [article_id], Mark.BOOKMARKED, "One", NOW)

    undone = marks.undo(connection, NOW, between)
    assert undone is not None
    assert undone.count == 30
    assert lists.counts(connection, 0).unread == 30


def test_taking_back_what_is_still_being_done_stops_it(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "SLICE", 5)
    ids = put_some(connection, feed(connection), 30)
    turns = iter([None])

    def between() -> None:
        for _ in turns:
            marks.undo(connection, NOW)

    assert marks.mark(connection, ids, Mark.READ, "All", NOW, between).count == 5
    assert lists.counts(connection, 0).unread == 30


class Stopped(Exception):
    """Whoever asked wants no more of it."""


def stopping_after(slices: int) -> Callable[[], None]:
    left = iter(range(slices))

    def between() -> None:
        if next(left, None) is None:
            raise Stopped

    return between


def test_a_mark_that_is_stopped_keeps_what_it_did_as_one_action(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marks, "SLICE", 5)
    ids = put_some(connection, feed(connection), 23)
    with pytest.raises(Stopped):
        marks.mark(connection, ids, Mark.READ, "read", NOW, stopping_after(2))
    assert lists.counts(connection, 0).unread == 23 - 15
    undone = marks.undo(connection, NOW)
    assert undone is not None
    assert undone.count == 15
    assert lists.counts(connection, 0).unread == 23


def test_an_undo_that_is_stopped_goes_on_with_the_next(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "SLICE", 5)
    ids = put_some(connection, feed(connection), 23)
    marks.mark(connection, ids[:2], Mark.BOOKMARKED, "bookmarked", NOW)
    marks.mark(connection, ids, Mark.READ, "read", NOW)
    with pytest.raises(Stopped):
        marks.undo(connection, NOW, stopping_after(1))
    assert lists.counts(connection, 0).unread == 10
    undone = marks.undo(connection, NOW)
    assert undone is not None
    assert (undone.label, undone.count) == ("read", 13)
    with pytest.raises(Stopped):
        marks.redo(connection, NOW, stopping_after(0))
    redone = marks.redo(connection, NOW)
    assert redone is not None
    assert (redone.label, redone.count) == ("read", 18)
    assert lists.counts(connection, 0).unread == 0
