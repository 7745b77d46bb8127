"""The power fails between any two things that SQLite does to the disk: what was promised is there afterwards."""

import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from reader.model import Mark
from reader.store import arrivals, indexing, inspection, marks, upkeep
from reader.store.connection import Connection, transaction
from reader.store.database import Database
from tests.store.made import NOW, entry, feed, new
from tests.store.power import Disk, Image, power, put_down

EVERY = 9
SHARES = (0.0, 0.5, 0.9)
BATCH = 4


@dataclass
class Moment:
    """What was acknowledged at a cut, and what the disk had."""

    image: Image
    read: frozenset[int]
    batches: int  # that a durable commit came after


@dataclass
class Person:
    """Marks and refreshes in turn, and what of it is acknowledged."""

    user: Connection
    worker: Connection
    read: set[int] = field(default_factory=set)
    batches: int = 0
    safe: int = 0

    def refresh(self) -> list[int]:
        batch = [new(entry(f"{self.batches + 1}-{number}", text="words " * 300)) for number in range(BATCH)]
        with transaction(self.worker):
            ids = arrivals.insert(self.worker, 1, batch, NOW)
        self.batches += 1
        indexing.index_some(self.worker, 3)
        return ids

    def mark(self, article_id: int) -> None:
        batches = self.batches
        marks.mark(self.user, [article_id], Mark.READ, "Read", NOW)
        self.read.add(article_id)
        self.safe = batches


def lived(path: Path, disk: Disk, chance: random.Random, *, durable: bool = True) -> Iterator[Moment]:
    """The moments of some minutes with a library, from its making on."""
    moments: list[Moment] = []
    person: Person | None = None

    def step() -> None:
        if disk.steps % EVERY == 0:
            read = frozenset(person.read) if person else frozenset()
            safe = person.safe if person else 0
            moments.extend(Moment(disk.image(chance, share), read, safe) for share in SHARES)

    disk.on_step = step
    with (
        closing(Database(path, durable=durable).connect()) as user,
        closing(Database(path, durable=False).connect()) as worker,
    ):
        user.run("PRAGMA wal_autocheckpoint = 40")
        worker.run("PRAGMA wal_autocheckpoint = 40")
        feed(user)
        person = Person(user, worker)
        for round_ in range(12):
            ids = person.refresh()
            person.mark(ids[0])
            if round_ % 4 == 3:
                upkeep.checkpoint(worker)
            yield from moments
            moments.clear()
    yield from moments


def after(moment: Moment, place: Path) -> tuple[set[int], list[str], list[str]]:
    """What the library has when the power is back: read articles, guids, and what is wrong with it."""
    put_down(moment.image, place)
    with closing(Database(place / "reader.db").connect()) as connection:
        read = {row[0] for row in connection.rows("SELECT id FROM articles WHERE is_read = 1")}
        guids = [row[0] for row in connection.rows("SELECT guid FROM articles ORDER BY id")]
        return read, guids, [trouble.words for trouble in inspection.inspect(connection)]


def test_what_was_acknowledged_survives_a_power_cut_at_any_moment(tmp_path: Path) -> None:
    cuts = 0
    with power() as disk:
        moments = list(lived(tmp_path / "reader.db", disk, random.Random(11)))
    for moment in moments:
        read, guids, wrongs = after(moment, tmp_path / "after")
        assert wrongs == []
        assert moment.read <= read, "a mark that was acknowledged is lost"
        whole, rest = divmod(len(guids), BATCH)
        assert rest == 0, "a part of a refresh is there"
        assert guids == [f"{batch + 1}-{number}" for batch in range(whole) for number in range(BATCH)]
        assert whole >= moment.batches, "a durable commit takes along what came before it"
        cuts += 1
    assert cuts > 250


def test_the_disk_loses_what_nobody_synced(tmp_path: Path) -> None:
    with power() as disk:
        moments = list(lived(tmp_path / "reader.db", disk, random.Random(11), durable=False))
    lost = 0
    for moment in moments:
        read, _, wrongs = after(moment, tmp_path / "after")
        assert wrongs == []
        lost += not moment.read <= read
    assert lost > 20


@pytest.mark.parametrize("seed", range(3))
def test_a_migration_survives_a_power_cut_at_any_moment(tmp_path: Path, seed: int) -> None:
    from tests.store.test_migrations import first_version

    path = tmp_path / "reader.db"
    first_version(path).close()
    images: list[Image] = []
    chance = random.Random(seed)
    with power() as disk:
        disk.file("reader.db").synced[:] = path.read_bytes()
        disk.sync_directory()
        disk.on_step = lambda: images.append(disk.image(chance, 0.5)) if disk.steps % 9 == 0 else None
        Database(path).connect().close()
    for image in images:
        put_down({name: data for name, data in image.items() if ".bak" not in name}, tmp_path / "after")
        with closing(Database(tmp_path / "after" / "reader.db").connect()) as connection:
            assert inspection.inspect(connection) == []
            assert [row[0] for row in connection.rows("SELECT guid FROM articles ORDER BY id")] == ["1", "2", "3"]
    assert len(images) > 10
