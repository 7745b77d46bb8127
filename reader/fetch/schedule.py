"""When to look again. Pure: the time and the chance are arguments."""

from __future__ import annotations

DAY = 86400


def next_check(
    now: int,
    *,
    interval: int,
    wish: int | None = None,
    fresh_until: int | None = None,
    retry_at: int | None = None,
    failures: int = 0,
    chance: float = 0.0,
    cap: int = DAY,
) -> int:
    """The moment of the next check: the longest of what we, the publisher and the server want.

    ``interval`` is ours and ``wish`` the publisher's (``ttl``, ``sy:updatePeriod``) in seconds, ``fresh_until`` comes
    from Cache-Control or Expires. The wait doubles with each failure in a row, grows by up to a tenth by ``chance``
    (0 to 1, so that a thousand feeds do not come due in the same minute) and stays below ``cap`` seconds, or the
    interval where that is longer. ``retry_at`` (Retry-After) is kept whatever the cap.
    """
    wait = max(interval, wish or 0, (fresh_until or now) - now)
    longest = max(cap, interval)
    wait = min(wait, longest)
    if failures > 0:
        wait = min(wait << min(failures, 20), longest)
    wait = min(wait + int(wait * 0.1 * chance), longest)
    return max(now + wait, retry_at or 0)


def chance(url: str, now: int) -> float:
    """A number from 0 to 1 that differs from feed to feed and from check to check, and is the same for the same two."""
    from zlib import crc32

    return crc32(f"{url} {now}".encode("utf-8", "replace")) / 0xFFFFFFFF
