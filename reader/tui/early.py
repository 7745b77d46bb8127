"""Keys that are typed while Textual is loaded: the list under the first paint answers them.

Only the cursor's way up and down the page is known here; from the first other key on all that is typed waits, in its
order, for Textual, which begins where the cursor stands by then.
"""

from __future__ import annotations

import os

from reader.tui import terminal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from threading import Thread

_AT_ONCE = 4096


class Early:
    """Listens to the terminal; ``move`` draws the cursor so many rows further, or says with None that it cannot."""

    def __init__(self, keys: Mapping[str, int], move: Callable[[int], bytes | None]) -> None:
        self.moved = 0
        self.rest = b""
        self._keys = {key.encode(): step for key, step in keys.items()}
        self._move = move
        self._wake = (-1, -1)
        self._thread: Thread | None = None

    def start(self) -> None:
        """Listen until ``stop``."""
        from threading import Thread

        self._wake = os.pipe()
        self._thread = Thread(target=self._listen, name="reader-early", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Read and draw nothing any more: ``moved`` and ``rest`` hold what was typed."""
        thread, self._thread = self._thread, None
        if thread is not None:
            os.write(self._wake[1], b"x")
            thread.join()
            for end in self._wake:
                os.close(end)

    def _listen(self) -> None:
        from select import select

        while True:
            ready, _, _ = select([0, self._wake[0]], [], [])
            if self._wake[0] in ready:
                return
            try:
                typed = os.read(0, _AT_ONCE)
            except OSError:
                return
            if not typed:
                return
            self.rest += typed
            self._answer()

    def _answer(self) -> None:
        while self.rest:
            key = next((key for key in self._keys if self.rest.startswith(key)), None)
            drawn = None if key is None else self._move(self._keys[key])
            if key is None or drawn is None:
                return
            self.moved += self._keys[key]
            self.rest = self.rest[len(key) :]
            if terminal.is_taken():
                terminal.write(drawn)


_listening: Early | None = None


def listen(keys: Mapping[str, int], move: Callable[[int], bytes | None]) -> None:
    """Answer keys from now on."""
    global _listening
    _listening = Early(keys, move)
    _listening.start()
    terminal.meanwhile(_listening.stop)


def typed() -> tuple[int, bytes]:
    """How many rows the cursor was moved, and what was typed besides; from now on nobody listens here any more."""
    if _listening is None:
        return 0, b""
    _listening.stop()
    return _listening.moved, _listening.rest
