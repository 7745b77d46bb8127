"""What we measure ourselves by that is always there: an empty Python and the least that Textual can be."""

from __future__ import annotations

import sys
from pathlib import Path

FIRST, ANSWER = "the first words", "and an answer"

_MINIMAL = f'''
from textual.app import App
from textual.widgets import Static


class Minimal(App):
    def compose(self):
        yield Static("{FIRST}")

    def on_key(self, event):
        if event.key == "q":
            self.exit()
        else:
            self.query_one(Static).update("{ANSWER}")


Minimal().run()
'''


def nothing() -> list[str]:
    """A Python that starts and ends."""
    return [sys.executable, "-c", "pass"]


def minimal(place: Path) -> list[str]:
    """A Textual app of one line of text, which a key changes and "q" ends; written below ``place``."""
    script = place / "minimal.py"
    if not script.exists() or script.read_text("utf-8") != _MINIMAL:
        script.write_text(_MINIMAL, "utf-8")
    return [sys.executable, str(script)]
