"""Tasks that run for another one: side by side, answered together, and none can keep the others from an answer."""

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from reader.fetch.fetched import Limits
from reader.store.database import Database
from reader.worker.effects import Effect, Together, Turn
from reader.worker.engine import Engine, Stop
from reader.worker.pace import Pace
from reader.worker.writes import Writes

Part = Generator[Effect, Any, str]


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    connection = Database(tmp_path / "reader.db").connect()
    return Engine(Limits(), 1, Stop(), Writes(connection, Pace(None), []))


def part(name: str, turns: int) -> Part:
    for _ in range(turns):
        yield Turn()
    return name


def broken() -> Part:
    yield Turn()
    raise ValueError("a mistake of ours")


def nested() -> Part:
    names = yield Together((part("x", 2), part("y", 0)))
    return "".join(names)


def test_what_they_return_comes_in_their_order(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    got: list[Any] = []
    mistakes: list[Exception] = []

    def whole() -> Generator[Effect, Any, None]:
        got.append((yield Together((part("a", 5), broken(), part("b", 0), nested()))))
        got.append((yield Together(())))

    engine.add(whole(), mistakes.append)
    engine.run()
    assert got == [["a", None, "b", "xy"], []]
    assert mistakes == []
    assert "a mistake of ours" in capsys.readouterr().err


def test_all_are_dropped_when_it_stops(tmp_path: Path) -> None:
    stop = Stop()
    connection = Database(tmp_path / "reader.db").connect()
    engine = Engine(Limits(), 1, stop, Writes(connection, Pace(None), []))
    ended: list[str] = []

    def endless() -> Part:
        try:
            while True:
                yield Turn()
                stop()
        finally:
            ended.append("part")

    def whole() -> Generator[Effect, Any, None]:
        yield Together((endless(), endless()))

    engine.add(whole(), lambda _error: None)
    engine.run()
    assert ended[0] == "part"
