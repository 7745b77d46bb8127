"""Local sources as they really come in: a file, a feed in a file, a directory; read, never written."""

import os
import socket
import time
from pathlib import Path

import pytest

from tests.web import rss
from tests.worker.running import Home, last, named
from tests.worker.running import home as home  # noqa: PLC0414

ARTICLE = """A headline about a village

BEIRUT: The first paragraph of the article says what happened, and to whom, at some length.

The second paragraph says more about it, and it ends with a full stop as paragraphs do.
"""


def put(path: Path, text: str | bytes, mtime: int = 1_700_000_000) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    os.utime(path, (mtime, mtime))
    return path


def article(title: str, body: str = "Some text of its own, a sentence long.") -> str:
    return f"{title}\n\n\n{body}\n"


def rows(home: Home) -> list[tuple[object, ...]]:
    return home.connection.rows("SELECT id, guid, section, title, is_read FROM articles ORDER BY guid")


def snapshot(root: Path) -> dict[str, tuple[bytes, int]]:
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in root.rglob("*") if path.is_file()}


def test_one_article(home: Home, tmp_path: Path) -> None:
    path = put(tmp_path / "story.txt", ARTICLE)
    events = home.add(path)
    (added,) = named(events, "added")
    assert added == {
        "event": "added",
        "target": str(path),
        "feed_id": 1,
        "title": "A headline about a village",
        "new": 1,
        "existed": False,
    }
    (row,) = home.connection.rows("SELECT url, kind, folder FROM feeds")
    assert row == (str(path.resolve()), "file", '["Texts"]')
    assert home.connection.rows("SELECT guid, sort_at, is_read FROM articles") == [("story.txt", 1_700_000_000, 0)]
    assert home.connection.value("SELECT place FROM contents") == "BEIRUT"


def test_an_edited_article_keeps_its_place_and_state(home: Home, tmp_path: Path) -> None:
    path = put(tmp_path / "story.txt", ARTICLE)
    home.add(path)
    home.connection.run("UPDATE articles SET is_read = 1")
    put(path, ARTICLE.replace("headline", "new headline"), 1_700_000_500)
    assert last(home.refresh()) == {"checked": 1, "new": 0, "changed": 1, "failed": 0, "stopped": False}
    assert home.connection.rows("SELECT title, is_read, sort_at FROM articles") == [
        ("A new headline about a village", 1, 1_700_000_000)
    ]
    assert home.facts(1).title == "A new headline about a village"


def test_a_file_that_goes_leaves_its_article_and_may_come_back(home: Home, tmp_path: Path) -> None:
    path = put(tmp_path / "story.txt", ARTICLE)
    home.add(path)
    path.unlink()
    (event,) = named(home.refresh(), "feed")
    assert (event["outcome"], event["message"]) == (
        "failed",
        "The file cannot be read: there is no such file or directory",
    )
    assert len(home.titles()) == 1
    put(path, ARTICLE)
    (event,) = named(home.refresh(), "feed")
    assert (event["outcome"], event["message"]) == ("not_modified", "")


def test_the_same_bytes_with_another_time_are_no_change(home: Home, tmp_path: Path) -> None:
    path = put(tmp_path / "story.txt", ARTICLE)
    home.add(path)
    put(path, ARTICLE, 1_700_009_999)
    assert named(home.refresh(), "feed")[0]["outcome"] == "not_modified"


def test_a_feed_in_a_file(home: Home, tmp_path: Path) -> None:
    path = put(tmp_path / "feed.xml", rss("Local", 3))
    (added,) = named(home.add(path), "added")
    assert (added["title"], added["new"]) == ("Local", 3)
    assert home.connection.rows("SELECT kind, folder FROM feeds") == [("feed", "[]")]
    put(path, rss("Local", 4), 1_700_000_001)
    assert last(home.refresh())["new"] == 1
    put(path, b"no feed at all any more, only a line of text", 1_700_000_002)
    (event,) = named(home.refresh(), "feed")
    assert (event["outcome"], event["message"]) == ("failed", "The file holds no feed any more")
    assert len(home.titles()) == 4


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("utf16.txt", "A headline\n\n\nÜber Städte und Häuser.\n".encode("utf-16")),
        ("cp1252.txt", "A headline\n\n\nÜber Städte und Häuser.\n".encode("cp1252")),
        ("mac.txt", "A headline\r\r\rÜber Städte und Häuser.\r".encode()),
        ("bom.txt", "A headline\n\n\nÜber Städte und Häuser.\n".encode("utf-8-sig")),
        ("page.html", "<title>A headline</title><h1>A headline</h1><p>Über Städte und Häuser.</p>".encode()),
        ("mark.md", "# A headline\n\nÜber *Städte* und Häuser.\n".encode()),
    ],
)
def test_any_encoding_and_kind_reads_right(home: Home, tmp_path: Path, name: str, data: bytes) -> None:
    home.add(put(tmp_path / name, data))
    assert home.titles() == ["A headline"]
    assert home.connection.value("SELECT summary FROM contents") == "Über Städte und Häuser."


