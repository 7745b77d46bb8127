import subprocess
import sys
import threading
from pathlib import Path

import apsw
import pytest

from reader import errors
from reader.model import View, ViewKind
from reader.store import arrivals, lists, memory, migrations
from reader.store.connection import Connection, transaction
from reader.store.database import Database, data_version
from tests.store.made import NOW, entry, feed, new, put, put_some


def test_a_library_is_made_with_its_directory(tmp_path: Path) -> None:
    database = Database(tmp_path / "new" / "place" / "reader.db")
    connection = database.local()
    pragmas = {name: connection.value(f"PRAGMA {name}") for name in ("journal_mode", "page_size", "foreign_keys")}
    assert pragmas == {"journal_mode": "wal", "page_size": 8192, "foreign_keys": 1}
    assert connection.value("PRAGMA synchronous") == 2
    assert connection.value("PRAGMA user_version") == migrations.VERSION
    database.close_all()


def test_each_thread_has_its_own_connection_and_keeps_it(database: Database) -> None:
    seen = [database.local(), database.local()]
    thread = threading.Thread(target=lambda: seen.append(database.local()))
    thread.start()
    thread.join()
    assert seen[0] is seen[1]
    assert seen[2] is not seen[0]


def test_after_close_all_a_thread_gets_a_new_connection(database: Database) -> None:
    memory.remember(database.local(), "key", 1)
    database.close_all()
    assert memory.recall(database.local(), "key") == 1


def test_several_processes_open_an_empty_place_at_once(tmp_path: Path) -> None:
    path = tmp_path / "reader.db"
    code = (
        "import sys; from pathlib import Path; from reader.store.database import Database;"
        "sys.stdin.readline(); print(Database(Path(sys.argv[1])).local().value('SELECT count(*) FROM feeds'))"
    )
    start = [sys.executable, "-c", code, str(path)]
    several = [subprocess.Popen(start, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    for process in several:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    assert [process.communicate(timeout=60)[0].strip() for process in several] == ["0"] * 4


def test_a_text_file_is_refused_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "reader.db"
    path.write_text("These are my notes, not a database.\n" * 100)
    before = path.read_bytes()
    with pytest.raises(errors.Damaged, match="not a library"):
        Database(path).connect()
    assert path.read_bytes() == before


def test_the_database_of_another_program_is_refused_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "reader.db"
    other = apsw.Connection(str(path))
    other.execute("CREATE TABLE recipes (name)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(errors.Damaged, match="not a library"):
        Database(path).connect()
    assert path.read_bytes() == before


def test_a_library_of_a_newer_version_is_refused(database: Database) -> None:
    database.local().run(f"PRAGMA user_version = {migrations.VERSION + 1}")
    with pytest.raises(errors.TooNew, match="newer version") as caught:
        Database(database.path).connect()
    assert caught.value.hint


@pytest.mark.parametrize("deep", [True, False])
def test_a_place_that_cannot_hold_a_library_is_named(tmp_path: Path, deep: bool) -> None:
    (tmp_path / "file").write_text("in the way")
    path = tmp_path / "file" / "reader.db" if deep else tmp_path
    with pytest.raises(errors.ReadOnly, match=str(tmp_path)):
        Database(path).connect()


def test_read_only_reads_and_refuses_to_write(database: Database) -> None:
    feed(database.local())
    readonly = Database(database.path, readonly=True)
    connection = readonly.local()
    assert connection.value("SELECT count(*) FROM feeds") == 1
    with pytest.raises(errors.ReadOnly), transaction(connection):
        memory.remember(connection, "key", 1)
    readonly.close_all()


def test_read_only_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(errors.StoreError):
        Database(tmp_path / "reader.db", readonly=True).connect()
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_said_and_loses_nothing(connection: Connection) -> None:
    feed_id = feed(connection)
    kept = put_some(connection, feed_id, 20)
    connection.run(f"PRAGMA max_page_count = {connection.value('PRAGMA page_count') + 5}")
    large = [new(entry(f"large {number}", text=chr(97 + number) * 10 + str(list(range(5000))))) for number in range(50)]
    with pytest.raises(errors.DiskFull, match="No room left"):
        put(connection, feed_id, large)
    assert not connection.in_transaction
    assert sorted(lists.ids(connection, View(ViewKind.ALL), 0)) == kept
    connection.run("PRAGMA max_page_count = 1000000")
    put(connection, feed_id, large)
    assert len(lists.ids(connection, View(ViewKind.ALL), 0)) == 70
    assert connection.value("PRAGMA integrity_check") == "ok"


def test_a_transaction_is_all_or_nothing(connection: Connection) -> None:
    def half() -> None:
        memory.remember(connection, "first", 1)
        with transaction(connection):
            memory.remember(connection, "inner", 1)
        raise RuntimeError

    with pytest.raises(RuntimeError), transaction(connection):
        half()
    assert memory.recall(connection, "first") is None
    assert memory.recall(connection, "inner") is None


def test_a_writer_waits_for_another(database: Database) -> None:
    one, other = database.connect(), database.connect()
    entered, release = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction(one):
            memory.remember(one, "one", 1)
            entered.set()
            release.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    assert entered.wait(10)
    waiting = threading.Thread(target=lambda: memory.remember(other, "other", 2))
    waiting.start()
    waiting.join(0.05)
    assert waiting.is_alive()
    release.set()
    waiting.join(10)
    thread.join(10)
    assert [memory.recall(database.local(), key) for key in ("one", "other")] == [1, 2]
    one.close()
    other.close()


def test_a_writer_that_waits_too_long_is_told(database: Database) -> None:
    one, other = database.connect(), database.connect()
    other.set_busy_handler(lambda tries: tries < 3)
    with transaction(one):
        with pytest.raises(errors.Locked, match="Another program"), transaction(other):
            pass
        memory.remember(one, "still", "fine")
    assert memory.recall(other, "still") == "fine"
    one.close()
    other.close()


def test_another_connections_write_is_noticed(database: Database) -> None:
    mine, other = database.local(), database.connect()
    before = data_version(mine)
    memory.remember(mine, "key", 1)
    assert data_version(mine) == before
    memory.remember(other, "key", 2)
    assert data_version(mine) != before
    other.close()


def test_threads_that_write_at_once_lose_nothing(database: Database) -> None:
    feed_ids = [feed(database.local(), f"feed{number}") for number in range(3)]

    def fill(feed_id: int) -> None:
        connection = database.local()
        for number in range(20):
            with transaction(connection):
                arrivals.insert(connection, feed_id, [new(entry(str(number)))], NOW)

    threads = [threading.Thread(target=fill, args=(feed_id,)) for feed_id in feed_ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    counts = lists.counts(database.local(), 0)
    assert counts.feeds == dict.fromkeys(feed_ids, (20, 20))
