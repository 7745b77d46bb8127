"""``backup``, ``restore`` and ``doctor`` as a person uses them."""

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from reader.store import migrations
from reader.store.connection import Connection
from reader.store.database import Database
from tests import library_maker
from tests.cli.shell import Shell, shell

__all__ = ["shell"]


@pytest.fixture
def home(shell: Shell) -> Path:
    library_maker.fill(library_maker.place(shell.home), 30)
    with closing(Database(shell.home / "reader.db").connect()) as connection:
        connection.run("UPDATE checks SET result = NULL, failures = 0")
    return shell.home


def names(place: Path, beginning: str = "reader.db") -> list[str]:
    return sorted(path.name for path in place.iterdir() if path.name.startswith(beginning))


def test_a_backup_and_back(shell: Shell, home: Path, tmp_path: Path) -> None:
    file = tmp_path / "backup.db"
    done = shell("backup", file)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"{file}: ")
    assert done.out.endswith(", checked\n")
    marked = shell("count", "is:read").out
    shell("mark", "read", "--query", "is:unread")
    done = shell("restore", file)
    assert done.code == 0
    kept = done.lines[1].rpartition(" ")[2]
    assert shell("count", "is:read").out == marked
    assert shell("restore", kept).code == 0
    assert shell("count", "is:unread").out == "0\n"
    assert shell("doctor").code == 0


