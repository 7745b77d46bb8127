"""``reader``, ``reader PATH...`` and ``reader -``: what reaches the screen."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.shell import Shell, shell

__all__ = ["shell"]

# The screen is replaced by one that tells what it was given and whether keys could reach it.
SCREEN = """
import os, sys
from reader.cli.main import main
def screen(library, paths):
    print("SCREEN", library.feeds(), *paths, os.isatty(0), flush=True)
    return 0
sys.exit(main(sys.argv[1:], lambda: screen))
"""


def on_terminal(*words: str, piped: bytes | None = None) -> tuple[int, str]:
    """Run on a terminal of its own, which is the controlling one; standard input is a pipe where bytes are given."""
    pty = pytest.importorskip("pty", reason="no terminals of our own making here")
    pid, ours = pty.fork()
    if pid == 0:  # pragma: no cover - the child
        os.environ["TERM"] = "xterm"
        if piped is not None:
            read, write = os.pipe()
            os.write(write, piped)
            os.close(write)
            os.dup2(read, 0)
        os.execv(sys.executable, [sys.executable, "-c", SCREEN, *words])
    shown = b""
    try:
        while data := os.read(ours, 65536):
            shown += data
    except OSError:
        pass  # how a terminal says that nobody is left
    _, status = os.waitpid(pid, 0)
    os.close(ours)
    return os.waitstatus_to_exitcode(status), shown.decode()


def test_the_screen_opens_alone(shell: Shell) -> None:
    code, shown = on_terminal()
    assert (code, shown.strip()) == (0, "SCREEN [] True")


def test_the_screen_opens_on_paths_as_absolute_ones(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one.txt").write_text("One")
    monkeypatch.chdir(tmp_path)
    code, shown = on_terminal("one.txt", ".")
    assert (code, shown.strip()) == (0, f"SCREEN [] {tmp_path}/one.txt {tmp_path} True")


def test_standard_input_is_kept_and_keys_come_from_the_terminal(shell: Shell) -> None:
    code, shown = on_terminal("-", piped=b"A headline\n\n\nA text from a pipe.\n")
    assert code == 0
    kept = Path(shown.split()[2])
    assert kept.parent == shell.home / "state" / "stdin"
    assert kept.read_bytes() == b"A headline\n\n\nA text from a pipe.\n"
    assert shown.strip().endswith("True")
    code, shown = on_terminal("-", piped=b"  \n")
    assert (code, shown.strip()) == (1, "reader: Standard input is empty")


def test_without_a_terminal_it_says_so_and_adds_nothing(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("One")
    for words in ([], [str(tmp_path / "one.txt")], ["-"]):
        done = shell.process(*words, stdin=subprocess.DEVNULL)
        assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
        assert "needs a terminal" in done.err
    assert not shell.home.exists()
