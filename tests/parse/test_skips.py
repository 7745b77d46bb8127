"""The hours in which a feed asks not to be asked."""

from reader.model import ParsedFeed
from reader.parse.documents import parse
from reader.parse.skips import hours_to_skip
from reader.parse.source import Source


def test_hours_and_days_become_hours_of_the_week() -> None:
    hours = hours_to_skip("<skipHours><hour>0</hour>\n<hour>23</hour><hour>77</hour><hour>x</hour></skipHours>")
    assert hours == tuple(day * 24 + hour for day in range(7) for hour in (0, 23))
    assert hours_to_skip("<skipdays><day>Monday</day><day> sunday </day></skipdays>") == (*range(24), *range(144, 168))
    assert hours_to_skip("<skipHours><hour>24</hour></skipHours>")[0] == 0, "so it was in RSS 0.91"


def test_nothing_is_skipped_where_nothing_or_everything_is_named() -> None:
    every = "".join(f"<hour>{hour}</hour>" for hour in range(24))
    assert hours_to_skip(f"<skipHours>{every}</skipHours>") == ()
    assert hours_to_skip("<skipHours></skipHours>") == hours_to_skip("") == hours_to_skip("<skipHours>") == ()


def test_a_feed_tells_of_them_by_both_ways() -> None:
    head = "<rss version='2.0'><channel><title>T</title><skipHours><hour>3</hour></skipHours><item><title>A</title>"
    for end in ("</item></channel></rss>", "</item><item>&nosuch;</channel>"):
        found = parse(Source((head + end).encode(), "http://a.example/", "feed"))
        assert isinstance(found, ParsedFeed)
        assert found.skip == tuple(range(3, 168, 24))
