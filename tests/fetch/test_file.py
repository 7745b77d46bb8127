"""Reading local files: whole, never written, refused with a clear word."""

import os
import socket
from pathlib import Path

import pytest

from reader.fetch.file import Read, Refused, is_text, read, stamp


def reason(path: Path, limit: int = 1000) -> str:
    found = read(path, limit)
    assert isinstance(found, Refused)
    return found.reason


def test_a_file_is_read_whole_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"hello\r\n\0")
    os.utime(path, ns=(1_700_000_000_123_456_789, 1_700_000_000_123_456_789))
    before = path.stat()
    found = read(path, 1000)
    assert found == Read(b"hello\r\n\0", 1_700_000_000_123_456_789)
    assert found.mtime == 1_700_000_000
    assert found.stamp(1_700_000_100) == stamp(path)
    assert found.stamp(1_700_000_001) != stamp(path)
    assert path.stat().st_mtime_ns == before.st_mtime_ns


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
        assert reason(tmp_path / "socket") == "it is a socket"
    assert reason(tmp_path / "pipe") == "it is a pipe"
    assert reason(tmp_path) == "it is a directory"
    assert reason(Path("/dev/zero")) == "it is a device"
    assert reason(tmp_path / "nothing") == "there is no such file or directory"
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert reason(tmp_path / "loop") == "its symbolic links run in a circle"


def test_a_file_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    assert reason(tmp_path / "a" / "b") == "a part of the path is no directory"


def test_size_is_bounded(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 1001)
    assert reason(tmp_path / "a") == "it is larger than 1 kB"


def test_a_file_that_grows_without_saying_so_is_bounded_too() -> None:
    path = Path("/proc/self/maps")
    if not path.exists():
        pytest.skip("no /proc here")
    assert reason(path, 100) == "it is larger than 100 B"


def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("the superuser may read everything")
    path = tmp_path / "a"
    path.write_bytes(b"x")
    path.chmod(0)
    assert reason(path) == "permission denied"


def test_names_that_are_no_text() -> None:
    assert is_text("/tmp/ä")
    assert not is_text(os.fsdecode(b"/tmp/\xff"))
