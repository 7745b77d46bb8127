"""The hours in which a feed asks not to be asked: ``skipHours`` and ``skipDays`` of RSS (0.91 and later)."""

from __future__ import annotations

import re

_WITHIN = 200_000  # characters of the document that are looked at
_MOST = 4000
_HOURS, _DAYS = (re.compile(f"<skip{what}\\s*>(.*)", re.IGNORECASE | re.DOTALL) for what in ("Hours", "Days"))
_END = re.compile("</skip", re.IGNORECASE)
_HOUR = re.compile(r"<hour\s*>\s*(\d{1,2})\s*</hour\s*>", re.IGNORECASE)
_DAY = re.compile(r"<day\s*>\s*([a-z]{3,9})\s*</day\s*>", re.IGNORECASE)
_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEK = 168


def hours_to_skip(text: str) -> tuple[int, ...]:
    """Hours of the week, counted from Monday in UTC; none where all of them are named, which nobody can mean."""
    beginning = text[:_WITHIN]
    if "skip" not in beginning and "SKIP" not in beginning:
        return ()
    hours = {int(each) % 24 for each in _found(_HOURS, _HOUR, beginning) if int(each) <= 24}  # 24 in RSS 0.91
    days = {_NAMES.index(each.lower()) for each in _found(_DAYS, _DAY, beginning) if each.lower() in _NAMES}
    found = {hour for hour in range(_WEEK) if hour % 24 in hours or hour // 24 in days}
    return tuple(sorted(found)) if len(found) < _WEEK else ()


def _found(around: re.Pattern[str], each: re.Pattern[str], text: str) -> list[str]:
    begun = around.search(text)
    return each.findall(_END.split(begun[1][:_MOST], 1)[0]) if begun else []
