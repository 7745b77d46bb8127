"""Bookmarks, read and unread, and taking everything back."""

from pathlib import Path

import apsw
import pytest

from reader.model import View, ViewKind
from reader.store import marks
from reader.tui.screens import marks as screen_marks
from tests.tui.reading import UNREAD, WIDE, reading


async def test_bookmark_and_the_bookmarks_view(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        await person.press("b")
        await person.until(lambda: "★" in person.listed().splitlines()[0])
        await person.press("3")
        await person.sees("Bookmarks · 8")
        await person.press("s")
        await person.idle()
        assert person.library.counts().bookmarks == 7


async def test_toggle_read_and_undo(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        await person.press("m")
        await person.sees("u undoes")
        assert person.library.counts().unread == 39
        await person.press("u")
        await person.until(lambda: person.library.counts().unread == 40)
        await person.until(lambda: "●" in person.listed().splitlines()[0])
        await person.press("U")
        await person.until(lambda: person.library.counts().unread == 39)


async def test_mark_all_that_is_listed_read_and_take_it_back(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        await person.press("A")
        await person.sees("40", "u undoes")
        await person.until(lambda: "●" not in person.listed())
        await person.until(lambda: " 40" not in person.sidebar())
        assert person.library.counts().unread == 0
    async with reading(tmp_path, size=WIDE) as person:
        await person.press("u")
        await person.until(lambda: "●" in person.listed())
        assert person.library.counts().unread == 40


async def test_mark_above_and_below_the_cursor(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        ids = person.screen.articles.ids
        for _ in range(10):
            await person.press("j")
        await person.press("0", "m")
        await person.sees("u undoes")
        unread = set(person.library.ids(UNREAD))
        assert not unread & set(ids[:10])
        assert unread & set(ids[10:])
        await person.press("$", "m")
        await person.until(lambda: not set(person.library.ids(UNREAD)) & set(ids[11:]))


async def test_only_what_is_listed_is_marked(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        feed = person.library.feeds()[0]
        person.screen.open_view(View(ViewKind.FEED, feed.id))
        await person.until(lambda: person.screen.listed and person.screen.view.feed_id == feed.id)
        await person.press("A")
        await person.sees("u undoes")
        counts = person.library.counts()
        assert counts.feeds[feed.id][0] == 0
        assert counts.unread > 0


async def test_a_mark_that_cannot_be_kept_is_taken_off_the_screen(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        blocker = apsw.Connection(str(tmp_path / "reader.db"))
        blocker.execute("CREATE TRIGGER full BEFORE UPDATE ON articles BEGIN SELECT RAISE(FAIL, 'disk full'); END")
        blocker.close()
        await person.press("b")
        await person.idle()
        assert "★" not in person.listed().splitlines()[0]
        assert "disk full" in person.text() or "mistake" in person.text()


async def test_quitting_waits_for_what_is_being_written(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        for _ in range(5):
            await person.press("b", "j")
        await person.press("ctrl+c", "ctrl+c")
    async with reading(tmp_path, size=WIDE) as person:
        assert person.library.counts().bookmarks in (10, 11, 12)
        assert sum(row.is_bookmarked for row in person.library.rows(person.screen.articles.ids[:5])) in (4, 5)


async def test_removing_a_feed_can_be_undone(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        await person.press("h", "G")
        await person.sees("Orchard & Field ·")
        await person.press("D")
        await person.sees("no longer following Orchard & Field")
        await person.until(lambda: "Orchard & Field" not in person.sidebar())
        await person.press("u")
        await person.until(lambda: "Orchard & Field" in person.sidebar())


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty articles are very many, and take four seconds to mark."""
    monkeypatch.setattr(marks, "SLICE", 2)
    monkeypatch.setattr(screen_marks, "SLICE", 2)
    monkeypatch.setattr(marks, "_TURN_SECONDS", 0.2)
    monkeypatch.setattr(screen_marks, "_UNSEEN_SECONDS", 0.0)


@pytest.mark.usefixtures("slowly")
async def test_marking_very_many_is_seen_and_can_be_stopped_and_taken_back(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        await person.press("A")
        await person.sees("marking", "of 40", "ctrl+x stops")
        # keys go on meanwhile, and their marks do not wait for the end
        await person.press("j", "b")
        await person.until(lambda: person.library.counts().bookmarks == 8)
        assert person.library.counts().unread > 0
        await person.press("ctrl+x")
        await person.sees("stopped after", "u undoes")
        left = person.library.counts().unread
        assert 0 < left < 40
        await person.idle()
        assert "marking" not in person.status()
        await person.press("u")
        await person.until(lambda: person.library.counts().bookmarks == 7)
        await person.press("u")
        await person.until(lambda: person.library.counts().unread == 40)


@pytest.mark.usefixtures("slowly")
async def test_quitting_says_that_marking_goes_on_first(tmp_path: Path) -> None:
    async with reading(tmp_path, size=WIDE) as person:
        await person.press("A")
        await person.sees("marking")
        await person.press("q")
        await person.sees("quits when that is done", "q stops it")
        assert person.app.is_running
        await person.press("q")
        await person.until(lambda: not person.app.is_running)
    async with reading(tmp_path, size=WIDE) as person:
        assert 0 < person.library.counts().unread < 40
        await person.press("u")
        await person.until(lambda: person.library.counts().unread == 40)


async def test_quitting_comes_when_the_marks_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "SLICE", 2)
    monkeypatch.setattr(screen_marks, "SLICE", 2)
    async with reading(tmp_path, size=WIDE) as person:
        await person.press("A", "q")
        await person.until(lambda: not person.app.is_running)
    async with reading(tmp_path, size=WIDE) as person:
        assert person.library.counts().unread == 0
