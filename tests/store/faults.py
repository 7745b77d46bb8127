"""Every fault of a disk, a file and a clock, and what a person sees of it: ``python -m tests.store.faults`` prints it.

Each row makes a library with marks, spoils it, runs the real program, and looks at what it says: one line, no
traceback, the exit code. Then the fault is taken away, or ``reader doctor --fix`` mends it, and every mark is there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import apsw

from reader.model import Mark
from reader.store import marks, migrations
from reader.store.database import Database
from tests import library_maker

ROOT = Path(__file__).parents[2]
PAGE = 8192
ARTICLES = 400
LIST, MARK, DOCTOR, FIX = ("list", "--limit", "1"), ("mark", "read", "1"), ("doctor",), ("doctor", "--fix")
Spoil = Callable[[Path], object]


def nothing(_: Path) -> None:
    """Nothing is done to the file itself."""


@dataclass(frozen=True)
class Fault:
    """``seen`` is a part of the line; ``heal`` takes the fault away; ``mends``: the doctor is to mend it."""

    name: str
    seen: str
    words: tuple[str, ...] = LIST
    spoil: Spoil = nothing
    heal: Spoil = nothing
    disk: str = ""
    code: int = 1
    mends: bool = False
    loses: bool = False
    is_old: bool = False
    skip: Callable[[], str] = field(default=lambda: "")


@dataclass(frozen=True)
class Seen:
    """What came of it."""

    code: int
    out: str
    err: str
    kept: set[str]
    marks: tuple[set[int], set[int]]
    mended: str = ""


# Spoiling


def place_of(home: Path) -> Path:
    return home / "reader.db"


def pages_of(home: Path, *names: str, leaf: bool = True) -> list[int]:
    """The pages of some tables or indexes, numbered from 1."""
    connection = apsw.Connection(str(place_of(home)), flags=apsw.SQLITE_OPEN_READONLY)
    with closing(connection):
        sql = "SELECT name, pageno FROM dbstat WHERE pagetype = ? ORDER BY pageno"
        return [page for name, page in connection.execute(sql, ("leaf" if leaf else "internal",)) if name in names]


def flip(*names: str, leaf: bool = True) -> Spoil:
    """Damage a page in the middle of a table."""

    def spoil(home: Path) -> None:
        pages = pages_of(home, *names, leaf=leaf)
        page = pages[len(pages) // 2]
        with place_of(home).open("r+b") as file:
            file.seek((page - 1) * PAGE)
            file.write(b"\xa5" * (PAGE // 2))

    return spoil


def header(home: Path) -> None:
    with place_of(home).open("r+b") as file:
        file.write(os.urandom(100))


def cut_off(home: Path) -> None:
    pages = place_of(home).stat().st_size // PAGE
    with place_of(home).open("r+b") as file:
        file.truncate(PAGE * (pages - 40) + 1000)


def another_program(home: Path) -> None:
    place_of(home).unlink()
    with closing(apsw.Connection(str(place_of(home)))) as connection:
        connection.execute("CREATE TABLE recipes (name)")


def directory(home: Path) -> None:
    place_of(home).rename(home / "aside")
    place_of(home).mkdir()


def back(home: Path) -> None:
    place_of(home).rmdir()
    (home / "aside").rename(place_of(home))


def link(home: Path) -> None:
    (home / "elsewhere").mkdir()
    place_of(home).rename(home / "elsewhere" / "library.db")
    place_of(home).symlink_to(home / "elsewhere" / "library.db")


def run_sql(*sql: str) -> Spoil:
    def spoil(home: Path) -> None:
        with closing(Database(place_of(home)).connect()) as connection:
            for each in sql:
                connection.run(each)

    return spoil


def newer(home: Path) -> None:
    run_sql(f"PRAGMA user_version = {migrations.VERSION + 1}")(home)


def not_newer(home: Path) -> None:
    with closing(apsw.Connection(str(place_of(home)))) as connection:
        connection.execute(f"PRAGMA user_version = {migrations.VERSION}")


def unwritable(home: Path) -> None:
    place_of(home).chmod(0o444)
    home.chmod(0o555)


def writable(home: Path) -> None:
    home.chmod(0o755)
    place_of(home).chmod(0o644)


def left_by_a_kill(home: Path) -> None:
    """A process that was killed left its log, with marks in it."""
    code = (
        "import os, sys; from pathlib import Path; from reader.store.database import Database;"
        "c = Database(Path(sys.argv[1])).connect(); c.run('UPDATE articles SET is_read = is_read'); os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", code, str(place_of(home))], cwd=ROOT)
    assert (home / "reader.db-wal").stat().st_size


def log_deleted(home: Path) -> None:
    """Somebody tidied up; what was only in the log is lost, but not the library."""
    left_by_a_kill(home)
    (home / "reader.db-wal").unlink()


def shared_memory_unwritable(home: Path) -> None:
    left_by_a_kill(home)
    home.chmod(0o777)
    place_of(home).chmod(0o666)
    (home / "reader.db-wal").chmod(0o666)
    (home / "reader.db-shm").chmod(0o444)


def only_root() -> str:
    return "" if hasattr(os, "geteuid") and os.geteuid() == 0 else "only root can become another user"


DAMAGED, FIXED = "The library is damaged (to mend it: reader doctor --fix; it is", "Nothing is wrong."
UNWRITABLE = "cannot be opened and written"
FULL = "No room left on the disk that holds"
FAULTS = (
    Fault("a full disk, at a mark", FULL, MARK, disk="full"),
    Fault("a full disk, at a migration", FULL, LIST, disk="full", is_old=True),
    Fault("a full disk, at the start", "Courier", LIST, disk="full", code=0),
    Fault("a disk that cannot be read", "The disk failed with", LIST, disk="read"),
    Fault("a disk that cannot be written", "The disk failed with", MARK, disk="write"),
    Fault("a read-only directory", UNWRITABLE, MARK, unwritable, writable, "nobody", skip=only_root),
    Fault("a newer version's library", "was written by a newer version of Reader", LIST, newer, not_newer),
    Fault("another program's database", "is not a library of Reader", LIST, another_program, loses=True),
    Fault("a directory in its place", "cannot be opened", LIST, directory, back),
    Fault("a symbolic link in its place", "", LIST, link, code=0),
    Fault("a damaged page of the articles", DAMAGED, ("list",), flip("articles"), mends=True),
    Fault("a damaged inner page of the articles", DAMAGED, ("list",), flip("articles", leaf=False), mends=True),
    Fault("a damaged page of the feeds", DAMAGED, ("feeds",), flip("feeds"), mends=True),
    Fault("a damaged page of an index", DAMAGED, ("list", "--limit", "399"), flip("articles_all"), mends=True),
    Fault("a damaged page of the texts", "of contents cannot be read", DOCTOR, flip("contents"), mends=True),
    Fault("a damaged page of the search index", "of search_0_data cannot", DOCTOR, flip("search_0_data"), mends=True),
    Fault("a damaged page of the index of titles", "titles", DOCTOR, flip("titles_data"), mends=True),
    Fault("a damaged header", "is not a library of Reader (see: reader doctor", LIST, header, mends=True),
    Fault("a truncated file", DAMAGED, LIST, cut_off, mends=True),
    Fault("a missing search index", DAMAGED, ("count", "zanzibar"), run_sql("DROP TABLE search_0"), mends=True),
    Fault("a missing list of parts", DAMAGED, ("count", "zanzibar"), run_sql("DROP TABLE search_parts"), mends=True),
    Fault("an empty search index", "articles are not in the index", DOCTOR,
          run_sql("INSERT INTO search_0 (search_0) VALUES ('delete-all')"), mends=True),
    Fault("wrong counts", "counts: they are not those", DOCTOR, run_sql("UPDATE counts SET unread = 7"), mends=True),
    Fault("a missing index", "this index is not there", DOCTOR, run_sql("DROP INDEX articles_unread"), mends=True),
    Fault("a missing trigger", "this trigger is not there", DOCTOR, run_sql("DROP TRIGGER count_updated"), mends=True),
    Fault("rows that belong to nothing", "belongs to nothing", DOCTOR,
          run_sql("PRAGMA foreign_keys = OFF", "INSERT INTO places VALUES (99999, 0, 0, 0, 0)"), mends=True),
    Fault("a clock that was decades ahead", "asleep for months", DOCTOR,
          run_sql("REPLACE INTO checks (feed_id, checked_at, next_at) VALUES (1, 3, 4000000000)"), mends=True),
    Fault("articles dated by a wrong clock", "dated in the future", DOCTOR,
          run_sql("UPDATE articles SET sort_at = 3800000000, arrived = 3800000000 WHERE id = 3"), mends=True),
    Fault("a log left over by a kill", "", LIST, left_by_a_kill, code=0),
    Fault("a log that was deleted", "", LIST, log_deleted, code=0),
    Fault("a shared memory that only its owner can write", UNWRITABLE, MARK,
          shared_memory_unwritable, disk="nobody", skip=only_root),
)  # fmt: skip


# Running


def run(home: Path, *words: str, disk: str = "") -> subprocess.CompletedProcess[str]:
    """The real program, in a process of its own."""
    program = ["-m", "tests.store.faulty", disk] if disk else ["-m", "reader"]
    env = {**os.environ, "READER_HOME": str(home), "PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, *program, *words], capture_output=True, text=True, env=env, timeout=100)


def marks_of(home: Path) -> tuple[set[int], set[int]]:
    """The read and the bookmarked articles."""
    with closing(Database(place_of(home)).connect()) as connection:
        read = {row[0] for row in connection.rows("SELECT id FROM articles WHERE is_read = 1")}
        return read, {row[0] for row in connection.rows("SELECT id FROM articles WHERE is_bookmarked = 1")}


class Maker:
    """Makes libraries with marks, the second one by copying the first."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._template = place / "template"
        self.marks: tuple[set[int], set[int]] = set(), set()

    def make(self, home: Path, *, is_old: bool = False) -> None:
        if is_old:
            from tests.store.test_migrations import first_version

            home.mkdir(parents=True)
            first_version(place_of(home)).close()
            return
        if not self._template.exists():
            self._template.mkdir(parents=True)
            ids = library_maker.fill(library_maker.place(self._template), ARTICLES)
            with closing(Database(place_of(self._template)).connect()) as connection:
                connection.run("UPDATE checks SET result = NULL, failures = 0")
                marks.mark(connection, ids[::5], Mark.READ, "read", 1)
                marks.mark(connection, ids[::11], Mark.BOOKMARKED, "bookmarked", 1)
            self.marks = marks_of(self._template)
        shutil.copytree(self._template, home)

    def suffer(self, fault: Fault, home: Path) -> Seen:
        """One fault from beginning to end."""
        self.make(home, is_old=fault.is_old)
        fault.spoil(home)
        done = run(home, *fault.words, disk=fault.disk)
        mended = run(home, *FIX).stdout if fault.mends else ""
        fault.heal(home)
        kept = {path.name for path in home.iterdir()}
        after = self.marks if fault.loses or fault.is_old else marks_of(home)
        return Seen(done.returncode, done.stdout, done.stderr, kept, after, mended)


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        maker = Maker(Path(place))
        for number, fault in enumerate(FAULTS):
            seen = maker.suffer(fault, Path(place) / str(number))
            said = (seen.err or seen.out).splitlines()
            words = next((line for line in said if fault.seen and fault.seen in line), "it works as ever")
            kept = "all marks kept" if maker.marks == seen.marks else "MARKS LOST"
            print(f"{fault.name} | {words.replace(place, '')} | exit {seen.code} | {kept} |", _in_short(seen.mended))


def _in_short(mended: str) -> str:
    """What the doctor did, without what it looked at."""
    lines = [line for line in mended.splitlines() if "mended" in line or "new library" in line or "lost" in line]
    return "; ".join(lines) or "-"


if __name__ == "__main__":
    main()
