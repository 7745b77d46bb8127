"""Lists, their order and their numbers, and that no list reads more than an index."""

from __future__ import annotations

import shutil
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reader.model import Kind, Mark, View, ViewKind
from reader.store import arrivals, checks, feeds, lists, marks, search
from reader.store.connection import Connection
from reader.store.database import Database
from reader.store.plan import SearchPlan
from tests.store.made import MIDNIGHT, NOW, entry, feed, new, put, put_some

ALL = View(ViewKind.ALL)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three feeds, one in a folder below another's, one of them a directory; some read, some bookmarked."""
    database = Database(tmp_path_factory.mktemp("template") / "reader.db")
    connection = database.local()
    feed(connection, "top", ("News",))
    feed(connection, "below", ("News", "Asia"))
    feed(connection, "texts", ("Texts",), Kind.DIRECTORY)
    put_some(connection, 1, 40, NOW)
    put_some(connection, 2, 40, NOW - 30)
    sections = [None, "a", "a/b", "ab"]
    put(connection, 3, [new(entry(f"{at}", section=sections[at % 4]), NOW - 40_000 + at // 3) for at in range(40)])
    every = lists.ids(connection, ALL, MIDNIGHT)
    marks.mark(connection, every[::3], Mark.READ, "Read", NOW)
    marks.mark(connection, every[::7], Mark.BOOKMARKED, "Bookmarked", NOW)
    database.close_all()
    return database.path


@pytest.fixture
def library(template: Path, tmp_path: Path) -> Iterator[Connection]:
    """A copy of it for each test, without the waiting for the disk."""
    database = Database(Path(shutil.copy(template, tmp_path / "reader.db")))
    connection = database.local()
    connection.run("PRAGMA synchronous = OFF")
    yield connection
    database.close_all()


def of(connection: Connection, condition: str) -> list[int]:
    """What a view must hold, by the plainest query there is."""
    sql = f"SELECT id FROM articles WHERE is_hidden = 0 AND {condition} ORDER BY sort_at DESC, id DESC"
    return [row[0] for row in connection.rows(sql)]


VIEWS: list[tuple[View, str]] = [
    (ALL, "1"),
    (View(ViewKind.UNREAD), "is_read = 0"),
    (View(ViewKind.TODAY), f"sort_at >= {MIDNIGHT}"),
    (View(ViewKind.BOOKMARKS), "is_bookmarked = 1"),
    (View(ViewKind.ARCHIVE), "0"),
    (View(ViewKind.FEED, feed_id=2), "feed_id = 2"),
    (View(ViewKind.FOLDER, folder=("News",)), "feed_id IN (1, 2)"),
    (View(ViewKind.FOLDER, folder=("News", "Asia")), "feed_id = 2"),
    (View(ViewKind.FOLDER, folder=("Nowhere",)), "0"),
    (View(ViewKind.FOLDER), "1"),
    (View(ViewKind.SECTION, feed_id=3, section="a"), "feed_id = 3 AND section IN ('a', 'a/b')"),
    (View(ViewKind.SECTION, feed_id=3, section="a/b"), "section = 'a/b'"),
]


@pytest.mark.parametrize(("view", "condition"), VIEWS, ids=lambda value: getattr(value, "kind", ""))
@pytest.mark.parametrize("unread", [False, True])
def test_a_view_holds_its_articles_newest_first(
    library: Connection, view: View, condition: str, unread: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "_PIECE", 7)
    expected = of(library, f"{condition} AND is_read = 0" if unread else condition)
    assert list(lists.ids(library, view, MIDNIGHT, unread=unread)) == expected
    assert list(lists.ids(library, view, MIDNIGHT, 9, unread=unread)) == expected[:9]
    pieces = list(lists.chunks(library, view, MIDNIGHT, 5, unread=unread))
    assert list(pieces[0]) == expected[:5]
    assert [each for piece in pieces for each in piece] == expected
    if expected:
        assert list(lists.ids(library, view, MIDNIGHT, 4, expected[5], unread=unread)) == expected[6:10]
        assert not lists.ids(library, view, MIDNIGHT, 4, expected[-1], unread=unread)


@pytest.mark.parametrize(("view", "condition"), VIEWS, ids=lambda value: getattr(value, "kind", ""))
def test_a_view_is_the_same_once_the_planner_has_its_numbers(library: Connection, view: View, condition: str) -> None:
    library.run("ANALYZE")
    assert list(lists.ids(library, view, MIDNIGHT)) == of(library, condition)


def test_the_list_goes_on_behind_an_article_that_left_the_view(library: Connection) -> None:
    unread = lists.ids(library, View(ViewKind.UNREAD), MIDNIGHT)
    marks.mark(library, [unread[3]], Mark.READ, "Read", NOW)
    assert lists.ids(library, View(ViewKind.UNREAD), MIDNIGHT, 2, unread[3]) == unread[4:6]


def test_behind_an_unknown_article_there_is_nothing(library: Connection) -> None:
    assert lists.ids(library, ALL, MIDNIGHT, after=99_999) == array("q")


def test_the_numbers_are_those_of_the_views(library: Connection) -> None:
    counts = lists.counts(library, MIDNIGHT)

    def length(kind: ViewKind, unread: bool = False, **which: Any) -> int:
        return len(lists.ids(library, View(kind, **which), MIDNIGHT, unread=unread))

    assert counts.all == length(ViewKind.ALL) == 120
    assert counts.unread == length(ViewKind.UNREAD) == 80
    assert counts.today == length(ViewKind.TODAY) == 80
    assert counts.bookmarks == length(ViewKind.BOOKMARKS)
    assert counts.feeds == {
        each: (length(ViewKind.FEED, True, feed_id=each), length(ViewKind.FEED, feed_id=each)) for each in (1, 2, 3)
    }
    assert counts.sections == {
        (3, each): length(ViewKind.SECTION, True, feed_id=3, section=each) for each in ("a", "a/b", "ab")
    }


def test_a_section_without_articles_of_its_own_is_counted_with_those_below(connection: Connection) -> None:
    put(connection, feed(connection, kind=Kind.DIRECTORY), [new(entry("1", section="x/y/z"))])
    assert lists.counts(connection, 0).sections == {(1, "x"): 1, (1, "x/y"): 1, (1, "x/y/z"): 1}


def test_an_empty_library_has_empty_lists(connection: Connection) -> None:
    assert list(lists.chunks(connection, ALL, 0)) == [array("q")]
    counts = lists.counts(connection, 0)
    assert (counts.all, counts.unread, counts.today, counts.bookmarks, counts.archive) == (0, 0, 0, 0, 0)


def plans(connection: Connection, work: Any) -> list[str]:
    """The steps that SQLite plans for every statement that ``work`` runs."""
    run: list[tuple[str, Any]] = []

    def note(_: Any, sql: str, values: Any) -> bool:
        run.append((sql, values))
        return True

    connection.exec_trace = note
    try:
        work()
    finally:
        connection.exec_trace = None
    return [row[3] for sql, values in run for row in connection.rows(f"EXPLAIN QUERY PLAN {sql}", *(values or ()))]


def touching_articles(steps: list[str]) -> list[str]:
    return [step for step in steps if " articles" in step]


@pytest.mark.parametrize("analysed", [False, True])
@pytest.mark.parametrize("unread", [False, True])
@pytest.mark.parametrize("limit", [None, 100])
@pytest.mark.parametrize("view", [view for view, _ in VIEWS if view.folder != ("Nowhere",)], ids=lambda view: view.kind)
def test_a_list_is_read_from_a_covering_index(
    library: Connection, view: View, limit: int | None, unread: bool, analysed: bool
) -> None:
    feeds.remove(library, 1, NOW)
    if analysed:
        library.run("ANALYZE")
    steps = plans(library, lambda: lists.ids(library, view, MIDNIGHT, limit, unread=unread))
    assert touching_articles(steps)
    is_filtered = view.kind is ViewKind.BOOKMARKS and unread
    assert is_filtered or all("COVERING INDEX" in step for step in touching_articles(steps)), steps
    if view.kind not in (ViewKind.FOLDER, ViewKind.ARCHIVE):
        assert not [step for step in steps if "TEMP B-TREE" in step], steps


def test_few_articles_among_many_are_gathered_and_not_walked_to(library: Connection) -> None:
    put_some(library, 1, 400, NOW - 100_000)
    view = View(ViewKind.FOLDER, folder=("Texts",))
    steps = touching_articles(plans(library, lambda: lists.ids(library, view, MIDNIGHT)))
    assert [step.split("(")[0] for step in steps] == ["SEARCH articles USING COVERING INDEX articles_feed "]
    assert list(lists.ids(library, view, MIDNIGHT)) == of(library, "feed_id = 3")


@pytest.mark.parametrize("analysed", [False, True])
def test_unread_counts_are_never_a_scan_of_articles(library: Connection, analysed: bool) -> None:
    if analysed:
        library.run("ANALYZE")
    steps = plans(library, lambda: (lists.counts(library, MIDNIGHT), feeds.followed(library), feeds.one(library, 1)))
    assert touching_articles(steps) == ["SEARCH articles USING COVERING INDEX articles_all (sort_at>?)"]


@pytest.mark.parametrize("analysed", [False, True])
def test_the_path_in_never_scans_articles(library: Connection, analysed: bool) -> None:
    if analysed:
        library.run("ANALYZE")

    def work() -> None:
        arrivals.known(library, 1, ["1", "2"], [3])
        arrivals.insert(library, 1, [new(entry("fresh"))], NOW)
        arrivals.forget(library, [1], NOW)
        feeds.remove(library, 1, NOW)
        feeds.restore(library, 1)
        marks.mark(library, [5, 6], Mark.READ, "Read", NOW)
        marks.undo(library, NOW)
        checks.due(library, NOW)

    steps = plans(library, work)
    assert touching_articles(steps)
    assert not [step for step in steps if step.startswith("SCAN articles")], steps


@pytest.mark.parametrize("analysed", [False, True])
def test_filters_without_words_use_an_index(library: Connection, analysed: bool) -> None:
    if analysed:
        library.run("ANALYZE")
    for plan in (SearchPlan(is_read=False), SearchPlan(is_bookmarked=True), SearchPlan(since=MIDNIGHT), SearchPlan()):
        steps = plans(library, lambda plan=plan: search.ids(library, plan))
        assert not [step for step in steps if step == "SCAN articles" or "TEMP B-TREE" in step], (plan, steps)
