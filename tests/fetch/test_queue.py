"""Who may be asked next."""

from hypothesis import given
from hypothesis import strategies as st

from reader.fetch.queue import HostQueue


@given(st.lists(st.sampled_from("abc"), max_size=40), st.integers(1, 3), st.randoms(use_true_random=False))
def test_every_host_gets_its_turn_and_never_too_much(hosts: list[str], per_host: int, luck: object) -> None:
    queue: HostQueue[int] = HostQueue(per_host)
    for number, host in enumerate(hosts):
        queue.put(host, number)
    busy: list[str] = []
    served: list[int] = []
    while len(queue) or busy:
        taken = queue.take()
        if taken is None:
            queue.free(busy.pop(luck.randrange(len(busy))))  # type: ignore[attr-defined]
            continue
        busy.append(taken[0])
        served.append(taken[1])
        assert busy.count(taken[0]) <= per_host
    assert sorted(served) == list(range(len(hosts)))
    for host in "abc":
        mine = [number for number in served if hosts[number] == host]
        assert mine == sorted(mine)


def test_hosts_take_turns_and_the_first_goes_first() -> None:
    queue: HostQueue[int] = HostQueue(2)
    for number in range(3):
        queue.put("a", number)
    queue.put("b", 10)
    queue.put("a", 20, first=True)
    assert [queue.take() for _ in range(4)] == [("a", 20), ("b", 10), ("a", 0), None]
