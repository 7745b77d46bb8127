"""The parse child itself, as a process."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.model import ParsedFeed, Unreadable
from reader.parse import wire
from reader.parse.source import Source
from reader.parse.wire import SPENT

ROOT = Path(__file__).parents[2]
RSS = b"<rss version='2.0'><channel><title>F</title><item><title>T</title></item></channel></rss>"
limited = pytest.mark.skipif(
    sys.platform != "linux", reason="limits are the kernel's; other systems are watched by the worker"
)


@pytest.fixture
def child() -> Iterator["subprocess.Popen[bytes]"]:
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "reader.parse"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        yield process
        process.kill()


def ask(child: "subprocess.Popen[bytes]", data: bytes, seconds: int = 10, expect: str = "feed") -> object:
    assert child.stdin
    assert child.stdout
    source = Source(data, "https://example.org/", expect)
    child.stdin.write(wire.request(source, seconds) + data)
    child.stdin.flush()
    return wire.read_answer(child.stdout)


def is_whole(parsed: object) -> bool:
    return isinstance(parsed, ParsedFeed) and [entry.title for entry in parsed.entries] == ["T"]


def test_it_answers_one_document_after_the_other_and_ends_with_its_input(child: "subprocess.Popen[bytes]") -> None:
    assert is_whole(ask(child, RSS))
    assert isinstance(ask(child, b"\0\1"), Unreadable)
    assert is_whole(ask(child, RSS))
    assert child.stdin
    child.stdin.close()
    assert child.wait(10) == 0
    assert child.stderr
    assert child.stderr.read() == b""


def test_it_leaves_interrupting_to_the_worker(child: "subprocess.Popen[bytes]") -> None:
    assert is_whole(ask(child, RSS))
    child.send_signal(signal.SIGINT)
    assert is_whole(ask(child, RSS))


def test_what_is_no_request_ends_it(child: "subprocess.Popen[bytes]") -> None:
    assert child.stdin
    child.stdin.write(b"\xff\xff\xff\xff")
    child.stdin.flush()
    assert child.wait(10) == 2
    assert child.stderr
    assert b"4294967295 bytes" in child.stderr.read()


@limited
def test_a_document_that_takes_too_long_is_its_end_within_the_limit(child: "subprocess.Popen[bytes]") -> None:
    slow = b"<rss version='2.0'><channel><item><author>" + b"a." * 500_000 + b"</author></item></channel></rss>"
    started = time.monotonic()
    answer = ask(child, slow, seconds=1)
    assert time.monotonic() - started < 30
    if answer is None:
        assert child.wait(10) == -signal.SIGXCPU
    else:
        assert is_whole(ask(child, RSS))


@limited
def test_the_limit_is_each_documents_own(child: "subprocess.Popen[bytes]") -> None:
    body = "word &amp;amp; &lt;b&gt;bold&lt;/b&gt; " * 20
    items = "".join(f"<item><title>{number}</title><description>{body}</description></item>" for number in range(1000))
    data = f"<rss version='2.0'><channel>{items}</channel></rss>".encode()
    for _ in range(6):
        parsed = ask(child, data, seconds=2)
        assert isinstance(parsed, ParsedFeed)
        assert len(parsed.entries) == 1000


@pytest.mark.parametrize(
    "data",
    [
        b"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'ha'>"
        + b"".join(b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(10))
        + b"]><rss version='2.0'><channel><title>&k;</title></channel></rss>",
        b"<rss version='2.0'><channel>" + b"<item>" * 100_000,
        b"<rss version='2.0'><channel><item><description>" + b"&lt;div>" * 300_000,
        b"<rss " + b" ".join(b"a%d='b'" % number for number in range(50_000)) + b">",
        b'{"items": ' + b"[" * 500_000,
        b'{"version": "https://jsonfeed.org/version/1", "items": [' + b'{"id":' * 200_000,
        b"<html>" + b"<div>" * 1_000_000,
    ],
    ids=["entities", "items", "depth", "attributes", "brackets", "braces", "page"],
)
@limited
def test_hostile_documents_are_answered_or_are_its_end(child: "subprocess.Popen[bytes]", data: bytes) -> None:
    started = time.monotonic()
    answer = ask(child, data, seconds=2)
    assert time.monotonic() - started < 30
    assert answer is not None or child.wait(10) != 0
    if answer is not None:
        assert is_whole(ask(child, RSS)) or child.wait(10) == SPENT


@limited
def test_a_document_cannot_take_all_memory(child: "subprocess.Popen[bytes]") -> None:
    assert is_whole(ask(child, RSS))
    limits = Path(f"/proc/{child.pid}/limits").read_text("ascii")
    line = next(line for line in limits.splitlines() if line.startswith("Max data size"))
    assert int(line.split()[3]) < 300_000_000
