"""Adding, refreshing, removing, and lists of subscriptions."""

import json
from pathlib import Path

import pytest

from reader.cli.refresh import REPORT
from tests.cli.shell import Shell, shell
from tests.web import Web, rss, web

__all__ = ["shell", "web"]


def page(*links: str) -> str:
    heads = "".join(f'<link rel="alternate" type="application/rss+xml" title="{link}" href="{link}">' for link in links)
    return f"<!doctype html><html><head><title>A page</title>{heads}</head><body><p>Words.</p></body></html>"


def test_add_prints_id_and_title(shell: Shell, web: Web, tmp_path: Path) -> None:
    text = tmp_path / "mill.txt"
    text.write_text("A field guide to tidal mills\n\n\nThe tide comes in. It goes out.\n")
    done = shell("add", web.put("/a", rss("A", 2)), text)
    assert (done.code, done.err) == (0, "")
    added = dict(line.split("\t")[::-1] for line in done.lines)
    assert set(added) == {"A", "A field guide to tidal mills"}
    assert set(added.values()) == {"1", "2"}
    again = shell("add", text)
    assert (again.code, again.out) == (0, f"{added['A field guide to tidal mills']}\tA field guide to tidal mills\n")
    assert shell("count").out == "3\n"
    kinds = {feed["title"]: (feed["kind"], feed["folder"]) for feed in shell("feeds", "--json").json}
    assert kinds == {"A": ("feed", None), "A field guide to tidal mills": ("file", "Texts")}


def test_add_with_folder_title_and_unseen(shell: Shell, web: Web) -> None:
    done = shell("add", web.dead() + "feed", "--no-fetch", "--folder", "News/Far", "--title", "My name")
    assert (done.code, done.out) == (0, "1\tMy name\n")
    (feed,) = shell("feeds", "--json").json
    assert (feed["folder"], feed["title"], feed["total"]) == ("News/Far", "My name", 0)


def test_a_title_or_folder_holds_for_what_is_followed_already(shell: Shell, tmp_path: Path) -> None:
    text = tmp_path / "mill.txt"
    text.write_text("A field guide to tidal mills\n\n\nThe tide comes in. It goes out.\n")
    shell("add", text)
    assert shell("add", text, "--folder", "Water", "--title", "Mills").out == "1\tMills\n"
    assert [(feed["folder"], feed["title"]) for feed in shell("feeds", "--json").json] == [("Water", "Mills")]
    shell("remove", "Mills")
    shell("add", text)
    assert [(feed["folder"], feed["title"]) for feed in shell("feeds", "--json").json] == [("Water", "Mills")]


def test_an_address_that_does_not_answer_is_not_kept(shell: Shell, web: Web) -> None:
    done = shell("add", web.dead() + "feed")
    assert (done.code, done.out) == (1, "")
    assert done.err.count("\n") == 1
    assert shell("feeds", "--json").json == []


@pytest.mark.parametrize("target", ["/no/such/file.xml", "nonsense words", "gopher://example.org/"])
def test_what_cannot_be_added_is_one_line(shell: Shell, target: str) -> None:
    done = shell("add", target)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("reader: ")
    assert done.err.count("\n") == 1


def test_a_page_without_a_feed_is_one_line(shell: Shell, web: Web) -> None:
    done = shell("add", web.put("/p", page(), type="text/html"))
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert "names no feed" in done.err


def test_a_part_that_failed_is_told_by_the_exit_code(shell: Shell, web: Web) -> None:
    done = shell("add", web.put("/a", rss("A", 1)), "/no/such/file")
    assert (done.code, done.out) == (3, "1\tA\n")
    assert done.err.count("\n") == 1


def test_a_page_with_several_feeds_asks(shell: Shell, web: Web) -> None:
    web.put("/one", rss("One", 1))
    web.put("/two", rss("Two", 1))
    target = web.put("/p", page("/one", "/two"), type="text/html")
    refused = shell.process("add", target)
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.count("\n") == 1
    assert web.url("/one") in refused.err
    assert "--all" in refused.err
    asked = shell.terminal("add", target, answer="2\n")
    assert asked.code == 0
    assert "Which?" in asked.out
    assert "1\tTwo" in asked.out
    assert shell.terminal("add", target, answer="\n").code == 1
    every = shell("add", "--all", target)
    assert every.code == 0
    assert {feed["title"] for feed in shell("feeds", "--json").json} == {"One", "Two"}