def test_a_backup_is_taken_to_a_new_machine(
    shell: Shell, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell("backup", tmp_path / "backup.db")
    monkeypatch.setenv("READER_HOME", str(tmp_path / "new" / "machine"))
    done = shell("restore", tmp_path / "backup.db")
    assert (done.code, len(done.lines), done.err) == (0, 1, "")
    assert shell("count").out == "30\n"
    assert shell("mark", "bookmarked", "1").code == 0
    assert names(tmp_path / "new" / "machine") == ["reader.db"]


def test_an_earlier_backup_is_replaced_and_nothing_else(shell: Shell, home: Path, tmp_path: Path) -> None:
    assert [shell("backup", tmp_path / "b.db").code for _ in range(2)] == [0, 0]
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Ida, " * 900)
    done = shell("backup", letter)
    assert (done.code, done.out) == (1, "")
    assert "no backup of Reader (--force replaces it)" in done.err
    assert letter.read_text().startswith("Dear Ida")
    assert shell("backup", "--force", letter).code == 0
    for place, said in ((home / "reader.db", "the library itself"), (tmp_path, "is a directory"),
                        (tmp_path / "no" / "b.db", "There is no directory")):  # fmt: skip
        done = shell("backup", place)
        assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
        assert said in done.err


def test_what_is_no_backup_is_not_restored(shell: Shell, home: Path, tmp_path: Path) -> None:
    shell("backup", tmp_path / "b.db")
    whole = (tmp_path / "b.db").read_bytes()
    half, middle = tmp_path / "half.db", tmp_path / "middle.db"
    half.write_bytes(whole[: len(whole) // 2])
    middle.write_bytes(whole[:40_000] + b"\xa5" * 60_000 + whole[100_000:])
    newer = tmp_path / "newer.db"
    newer.write_bytes(whole)
    with closing(Database(newer).connect()) as connection:
        connection.run(f"PRAGMA user_version = {migrations.VERSION + 1}")
    (tmp_path / "letter.txt").write_text("Dear Ida, " * 900)
    before = (home / "reader.db").read_bytes()
    for name in ("half.db", "middle.db", "newer.db", "letter.txt", "none.db"):
        done = shell("restore", tmp_path / name)
        assert (done.code, done.out, done.err.count("\n")) == (1, "", 1), name
        assert name in done.err
        assert "restored.part" not in done.err
    assert (home / "reader.db").read_bytes() == before
    assert names(home) == ["reader.db"]


def test_a_library_of_an_earlier_version_is_restored_and_brought_up(shell: Shell, home: Path, tmp_path: Path) -> None:
    from tests.store.test_migrations import first_version

    first_version(tmp_path / "old.db").close()
    assert shell("restore", tmp_path / "old.db").code == 0
    assert shell("count").out == "3\n"
    assert any("before-restore" in name for name in names(home))


def test_a_command_that_has_the_library_open_is_waited_for_in_vain(shell: Shell, home: Path, tmp_path: Path) -> None:
    shell("backup", tmp_path / "b.db")
    with closing(Database(home / "reader.db").connect()) as connection:
        connection.value("SELECT count(*) FROM articles")
        done = shell.process("restore", str(tmp_path / "b.db"))
        assert (done.code, done.out) == (1, "")
        assert "is in use (close Reader in every window" in done.err
        connection.run("UPDATE articles SET is_read = 1")
    assert shell("count", "is:unread").out == "0\n"
    assert names(home) == ["reader.db"]


def test_a_damaged_library_is_backed_up_and_that_is_said(shell: Shell, home: Path, tmp_path: Path) -> None:
    from tests.store.faults import flip

    flip("articles")(home)
    done = shell("backup", tmp_path / "b.db")
    assert done.code == 1
    assert "was written, but the library is damaged" in done.err
    assert (tmp_path / "b.db").exists()


def test_a_backup_that_is_stopped_leaves_nothing(shell: Shell, home: Path, tmp_path: Path) -> None:
    code = (
        "import sys, os, signal\nfrom reader.store import copying\n"
        "copying._PAGES = 1\n"
        "from reader.library import keeping\nfrom reader.paths import paths\nfrom pathlib import Path\n"
        "def stop(*_): os.kill(os.getpid(), signal.SIGINT)\n"
        "try: keeping.backup(paths(), Path(sys.argv[1]), progress=stop)\n"
        "except KeyboardInterrupt: print('stopped')\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "b.db")], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("stopped\n", "")
    assert names(tmp_path, "b.db") == []
    assert shell("doctor").code == 0


def test_on_a_terminal_a_backup_shows_how_far_it_is(shell: Shell, home: Path, tmp_path: Path) -> None:
    with closing(Database(home / "reader.db").connect()) as connection:
        connection.run("UPDATE contents SET html = randomblob(400000)")
    done = shell.terminal("backup", tmp_path / "b.db")
    assert "writing the backup" in done.out


def test_the_doctor_of_a_sound_library_says_what_it_looked_at(shell: Shell, home: Path) -> None:
    done = shell("doctor")
    assert (done.code, done.err) == (0, "")
    assert [line.partition(":")[0] for line in done.lines[:-1]] == [
        "database", "config", "feeds", "disk", "files", "terminal",
    ]  # fmt: skip
    assert done.lines[-1] == "Nothing is wrong."
    assert shell("doctor", "--json").json == []
    assert shell("doctor", "--fix").code == 0
    assert names(home) == ["reader.db"]


def test_the_doctor_without_a_library_makes_none(shell: Shell) -> None:
    done = shell("doctor", "--fix")
    assert done.code == 0
    assert "database: there is no library yet" in done.lines
    assert not shell.home.exists()


def test_the_doctor_tells_of_the_config_the_feeds_and_what_is_left_over(shell: Shell, home: Path) -> None:
    (home / "config.toml").write_text("[fetch]\nper_hosts = 2\n")
    left = home / "reader.db.v1.bak.part"
    left.write_bytes(b"half a copy")
    os.utime(left, (1, 1))
    with closing(Database(home / "reader.db").connect()) as connection:
        connection.run("UPDATE checks SET result = 'failed', message = 'The server answers 503', since = 1700000000")
        connection.run("UPDATE feeds SET added_at = 1 WHERE id = 1")
    done = shell("doctor")
    assert done.code == 1
    assert [line.partition(":")[0] for line in done.lines[:4]] == ["config", "feeds", "feeds", "files"]
    assert "fetch.per_hosts" in done.lines[0]
    assert "1 of 8 cannot be fetched" in done.lines[1]
    assert "1 feed of 8 were never checked" in done.lines[2]
    assert "v1.bak.part" in done.lines[3]
    assert [each["area"] for each in shell("doctor", "--json").json] == ["config", "feeds", "feeds", "files"]
    fixed = shell("doctor", "--fix")
    assert "removed reader.db.v1.bak.part" in fixed.lines[0]
    assert not left.exists()
    (home / "config.toml").write_text("theme = ink")
    assert "config.toml is no TOML" in shell("doctor").lines[0]


def test_the_doctor_looks_at_the_terminal(shell: Shell, home: Path) -> None:
    done = shell.terminal("doctor", TERM="dumb")
    assert (done.code, "terminal: it can draw no screen" in done.out) == (1, True)
    assert "terminal: xterm-256color, 80 by 24" in shell.terminal("doctor", TERM="xterm-256color").out


def test_beside_an_open_library_only_what_is_safe_is_mended(shell: Shell, home: Path) -> None:
    from tests.store.faults import flip

    with closing(Database(home / "reader.db").connect()) as connection:
        connection.run("UPDATE counts SET unread = 9")
        assert shell.process("doctor", "--fix").code == 0
        assert connection.value("SELECT sum(unread) FROM counts") != 72
    flip("articles")(home)
    with closing(Database(home / "reader.db").connect()) as connection:
        connection.value("SELECT count(*) FROM feeds")
        done = shell.process("doctor", "--fix")
        assert (done.code, done.out) == (1, "")
        assert "is in use (close Reader in every window" in done.err
    assert names(home) == ["reader.db"]
    done = shell.process("doctor", "--fix")
    assert done.code == 0
    assert "a new library was made of what could be read: 30 articles with their marks" in done.out
    assert len([name for name in names(home) if "damaged-" in name]) == 1


def test_an_upgrade_says_what_it_does_and_can_be_stopped(shell: Shell) -> None:
    from tests.store.crash_loop import old_library

    shell.home.mkdir()
    old_library(shell.home / "reader.db").close()
    before = (shell.home / "reader.db").read_bytes()
    code = (
        "import os, signal, sys\nfrom reader.library import Library\n"
        "def stop(words, done, total):\n"
        "    if sys.argv[1] in words: os.kill(os.getpid(), signal.SIGINT)\n"
        "try: Library.open(progress=stop)\nexcept KeyboardInterrupt: print('stopped')\n"
    )
    for moment in ("copying", "step 1"):
        stopped = subprocess.run([sys.executable, "-c", code, moment], capture_output=True, text=True)
        assert (stopped.stdout, stopped.stderr) == ("stopped\n", "")
        assert (shell.home / "reader.db").read_bytes() == before
        assert not list(shell.home.glob("*.part"))
    done = shell.terminal("count")
    assert "bringing the library up to date: " in done.out
    assert done.out.endswith("4000\r\n")
    assert shell.process("count").err == ""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL here")
def test_no_room_for_an_upgrade_is_told_before_anything_is_done(shell: Shell) -> None:
    from tests.store.crash_loop import old_library

    shell.home.mkdir()
    old_library(shell.home / "reader.db").close()
    code = (
        "import shutil, sys, types\n"
        "shutil.disk_usage = lambda place: types.SimpleNamespace(free=1_000_000)\n"
        "from reader.cli.main import main\nsys.exit(main(sys.argv[1:], None))\n"
    )
    done = subprocess.run([sys.executable, "-c", code, "count"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Bringing the library up to date needs" in done.stderr
    assert "there are 1 MB (free some space and try again)" in done.stderr
    assert names(shell.home) == ["reader.db"]


def test_a_log_of_a_deleted_library_is_not_read_into_the_restored_one(shell: Shell, home: Path, tmp_path: Path) -> None:
    file = tmp_path / "b.db"
    shell("backup", str(file))
    before = shell("list", "--json").json
    connection = Connection(str(home / "reader.db"))
    connection.run("UPDATE articles SET title = 'Never restored'")
    log = (home / "reader.db-wal").read_bytes()
    connection.close()
    (home / "reader.db").unlink()
    (home / "reader.db-wal").write_bytes(log)
    ran = shell("restore", str(file))
    assert ran.code == 0
    assert shell("list", "--json").json == before


def test_only_copies_that_were_not_finished_are_leftovers(shell: Shell, home: Path) -> None:
    mine, unfinished = home / "reader.db.before-party", home / "reader.db.v1.bak.part"
    for path in (mine, unfinished):
        path.write_bytes(b"x")
        os.utime(path, (0, 0))
    shell("doctor", "--fix")
    assert mine.exists()
    assert not unfinished.exists()
