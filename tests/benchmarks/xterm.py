"""What a real xterm shows between exec and rest, looked at through the memory of a virtual X server.

Xvfb keeps its screen in a file, so that nothing has to be asked of the server: the file is looked at all the time, and
each picture that differs from the last one is kept. A picture is compared with the one at rest by the lines of its
pixels: the first paint is the first of which most look so already, and one that follows is blank when few do.
"""

from __future__ import annotations

import mmap
import os
import shutil
import subprocess
import tempfile
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import dropwhile
from pathlib import Path

from tests.benchmarks.home import Home, plain_environment, reader

_SIZE = 1024, 768
_PIXEL = 4
_WATCHED_SECONDS = 2.5
_PROGRAM = ("xterm", "-geometry", "120x40+0+0", "-fn", "fixed", "-b", "0", "-bw", "0", "+sb", "-e")
_MOST, _FEW = 0.8, 0.5


def is_here() -> bool:
    """Whether a server and a terminal are installed."""
    return all(shutil.which(name) for name in ("Xvfb", "xterm"))


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen of one start, from the first paint on.

    So many looks, how many of them met a blank picture, and the least share of pixel lines that looked as at rest.
    """

    looks: int
    blank: int
    least: float


@dataclass(frozen=True, slots=True)
class _Picture:
    looks: int
    lines: tuple[bytes, ...]


def sights(home: Home, times: int) -> Iterator[Sight]:
    """Open the program on a library in a terminal of its own, so many times."""
    with _server() as (display, screen):
        for _ in range(times):
            yield _judged(_watched(home, display, screen))


@contextmanager
def _server() -> Iterator[tuple[str, mmap.mmap]]:
    """A virtual X server: its address, and its screen."""
    with tempfile.TemporaryDirectory() as place:
        said, says = os.pipe()
        width, height = _SIZE
        command = ["Xvfb", "-displayfd", str(says), "-screen", "0", f"{width}x{height}x24", "-fbdir", place]
        with subprocess.Popen(command, pass_fds=[says], stderr=subprocess.DEVNULL) as server:
            os.close(says)
            try:
                with os.fdopen(said) as answer:
                    display = f":{answer.readline().strip()}"
                with (
                    (Path(place) / "Xvfb_screen0").open("rb") as file,
                    mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as screen,
                ):
                    yield display, screen
            finally:
                server.terminate()


def _watched(home: Home, display: str, screen: mmap.mmap) -> list[_Picture]:
    """The pictures of a start, one after the other."""
    env = plain_environment() | home.env | {"DISPLAY": display}
    start = len(screen) - _SIZE[0] * _SIZE[1] * _PIXEL
    found: list[tuple[int, bytes]] = []
    looks, before = 0, None
    with subprocess.Popen([*_PROGRAM, reader()], env=env, stderr=subprocess.DEVNULL) as terminal:
        end = time.perf_counter() + _WATCHED_SECONDS
        while time.perf_counter() < end:
            seen = screen[start:]
            looks += 1
            if (sum_now := zlib.crc32(seen)) != before:
                found.append((looks, seen))
                before = sum_now
        terminal.kill()  # its own hang-up takes its time
    ends = [number for number, _ in found[1:]] + [looks + 1]
    return [_Picture(end - number, _lines(seen)) for (number, seen), end in zip(found, ends, strict=True)]


def _lines(seen: bytes) -> tuple[bytes, ...]:
    width = _SIZE[0] * _PIXEL
    return tuple(seen[at : at + width] for at in range(0, len(seen), width))


def _judged(pictures: Sequence[_Picture]) -> Sight:
    """Raises RuntimeError where the program never wrote anything."""
    rest = pictures[-1].lines
    written = [at for at, line in enumerate(rest) if line.count(line[:_PIXEL]) * _PIXEL != len(line)]
    if len(written) < _SIZE[1] // 4:
        raise RuntimeError("nothing was seen in the terminal")
    seen = [
        (picture.looks, sum(picture.lines[at] == rest[at] for at in written) / len(written)) for picture in pictures
    ]
    since = list(dropwhile(lambda each: each[1] < _MOST, seen))
    blank = sum(looks for looks, share in since if share < _FEW)
    return Sight(sum(looks for looks, _ in since), blank, min(share for _, share in since))
