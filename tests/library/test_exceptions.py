"""A certificate that is not checked is told wherever the feed's health is."""

import pytest

from reader.library import checkups
from reader.model import Checkup, Feed, Health, HealthState, Kind
from reader.sites import Site


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://example.org/a/feed", True),
        ("https://example.org/feed", False),
        ("http://example.org/a/feed", False),
        ("/home/ann/feed.xml", False),
    ],
)
def test_an_exception_is_a_fact_of_the_feed(url: str, told: bool) -> None:
    feed = Feed(1, url, Kind.FEED, "News", (), None, 0, 0, Health(HealthState.OK), None)
    sites = (Site("https://example.org/a/", verify=False), Site("http://example.org/a/", verify=False))
    facts = dict(checkups.facts(Checkup(feed), 0, sites))
    assert ("certificate" in facts) is told
    assert "certificate" not in dict(checkups.facts(Checkup(feed), 0, (Site("https://example.org/"),)))


def test_an_address_of_before_is_told_without_its_login() -> None:
    feed = Feed(1, "https://example.org/", Kind.FEED, "News", (), None, 0, 0, Health(HealthState.OK), None)
    facts = dict(checkups.facts(Checkup(feed, former_url="https://ann:hush@example.org/old"), 0))
    assert facts["before"] == "https://example.org/old"
