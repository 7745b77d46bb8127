"""Moments as feeds write them, in all their spellings, into seconds since 1970.

RFC 3339 and ISO 8601, RFC 822 with wrong weekdays, full month names, two-digit years and made-up zones; what neither
fits may have been understood by feedparser. A date without a time is that date at 00:00:00Z. Years before 1000 and from
9999 on are somebody's empty field: no date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

_LONGEST = 100
_ISO = re.compile(
    r"(\d{4})-?(\d{2})(?:-?(\d{2}))?(?:(?:[Tt]|\s+)(\d{1,2})(?::?(\d{2}))?(?::?(\d{2}))?(?:[.,]\d+)?\s*(.{0,40}))?$",
    re.DOTALL,
)
# The two spellings that nearly all feeds use, with nothing in them that takes a thought.
_ISO_AS_MOST = re.compile(r"(?:19|20)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-](?:0\d|1[0-7]):[0-5]\d)", re.ASCII).fullmatch
_RFC822_AS_MOST = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d\d) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) ((?:19|20)\d\d)"
    r" (\d\d:\d\d:\d\d) (?:GMT|([+-](?:0\d|1[0-7]))([0-5]\d))",
    re.ASCII,
).fullmatch
_WORDS = re.compile(r"\d+(?::\d+)+(?:[.,]\d+)?|[+-]\d{1,2}:?\d{2}\b|\d+|[A-Za-zÀ-ÿ]+|[+-]")
_OFFSET = re.compile(r"(?:gmt|utc?|z)?\s*([+-])(\d{1,2}):?(\d{2})?$", re.IGNORECASE)
_NUMBER = re.compile(r"\d{9,13}$")
_CLOCK = re.compile(r"(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?")

# By the first three letters, in English and its neighbours; four where three are not enough.
_MONTHS = {
    "jan": 1, "ene": 1, "gen": 1, "feb": 2, "fev": 2, "fév": 2, "mar": 3, "mär": 3, "mrz": 3, "maa": 3, "mrt": 3,
    "apr": 4, "abr": 4, "avr": 4, "may": 5, "mai": 5, "mag": 5, "mei": 5, "maj": 5, "jun": 6, "juin": 6, "giu": 6,
    "jul": 7, "juil": 7, "lug": 7, "aug": 8, "ago": 8, "aoû": 8, "aou": 8, "sep": 9, "set": 9,
    "oct": 10, "out": 10, "ott": 10, "okt": 10, "nov": 11, "dec": 12, "dez": 12, "dic": 12, "déc": 12,
}  # fmt: skip
# RFC 822's zones and the ones that are met; hours east of Greenwich. Others, and military letters, count as UTC.
_ZONES = {
    "est": -5, "edt": -4, "et": -5, "cst": -6, "cdt": -5, "ct": -6, "mst": -7, "mdt": -6, "mt": -7, "pst": -8,
    "pdt": -7, "pt": -8, "ast": -4, "adt": -3, "akst": -9, "akdt": -8, "hst": -10, "bst": 1, "west": 1, "cet": 1,
    "cest": 2, "met": 1, "mest": 2, "mez": 1, "mesz": 2, "eet": 2, "eest": 3, "msk": 3, "ist": 5.5, "sgt": 8,
    "hkt": 8, "awst": 8, "jst": 9, "kst": 9, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "sast": 2,
    "brt": -3, "art": -3,
}  # fmt: skip


def moment(written: str | None, understood: Sequence[int] | None = None) -> int | None:
    """What a feed writes as a moment; ``understood`` is feedparser's reading of it in UTC. Never raises."""
    if not written and understood is None:
        return None
    text = (written or "").strip()[:_LONGEST]
    try:
        return _as_most(text)
    except ValueError:
        return _understood(text, understood)


def _as_most(text: str) -> int:
    """A moment in one of the two usual spellings. Raises ValueError for others, and for leap seconds and the like."""
    if found := _RFC822_AS_MOST(text):
        day, month, year, clock, hours, minutes = found.groups()
        text = f"{year}-{_MONTHS[month.lower()]:02}-{day}T{clock}" + (f"{hours}:{minutes}" if hours else "Z")
    elif not _ISO_AS_MOST(text):
        raise ValueError(text)
    return int(datetime.fromisoformat(text).timestamp())


def _understood(text: str, understood: Sequence[int] | None) -> int | None:
    """A moment in any spelling, or as feedparser reads it."""
    try:
        found = _iso(text) or _number(text) or _rfc822(text)
        if found is None and understood is not None:
            year, month, day, hour, minute, second = understood[:6]
            found = _at(year, month, day, hour, minute, second, "")
        return _bounded(found)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def _bounded(moment: datetime | None) -> int | None:
    if moment is None or not 1000 <= moment.year < 9999:
        return None
    return int((moment.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds())


def _iso(text: str) -> datetime | None:
    found = _ISO.match(text)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    return _at(year, month, day or 1, hour, minute, second, found[7] or "")


def _number(text: str) -> datetime | None:
    """Seconds or milliseconds since 1970."""
    if not _NUMBER.match(text):
        return None
    seconds = int(text) if len(text) < 12 else int(text) // 1000
    return datetime(1970, 1, 1) + timedelta(seconds=seconds)


def _rfc822(text: str) -> datetime | None:
    """Day, month's name, year and perhaps a time, whatever stands between them and in whichever order."""
    month: int | None = None
    numbers: list[str] = []
    clock: re.Match[str] | None = None
    zone = ""
    is_afternoon: bool | None = None
    for word in _WORDS.findall(text):
        if clock is None and (found := _CLOCK.match(word)):
            clock = found
        elif word[0].isdigit() and len(numbers) < 2:
            numbers.append(word)
        elif word.lower() in ("am", "pm") and clock:
            is_afternoon = word.lower() == "pm"
        elif clock is None and (named := _month(word)):
            month = named  # the last one: "Mar, 24 Set 2018" is a Tuesday in September
        elif clock or word[0] in "+-":
            zone += word
    if month is None or len(numbers) < 2:
        return None
    day, year = numbers if len(numbers[0]) < 3 else reversed(numbers)
    hour, minute, second = (int(part or 0) for part in clock.groups()) if clock else (0, 0, 0)
    if is_afternoon is not None:
        hour = hour % 12 + 12 * is_afternoon
    return _at(_year(year), month, int(day), hour, minute, second, zone)


def _month(word: str) -> int | None:
    word = word.lower()
    return _MONTHS.get(word[:4]) or _MONTHS.get(word[:3])


def _year(text: str) -> int:
    """Two digits mean 1990 to 2089 (as feedparser reads them), three count from 1900 (a bug of the year 2000)."""
    year = int(text)
    if len(text) == 3:
        return year + 1900
    return year + (0 if len(text) > 2 else 1900 if year >= 90 else 2000)


def _at(year: int, month: int, day: int, hour: int, minute: int, second: int, zone: str) -> datetime:
    """A moment in UTC. Leap seconds and 24:00 are the seconds and days that follow. Raises ValueError."""
    if hour > 24 or minute > 59 or second > 60:
        raise ValueError("no such time")
    clock = timedelta(hours=hour, minutes=minute, seconds=second)
    return datetime(year, month, day) + clock - _offset(zone.strip())


def _offset(zone: str) -> timedelta:
    found = _OFFSET.match(zone)
    if found:
        east = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        east = east if east <= timedelta(hours=18) else timedelta(0)
        return -east if found[1] == "-" else east
    return timedelta(hours=_ZONES.get(zone.strip("()").lower(), 0))
