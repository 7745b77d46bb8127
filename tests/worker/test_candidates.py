"""Which of the feeds that were found are offered, and in which order."""

import pytest

from reader.fetch.fetched import Fetched
from reader.model import Entry, FoundFeed, ParsedFeed
from reader.worker.candidates import Candidate, seen, sorted_out, without_twins

NOW = 1_700_000_000
DAY = 86400


def entry(number: int, published: int | None = None) -> Entry:
    return Entry(f"guid {number}", f"Title {number}", "", "", link=f"https://e.org/{number}", published=published)


def candidate(url: str, numbers: range, title: str = "News", form: str = "rss", place: str = "") -> Candidate:
    parsed = ParsedFeed(form, title, tuple(entry(number) for number in numbers))
    return seen(FoundFeed(url), Fetched(0, place or url, 200), parsed, NOW, light=True)


def test_the_last_post_and_how_often_heed_no_future_and_no_order() -> None:
    dates = [NOW - DAY * days for days in (9, 2, 16, 23, -400)]
    parsed = ParsedFeed("rss", None, (*(entry(n, at) for n, at in enumerate(dates)), entry(99)))
    found = seen(FoundFeed("https://e.org/", "Label"), Fetched(0, "https://e.org/", 200), parsed, NOW, light=False)
    assert (found.title, found.last, found.every) == ("Label", NOW - 2 * DAY, 7 * DAY)
    assert (found.parsed, found.fetched) == (None, None)


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        (candidate("https://e.org/b", range(10), form="atom", title="News, Atom"), True),
        (candidate("https://e.org/b", range(1, 11)), True),
        (candidate("https://e.org/b", range(10), title="Another"), False),
        (candidate("https://e.org/b", range(2)), False),
        (candidate("https://e.org/b", range(5, 15)), False),
        (candidate("https://e.org/b", range(0), form="atom"), False),
        (candidate("https://e.org/b", range(50, 60), title="x", place="https://e.org/a"), True),
        (Candidate("https://e.org/a"), True),
        (Candidate("https://e.org/b", "News"), False),
    ],
)
def test_what_counts_as_the_same(other: Candidate, is_same: bool) -> None:
    found = sorted_out([candidate("https://e.org/a", range(10)), other])
    assert (len(found) == 1) is is_same
    assert found[0].same == ((other.url,) if is_same else ())


def test_the_order() -> None:
    found = sorted_out(
        [
            candidate("https://e.org/comments/feed", range(30, 40), "x"),
            candidate("https://e.org/a", range(40, 50), "Comments on News"),
            candidate("https://e.org/empty", range(0), "Empty"),
            candidate("https://e.org/b", range(10)),
            Candidate("https://e.org/c", "Unseen"),
        ]
    )
    assert [each.url[14:] for each in found] == ["b", "c", "empty", "comments/feed", "a"]


def test_of_http_and_https_only_the_latter_is_asked() -> None:
    feeds = [FoundFeed(url) for url in ("http://e.org/a", "https://e.org/b", "https://e.org/a", "http://e.org/b")]
    assert [feed.url for feed in without_twins(feeds)] == ["https://e.org/a", "https://e.org/b"]
