from functools import partial

from reader.model import GUIDE_URL, HealthState, Kind, Outcome, Result
from reader.store import checks, feeds, files, marks, memory
from reader.store.connection import Connection
from reader.store.records import CheckRecord, FeedFacts, Kept, SeenFile
from tests.store.made import NOW, feed, put_some


def check(
    connection: Connection, feed_id: int, result: Result, at: int, message: str = "", retry_at: int | None = None
) -> None:
    outcome = Outcome(result, message)
    checks.record(connection, CheckRecord(feed_id, outcome, at, at + 3600, Kept('"x"', body_hash=b"h"), retry_at))


def facts(connection: Connection, feed_id: int) -> FeedFacts:
    return checks.chosen(connection, [feed_id])[0]


def test_a_new_feed_is_due_at_once_and_then_when_its_time_has_come(connection: Connection) -> None:
    feed_id = feed(connection)
    assert [each.id for each in checks.due(connection, NOW)] == [feed_id]
    check(connection, feed_id, Result.UPDATED, NOW)
    assert checks.due(connection, NOW + 3599) == []
    (found,) = checks.due(connection, NOW + 3600)
    assert (found.kept.etag, found.kept.body_hash, found.result, found.succeeded_at) == (
        '"x"',
        b"h",
        Result.UPDATED,
        NOW,
    )


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
        check(connection, feed_id, Result.FAILED, NOW + times, "The server does not answer")
    found = facts(connection, feed_id)
    assert (found.failures, found.succeeded_at, found.checked_at, found.since) == (2, NOW, NOW + 2, NOW + 1)
    health = feeds.one(connection, feed_id).health
    assert (health.state, health.since) == (HealthState.FAILING, NOW + 1)
    assert health.message.startswith("The server does not answer (since 15 Jan")
    check(connection, feed_id, Result.NOT_MODIFIED, NOW + 3)
    assert facts(connection, feed_id).failures == 0
    assert feeds.one(connection, feed_id).health.state is HealthState.OK


def test_being_offline_is_nobodys_failure(connection: Connection) -> None:
    feed_id = feed(connection)
    check(connection, feed_id, Result.UPDATED, NOW)
    before = facts(connection, feed_id)
    check(connection, feed_id, Result.OFFLINE, NOW + 50)
    after = facts(connection, feed_id)
    assert (after.result, after.failures, after.checked_at, after.kept.etag) == (
        Result.UPDATED,
        0,
        before.checked_at,
        before.kept.etag,
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


def test_a_clock_that_was_ahead_puts_no_feed_to_sleep(connection: Connection) -> None:
    ahead, waits, well = (feed(connection, name) for name in ("ahead", "waits", "well"))
    year = 365 * 86400
    check(connection, ahead, Result.UPDATED, NOW + 60 * year)
    check(connection, waits, Result.WAIT, NOW + 60 * year, retry_at=NOW + 60 * year + 9000)
    check(connection, well, Result.UPDATED, NOW - 50)
    assert checks.set_clock_right(connection, NOW) == 2
    assert [(each.next_at, each.retry_at) for each in map(partial(facts, connection), (ahead, waits, well))] == [
        (NOW + 3600, None), (NOW + 3600, NOW + 9000), (NOW + 3550, None)
    ]  # fmt: skip
    assert facts(connection, ahead).succeeded_at == NOW


def test_a_paused_feed_is_not_due_and_says_so(connection: Connection) -> None:
    feed_id = feed(connection)
    assert feeds.set_paused(connection, feed_id, True, NOW)
    assert not feeds.set_paused(connection, feed_id, True, NOW + 5)
    assert checks.due(connection, NOW) == []
    health = feeds.one(connection, feed_id).health
    assert (health.state, health.since) == (HealthState.PAUSED, NOW)
    assert list(feeds.in_trouble(connection)) == [feed_id]
    assert feeds.set_paused(connection, feed_id, False, NOW)
    assert [each.id for each in checks.due(connection, NOW)] == [feed_id]


def test_how_often_it_posts_and_what_its_last_checks_came_to(connection: Connection) -> None:
    feed_id = feed(connection)
    put_some(connection, feed_id, 5)
    for at in range(15):
        outcome = Outcome(Result.UPDATED, new=1, status=200, bytes=at, ms=3)
        checks.record(connection, CheckRecord(feed_id, outcome, NOW + at, NOW))
    found = feeds.checkup(connection, feed_id)
    assert [(each.at, each.bytes) for each in found.answers] == [(NOW + at, at) for at in range(14, 4, -1)]
    assert (found.answers[0].result, found.answers[0].status, found.answers[0].ms) == (Result.UPDATED, 200, 3)
    moments = sorted(row[0] for row in connection.rows("SELECT sort_at FROM articles"))
    assert found.posted_at == moments[-1]
    assert found.every == moments[-1] - moments[-2]


def test_a_feed_gets_another_address_unless_it_is_taken(connection: Connection) -> None:
    feed_id, other = feed(connection), feed(connection, "other")
    check(connection, feed_id, Result.UPDATED, NOW)
    assert feeds.set_address(connection, feed_id, feeds.one(connection, feed_id).url, NOW) is None
    taken = feeds.one(connection, other).url
    assert feeds.set_address(connection, feed_id, taken, NOW) == feeds.one(connection, other)
    assert feeds.set_address(connection, feed_id, "https://new.example/", NOW) is None
    assert facts(connection, feed_id).kept.etag == '"x"'
    assert feeds.checkup(connection, feed_id).former_url == "https://one.example/feed"
    assert feeds.set_address(connection, feed_id, "https://newer.example/", NOW, has_moved=False) is None
    assert facts(connection, feed_id).kept == Kept()
    assert [each.id for each in checks.due(connection, NOW)] == [other, feed_id]


def test_a_removed_feed_leaves_its_address_and_comes_back_at_the_other_one(connection: Connection) -> None:
    feed_id, removed = feed(connection), feed(connection, "other")
    put_some(connection, removed, 3)
    check(connection, removed, Result.UPDATED, NOW)
    old, new = (feeds.one(connection, each).url for each in (feed_id, removed))
    marks.remove_feed(connection, removed, "Removed", NOW)
    assert feeds.set_address(connection, feed_id, new, NOW) is None
    assert feeds.one(connection, feed_id).url == new
    marks.undo(connection, NOW)
    back = feeds.one(connection, removed)
    assert (back.url, back.total, facts(connection, removed).kept) == (old, 3, Kept())
    assert removed in [each.id for each in checks.due(connection, NOW)]
    marks.redo(connection, NOW)
    assert feeds.set_address(connection, feed_id, old, NOW, has_moved=False) is None
    assert feeds.one(connection, feed_id).url == old
