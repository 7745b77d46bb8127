"""A library with damage at random: looked at, mended, and every mark that any page still tells of is there."""

import random
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from reader import errors
from reader.model import Mark
from reader.store import arrivals, care, feeds, indexing, inspection, marks, mending, salvage, upkeep
from reader.store.connection import Connection, transaction
from reader.store.database import Database
from reader.store.inspection import Kind
from tests.store.made import NOW, changed, entry, feed, new

FEEDS, EACH = 4, 250


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of a thousand articles, every third read, every seventh bookmarked."""
    path = tmp_path_factory.mktemp("sound") / "reader.db"
    with closing(Database(path).connect()) as connection:
        ids: list[int] = []
        for number in range(FEEDS):
            feed_id = feed(connection, f"feed{number}", ("Folder",))
            some = [new(entry(f"{number}-{at}", text=f"word{at} " * 300), NOW - at) for at in range(EACH)]
            with transaction(connection):
                ids += arrivals.insert(connection, feed_id, some, NOW)
        while indexing.index_some(connection, 500):
            pass
        marks.mark(connection, ids[::3], Mark.READ, "read", NOW)
        marks.mark(connection, ids[::7], Mark.BOOKMARKED, "bookmarked", NOW)
    return path


@pytest.fixture
def path(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sound, tmp_path / "reader.db"))


@pytest.fixture
def opened(path: Path) -> Iterator[Connection]:
    with closing(Database(path).connect()) as connection:
        yield connection


def state(path: Path) -> tuple[set[int], set[int], set[int]]:
    """All articles, the read ones and the bookmarked ones."""
    with closing(Database(path).connect()) as connection:
        every, read, marked = (
            {row[0] for row in connection.rows(f"SELECT id FROM articles WHERE {which}")}
            for which in ("1", "is_read = 1", "is_bookmarked = 1")
        )
        return every, read, marked


def damage(path: Path, chance: random.Random, count: int = 1) -> list[str]:
    """Spoil some pages of tables or indexes, but for the list of tables itself; which."""
    with closing(apsw.Connection(str(path))) as connection:
        pages = list(connection.execute("SELECT name, pageno FROM dbstat WHERE pageno > 4 ORDER BY pageno"))
    chosen = chance.sample(pages, count)
    with path.open("r+b") as file:
        for _, page in chosen:
            file.seek((page - 1) * 8192)
            file.write(chance.choice([bytes(8192), chance.randbytes(8192), chance.randbytes(4000)]))
    return [str(name) for name, _ in chosen]


@pytest.mark.parametrize("seed", range(16))
def test_a_damaged_page_anywhere_loses_no_mark(path: Path, seed: int) -> None:
    before = state(path)
    where = damage(path, random.Random(seed))
    look = care.look(path, NOW)
    assert look.refusal is None
    done = care.mend(path, NOW)
    assert done.left == [], where
    assert state(path) == before, where
    with closing(Database(path).connect()) as connection:
        assert inspection.inspect(connection) == []
    if look.troubles:
        assert done.kept
        assert all(each.exists() for each in done.kept)
    assert not list(path.parent.glob("*.part*"))


@pytest.mark.parametrize("seed", range(4))
def test_several_damaged_pages_leave_a_library_that_is_sound(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    every, read, marked = state(path)
    damage(path, chance, 5)
    care.mend(path, NOW)
    found = state(path)
    assert len(found[0] & every) > 0.9 * len(every)
    assert len(found[1] & read) > 0.9 * len(read)
    assert len(found[2] & marked) > 0.9 * len(marked)
    with closing(Database(path).connect()) as connection:
        assert inspection.inspect(connection) == []


def test_lost_titles_and_texts_come_back_with_the_next_refresh_and_are_no_edits(path: Path) -> None:
    from tests.store.faults import flip

    shutil.copy(path, path.with_name("before.db"))
    flip("articles")(path.parent)
    flip("contents")(path.parent)
    done = care.mend(path, NOW)
    assert done.salvaged is not None
    assert done.salvaged.articles_anew > 0
    assert done.salvaged.bodies_lost > 0
    with closing(Database(path).connect()) as connection:
        lost = connection.rows("SELECT id, guid FROM articles WHERE entry_hash = 0")
        assert len(lost) >= done.salvaged.articles_anew
        news = [changed(row[0], entry(row[1], text="The words are back.")) for row in lost]
        assert arrivals.update(connection, news, NOW) == 0
        ids = [row[0] for row in lost]
        assert not connection.value("SELECT count(*) FROM articles WHERE updated IS NOT NULL")
        assert connection.value("SELECT count(*) FROM articles WHERE title IS NULL") == 0
        assert not connection.value("SELECT count(*) FROM versions")
        assert len(ids) == len(news)
        assert inspection.inspect(connection) == []


def test_no_table_is_forgotten_by_a_salvage(opened: Connection) -> None:
    tables = {row[0] for row in opened.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    made = {"sqlite_sequence", "sqlite_stat1", "sqlite_stat4", "memory"} | inspection.DERIVED
    left = {name for name in tables - made - salvage.TABLES.keys() if not name.startswith(("search_", "titles"))}
    assert left == set()


def test_ids_are_never_used_again_after_a_salvage(path: Path, opened: Connection) -> None:
    newest = opened.value("SELECT max(id) FROM articles")
    arrivals.forget(opened, [newest], NOW)
    opened.close()
    from tests.store.faults import flip

    flip("articles")(path.parent)
    care.mend(path, NOW)
    with closing(Database(path).connect()) as connection:
        feed_id = connection.value("SELECT min(id) FROM feeds")
        assert arrivals.insert(connection, feed_id, [new(entry("brand new"))], NOW) == [newest + 1]


def test_a_body_with_other_bytes_is_found_though_sqlite_is_content(path: Path, opened: Connection) -> None:
    opened.run("UPDATE contents SET html = randomblob(200) WHERE article_id = 5")
    opened.close()
    look = care.look(path, NOW)
    assert [trouble.words for trouble in look.troubles] == ["contents: 1 texts cannot be read"]
    assert care.mend(path, NOW).left == []


def test_a_text_that_is_no_text_any_more_is_found(path: Path) -> None:
    with path.open("r+b") as file:
        data = file.read()
        at = data.index(b"A headline", len(data) // 4)
        file.seek(at)
        file.write(b"\xff\xfe\xff")
    assert [trouble.kind for trouble in care.look(path, NOW).troubles] == [Kind.FILE]
    assert care.mend(path, NOW).left == []
    with closing(Database(path).connect()) as connection:
        assert upkeep.check(connection) == []


def test_the_worst_comes_first(path: Path, opened: Connection) -> None:
    opened.run("UPDATE counts SET unread = 3")
    opened.run("DELETE FROM contents WHERE article_id = 3")
    opened.run("PRAGMA foreign_keys = OFF")
    opened.run("INSERT INTO places VALUES (99999, 0, 0, 0, 0)")
    opened.close()
    kinds = [trouble.kind for trouble in care.look(path, NOW).troubles]
    assert kinds == [Kind.ORPHANS, Kind.BODIES, Kind.COUNTS]


def test_nothing_is_left_of_a_file_without_its_list_of_tables(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(100)
        file.write(random.Random(1).randbytes(8092))
    before = path.read_bytes()
    with pytest.raises(errors.Damaged, match="Nothing of") as caught:
        care.mend(path, NOW)
    assert "restore" in caught.value.hint
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == ["reader.db"]


def test_clocks_are_set(path: Path, opened: Connection) -> None:
    far = NOW + 60 * 365 * 86400
    feeds_there = [row[0] for row in opened.rows("SELECT id FROM feeds")]
    for feed_id, (next_at, retry_at, checked_at) in zip(
        feeds_there, ((far, None, NOW), (NOW, far, NOW), (NOW, None, far), (NOW + 86400, None, NOW)), strict=True
    ):
        opened.run("INSERT OR REPLACE INTO checks (feed_id, next_at, retry_at, checked_at) VALUES (?, ?, ?, ?)",
                   feed_id, next_at, retry_at, checked_at)  # fmt: skip
    opened.run("UPDATE articles SET sort_at = ?, arrived = ? WHERE id = 3", far, far)
    assert [trouble.words for trouble in inspection.clocks(opened, NOW)] == [
        "3 feeds asleep for months, as if the clock had been wrong",
        "1 article dated in the future",
    ]
    opened.close()
    assert care.mend(path, NOW).left == []
    with closing(Database(path).connect()) as connection:
        slept = connection.rows("SELECT max(next_at, 0), retry_at, checked_at <= ? FROM checks ORDER BY feed_id", NOW)
        assert slept == [(0, None, 1), (0, None, 1), (0, None, 1), (NOW + 86400, None, 1)]
        assert connection.value("SELECT sort_at FROM articles WHERE id = 3") == NOW


def test_a_feed_with_very_many_articles_goes_in_slices_and_comes_back(
    opened: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "_SLICE", 100)
    seen: list[int] = []

    def between() -> None:
        seen.append(opened.value("SELECT count(*) FROM articles WHERE is_hidden = 1"))

    marks.remove_feed(opened, 1, "removed", NOW, between)
    kept = opened.value("SELECT count(*) FROM articles WHERE feed_id = 1 AND is_bookmarked = 1")
    assert seen == [100, 200]
    assert opened.value("SELECT count(*) FROM articles WHERE is_hidden = 1") == EACH - kept
    assert inspection.inspect(opened) == []
    marks.undo(opened, NOW, between)
    assert opened.value("SELECT count(*) FROM articles WHERE is_hidden = 1") == 0
    assert inspection.inspect(opened) == []


def test_a_removal_that_was_interrupted_is_finished(opened: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "_SLICE", 100)

    def power_off() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        marks.remove_feed(opened, 1, "removed", NOW, power_off)
    assert [trouble.words for trouble in inspection.inspect(opened)] == ["feeds: 1 are removed half-way"]
    feeds.finish_removals(opened)
    assert inspection.inspect(opened) == []
    kept = opened.value("SELECT count(*) FROM articles WHERE feed_id = 1 AND is_bookmarked = 1")
    assert opened.value("SELECT count(*) FROM articles WHERE feed_id = 1 AND is_hidden = 0") == kept
    marks.undo(opened, NOW)
    assert opened.value("SELECT count(*) FROM articles WHERE is_hidden = 1") == 0


def test_what_came_back_half_way_stays_though_the_feed_goes(
    opened: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "_SLICE", 100)
    marks.remove_feed(opened, 1, "removed", NOW)

    def power_off() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        marks.undo(opened, NOW, power_off)
    marks.remove_feed(opened, 1, "removed", NOW, keeps=True)
    assert opened.value("SELECT count(*) FROM articles WHERE is_hidden = 1") == 0
    assert inspection.inspect(opened) == []


def test_articles_of_a_lost_feed_stay(opened: Connection) -> None:
    opened.run("PRAGMA foreign_keys = OFF")
    opened.run("DELETE FROM feeds WHERE id = 1")
    before = opened.value("SELECT count(*) FROM articles")
    mending.leave_out_orphans(opened)
    assert opened.value("SELECT count(*) FROM articles") == before
    assert opened.value("SELECT title FROM feeds WHERE id = 1") == "Lost feed 1"
