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
    name = host(feed_url)
    is_here_now = fetched.is_private and host(fetched.url) == name
    if is_here_now != (name in _hosts(desk)):
        yield Write(partial(_keep, desk, name, is_here=is_here_now), 0)


def _keep(desk: Desk, name: str, *, is_here: bool) -> None:
    """Notes one host beside those that are known when it is written."""
    left = [each for each in _hosts(desk) if each != name]
    memory.remember(desk.connection, _KEY, [*left, name][-_MOST:] if is_here else left)


def _hosts(desk: Desk) -> list[str]:
    hosts: list[str] = memory.recall(desk.connection, _KEY, [])
    return hosts
