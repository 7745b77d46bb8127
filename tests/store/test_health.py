"""What is said of a feed that is not well, or whose news there is."""

import pytest

from reader import times
from reader.model import HealthState, Result
from reader.store.health import Condition, health, rhythm, silence

DAY = 86400
NOW = times.midnight(1_700_000_000) + 15 * 3600  # Tuesday, 14 November 2023


@pytest.mark.parametrize(
    ("condition", "state", "words"),
    [
        (Condition(None), "ok", ""),
        (Condition(Result.UPDATED, "3 files were skipped"), "ok", "3 files were skipped"),
        (
            Condition(Result.FAILED, "403: the server refuses us", 403, NOW - 195 * DAY),
            "failing",
            "The site refuses feed readers (403 since 3 May)",
        ),
        (
            Condition(Result.FAILED, "404: not found", 404, NOW - 3 * DAY),
            "failing",
            "There is nothing at its address (404 since Saturday)",
        ),
        (Condition(Result.FAILED, "503: the server is not available at the moment", 503, NOW - 3600), "failing",
         "The server is not available at the moment (503 since 14:00)"),
        (Condition(Result.FAILED, "The document is empty", 404, NOW - 400 * DAY), "failing",
         "The document is empty (since 10 Oct 2022)"),
        (Condition(Result.GONE, "410: the feed is gone for good, says its server", 410, NOW - DAY), "gone",
         "410: the feed is gone for good, says its server (since Monday)"),
        (Condition(Result.WAIT, "The server asked us to wait until 16:10", 429, NOW), "waiting",
         "The server asked us to wait until 16:10"),
        (Condition(Result.FAILED, "404: not found", 404, NOW, paused_at=NOW - 2 * DAY), "paused",
         "Paused since Sunday"),
        (Condition(Result.UPDATED, moved_at=NOW - 2 * DAY), "ok", "Moved; following since Sunday"),
        (Condition(Result.UPDATED, moved_at=NOW - 8 * DAY), "ok", ""),
        (Condition(Result.UPDATED, every=7 * DAY, posted_at=NOW - 280 * DAY), "ok",
         "Silent for 9 months, used to post weekly"),
    ],
)  # fmt: skip
def test_health_in_words(condition: Condition, state: str, words: str) -> None:
    found = health(condition, NOW)
    assert (found.state, found.message) == (HealthState(state), words)


def test_silence_is_longer_than_a_feed_uses_to_be_silent() -> None:
    assert silence(DAY, NOW - 29 * DAY, NOW) == ""
    assert silence(30 * DAY, NOW - 119 * DAY, NOW) == ""
    assert silence(30 * DAY, NOW - 121 * DAY, NOW) == "Silent for 3 months, used to post monthly"
    assert silence(None, NOW - 800 * DAY, NOW) == "Silent for 2 years"
    assert silence(None, None, NOW) == ""


@pytest.mark.parametrize(
    ("every", "words"),
    [(600, "many times a day"), (8 * 3600, "several times a day"), (DAY, "daily"), (3 * DAY, "every few days"),
     (7 * DAY, "weekly"), (14 * DAY, "every two weeks"), (30 * DAY, "monthly"), (125 * DAY, "every 4 months")],
)  # fmt: skip
def test_how_often(every: int, words: str) -> None:
    assert rhythm(every) == words
