"""The dialog that follows things, and the completion of paths in it."""

import os
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from reader.tui.completion import complete, target_of
from reader.tui.screens.add import AddScreen, folder_names, folder_text, folders
from reader.tui.screens.dialog import Added, Choices
from tests.tui.stage import Shelf, Stage, feed, screen_text, until

FINISHED: dict[str, Any] = {"event": "finished", "checked": 1, "new": 0, "changed": 0, "failed": 0, "stopped": False}


def added(number: int, title: str, new: int = 0, existed: bool = False) -> dict[str, Any]:
    return {"event": "added", "target": "t", "feed_id": number, "title": title, "new": new, "existed": existed}


def refused(message: str, hint: str) -> dict[str, Any]:
    return {"event": "refused", "target": "t", "message": message, "hint": hint}


async def opened(app: Stage, pilot: Any) -> None:
    app.push_screen(AddScreen(), app.answers.append)
    await until(pilot, lambda: "Follow a feed" in screen_text(app))


def line(app: Stage, name: str) -> Input:
    return app.screen.query_one(f"#{name}", Input)


async def test_an_address_and_a_folder_are_followed() -> None:
    shelf = Shelf(answers=[[added(4, "Harbour Gazette", 12), FINISHED]])
    app = Stage(shelf)
    async with app.run_test() as pilot:
        await opened(app, pilot)
        line(app, "target").value = " https://example.org/feed "
        line(app, "folder").value = "World/North"
        await pilot.press("enter")
        await until(pilot, lambda: app.answers)
    assert shelf.asked == [{"targets": ("https://example.org/feed",), "folder": ("World", "North"), "fetch": True}]
    assert app.answers == [Added((4,), "following Harbour Gazette: 12 articles")]


async def test_what_is_followed_already_is_said() -> None:
    app = Stage(Shelf(answers=[[added(4, "Harbour Gazette", existed=True), FINISHED]]))
    async with app.run_test() as pilot:
        await opened(app, pilot)
        await pilot.press("a", "enter")
        await until(pilot, lambda: app.answers)
    assert app.answers == [Added((4,), "Harbour Gazette is followed already")]


@pytest.mark.parametrize("size", [(100, 30), (60, 20), (40, 20)])
async def test_a_mistake_is_said_with_what_to_do_and_can_be_mended(size: tuple[int, int]) -> None:
    title = "[b]no markup[/b]"
    app = Stage(
        Shelf(answers=[[refused(f"{title} is not there", "look at the spelling"), FINISHED], [added(1, title)]])
    )
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot)
        await pilot.press("n", "o", "enter")
        await until(pilot, lambda: "look at the spelling" in screen_text(app))
        assert "[b]no markup[/b] is not there" in screen_text(app)
        assert "Esc close" in " ".join(screen_text(app).split())
        assert line(app, "target").has_focus
        assert line(app, "target").value == "no"
        await pilot.press("escape")
        await until(pilot, lambda: app.answers)
    assert app.answers == [None]


async def test_nothing_typed_asks_for_something() -> None:
    shelf = Shelf()
    app = Stage(shelf)
    async with app.run_test() as pilot:
        await opened(app, pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "Type an address" in screen_text(app))
    assert shelf.asked == []


async def test_a_page_with_several_feeds_lets_one_choose() -> None:
    feeds = [{"url": f"https://example.org/{name}", "title": name} for name in ("all", "[b]sport[/b]", "")]
    shelf = Shelf(
        answers=[
            [{"event": "candidates", "target": "t", "feeds": feeds}, FINISHED],
            [added(1, "all"), added(2, "rest"), FINISHED],
        ]
    )
    app = Stage(shelf)
    async with app.run_test(size=(60, 20)) as pilot:
        await opened(app, pilot)
        await pilot.press("t", "enter")
        await until(pilot, lambda: "This page names 3 feeds" in screen_text(app))
        assert "[b]sport[/b]" in screen_text(app)
        await pilot.press("space", "down", "down", "space", "enter")
        await until(pilot, lambda: app.answers)
    assert shelf.asked[1]["targets"] == ("https://example.org/all", "https://example.org/")
    assert app.answers == [Added((1, 2), "following 2 feeds more")]


