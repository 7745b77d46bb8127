"""Feeds by their health: two lines each, the name with its state, what there is to say of it."""

from __future__ import annotations

from collections.abc import Sequence

from reader.model import Feed, HealthState
from reader.tui.drawing import LEFT, Parts, cell_len, fit, pointer
from reader.tui.signs import FULL, Signs
from reader.tui.widgets.rows import Rows

_TROUBLED = (HealthState.FAILING, HealthState.GONE)
_WORDS = {HealthState.OK: ""}


class HealthRows(Rows):
    """The list; all keys come from the screen."""

    item_lines = 2
    ground = "dialog"

    def __init__(self, signs: Signs = FULL, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.signs = signs
        self.feeds: Sequence[Feed] = ()

    def set_feeds(self, feeds: Sequence[Feed]) -> None:
        """Show other feeds; the cursor stays on its feed, else on its line."""
        here = self.feed
        self.feeds = feeds
        self._cursor = next((at for at, each in enumerate(feeds) if here and each.id == here.id), self._cursor)
        self.renew()
        self.show_item(self.cursor)

    @property
    def feed(self) -> Feed | None:
        """The feed under the cursor."""
        return self.feeds[self.cursor] if self.cursor < len(self.feeds) else None

    def item_count(self) -> int:
        """How many feeds are listed."""
        return len(self.feeds)

    def draw(self, index: int, line: int, width: int, state: str) -> Parts:
        """Name and state, or the words."""
        feed = self.feeds[index]
        in_trouble = feed.health.state in _TROUBLED
        if line:
            words = feed.health.message or "is well"
            return [pointer(state, self.signs), (" " * (LEFT - 1), "text"),
                    (fit(words, width - LEFT - 1, self.signs.ellipsis), "dim")]  # fmt: skip
        right = _WORDS.get(feed.health.state, feed.health.state.value)
        sign = f"{self.signs.trouble} " if in_trouble else ""
        title = fit(feed.title, width - LEFT - cell_len(sign + right) - 2, self.signs.ellipsis)
        gap = width - LEFT - cell_len(title) - cell_len(sign + right) - 1
        return [pointer(state, self.signs), (" " * (LEFT - 1), "text"), (title, "strong"), (" " * gap, "text"),
                (sign + right, "trouble" if in_trouble else "dim")]  # fmt: skip