def test_refresh_as_json_is_as_written(shell: Shell, web: Web) -> None:
    good = web.put("/good", rss("Good", 2), etag='"1"')
    bad = web.put("/bad", rss("Bad", 1))
    shell("add", good, bad)
    web.put("/bad", "sorry", status=500, type="text/plain")
    done = shell("refresh", "--all", "--json")
    assert done.code == 3
    reports = {report["url"]: report for report in map(json.loads, done.lines)}
    assert set(reports) == {good, bad}
    assert [list(report) for report in reports.values()] == [list(REPORT)] * 2
    assert list(REPORT) == ["feed_id", "url", "outcome", "new", "changed", "status", "bytes", "ms", "message"]
    assert (reports[good]["outcome"], reports[good]["status"], reports[good]["new"]) == ("not_modified", 304, 0)
    assert (reports[bad]["outcome"], reports[bad]["status"]) == ("failed", 500)
    assert reports[bad]["message"]
    health = {feed["title"]: feed["health"] for feed in shell("feeds", "--json").json}
    assert health["Bad"]["state"] == "failing"
    assert reports[bad]["message"] == "500: the server failed"
    assert health["Bad"]["message"].startswith("The server failed (500 since ")
    assert shell("count").out == "3\n"


def test_refresh_for_people(shell: Shell, web: Web) -> None:
    shell("add", web.put("/a", rss("A", 2)), web.put("/b", rss("B", 1)))
    web.put("/a", rss("A", 5))
    web.put("/b", "gone", status=404)
    done = shell("refresh", "--all")
    assert (done.code, done.out) == (3, "2 feeds checked, 3 new, 1 failed\n")
    assert done.err.count("\n") == 1
    assert web.url("/b") in done.err
    assert shell("refresh").out == "0 feeds checked, 0 new\n"


def test_refresh_of_named_feeds(shell: Shell, web: Web) -> None:
    shell("add", web.put("/a", rss("Alpha planet", 1)), web.put("/b", rss("Beta planet", 1)))
    web.forget()
    assert shell("refresh", "alpha").out == "1 feed checked, 0 new\n"
    assert [asked.path for asked in web.asked()] == ["/a"]
    several = shell("refresh", "planet")
    assert several.code == 1
    assert "Alpha planet" in several.err
    assert "Beta planet" in several.err
    assert shell("refresh", "gamma").code == 1


def test_a_bar_on_a_terminal_and_none_in_a_pipe(shell: Shell, web: Web) -> None:
    shell("add", *(web.put(f"/{number}", rss(f"Feed {number}", 1)) for number in range(3)))
    shown = shell.terminal("refresh", "--all").out
    assert "of 3, 0 new" in shown
    assert shown.rstrip().endswith("3 feeds checked, 0 new")
    piped = shell.process("refresh", "--all")
    assert (piped.out, piped.err) == ("3 feeds checked, 0 new\n", "")


def test_offline_is_one_line_and_counts_as_no_failure(shell: Shell, web: Web) -> None:
    shell("add", web.dead() + "a", "--no-fetch")
    shell("add", "http://reader-test.invalid/feed", "--no-fetch")
    done = shell("refresh", "--all")
    assert done.code == 3
    assert {feed["health"]["state"] for feed in shell("feeds", "--json").json} <= {"ok", "failing"}
    assert done.err


def test_remove_can_be_undone(shell: Shell, web: Web) -> None:
    shell("add", web.put("/a", rss("A blog", 3)))
    shell("mark", "bookmarked", "2")
    assert shell("remove", "blog").out == "removed A blog\n"
    assert [each["id"] for each in shell("list", "--json").json] == [2]
    assert shell("feeds", "--json").json == []
    assert shell("undo").out == "A blog is back\n"
    assert shell("count").out == "3\n"
    assert shell("redo").out == "removed A blog\n"
    gone = shell("remove", "blog")
    assert (gone.code, gone.out, gone.err.count("\n")) == (1, "", 1)


