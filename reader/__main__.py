"""The command ``reader``: a verb for scripts, or the screen."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.cli.verbs import Screen


def main() -> int:
    """Run what the command line asks for; the exit code."""
    try:
        from reader.cli.main import main as run

        return run(sys.argv[1:], load_screen)
    except KeyboardInterrupt:  # before the command line could see to it
        return 130


def load_screen() -> Screen:
    """The screen, loaded when it is to be opened: a verb never pays for it."""
    from reader.tui import run

    return run


if __name__ == "__main__":
    sys.exit(main())
