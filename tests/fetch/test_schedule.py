"""When to look again."""

from hypothesis import given
from hypothesis import strategies as st

from reader.fetch.schedule import DAY, chance, next_check

NOW = 1_700_000_000
seconds = st.integers(0, 40 * DAY)


def wait(**what: object) -> int:
    return next_check(NOW, interval=3600, **what) - NOW  # type: ignore[arg-type]


def test_the_longest_wish_counts() -> None:
    assert wait() == 3600
    assert wait(wish=600) == 3600
    assert wait(wish=7200) == 7200
    assert wait(fresh_until=NOW + 10_000) == 10_000
    assert wait(fresh_until=NOW - 50) == 3600
    assert wait(wish=7200, fresh_until=NOW + 5000, retry_at=NOW + 9000) == 9000


def test_failures_double_up_to_a_day() -> None:
    assert [wait(failures=count) // 3600 for count in range(7)] == [1, 2, 4, 8, 16, 24, 24]
    assert wait(failures=10_000) == DAY


def test_a_publisher_cannot_send_us_away_for_good_but_retry_after_is_kept() -> None:
    assert wait(wish=400 * DAY) == DAY
    assert wait(fresh_until=NOW + 400 * DAY) == DAY
    assert wait(retry_at=NOW + 20 * DAY) == 20 * DAY


def test_a_long_interval_of_the_user_is_kept() -> None:
    assert next_check(NOW, interval=7 * DAY) - NOW == 7 * DAY


@given(seconds, seconds, seconds, st.integers(0, 100), st.floats(0, 1))
def test_never_before_anyone_allows_it(interval: int, wish: int, retry: int, failures: int, luck: float) -> None:
    after = next_check(NOW, interval=interval, wish=wish, retry_at=NOW + retry, failures=failures, chance=luck)
    assert after >= NOW + retry
    assert after >= NOW + interval
    assert after <= NOW + max(DAY, interval, retry)


def test_feeds_do_not_come_due_together() -> None:
    waits = {wait(chance=chance(f"http://example.org/{number}", NOW)) for number in range(100)}
    assert len(waits) > 50
    assert all(3600 <= each <= 3960 for each in waits)
    assert chance("http://example.org", NOW) == chance("http://example.org", NOW)
