"""What the screen remembers from one time to the next: where one was, and how things were arranged.

This is state and lives in the library. The config file is the user's: a setting there holds again as soon as it is
changed, which is why what was set when the state was kept is kept with it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from reader.model import View, ViewKind

KEY = "screen"
ALL = View(ViewKind.ALL)
PANES = ("feeds", "list", "article")
IMAGES = ("auto", "always", "never")


@dataclass(frozen=True, slots=True)
class ScreenState:
    """Where one was. Widths are columns, 0 for what fits; ``place`` is a block and an offset in the article's text."""

    view: View = ALL
    article: int | None = None
    opened: bool = False
    place: tuple[int, int] | None = None
    pane: str = "list"
    folded: tuple[str, ...] = ()
    sidebar: bool = True
    sidebar_width: int = 0
    list_width: int = 0
    measure: int = 72
    density: int = 2
    zen: bool = False
    theme: str = ""
    images: str = "auto"
    config: dict[str, Any] = field(default_factory=dict)


_PLAIN = (
    "opened", "pane", "sidebar", "sidebar_width", "list_width", "measure", "density", "zen", "theme", "images",
)  # fmt: skip


def to_json(state: ScreenState) -> dict[str, Any]:
    """The state as JSON."""
    values = {name: getattr(state, name) for name in ScreenState.__slots__}
    return {**values, "view": view_to_json(state.view)}


def from_json(value: object) -> ScreenState:
    """The state that was kept; what cannot be understood is as at the first start."""
    if not isinstance(value, dict):
        return ScreenState()
    plain = ScreenState()
    kept = {name: value[name] for name in _PLAIN if type(value.get(name)) is type(getattr(plain, name))}
    if kept.get("pane") not in PANES:
        kept.pop("pane", None)
    if kept.get("images") not in IMAGES:
        kept.pop("images", None)
    place, folded, article, config = (value.get(name) for name in ("place", "folded", "article", "config"))
    return ScreenState(
        **kept,
        view=view_from_json(value.get("view")),
        article=article if isinstance(article, int) else None,
        place=(int(place[0]), int(place[1])) if isinstance(place, list) and len(place) == 2 else None,
        folded=tuple(str(key) for key in folded) if isinstance(folded, list) else (),
        config=config if isinstance(config, dict) else {},
    )


def view_to_json(view: View) -> dict[str, Any]:
    """A view as JSON."""
    return {
        "kind": view.kind.value,
        "feed": view.feed_id,
        "folder": list(view.folder),
        "section": view.section,
        "query": view.query,
    }


def view_from_json(value: object) -> View:
    """The view that was kept, All when it cannot be understood."""
    try:
        assert isinstance(value, dict)
        return View(
            ViewKind(value["kind"]), value["feed"], tuple(map(str, value["folder"])), value["section"], value["query"]
        )
    except (AssertionError, KeyError, TypeError, ValueError):
        return ALL
