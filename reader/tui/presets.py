"""Keys that people bring with them from other readers: only where they differ from the default.

A key that a preset gives to an action is taken from the action that has it by default.
"""

from __future__ import annotations

PRESETS: dict[str, dict[str, tuple[str, ...]]] = {
    "default": {},
    "newsboat": {
        "previous_unread": ("p",),
        "toggle_read": ("N",),
        "bookmark": ("ctrl+e", "b"),
        "open_browser_quietly": ("O",),
        "palette": (":", "ctrl+p"),
        "top": ("home", "g g"),
        "bottom": ("end", "G"),
    },
    "vim": {
        "page_down": ("ctrl+f", "pagedown"),
        "page_up": ("ctrl+b", "pageup"),
        "half_down": ("ctrl+d",),
        "half_up": ("ctrl+u",),
        "left": ("h", "left", "ctrl+w h"),
        "right": ("l", "right", "ctrl+w l"),
        "next_pane": ("tab", "ctrl+w w"),
        "redo": ("ctrl+r", "U"),
        "fold": ("z a", "F"),
        "zen": ("Z",),
        "palette": (":", "ctrl+p"),
        "find": ("g /",),
    },
    "google-reader": {
        "next_article": ("j",),
        "previous_article": ("k",),
        "down": ("n", "down"),
        "up": ("p", "up"),
        "next_unread": ("J",),
        "previous_unread": ("K",),
        "open": ("enter", "o"),
        "open_browser": ("v",),
        "open_browser_quietly": ("V",),
        "bookmark": ("s", "b"),
        "view_all": ("g a", "1"),
        "view_unread": ("g u", "2"),
        "view_bookmarks": ("g s", "3"),
        "view_today": ("g t", "4"),
    },
    "netnewswire": {
        "next_unread": ("n", "+"),
        "previous_unread": ("-",),
        "page_back": ("shift+space",),
        "down": ("down", "j"),
        "up": ("up",),
        "open_browser": ("b",),
        "open_browser_quietly": ("B",),
        "bookmark": ("s",),
        "toggle_read": ("r", "m"),
        "refresh": ("ctrl+r",),
        "mark_all_read": ("k",),
        "mark_below_read": ("o", "$ m"),
    },
}
