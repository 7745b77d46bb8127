"""Subscription lists in and out of a library."""

import os
import sys
from pathlib import Path

import pytest

from reader.errors import NotFound, ReaderError
from reader.library import Library
from reader.model import GUIDE_URL, Kind
from tests.library.shelf import Shelf, library, place, shelf

__all__ = ["library", "shelf"]

LIST = """<?xml version="1.0"?><opml version="2.0"><body>
<outline text="Linux"><outline text="Kernel / Core">
 <outline text="LWN" type="rss" xmlUrl="https://lwn.net/headlines/newrss" htmlUrl="https://lwn.net/"/>
</outline></outline>
<outline type="rss" xmlUrl="https://example.org/feed"/>
<outline text="Script" xmlUrl="exec:curl evil"/>
<outline text="Gopher" xmlUrl="gopher://example.org/"/>
<outline text="Gone" xmlUrl="file:///nowhere/at/all.xml"/>
</body></opml>"""


def written(home: Path, text: str | bytes = LIST) -> Path:
    path = home / "feeds.opml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_a_list_is_taken_in_with_folders_and_titles(library: Library, tmp_path: Path) -> None:
    done = library.import_opml(written(tmp_path))
    assert [each.url for each in done.added] == ["https://lwn.net/headlines/newrss", "https://example.org/feed"]
    lwn = library.find_feed("LWN")
    assert (lwn.folder, lwn.site_url, lwn.total) == (("Linux", "Kernel / Core"), "https://lwn.net/", 0)
    assert library.find_feed("https://example.org/feed").title == "https://example.org/feed"
    assert len(done.notes) == 3
    assert any("command" in note for note in done.notes)
    assert any("not on this machine" in note for note in done.notes)
    again = library.import_opml(written(tmp_path))
    assert (again.added, len(again.known)) == ((), 2)


def test_a_dry_run_changes_nothing(library: Library, tmp_path: Path) -> None:
    assert len(library.import_opml(written(tmp_path), dry_run=True).added) == 2
    assert library.feeds() == []


def test_local_feeds_are_followed_by_path(library: Library, tmp_path: Path) -> None:
    notes = tmp_path / "my notes"
    notes.mkdir()
    (notes / "one.md").write_text("# One")
    outlines = f'<outline xmlUrl="{notes.as_uri()}"/><outline text="x" xmlUrl="{(notes / "one.md").as_uri()}"/>'
    library.import_opml(written(tmp_path, f"<opml><body>{outlines}</body></opml>"))
    found = {feed.url: (feed.kind, feed.title) for feed in library.feeds()}
    assert found == {str(notes): (Kind.DIRECTORY, str(notes)), str(notes / "one.md"): (Kind.FILE, "x")}


@pytest.mark.skipif(sys.platform == "win32", reason="paths are others there")
def test_a_list_from_elsewhere_does_not_reach_over_the_disk(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, lists = tmp_path / "home", tmp_path / "downloads"
    for path in (home / "notes/a.md", home / ".ssh/config.txt", tmp_path / "other/b.md", lists / "c.md"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# One")
    (lists / "way").symlink_to(tmp_path / "other")
    monkeypatch.setenv("HOME", str(home))
    named = [home / "notes/a.md", lists / "c.md", home, home / ".ssh", tmp_path / "other/b.md", lists / "way/b.md"]
    outlines = "".join(f'<outline xmlUrl="{path.as_uri()}"/>' for path in [*named, Path("/"), Path("/etc/passwd")])
    listing = written(lists, f"<opml><body>{outlines}</body></opml>")
    done = library.import_opml(listing, dry_run=True)
    assert [each.url for each in done.added] == [str(home / "notes/a.md"), str(lists / "c.md")]
    assert len([note for note in done.notes if "--local" in note]) == 6
    assert len(library.import_opml(listing, dry_run=True, local=True).added) == 7


def test_out_and_in_again(shelf: Shelf, library: Library, tmp_path: Path) -> None:
    notes = tmp_path / "notes & more"
    notes.mkdir()
    shelf.feed('LWN "net" <&>', "Linux", "Kernel / Core")
    shelf.feed("Notes", "Texts", url=str(notes), kind=Kind.DIRECTORY)
    shelf.feed("Guide", url=GUIDE_URL)
    text = library.export_opml()
    assert GUIDE_URL not in text
    with Library.open(place(tmp_path / "other")) as other:
        other.import_opml(written(tmp_path, text))
        found = [(feed.url, feed.title, feed.folder, feed.kind) for feed in other.feeds()]
    assert found == [
        (feed.url, feed.title, feed.folder, feed.kind) for feed in library.feeds() if feed.url != GUIDE_URL
    ]


def test_what_is_no_list_is_told(library: Library, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no such file"):
        library.import_opml(tmp_path / "absent.opml")
    with pytest.raises(ReaderError, match="is a directory"):
        library.import_opml(tmp_path)
    with pytest.raises(ReaderError, match="not a subscription list"):
        library.import_opml(written(tmp_path, "plain words"))
    with pytest.raises(ReaderError):
        library.import_opml(Path("a\0b"))


@pytest.mark.parametrize(("count", "said"), [(1, "1 feed stands in"), (2, "2 feeds stand in")])
def test_several_folders_are_told(library: Library, tmp_path: Path, count: int, said: str) -> None:
    feeds = "".join(f'<outline xmlUrl="https://e.org/{each}" category="/A,/B"/>' for each in range(count))
    (note,) = library.import_opml(written(tmp_path, f"<opml><body>{feeds}</body></opml>")).notes
    assert note == f"{said} several folders; the first one holds"


@pytest.mark.skipif(sys.platform != "linux", reason="names are UTF-8 here")
def test_a_name_that_is_no_utf8_is_told_whole(library: Library, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"/caf\\xe9\.opml: there is no such file"):
        library.import_opml(tmp_path / os.fsdecode(b"caf\xe9.opml"))
