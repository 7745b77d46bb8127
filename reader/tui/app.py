"""The app: settings, themes, keys, the main screen, the end. No widgets and no queries live here."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from reader.errors import ReaderError
from reader.library import Interrupted, Library
from reader.text import clean_line, safe
from reader.tui import keys, signs, themes
from reader.tui.background import Background
from reader.tui.first_paint import KEY as PICTURE
from reader.tui.opening import Opening, read_opening
from reader.tui.screens.main import MainScreen
from reader.tui.state import KEY, ScreenState, to_json
from reader.tui.widgets.hairline import draw_hairlines

if sys.platform == "win32":
    ReaderDriver = None
else:
    from reader.tui.driver import ReaderDriver

if TYPE_CHECKING:
    from textual.app import SystemCommand
    from textual.driver import Driver

_TWICE_SECONDS = 1.5


class ReaderApp(App[None]):
    """The screen's process. ``library`` is all it knows of the world, ``background`` its threads."""

    CSS_PATH = "reader.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+z", "suspend_process", show=False, system=True)]
    TITLE = "Reader"

    def __init__(
        self,
        library: Library,
        open_paths: Sequence[str] = (),
        *,
        background: Background | None = None,
        opening: Opening | None = None,
    ) -> None:
        """Raises StoreError when what the first picture shows cannot be read."""
        self.library = library
        self.background = background or Background()
        self.opening = opening or read_opening(library)
        self.signs = signs.signs(signs.plain_terminal(os.environ, sys.stdout.encoding))
        config = library.config
        self.keys = keys.resolve(config.keys, config.bindings)
        self.problems: tuple[str, ...] = (
            *config.problems,
            *(f"{library.paths.config}: {line}" for line in self.keys.problems),
        )
        self._open_paths = tuple(open_paths)
        self._interrupted = 0.0
        self._state: ScreenState | None = None
        self._waiting: set[Coroutine[Any, Any, None]] = set()
        draw_hairlines(self.signs)
        super().__init__(driver_class=_driver())
        self.main = MainScreen(self.opening)
        themes.register(self)
        wanted = self.opening.state.theme
        self.theme = wanted if wanted in self.available_themes else themes.NIGHT
        if self.keys.keymap:
            self.set_keymap(dict(self.keys.keymap))

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our names for colours in every theme."""
        return themes.defaults(self.current_theme)

    def get_default_screen(self) -> Screen[None]:
        """The one screen that is always there."""
        return self.main

    @property
    def screen_state(self) -> ScreenState | None:
        """Where one was when it was last kept."""
        return self._state

    @property
    def terminal(self) -> ReaderDriver | None:
        """The terminal, where it is one that we drive ourselves."""
        return self._driver if ReaderDriver is not None and isinstance(self._driver, ReaderDriver) else None

    # Work in the background

    def later(
        self,
        work: Coroutine[Any, Any, None],
        *,
        group: str,
        trouble: Callable[[ReaderError], None] | None = None,
    ) -> Worker[None]:
        """Start a coroutine beside the screen. What cannot be done goes to ``trouble``, else to the status line."""
        self._waiting.add(work)
        return self.run_worker(partial(self._guarded, work, trouble), group=group, exit_on_error=False)

    async def _guarded(self, work: Coroutine[Any, Any, None], trouble: Callable[[ReaderError], None] | None) -> None:
        self._waiting.discard(work)
        try:
            await work
        except Interrupted:
            return
        except ReaderError as problem:
            if self.is_running:
                (trouble or self.main.say_trouble)(problem)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A bug in a worker is written down in full; the screen goes on."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            where = write_down(event.worker.error, self.library.paths.log)
            self.main.say_trouble(f"a mistake of ours: {type(event.worker.error).__name__}, written to {where}")

    def begin_work(self, screen: MainScreen) -> None:
        """After the first picture: what was asked for on the command line, the guide, the feeds that are due."""
        # what lives by now lives long: looking through it again and again costs 30 ms spikes
        gc.freeze()
        gc.enable()
        if self._open_paths:
            screen.add_paths(self._open_paths)
        elif not any(True for node in screen.feeds.all_nodes() if node.feed):
            screen.start_job("opening the guide", self.library.open_guide, quiet=True)
        elif self.library.config.refresh.on_open:
            screen.refresh_feeds(None, quiet=True)

    # Outside

    def copy_to_clipboard(self, text: str) -> None:
        """Copy a text: the terminal is told, and the system's clipboard where there is one."""
        super().copy_to_clipboard(text)
        if not self.is_web:
            self.later(self._copy(text), group="clipboard")

    async def _copy(self, text: str) -> None:
        from reader.tui import clipboard

        if problem := await self.background.aside(clipboard.copy, text):
            self.main.say_trouble(f"copied by the terminal alone: {problem}")

    # State and end

    def keep_state(self, state: ScreenState, picture: dict[str, Any]) -> None:
        """Remember where one is and how it looks, behind the screen's back."""
        self._state = state
        keeping = self.background.post(self.library.remember, {KEY: to_json(state), PICTURE: picture})
        if not self._exit:
            self.later(self.background.done(keeping), group="state")

    def on_load(self) -> None:
        """Being told to end, or losing the terminal, is a way to quit like any other."""
        if sys.platform != "win32" and not self.is_headless:
            for told in (signal.SIGTERM, signal.SIGHUP):
                asyncio.get_running_loop().add_signal_handler(told, self._told_to_end, told)

    def _told_to_end(self, told: int) -> None:
        if self.screen_stack and told == signal.SIGHUP:
            self._leave()  # there may be nobody left to draw for
        elif self.screen_stack:
            self.leave()
        else:
            self.exit()

    def leave(self) -> None:
        """Quit, as soon as what the last key changed is seen: what is kept is how it looks then."""
        self.main.call_after_refresh(self._leave)

    def _leave(self) -> None:
        """What is being written is written first."""
        self.main.remember_all()
        if isinstance(self._driver, ReaderDriver):
            self._end_at_once(self._driver)
        self.exit()

    def _end_at_once(self, driver: ReaderDriver) -> None:
        """Leave the terminal, then the process: what Textual would still do takes longer than all of the start."""
        code = 1
        try:
            self.main.stop_jobs()
            self.library.interrupt()
            driver.leave()
            problems = self.background.close()
            self.library.close()
            for problem in problems:
                print(clean_line(f"reader: {problem}"), file=sys.stderr)
            code = 1 if problems else 0
        except Exception as error:  # noqa: BLE001 - the last door: without a terminal nobody could end us any more
            write_down(error, self.library.paths.log)
        finally:
            os._exit(code)

    async def action_quit(self) -> None:
        """Textual's own ctrl+q."""
        self.leave()

    def _fatal_error(self) -> None:
        """A bug in a handler ends the screen: with one line, and the traceback in the log."""
        if self._exception is not None:
            where = write_down(self._exception, self.library.paths.log)
            from rich.text import Text

            self.panic(Text(f"reader: A bug, written down in {where}: {type(self._exception).__name__}"))

    def on_unmount(self) -> None:
        """What was never started is not started any more, and the worker and our threads end after what is in hand."""
        self.main.stop_jobs()
        while self._waiting:
            self._waiting.pop().close()
        self.background.close()

    def action_help_quit(self) -> None:
        """ctrl+c, twice within a moment, quits from anywhere."""
        if monotonic() - self._interrupted < _TWICE_SECONDS:
            self.leave()
        else:
            self._interrupted = monotonic()
            self.main.say("ctrl+c once more quits")

    def get_system_commands(self, screen: Screen[Any]) -> tuple[SystemCommand, ...]:
        """Our own palette has them all."""
        return ()


def _driver() -> type[Driver] | None:
    """The driver that goes on with the first picture; None is Textual's choice."""
    return None if ReaderDriver is None or os.environ.get("TEXTUAL_DRIVER") else ReaderDriver


def write_down(error: BaseException, log: Path) -> Path:
    """Write a traceback to the log, and say where that is."""
    from traceback import format_exception

    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.writelines(map(safe, format_exception(error)))
    except OSError as problem:
        return Path(f"nowhere ({problem.strerror})")
    return log
