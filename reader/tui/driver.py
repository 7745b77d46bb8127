"""Textual's driver, going on where ``terminal`` began, and able to leave at once."""

from __future__ import annotations

import os
import signal
import termios
from codecs import getincrementaldecoder
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ, DefaultSelector
from time import sleep
from typing import TYPE_CHECKING, Any, TextIO, cast

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from reader.tui import early, terminal

if TYPE_CHECKING:
    from textual.app import App

    from reader.tui.answers import Answers
    from reader.tui.transmission import Transmission

_ALTERNATE = "\x1b[?1049h"
_MOUSE_OFF = "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"
_LAST_WORDS = f"\x1b[0m\x1b[?2026l{_MOUSE_OFF}\x1b[?1004l\x1b[?2004l\x1b[?2048l\x1b[?7h"
_LEAVING = "\x1b[<u\x1b[?1049l\x1b[?25h"
_ANSWER_SECONDS = 0.004
_LOOK_SECONDS, _AT_ONCE = 0.1, 4096


class _Output:
    """Where the driver writes. A terminal that has gone ends us as SIGHUP does, and what is written then is dropped."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._is_gone = False
        self.heard: Callable[[str], None] | None = None

    def write(self, text: str) -> None:
        """Write, unless nobody can read it any more: a thread that failed here would block all who write."""
        if not self._is_gone:
            self._try(partial(self._file.write, text))
        if self.heard is not None:
            self.heard(text)

    def flush(self) -> None:
        """Send what was written."""
        if not self._is_gone:
            self._try(self._file.flush)

    def fileno(self) -> int:
        """The file's number."""
        return self._file.fileno()

    def _try(self, action: Callable[[], object]) -> None:
        try:
            action()
        except OSError:
            self._is_gone = True
            os.kill(os.getpid(), signal.SIGHUP)


class ReaderDriver(LinuxDriver):
    """Enters no alternate screen twice, and gives back the state that the terminal had before us."""

    _is_taken = False
    _answers: Answers | None = None
    _transmission: Transmission | None = None

    def __init__(self, app: App[Any], **wishes: Any) -> None:
        super().__init__(app, **wishes)
        if self._file is not None:
            self._output = _Output(self._file)
            self._file = cast("Any", self._output)

    def start_application_mode(self) -> None:
        """Take the terminal, or take it over."""
        self._is_taken = terminal.is_taken()
        if self._is_taken:  # not when we come back from a suspension: it was heard long ago
            _, typed = early.typed()
            for event in XTermParser().feed(typed.decode("utf-8", "replace")):
                self.process_message(event)
        super().start_application_mode()  # type: ignore[no-untyped-call]
        before = terminal.hand_over()
        if before is not None:
            self.attrs_before = before

    def write(self, data: str) -> None:
        """Write to the terminal; what it has been told already is left out."""
        if self._is_taken and data == _ALTERNATE:
            self._is_taken = False
            return
        super().write(data)

    # Pictures

    @property
    def pictures(self) -> Transmission:
        """The way of pictures to the terminal."""
        if self._transmission is None:
            from reader.tui.transmission import Transmission

            self._transmission = Transmission(self.write)
            self._output.heard = self._transmission.gone_out
        return self._transmission

    def close(self) -> None:
        """Write no more."""
        if self._transmission is not None:
            self._transmission.end()
        super().close()

    def ask_for_graphics(self, then: Callable[[bool], None]) -> None:
        """Ask the terminal whether it draws pictures; if it answers, ``then`` hears it on the thread of keys."""
        from reader.tui.answers import QUESTION, Answers

        self._answers = self._answers or Answers()
        self._answers.expect(then)
        self.write(QUESTION)

    def run_input_thread(self) -> None:
        """Read keys, as Textual's own thread does; what the terminal answers to us is none."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        with DefaultSelector() as selector:
            selector.register(self.fileno, EVENT_READ)
            while not self.exit_event.is_set():
                text = ""
                if selector.select(_LOOK_SECONDS):
                    data = os.read(self.fileno, _AT_ONCE)
                    if not data:
                        break
                    text = decode(data)
                self._hear(parser, text)
            with suppress(EOFError, ParseError):
                for _ in parser.feed(""):
                    pass

    def _hear(self, parser: XTermParser, text: str) -> None:
        """Hand over what was typed; nothing where a while has passed without."""
        if self._answers is not None:
            text = self._answers.typed(text) if text else self._answers.waited()
        if text:
            for event in parser.feed(text):
                self.process_message(event)
        for event in parser.tick():
            self.process_message(event)

    def leave(self) -> None:
        """Give the terminal back at once; the process ends right behind it.

        Textual waits for its thread of keys, a fifth of a second. Here that thread goes on to swallow what the terminal
        still says of the mouse, until it has heard that nobody listens any more.
        """
        if self._writer_thread is None or not self._writer_thread.is_alive():
            return
        pictures = self._transmission.end() if self._transmission is not None else ""
        self._writer_thread.write(pictures + _LAST_WORDS)
        self._writer_thread.stop()
        sleep(_ANSWER_SECONDS)
        with suppress(OSError, termios.error):  # it may be gone, and that may be why we leave
            os.write(self._writer_thread.fileno(), _LEAVING.encode())
            if self.attrs_before is not None:
                termios.tcsetattr(self.fileno, termios.TCSAFLUSH, self.attrs_before)
