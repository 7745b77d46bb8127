"""Search: a line above the list, answers while one types, and back to where one was."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reader.errors import BadQuery, ReaderError
from reader.model import View, ViewKind
from reader.tui.screens.news import News

if TYPE_CHECKING:
    from textual.widgets import Input

    from reader.tui.widgets.search import SearchLine


@dataclass(frozen=True, slots=True)
class Before:
    """Where one was before a search."""

    view: View
    article: int | None
    pane: str


class Finding(News):
    """``/`` searches everything, ``f`` narrows what is listed; Enter goes to the answers, Esc back."""

    def __init__(self) -> None:
        super().__init__()
        self.before: Before | None = None
        self._base: View | None = None
        self._line: SearchLine | None = None

    async def action_search(self) -> None:
        """Search every article."""
        await self._open_line(View(ViewKind.SEARCH), "search everything")

    async def action_narrow(self) -> None:
        """Show only what fits some words, in this list."""
        base = self.before.view if self.before is not None and self.view.kind is ViewKind.SEARCH else self.view
        base = replace(base, query="")
        await self._open_line(base, f"only in {self.title_of(base)}")

    async def _open_line(self, base: View, prompt: str) -> None:
        if self.before is None:
            pane = self.pane if self.pane != "search" else "list"
            self.before = Before(self.view, self.articles.id_here, pane)
        self._base = base
        line = self._line
        if line is None:
            # what a search needs is loaded while the first letter is on its way
            self.reader.background.begin(self.library.terms, "a", live=True)
            from reader.tui.widgets.search import SearchLine

            line = self._line = SearchLine(id="search")
            await self.query_one("#middle").mount(line, after="#heading")
        self.go_to("list")
        line.open(prompt)
        line.focus(scroll_visible=False)
        self.heading.set_active(True)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another letter: the last question is of no interest any more."""
        event.stop()
        if self._base is None:
            return
        query = event.value.strip()
        self.library.interrupt()
        if query:
            self.list_view(replace(self._base, query=query), live=True, best=self.best)
        elif self.before is not None:
            self.list_view(self.before.view, seek=self.before.article)

    def action_order(self) -> None:
        """The best first, or the newest again; while one types and afterwards."""
        if not self.view.query:
            self.say(f"only what is searched can be put in that order: {self.key_of('search')} searches")
            return
        self.library.interrupt()
        self.list_view(self.view, live=self.live, best=not self.best)

    def list_failed(self, problem: ReaderError) -> None:
        """A search that cannot be understood yet leaves the list as it is."""
        if isinstance(problem, BadQuery) and self.live:
            self.status.say(problem.message, trouble=True)
        else:
            super().list_failed(problem)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to what was found."""
        event.stop()
        self.leave_line()

    def leave_line(self) -> None:
        """Go to what was found."""
        line = self._line
        if line is not None and line.display:
            if not line.value.strip():
                self.end_search()
                return
            line.close()
            self.go_to("list")
            self.show_heading()
            self.rested()

    def end_search(self) -> bool:
        """Back to where one was; False where nothing was searched."""
        line = self._line
        before, self.before, self._base = self.before, None, None
        if line is not None:
            line.close()
        if before is None:
            if self.view.kind is ViewKind.SEARCH or self.view.query:
                self.show_view(
                    View(ViewKind.ALL) if self.view.kind is ViewKind.SEARCH else replace(self.view, query="")
                )
                self.go_to("list")
                return True
            return False
        self.status.say("")
        self.go_to(before.pane)
        if before.view != self.view:
            self.show_view(before.view, seek=before.article)
        return True

    def forget_search(self) -> None:
        """Another view was chosen: there is nothing to go back to."""
        self.before = self._base = None
        line = self._line
        if line is not None:
            line.close()
