"""A feed gets another address and stays what it was."""

import pytest

from reader.errors import BadTarget, NotFound
from reader.model import Kind
from reader.store import checks, feeds
from reader.store.connection import Connection, transaction
from reader.store.readdress import readdress

OLD, NEW = "https://example.org/old", "https://example.org/new"


def follow(connection: Connection, url: str) -> int:
    with transaction(connection):
        return feeds.add(connection, url, Kind.FEED, None, (), 1)[0]


def test_it_is_the_same_feed_at_another_place(connection: Connection) -> None:
    feed_id = follow(connection, OLD)
    connection.run(
        "INSERT INTO checks (feed_id, result, failures, etag, last_modified, body_hash, retry_at, next_at)"
        " VALUES (?, 'failed', 5, 'x', 'y', x'00', 99, 99)",
        feed_id,
    )
    assert readdress(connection, feed_id, NEW) == OLD
    (facts,) = checks.due(connection, 10)
    assert (facts.id, facts.url) == (feed_id, NEW)
    assert (facts.etag, facts.last_modified, facts.body_hash, facts.retry_at, facts.failures) == (None,) * 4 + (0,)
    assert readdress(connection, feed_id, OLD) == NEW


def test_another_feed_at_that_address_is_left_alone(connection: Connection) -> None:
    feed_id, other = follow(connection, OLD), follow(connection, NEW)
    with pytest.raises(BadTarget) as error:
        readdress(connection, feed_id, NEW)
    assert "followed at that address already" in error.value.message
    assert [feeds.one(connection, each).url for each in (feed_id, other)] == [OLD, NEW]


def test_one_that_was_removed_can_still_come_back(connection: Connection) -> None:
    feed_id, other = follow(connection, OLD), follow(connection, NEW)
    with transaction(connection):
        feeds.remove(connection, other, 5)
    readdress(connection, feed_id, NEW)
    assert feeds.one(connection, feed_id).url == NEW
    with transaction(connection):
        assert feeds.restore(connection, other)
    assert feeds.one(connection, other).url == OLD


def test_its_own_address_changes_nothing(connection: Connection) -> None:
    feed_id = follow(connection, OLD)
    assert readdress(connection, feed_id, OLD) == OLD
    with pytest.raises(NotFound):
        readdress(connection, feed_id + 1, NEW)
