"""Full texts from the command line: fetched, shown, and set for a feed."""

import pytest

from tests import pages
from tests.cli.shell import Shell, shell
from tests.web import Web, web

__all__ = ["shell", "web"]

HTML = "text/html; charset=utf-8"
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour</title>{items}</channel></rss>"""
ITEM = "<item><title>Story {n}</title><link>{link}</link><guid>g{n}</guid><description>Just {n}.</description></item>"


@pytest.fixture
def harbour(shell: Shell, web: Web) -> Shell:
    """Article 2 has a page, article 1 has one that is refused."""
    links = (web.put("/good", pages.page(pages.paragraphs(8)), type=HTML), web.put("/bad", status=403, type=HTML))
    items = "".join(ITEM.format(n=n, link=link) for n, link in enumerate(links))
    assert shell("add", web.put("/feed.xml", FEED.format(items=items))).code == 0
    assert [each["title"] for each in shell("list", "--json").json] == ["Story 0", "Story 1"]
    return shell


def test_a_page_is_fetched_and_shown_from_then_on(harbour: Shell) -> None:
    good, _ = (each["id"] for each in harbour("list", "--json").json)
    ran = harbour("fulltext", str(good))
    assert ran.code == 0
    number, words = ran.lines[0].split("\t")
    assert int(number) == good
    assert words.endswith(" words")
    shown = harbour("show", str(good), "--json").json
    assert shown["full_text"] == "page"
    assert "Part 7" in shown["text"]
    assert "Part 7" in shown["html"]
    assert "Part 7" in harbour("show", str(good)).out
    assert "Part 7" in harbour("show", str(good), "--markdown").out
    assert harbour("count", "committees").out == "1\n"


def test_the_exit_code_says_whether_all_some_or_none_came(harbour: Shell) -> None:
    good, bad = (str(each["id"]) for each in harbour("list", "--json").json)
    ran = harbour("fulltext", bad)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"reader: article {bad}: The page cannot be had: the server refuses us (403)\n"
    assert harbour("show", bad, "--json").json["full_text"] == "feed"
    ran = harbour("fulltext", bad, good)
    assert ran.code == 3
    assert len(ran.lines) == len(ran.err.splitlines()) == 1


def test_an_unknown_id_and_wrong_words(harbour: Shell) -> None:
    ran = harbour("fulltext", "999")
    assert ran.code == 1
    assert "There is no article 999" in ran.err
    assert harbour("fulltext").code == 2
    assert harbour("fulltext", "x").code == 2


def test_the_setting_of_a_feed(harbour: Shell, web: Web) -> None:
    before = harbour("feeds", "--json").json
    assert harbour("set", "Harbour", "full_text=on").out == "Harbour: full_text=on\n"
    assert [sorted(each) for each in harbour("feeds", "--json").json] == [sorted(each) for each in before]
    ran = harbour("refresh", "--all")
    assert ran.code == 0
    assert "1 full text, 1 page without a text" in ran.out
    assert harbour("set", "1", "full_text=off").out == "Harbour: full_text=off\n"
    web.forget()
    harbour("refresh", "--all")
    assert not web.asked("/bad")


@pytest.mark.parametrize("words", [("Harbour",), ("Harbour", "full_text"), ("Harbour", "full_text=maybe"),
                                   ("Harbour", "colour=red")])  # fmt: skip
def test_a_setting_that_is_none(harbour: Shell, words: tuple[str, ...]) -> None:
    ran = harbour("set", *words)
    assert ran.code == 2
    assert "full_text" in ran.err or "KEY=VALUE" in ran.err


def test_the_setting_of_an_unknown_feed(harbour: Shell) -> None:
    assert harbour("set", "nobody", "full_text=on").code == 1
