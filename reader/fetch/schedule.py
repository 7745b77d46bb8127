"""When to look again. Pure: the time and the chance are arguments."""

from __future__ import annotations

from collections.abc import Collection

HOUR = 3600
DAY = 86400
WEEK = 7 * DAY
_PART = 10  # a feed is asked so many times in the time that it takes to post once
_SELDOM = 12 * HOUR  # however seldom it posts, its news is no older than that
_LONG_DEAD = 12  # failures in a row after which a day between two is too little
_HOURS = 168
_MONDAY = 4 * DAY  # 1 January 1970 was a Thursday


def next_check(
    now: int,
    *,
    interval: int,
    wish: int | None = None,
    fresh_until: int | None = None,
    retry_at: int | None = None,
    failures: int = 0,
    every: int | None = None,
    posted_at: int | None = None,
    skip: Collection[int] = (),
    chance: float = 0.0,
    cap: int = DAY,
) -> int:
    """The moment of the next check: the longest of what we, the publisher, the server and the feed's own pace want.

    ``interval`` is ours and ``wish`` the publisher's (``ttl``, ``sy:updatePeriod``) in seconds, ``fresh_until`` comes
    from Cache-Control or Expires. A feed that posts ``every`` so many seconds, last at ``posted_at``, is asked ten
    times as often as that, and at least twice a day. The wait doubles with each failure in a row and is at most ``cap``
    seconds, a week where a feed has failed for long, or the interval if that is longer; then it grows by up to a
    tenth by ``chance`` (0 to 1, so that a thousand feeds do not come due in one minute). ``retry_at`` (Retry-After) is
    kept whatever the cap, and no check falls into the hours of the week to ``skip``.
    """
    wait = max(interval, wish or 0, (fresh_until or now) - now, pace(now, every, posted_at))
    longest = max(cap, interval)
    wait = min(wait, longest)
    if failures > 0:
        longest = max(longest, WEEK) if failures >= _LONG_DEAD else longest
        wait = min(wait << min(failures, 20), longest)
    wait += int(wait * 0.1 * chance)
    return outside(max(now + wait, retry_at or 0), skip)


def pace(now: int, every: int | None, posted_at: int | None) -> int:
    """How many seconds a feed can wait by how it posts; 0 where too little is known.

    One that has fallen silent waits longer and longer, until it posts again.
    """
    if every is None or posted_at is None:
        return 0
    return min(max(every, now - posted_at, 0) // _PART, _SELDOM)


def outside(moment: int, skip: Collection[int]) -> int:
    """The moment, or the beginning of the next hour that is none of the hours of the week to skip."""
    if not skip or len(skip) >= _HOURS:
        return moment
    while hour_of_week(moment) in skip:
        moment += HOUR - moment % HOUR
    return moment


def hour_of_week(moment: int) -> int:
    """The hour of the week that a moment lies in, 0 to 167, counted from Monday in UTC."""
    return (moment - _MONDAY) // HOUR % _HOURS


def chance(url: str, now: int) -> float:
    """A number from 0 to 1 that differs from feed to feed and from check to check, and is the same for the same two."""
    from zlib import crc32

    return crc32(f"{url} {now}".encode("utf-8", "replace")) / 0xFFFFFFFF
