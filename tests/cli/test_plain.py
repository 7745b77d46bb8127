"""The linear reader: over pipes, on terminals that can do nothing, with hostile text and impatient people."""

import os
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.cli.plain.commands import COMMANDS, understood
from reader.cli.plain.session import Session
from reader.cli.plain.text import pieces, read_text
from reader.cli.verbs import UsageError
from reader.document.nodes import leaves
from reader.document.subset import read
from reader.tui.actions import ACTIONS, BY_ID
from tests.cli.shell import READER, Shell, shell
from tests.library.shelf import HOUR, NOON, Shelf, entry
from tests.terminal import Terminal
from tests.web import Web, web

__all__ = ["shell", "web"]

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
LONG = "".join(
    f"<p>Paragraph {number} of a long article, with more words in it than there are.</p>" for number in range(60)
)
FOOTNOTES = (
    '<h2 id="top">The start</h2><p>A claim.<a href="#note">[1]</a> See <a href="https://example.org/x">this</a>.</p>'
    '<h3>Notes</h3><p id="note">What the note says.</p>'
)


@pytest.fixture
def shelves(shell: Shell) -> Iterator[Shelf]:
    made = Shelf(shell.home)
    yield made
    made.connection.close()


@pytest.fixture
def some(shelves: Shelf) -> Shelf:
    news = shelves.feed("News", "Papers")
    shelves.put(
        news,
        [
            entry("Long", NOON, "Paragraph 7", html=LONG),
            entry("Notes", NOON + HOUR, html=FOOTNOTES, link="https://example.org/notes"),
            entry("Newest", NOON + 2 * HOUR, "Plain words of the newest."),
        ],
    )
    shelves.stories(shelves.feed("Other"), 12, NOON - 100 * HOUR)
    return shelves


def typed(shell: Shell, *lines: str, code: int = 0) -> list[str]:
    """What is printed for these commands, a line each."""
    ran = shell.process("--plain", input="".join(line + "\n" for line in lines).encode())
    assert ran.code == code, ran
    assert not CONTROL.search(ran.out + ran.err)
    return ran.lines


def terminal(shell: Shell, columns: int = 80, rows: int = 24, **env: str) -> Terminal:
    settings = {**os.environ, "TERM": "dumb", **env}
    return Terminal([*READER, "--plain"], settings, columns, rows)


def test_nothing_is_said_unasked_over_a_pipe_and_the_end_of_the_input_is_the_end(shell: Shell, some: Shelf) -> None:
    assert typed(shell) == []
    assert typed(shell, "q", "unread") == []


def test_a_list_comes_in_pages_and_its_numbers_open(shell: Shell, some: Shelf) -> None:
    lines = typed(shell, "all", "", "", "-")
    assert lines[0] == "All: 15 articles"
    assert lines[1].startswith("1. Newest (News, ")
    assert lines[1].endswith(", unread)")
    assert [line.split(".")[0] for line in lines[1:16]] == [str(number) for number in range(1, 16)]
    assert lines[16] == "That is the end of the list."
    assert lines[17:] == lines[1:11]
    lines = typed(shell, "all", "1", "next", "k", "list")
    assert lines[11] == "Newest"
    assert "Plain words of the newest." in lines
    assert lines[-10].endswith(" d)") or "unread" not in lines[-10]  # it was read


def test_reading_on_goes_through_everything(shell: Shell, some: Shelf) -> None:
    lines = typed(shell, "feed news", "n", "", "", "", "", "where")
    texts = [line for line in lines if line in ("Newest", "Notes", "Long")]
    assert texts == ["Newest", "Notes", "Long"]
    assert "Other: 12 articles" in lines
    lines = typed(shell, *["n"] * 20)
    assert lines[-1] == "Everything is read."


def test_marks_are_kept_and_undone(shell: Shell, some: Shelf) -> None:
    lines = typed(shell, "all", "b 2", "bookmarks", "1", "s", "u", "U", "m", "A", "undo")
    assert "Bookmarked: Notes" in lines
    assert "Bookmarks: 1 article" in lines
    assert "No longer bookmarked: Notes" in lines
    assert "Marked unread: Notes" in lines
    assert shell("count", "is:unread").out == "15\n"


def test_searching_and_narrowing(shell: Shell, some: Shelf) -> None:
    assert typed(shell, "/newest")[0] == "Search for newest: 1 article"
    assert typed(shell, "search paragraph 7")[0] == "Search for paragraph 7: 1 article"
    lines = typed(shell, "feed other", "f story", "f paragraph")
    assert "Other, only story: 12 articles" in lines
    assert lines[-1] == "Other, only paragraph: 0 articles"


