"""What goes wrong: one line, the right exit code, nothing lost, nothing left running."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.cli.verbs import VERBS
from tests.cli.shell import Shell, shell
from tests.web import Web, rss, web

__all__ = ["shell", "web"]


def wait_for(what: Callable[[], object], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def children(pid: int) -> list[int]:
    place = Path(f"/proc/{pid}/task/{pid}/children")
    if not place.exists():
        pytest.skip("only Linux tells a process's children")
    return [int(word) for word in place.read_text().split()]


def alive(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["list", "coal", "title:x"], "at character 6 of: coal title:x"),
        (["count", '"open'], "at character 1 of"),
        (["mark", "read", "--query", "a OR b"], "at character 3 of"),
        (["list", "feed:nothing"], "at character 6 of"),
        (["list", "--limit", "-3"], "--limit"),
        (["list", "--limit", "x"], "no whole number"),
        (["list", "--limit", "٣"], "no whole number"),
        (["list", "--jsn"], "--jsn"),
        (["list", "--json", "--tsv"], "not allowed with"),
        (["show"], "ID"),
        (["show", "x"], "no article's id"),
        (["show", "99999999999999999999"], "no article's id"),
        (["show", "1", "--width", "3"], "no width"),
        (["mark", "loved", "1"], "loved"),
        (["mark", "read"], "needs ids or --query"),
        (["mark", "read", "1", "--query", "x"], "needs ids or --query"),
        (["add"], "TARGET"),
        (["lst"], "the nearest verb is list"),
        (["refersh"], "the nearest verb is refresh"),
        (["--frob"], "--frob is no option"),
        (["https://example.org/feed"], "reader add https://example.org/feed"),
    ],
)
def test_wrong_usage_is_one_line_and_code_2(shell: Shell, words: list[str], said: str) -> None:
    done = shell(*words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert done.err.startswith("reader: ")
    assert done.err.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        ["show", "7"],
        ["mark", "read", "7"],
        ["remove", "x"],
        ["refresh", "x"],
        ["undo"],
        ["redo"],
        ["./x"],
        ["x/y.txt"],
        [],
    ],
)
def test_what_cannot_be_done_is_one_line_and_code_1(shell: Shell, words: list[str]) -> None:
    done = shell(*words)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("reader: ")
    assert done.err.count("\n") == 1


def test_help_and_version(shell: Shell) -> None:
    assert shell("--version").out.startswith("reader 0.")
    text = shell("--help").out
    assert all(f"\n  {verb} " in text for verb in VERBS)
    for verb in VERBS:
        done = shell(verb, "--help")
        assert (done.code, done.err) == (0, "")
        assert done.out.startswith(f"usage: reader {verb}")


def test_a_config_that_is_no_toml(shell: Shell) -> None:
    shell.home.mkdir()
    (shell.home / "config.toml").write_text("theme = ink\n")
    done = shell("list")
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert "config.toml is no TOML" in done.err
    assert "line 1" in done.err


def test_a_wrong_key_is_one_line_and_the_command_goes_on(shell: Shell) -> None:
    shell.home.mkdir()
    (shell.home / "config.toml").write_text("[fetch]\ntimeout_second = 3\nper_host = 'two'\n")
    done = shell("count")
    assert (done.code, done.out) == (0, "0\n")
    first, second = done.err.splitlines()
    assert f"{shell.home}/config.toml: unknown key fetch.timeout_second; the nearest is fetch.timeout_seconds" in first
    assert "fetch.per_host" in second


@pytest.mark.parametrize(
    "data", [b"not a database at all, but rather long " * 200, b"SQLite format 3\0" + b"\xff" * 9000]
)
def test_a_file_that_is_no_library(shell: Shell, data: bytes) -> None:
    shell.home.mkdir()
    (shell.home / "reader.db").write_bytes(data)
    for words in (["list"], ["mark", "read", "1"], ["refresh"]):
        done = shell(*words)
        assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
        assert "reader.db" in done.err
    assert (shell.home / "reader.db").read_bytes() == data


def test_another_programs_database_is_left_alone(shell: Shell, tmp_path: Path) -> None:
    shell.home.mkdir()
    code = "import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); c.execute('create table mine(x)'); c.commit()"
    subprocess.run([sys.executable, "-c", code, str(shell.home / "reader.db")], check=True)
    before = (shell.home / "reader.db").read_bytes()
    done = shell("list")
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert (shell.home / "reader.db").read_bytes() == before


# Everything is loaded before the process becomes one that may not write, as it may not read our files either.
NOBODY = """
import importlib, os, pkgutil, sys
import argparse, platformdirs, reader.cli, reader.library, reader.store
for room in (reader.cli, reader.library, reader.store):
    for module in pkgutil.iter_modules(room.__path__, room.__name__ + "."):
        importlib.import_module(module.name)
