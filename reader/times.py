"""Moments: kept as whole seconds since 1970 in UTC, written in ISO 8601 with "Z", shown in the local zone."""

from __future__ import annotations

import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

_EARLIEST = -62135596800
_LATEST = 253402300799


def now() -> int:
    """The moment it is."""
    return int(time.time())


def iso(moment: int | None) -> str | None:
    """A moment as "2026-11-20T08:00:00Z"; None stays None."""
    if moment is None:
        return None
    from datetime import datetime, timedelta

    whole = datetime(1970, 1, 1) + timedelta(seconds=min(max(moment, _EARLIEST), _LATEST))
    return whole.isoformat() + "Z"


def local(moment: int) -> datetime:
    """A moment in the local zone."""
    from datetime import UTC, datetime, timedelta

    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=_bounded(moment))).astimezone()


def dated(moment: int) -> datetime:
    """A moment as its day is shown: in the local zone, but a date without a time is that date in every zone.

    Such a date is kept as the midnight in UTC that it begins with.
    """
    from datetime import datetime, timedelta

    return local(moment) if moment % 86400 else datetime(1970, 1, 1) + timedelta(seconds=_bounded(moment))


def midnight(moment: int) -> int:
    """The start of the local day that ``moment`` lies in."""
    day = _fields(moment)
    # by datetime this is the same, but for its import, for which the first picture would have to wait
    return int(time.mktime((day.tm_year, day.tm_mon, day.tm_mday, 0, 0, 0, 0, 0, -1)))


def age(moment: int, at: int) -> str:
    """How long ago in few signs: "now", "5 min", "2 h", "yesterday", "3 d", "13 Oct", "13 Oct 2017"."""
    seconds = at - moment
    if seconds < 60:
        return "now"
    if seconds < 3600:
        return f"{seconds // 60} min"
    today = midnight(at)
    if moment >= today or seconds < 6 * 3600:
        return f"{seconds // 3600} h"
    if moment >= midnight(today - 3600):
        return "yesterday"
    if seconds < 7 * 86400:
        return f"{seconds // 86400} d"
    return _short_day(moment, at)


def _short_day(moment: int, at: int) -> str:
    """A day as "13 Oct", with its year where that is not the one of ``at``."""
    day = _fields(moment) if moment % 86400 else _fields(moment, dated)
    short = f"{day.tm_mday} {time.strftime('%b', day)}"
    return short if day.tm_year == _fields(at).tm_year else f"{short} {day.tm_year}"


def when(moment: int, at: int) -> str:
    """A moment near another in a word: "14:10" of the same day, "Tuesday" of the days before, "3 May", "3 May 2017"."""
    here = local(moment)
    if midnight(moment) == midnight(at):
        return f"{here:%H:%M}"
    if 0 < at - moment < 6 * 86400:
        return f"{here:%A}"
    return _short_day(moment, at)


def span(seconds: int) -> str:
    """A length of time in one round number: "40 minutes", "9 months", "2 years"."""
    for name, length in (("year", 31_556_952), ("month", 2_629_746), ("week", 604_800), ("day", 86400), ("hour", 3600)):
        if seconds >= 2 * length or (name in ("hour", "day") and seconds >= length):
            return _several(seconds // length, name)
    return _several(max(1, seconds // 60), "minute")


def _several(count: int, name: str) -> str:
    return f"{count} {name}{'s' * (count != 1)}"


def day(moment: int) -> str:
    """A day in words: "Fri 13 Oct 2017"."""
    when = dated(moment)
    return f"{when:%a} {when.day} {when:%b} {when.year}"


def exact(at: int) -> str:
    """A moment in words and exactly: "Fri 13 Oct 2017, 14:05", without a time where it has none."""
    return f"{day(at)}, {local(at):%H:%M}" if at % 86400 else day(at)


def _fields(moment: int, reading: Callable[[int], datetime] | None = None) -> time.struct_time:
    """Year, month, day and so on in the local zone, or as ``reading`` says."""
    if reading is None and 0 <= moment <= _LATEST - 86400:
        return time.localtime(moment)
    return (reading or local)(moment).timetuple()


def _bounded(moment: int) -> int:
    """The moment, or the nearest one that every zone has a date for."""
    return min(max(moment, _EARLIEST + 86400), _LATEST - 86400)
