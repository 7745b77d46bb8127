from pathlib import Path

import apsw
import pytest

from reader import errors
from reader.store import migrations
from reader.store.connection import Connection
from reader.store.database import Database
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
