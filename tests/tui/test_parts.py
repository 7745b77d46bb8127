"""The small decisions behind the screen."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import Future
from threading import Event
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.tui.background import Background
from reader.tui.screens.layout import MEDIUM, WIDE, Widths
from reader.tui.screens.news import Tally


@given(st.integers(MEDIUM, 500), st.integers(0, 400), st.integers(0, 400), st.booleans())
def test_every_pane_keeps_its_room(width: int, sidebar: int, listed: int, beside: bool) -> None:
    widths = Widths(sidebar, listed)
    beside = beside and width >= WIDE
    used = widths.list_for(width, beside) + 1 + (widths.sidebar_for(width) + 1 if beside else 0)
    assert width - used >= 30
    assert widths.list_for(width, beside) >= 24


@pytest.mark.parametrize(
    ("events", "words"),
    [
        ([{"event": "started", "total": 2}, {"event": "finished", "new": 0}], "nothing new"),
        ([{"event": "feed", "new": 2, "outcome": "updated"}, {"event": "finished", "new": 2}], "2 new articles"),
        (
            [
                {"event": "feed", "new": 1, "outcome": "updated"},
                {"event": "feed", "outcome": "failed"},
                {"event": "finished"},
            ],
            "1 new article, 1 feed failed",
        ),
        ([{"event": "offline", "message": "no network"}, {"event": "finished"}], "no network"),
        ([{"event": "finished", "stopped": True}], "nothing new, stopped"),
    ],
)
def test_what_a_job_came_to(events: list[dict[str, Any]], words: str) -> None:
    tally = Tally()
    for event in events:
        tally.count(event)
    assert tally.words() == words


async def test_writes_are_done_in_order_and_closing_waits_for_them() -> None:
    background = Background()
    done: list[int] = []
    gate = Event()
    first: Future[bool] = background.post(gate.wait, 10)
    for number in range(50):
        background.post(done.append, number)
    gate.set()
    background.close()
    assert first.result()
    assert done == list(range(50))


async def test_a_stream_ends_when_it_is_not_wanted_any_more() -> None:
    background = Background()
    taken: list[int] = []
    wanted = True

    def source() -> Iterator[int]:
        for number in range(1000):
            if number == 3:
                nonlocal wanted
                wanted = False
            yield number

    await background.stream(source, taken.append, lambda: wanted)
    background.close()
    assert taken in ([0, 1, 2], [0, 1], [0], [])


async def test_a_stream_that_rests_after_its_first_piece_can_be_given_up_or_closed_meanwhile() -> None:
    background = Background()
    taken: list[int] = []
    wanted = True

    def take(number: int) -> None:
        nonlocal wanted
        taken.append(number)
        wanted = False

    await background.stream(lambda: range(9), take, lambda: wanted, pause=3600)
    assert taken == [0]
    resting = asyncio.ensure_future(background.stream(lambda: range(9), taken.append, lambda: True, pause=3600))
    while len(taken) < 2:
        await asyncio.sleep(0)
    background.close()
    await resting
    assert taken == [0, 0]


async def test_an_error_in_the_background_comes_back() -> None:
    background = Background()
    with pytest.raises(ZeroDivisionError):
        await background.run(divmod, 1, 0)
    background.close()
