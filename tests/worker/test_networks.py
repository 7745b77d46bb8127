"""Which feeds lie in a private network, by where they were found."""

from reader.config import Config
from reader.fetch.fetched import Fetched
from reader.store.connection import transaction
from reader.worker import networks
from reader.worker.desk import Desk
from reader.worker.effects import Write
from reader.worker.events import Events
from reader.worker.pace import Pace
from tests.worker.running import Home
from tests.worker.running import home as home  # noqa: PLC0414

URL = "https://wiki.example.org/feed"


def desk_of(home: Home) -> Desk:
    return Desk(home.connection, Config(), Events(-1, lambda: None), lambda: 0, Pace(None))


def note(home: Home, *, is_private: bool, answered_at: str = URL) -> int:
    """Notes a feed that was read; how often that writes."""
    count = 0
    for effect in networks.note(desk_of(home), URL, Fetched(0, answered_at, 200, is_private=is_private)):
        assert isinstance(effect, Write)
        with transaction(home.connection):
            effect.act()
        count += 1
    return count


def test_what_spells_a_private_network_is_one(home: Home) -> None:
    assert not networks.is_public(desk_of(home), "http://192.168.1.2/feed")
    assert networks.is_public(desk_of(home), URL)


def test_a_feed_that_was_read_at_a_private_address_lies_there_until_it_is_read_elsewhere(home: Home) -> None:
    assert note(home, is_private=True) == 1
    assert not networks.is_public(desk_of(home), URL)
    assert networks.is_public(desk_of(home), "https://example.org/feed")
    assert note(home, is_private=True) == 0
    assert note(home, is_private=False) == 1
    assert networks.is_public(desk_of(home), URL)
    assert note(home, is_private=False) == 0


def test_a_redirect_to_a_private_address_says_nothing_of_the_feeds_own(home: Home) -> None:
    assert note(home, is_private=True, answered_at="http://nas.local/feed") == 0
    assert networks.is_public(desk_of(home), URL)


def test_hosts_that_are_noted_side_by_side_are_all_kept(home: Home) -> None:
    urls = [f"https://{name}.example.org/feed" for name in ("git", "wiki", "nas")]
    writes = [
        effect
        for url in urls
        for effect in networks.note(desk_of(home), url, Fetched(0, url, 200, is_private=True))
        if isinstance(effect, Write)
    ]
    with transaction(home.connection):
        for effect in writes:
            effect.act()
    assert [networks.is_public(desk_of(home), url) for url in urls] == [False] * 3