from reader.cli.main import main
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
sys.exit(main(sys.argv[1:], None))
"""


@pytest.mark.skipif(os.name == "nt", reason="permissions are another matter there")
@pytest.mark.parametrize("words", [["list"], ["mark", "read", "1"], ["undo"], ["feeds", "--json"]])
def test_a_home_that_cannot_be_written_is_told_and_nothing_is_lost(shell: Shell, web: Web, words: list[str]) -> None:
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        shell.process("add", web.put("/a", rss("A", 2)), env={**os.environ, "READER_HOME": place})
        before = (home / "reader.db").read_bytes()
        (home / "reader.db").chmod(0o444)
        home.chmod(0o555)
        command = [sys.executable, "-c", NOBODY, *words]
        done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "READER_HOME": place})
        home.chmod(0o755)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
        assert f"{home}/reader.db cannot be" in done.stderr
        assert (home / "reader.db").read_bytes() == before


def test_a_home_that_is_a_file(shell: Shell) -> None:
    shell.home.write_text("I am no directory")
    for words in (["list"], ["add", __file__], ["refresh"]):
        done = shell(*words)
        assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
        assert "home" in done.err


def test_a_broken_pipe_is_no_error(shell: Shell, web: Web) -> None:
    shell("add", web.put("/a", rss("A", 2000, text="words " * 60)))
    for shape in ("--json", "--tsv"):
        with shell.start("list", shape, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout
            assert process.stderr
            process.stdout.read(10)
            process.stdout.close()
            assert process.stderr.read() == b""
            assert process.wait(60) == 0


def test_a_bug_is_one_line_and_written_down(shell: Shell) -> None:
    code = (
        "import sys\nfrom reader.library.room import Library\nfrom reader.cli.main import main\n"
        "Library.count = lambda self, text: 1 // 0\n"
        "sys.exit(main(['count'], None))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    log = shell.home / "state" / "reader.log"
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert str(log) in done.stderr
    assert "ZeroDivisionError" in log.read_text()


def test_ctrl_c_stops_the_worker_and_keeps_what_is_there(shell: Shell, web: Web) -> None:
    good = web.put("/good", rss("Good", 3))
    shell("add", good)
    shell("add", "--no-fetch", *(web.put("/hang", host=number, behave="hang") for number in (2, 3)))
    web.put("/good", rss("Good", 6))
    web.forget()
    process = shell.start("refresh", "--all", "--json", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with process:
        wait_for(lambda: len(web.asked()) >= 3)
        (worker,) = children(process.pid)
        assert process.stdout
        assert b'"feed_id": 1' in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
        assert process.stderr
        assert process.stderr.read() == b""
    wait_for(lambda: not alive(worker))
    assert shell("count").out == "6\n"


def test_a_killed_worker_is_told_and_nothing_is_lost(shell: Shell, web: Web) -> None:
    shell("add", web.put("/a", rss("A", 3)))
    shell("add", "--no-fetch", web.put("/hang", behave="hang"))
    web.forget()
    with shell.start("refresh", "--all", stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        wait_for(lambda: web.asked("/hang"))
        (worker,) = children(process.pid)
        os.kill(worker, signal.SIGKILL)
        out, err = process.communicate(timeout=20)
    assert process.returncode == 1
    assert out == b""
    assert err.decode().startswith("reader: The worker ended without an answer")
    assert err.count(b"\n") == 1
    assert shell("count").out == "3\n"


def test_a_killed_command_takes_its_worker_along(shell: Shell, web: Web) -> None:
    shell("add", "--no-fetch", web.put("/hang", behave="hang"))
    with shell.start("refresh", "--all", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        wait_for(lambda: web.asked("/hang"))
        (worker,) = children(process.pid)
        process.kill()
    wait_for(lambda: not alive(worker))


def test_two_refreshes_at_once(shell: Shell, web: Web) -> None:
    shell("add", *(web.put(f"/{number}", rss(f"Feed {number}", 2), delay=0.2) for number in range(4)))
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    both = [shell.start("refresh", "--all", **options) for _ in range(2)]
    for process in both:
        out, _ = process.communicate(timeout=60)
        assert (process.returncode, out) == (0, b"4 feeds checked, 0 new\n")


@pytest.mark.parametrize(
    "words", [["count"], ["list"], ["show", "1"], ["mark", "read", "--query", "is:read"], ["feeds"]]
)
def test_a_verb_loads_nothing_that_it_does_not_need(shell: Shell, words: list[str]) -> None:
    code = (
        "import sys\nfrom reader.cli.main import main\nmain(sys.argv[1:], None)\n"
        "print(*{name.split('.')[0] for name in sys.modules}, *sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, timeout=60)
    loaded = set(done.stderr.split())
    assert "apsw" in loaded
    heavy = {"textual", "rich", "feedparser", "selectolax", "markdown_it", "pycurl", "asyncio", "ssl", "email", "http"}
    assert loaded & heavy == set()
    assert loaded & {"subprocess", "difflib", "tomllib", "traceback", "reader.library.jobs", "reader.opml"} == set()
    others = {f"reader.cli.{verb}" for verb in VERBS} - {f"reader.cli.{words[0]}", "reader.cli.show"}
    assert loaded & others == set()