def test_feeds_are_numbered_with_their_counts(shell: Shell, some: Shelf) -> None:
    lines = typed(shell, "feeds", "6", "1")
    assert lines[0] == "1. All: 15 unread of 15"
    assert lines[4] == "5. Papers, folder: 3 unread of 3"
    assert lines[5] == "6. News: 3 unread of 3"
    assert lines[7] == "News: 3 articles"
    assert lines[11] == "Newest"


def test_headings_links_and_notes(shell: Shell, some: Shelf) -> None:
    lines = typed(shell, "all", "2", "headings", "2", "links", "1")
    assert "2. [heading 3] Notes" in lines
    assert "1. [1], #note" in lines
    assert "2. this, https://example.org/x" in lines
    assert lines[-1] == "What the note says."
    assert lines[-4] != "[heading 3] Notes"


def test_exit_codes(shell: Shell, some: Shelf) -> None:
    typed(shell, "nonsense", code=2)
    typed(shell, "feed nobody", code=1)
    typed(shell, "all", "4711", code=3)
    typed(shell, "b", code=2)
    typed(shell, "/is:nothing", code=2)
    done = shell.process("--plain", input=b"redu\n")
    assert done.err == "reader: 'redu' is no command (the nearest is 'redo'; ? lists them all)\n"


@pytest.mark.parametrize("data", [b"\xff\xfe\n", b"\x00\x1b[2J\n", b"9" * 5000 + b"\n", b"a" * 70_000, b"\n\n\n;\n"])
def test_what_nobody_types_does_no_harm(shell: Shell, some: Shelf, data: bytes) -> None:
    ran = shell.process("--plain", input=data + b"\nall\n")
    assert ran.code in (0, 3)
    assert not CONTROL.search(ran.out + ran.err)
    assert "All: 15 articles" in ran.lines
    assert all(len(line) < 1000 for line in ran.err.splitlines())


def test_hostile_text_cannot_reach_the_terminal(shell: Shell, shelves: Shelf) -> None:
    bad = "\x1b]0;owned\x07\x1b[2Jx\u202e\x9b31m\ty\r"
    feed = shelves.feed(bad, bad)
    told = {"link": f"https://example.org/{bad}", "author": bad, "comments_link": "javascript:alert(1)"}
    shelves.put(feed, [entry(bad, NOON, bad, html=f'<p>{bad}<a href="file:///etc/passwd">{bad}</a></p>', **told)])
    lines = typed(shell, "feeds", "all", "1", "links", "address", "where", "b", code=0)
    assert any("owned" in line for line in lines)
    ran = shell.process("--plain", input=b"all\n1\ncomments\nlink 1\n")
    assert ran.code == 3
    assert "Not opened: javascript:alert(1)" in ran.err
    assert "Not opened: file:///etc/passwd" in ran.err


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_typed_it_goes_on(shell: Shell, some: Shelf, seed: int) -> None:
    chance = random.Random(seed)
    outside = {"refresh", "refresh_all", "add", "open_browser", "comments", "link", "save", "full_text"}
    away = outside | {"quit", "open", "read_on"}
    names = [name for command in COMMANDS if command.id not in away for name in (*command.keys, *command.words)]
    rests = ["", "", "1", "2", "99", "0", "News", "is:unread", "(", '"', "x*", "\x1b[2J", "../", "½", "²"]
    lines = [f"{chance.choice(names)} {chance.choice(rests)}" for _ in range(300)]
    ran = shell.process("--plain", input="\n".join([*lines, "where"]).encode())
    assert ran.code in (0, 3)
    assert "A bug" not in ran.err
    assert ": " in ran.lines[-1]
    assert not CONTROL.search(ran.out + ran.err)


def test_news_line_by_line(shell: Shell, shelves: Shelf, web: Web) -> None:
    item = "<item><guid>{0}</guid><title>{0}</title></item>"
    rss = "<rss version='2.0'><channel><title>Town</title>{}</channel></rss>"
    shelves.feed("Town", url=web.put("/a.xml", rss.format(item.format("one") + item.format("two"))))
    shelves.feed("Ghost", url=web.put("/gone.xml", b"", status=404))
    shelves.feed("Quiet", url=web.put("/quiet.xml", rss.format("")))
    lines = typed(shell, "R", "unread", code=3)
    assert lines[0] == "Looking for news."
    assert min(lines[1:3]).startswith("Ghost: ")
    assert "Town: 2 new" in lines[1:3]
    assert lines[3] == "3 feeds checked, 2 new, 1 failed"
    assert lines[4] == "Unread: 2 articles"


