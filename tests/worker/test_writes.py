"""What is written together: all of it or nothing, and a mistake in one part costs the others nothing."""

from pathlib import Path

import pytest

from reader.errors import DiskFull
from reader.store import presence
from reader.store.connection import Connection
from reader.store.database import Database
from reader.worker.effects import Write
from reader.worker.pace import LITTLE, MUCH, Pace
from reader.worker.writes import Mistake, Writes

COUNT = "SELECT count(*) FROM memory"


@pytest.fixture
def connection(tmp_path: Path) -> Connection:
    return Database(tmp_path / "reader.db").connect()


@pytest.fixture
def screen(tmp_path: Path) -> Path:
    return tmp_path / "screen.lock"


def write(connection: Connection, key: str, error: Exception | None = None) -> Write:
    """Something that is written and returned, and then perhaps goes wrong."""

    def act() -> str:
        connection.run("INSERT INTO memory VALUES (?, '1')", key)
        if error:
            raise error
        return key

    return Write(act)


def test_what_is_written_together_is_answered_when_it_is_committed(connection: Connection, screen: Path) -> None:
    writes = Writes(connection, Pace(screen), [])
    for key in range(3):
        writes.add(key, write(connection, f"key {key}"))
    assert not writes.is_full
    assert connection.value(COUNT) == 0
    assert writes.commit() == [(key, f"key {key}") for key in range(3)]
    assert connection.value(COUNT) == 3
    assert writes.commit() == []


def test_a_mistake_costs_the_others_nothing(connection: Connection, screen: Path) -> None:
    writes = Writes(connection, Pace(screen), [])
    mistake = ValueError("no such thing")
    for key in range(4):
        writes.add(key, write(connection, f"key {key}", mistake if key == 2 else None))
    answers = writes.commit()
    assert answers == [(0, "key 0"), (1, "key 1"), (2, Mistake(mistake)), (3, "key 3")]
    assert connection.value(COUNT) == 3


def test_when_the_library_cannot_be_used_nothing_is_kept(connection: Connection, screen: Path) -> None:
    writes = Writes(connection, Pace(screen), [])
    writes.add(1, write(connection, "one"))
    writes.add(2, write(connection, "two", DiskFull("No room left")))
    with pytest.raises(DiskFull):
        writes.commit()
    assert connection.value(COUNT) == 0


def test_beside_a_screen_little_is_written_at_once(connection: Connection, screen: Path) -> None:
    pace = Pace(screen)
    assert pace.measure is MUCH
    with presence.shown(screen):
        writes = Writes(connection, pace, [])
        for key in range(3):
            writes.add(key, write(connection, f"key {key}"))
        assert writes.commit() == [(key, f"key {key}") for key in range(3)]
        assert pace.measure is LITTLE
        writes.add(4, write(connection, "key 4"))
        assert writes.is_full
    assert pace.look() is MUCH
    assert Pace(None).measure is LITTLE
