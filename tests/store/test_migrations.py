from pathlib import Path

import apsw
import pytest

from reader import errors
from reader.store import migrations, search, tokens, upkeep
from reader.store.bodies import packed
from reader.store.connection import Connection
from reader.store.database import Database
from reader.store.plan import SearchPlan, Term
from tests.store.made import feed, put_some


def add_stars(connection: Connection) -> None:
    connection.run("ALTER TABLE feeds ADD COLUMN stars INTEGER NOT NULL DEFAULT 0")


def rebuild_memory(connection: Connection) -> None:
    connection.run("DROP TABLE memory")
    connection.run("CREATE TABLE memory (key TEXT PRIMARY KEY, value TEXT NOT NULL, at INTEGER) STRICT")


def fail(connection: Connection) -> None:
    connection.run("DELETE FROM feeds")
    raise RuntimeError("a bug in a step")


def orphan(connection: Connection) -> None:
    connection.run("DELETE FROM feeds")


def old_library(path: Path) -> Connection:
    database = Database(path)
    connection = database.connect()
    put_some(connection, feed(connection), 3)
    connection.run("PRAGMA user_version = 1")
    return connection


def first_version(path: Path) -> Connection:
    """A library of version 1 with two articles in its index and one that waits."""
    connection = Connection(str(path))
    connection.run("PRAGMA journal_mode = WAL")
    connection.run((Path(__file__).parent / "version_1.sql").read_text("utf-8"))
    connection.run("INSERT INTO feeds (url, kind, added_at) VALUES ('https://one.example/', 'feed', 1)")
    for number, (title, text) in enumerate((("Élan", "old words"), (None, "more words"), ("Late", "waiting words")), 1):
        connection.run(
            "INSERT INTO articles (feed_id, sort_at, words, arrived, entry_hash, text_hash, guid, title)"
            " VALUES (1, ?, 2, ?, 1, 1, ?, ?)", number, number, str(number), title,
        )  # fmt: skip
        connection.run("INSERT INTO contents (article_id, summary, html) VALUES (?, ?, ?)", number, text, packed(text))
        if number == 3:
            connection.run("INSERT INTO search_queue VALUES (3, ?)", packed(text))
            continue
        words = tokens.prepared(title or "")
        connection.run("INSERT INTO search (rowid, title, body, feed) VALUES (?, ?, ?, '\ue0001')", number, words, text)
        connection.run("INSERT INTO titles (rowid, title) VALUES (?, ?)", number, words)
    return connection


def made_of(path: Path) -> list[tuple[str, ...]]:
    """Tables with their columns, indexes and triggers, but for quotes, spaces and what FTS5 keeps by itself."""
    connection = Connection(str(path))
    names = [row[0] for row in connection.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    columns = [(name, str(connection.rows(f"PRAGMA table_xinfo({name})"))) for name in names]
    others = connection.rows("SELECT name, sql FROM sqlite_schema WHERE type <> 'table' OR sql LIKE 'CREATE VIRTUAL%'")
    connection.close()
    return sorted(columns) + sorted((name, "".join((sql or "").replace('"', "").split())) for name, sql in others)


def test_a_library_of_the_first_version_becomes_one_of_today(tmp_path: Path) -> None:
    path = tmp_path / "reader.db"
    first_version(path).close()
    connection = Database(path).connect()

    def found(word: str, last_is_prefix: bool = False) -> list[int]:
        return list(search.ids(connection, SearchPlan((Term((word,)),), last_is_prefix=last_is_prefix)))

    assert found("words") == [2, 1]
    assert found("ela", last_is_prefix=True) == [1]
    put_some(connection, 1, 2)
    assert found("words") == [3, 2, 1]
    assert found("body") == [5, 4]
    assert connection.rows("SELECT first_id FROM search_parts") == [(0,), (4,)]
    assert upkeep.check(connection) == []
    connection.close()


def test_a_library_that_was_brought_up_is_made_like_a_new_one(tmp_path: Path) -> None:
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    connection = Connection(str(old))
    connection.run((Path(__file__).parent / "version_1.sql").read_text("utf-8"))
    connection.close()
    for path in (old, new):
        Database(path).connect().close()
    assert made_of(old) == made_of(new)


def test_the_steps_lead_to_the_version_of_today() -> None:
    assert len(migrations.STEPS) + 1 == migrations.VERSION


def test_an_old_library_is_copied_and_brought_up_step_by_step(tmp_path: Path) -> None:
    path = tmp_path / "reader.db"
    connection = old_library(path)
    migrations.bring_up(connection, path, (add_stars, rebuild_memory))
    assert migrations.version(connection) == 3
    assert connection.value("SELECT stars FROM feeds") == 0
    assert connection.value("SELECT count(*) FROM articles") == 3
    assert connection.value("PRAGMA foreign_keys") == 1
    copy = apsw.Connection(str(tmp_path / "reader.db.v1.bak"))
    assert copy.execute("PRAGMA user_version").fetchall() == [(1,)]
    assert copy.execute("SELECT count(*) FROM articles").fetchall() == [(3,)]
    assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    copy.close()
    assert not list(tmp_path.glob("*.part"))
    connection.close()


def test_a_library_half_way_goes_on_from_there(tmp_path: Path) -> None:
    path = tmp_path / "reader.db"
    connection = old_library(path)
    migrations.bring_up(connection, path, (add_stars,))
    migrations.bring_up(connection, path, (add_stars, rebuild_memory))
    assert migrations.version(connection) == 3
    assert (tmp_path / "reader.db.v2.bak").exists()
    connection.close()


@pytest.mark.parametrize(("step", "error"), [(fail, RuntimeError), (orphan, errors.Damaged)])
def test_a_step_that_fails_changes_nothing(tmp_path: Path, step: migrations.Step, error: type[Exception]) -> None:
    path = tmp_path / "reader.db"
    connection = old_library(path)
    with pytest.raises(error):
        migrations.bring_up(connection, path, (add_stars, step))
    assert migrations.version(connection) == 2
    assert connection.value("SELECT count(*) FROM feeds") == 1
    assert connection.value("SELECT count(*) FROM articles") == 3
    connection.close()


def test_a_library_that_is_new_enough_is_not_copied(tmp_path: Path) -> None:
    path = tmp_path / "reader.db"
    connection = old_library(path)
    migrations.bring_up(connection, path, ())
    assert not list(tmp_path.glob("*.bak"))
    connection.close()