async def test_enter_takes_the_feed_under_the_cursor_and_esc_goes_back() -> None:
    feeds = [{"url": f"https://example.org/{name}", "title": name} for name in ("all", "sport")]
    candidates = [{"event": "candidates", "target": "t", "feeds": feeds}, FINISHED]
    shelf = Shelf(answers=[candidates, candidates, [added(2, "sport"), FINISHED]])
    app = Stage(shelf)
    async with app.run_test() as pilot:
        await opened(app, pilot)
        await pilot.press("t", "enter")
        await until(pilot, lambda: app.screen.query(Choices))
        await pilot.press("escape")
        await until(pilot, lambda: line(app, "target").has_focus)
        await pilot.press("enter")
        await until(pilot, lambda: app.screen.query(Choices) and app.screen.query_one(Choices).has_focus)
        await pilot.press("down", "enter")
        await until(pilot, lambda: app.answers)
    assert shelf.asked[2]["targets"] == ("https://example.org/sport",)


FOUND = {"last": 1_700_000_000, "every": 86400, "seen": True, "comments": False, "same": [], "feed_id": None}


@pytest.mark.parametrize("size", [(200, 50), (100, 30), (60, 20), (40, 20)])
async def test_one_sees_what_one_chooses(size: tuple[int, int]) -> None:
    feeds = [
        {"url": f"https://example.org/{name}/feed.xml", "title": f"{name} [b]news[/b]", **FOUND} for name in "abcde"
    ]
    warning = {"event": "warning", "message": "services.toml: rule 1 is not used"}
    shelf = Shelf(answers=[[warning, {"event": "candidates", "target": "t", "feeds": feeds}, FINISHED], [FINISHED]])
    app = Stage(shelf)
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot)
        await pilot.press("t", "enter")
        await until(pilot, lambda: "This page names 5 feeds" in screen_text(app))
        text = screen_text(app)
        assert "a [b]news[/b]" in text
        assert "last post 14 Nov 2023" in text
        assert "rule 1 is not used" in text
        assert "Enter follow" in " ".join(text.split())
        if size[0] >= 60:
            assert "daily · example.org/a" in text


async def test_several_are_picked_with_the_mouse_or_all_at_once() -> None:
    feeds = [{"url": f"https://example.org/{name}", "title": name, **FOUND} for name in ("one", "two", "three")]
    candidates = [{"event": "candidates", "target": "t", "feeds": feeds}, FINISHED]
    shelf = Shelf(answers=[candidates, [FINISHED], [FINISHED]])
    app = Stage(shelf)
    async with app.run_test(size=(60, 20)) as pilot:
        await opened(app, pilot)
        await pilot.press("t", "enter")
        await until(pilot, lambda: app.screen.query(Choices) and app.screen.query_one(Choices).has_focus)
        await pilot.click(Choices, offset=(4, 0))
        await pilot.click(Choices, offset=(4, 5))
        await until(pilot, lambda: app.screen.query_one(Choices).picked == (0, 2))
        await pilot.press("enter")
        await until(pilot, lambda: len(shelf.asked) == 2)
        assert shelf.asked[1]["targets"] == ("https://example.org/one", "https://example.org/three")
        await pilot.press("a")
        assert app.screen.query_one(Choices).picked == (0, 1, 2)
        await pilot.press("a")
        assert app.screen.query_one(Choices).picked == ()


async def test_the_search_is_seen() -> None:
    looking = {"event": "looking", "target": "t", "message": "Looking at [b]x[/b]"}
    app = Stage(Shelf(answers=[[looking]]))
    async with app.run_test(size=(60, 20)) as pilot:
        await opened(app, pilot)
        await pilot.press("t", "enter")
        await until(pilot, lambda: "Looking at [b]x[/b]" in screen_text(app))
        assert "Esc stop" in " ".join(screen_text(app).split())


