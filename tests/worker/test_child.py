"""The parse child: reads, is stopped when it loops, is replaced when it dies, leaves nothing behind."""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from reader.model import ParsedFeed, Unreadable
from reader.parse.source import Source
from reader.worker.child import Child, Stopped
from tests.web import rss
from tests.worker.running import ROOT, ended


@pytest.fixture(autouse=True)
def found_by_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@contextmanager
def child(seconds: float = 20, command: tuple[str, ...] | None = None) -> Iterator[Child]:
    found = Child(seconds, command) if command else Child(seconds)
    try:
        yield found
    finally:
        found.close()


def feed(data: bytes) -> Source:
    return Source(data, "http://example.org/feed", "feed")


def test_documents_one_after_the_other_by_one_process() -> None:
    with child() as parser:
        assert parser.pid is None
        first = parser.read(feed(rss("News", 3)))
        pid = parser.pid
        assert isinstance(first, ParsedFeed)
        assert [each.title for each in first.entries] == ["News, story 2", "News, story 1", "News, story 0"]
        assert isinstance(parser.read(feed(b"\x00\x01 nothing")), Unreadable)
        assert parser.read(feed(rss("News", 3))) == first
        assert parser.pid == pid
    assert pid is not None
    assert ended(pid)


LOOPS: dict[str, Callable[[], bytes]] = {
    "attributes": lambda: (
        b"<rss><channel><item><title " + b" ".join(b"a%d='<'" % n for n in range(120_000)) + b">&x;</title>"
    ),
    "elements": lambda: b"<rss><channel><item><description>" + b"<b><i><a>" * 400_000,
}


@pytest.mark.parametrize("name", LOOPS)
def test_a_document_that_loops_is_stopped_in_time_or_read(name: str) -> None:
    with child(3) as parser:
        started = time.monotonic()
        found = parser.read(feed(LOOPS[name]()))
        spent = time.monotonic() - started
        assert spent < 5
        if isinstance(found, Stopped):
            assert found.reason == "The document took longer than 3 s to read and was stopped"
            assert ended(found.pid)
        assert isinstance(parser.read(feed(rss("News", 3))), ParsedFeed)


# A child that hangs, dies or babbles as it is told by the first byte of the document.
ODD = """
import os, sys, time
sys.path.insert(0, {root!r})
from reader.model import Unreadable
from reader.parse import wire
while (asked := wire.read_request(sys.stdin.buffer)) is not None:
    word = asked[0].data
    if word == b"hang": time.sleep(60)
    if word == b"die": os._exit(7)
    if word == b"spend": os.kill(os.getpid(), 24)  # SIGXCPU
    if word == b"kill": os.kill(os.getpid(), 9)
    if word == b"babble": print("hello there", flush=True); continue
    sys.stdout.buffer.write(wire.answer(Unreadable(str(os.getpid()))))
    sys.stdout.flush()
"""
COMMAND = (sys.executable, "-c", ODD.format(root=str(ROOT)))


def test_a_hanging_child_is_killed_and_the_next_document_read() -> None:
    with child(0.5, COMMAND) as parser:
        found = parser.read(feed(b"hang"))
        assert isinstance(found, Stopped)
        assert found.reason == "The document took longer than 0.5 s to read and was stopped"
        assert ended(found.pid)
        assert isinstance(parser.read(feed(b"ok")), Unreadable)


@pytest.mark.parametrize(
    ("word", "said"), [(b"die", "exit code 7"), (b"kill", "signal 9"), (b"babble", "made the reading")]
)
def test_a_dying_child_is_named_and_replaced(word: bytes, said: str) -> None:
    with child(5, COMMAND) as parser:
        found = parser.read(feed(word))
        assert isinstance(found, Stopped)
        assert said in found.reason
        assert ended(found.pid)
        assert isinstance(parser.read(feed(b"ok")), Unreadable)
        again = parser.read(feed(word))
        assert isinstance(again, Stopped)


def test_a_document_that_used_up_its_time_is_not_read_twice() -> None:
    with child(5, COMMAND) as parser:
        parser.read(feed(b"ok"))
        first = parser.pid
        found = parser.read(feed(b"spend"))
        assert isinstance(found, Stopped)
        assert found.pid == first
        assert "took longer than 5 s" in found.reason


def test_a_child_that_died_in_between_costs_no_document_anything() -> None:
    with child(5, COMMAND) as parser:
        parser.read(feed(b"ok"))
        assert parser.pid is not None
        os.kill(parser.pid, 9)
        assert isinstance(parser.read(feed(b"ok")), Unreadable)


def said(found: object) -> str:
    assert isinstance(found, Unreadable)
    return found.reason


def test_documents_that_are_sent_ahead_are_answered_in_order() -> None:
    sizes = [3, 400, 1, 30, 7, 2, 90, 5]
    with child() as parser:
        ahead: list[int] = []
        for size in sizes:
            source = feed(rss("News", size))
            while not parser.takes(source):
                found = parser.receive()
                assert isinstance(found, ParsedFeed)
                assert len(found.entries) == ahead.pop(0)
            parser.send(source)
            ahead.append(size)
        for size in ahead:
            found = parser.receive()
            assert isinstance(found, ParsedFeed)
            assert len(found.entries) == size


def test_only_the_document_at_fault_is_named_whatever_was_sent_behind_it() -> None:
    with child(5, COMMAND) as parser:
        words = [b"ok", b"ok", b"die", b"ok", b"kill", b"die", b"ok"]
        parser.send(feed(words[0]))
        if not parser.takes(feed(words[1])):
            pytest.skip("this system does not say how much a pipe holds")
        for word in words[1:]:
            parser.send(feed(word))
        found = [parser.receive() for _ in words]
        assert [isinstance(each, Stopped) for each in found] == [word in (b"die", b"kill") for word in words]
        assert said(found[0]) == said(found[1]) != said(found[3]) != said(found[6])


def test_what_was_dropped_is_not_answered() -> None:
    with child(5, COMMAND) as parser:
        parser.send(feed(b"hang"))
        parser.send(feed(b"hang"))
        pid = parser.pid
        parser.drop()
        assert pid is not None
        assert ended(pid)
        assert isinstance(parser.read(feed(b"ok")), Unreadable)


def test_closing_ends_a_child_that_is_busy() -> None:
    parser = Child(60, COMMAND)
    found: list[object] = []
    reading = threading.Thread(target=lambda: found.append(parser.read(feed(b"hang"))))
    reading.start()
    while parser.pid is None:
        time.sleep(0.01)
    pid = parser.pid
    parser.close()
    reading.join(5)
    assert not reading.is_alive()
    assert ended(pid)
    assert isinstance(found[0], Stopped)
