"""When and how each feed was asked last, and which are due."""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from reader.model import Kind, Result
from reader.store import health
from reader.store.connection import Connection, bound
from reader.store.records import CheckRecord, FeedFacts, Kept

_FACTS = """
SELECT feeds.id, url, kind, coalesce(given_title, title, url), result, status, coalesce(message, ''), since, checked_at,
    succeeded_at, next_at, coalesce(failures, 0), retry_at, every, posted_at, paused_at,
    etag, last_modified, body_hash, refresh_after, skip, moved_to, moved_since, found_url, source_hashes
FROM feeds LEFT JOIN checks ON checks.feed_id = feeds.id
WHERE removed_at IS NULL AND url NOT LIKE 'reader:%'
"""
_ANSWERS = 10
_POSTS = 10  # that tell how often a feed posts
_ASTRAY = 60  # seconds in the future that a check may lie before the clock is taken for having been wrong


def due(connection: Connection, now: int) -> list[FeedFacts]:
    """The feeds whose time has come, the longest waiting first.

    Never one that told us to wait longer, is paused or gone.
    """
    when = "AND coalesce(next_at, 0) <= ? AND coalesce(retry_at, 0) <= ? AND result IS NOT 'gone' AND paused_at IS NULL"
    return [_facts(row) for row in connection.rows(f"{_FACTS} {when} ORDER BY next_at, feeds.id", now, now)]


def chosen(connection: Connection, feed_ids: Iterable[int] | None = None) -> list[FeedFacts]:
    """The named feeds, or all, due or not; the caller heeds ``retry_at``, ``paused_at`` and ``Result.GONE``."""
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


def record(connection: Connection, check: CheckRecord, asked: str | None = None) -> None:
    """Keep what a check came to. Being offline changes nothing but the time of the next check.

    ``asked`` is the address that answered: nothing is kept of it when the feed has another one by now.
    """
    if asked is not None and not _is_at(connection, check.feed_id, asked):
        return
    if check.outcome.result is Result.OFFLINE:
        connection.run("UPDATE checks SET next_at = ? WHERE feed_id = ?", check.next_at, check.feed_id)
        return
    outcome, kept = check.outcome, check.kept
    result, status, since, failed, succeeded_at, hashes, every, posted_at, answers = connection.first(
        "SELECT result, status, since, failures, succeeded_at, source_hashes, every, posted_at, answers"
        " FROM checks WHERE feed_id = ?", check.feed_id,
    ) or (None, None, None, 0, None, None, None, None, "[]")  # fmt: skip
    since = health.since(health.Condition(_result(result), "", status, since), outcome.result, outcome.status,
                         check.checked_at)  # fmt: skip
    is_well = outcome.result in (Result.UPDATED, Result.NOT_MODIFIED, Result.MOVED)
    if outcome.new:
        every, posted_at = _rhythm(connection, check.feed_id)
    connection.run(
        "INSERT OR REPLACE INTO checks (feed_id, result, message, status, since, checked_at, succeeded_at, next_at,"
        " failures, retry_at, refresh_after, bytes, ms, etag, last_modified, body_hash, source_hashes, skip, moved_to,"
        " moved_since, found_url, every, posted_at, answers)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        check.feed_id, outcome.result.value, outcome.message, outcome.status, since, check.checked_at,
        check.checked_at if is_well else succeeded_at, check.next_at, health.failures(failed, outcome.result),
        check.retry_at, kept.refresh_after, outcome.bytes, outcome.ms, kept.etag, kept.last_modified, kept.body_hash,
        hashes if check.source_hashes is None else _packed(check.source_hashes),
        json.dumps(kept.skip) if kept.skip else None, kept.moved_to, kept.moved_since, kept.found_url,
        every, posted_at, _with_answer(answers, check),
    )  # fmt: skip


def say(connection: Connection, feed_id: int, message: str) -> None:
    """Have something else said of what the last check came to."""
    connection.run("UPDATE checks SET message = ? WHERE feed_id = ?", message, feed_id)


def set_clock_right(connection: Connection, now: int) -> int:
    """Takes the records of a clock that was ahead for ones of this moment; how many there were.

    The feeds would otherwise sleep until that time comes.
    """
    return connection.run(
        "UPDATE checks SET next_at = next_at - (checked_at - ?1), retry_at = retry_at - (checked_at - ?1),"
        " since = min(since, ?1), succeeded_at = min(succeeded_at, ?1), checked_at = ?1 WHERE checked_at > ?1 + ?2",
        now, _ASTRAY,
    )  # fmt: skip


def ask_again(connection: Connection, feed_id: int) -> None:
    """Let a feed be asked that is gone, or has failed for long: a person wants it. A server's wish to wait holds."""
    connection.run(
        "UPDATE checks SET next_at = 0, failures = 0, result = iif(result = 'gone', NULL, result) WHERE feed_id = ?",
        feed_id,
    )


def forget(connection: Connection, feed_id: int) -> None:
    """Nothing is known of a feed's server any more, as it is asked at another address now."""
    connection.run(
        "UPDATE checks SET etag = NULL, last_modified = NULL, body_hash = NULL, next_at = 0, retry_at = NULL,"
        " failures = 0, result = NULL, message = '', status = NULL, since = NULL, moved_to = NULL, moved_since = NULL,"
        " found_url = NULL WHERE feed_id = ?",
        feed_id,
    )


def _is_at(connection: Connection, feed_id: int, url: str) -> bool:
    """Whether a feed still has an address."""
    return connection.first("SELECT 1 FROM feeds WHERE id = ? AND url = ?", feed_id, url) is not None


def _rhythm(connection: Connection, feed_id: int) -> tuple[int | None, int | None]:
    """How often a feed posts, by the middle one of the times between its last posts, and when it did last."""
    sql = "SELECT sort_at FROM articles WHERE feed_id = ? AND is_hidden = 0 ORDER BY sort_at DESC, id DESC LIMIT ?"
    moments = [row[0] for row in connection.rows(sql, feed_id, _POSTS)]
    between = sorted(later - earlier for later, earlier in pairwise(moments) if later > earlier)
    return (between[len(between) // 2] if len(between) > 1 else None), (moments[0] if moments else None)


def _with_answer(kept: str, check: CheckRecord) -> str:
    """The answers of the last checks, as they are kept, with that of another one."""
    outcome = check.outcome
    answer = [check.checked_at, outcome.result.value, outcome.status, outcome.bytes, outcome.ms]
    return json.dumps([answer, *json.loads(kept)[: _ANSWERS - 1]], separators=(",", ":"))


def _facts(row: tuple[Any, ...]) -> FeedFacts:
    feed_id, url, kind, title, result, *rest = row
    etag, modified, digest, wish, skip, *moved, hashes = rest[11:]
    kept = Kept(etag, modified, digest, wish, tuple(json.loads(skip)) if skip else (), *moved)
    facts: list[Any] = [*rest[:11], kept, _unpacked(hashes)]
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
