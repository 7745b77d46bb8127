"""The keys as a Markdown table, for the README: written from the registry, held equal to it by a test."""

from __future__ import annotations

from collections.abc import Iterator

from reader.tui.actions import ACTIONS, GROUPS
from reader.tui.keys import Keys, resolve, shown

BEGIN, END = "<!-- keys -->", "<!-- /keys -->"


def table(keys: Keys | None = None) -> str:
    """A row for each action: its keys, its name for the config, what it does."""
    return "\n".join(_rows(keys or resolve())) + "\n"


def _rows(keys: Keys) -> Iterator[str]:
    yield "| keys | name | |"
    yield "|---|---|---|"
    for group in GROUPS:
        for action in ACTIONS:
            if action.group == group:
                names = " ".join(_code(shown(key)) for key in keys.of(action.id)) or "palette"
                yield f"| {names} | `{action.id}` | {action.help} |"


def _code(key: str) -> str:
    return "`` ` ``" if key == "`" else f"`{key}`".replace("|", "\\|")


def put_into(text: str) -> str:
    """A document with the table between its two marks. Raises ValueError where they are missing."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"the marks {BEGIN} and {END} are missing")
    return f"{before}{BEGIN}\n{table()}{END}{after}"
