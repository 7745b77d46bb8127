"""The thread that writes for the screen."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from reader.tui.writer import Writer


@pytest.fixture
def writer() -> Iterator[Writer]:
    made = Writer("test")
    yield made
    made.shutdown()


def test_tasks_are_done_in_order_and_answer(writer: Writer) -> None:
    done: list[int] = []

    def task(each: int) -> int:
        done.append(each)
        return each

    futures = [writer.submit(task, each) for each in range(50)]
    assert [future.result(10) for future in futures] == done == list(range(50))


def test_a_long_task_lets_later_ones_by(writer: Writer) -> None:
    said: list[str] = []
    begun, asked = threading.Event(), threading.Event()

    def long() -> None:
        begun.set()
        asked.wait(10)
        said.append("half")
        writer.turn()
        said.append("whole")

    first = writer.submit(long)
    begun.wait(10)
    second = writer.submit(said.append, "short")
    asked.set()
    first.result(10)
    second.result(10)
    assert said == ["half", "short", "whole"]


def test_a_mistake_is_told_to_who_asked_and_nobody_else(writer: Writer) -> None:
    wrong = writer.submit(int, "x")
    right = writer.submit(int, "7")
    with pytest.raises(ValueError, match="invalid literal"):
        wrong.result(10)
    assert right.result(10) == 7


def test_closing_waits_for_what_was_asked() -> None:
    writer, done, may_go_on = Writer("test"), list[int](), threading.Event()
    writer.submit(may_go_on.wait, 10)
    for each in range(20):
        writer.submit(done.append, each)

    def long() -> None:
        writer.turn()
        done.append(99)

    writer.submit(long)
    threading.Timer(0.01, may_go_on.set).start()
    writer.shutdown()
    assert done == [*range(20), 99]
    with pytest.raises(RuntimeError):
        writer.submit(int)
    Writer("never begun").shutdown()
