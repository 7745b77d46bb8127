"""Looking through a directory: what counts as an article, what is passed over, and that it always ends."""

import os
from pathlib import Path

import pytest

from reader.fetch.directory import Listing, scan, summary
from reader.fetch.file import Refused


def listed(root: Path, **bounds: int) -> Listing:
    found = scan(str(root), **bounds)
    assert isinstance(found, Listing)
    return found


def paths(listing: Listing) -> list[str]:
    return [each.path for each in listing.files]


def put(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)


def test_articles_by_their_endings_in_all_directories_below(tmp_path: Path) -> None:
    put(tmp_path, "b.txt", "a.md", "c.MARKDOWN", "sub/d.html", "sub/deep/er/e.htm", "pic.png", "sub/x.pdf", "noending")
    found = listed(tmp_path)
    assert paths(found) == ["a.md", "b.txt", "c.MARKDOWN", "sub/d.html", "sub/deep/er/e.htm"]
    assert found.others == 3
    assert summary(found, []) == "3 files of other kinds skipped"


def test_hidden_and_left_over_files_are_passed_over(tmp_path: Path) -> None:
    put(tmp_path, ".a.txt", ".git/b.txt", "c.txt~", "#d.txt#", "d.txt")
    found = listed(tmp_path)
    assert paths(found) == ["d.txt"]
    assert found.others == 0


def test_links_make_no_circles(tmp_path: Path) -> None:
    put(tmp_path, "sub/a.txt", "outside.txt")
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "named.txt").symlink_to(tmp_path / "outside.txt")
    found = listed(tmp_path)
    assert paths(found) == ["named.txt", "outside.txt", "sub/a.txt"]
    assert "self.txt cannot be read" in summary(found, [])


def test_pipes_and_the_like_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "dir.txt").mkdir()
    found = listed(tmp_path)
    assert paths(found) == []
    assert found.others == 1


def test_bounds_say_so(tmp_path: Path) -> None:
    put(tmp_path, *(f"{number:03}.txt" for number in range(20)), "a/b/c/deep.txt")
    few = listed(tmp_path, most=5)
    assert len(few.files) == 5
    assert "only the first 5 files are read" in summary(few, [])
    assert few.blind == [""]
    shallow = listed(tmp_path, deepest=1)
    assert "a/b/c/deep.txt" not in paths(shallow)
    assert shallow.blind
    assert "deeper than 1 directories" in summary(shallow, [])


def test_what_cannot_be_looked_into(tmp_path: Path) -> None:
    put(tmp_path, "file")
    assert scan(str(tmp_path / "nothing")) == Refused("there is no such file or directory")
    assert scan(str(tmp_path / "file")) == Refused("a part of the path is no directory")


def test_a_directory_that_may_not_be_read(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("the superuser may read everything")
    put(tmp_path, "a.txt", "locked/b.txt")
    (tmp_path / "locked").chmod(0)
    found = listed(tmp_path)
    (tmp_path / "locked").chmod(0o700)
    assert paths(found) == ["a.txt"]
    assert found.blind == ["locked/"]


def test_names_that_are_no_text_are_named(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"\xff.txt")).write_text("x")
    except OSError:
        pytest.skip("this file system keeps only UTF-8 names")
    found = listed(tmp_path)
    assert paths(found) == []
    assert "\\xff.txt has a name that is no UTF-8" in summary(found, [])


def test_the_summary_is_short(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    words = summary(listed(tmp_path), [f"{number}.txt: it is empty" for number in range(50)])
    assert words == "50 files could not be read (0.txt: it is empty; 1.txt: it is empty; 2.txt: it is empty …)"
