"""The words of a command line, and where its library is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.shell import READER, Shell, shell

__all__ = ["shell"]


def test_what_stands_behind_two_dashes_is_no_option(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("--all", "-x.txt"):
        Path(name).write_text(f"The headline of {name}\n\n\nA body.\n")
    done = shell("add", "--folder", "Notes", "--", "--all", "-x.txt")
    assert (done.code, done.out) == (0, "1\tThe headline of --all\n2\tThe headline of -x.txt\n")
    assert shell("remove", "--", str(tmp_path / "-x.txt")).code == 0
    assert [feed["folder"] for feed in shell("feeds", "--json").json] == ["Notes"]
    Path("-list").write_text('<opml><body><outline xmlUrl="https://example.org/feed"/></body></opml>')
    assert shell("import", "--dry-run", "--", "-list").lines[-1] == "1 feed to add"
    assert "at character 1 of: --json" in shell("list", "--", "--json").err
    assert "'-5' is no article's id" in shell("show", "--", "-5").err


def test_a_home_of_an_unknown_user_is_a_directory_of_that_name(
    tmp_path: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READER_HOME", "~nobody-of-that-name/news")
    monkeypatch.chdir(tmp_path)
    done = shell("count")
    assert (done.code, done.out, done.err) == (0, "0\n", "")
    assert (tmp_path / "~nobody-of-that-name" / "news" / "reader.db").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="names are UTF-8 here")
def test_a_home_that_is_no_utf8_is_told(tmp_path: Path, shell: Shell) -> None:
    home = os.fsencode(tmp_path) + b"/caf\xe9"
    settings = {**os.environb, b"READER_HOME": home}
    done = subprocess.run([*READER, "list"], capture_output=True, env=settings, timeout=60)
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (1, b"", 1)
    assert b"no UTF-8" in done.stderr


def test_a_home_below_a_file_is_told_by_its_library(shell: Shell) -> None:
    shell.home.write_text("I am no directory")
    assert "set READER_HOME to another directory" in shell("list").err
