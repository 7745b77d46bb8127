"""The article given to other programs: a command of the user's, the pager, the editor. All that is loaded late."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from reader.tui.outside import run_on_terminal
from reader.tui.screens.errands import Errands

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.library import Library
    from reader.model import Article
    from reader.tui.programs import Piping

_LEAST_WIDTH, _BESIDE = 20, 2


def as_text(library: Library, article: Article, width: int | None = None) -> str:
    """The article as plain text, wrapped where a width is told."""
    from reader.document.article import text_lines

    return "\n".join(text_lines(article, library.document(article.id), width)) + "\n"


def as_markdown(library: Library, article: Article) -> str:
    """The article as Markdown."""
    from reader.document import article as whole

    return whole.as_markdown(article, library.document(article.id))


class Sharing(Errands):
    """``|``, ``P`` and ``E``."""

    def __init__(self) -> None:
        super().__init__()
        self._pipings: set[Piping] = set()

    async def action_pipe(self) -> None:
        """Give the article to a command."""
        from reader.tui.screens import pipe

        article = await self._article_here()
        if article is None:
            return
        last = pipe.kept(await self.reader.background.run(self.library.recall, pipe.KEY))

        def told(line: str | None) -> None:
            if line:
                self.reader.background.post(self.library.remember, {pipe.KEY: pipe.with_newest(last, line)})
                self.reader.later(self._pipe(article, line), group="pipe")

        self.app.push_screen(pipe.PipeScreen(last), told)

    async def _pipe(self, article: Article, line: str) -> None:
        from reader.tui import programs

        command = programs.understood(line)
        writing = as_markdown if self.library.config.article.pipe == "markdown" else as_text
        text = await self.reader.background.run(writing, self.library, article)
        if command.on_terminal:
            self._said(run_on_terminal(self.app, command.words, text, waits=True))
        else:
            await self._run(programs.Piping(command.words, text))

    async def _run(self, piping: Piping) -> None:
        self._pipings.add(piping)
        self.say(f"running {piping.name}{self.reader.signs.dot}{self.key_of('stop')} stops it")
        try:
            said, failed = await self.reader.background.aside(piping.run)
        finally:
            self._pipings.discard(piping)
        if self.is_running:
            (self.say_trouble if failed else self.say)(said)

    async def action_pager(self) -> None:
        """Open the article in the pager."""
        from reader.tui import programs

        article, command = await self._article_here(), self._command(lambda: programs.pager(os.environ))
        if article is not None and command:
            width = max(min(self.article.measure, self.app.size.width - _BESIDE), _LEAST_WIDTH)
            text = await self.reader.background.run(as_text, self.library, article, width)
            self._said(run_on_terminal(self.app, command, text))

    async def action_editor(self) -> None:
        """Open the article in the editor, as a file of its own."""
        from reader.tui import programs

        article, command = await self._article_here(), self._command(lambda: programs.editor(os.environ))
        if article is not None and command:
            text = await self.reader.background.run(as_markdown, self.library, article)
            self._said(programs.edited(command, text, lambda words: run_on_terminal(self.app, words)))

    def _command(self, find: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
        """The user's program for something; none where its name cannot be understood, which is said."""
        from reader.tui.programs import BadCommandError

        try:
            return find()
        except BadCommandError as problem:
            self.say_trouble(str(problem))
            return ()

    def _said(self, trouble: str) -> None:
        if trouble:
            self.say_trouble(trouble)

    @property
    def is_busy(self) -> bool:
        """Whether there is anything to stop."""
        return super().is_busy or bool(self._pipings)

    def stop_work(self) -> None:
        """Stop a command that was given an article, too; the screen's end leaves it to itself."""
        super().stop_work()
        for piping in tuple(self._pipings):
            piping.stop()