def test_what_is_refused_has_a_clear_word(home: Home, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    put(tmp_path / "empty.txt", b"")
    put(tmp_path / "binary.txt", bytes(range(256)) * 40)
    put(tmp_path / "file", "x")
    home.configure("[fetch]\nmax_megabytes = 1\n")
    put(tmp_path / "big.txt", b"word " * 300_000)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "sock"))
        names = ("pipe", "sock", "big.txt", "nothing.txt", "file/below", "empty.txt", "binary.txt")
        events = home.add(*(tmp_path / name for name in names))
    refused = {Path(event["target"]).name: event["message"] for event in named(events, "refused")}
    assert refused["pipe"] == f"{tmp_path}/pipe cannot be read: it is a pipe"
    assert refused["sock"] == f"{tmp_path}/sock cannot be read: it is a socket"
    assert refused["big.txt"] == f"{tmp_path}/big.txt cannot be read: it is larger than 1 MB"
    assert refused["nothing.txt"] == f"{tmp_path}/nothing.txt: there is no such file or directory"
    assert "no such file" in refused["below"]
    assert refused["empty.txt"].startswith(f"{tmp_path}/empty.txt cannot be read: ")
    assert refused["binary.txt"].startswith(f"{tmp_path}/binary.txt cannot be read: ")
    assert last(events)["failed"] == 7
    assert home.connection.value("SELECT count(*) FROM feeds") == 0


def test_a_directory_with_its_sections(home: Home, tmp_path: Path) -> None:
    root = tmp_path / "texts"
    put(root / "a.txt", article("First"))
    put(root / "east" / "b.md", "# Second\n\nText.\n")
    put(root / "east" / "far" / "c.html", "<h1>Third</h1><p>Text.</p>")
    put(root / "pic.png", b"\x89PNG")
    put(root / ".hidden.txt", article("Hidden"))
    before = snapshot(root)
    (added,) = named(home.add(root), "added")
    assert (added["title"], added["new"]) == ("texts", 3)
    assert [row[1:4] for row in rows(home)] == [
        ("a.txt", None, "First"),
        ("east/b.md", "east", "Second"),
        ("east/far/c.html", "east/far", "Third"),
    ]
    assert home.connection.rows("SELECT kind, url FROM feeds") == [("directory", str(root.resolve()))]
    assert home.facts(1).message == "1 file of other kinds skipped"
    assert snapshot(root) == before


def test_a_directory_that_changes(home: Home, tmp_path: Path) -> None:
    root = tmp_path / "texts"
    for name in "abcd":
        put(root / f"{name}.txt", article(f"Story {name}"))
    home.add(root)
    ids = {str(row[1]): row[0] for row in rows(home)}
    home.connection.run("UPDATE articles SET is_read = 1")
    (event,) = named(home.refresh(), "feed")
    assert (event["outcome"], event["bytes"]) == ("not_modified", 0)

    put(root / "a.txt", article("Story a, revised"), 1_700_000_100)
    (root / "sub").mkdir()
    (root / "b.txt").rename(root / "sub" / "moved.txt")
    (root / "c.txt").unlink()
    put(root / "e.txt", article("Story e"))
    assert last(home.refresh()) == {"checked": 1, "new": 1, "changed": 1, "failed": 0, "stopped": False}
    assert rows(home) == [
        (ids["a.txt"], "a.txt", None, "Story a, revised", 1),
        (ids["c.txt"], "c.txt", None, "Story c", 1),
        (ids["d.txt"], "d.txt", None, "Story d", 1),
        (5, "e.txt", None, "Story e", 0),
        (ids["b.txt"], "sub/moved.txt", "sub", "Story b", 1),
    ]
    assert named(home.refresh(), "feed")[0]["bytes"] == 0


def test_a_copy_is_an_article_of_its_own(home: Home, tmp_path: Path) -> None:
    root = tmp_path / "texts"
    put(root / "a.txt", ARTICLE)
    home.add(root)
    put(root / "copy.txt", ARTICLE)
    assert last(home.refresh())["new"] == 1


