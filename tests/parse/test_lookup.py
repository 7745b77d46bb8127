"""The feeds that a directory of podcasts names."""

import json

import pytest

from reader.model import FoundFeed, FoundFeeds, Unreadable
from reader.parse.documents import parse
from reader.parse.source import Source


def read(answer: object) -> object:
    return parse(Source(json.dumps(answer).encode(), "https://itunes.apple.com/lookup?id=1", "feed", "text/javascript"))


def test_the_feed_of_a_podcast() -> None:
    answer = {
        "resultCount": 1,
        "results": [{"collectionName": "A <b>pod</b>cast", "feedUrl": "https://example.org/feed"}],
    }
    assert read(answer) == FoundFeeds((FoundFeed("https://example.org/feed", "A podcast"),))


@pytest.mark.parametrize(
    "answer",
    [
        {"resultCount": 0, "results": []},
        {"results": [{"feedUrl": 3}, 4, {"feedUrl": "file:///etc/passwd"}, {"feedUrl": "javascript:x"}]},
        {"results": {"feedUrl": "https://example.org/feed"}},
        {"feedUrl": "https://example.org/feed"},
    ],
)
def test_other_answers_name_none(answer: object) -> None:
    assert read(answer) == Unreadable("The document is JSON, but no feed.")


def test_deep_nesting_is_no_harm() -> None:
    deep = b'{"results":' + b"[" * 100_000
    assert isinstance(parse(Source(deep, "https://e.org/", "feed")), Unreadable)
