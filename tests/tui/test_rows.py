"""The virtual list: what it draws, and that its length costs nothing."""

from array import array
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult

from reader.model import Row
from reader.tui import themes
from reader.tui.drawing import Parts, fit, thumb_of
from reader.tui.widgets.articles import ArticleList
from reader.tui.widgets.rows import Rows


class Numbers(Rows):
    """A list that counts what it draws."""

    def __init__(self, count: int, lines: int) -> None:
        super().__init__()
        self.count, self.item_lines, self.drawn = count, lines, 0

    def item_count(self) -> int:
        return self.count

    def can_rest(self, index: int) -> bool:
        return index % 7 != 3

    def draw(self, index: int, line: int, width: int, state: str) -> Parts:
        self.drawn += 1
        return [(f"{index}.{line}", "text")]


class Stage(App[None]):
    CSS = "Rows { height: 1fr; overflow: hidden auto; scrollbar-size: 0 0; }"

    def __init__(self, rows: Rows) -> None:
        super().__init__()
        self.rows = rows
        self.messages: list[object] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return themes.defaults(self.current_theme)

    def compose(self) -> ComposeResult:
        yield self.rows

    def on_mount(self) -> None:
        self.rows.renew()

    def shown(self) -> list[str]:
        return ["".join(segment.text for segment in strip).strip() for strip in self.screen._compositor.render_strips()]


@pytest.mark.parametrize("lines", [1, 2])
async def test_a_million_items_cost_what_is_seen(lines: int) -> None:
    app = Stage(Numbers(1_000_000, lines))
    async with app.run_test(size=(40, 20)) as pilot:
        rows = app.rows
        assert isinstance(rows, Numbers)
        rows.move_to(999_999)
        await pilot.pause()
        assert app.shown()[-1] == f"999999.{lines - 1}"
        rows.move_to(0)
        await pilot.pause()
        assert app.shown()[0] == "0.0"
        assert rows.drawn < 200


async def test_a_moved_cursor_draws_two_items() -> None:
    app = Stage(Numbers(1000, 2))
    async with app.run_test(size=(40, 20)) as pilot:
        rows = app.rows
        assert isinstance(rows, Numbers)
        await pilot.pause()
        rows.drawn = 0
        rows.move_by(1)
        await pilot.pause()
        assert rows.drawn == 4


async def test_the_cursor_skips_where_it_may_not_rest() -> None:
    app = Stage(Numbers(20, 1))
    async with app.run_test(size=(40, 20)):
        app.rows.move_to(2)
        app.rows.move_by(1)
        assert app.rows.cursor == 4
        app.rows.move_by(-1)
        assert app.rows.cursor == 2


async def test_whole_items_stand_at_the_top_and_the_bottom() -> None:
    app = Stage(Numbers(100, 2))
    async with app.run_test(size=(40, 11)) as pilot:
        app.rows.move_to(50)
        await pilot.pause()
        assert app.shown()[0].endswith(".0")
        app.rows.move_to(99)
        await pilot.pause()
        assert app.shown()[0].endswith(".0")
        assert "99.1" in app.shown()


async def test_rows_are_asked_for_by_windows_and_stand_in_for_themselves() -> None:
    articles = ArticleList()
    app = Stage(articles)
    async with app.run_test(size=(60, 20)) as pilot:
        articles.set_ids(array("q", range(100_000, 0, -1)))
        await pilot.pause()
        assert {line.strip("▎ ") for line in app.shown()} == {"", "…"}
        articles.move_to(50_000)
        await pilot.pause()
        wanted = array("q", articles._asked)
        assert 50_000 in wanted
        assert len(wanted) < 2000
        articles.fill(wanted, [_row(each) for each in wanted], articles.moment)
        await pilot.pause()
        assert any("Title 50000" in line for line in app.shown())


async def test_a_painted_mark_holds_against_rows_that_were_asked_for_before_it_was_kept() -> None:
    articles = ArticleList()
    async with Stage(articles).run_test(size=(60, 20)):
        articles.set_ids(array("q", [1]), [_row(1)])

        def is_read_after(moment: int) -> bool:
            articles.fill([1], [_row(1)], moment)
            row = articles.row()
            assert row is not None
            return row.is_read

        before = articles.moment
        articles.paint([1], read=True)
        assert is_read_after(before)
        articles.settle([1])
        assert is_read_after(before), "these rows were read before the commit"
        assert not is_read_after(articles.moment)


async def test_of_two_marks_the_later_holds_when_the_first_is_kept() -> None:
    articles = ArticleList()
    async with Stage(articles).run_test(size=(60, 20)):
        articles.set_ids(array("q", [1]), [_row(1)])
        articles.paint([1], bookmarked=True)
        articles.paint([1], bookmarked=False)
        articles.settle([1])
        articles.fill([1], [replace(_row(1), is_bookmarked=True)], articles.moment)
        assert not articles.row().is_bookmarked  # type: ignore[union-attr]
        articles.settle([1])
        articles.fill([1], [_row(1)], articles.moment)
        assert not articles.row().is_bookmarked  # type: ignore[union-attr]


def _row(article: int) -> Row:
    return Row(article, 1, "Feed", f"Title {article}", None, 1, 1, 100, False, False)


@given(st.text(max_size=60), st.integers(0, 40))
def test_what_is_fitted_fits(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) <= max(width, 0)


@given(st.integers(0, 200), st.integers(1, 200), st.integers(0, 10_000_000), st.floats(0, 1))
def test_the_thumb_stays_on_its_track(track: int, seen: int, lines: int, at: float) -> None:
    thumb = thumb_of(track, seen, lines, at * max(0, lines - seen))
    assert not thumb or (thumb.start >= 0 and thumb.stop <= track)
