"""The colours: two themes of our own, paper by day and ink by night, and our names for colours in every other theme.

The style sheet uses these variables, which every theme has, and no colours of its own:

    $page             what everything stands on
    $ink $dim         text, and what is less important than text
    $unread           what is unread, what has the focus: the one accent
    $rule             thin lines
    $cursor           the row under the cursor, written in $cursor-ink, $cursor-dim and $cursor-unread
    $cursor-away      the same row in a pane without the focus, still written in $ink, $dim and $unread
    $mark $mark-ink   what the search found
    $surface-code     what code stands on, written in $ink-code and, by its parts, in $code-comment, $code-keyword,
                      $code-string, $code-number and $code-name
    $link             links
    $trouble          what went wrong
    $dialog           what dialogs stand on

Contrast is that of WCAG 2.2: text at least 7 : 1; dim text, the accent, links and trouble at least 4.5 : 1, on the page
and on the cursor's row. For themes that are not ours ``defaults`` mixes the colours until that holds. In "ansi-dark"
and "ansi-light" all colours are the terminal's own, so nothing can be promised of them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from textual.color import Color
from textual.theme import Theme

if TYPE_CHECKING:
    from textual.app import App

NIGHT = "ink"
DAY = "paper"
TERMINAL = ("ansi-dark", "ansi-light")
_TEXT, _DIM = 7.0, 4.5


def _ours(name: str, dark: bool, colours: dict[str, str]) -> Theme:
    """A theme of our own: our variables, and Textual's names for its own widgets."""
    page, ink, dim, accent = (colours[key] for key in ("page", "ink", "dim", "unread"))
    return Theme(
        name=name,
        dark=dark,
        primary=accent,
        secondary=dim,
        accent=accent,
        warning=colours["trouble"],
        error=colours["trouble"],
        success=ink,
        foreground=ink,
        background=page,
        surface=colours["dialog"],
        panel=colours["dialog"],
        variables={
            **colours,
            "text-muted": dim,
            "foreground-muted": dim,
            "block-cursor-background": colours["cursor"],
            "block-cursor-foreground": colours["cursor-ink"],
            "block-cursor-text-style": "none",
            "block-hover-background": colours["cursor-away"],
            "border": colours["rule"],
            "border-blurred": colours["rule"],
            "input-cursor-background": ink,
            "input-cursor-foreground": page,
            "input-selection-background": colours["mark"],
            "input-selection-foreground": colours["mark-ink"],
            "screen-selection-background": colours["mark"],
            "screen-selection-foreground": colours["mark-ink"],
            "scrollbar": colours["rule"],
            "scrollbar-hover": dim,
            "scrollbar-active": accent,
            "scrollbar-background": page,
            "scrollbar-background-hover": page,
            "scrollbar-background-active": page,
            "scrollbar-corner-color": page,
            "footer-background": page,
            "footer-foreground": dim,
            "footer-key-foreground": ink,
        },
    )


INK = _ours(
    NIGHT,
    dark=True,
    colours={
        "page": "#141210",
        "ink": "#e8e1d5",
        "dim": "#9a9186",
        "unread": "#ff7a59",
        "rule": "#38332d",
        "cursor": "#2d2822",
        "cursor-ink": "#fbf6ec",
        "cursor-dim": "#b3a99c",
        "cursor-unread": "#ff8a6b",
        "cursor-away": "#201d19",
        "mark": "#6b4a12",
        "mark-ink": "#fff4dc",
        "surface-code": "#1f1c18",
        "ink-code": "#e6dcc8",
        "code-comment": "#9a9186",
        "code-keyword": "#dfa873",
        "code-string": "#a9bd8c",
        "code-number": "#c8a6c4",
        "code-name": "#9cc4d0",
        "link": "#a9c3dc",
        "trouble": "#f2b04b",
        "dialog": "#1c1916",
    },
)
PAPER = _ours(
    DAY,
    dark=False,
    colours={
        "page": "#faf6ee",
        "ink": "#211e1a",
        "dim": "#6b6358",
        "unread": "#b8321a",
        "rule": "#d8d0c2",
        "cursor": "#ece4d4",
        "cursor-ink": "#14110e",
        "cursor-dim": "#5c554b",
        "cursor-unread": "#a82a14",
        "cursor-away": "#f3eee3",
        "mark": "#f6d98a",
        "mark-ink": "#211a08",
        "surface-code": "#f1ebdf",
        "ink-code": "#2b2620",
        "code-comment": "#6b6358",
        "code-keyword": "#8c4510",
        "code-string": "#47641f",
        "code-number": "#7b3d74",
        "code-name": "#1d566c",
        "link": "#1f4f7a",
        "trouble": "#8f4a00",
        "dialog": "#f4efe4",
    },
)
OURS = (INK, PAPER)
_ANSI = {
    "page": "ansi_default",
    "ink": "ansi_default",
    "dim": "ansi_bright_black",
    "unread": "ansi_red",
    "rule": "ansi_bright_black",
    "cursor-away": "ansi_default",
    "mark": "ansi_yellow",
    "mark-ink": "ansi_black",
    "surface-code": "ansi_default",
    "ink-code": "ansi_default",
    "code-comment": "ansi_bright_black",
    "code-string": "ansi_green",
    "code-number": "ansi_magenta",
    "link": "ansi_default",
    "trouble": "ansi_red",
    "dialog": "ansi_default",
}
_ANSI_SHADES = {
    True: {
        "cursor": "ansi_white",
        "cursor-ink": "ansi_black",
        "cursor-dim": "ansi_black",
        "cursor-unread": "ansi_black",
        "code-keyword": "ansi_yellow",
        "code-name": "ansi_cyan",
    },
    False: {
        "cursor": "ansi_blue",
        "cursor-ink": "ansi_bright_white",
        "cursor-dim": "ansi_bright_white",
        "cursor-unread": "ansi_bright_white",
        "code-keyword": "ansi_blue",
        "code-name": "ansi_blue",
    },
}


