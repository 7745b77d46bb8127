"""Moving about and sharing out the room: three panes side by side, two, or one."""

from __future__ import annotations

from dataclasses import dataclass

from textual.containers import Vertical

from reader.tui.screens.finding import Finding

WIDE, MEDIUM, TALL = 110, 70, 30
_SIDEBAR, _LEAST_SIDEBAR, _LEAST_LIST, _LEAST_PAGE = 28, 16, 24, 30
_STEP = 4
_MEASURE_STEP, _LEAST_MEASURE, _MOST_MEASURE = 4, 30, 200


@dataclass(slots=True)
class Widths:
    """How many columns the sidebar and the list take; 0 is what fits best."""

    sidebar: int = 0
    list: int = 0

    def sidebar_for(self, width: int) -> int:
        """The sidebar's columns on a terminal of some width."""
        wanted = self.sidebar or (_SIDEBAR if width < 150 else _SIDEBAR + 4)
        return max(_LEAST_SIDEBAR, min(wanted, width - _LEAST_LIST - _LEAST_PAGE - 2))

    def list_for(self, width: int, beside_sidebar: bool) -> int:
        """The list's columns on a terminal of some width."""
        room = width - (self.sidebar_for(width) + 2 if beside_sidebar else 1)
        wanted = self.list or min(72, round(room * 0.43))
        return max(_LEAST_LIST, min(wanted, room - _LEAST_PAGE))


class Layout(Finding):
    """The panes' order is feeds, list, article."""

    middle: Vertical

    def __init__(self) -> None:
        super().__init__()
        self.widths = Widths()

    # Up and down

    def action_down(self) -> None:
        """Down one row or line."""
        self._move(1)

    def action_up(self) -> None:
        """Up one row or line."""
        self._move(-1)

    def _move(self, step: int) -> None:
        pane = self.pane
        if pane == "article":
            self.article.scroll_lines(step)
        elif pane == "feeds":
            self.feeds.move_by(step)
        else:
            self.articles.move_by(step)

    def action_page_down(self) -> None:
        """Down one page."""
        self._page(1)

    def action_page_up(self) -> None:
        """Up one page."""
        self._page(-1)

    def action_half_down(self) -> None:
        """Down half a page."""
        self._page(0.5)

    def action_half_up(self) -> None:
        """Up half a page."""
        self._page(-0.5)

    def _page(self, pages: float) -> None:
        pane = self.pane
        if pane == "article":
            self.article.scroll_page(pages)
            return
        rows = self.feeds if pane == "feeds" else self.articles
        rows.move_by(round((max(1, rows.page_items - 1) if abs(pages) >= 1 else rows.page_items) * pages))

    def action_top(self) -> None:
        """To the top."""
        if self.pane == "article":
            self.article.scroll_lines(-self.article.scroll_offset.y)
        else:
            (self.feeds if self.pane == "feeds" else self.articles).move_to(0)

    def action_bottom(self) -> None:
        """To the bottom."""
        if self.pane == "article":
            self.article.scroll_to_end()
        elif self.pane == "feeds":
            self.feeds.move_to(self.feeds.item_count() - 1)
        else:
            self.articles.move_to(len(self.articles.ids) - 1)
            if not self.listed:
                self.reader.later(self._to_bottom(), group="bottom")

    async def _to_bottom(self) -> None:
        here = self.articles.cursor
        if await self.all_listed() and self.articles.cursor == here:
            self.articles.move_to(len(self.articles.ids) - 1)

    # From pane to pane

    def action_left(self) -> None:
        """The pane on the left; in the sidebar, fold or go to the folder around."""
        if self.pane == "article":
            self.leave_zen()
            self.go_to("list")
        elif self.pane == "feeds":
            self.feeds.fold_around()
        else:
            self.go_to("feeds")

    def action_right(self) -> None:
        """The pane on the right; where only one is seen, that is to open."""
        if self.pane == "feeds":
            if not self.feeds.unfold():
                self.go_to("list")
        elif self.pane == "list" and self.articles.id_here is not None:
            if self.narrow:
                self.open_here(focus=True)
            else:
                self.go_to("article")

    def action_next_pane(self) -> None:
        """Round and round."""
        self.leave_zen()
        order = {"feeds": "list", "list": "article", "article": "feeds", "search": "list"}
        self.go_to(order[self.pane])

    def action_previous_pane(self) -> None:
        """Round and round, the other way."""
        self.leave_zen()
        order = {"feeds": "article", "list": "feeds", "article": "list", "search": "list"}
        self.go_to(order[self.pane])

    def action_sidebar(self) -> None:
        """Hide the sidebar, or show it; where it lies over the list, go there and back."""
        if self.has_class("-wide"):
            self.toggle_class("-no-sidebar")
            if self.has_class("-no-sidebar") and self.pane == "feeds":
                self.go_to("list")
            self.share_widths()
        else:
            self.go_to("list" if self.pane == "feeds" else "feeds")

    # The shape of things

    def action_zen(self) -> None:
        """Only the text, or everything again."""
        if self.articles.id_here is None and not self.has_class("-zen"):
            return
        self.toggle_class("-zen")
        if self.has_class("-zen"):
            self.go_to("article")
            self.call_after_refresh(self.show_again)

    def leave_zen(self) -> bool:
        """Everything again; False where everything is shown already."""
        zen = self.has_class("-zen")
        self.remove_class("-zen")
        return zen

    def action_narrower(self) -> None:
        """Less room for the text, or for the sidebar where the keys are there."""
        self._widen(-1)

    def action_wider(self) -> None:
        """More room for the text, or for the sidebar where the keys are there."""
        self._widen(1)

    def _widen(self, step: int) -> None:
        if self.pane == "feeds":
            width = self.app.size.width
            self.widths.sidebar = max(_LEAST_SIDEBAR, self.widths.sidebar_for(width) + step * _STEP)
            self.share_widths()
            return
        measure = min(self.article.measure, self.article.text_width + _MEASURE_STEP)
        measure = min(max(measure + step * _MEASURE_STEP, _LEAST_MEASURE), _MOST_MEASURE)
        self.article.set_measure(measure)
        self.say(f"{self.article.text_width} columns of text")

    def action_density(self) -> None:
        """One line an article, or two."""
        self.articles.set_density(1 if self.articles.item_lines == 2 else 2)

    def action_fold(self) -> None:
        """Fold or unfold the folder under the cursor."""
        if not self.feeds.fold():
            self.feeds.fold_around()

    def share_widths(self) -> None:
        """Give the sidebar and the list their columns."""
        width = self.app.size.width
        one = width < MEDIUM
        self.feeds.stand_on("page" if one or width >= WIDE else "dialog")
        self.feeds.styles.width = "100%" if one else self.widths.sidebar_for(width)
        self.middle.styles.width = "100%" if one else self.widths.list_for(width, self._sidebar_is_beside)

    @property
    def _sidebar_is_beside(self) -> bool:
        return self.app.size.width >= WIDE and not self.has_class("-no-sidebar")
