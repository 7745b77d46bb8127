"""Who may be asked next, and when."""

from hypothesis import given
from hypothesis import strategies as st

from reader.fetch.pace import Pace
from reader.fetch.queue import HostQueue


class Clock:
    """A time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def queue_of(at_once: int, pause: float = 0.0, clock: Clock | None = None) -> HostQueue[int]:
    return HostQueue(lambda _: Pace(at_once, pause), clock or Clock())


@given(
    st.lists(st.sampled_from("abc"), max_size=40),
    st.integers(1, 3),
    st.sampled_from([0.0, 0.5, 3.0]),
    st.randoms(use_true_random=False),
)
def test_every_host_gets_its_turn_and_never_too_much(
    hosts: list[str], per_host: int, pause: float, luck: object
) -> None:
    clock = Clock()
    queue = queue_of(per_host, pause, clock)
    for number, host in enumerate(hosts):
        queue.put(host, number)
    busy: list[str] = []
    served: list[int] = []
    started: dict[str, float] = {}
    while len(queue) or busy:
        taken = queue.take()
        if taken is not None:
            busy.append(taken[0])
            served.append(taken[1])
            assert busy.count(taken[0]) <= per_host
            assert clock.now - started.get(taken[0], 0.0) >= pause
            started[taken[0]] = clock.now
        elif busy and (queue.wait is None or luck.randrange(2)):  # type: ignore[attr-defined]
            queue.free(busy.pop(luck.randrange(len(busy))))  # type: ignore[attr-defined]
        else:
            assert queue.wait is not None
            clock.now += max(queue.wait, 0.001)
    assert sorted(served) == list(range(len(hosts)))
    for host in "abc":
        mine = [number for number in served if hosts[number] == host]
        assert mine == sorted(mine)


def test_hosts_take_turns_and_the_first_goes_first() -> None:
    queue = queue_of(2)
    for number in range(3):
        queue.put("a", number)
    queue.put("b", 10)
    queue.put("a", 20, first=True)
    assert [queue.take() for _ in range(4)] == [("a", 20), ("b", 10), ("a", 0), None]


def test_a_pause_holds_its_own_host_alone_and_says_when_it_ends() -> None:
    clock = Clock()
    queue = queue_of(2, 1.5, clock)
    for number in range(3):
        queue.put("slow", number)
    assert queue.take() == ("slow", 0)
    queue.put("other", 10)
    assert queue.take() == ("other", 10)
    assert queue.take() is None
    assert queue.wait == 1.5
    clock.now += 1.0
    assert queue.take() is None
    assert queue.wait == 0.5
    clock.now += 0.5
    assert queue.take() == ("slow", 1)
    assert queue.take() is None
    assert queue.wait is None, "two are under way: only their end can change anything"
    queue.free("slow")
    assert queue.wait == 1.5
    clock.now += 1.5
    assert queue.take() == ("slow", 2)


def test_a_host_that_asks_for_rest_gets_it_even_if_it_was_ready() -> None:
    clock = Clock()
    queue = queue_of(1, 0.0, clock)
    queue.put("a", 1)
    queue.rest("a", 30.0)
    queue.put("b", 2)
    assert queue.take() == ("b", 2)
    assert queue.take() is None
    assert queue.wait == 30.0
    clock.now += 30.0
    assert queue.take() == ("a", 1)


def test_what_is_spared_costs_neither_a_place_nor_a_pause() -> None:
    queue = queue_of(1, pause=2.0)
    for number in range(4):
        queue.put("a", number)
    spared = [queue.take(lambda _: True), queue.take(lambda _: True)]
    assert [*spared, queue.take(), queue.take()] == [("a", 0), ("a", 1), ("a", 2), None]
    queue.free("a")
    assert queue.wait == 2.0
