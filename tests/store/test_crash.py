"""A process that is killed while it writes: what it acknowledged is there, and the library is sound."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from reader.model import View, ViewKind
from reader.store import feeds, indexing, lists, search, upkeep
from reader.store.database import Database
from reader.store.plan import SearchPlan, Term
from tests.store import crash_loop
from tests.store.made import feed

ROOT = Path(__file__).parents[2]
ROUNDS = 6

if __name__ == "__main__":
    from reader.model import Mark
    from reader.store import marks
    from reader.store.arrivals import insert
    from reader.store.connection import transaction
    from tests.store.made import NOW, entry, new

    serial = int(sys.argv[2])
    writing = Database(Path(sys.argv[1])).local()
    while True:
        with transaction(writing):
            ids = insert(
                writing, 1, [new(entry(f"{serial}-{at}", text="common " * 50), serial) for at in range(5)], NOW
            )
        marks.mark(writing, ids[:1], Mark.READ, "Read", NOW)
        print(*ids, flush=True)
        indexing.index_some(writing, 3)
        serial += 1


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL here")
def test_nothing_acknowledged_is_lost_by_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "reader.db"
    database = Database(path)
    feed(database.local())
    acknowledged: set[int] = set()
    read: set[int] = set()
    for number in range(ROUNDS):
        command = [sys.executable, "-m", "tests.store.test_crash", str(path), str(number * 100_000)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
            assert process.stdout is not None
            for _ in range(5 + 7 * number):
                ids = [int(each) for each in process.stdout.readline().split()]
                acknowledged.update(ids)
                read.add(ids[0])
            os.kill(process.pid, signal.SIGKILL)
            whole = [line.split() for line in process.stdout if line.endswith("\n")]
            acknowledged.update(int(each) for line in whole for each in line)
        connection = database.local()
        assert upkeep.check(connection) == []
        found = set(lists.ids(connection, View(ViewKind.ALL), 0))
        assert acknowledged <= found
        assert len(found) % 5 == 0
        assert read <= found - set(lists.ids(connection, View(ViewKind.UNREAD), 0))
    connection = database.local()
    while indexing.index_some(connection, 100):
        pass
    every = lists.ids(connection, View(ViewKind.ALL), 0)
    assert set(search.ids(connection, SearchPlan((Term(("common",)),)))) == set(every)
    assert feeds.one(connection, 1).total == len(every)
    database.close_all()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL here")
def test_refresh_marking_indexing_and_migration_survive_being_killed() -> None:
    for loop in crash_loop.loops(crash_loop.SEED):
        loop.run(12)
        assert loop.hits == dict.fromkeys(crash_loop.PHASES, 3)
        assert loop.acknowledged > 50
