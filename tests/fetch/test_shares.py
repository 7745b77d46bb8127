"""What long documents hold while they come in never adds up, and nobody waits for ever."""

from __future__ import annotations

import gzip
import random

import pytest

from reader.fetch.fetched import Fetched, Limits, Request
from reader.fetch.http import Http
from reader.fetch.shares import FREE, Shares
from tests.web import Web
from tests.web import web as web  # noqa: PLC0414

MOST = 8_000_000
NOISE = random.Random(1).randbytes(3_000_000).hex().encode()


def test_the_first_bytes_cost_nothing_and_the_longest_come_one_by_one() -> None:
    shares = Shares(MOST)
    assert all(shares.take(0, FREE) for _ in range(1000))
    assert shares.take(0, MOST)
    assert not shares.fits(0, MOST)
    assert not shares.take(FREE, MOST)
    shares.give(MOST)
    assert shares.take(FREE, MOST)


def test_who_goes_on_to_the_next_size_leaves_its_place() -> None:
    shares = Shares(MOST)
    sizes = [FREE + 1, 900_000, 2_000_000, 7_000_000]
    for _ in range(100):
        held = 0
        for size in sizes:
            assert shares.take(held, size)
            held = size
        shares.give(held)


def fetch(shares: Shares, *urls: str, held: bool = True) -> tuple[dict[int, Fetched], int]:
    """The answers, whose room is given back one by one when nothing else comes; the most bytes that were there."""
    client = Http(Limits(seconds=30, size=MOST), shares)
    found: dict[int, Fetched] = {}
    keeping: list[Fetched] = []
    most = idle = 0
    for key, url in enumerate(urls):
        client.submit(Request(key, url))
    while client.pending:
        came = client.poll(0.01)
        found |= {each.key: each for each in came}
        keeping += [each for each in came if each.body]
        most = max(most, sum(len(each.body) for each in keeping))
        idle = 0 if came else idle + 1
        if keeping and idle > 5:
            shares.give(len(keeping.pop(0).body))
    client.close()
    return found, most


@pytest.mark.parametrize("is_packed", [False, True], ids=["plain", "packed"])
def test_what_many_servers_send_at_once_is_held_a_few_at_a_time(web: Web, *, is_packed: bool) -> None:
    urls = [web.put("/long", NOISE + b"%d" % host, host=host, gzip=is_packed) for host in range(2, 10)]
    found, most = fetch(Shares(MOST), *urls)
    assert [found[key].body == NOISE + b"%d" % (key + 2) for key in range(8)] == [True] * 8
    assert most <= len(NOISE) + 1  # of those that are longer than five megabytes there is one at a time


def test_a_bomb_that_has_to_wait_is_no_larger_for_it(web: Web) -> None:
    bombs = [web.put("/bomb", behave="bomb", bomb=1 << 25, host=host) for host in range(2, 12)]
    good = web.put("/good", gzip.compress(b"words " * 1_000_000), headers={"Content-Encoding": "gzip"})
    found, _ = fetch(Shares(MOST), good, *bombs)
    assert found[0].body == b"words " * 1_000_000
    assert {found[key].error for key in range(1, 11)} == {"The document unpacks to more than 8 MB"}


def test_a_handle_that_waits_for_work_holds_no_document(web: Web) -> None:
    client = Http(Limits())
    client.submit(Request(1, web.put("/feed", b"x" * 100_000, delay=0.5)))
    held: list[object] = []
    while client.pending:
        held += client._under_way.values()
        client.poll(0.1)
    assert held
    assert all(not each.chunks for each in held)  # type: ignore[attr-defined]
    client.close()