async def test_the_folders_that_there_are_get_suggested() -> None:
    app = Stage(Shelf([feed(1, "A", ("World", "North")), feed(2, "B", ("Linux",))]))
    async with app.run_test() as pilot:
        await opened(app, pilot)
        folder = line(app, "folder")
        await until(pilot, lambda: folder.suggester is not None)
        folder.focus()
        await pilot.press("w")
        await until(pilot, lambda: "world" in screen_text(app))
        await pilot.press("right", "slash")
        assert folder.value == "World/"


async def test_tab_completes_a_path_and_goes_on_when_there_is_nothing_to_add(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "beirut.txt").touch()
    (tmp_path / "letters" / "berlin.txt").touch()
    app = Stage()
    async with app.run_test(size=(120, 30)) as pilot:
        await opened(app, pilot)
        target = line(app, "target")
        target.value = f"{tmp_path}/le"
        await pilot.press("tab")
        await until(pilot, lambda: target.value == f"{tmp_path}/letters/")
        await pilot.press("tab")
        await until(pilot, lambda: target.value == f"{tmp_path}/letters/be")
        await until(pilot, lambda: "beirut.txt   berlin.txt" in screen_text(app))
        await pilot.press("r", "tab")
        await until(pilot, lambda: target.value == f"{tmp_path}/letters/berlin.txt")
        await pilot.press("tab")
        await until(pilot, lambda: line(app, "folder").has_focus)


async def test_tab_after_an_address_goes_on() -> None:
    app = Stage()
    async with app.run_test() as pilot:
        await opened(app, pilot)
        line(app, "target").value = "https://example.org/fe"
        await pilot.press("tab")
        await until(pilot, lambda: line(app, "folder").has_focus)
        assert line(app, "target").value == "https://example.org/fe"


def test_completion_knows_directories_hidden_names_and_case(tmp_path: Path) -> None:
    for name in ("Alpha", "alphabet", ".hidden"):
        (tmp_path / name).mkdir()
    (tmp_path / "new\nline").touch()
    assert complete(f"{tmp_path}/Al").text == f"{tmp_path}/Alpha/"
    assert complete(f"{tmp_path}/ALPHAB").text == f"{tmp_path}/alphabet/"
    assert complete(f"{tmp_path}/.h").text == f"{tmp_path}/.hidden/"
    assert complete(f"{tmp_path}/").names == ("Alpha/", "alphabet/")
    assert complete(f"{tmp_path}/nothing").names == ()
    assert complete(f"{tmp_path}/nowhere/x").names == ()


@pytest.mark.parametrize("text", ["", "https://example.org/a", "\0", "~nobody-of-that-name/x"])
def test_what_is_no_path_stays_as_it_is(text: str) -> None:
    assert complete(text).text == text


def test_the_home_directory_is_completed_and_kept_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (tmp_path / "letters").mkdir()
    assert complete("~").text == "~/"
    assert complete("~/le").text == "~/letters/"
    assert target_of("~/letters") == str(tmp_path / "letters")


def test_relative_paths_are_completed_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one").mkdir()
    monkeypatch.chdir(tmp_path)
    assert complete("o").text == "one/"
    assert complete("./o").text == "./one/"


def test_a_dropped_file_loses_its_quotes() -> None:
    assert target_of(" '/a file.txt' ") == "/a file.txt"
    assert target_of('"/a file.txt"') == "/a file.txt"
    assert target_of("/it's") == "/it's"


def test_a_folder_is_written_with_slashes() -> None:
    assert folder_names("World/North") == ("World", "North")
    assert folder_names(" World / /North/") == ("World", "North")
    assert folder_names("AC\\/DC/Live") == ("AC/DC", "Live")
    assert folder_names("") == ()
    assert folder_text(("AC/DC", "Live")) == "AC\\/DC/Live"
    assert folders([feed(1, "A", ("World", "North")), feed(2, "B")]) == ["World", "World/North"]


@pytest.mark.skipif(os.name == "nt" or (hasattr(os, "geteuid") and os.geteuid() == 0), reason="root reads everything")
def test_a_directory_that_may_not_be_read_is_as_one_that_is_empty(tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir(mode=0)
    assert complete(f"{tmp_path}/shut/x").names == ()
