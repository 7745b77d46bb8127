"""A library on disk for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.store.connection import Connection
from reader.store.database import Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "reader.db")
    yield database
    database.close_all()


@pytest.fixture
def connection(database: Database) -> Connection:
    return database.local()
