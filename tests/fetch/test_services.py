"""Where services keep their feeds: every rule by its examples, and rules of one's own."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.fetch.services import Service, Services, filled, fits, pattern, read

SERVICES = Services()
EXAMPLES = [(service, page, feeds) for service in SERVICES.rules for page, feeds in service.examples.items()]


@pytest.mark.parametrize(
    ("service", "page", "feeds"), EXAMPLES, ids=[f"{each[0].name}: {each[1]}" for each in EXAMPLES]
)
def test_each_rule_does_as_its_examples_say(service: Service, page: str, feeds: list[str]) -> None:
    found = SERVICES.of_host(page) or SERVICES.of_software(page)
    assert found is not None
    assert (found.name, list(found.feeds)) == (service.name, feeds)


def test_each_rule_has_an_example_and_is_right() -> None:
    assert SERVICES.problems == []
    assert [service.name for service in SERVICES.rules if not service.examples] == []
    assert len({service.name for service in SERVICES.rules}) == len(SERVICES.rules) > 50


FEEDS = {
    feed for _, _, feeds in EXAMPLES for feed in feeds if not re.search(r"/lookup|/user/example$|/[@c]/?example$", feed)
}


@pytest.mark.parametrize("feed", sorted({*FEEDS, "https://medium.com/feed/@example"}))
def test_the_address_of_a_feed_is_no_page_of_its_service(feed: str) -> None:
    assert SERVICES.of_host(feed) is None


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("https://www.reddit.com/r/rss/", "https://www.reddit.com/r/rss/.rss"),
        ("https://www.reddit.com/user/atom", "https://www.reddit.com/user/atom/.rss"),
        ("https://github.com/atom/atom", "https://github.com/atom/atom/releases.atom"),
        ("https://github.com/atom", "https://github.com/atom.atom"),
        ("https://gitlab.com/atom/feed", "https://gitlab.com/atom/feed/-/releases.atom"),
        ("https://codeberg.org/feeds/rss/", "https://codeberg.org/feeds/rss/releases.rss"),
        ("https://medium.com/tag/rss", "https://medium.com/feed/tag/rss"),
        ("https://medium.com/tag/feed/latest", "https://medium.com/feed/tag/feed"),
        ("https://dev.to/t/rss", "https://dev.to/feed/tag/rss"),
        ("https://bsky.app/profile/rss", "https://bsky.app/profile/rss/rss"),
        (
            "https://stackoverflow.com/questions/tagged/rss",
            "https://stackoverflow.com/feeds/tag?tagnames=rss&sort=newest",
        ),
        (
            "https://en.wikipedia.org/wiki/RSS",
            "https://en.wikipedia.org/w/index.php?title=RSS&action=history&feed=atom",
        ),
    ],
)
def test_a_page_may_be_called_like_a_feed(page: str, feed: str) -> None:
    found = SERVICES.of_host(page)
    assert found
    assert found.feeds[0] == feed


@pytest.mark.parametrize(
    "feed",
    [
        "https://www.reddit.com/r/rss/.rss",
        "https://www.reddit.com/r/rss/new/.rss?sort=new",
        "https://github.com/atom/atom/commits/main.atom",
        "https://medium.com/feed/tag/feed",
        "https://medium.com/feed/publication/tagged/rss",
        "https://medium.com/Feed/rss",
        "https://dev.to/feed/rss",
        "https://bsky.app/profile/rss/rss",
        "https://rss.wordpress.com/comments/feed/",
        "https://rss.tumblr.com/rss",
        "https://example.blogspot.com/feeds/posts/default?alt=rss",
        "https://codeberg.org/rss/atom/rss/branch/main",
    ],
)
def test_a_feed_of_a_page_that_is_called_so_is_one(feed: str) -> None:
    assert SERVICES.of_host(feed) is None


def test_where_a_rule_takes_all_that_stands_below_the_feed_of_it_is_known(tmp_path: Path) -> None:
    own = tmp_path / "services.toml"
    own.write_text(RULE.format(pages='"e.org/{place*}"', feeds='"{site}/{place}/feed"'))
    services = Services(own)
    for page in ("https://e.org/blog/feed", "https://e.org/feed", "https://e.org//blog//feed/"):
        assert services.of_host(page) is None
    found = services.of_host("https://e.org/blog/rss")
    assert found
    assert found.feeds == ("https://e.org/blog/rss/feed",)


@pytest.mark.parametrize(
    "page",
    [
        "https://example.org/",
        "https://notyoutube.com/channel/UC1",
        "https://youtube.com.example.org/channel/UC1",
        "x",
        "",
        "https://[::1/",
        "https://youtube.com/channel/",
        "https://youtube.com/playlist?list=",
        "https://youtube.com/channel/a?b" + "c" * 2000,
    ],
)
def test_other_addresses_fit_nothing(page: str) -> None:
    assert SERVICES.of_host(page) is None


def test_what_a_page_says_cannot_leave_its_place_in_the_address() -> None:
    found = SERVICES.of_host("https://en.wikipedia.org/wiki/A&action=delete")
    assert found
    assert found.feeds == ("https://en.wikipedia.org/w/index.php?title=A%26action%3Ddelete&action=history&feed=atom",)
    values = fits(pattern("e.org/?q={q}"), "https://e.org/?q=../a?b")
    assert values
    assert filled("https://e.org/{q}/feed", values) == "https://e.org/..%2Fa%3Fb/feed"


def test_rules_of_ones_own_come_first(tmp_path: Path) -> None:
    own = tmp_path / "services.toml"
    own.write_text(
        """paths = ["/blog.atom"]
        [[service]]
        name = "Ours"
        pages = ["github.com/{owner}/{name}", "127.0.0.9/{owner}/{name}"]
        feeds = ["{site}/{owner}/{name}/news.xml"]
        """
    )
    services = Services(own)
    found = services.of_host("http://127.0.0.9:8080/a/b")
    assert found
    assert found.feeds == ("http://127.0.0.9:8080/a/b/news.xml",)
    found = services.of_host("https://github.com/a/b")
    assert found
    assert found.name == "Ours"
    assert services.paths[:2] == ("blog.atom", "feed")
    assert services.problems == []


RULE = '[[service]]\nname = "x"\npages = [{pages}]\nfeeds = [{feeds}]\n'
GOOD = RULE.format(pages='"e.org/{x}"', feeds='"https://e.org/{x}.rss"')


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nonsense", "is no TOML"),
        ("service = 3\n", "rule 1 is not used: a rule is a table"),
        (RULE.format(pages="", feeds=""), "pages is missing"),
        (RULE.format(pages="3", feeds=""), "pages is a list of texts in quotes"),
        (RULE.format(pages='"e.org/{x}"', feeds='"https://e.org/{y}"'), "asks for {y}, which a page does not give"),
        (RULE.format(pages='"e.org/{x}", "e.org"', feeds='"https://e.org/{x}"'), "asks for {x}"),
        (RULE.format(pages='"e.org"', feeds='"file:///etc/passwd"'), "does not begin with https://"),
        (RULE.format(pages='"e.org/{a}{b}"', feeds=""), "too many names in one piece"),
        (RULE.format(pages='"e.org/{a}.{b}.{c}"', feeds=""), "too many names in one piece"),
        (RULE.format(pages='"e.org/{a*}/{b*}"', feeds=""), "more than one star"),
        (RULE.format(pages='"e.org/{a}/{a}"', feeds=""), "names the same thing twice"),
        (RULE.format(pages='"{1}.org/x"', feeds=""), "has the name 1, which does not begin with a letter"),
        (RULE.format(pages='"e.org/{²}"', feeds=""), "has the name ², which does not begin with a letter"),
        (RULE.format(pages='"e.org/(x+)*$"', feeds=""), "a brace or a star that means nothing"),
        (RULE.format(pages='"https://e.org/x"', feeds=""), "is no host/path"),
        (RULE.format(pages='"e.org/?q=x"', feeds=""), "a parameter is written key={name}"),
        (RULE.format(pages='"' + "e" * 400 + '"', feeds=""), "longer than 300 characters"),
        (GOOD + 'feed = "x"\n', "unknown key feed"),
        ('paths = "x"\n', "paths is a list of texts in quotes"),
        ("path = []\n", "unknown key path"),
        ("\ud800", "is no TOML"),
        ("a = " + "[" * 5000, "is no TOML"),
    ],
)
def test_a_wrong_rule_is_a_line_and_the_others_hold(tmp_path: Path, text: str, said: str) -> None:
    own = tmp_path / "services.toml"
    own.write_bytes(f"{text}".encode("utf-8", "surrogatepass"))
    services = Services(own)
    assert services.of_host("https://github.com/a/b/tags") is not None
    (problem,) = services.problems
    assert said in problem
    assert str(own) in problem
    assert "\n" not in problem


def test_a_good_rule_beside_a_wrong_one(tmp_path: Path) -> None:
    own = tmp_path / "services.toml"
    own.write_text(RULE.format(pages='"e.org/{"', feeds="") + GOOD)
    services = Services(own)
    found = services.of_host("https://e.org/a")
    assert found
    assert found.feeds == ("https://e.org/a.rss",)
    assert len(services.problems) == 1


def test_a_directory_in_the_place_of_the_rules_is_a_line(tmp_path: Path) -> None:
    services = Services(tmp_path)
    assert services.of_host("https://github.com/a/b/tags") is not None
    assert "cannot be read" in services.problems[0]


def test_no_pattern_takes_long(tmp_path: Path) -> None:
    own = tmp_path / "services.toml"
    own.write_text(RULE.format(pages='"{host}/{a}-{b}/{c*}/x/**"', feeds='"{site}/{c}"'))
    services = Services(own)
    began = time.process_time()
    for page in ("/" * 990, "/a-" * 300, "/x" * 490, "/" + "-" * 980, "/a-a" + "/x" * 480 + "/y"):
        services.of_software("https://e.org" + page)
    assert time.process_time() - began < 5  # a pattern that tries everything would not end at all


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=60))
def test_any_pattern_is_one_or_a_mistake_and_any_address_is_looked_at(text: str, url: str) -> None:
    problems: list[str] = []
    rules, _ = read({"service": [{"name": "x", "pages": [text], "feeds": []}]}, "here", problems)
    assert len(rules) + len(problems) == 1
    for rule in rules:
        fits(rule.pages[0], "https://" + url)
