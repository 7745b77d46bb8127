"""The command line as tests call it: as a process, on a terminal, or in this process where that is the same."""

import contextlib
import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from reader.cli.main import main

ROOT = Path(__file__).parents[2]
READER = [sys.executable, "-m", "reader"]


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command came to."""

    code: int
    out: str
    err: str = ""

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


class Shell:
    """``shell("list", "raqa")`` runs in this process, ``process`` in one of its own, ``terminal`` on a terminal."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self.capsys = capsys

    def __call__(self, *words: str | Path) -> Ran:
        self.capsys.readouterr()
        code = main([str(word) for word in words], lambda: lambda _library, _paths: 99)
        out, err = self.capsys.readouterr()
        return Ran(code, out, err)

    def process(self, *words: str | Path, **options: Any) -> Ran:
        done = subprocess.run([*READER, *map(str, words)], capture_output=True, timeout=60, **options)
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    def start(self, *words: str | Path, **options: Any) -> subprocess.Popen[bytes]:
        return subprocess.Popen([*READER, *map(str, words)], **options)

    def terminal(self, *words: str | Path, answer: str = "", **env: str) -> Ran:
        """Run on a terminal of 80 columns that answers as a person would; ``out`` is all that it showed."""
        pty = pytest.importorskip("pty", reason="no terminals of our own making here")
        ours, theirs = pty.openpty()
        command = [*READER, *map(str, words)]
        settings = {**os.environ, "COLUMNS": "80", "TERM": "xterm", **env}
        with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=settings) as process:
            os.close(theirs)
            os.write(ours, answer.encode())
            shown = b"".join(_read(ours))
            code = process.wait(60)
        os.close(ours)
        return Ran(code, shown.decode())


def _read(handle: int) -> Iterator[bytes]:
    """What a terminal shows until nobody writes any more."""
    with contextlib.suppress(OSError):
        while select.select([handle], [], [], 60)[0]:
            data = os.read(handle, 65536)
            if not data:
                return
            yield data


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    monkeypatch.setenv("READER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.delenv("COLUMNS", raising=False)
    return Shell(tmp_path / "home", capsys)
