"""Listing, showing, counting and marking articles."""

from pathlib import Path

import pytest

from tests.cli.shell import Shell, shell
from tests.web import Web, rss, web

__all__ = ["shell", "web"]

ARTICLE_KEYS = [
    "id", "guid", "feed_id", "feed", "folder", "title", "author", "link", "comments_link", "published", "arrived",
    "updated", "is_read", "is_bookmarked", "tags", "words", "language", "dateline", "enclosures", "summary",
]  # fmt: skip
FEED_KEYS = ["id", "url", "kind", "title", "folder", "site_url", "unread", "total", "health", "next_check"]

RICH = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Dawn</title>
<link>https://dawn.example/</link><language>en</language>
<item><title>The tide &amp; the mill</title><link>https://dawn.example/1</link><guid isPermaLink="false">g-1</guid>
<dc:creator>A. Writer</dc:creator>
<comments>https://dawn.example/1#c</comments><pubDate>Thu, 20 Nov 2025 08:00:00 GMT</pubDate>
<enclosure url="https://dawn.example/a.mp3" type="audio/mpeg" length="123"/>
<description><![CDATA[<p>First <a href="/more">words</a> of it.</p><p>Second.</p>]]></description></item>
<item><guid isPermaLink="false">g-2</guid><pubDate>Thu, 20 Nov 2025 07:00:00 GMT</pubDate>
<description>A note without any headline, told in one sentence.</description></item>
</channel></rss>"""


@pytest.fixture
def dawn(shell: Shell, web: Web) -> Shell:
    """A library that follows one feed of two articles: 2 is "The tide & the mill", 1 has no headline."""
    assert shell("add", web.put("/dawn.xml", RICH), "--folder", "World/South Asia").code == 0
    return shell


def test_the_json_of_an_article_is_as_written(dawn: Shell) -> None:
    tide, note = dawn("list", "--json").json
    assert list(tide) == ARTICLE_KEYS
    assert list(note) == ARTICLE_KEYS
    arrived = tide.pop("arrived")
    assert arrived.endswith("Z")
    assert len(arrived) == 20
    assert tide == {
        "id": 2,
        "guid": "g-1",
        "feed_id": 1,
        "feed": "Dawn",
        "folder": "World/South Asia",
        "title": "The tide & the mill",
        "author": "A. Writer",
        "link": "https://dawn.example/1",
        "comments_link": "https://dawn.example/1#c",
        "published": "2025-11-20T08:00:00Z",
        "updated": None,
        "is_read": False,
        "is_bookmarked": False,
        "tags": [],
        "words": tide["words"],
        "language": "en",
        "dateline": None,
        "enclosures": [{"url": "https://dawn.example/a.mp3", "type": "audio/mpeg", "length": 123}],
        "summary": tide["summary"],
    }
    assert tide["words"] > 4
    assert tide["summary"].startswith("First words of it.")
    assert (note["title"], note["author"], note["link"], note["enclosures"]) == (None, None, None, [])


def test_show_as_json_has_the_body_as_well(dawn: Shell) -> None:
    shown = dawn("show", "2", "--json").json
    assert list(shown) == [*ARTICLE_KEYS, "text", "html", "links", "full_text"]
    assert shown["text"] == "First words of it.\n\nSecond."
    assert shown["links"] == ["https://dawn.example/more"]
    assert '<a href="https://dawn.example/more">words</a>' in shown["html"]
    assert shown["full_text"] == "feed"


def test_the_json_of_a_feed_is_as_written(dawn: Shell, web: Web) -> None:
    (feed,) = dawn("feeds", "--json").json
    assert list(feed) == FEED_KEYS
    assert feed["next_check"].endswith("Z")
    assert list(feed["health"]) == ["state", "message", "since"]
    assert feed["health"].pop("message").startswith("Silent for ")
    del feed["next_check"], feed["health"]["since"]
    assert feed == {
        "id": 1,
        "url": web.url("/dawn.xml"),
        "kind": "feed",
        "title": "Dawn",
        "folder": "World/South Asia",
        "site_url": "https://dawn.example/",
        "unread": 2,
        "total": 2,
        "health": {"state": "ok"},
    }


def test_a_slash_in_a_folder_is_told_apart(shell: Shell, web: Web) -> None:
    shell("add", web.put("/a", rss("A", 1)), "--folder", r"Kernel \/ Core/Deep")
    shell("add", web.put("/b", rss("B", 1)))
    assert {feed["title"]: feed["folder"] for feed in shell("feeds", "--json").json} == {
        "A": r"Kernel \/ Core/Deep",
        "B": None,
    }


def test_list_for_people_and_as_tsv(dawn: Shell) -> None:
    dawn("mark", "bookmarked", "2")
    dawn("mark", "read", "1")
    lines = dawn("list").lines
    assert lines == [
        "     2  2025-11-20  ●★  Dawn  The tide & the mill",
        "     1  2025-11-20      Dawn  A note without any headline, told in one sentence.",
    ]
    rows = [line.split("\t") for line in dawn("list", "--tsv").lines]
    assert rows[0] == [
        "2", "2025-11-20T08:00:00Z", "unread", "bookmarked", "Dawn", "The tide & the mill", "https://dawn.example/1",
    ]  # fmt: skip
    assert rows[1][2:4] == ["read", ""]
    assert rows[1][5].startswith("A note without any headline")


def test_a_terminal_gets_lines_that_fit(shell: Shell, web: Web) -> None:
    wide = rss("東京の新聞" * 12, 3)
    shell("add", web.put("/a", wide))
    lines = shell.terminal("list").out.replace("\r", "").splitlines()
    assert len(lines) == 3
    assert all(line.endswith("…") for line in lines)
    assert all(len(line.encode("utf-16-le")) // 2 < 80 for line in lines)
    assert "東京" in lines[0]


def test_limit_and_offset(shell: Shell, web: Web) -> None:
    shell("add", web.put("/a", rss("A", 7)))
    ids = [each["id"] for each in shell("list", "--json").json]
    assert ids == [7, 6, 5, 4, 3, 2, 1]

    def asked(*words: str) -> list[int]:
        return [each["id"] for each in shell("list", "--json", *words).json]

    assert asked("--limit", "2") == [7, 6]
    assert asked("--limit", "2", "--offset", "3") == [4, 3]
    assert asked("--offset", "5") == [2, 1]
    assert asked("--offset", "50") == asked("--limit", "0") == asked("absentword") == []
    assert asked("story", "--limit", "1") == [7]


def test_queries_take_several_words_or_one_argument(dawn: Shell) -> None:
    for words in (["tide mill"], ["tide", "mill"], ['"the mill"'], ["mil*"], ["is:unread", "feed:dawn", "TIDE"]):
        assert [each["id"] for each in dawn("list", "--json", *words).json] == [2]
        assert dawn("count", *words).out == "1\n"
    assert dawn("count").out == "2\n"
    assert dawn("count", "mil").out == "0\n"


def test_show_in_all_its_shapes(dawn: Shell) -> None:
    plain = dawn("show", "2").out
    assert plain == (
        "The tide & the mill\nDawn · A. Writer · Thu 20 Nov 2025\nhttps://dawn.example/1\n\n"
        "First words of it.\n\nSecond.\n\nhttps://dawn.example/a.mp3 (audio/mpeg)\n"
    )
    assert dawn("show", "1").lines[0].startswith("A note without any headline")
    assert dawn("show", "2", "--markdown").out.startswith("# The tide & the mill\n")
    assert "[words](https://dawn.example/more)" in dawn("show", "2", "--markdown").out
    page = dawn("show", "2", "--html").out
    assert "<title>The tide &amp; the mill</title>" in page
    assert '<h1><a href="https://dawn.example/1">The tide &amp; the mill</a></h1>' in page


def test_show_wraps_on_a_terminal_or_at_a_width(shell: Shell, web: Web) -> None:
    shell("add", web.put("/a", rss("A", 1, text="many words go on and on " * 20)))
    assert max(map(len, shell("show", "1").lines)) > 400
    narrow = shell("show", "1", "--width", "30").lines
    assert max(map(len, narrow)) <= 30
    assert len(narrow) > 15
    shown = shell.terminal("show", "1").out.replace("\r", "").splitlines()
    assert 60 < max(map(len, shown)) <= 80
    assert "\x1b" not in "".join(shown)


def test_marks_by_id_and_by_query(shell: Shell, web: Web) -> None:
    shell("add", web.put("/a", rss("A", 5)))
    assert shell("mark", "read", "1", "2", "2").out == "2\n"
    assert shell("mark", "read", "1").out == "0\n"
    assert shell("mark", "bookmarked", "--query", "is:unread").out == "3\n"
    assert shell("mark", "unbookmarked", "3").out == "1\n"
    assert shell("mark", "unread", "--query", "").out == "2\n"
    assert [shell("count", text).out for text in ("is:unread", "is:bookmarked")] == ["5\n", "2\n"]


def test_an_unknown_id_changes_nothing(shell: Shell, web: Web) -> None:
    shell("add", web.put("/a", rss("A", 2)))
    refused = shell("mark", "read", "1", "99")
    assert (refused.code, refused.out) == (1, "")
    assert "no article 99" in refused.err
    assert shell("count", "is:unread").out == "2\n"


def test_undo_and_redo_over_processes(shell: Shell, web: Web) -> None:
    shell("add", web.put("/a", rss("A", 3)))
    shell.process("mark", "read", "--query", "")
    shell.process("mark", "bookmarked", "1")
    assert shell.process("undo").out == "1 no longer bookmarked\n"
    assert shell.process("undo").out == "3 unread again\n"
    nothing = shell.process("undo")
    assert (nothing.code, nothing.out, nothing.err) == (1, "", "reader: There is nothing to undo\n")
    assert shell.process("redo").out == "marked 3 read\n"
    assert shell.process("redo").out == "bookmarked 1\n"
    assert shell.process("redo").code == 1
    assert shell("count", "is:unread").out == "0\n"


def test_a_library_that_is_not_there_is_empty_and_gets_no_guide(shell: Shell) -> None:
    for words in (["list"], ["list", "--tsv"], ["feeds"]):
        assert shell(*words) == shell(*words)
        assert shell(*words).out == ""
    assert shell("list", "--json").out == "[]\n"
    assert shell("feeds", "--json").json == []
    assert shell("count").out == "0\n"


def test_nothing_that_moves_a_cursor_reaches_a_pipe(shell: Shell, tmp_path: Path) -> None:
    bad = tmp_path / "esc\x1b[31m\x9b\x07name.txt"
    bad.write_text("A \x1b[31mred\x1b[0m headline\x07\n\nBody with \x9b31m and \u202e override.\n")
    untitled = tmp_path / "esc\x1b[31m\n\x9b.xml"
    untitled.write_text("<rss version='2.0'><channel><item><guid>1</guid></item></channel></rss>")
    added = shell("add", bad, untitled)
    assert added.code == 0, added.err
    assert len(added.lines) == 2
    for words in (
        ["list"],
        ["list", "--json"],
        ["list", "--tsv"],
        ["feeds"],
        ["feeds", "--json"],
        ["show", "1"],
        ["show", "2"],
        ["show", "2", "--html"],
        ["export"],
        ["remove", "2"],
        ["undo"],
    ):
        shown = shell.process(*words).out
        assert not {
            char
            for char in shown
            if (char < " " and char not in "\n\t") or "\x7f" <= char <= "\x9f" or char == "\u202e"
        }
    assert {feed["url"] for feed in shell("feeds", "--json").json} == {str(bad), str(untitled)}


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/New_York", "UTC"])
def test_a_date_without_a_time_is_that_date_in_every_zone(
    shell: Shell, web: Web, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    item = "<item><title>Undated hour</title><pubDate>2025-11-01</pubDate></item>"
    shell("add", web.put("/a", f"<rss version='2.0'><channel><title>A</title>{item}</channel></rss>"))
    monkeypatch.setenv("TZ", zone)
    assert shell.process("list").out == "     1  2025-11-01  ●   A  Undated hour\n"
    assert shell.process("show", "1").lines[1] == "A · Sat 1 Nov 2025"
    assert shell("list", "--json").json[0]["published"] == "2025-11-01T00:00:00Z"


def test_the_folder_of_a_local_article_goes_on_with_its_sub_directories(shell: Shell, tmp_path: Path) -> None:
    below = tmp_path / "notes" / "mills" / "tidal"
    below.mkdir(parents=True)
    for place in (tmp_path / "notes", below):
        (place / "a.txt").write_text(f"In {place.name}\n\n\nA body.\n")
    shell("add", tmp_path / "notes", "--folder", r"Work\/Life")
    assert {each["title"]: each["folder"] for each in shell("list", "--json").json} == {
        "In notes": r"Work\/Life",
        "In tidal": r"Work\/Life/mills/tidal",
    }
    assert [feed["folder"] for feed in shell("feeds", "--json").json] == [r"Work\/Life"]
