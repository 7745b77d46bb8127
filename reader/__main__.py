"""The command ``reader``: a verb for scripts, or the screen, which is painted before anything else is loaded."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reader.cli.verbs import Screen


def main() -> int:
    """Run what the command line asks for; the exit code."""
    from reader.tui import terminal

    try:
        if len(sys.argv) == 1:
            from reader.tui.first_paint import paint

            paint()
        from reader.cli.main import main as run

        return run(sys.argv[1:], load_screen, terminal.give_back)
    except KeyboardInterrupt:  # before the command line could see to it
        return 130
    finally:
        terminal.give_back()


def load_screen() -> Screen:
    """The screen, loaded when it is to be opened: a verb never pays for it."""
    from reader.tui import run

    return run


if __name__ == "__main__":
    sys.exit(main())