def test_an_edit_of_the_same_size_in_the_same_moment_is_seen(home: Home, tmp_path: Path) -> None:
    root, now = tmp_path / "texts", int(time.time()) + 1
    put(root / "a.txt", article("Story A"), now)
    put(tmp_path / "alone.txt", article("Story A"), now)
    home.add(root, tmp_path / "alone.txt")
    put(root / "a.txt", article("Story B"), now)
    put(tmp_path / "alone.txt", article("Story B"), now)
    assert last(home.refresh())["changed"] == 2
    assert home.titles() == ["Story B", "Story B"]


def test_names_cannot_reach_the_terminal(home: Home, tmp_path: Path) -> None:
    root = tmp_path / "texts"
    put(root / "sub\x1b[31m" / "a\x1b]0;title\x07.txt", article("Story"))
    put(root / "bad\x1b[2J.txt", b"")
    home.add(root)
    shown = str(home.connection.rows("SELECT section, message FROM articles JOIN checks USING (feed_id)"))
    assert home.titles() == ["Story"]
    assert "\\x1b" not in shown
    assert last(home.refresh()) == {"checked": 1, "new": 0, "changed": 0, "failed": 0, "stopped": False}


def test_many_files_move_at_once(home: Home, tmp_path: Path) -> None:
    root = tmp_path / "texts"
    for number in range(120):
        put(root / "old" / f"{number}.txt", article(f"Story {number}"))
    home.add(root)
    before = sorted(str(row[0]) for row in rows(home))
    (root / "old").rename(root / "new")
    assert last(home.refresh()) == {"checked": 1, "new": 0, "changed": 0, "failed": 0, "stopped": False}
    assert sorted(str(row[0]) for row in rows(home)) == before
    assert {row[2] for row in rows(home)} == {"new"}


def test_a_new_file_does_not_hide_among_the_old(home: Home, tmp_path: Path) -> None:
    root = tmp_path / "texts"
    put(root / "a.txt", article("Older"), 1_600_000_000)
    home.add(root)
    checked = home.facts(1).checked_at
    put(root / "b.txt", article("Ancient but new here"), 1_000_000_000)
    home.refresh()
    places = dict(home.connection.rows("SELECT guid, sort_at FROM articles"))
    assert places == {"a.txt": 1_600_000_000, "b.txt": checked}


def test_bad_files_in_a_directory_are_named_and_not_read_again(home: Home, tmp_path: Path) -> None:
    root = tmp_path / "texts"
    put(root / "good.txt", article("Good"))
    put(root / "empty.txt", b"")
    os.mkfifo(root / "pipe.txt")
    home.add(root)
    assert home.titles() == ["Good"]
    message = home.facts(1).message
    assert message.startswith("1 file could not be read (empty.txt: ")
    (event,) = named(home.refresh(), "feed")
    assert (event["bytes"], event["message"]) == (0, message)
    put(root / "empty.txt", article("Filled"), 1_700_000_001)
    assert last(home.refresh())["new"] == 1


def test_a_directory_that_vanishes_keeps_everything(home: Home, tmp_path: Path) -> None:
    root = tmp_path / "texts"
    put(root / "a.txt", article("Story"))
    home.add(root)
    root.rename(tmp_path / "elsewhere")
    (event,) = named(home.refresh(), "feed")
    assert event["outcome"] == "failed"
    assert event["message"] == "The directory cannot be read: there is no such file or directory"
    (tmp_path / "elsewhere").rename(root)
    (event,) = named(home.refresh(), "feed")
    assert (event["outcome"], event["new"], event["bytes"]) == ("not_modified", 0, 0)


def test_an_empty_directory_is_followed(home: Home, tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (added,) = named(home.add(tmp_path / "texts"), "added")
    assert (added["title"], added["new"]) == ("texts", 0)
    put(tmp_path / "texts" / "a.txt", article("Story"))
    assert last(home.refresh())["new"] == 1


def test_the_guide_is_a_feed_in_reading_order(home: Home) -> None:
    (added,) = named(home.add("reader:guide"), "added")
    assert added["title"] == "The guide to Reader"
    assert added["new"] == len(home.titles())
    guids = [row[0] for row in home.connection.rows("SELECT guid FROM articles ORDER BY sort_at DESC, id DESC")]
    assert guids == sorted(guids)
    assert home.connection.rows("SELECT DISTINCT published FROM articles") == [(None,)]
    (again,) = named(home.add("reader:guide"), "added")
    assert (again["existed"], again["new"]) == (True, 0)
    assert named(home.refresh(every=True), "feed") == []
