"""What there is to choose a feed by, in words."""

import pytest

from reader.library.found import about, title

NOW = 1_700_000_000
DAY = 86400


@pytest.mark.parametrize(
    ("feed", "words"),
    [
        ({"last": NOW - 3 * DAY - 7, "every": DAY, "seen": True}, "last post 3 d ago, daily"),
        ({"last": NOW - 7, "every": 600, "seen": True}, "last post now, many times a day"),
        ({"last": NOW - 2000 * DAY, "every": 300 * DAY, "seen": True}, "last post 24 May 2018, every 9 months"),
        ({"last": None, "every": None, "seen": True}, "no post with a date"),
        ({"last": None, "every": None, "seen": False}, "not looked at"),
        (
            {"last": None, "comments": True, "feed_id": 3, "seen": True},
            "followed already, comments, no post with a date",
        ),
        ({}, ""),
    ],
)
def test_what_is_said_of_a_feed(feed: dict[str, object], words: str) -> None:
    assert about({"url": "https://e.org/", **feed}, NOW) == words


def test_a_feed_without_a_title_is_called_by_its_address() -> None:
    assert title({"url": "https://e.org/\x1b[31m", "title": " "}) == "https://e.org/[31m"
