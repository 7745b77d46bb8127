from reader.model import GUIDE_URL, HealthState, Kind, Outcome, Result
from reader.store import checks, feeds, files, memory
from reader.store.connection import Connection
from reader.store.records import CheckRecord, FeedFacts, SeenFile
from tests.store.made import NOW, feed


def check(
    connection: Connection, feed_id: int, result: Result, at: int, message: str = "", retry_at: int | None = None
) -> None:
    outcome = Outcome(result, message)
    checks.record(
        connection, CheckRecord(feed_id, outcome, at, at + 3600, etag='"x"', body_hash=b"h", retry_at=retry_at)
    )


def facts(connection: Connection, feed_id: int) -> FeedFacts:
    return checks.chosen(connection, [feed_id])[0]


def test_a_new_feed_is_due_at_once_and_then_when_its_time_has_come(connection: Connection) -> None:
    feed_id = feed(connection)
    assert [each.id for each in checks.due(connection, NOW)] == [feed_id]
    check(connection, feed_id, Result.UPDATED, NOW)
    assert checks.due(connection, NOW + 3599) == []
    (found,) = checks.due(connection, NOW + 3600)
    assert (found.etag, found.body_hash, found.result, found.succeeded_at) == ('"x"', b"h", Result.UPDATED, NOW)


def test_a_feed_that_told_us_to_wait_or_is_gone_or_removed_is_not_due(connection: Connection) -> None:
    waits, gone, removed = (feed(connection, name) for name in ("waits", "gone", "removed"))
    check(connection, waits, Result.WAIT, NOW, retry_at=NOW + 9000)
    check(connection, gone, Result.GONE, NOW)
    feeds.remove(connection, removed, NOW)
    feeds.add(connection, GUIDE_URL, Kind.FEED, None, (), NOW)
    assert checks.due(connection, NOW + 8999) == []
    assert [each.id for each in checks.due(connection, NOW + 9000)] == [waits]
    assert {each.id: each.retry_at for each in checks.chosen(connection)} == {waits: NOW + 9000, gone: None}


def test_failures_add_up_and_a_success_forgives_them(connection: Connection) -> None:
    feed_id = feed(connection)
    check(connection, feed_id, Result.UPDATED, NOW)
    for times in (1, 2):
        check(connection, feed_id, Result.FAILED, NOW + times, "The server does not answer.")
    found = facts(connection, feed_id)
    assert (found.failures, found.succeeded_at, found.checked_at, found.since) == (2, NOW, NOW + 2, NOW + 1)
    health = feeds.one(connection, feed_id).health
    assert (health.state, health.message, health.since) == (
        HealthState.FAILING,
        "The server does not answer.",
        NOW + 1,
    )
    check(connection, feed_id, Result.NOT_MODIFIED, NOW + 3)
    assert facts(connection, feed_id).failures == 0
    assert feeds.one(connection, feed_id).health.state is HealthState.OK


def test_being_offline_is_nobodys_failure(connection: Connection) -> None:
    feed_id = feed(connection)
    check(connection, feed_id, Result.UPDATED, NOW)
    before = facts(connection, feed_id)
    check(connection, feed_id, Result.OFFLINE, NOW + 50)
    after = facts(connection, feed_id)
    assert (after.result, after.failures, after.checked_at, after.etag) == (
        Result.UPDATED,
        0,
        before.checked_at,
        before.etag,
    )
    assert after.next_at == NOW + 50 + 3600


def test_the_longest_waiting_comes_first(connection: Connection) -> None:
    ids = [feed(connection, name) for name in ("a", "b", "c")]
    check(connection, ids[0], Result.UPDATED, NOW + 20)
    check(connection, ids[1], Result.UPDATED, NOW + 10)
    assert [each.id for each in checks.due(connection, NOW + 9999)] == [ids[2], ids[1], ids[0]]


def test_a_scan_of_a_directory_is_remembered(connection: Connection) -> None:
    feed_id = feed(connection, kind=Kind.DIRECTORY)
    one, other = SeenFile("a/one.txt", 1, 2, b"1"), SeenFile("picture.png", 1, 2, b"2", "not a text")
    files.record(connection, feed_id, [one, other])
    assert files.seen(connection, feed_id) == {one.path: one, other.path: other}
    newer = SeenFile("a/one.txt", 9, 3, b"3")
    files.record(connection, feed_id, [newer], ["picture.png"])
    assert files.seen(connection, feed_id) == {newer.path: newer}


def test_memory_keeps_what_json_can_hold(connection: Connection) -> None:
    memory.remember(connection, "screen", {"folded": ["Süd"], "width": 30})
    assert memory.recall(connection, "screen") == {"folded": ["Süd"], "width": 30}
    memory.remember(connection, "screen", None)
    assert memory.recall(connection, "screen", "default") is None
    assert memory.recall(connection, "nothing", 5) == 5