def test_adding_asks_by_numbers(shell: Shell, web: Web) -> None:
    rss = "<rss version='2.0'><channel><title>{}</title><item><guid>1</guid><title>Hello</title></item></channel></rss>"
    web.put("/a.xml", rss.format("First"))
    web.put("/b.xml", rss.format("Second"))
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{name}.xml">' for name in "ab")
    page = web.put("/", f"<html><head>{links}</head><body>Hi</body></html>", type="text/html")
    lines = typed(shell, f"add {page}", "2")
    assert lines[0] == "The page names several feeds; a number follows one."
    assert "Followed: Second" in lines
    assert lines[-2] == "Second: 1 article"
    ran = shell.process("--plain", input=f"add {Web.dead()}\n".encode())
    assert ran.code == 1
    lines = typed(shell, "remove second", "undo")
    assert lines == ["No longer following Second; undo brings it back.", "Second is back."]


def test_the_text_of_the_page_and_back(shell: Shell, shelves: Shelf, web: Web) -> None:
    told = "".join(
        f"<p>Sentence {number} of the page, which says far more than the feed did.</p>" for number in range(30)
    )
    page = f"<html><head><title>Town</title></head><body><article><h1>Town</h1>{told}</article></body></html>"
    link = web.put("/page", page, type="text/html")
    shelves.put(shelves.feed("News"), [entry("Town", NOON, "Short.", link=link), entry("Bare", NOON - 1)])
    lines = typed(shell, "all", "1", "x", "full text")
    assert "The text of the page." in lines
    assert any(line.startswith("Sentence 29 of the page") for line in lines)
    assert lines[-1] == "Short."
    ran = shell.process("--plain", input=b"all\n2\nx\n")
    assert ran.err == "reader: This article has no link to a page\n"
    shelves.put(shelves.feed("Other"), [entry("Gone", NOON + 9, "Short.", link=web.put("/gone", b"", status=404))])
    ran = shell.process("--plain", input=b"all\n1\nx\nwhere\n")
    assert ran.code == 3
    assert "404" in ran.err


