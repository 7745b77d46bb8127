"""Output that is full, closed or not listened to."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.shell import READER, Shell, shell
from tests.web import Web, rss, web

__all__ = ["shell", "web"]

FULL = Path("/dev/full")
SAID = "reader: The output cannot be written: No space left on device\n"


@pytest.fixture
def buffered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard output as people have it: what is not yet written fails once more when Python ends."""
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)


def by_shell(words: str, redirections: str) -> subprocess.CompletedProcess[str]:
    """A command as a POSIX shell starts it."""
    if sys.platform == "win32":
        pytest.skip("no POSIX shell here")
    command = f'exec "$READER" -m reader {words} {redirections}'
    settings = {**os.environ, "READER": READER[0]}
    return subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, env=settings, timeout=60)


@pytest.mark.parametrize("words", [["--help"], ["list", "--help"], ["feeds", "--json"], ["export"]])
def test_a_full_output_is_one_line_and_code_1(shell: Shell, buffered: None, words: list[str]) -> None:
    if not FULL.exists():
        pytest.skip("no /dev/full here")
    with FULL.open("wb") as full:
        done = subprocess.run([*READER, *words], stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (1, SAID)


def test_a_full_standard_error_changes_no_exit_code(shell: Shell, buffered: None) -> None:
    if not FULL.exists():
        pytest.skip("no /dev/full here")
    with FULL.open("wb") as full:
        assert subprocess.run([*READER, "show", "x"], stderr=full, timeout=60).returncode == 2


def test_help_that_nobody_reads_is_no_error(shell: Shell, buffered: None) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    done = subprocess.run([*READER, "list", "--help"], stdout=theirs, stderr=subprocess.PIPE, timeout=60)
    os.close(theirs)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
def test_closed_handles_are_no_error(shell: Shell, web: Web, closed: str) -> None:
    shell("add", web.put("/a", rss("A", 2)))
    for words in ("refresh --all", "feeds --json", "mark read --query ''"):
        done = by_shell(words, closed)
        assert (done.returncode, done.stderr) == (0, "")
    assert shell("count", "is:read").out == "2\n"
