"""The screen: one of the two doors into the library, drawn with Textual, which is imported nowhere else.

It never does outside work. It asks the library on threads of its own (``background``), follows the worker's events, and
paints at once what a key did. ``actions`` is the one registry of commands; keys, palette, help and footer follow from
it. ``widgets`` draw what they are given and say what happened to them; ``screens`` hold the selection and decide.

Pictures inside the text are brought by the worker (``bringer``) and hang in the page's gallery (``widgets.gallery``).
The ``illustrator`` has them drawn in half blocks (``blocks``), or by a terminal that is known for Kitty's placeholders
(``answers``, ``graphics``, ``transmission``). Sixel is not spoken: its pixels belong to no cell, so each scrolled line
or dialog would leave some of them behind.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.library import Library


_PICTURES_A_SECOND = "500"  # a key waits for the next one: 1 ms instead of 8


def run(library: Library, open_paths: Sequence[str] = ()) -> int:
    """Open the screen, first of all on ``open_paths``; the exit code. Raises StoreError when nothing can be read."""
    import gc
    import os

    from reader.tui.background import Background
    from reader.tui.opening import read_opening

    os.environ.setdefault("TEXTUAL_FPS", _PICTURES_A_SECOND)
    gc.disable()  # until the first picture: there is nothing to collect yet
    background = Background()
    try:
        # the first list is read while Textual is imported
        first = background.begin(read_opening, library)
        from reader.library import presence
        from reader.tui.app import ReaderApp

        app = ReaderApp(library, open_paths, background=background, opening=first.result())
        with presence.shown(library.paths):
            app.run()
        return app.return_code or 0
    finally:
        gc.enable()
        background.close()
