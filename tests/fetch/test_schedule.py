"""When to look again."""

from hypothesis import given
from hypothesis import strategies as st

from reader.fetch.schedule import DAY, HOUR, WEEK, chance, hour_of_week, next_check, outside

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
    assert wait(failures=11) == DAY
    assert wait(failures=12) == wait(failures=10_000) == WEEK, "what is dead for weeks is asked once a week"


def test_what_seldom_posts_is_asked_less_often() -> None:
    assert wait(every=HOUR, posted_at=NOW) == HOUR
    assert wait(every=DAY, posted_at=NOW - 2 * HOUR) == DAY // 10
    assert wait(every=WEEK, posted_at=NOW) == wait(every=52 * WEEK, posted_at=NOW) == 12 * HOUR
    assert wait(every=HOUR, posted_at=NOW - 300 * DAY) == 12 * HOUR, "it has fallen silent"
    assert wait(every=HOUR, posted_at=NOW + DAY) == wait(every=None, posted_at=NOW - DAY) == HOUR


def test_the_hours_to_skip_are_skipped() -> None:
    here = hour_of_week(NOW)
    assert hour_of_week(0) == 3 * 24, "1970 began on a Thursday"
    assert outside(NOW, ()) == outside(NOW, [here + 1]) == outside(NOW, range(168)) == NOW
    after = outside(NOW, {here, (here + 1) % 168})
    assert (after % HOUR, after - NOW) == (0, 2 * HOUR - NOW % HOUR)
    assert hour_of_week(next_check(NOW, interval=HOUR, skip=range(167))) == 167


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
    assert after <= NOW + max(1.1 * max(WEEK if failures >= 12 else DAY, interval), retry)


def test_feeds_do_not_come_due_together() -> None:
    waits = {wait(chance=chance(f"http://example.org/{number}", NOW)) for number in range(100)}
    assert len(waits) > 50
    assert all(3600 <= each <= 3960 for each in waits)
    for wish, failures in ((DAY, 0), (9 * DAY, 0), (0, 11)):
        assert len({wait(wish=wish, failures=failures, chance=number / 100) for number in range(100)}) == 100
    assert chance("http://example.org", NOW) == chance("http://example.org", NOW)
