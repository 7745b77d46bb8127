"""Programs outside: the browser, and whatever gets the terminal for itself for a while."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from textual.app import SuspendNotSupported

if TYPE_CHECKING:
    from textual.app import App

    from reader.tui.background import Background


class BadAddressError(Exception):
    """It could not be opened; the text says why."""


@contextmanager
def lent_terminal(app: App[None]) -> Iterator[None]:
    """The terminal for another program, whose Ctrl+C is none of ours; what it leaves behind is put right.

    Nothing may be raised inside: Textual would not take the terminal back. Under a test there is no terminal to lend.
    """
    if app.is_headless:
        yield
        return
    # a handler of ours ends with exec, where an ignored signal would stay ignored
    before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    try:
        with app.suspend():
            state = _state()
            yield
            _restore(state)
    finally:
        signal.signal(signal.SIGINT, before)


def _state() -> list[Any] | None:
    """How the terminal treats keys, where there is such a thing."""
    if sys.platform == "win32":
        return None
    import termios

    try:
        return termios.tcgetattr(0)
    except termios.error:
        return None


def _restore(state: list[Any] | None) -> None:
    if state is not None:
        import termios

        with suppress(termios.error):  # it has gone: the next key says so
            termios.tcsetattr(0, termios.TCSADRAIN, state)


def run_on_terminal(app: App[None], command: Sequence[str], text: str | None = None, *, waits: bool = False) -> str:
    """Let a program have the terminal, with ``text`` on its standard input; why it could not, else "".

    ``waits``: what it printed stays until Enter.
    """
    from reader.tui.programs import run

    if app.is_web:
        return "this needs a terminal of its own"
    try:
        with lent_terminal(app):
            said = run(command, text)
            if waits and not said and not app.is_headless:
                _wait_for_enter()
    except SuspendNotSupported:
        return "this terminal cannot be lent to another program"
    return said


def _wait_for_enter() -> None:
    sys.stdout.write("\nEnter goes back ")
    sys.stdout.flush()
    with suppress(OSError, ValueError):  # nobody can type any more
        sys.stdin.readline()


async def open_outside(app: App[None], background: Background, address: str) -> None:
    """Open an address in the browser of this system, or of the page that shows us in the web.

    A browser that draws on this very terminal gets it for itself meanwhile. Raises BadAddressError without a browser.
    """
    if app.is_web:
        app.open_url(address)
        return
    import webbrowser

    try:
        browser = await background.run(webbrowser.get)
    except webbrowser.Error as error:
        raise BadAddressError("no web browser was found") from error
    if type(browser) is webbrowser.GenericBrowser and not app.is_headless:
        try:
            with lent_terminal(app):
                browser.open(address)
        except SuspendNotSupported as error:
            raise BadAddressError("this terminal cannot be lent to a browser") from error
    else:
        await background.run(browser.open, address)
