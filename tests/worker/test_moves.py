"""Files that change places: an article goes where its text went."""

import os
from pathlib import Path

import pytest

from reader.store.records import SeenFile
from reader.worker.moves import find
from tests.worker.running import Home, last
from tests.worker.running import home as home  # noqa: PLC0414

MOMENT = 1_700_000_000


def put(path: Path, name: str, at: int = MOMENT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{name}\n\n\nBEIRUT: All that is to be said of the story called {name}, and of no other one.\n")
    os.utime(path, (at, at))
    return path


def held(home: Home) -> dict[str, tuple[int, str, int]]:
    """By title: the article's id, guid and whether it is read."""
    rows = home.connection.rows("SELECT title, id, guid, is_read FROM articles")
    assert len({row[0] for row in rows}) == len(rows)
    return {row[0]: row[1:] for row in rows}


@pytest.fixture
def root(home: Home, tmp_path: Path) -> Path:
    """A directory that is followed, of three files, of which the first is read."""
    root = tmp_path / "texts"
    for number in (1, 2, 3):
        put(root / f"{number}.txt", f"Story {number}", MOMENT + number)
    home.add(root)
    home.connection.run("UPDATE articles SET is_read = 1 WHERE guid = '1.txt'")
    return root


def test_two_files_that_swap_names_keep_their_states(home: Home, root: Path) -> None:
    before = held(home)
    (root / "1.txt").rename(root / "x")
    (root / "2.txt").rename(root / "1.txt")
    (root / "sub").mkdir()
    (root / "x").rename(root / "2.txt")
    assert last(home.refresh())["new"] == 0
    assert held(home) == {
        "Story 1": (before["Story 1"][0], "2.txt", 1),
        "Story 2": (before["Story 2"][0], "1.txt", 0),
        "Story 3": before["Story 3"],
    }
    assert last(home.refresh()) == {"checked": 1, "new": 0, "changed": 0, "failed": 0, "stopped": False}
    assert home.faults() == []


def test_files_that_are_rotated_bring_one_that_is_new(home: Home, root: Path) -> None:
    before = held(home)
    for number in (3, 2, 1):
        (root / f"{number}.txt").rename(root / f"{number + 1}.txt")
    put(root / "1.txt", "Story 0", MOMENT + 9)
    assert last(home.refresh())["new"] == 1
    after = held(home)
    assert after.pop("Story 0")[1:] == ("1.txt", 0)
    assert after == {
        f"Story {number}": (before[f"Story {number}"][0], f"{number + 1}.txt", before[f"Story {number}"][2])
        for number in (1, 2, 3)
    }


def test_a_file_put_over_another_leaves_both_articles(home: Home, root: Path) -> None:
    before = held(home)
    (root / "2.txt").replace(root / "1.txt")
    assert last(home.refresh())["new"] == 0
    after = held(home)
    assert after["Story 2"] == (before["Story 2"][0], "1.txt", 0)
    assert (after["Story 1"][0], after["Story 1"][2]) == (before["Story 1"][0], 1)
    put(root / "2.txt", "Story 1", MOMENT + 9)
    assert last(home.refresh())["new"] == 0
    assert held(home)["Story 1"] == (before["Story 1"][0], "2.txt", 1)


def test_a_copy_made_before_an_edit_is_no_move() -> None:
    known = {"a": SeenFile("a", 1, 1, b"old"), "b": SeenFile("b", 1, 1, b"b")}
    assert find(known, {"a": b"new", "copy": b"old"}, ()) == {}
    assert find(known, {"a": b"b", "b": b"old"}, ()) == {"a": "b", "b": "a"}
    assert find(known, {"a": b"b"}, ("b",)) == {"a": "b"}
    assert find(known, {"a": b"b"}, ()) == {}
