"""When and how each feed was asked last, and which are due."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable
from typing import Any

from reader.model import Kind, Result
from reader.store import health
from reader.store.connection import Connection, bound
from reader.store.records import CheckRecord, FeedFacts

_FACTS = """
SELECT feeds.id, url, kind, coalesce(given_title, title, url), result, status, coalesce(message, ''), since, checked_at,
    succeeded_at, next_at, coalesce(failures, 0), etag, last_modified, body_hash, retry_at, refresh_after, source_hashes
FROM feeds LEFT JOIN checks ON checks.feed_id = feeds.id
WHERE removed_at IS NULL AND url NOT LIKE 'reader:%'
"""


def due(connection: Connection, now: int) -> list[FeedFacts]:
    """The feeds whose time has come, the longest waiting first; never one that told us to wait longer or is gone."""
    when = "AND coalesce(next_at, 0) <= ? AND coalesce(retry_at, 0) <= ? AND result IS NOT 'gone'"
    return [_facts(row) for row in connection.rows(f"{_FACTS} {when} ORDER BY next_at, feeds.id", now, now)]


def chosen(connection: Connection, feed_ids: Iterable[int] | None = None) -> list[FeedFacts]:
    """The named feeds, or all, due or not; the caller heeds ``retry_at`` and ``Result.GONE``."""
    if feed_ids is None:
        return [_facts(row) for row in connection.rows(f"{_FACTS} ORDER BY next_at, feeds.id")]
    which = "AND feeds.id IN (SELECT value FROM carray(?))"
    return [_facts(row) for row in connection.rows(f"{_FACTS} {which} ORDER BY next_at, feeds.id", bound(feed_ids))]


def resting(connection: Connection, now: int) -> list[str]:
    """The addresses of the feeds whose servers asked us to wait until after ``now``."""
    sql = "SELECT url FROM checks JOIN feeds ON feeds.id = feed_id WHERE retry_at > ? AND removed_at IS NULL"
    return [row[0] for row in connection.rows(sql, now)]


def latest_fetches(connection: Connection, most: int) -> list[tuple[int, int, int]]:
    """Of the last answers that came over the network: when, how many bytes, in how many milliseconds."""
    sql = (
        "SELECT checked_at, bytes, ms FROM checks WHERE ms > 0 AND status IS NOT NULL AND checked_at IS NOT NULL"
        " ORDER BY checked_at DESC LIMIT ?"
    )
    return [(at, size or 0, ms) for at, size, ms in connection.rows(sql, most)]


def record(connection: Connection, check: CheckRecord) -> None:
    """Keep what a check came to. Being offline changes nothing but the time of the next check."""
    if check.outcome.result is Result.OFFLINE:
        connection.run("UPDATE checks SET next_at = ? WHERE feed_id = ?", check.next_at, check.feed_id)
        return
    outcome = check.outcome
    before = connection.first(
        "SELECT result, since, failures, succeeded_at, source_hashes FROM checks WHERE feed_id = ?", check.feed_id
    ) or (None, None, 0, None, None)
    failures = health.failures(before[2], outcome.result)
    since = health.since(_result(before[0]), before[1], outcome.result, check.checked_at)
    is_well = outcome.result in (Result.UPDATED, Result.NOT_MODIFIED, Result.MOVED)
    connection.run(
        "INSERT OR REPLACE INTO checks (feed_id, result, message, status, since, checked_at, succeeded_at, next_at,"
        " failures, retry_at, refresh_after, bytes, ms, etag, last_modified, body_hash, source_hashes)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        check.feed_id, outcome.result.value, outcome.message, outcome.status, since, check.checked_at,
        check.checked_at if is_well else before[3], check.next_at, failures, check.retry_at, check.refresh_after,
        outcome.bytes, outcome.ms, check.etag, check.last_modified, check.body_hash,
        before[4] if check.source_hashes is None else _packed(check.source_hashes),
    )  # fmt: skip


def _facts(row: tuple[Any, ...]) -> FeedFacts:
    feed_id, url, kind, title, result, *rest, hashes = row
    facts: list[Any] = [*rest, _unpacked(hashes)]
    return FeedFacts(feed_id, url, Kind(kind), title, _result(result), *facts)


def _packed(hashes: array[int]) -> bytes:
    numbers = array("q", hashes)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def _unpacked(stream: bytes | None) -> array[int] | None:
    if stream is None:
        return None
    numbers = array("q", stream)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _result(text: str | None) -> Result | None:
    return None if text is None else Result(text)
