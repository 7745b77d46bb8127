"""Two days of simulated time: no server gets a request that it had asked not to get, and nobody's news is late."""

from collections import Counter
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from reader.store.database import Database
from tests.benchmarks.politeness import Clock, live
from tests.simulated import DAY, HOUR, KINDS, Publishers

FEEDS = 40


@pytest.mark.parametrize("names_times", [True, False])
def test_nobody_is_asked_against_his_wish(tmp_path: Path, names_times: bool) -> None:
    clock = Clock()
    with Publishers(FEEDS, clock, names_times) as web:
        live(web, tmp_path, clock, 2 * DAY + 6 * HOUR, step=HOUR - 7 * 60)
        assert [reason for _, reason in web.trespasses] == []
        gone = [each for each in web.asked if KINDS[each.feed % len(KINDS)] == "gone" and each.status == 410]
        assert len(gone) == FEEDS // len(KINDS), "each once"
        by_feed = Counter(each.feed for each in web.asked)
        assert set(by_feed) == set(range(FEEDS))
        assert max(by_feed.values()) <= 54
        hourly = [each.number for each in web.feeds if each.every == HOUR and each.kind in ("both", "etag", "modified")]
        assert hourly
        assert all(by_feed[number] > 24 for number in hourly), "who posts often is asked often"
        seldom = [each.number for each in web.feeds if each.every >= 7 * DAY and each.kind in ("both", "etag")]
        assert seldom
        assert all(by_feed[number] <= 7 for number in seldom), "who posts seldom is asked seldom"
        connection = Database(tmp_path / "reader.db").connect()
        titles = connection.value("SELECT count(DISTINCT title) FROM articles WHERE feed_id = ?", hourly[0] + 1)
        assert titles >= 50
        connection.close()


def test_the_publishers_notice_who_does_not_listen() -> None:
    clock = Clock()
    with Publishers(FEEDS, clock) as web:
        urls = web.urls()
        clock.moment += DAY + HOUR
        for kind in ("gone", "gone", "skip", "skip", "waits", "waits", "waits"):
            with suppress(HTTPError):
                urlopen(urls[KINDS.index(kind)]).close()
        assert {reason for _, reason in web.trespasses} == {"gone", "before Retry-After", "in skipHours"}
