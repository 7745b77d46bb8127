"""Moments as people read them."""

import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from reader import times

ZONES = ["Pacific/Kiritimati", "America/New_York", "Etc/GMT+12", "Asia/Kathmandu", "UTC"]


def moment_of(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Sets the local zone for one test."""
    if sys.platform == "win32":
        pytest.skip("no zone of our own choosing here")

    def choose(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield choose
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("name", ZONES)
def test_a_date_without_a_time_is_that_date_in_every_zone(zone: Callable[[str], None], name: str) -> None:
    zone(name)
    moment = moment_of("2026-11-01T00:00:00Z")
    assert times.day(moment) == "Sun 1 Nov 2026"
    assert times.age(moment, moment + 200 * 86400) == "1 Nov 2026"
    assert times.iso(moment) == "2026-11-01T00:00:00Z"


def test_a_moment_is_shown_in_the_local_zone(zone: Callable[[str], None]) -> None:
    moment = moment_of("2026-11-01T12:00:01Z")
    zone("Pacific/Kiritimati")
    assert times.day(moment) == "Mon 2 Nov 2026"
    zone("America/New_York")
    assert times.day(moment) == "Sun 1 Nov 2026"


def test_a_day_of_25_hours_begins_at_its_own_midnight(zone: Callable[[str], None]) -> None:
    zone("America/New_York")
    for now in ("2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z", "2026-11-02T04:59:59Z"):
        assert times.iso(times.midnight(moment_of(now))) == "2026-11-01T04:00:00Z"
    assert times.iso(times.midnight(moment_of("2026-11-02T05:00:00Z"))) == "2026-11-02T05:00:00Z"


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize("moment", [-(10**18), -62135596800, -1, 0, 253402300799, 10**18])
def test_any_moment_can_be_shown(zone: Callable[[str], None], name: str, moment: int) -> None:
    zone(name)
    assert times.day(moment)
    assert times.age(moment, 0)
    assert times.iso(moment)
