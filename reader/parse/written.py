"""Days and times as newspapers write them in the text: "8 May 2012", "Published in Dawn, January 5th, 2024".

Only what can mean one day is read: the year has to be there, and of dates in figures only ISO 8601 counts.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import NamedTuple

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
DATE = rf"(?:{_MONTH} {_DAY}(?:,? \d{{4}})?|{_DAY} {_MONTH}(?:,? \d{{4}})?)(?!\w)"
WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?(?!\w)"
_LABEL = re.compile(
    r"(?:first |last )?(?P<label>published|updated|posted|modified|date)\b(?: in [^\d,]{2,40},| on| at)?[: ]*",
    re.IGNORECASE,
)
_CLOCK = (
    r"(?P<hour{0}>\d{{1,2}})[:.](?P<minute{0}>\d\d)(?::\d\d(?:\.\d+)?)?(?: ?(?P<half{0}>[ap])\.?m\b\.?)?"
    r"(?: ?\(?(?P<zone{0}>[A-Z]{{1,5}}|[+-]\d\d:?\d\d)\)?)?"
)
_WHEN = re.compile(
    rf"(?:{WEEKDAY},? )?(?:{_CLOCK.format(1)},? (?:on )?)?(?:{WEEKDAY},? )?"
    rf"(?P<date>\d{{4}}-\d\d-\d\d|{DATE})(?:(?:T|,? (?:at |[-–|] )?){_CLOCK.format(2)})?\.?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\d{4}")
_MONTH_NAME = re.compile("|".join(_MONTHS))
_NUMBER = re.compile(r"\d{1,2}")
_SPACES = re.compile(r"\s+")
_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "bst": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3, "pkt": 5, "jst": 9, "kst": 9, "aest": 10,
}  # fmt: skip


class Publication(NamedTuple):
    """A moment that a line names, and whether it is that of a change."""

    at: int
    is_update: bool


def moment(date: str) -> int | None:
    """The start (UTC) of a day like "Oct. 13th, 2017", "13 October 2017" or "2017-10-13"; None without a year."""
    year = _YEAR.search(date)
    if year is None:
        return None
    rest = date.replace(year[0], " ", 1).lower()
    numbers, name = _NUMBER.findall(rest), _MONTH_NAME.search(rest)
    if name is not None and numbers:
        month, day = _MONTHS.index(name[0]) + 1, int(numbers[0])
    elif len(numbers) == 2:
        month, day = int(numbers[0]), int(numbers[1])
    else:
        return None
    try:
        return int(datetime(int(year[0]), month, day, tzinfo=UTC).timestamp()) if 1700 <= int(year[0]) <= 2100 else None
    except ValueError:
        return None


def publication(line: str) -> Publication | None:
    """When the story was published, if that is all that the line says. A time in an unknown zone counts as the day."""
    line = _SPACES.sub(" ", line).strip()
    if len(line) > 120:
        return None
    label = _LABEL.match(line)
    when = _WHEN.fullmatch(line, label.end() if label else 0)
    day = moment(when["date"]) if when else None
    if when is None or day is None:
        return None
    number = "1" if when["hour1"] else "2"
    seconds = _seconds(when["hour" + number], when["minute" + number], when["half" + number], when["zone" + number])
    return Publication(day + seconds, bool(label and label["label"].lower() in ("updated", "modified")))


def _seconds(hour: str | None, minute: str | None, half: str | None, zone: str | None) -> int:
    """Seconds since the day's start in UTC; 0 where the time or its zone is not known."""
    offset = _offset(zone)
    if hour is None or minute is None or offset is None:
        return 0
    hours = int(hour)
    if half:
        hours = hours % 12 + (12 if half.lower() == "p" else 0)
    return hours * 3600 + int(minute) * 60 - offset if hours < 24 and int(minute) < 60 else 0


def _offset(zone: str | None) -> int | None:
    if zone is None:
        return 0
    if zone[0] in "+-":
        seconds = int(zone[1:3]) * 3600 + int(zone[-2:]) * 60
        return -seconds if zone[0] == "-" else seconds
    hours = _ZONES.get(zone.lower())
    return None if hours is None else hours * 3600
