"""How fast a host may be asked."""

import pytest

from reader.fetch.pace import SITES, pace_of, site_of


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.reddit.com/r/python/.rss", "reddit.com"),
        ("https://old.reddit.com:443/r/python/.rss", "reddit.com"),
        ("https://REDDIT.com./.rss", "reddit.com"),
        ("https://notreddit.com/.rss", "notreddit.com"),
        ("https://reddit.com.example.org/.rss", "reddit.com.example.org"),
        ("https://ann.medium.com/feed", "medium.com"),
        ("https://miro.medium.com/picture.png", "miro.medium.com"),
        ("https://64.media.tumblr.com/a.jpg", "64.media.tumblr.com"),
        ("https://one.tumblr.com/rss", "tumblr.com"),
        ("https://export.arxiv.org/rss/cs.LG", "arxiv.org"),
        ("http://example.org:8080/feed", "example.org:8080"),
        ("http://[::1]:80/feed", "[::1]:80"),
        ("nonsense", ""),
    ],
)
def test_what_an_address_is_counted_under(url: str, site: str) -> None:
    assert site_of(url) == site


def test_sites_that_limit_readers_are_asked_one_at_a_time() -> None:
    for site, pace in SITES.items():
        assert pace.at_once == 1
        assert pace_of(site, 2, 0.25) == pace


@pytest.mark.parametrize("site", ["localhost:8000", "127.0.0.1:80", "[::1]:80", "192.168.1.4", "nas.local"])
def test_a_computer_of_our_own_needs_no_pause(site: str) -> None:
    assert (pace_of(site, 2, 0.25).at_once, pace_of(site, 2, 0.25).pause) == (2, 0.0)
    assert pace_of("example.org", 2, 0.25).pause == 0.25