def register(app: App[Any]) -> None:
    """Make our themes known to an app."""
    for theme in OURS:
        app.register_theme(theme)


def names(app: App[Any]) -> tuple[str, ...]:
    """All themes: ours, the terminal's own colours, then Textual's by name."""
    first = (NIGHT, DAY, *TERMINAL)
    return (*first, *sorted(name for name in app.available_themes if name not in first and name != "textual-ansi"))


def described(name: str) -> str:
    """A theme's name with what it is, for people."""
    words = {
        NIGHT: "by night",
        DAY: "by day",
        TERMINAL[0]: "your terminal's own",
        TERMINAL[1]: "your terminal's own",
    }
    return words.get(name, "")


def defaults(theme: Theme) -> dict[str, str]:
    """Our variables for any theme: those of ours as they are, mixed from its own colours for the others."""
    if theme.ansi:
        return {**_ANSI, **_ANSI_SHADES[theme.dark]}
    if theme.name in (NIGHT, DAY):
        return {key: theme.variables[key] for key in (*_ANSI, *_ANSI_SHADES[True])}
    return _mixed(theme.name, *_colours(theme))


def _colours(theme: Theme) -> tuple[str, ...]:
    """Page, ink, accent, trouble, two more and what stands for success in a theme of Textual's, as it makes them."""
    generated = theme.to_color_system().generate()
    names = ("background", "foreground", "accent", "warning", "primary", "secondary", "success")
    return tuple(generated[name] for name in names)


@lru_cache(maxsize=64)
def _mixed(name: str, *hexes: str) -> dict[str, str]:
    """Our variables from the theme's colours."""
    page, ink, accent, trouble, first, second, success = map(Color.parse, hexes)
    cursor, away = page.blend(ink, 0.14), page.blend(ink, 0.06)
    ink = readable(ink, away, _TEXT)
    dim = readable(page.blend(ink, 0.55), away, _DIM)
    marks = (page.blend(accent, share / 20) for share in range(7, 0, -1))
    mark = next((mark for mark in marks if contrast(readable(ink, mark, _TEXT), mark) >= _TEXT), cursor)
    mixed = {
        "page": page,
        "ink": ink,
        "dim": dim,
        "unread": readable(accent, away, _DIM),
        "rule": page.blend(ink, 0.22),
        "cursor": cursor,
        "cursor-ink": readable(ink, cursor, _TEXT),
        "cursor-dim": readable(dim, cursor, _DIM),
        "cursor-unread": readable(accent, cursor, _DIM),
        "cursor-away": away,
        "mark": mark,
        "mark-ink": readable(ink, mark, _TEXT),
        "surface-code": away,
        "ink-code": ink,
        "code-comment": dim,
        "code-keyword": readable(accent, away, _DIM),
        "code-string": readable(success, away, _DIM),
        "code-number": readable(second, away, _DIM),
        "code-name": readable(first, away, _DIM),
        "link": readable(page.blend(ink, 0.8), away, _DIM),
        "trouble": readable(trouble, away, _DIM),
        "dialog": away,
    }
    return {key: colour.hex for key, colour in mixed.items()}


def readable(colour: Color, background: Color, ratio: float) -> Color:
    """The colour, moved towards black or white in small steps until it stands out from the background enough."""
    white, black = Color(255, 255, 255), Color(0, 0, 0)
    goal = white if contrast(white, background) > contrast(black, background) else black
    for step in range(21):
        mixed = colour.blend(goal, step / 20)
        if contrast(mixed, background) >= ratio:
            return mixed
    return goal


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of two opaque colours, from 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    """How light a colour is to the eye, from 0 to 1 (WCAG 2.2: relative luminance)."""
    channels = (part / 255 for part in (colour.r, colour.g, colour.b))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
