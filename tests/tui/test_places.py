"""How far an article is read: kept for each, whatever happens meanwhile, and what it takes to be read."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest

from reader.model import Place
from reader.store import arrivals
from reader.store.database import Database
from reader.store.records import ChangedArticle
from reader.tui.screens import flow
from reader.tui.widgets.page import Page, fetch_page, whole_page
from tests import library_maker as maker
from tests.tui.reading import NARROW, QUIET, WIDE, reading
from tests.tui.test_within import AT, HTML, LONG, opened, shelve, story


async def test_one_goes_on_where_one_stopped(tmp_path: Path) -> None:
    _, second = shelve(tmp_path, story("Old", HTML, AT - 100), story("New", HTML))[::-1]
    async with reading(tmp_path, size=WIDE) as person:
        await opened(person, "New")
        await person.press("space", "space")
        await person.until(lambda: person.screen.article.place is not None)
        place = person.screen.article.place
        assert place is not None
        await person.press("J")
        await person.page_is("Old")
        await person.press("K")
        await person.until(lambda: person.screen.article.place == place)
        await person.press("J")
        await person.page_is("Old")
        await person.until(lambda: person.library.place(second) == place)
    async with reading(tmp_path, size=WIDE) as person:
        await person.press("K")
        await person.until(lambda: person.screen.article.place == place)


async def test_a_place_holds_though_the_library_is_slow_to_take_it(tmp_path: Path) -> None:
    new, _ = shelve(tmp_path, story("Old", "<p>Short.</p>", AT - 100), story("New", HTML + LONG * 10))
    async with reading(tmp_path, size=WIDE) as person:
        await opened(person, "New")
        await person.press("G", "pageup", "pageup", "pageup")
        await person.until(lambda: person.screen.article.place is not None)
        place = person.screen.article.place
        is_free = Event()
        person.app.background.post(is_free.wait)
        await person.press("J")
        await person.page_is("Old")
        person.screen.forget_pages()
        await person.press("K")
        await person.until(lambda: person.screen.article.article_id == new)
        await person.until(lambda: person.screen.article.page and not person.screen.article.page.html)
        assert person.screen.article.place == place
        is_free.set()
        await person.idle()
        person.screen.remember()
        await person.until(lambda: person.library.place(new) == place)


async def test_a_place_that_another_window_kept_counts(tmp_path: Path) -> None:
    new, _ = shelve(tmp_path, story("Old", "<p>Short.</p>", AT - 100), story("New", HTML))
    async with reading(tmp_path, size=WIDE) as person:
        await opened(person, "New")
        await person.press("space")
        await person.until(lambda: person.screen.article.place is not None)
        await person.press("J")
        await person.page_is("Old")
        await person.idle()
        before = person.screen._version
        connection = Database(maker.place(tmp_path).database).connect()
        connection.run("UPDATE places SET leaf = 70, start = 0 WHERE article_id = ?", new)
        connection.close()
        await person.until(lambda: person.screen._version != before)
        await person.press("K")
        await person.until(lambda: person.screen.article.article_id == new)
        assert person.screen.article.place == Place(70, 0, person.screen.article.percent or 0)


async def test_a_place_waits_until_there_is_room_for_the_page(tmp_path: Path) -> None:
    (article,) = shelve(tmp_path, story("Tides", HTML))
    async with reading(tmp_path, size=NARROW) as person:
        page = fetch_page(person.library, article)
        assert not person.screen.article.size
        person.screen.article.show(page, Place(40, 0))
        await person.press("enter")
        await person.until(lambda: person.screen.article.size and person.screen.article.body)
        assert person.screen.article.place == Place(40, 0, person.screen.article.percent or 0)


async def test_what_was_read_ahead_before_an_edit_is_not_shown_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, old = shelve(tmp_path, story("Old", "<p>Short.</p>", AT - 100), story("New", HTML + LONG * 10))
    is_free = Event()

    def slowly(page: Page) -> Page:
        assert is_free.wait(10)
        return whole_page(page)

    monkeypatch.setattr(flow, "whole_page", slowly)
    async with reading(tmp_path, size=WIDE) as person:
        await person.until(lambda: person.screen.article.article_id == new)
        before = person.screen._version
        connection = Database(maker.place(tmp_path).database).connect()
        edited = story("New", "<p>Quite another text.</p>").entry
        arrivals.update(connection, [ChangedArticle(new, edited, 1, 2, 7)], AT + 10_000)
        connection.close()
        await person.until(lambda: person.screen._version != before)
        await person.press("j")
        await person.until(lambda: person.screen.article.article_id == old)
        is_free.set()
        await person.idle()
        await person.press("k")
        await person.until(lambda: "Quite another text" in person.page())


async def test_what_was_read_to_its_end_begins_at_its_beginning(tmp_path: Path) -> None:
    (article,) = shelve(tmp_path, story("Tides", HTML))
    async with reading(tmp_path, size=WIDE) as person:
        await opened(person, "Tides")
        await person.press("space")
        await person.until(lambda: person.screen.article.place is not None)
        person.screen.remember()
        await person.until(lambda: person.library.place(article) is not None)
        await person.press("G")
        await person.until(lambda: person.screen.article.is_at_end)
        person.screen.remember()
        await person.until(lambda: person.library.place(article) is None)


async def test_a_place_that_the_text_has_no_more_is_no_trouble(tmp_path: Path) -> None:
    (article,) = shelve(tmp_path, story("Tides", "<p>Short now.</p>"))
    connection = Database(maker.place(tmp_path).database).connect()
    connection.run("INSERT INTO places VALUES (?, 5000, 70000, 50, 1)", article)
    connection.close()
    async with reading(tmp_path) as person:
        await opened(person, "Tides")
        await person.sees("Short now.")


FINISHED = QUIET + '[article]\nmark_read = "finished"\n'


async def test_with_the_setting_an_article_is_read_at_its_end(tmp_path: Path) -> None:
    (article,) = shelve(tmp_path, story("Tides", HTML))
    async with reading(tmp_path, size=WIDE, config=FINISHED) as person:
        await opened(person, "Tides")
        await person.press("space")
        await person.until(lambda: person.screen.article.place is not None)
        await person.press("escape")
        await person.idle()
        assert not person.is_read(article)
        await person.press("enter", "G")
        await person.until(lambda: person.is_read(article))


async def test_with_the_setting_the_end_of_what_changed_is_not_the_end_of_the_article(tmp_path: Path) -> None:
    (article,) = shelve(tmp_path, story("Tides", HTML))
    connection = Database(maker.place(tmp_path).database).connect()
    edited = story("Tides", HTML.replace("Opening", "Beginning")).entry
    arrivals.update(connection, [ChangedArticle(article, edited, 1, 2, 7)], AT + 10_000)
    connection.close()
    async with reading(tmp_path, size=WIDE, config=FINISHED) as person:
        await opened(person, "Tides")
        await person.press("d")
        await person.sees("What changed in the text")
        await person.until(lambda: person.screen.article.is_at_end)
        await person.idle()
        assert not person.is_read(article)
        await person.press("escape", "G")
        await person.until(lambda: person.is_read(article))


async def test_with_the_setting_a_short_article_is_read_at_once(tmp_path: Path) -> None:
    (article,) = shelve(tmp_path, story("Tides", "<p>Short.</p>"))
    async with reading(tmp_path, size=WIDE, config=FINISHED) as person:
        await person.page_is("Tides")
        await person.idle()
        assert not person.is_read(article)
        await person.press("enter")
        await person.until(lambda: person.is_read(article))


async def test_with_the_setting_going_on_to_another_leaves_it_read(tmp_path: Path) -> None:
    new, old = shelve(tmp_path, story("Old", HTML, AT - 100), story("New", HTML))
    async with reading(tmp_path, size=WIDE, config=FINISHED) as person:
        await opened(person, "New")
        await person.press("n")
        await person.until(lambda: person.screen.opened == old)
        await person.until(lambda: person.is_read(new))
        assert not person.is_read(old)
        await person.press("n")
        await person.sees("everything is read")
        await person.until(lambda: person.is_read(old))


def test_a_place_says_how_far_it_is() -> None:
    assert Place(1, 2).percent == 0


async def test_every_line_is_a_place_to_come_back_to(tmp_path: Path) -> None:
    shelve(tmp_path, story("Tides", HTML))
    async with reading(tmp_path, size=WIDE) as person:
        await opened(person, "Tides")
        page = person.screen.article
        await person.until(lambda: page.page is not None and len(page.body) > 200)
        first = page.virtual_size.height - len(page.body) - 1
        for line in range(first, page.max_scroll_y):
            page.scroll_to(y=line, animate=False)
            place = page.place
            page.go_to(None)
            page.go_to(place)
            assert page.scroll_offset.y == line