def test_paths_are_followed_and_listed(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A letter\n\nDear all.\n", "utf-8")
    ran = shell.process("--plain", tmp_path / "a.txt", input=b"1\n")
    assert ran.code == 0
    assert ran.lines[-1] == "Dear all."
    assert shell.process("--plain", "-", input=b"").code == 2
    assert shell.process("--plain", "/nowhere/at all", input=b"").code == 1


def test_help_before_anything_is_opened(shell: Shell) -> None:
    ran = shell.process("--plain", "--help")
    assert ran.code == 0
    assert "n, next unread: Opens the next unread article, in whichever feed it is." in ran.lines
    assert not shell.home.exists()


# On terminals


def test_a_dumb_terminal_gets_prompts_and_parts_and_not_one_control_character(shell: Shell, some: Shelf) -> None:
    with terminal(shell) as screen:
        screen.wait_for("reader> ")
        assert "15 unread of 15 articles. ? is help, q leaves." in screen.text
        screen.send(b"3\n")
        screen.wait_for(" %> ")
        assert "Paragraph 5 " in screen.text
        assert "Paragraph 50 " not in screen.text
        for _ in range(9):
            screen.send(b"\n")
        screen.wait_for("End of the article.")
        screen.send(b"q\n")
        assert screen.wait_end() == 0
        assert b"\x1b" not in screen.output
        assert not CONTROL.search(screen.text.replace("\r\n", "\n"))


def test_folded_at_forty_columns_no_line_is_wider(shell: Shell, some: Shelf) -> None:
    with terminal(shell, columns=40, rows=12, COLUMNS="40", LINES="12") as screen:
        screen.wait_for("reader> ")
        screen.send(b"wrap\nall\n3\n\n\nheadings\n?\n\n\nq\n")
        assert screen.wait_end() == 0
        folded = re.sub(r"reader> |more> |\d+ %> ", "", screen.text.split("Lines are folded.")[1])  # typed ahead
        assert max(len(line) for line in folded.splitlines()) <= 40
        assert "Paragraph 5 " in folded


def test_long_lists_come_by_parts_to_a_person(shell: Shell, some: Shelf) -> None:
    for number in range(60):
        some.feed(f"Feed {number:02}")
    with terminal(shell) as screen:
        screen.wait_for("reader> ")
        screen.send(b"feeds\n")
        screen.wait_for("more> ")
        assert "Feed 05" in screen.text
        assert "Feed 59" not in screen.text
        screen.send(b"\n\n\n")
        screen.wait_for("Feed 59")
        screen.wait_for("reader> ")
        screen.send(b"feeds\n7\n")
        screen.wait_for("Feed 00: 0 articles")
        screen.send(b"q\n")
        assert screen.wait_end() == 0
    assert len(typed(shell, "feeds")) == 67


def test_ctrl_c_at_the_prompt_leaves_and_ctrl_d_too(shell: Shell, some: Shelf) -> None:
    with terminal(shell) as screen:
        screen.wait_for("reader> ")
        screen.send(b"\x03")
        assert screen.wait_end() == 130
    with terminal(shell) as screen:
        screen.wait_for("reader> ")
        screen.send(b"\x04")
        assert screen.wait_end() == 0


def test_ctrl_c_stops_a_refresh_and_stays(shell: Shell, some: Shelf, web: Web) -> None:
    some.feed("Slow", url=web.put("/slow.xml", behave="hang"))
    with terminal(shell) as screen:
        screen.wait_for("reader> ")
        screen.send(b"feed slow\n")
        screen.wait_for("Slow: 0 articles")
        screen.send(b"refresh\n")
        screen.wait_for("Looking for news.")
        while not web.asked("/slow.xml"):
            screen.read(0.02)
        screen.send(b"\x03")
        screen.wait_for("Stopped: 0 feeds checked, 0 new")
        screen.send(b"where\nq\n")
        assert screen.wait_end() == 0
        assert b"\x1b" not in screen.output


def test_a_link_goes_to_the_browser_and_its_address_is_said(shell: Shell, some: Shelf, tmp_path: Path) -> None:
    script = tmp_path / "browser.sh"
    script.write_text(f'#!/bin/sh\necho "$1" >> {tmp_path}/opened\n', "utf-8")
    script.chmod(0o755)
    with terminal(shell, BROWSER=f"{script} %s") as screen:
        screen.wait_for("reader> ")
        screen.send(b"all\n2\n;2\no\no 2\nq\n")
        assert screen.wait_end() == 0
        assert "Opening https://example.org/x" in screen.text
    assert (tmp_path / "opened").read_text() == "https://example.org/x\n" + "https://example.org/notes\n" * 2


def test_the_first_start_shows_the_guide(shell: Shell) -> None:
    with terminal(shell) as screen:
        screen.wait_for("reader> ")
        assert "1. " in screen.text
        screen.send(b"1\nq\n")
        assert screen.wait_end() == 0


def test_a_dumb_terminal_is_told_of_it(shell: Shell) -> None:
    ran = shell.terminal(TERM="dumb")
    assert (ran.code, ran.out.strip()) == (1, "reader: This terminal can draw no screen (line by line: reader --plain)")
    assert not shell.home.exists()


def test_it_loads_nothing_of_the_screen(shell: Shell, some: Shelf) -> None:
    code = "import sys; from reader.cli.main import main; main(['--plain'], None); print([*sys.modules])"
    import subprocess

    done = subprocess.run([sys.executable, "-c", code], input=b"all\n1\n", capture_output=True, check=True)
    loaded = set(re.findall(r"'(\w+)", done.stdout.decode().splitlines()[-1]))
    assert not loaded & {"textual", "pycurl", "selectolax", "feedparser", "readline", "curses"}


# Rules


def test_every_command_has_a_method_and_the_keys_of_the_screen() -> None:
    names = [name for command in COMMANDS for name in (*command.keys, *command.words)]
    assert len(names) == len(set(names))
    for command in COMMANDS:
        assert callable(getattr(Session, f"do_{command.id}"))
        action = BY_ID.get(command.id)
        more = {"next_article": {"j"}, "previous_article": {"k"}}.get(command.id, set())
        for key in {*command.keys} - more - {";"}:
            assert not any(key in other.keys for other in ACTIONS if other.id != command.id), key
        if action is not None:
            assert {key for key in command.keys if key != ";"} <= {*action.keys, *more}, command.id


@given(st.text())
def test_any_line_is_a_command_or_a_mistake(line: str) -> None:
    try:
        command, rest = understood(line)
    except UsageError:
        return
    assert command in COMMANDS
    assert rest == rest.strip()


@given(st.lists(st.text(max_size=300), max_size=60), st.integers(1, 200), st.integers(1, 60))
def test_parts_hold_every_line_once_in_order(lines: list[str], columns: int, rows: int) -> None:
    found = pieces(lines, columns, rows)
    assert [index for start, end in found for index in range(start, end)] == list(range(len(lines)))
    assert len(found) == 1 or all(start < end for start, end in found)


def test_every_leaf_of_an_article_has_its_line() -> None:
    document = read(LONG + FOOTNOTES + "<hr><table><tr><td>a</td></tr></table><ul><li><p>b</p><pre>c\n\nd</pre></ul>")
    text = read_text(["Head"], document)
    assert len(text.leaf_lines) == len(list(leaves(document.blocks)))
    assert text.lines[text.leaf_lines[60]] == "[heading 2] The start"
    assert not any("\0" in line for line in text.lines)