def test_lists_of_subscriptions(shell: Shell, web: Web, tmp_path: Path) -> None:
    shell("add", web.put("/a", rss("A", 1)), "--folder", "News")
    shell("add", web.put("/b", rss("B", 1)))
    (tmp_path / "feeds.opml").write_text(shell("export", "--opml").out)
    assert shell("import", tmp_path / "feeds.opml").out == "0 feeds added, 2 followed already\n"
    shell("remove", "A")
    dry = shell("import", "--dry-run", tmp_path / "feeds.opml").lines
    assert dry == [f"would follow  A  {web.url('/a')}", "1 feed to add, 1 followed already"]
    assert len(shell("feeds", "--json").json) == 1
    assert shell("import", tmp_path / "feeds.opml").lines[-1] == "1 feed added, 1 followed already"
    assert {feed["title"]: feed["folder"] for feed in shell("feeds", "--json").json} == {"A": "News", "B": None}
    missing = shell("import", tmp_path / "absent.opml")
    assert (missing.code, missing.err.count("\n")) == (1, 1)


def test_add_prints_the_title_as_it_is(shell: Shell, tmp_path: Path) -> None:
    place = tmp_path / "back\\slash"
    place.mkdir()
    assert shell("add", place).out == "1\tback\\slash\n"


def test_what_can_be_chosen_is_told_with_title_and_last_post(shell: Shell, web: Web) -> None:
    web.put("/one", rss("One\x1b[31m", 3).replace(b"\x1b", b"&#27;"))
    web.put("/two", rss("Two", 1))
    target = web.put("/p", page("/one", "/two"), type="text/html")
    refused = shell.process("add", target)
    assert (refused.code, refused.out) == (1, "")
    assert f"{web.url('/two')} (Two, last post 2024-01-01T00:00:00Z)" in refused.err
    assert "\x1b" not in refused.err
    asked = shell.terminal("add", target, answer="all\n")
    assert asked.code == 0
    assert "last post 1 Jan 2024, many times a day" in asked.out
    assert {feed["title"] for feed in shell("feeds", "--json").json} == {"One[31m", "Two"}


def test_the_search_is_seen_on_a_terminal_and_not_in_a_pipe(shell: Shell, web: Web) -> None:
    target = web.put("/p", page(), type="text/html")
    assert "Looking at " in shell.terminal("add", target).out
    assert "Looking at " not in shell.process("add", target).err


def test_a_wrong_rule_of_ones_own_is_told(shell: Shell, web: Web) -> None:
    shell.home.mkdir()
    (shell.home / "services.toml").write_text("[[service]]\nname = 'x'\n")
    done = shell("add", web.put("/a", rss("A", 1)))
    assert (done.code, done.out) == (0, "1\tA\n")
    assert "services.toml: rule 1 is not used: pages is missing" in done.err


def test_a_paused_feed_is_left_alone(shell: Shell, web: Web) -> None:
    shell("add", web.put("/a", rss("A", 2)))
    assert shell("set", "A", "paused=on").out == "A: paused=on\n"
    web.forget()
    ran = shell("refresh", "A", "--json")
    assert (ran.code, ran.json["outcome"], ran.json["message"]) == (0, "wait", "The feed is paused")
    assert not web.requests
    (feed,) = shell("feeds", "--json").json
    assert feed["health"]["state"] == "paused"
    assert feed["health"]["message"].startswith("Paused since ")
    assert feed["next_check"] is None
    assert "(Paused since " in shell("feeds").out
    assert shell("set", "A", "paused=off", "full_text=on").out == "A: paused=off full_text=on\n"
    shell("refresh", "A")
    assert len(web.requests) == 1


def test_a_feed_is_removed_and_its_articles_stay(shell: Shell, web: Web) -> None:
    shell("add", web.put("/a", rss("A", 2)))
    assert shell("remove", "A", "--keep").out == "removed A\n"
    assert shell("count").out == "2\n"
    assert shell("feeds", "--json").json == []
    shell("undo")
    shell("remove", "A")
    assert shell("count").out == "0\n"
