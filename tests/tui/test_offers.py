"""The offer of well-known feeds: nothing is followed that was not picked."""

from typing import Any

import pytest

from reader.library.offers import OFFERS
from reader.tui.screens.dialog import Added, Choices
from reader.tui.screens.offers import OffersScreen, by_topic
from tests.tui.stage import Shelf, Stage, screen_text, until


def added(number: int) -> dict[str, Any]:
    return {"event": "added", "target": "t", "feed_id": number, "title": "T", "new": 0, "existed": False}


FINISHED: dict[str, Any] = {"event": "finished", "checked": 0, "new": 0, "changed": 0, "failed": 0, "stopped": False}


async def test_what_is_picked_is_filed_by_topic_and_left_to_be_fetched() -> None:
    shelf = Shelf(answers=[[added(7), added(8), FINISHED], [added(9), FINISHED]])
    app = Stage(shelf)
    topics = by_topic(OFFERS)
    async with app.run_test(size=(80, 30)) as pilot:
        app.push_screen(OffersScreen(), app.answers.append)
        await until(pilot, lambda: OFFERS[0].title in screen_text(app))
        await pilot.press("space", "j", "space", "j", "space", "space")
        for _ in range(len(topics[0][1]) - 2):
            await pilot.press("down")
        await pilot.press("space", "enter")
        await until(pilot, lambda: app.answers)
    first, second = topics[0], topics[1]
    assert shelf.asked == [
        {"targets": tuple(offer.url for offer in first[1][:2]), "folder": (first[0],), "fetch": False},
        {"targets": (second[1][0].url,), "folder": (second[0],), "fetch": False},
    ]
    assert app.answers == [Added((7, 8, 9), "following 3 feeds more", fetch=True)]


@pytest.mark.parametrize("size", [(80, 30), (60, 20), (40, 20)])
async def test_esc_closes_and_follows_nothing(size: tuple[int, int]) -> None:
    shelf = Shelf()
    app = Stage(shelf)
    async with app.run_test(size=size) as pilot:
        app.push_screen(OffersScreen(), app.answers.append)
        await until(pilot, lambda: OFFERS[0].title in screen_text(app))
        assert "Esc close" in screen_text(app)
        await pilot.press("space", "escape")
        await until(pilot, lambda: app.answers)
    assert app.answers == [None]
    assert shelf.asked == []


async def test_enter_with_nothing_picked_says_how_to_pick() -> None:
    app = Stage()
    async with app.run_test(size=(40, 20)) as pilot:
        app.push_screen(OffersScreen())
        await until(pilot, lambda: OFFERS[0].title in screen_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "Nothing is picked yet" in screen_text(app))
        assert "Esc close" in screen_text(app)


async def test_a_click_picks_too() -> None:
    app = Stage()
    async with app.run_test(size=(80, 30)) as pilot:
        app.push_screen(OffersScreen())
        await until(pilot, lambda: OFFERS[0].title in screen_text(app))
        choices = app.screen.query_one(Choices)
        await pilot.click(choices, offset=(4, 2))
        await until(pilot, lambda: choices.picked == (1,))
        await pilot.click(choices, offset=(4, 2))
        await until(pilot, lambda: choices.picked == ())


async def test_a_disk_that_is_full_is_said_and_the_picks_stay() -> None:
    shelf = Shelf(answers=[[{"event": "problem", "message": "the disk is full", "hint": "make room"}]])
    app = Stage(shelf)
    async with app.run_test(size=(80, 30)) as pilot:
        app.push_screen(OffersScreen(), app.answers.append)
        await until(pilot, lambda: OFFERS[0].title in screen_text(app))
        await pilot.press("space", "enter")
        await until(pilot, lambda: "the disk is full" in screen_text(app))
        assert app.screen.query_one(Choices).picked == (0,)
    assert app.answers == []
