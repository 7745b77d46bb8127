"""Which feeds lie in a network that is not the public one, by where they were really found.

Documents of such a feed's articles may lie there as well; one of the public network has none asked for. A host whose
name looks public is taken for private only if a feed could be read at a private address under it, so that a name which
comes to mean another address between two requests gains nothing.
"""

from __future__ import annotations

from functools import partial

from reader.fetch.address import host, is_here
from reader.fetch.fetched import Fetched
from reader.store import memory
from reader.worker.desk import Desk
from reader.worker.effects import Task, Write

_KEY = "hosts of private networks"
_MOST = 500


def is_public(desk: Desk, feed_url: str) -> bool:
    """Whether a feed lies in the public network."""
    return not (is_here(feed_url) or host(feed_url) in _hosts(desk))


def note(desk: Desk, feed_url: str, fetched: Fetched) -> Task:
    """Keeps where a feed that was read lies."""
    if is_here(feed_url):
        return
    name, hosts = host(feed_url), _hosts(desk)
    is_here_now = fetched.is_private and host(fetched.url) == name
    if is_here_now == (name in hosts):
        return
    left = [each for each in hosts if each != name]
    yield Write(partial(memory.remember, desk.connection, _KEY, [*left, name][-_MOST:] if is_here_now else left), 0)


def _hosts(desk: Desk) -> list[str]:
    hosts: list[str] = memory.recall(desk.connection, _KEY, [])
    return hosts
