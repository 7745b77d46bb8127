"""The action registry: one row for each thing a person can do on the screen.

Key bindings, the footer's hints, the help screen, the command palette, the key presets and the README's table all
follow from these rows; the main screen has a method ``action_<id>`` for each. Keys are written as people write them: a
character, a name ("enter", "ctrl+d", "shift+space"), or a sequence of such with a space between ("g g"). Nothing heavy
is imported here, so that the command line may ask too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.binding import BindingType

    from reader.tui.keys import Keys

ANY = ("feeds", "list", "article")
LIST = ("list", "article")
GROUPS = ("Move", "Read", "Mark", "Find", "Feeds", "Screen")


@dataclass(frozen=True, slots=True)
class Action:
    """One command: ``label`` for the footer, ``help`` one sentence, ``where`` the panes in which it means something."""

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    group: str
    where: tuple[str, ...] = ANY


ACTIONS: tuple[Action, ...] = (
    Action("down", ("j", "down"), "down", "Go down one row, or one line of the article.", "Move"),
    Action("up", ("k", "up"), "up", "Go up one row, or one line of the article.", "Move"),
    Action("left", ("h", "left"), "left", "Go to the pane on the left.", "Move"),
    Action("right", ("l", "right"), "right", "Go to the pane on the right.", "Move"),
    Action("next_pane", ("tab",), "pane", "Go to the next pane, round and round.", "Move"),
    Action("previous_pane", ("shift+tab",), "pane", "Go to the pane before.", "Move"),
    Action("top", ("g g", "home"), "top", "Go to the top.", "Move"),
    Action("bottom", ("G", "end"), "bottom", "Go to the bottom.", "Move"),
    Action("page_down", ("pagedown",), "page", "Go down one page.", "Move"),
    Action("page_up", ("pageup",), "page up", "Go up one page.", "Move"),
    Action("half_down", ("ctrl+d",), "half page", "Go down half a page.", "Move"),
    Action("half_up", ("ctrl+u",), "half up", "Go up half a page.", "Move"),
    Action("open", ("enter",), "open", "Open what the cursor is on: a feed's list, an article to read.", "Read"),
    Action(
        "read_on", ("space",), "next", "Read on: a page down, at the end the next unread article, anywhere.", "Read"
    ),
    Action("page_back", ("shift+space", "-"), "back", "Read back: a page up, at the top the article before.", "Read"),
    Action("next_unread", ("n",), "next unread", "Open the next unread article, in whichever feed it is.", "Read"),
    Action("previous_unread", ("N",), "last unread", "Open the unread article before this one.", "Read"),
    Action("next_article", ("J",), "next", "Open the next article of the list.", "Read"),
    Action("previous_article", ("K",), "previous", "Open the article before this one in the list.", "Read"),
    Action("open_browser", ("o",), "browser", "Open the article in the web browser.", "Read", LIST),
    Action(
        "open_browser_quietly", ("O",), "browser", "Open it in the browser and leave everything as it is.", "Read", LIST
    ),
    Action("comments", ("c",), "comments", "Open the article's comments in the web browser.", "Read", LIST),
    Action("hints", (";",), "links", "Follow a link by its letters; y before them copies it.", "Read", LIST),
    Action("back_in_text", ("backspace",), "back", "Go back to where a link within the article was followed.", "Read"),
    Action("find", ("ctrl+f",), "find", "Find words in the article.", "Read", LIST),
    Action("next_heading", ("]",), "heading", "Go to the next heading of the article.", "Read", LIST),
    Action("previous_heading", ("[",), "heading", "Go to the heading before.", "Read", LIST),
    Action(
        "changes",
        ("d",),
        "what changed",
        "Show what the last edit of the article changed.",
        "Read",
        LIST,
    ),
    Action("copy_link", ("y",), "copy link", "Copy the article's address.", "Read", LIST),
    Action(
        "full_text",
        ("x",),
        "full text",
        "Fetch the whole text from the article's page; once it is there, change between it and the feed's.",
        "Read",
        LIST,
    ),
    Action("enclosures", ("e",), "files", "List the files that come with the article: open, save, play.", "Read", LIST),
    Action("pipe", ("|",), "pipe", "Give the article to a command of yours, and see what it says.", "Read", LIST),
    Action("pager", ("P",), "pager", "Open the article in your pager.", "Read", LIST),
    Action("editor", ("E",), "editor", "Open the article in your editor, as a Markdown file.", "Read", LIST),
    Action("bookmark", ("b", "s"), "bookmark", "Bookmark the article, or take its bookmark away.", "Mark", LIST),
    Action("toggle_read", ("m",), "read", "Mark the article read, or unread again.", "Mark", LIST),
    Action("mark_all_read", ("A",), "all read", "Mark everything that is listed read; undo brings it back.", "Mark"),
    Action("mark_above_read", ("0 m",), "above read", "Mark what is listed above the cursor read.", "Mark", LIST),
    Action("mark_below_read", ("$ m",), "below read", "Mark what is listed below the cursor read.", "Mark", LIST),
    Action("undo", ("u",), "undo", "Undo the last change, also one from last week.", "Mark"),
    Action("redo", ("U",), "redo", "Do again what was just undone.", "Mark"),
    Action("search", ("/",), "search", "Search every article, with answers while you type.", "Find"),
    Action("narrow", ("f",), "filter", "Show only what fits some words, in this list.", "Find"),
    Action(
        "order", ("ctrl+o", "B"), "best first", "List what a search found best first, or newest first again.", "Find"
    ),
    Action("view_all", ("1",), "all", "List everything.", "Find"),
    Action("view_unread", ("2",), "unread", "List what is unread.", "Find"),
    Action("view_bookmarks", ("3",), "bookmarks", "List the bookmarks.", "Find"),
    Action("view_today", ("4",), "today", "List what came today.", "Find"),
    Action("add", ("a",), "add", "Follow a feed, a file or a folder of files.", "Feeds"),
    Action("refresh", ("r",), "refresh", "Look for news in this feed or folder now.", "Feeds"),
    Action("refresh_all", ("R",), "refresh all", "Look for news in every feed now, or show what has come in.", "Feeds"),
    Action("show_new", (".",), "show new", "Show the new articles that wait above the list.", "Feeds"),
    Action(
        "stop",
        ("ctrl+x",),
        "stop",
        "Stop what is under way, a refresh, a page on its way or very many marks; what is done stays.",
        "Feeds",
    ),
    Action("fold", ("F",), "fold", "Fold or unfold the folder under the cursor.", "Feeds", ("feeds",)),
    Action("remove_feed", ("D",), "remove", "Stop following the feed under the cursor; undo brings it back.", "Feeds"),
    Action(
        "full_text_feed",
        ("X",),
        "full texts",
        "Fetch the pages of this feed's articles as they come in, or do so no more.",
        "Feeds",
    ),
    Action("health", ("H",), "health", "See how the feeds do, what is wrong with some, and what helps.", "Feeds"),
    Action("offers", ("w",), "well-known feeds", "Choose from a few well-known feeds.", "Feeds"),
    Action("zen", ("z",), "zen", "Show only the text, or everything again.", "Screen"),
    Action("narrower", ("<",), "narrower", "Make the text narrower.", "Screen"),
    Action("wider", (">",), "wider", "Make the text wider.", "Screen"),
    Action("images", ("I",), "pictures", "Show the pictures of articles, or hide them.", "Screen"),
    Action("density", ("i",), "density", "Show one line for each article, or two.", "Screen"),
    Action("sidebar", ("\\",), "sidebar", "Hide the feeds, or show them again.", "Screen"),
    Action("theme", ("T",), "theme", "Choose the colours, and see them at once.", "Screen"),
    Action("palette", ("ctrl+p", ":"), "commands", "Find any command by its name, and any feed.", "Screen"),
    Action("help", ("?",), "help", "Show every key, and search them.", "Screen"),
    Action("back", ("escape",), "back", "Go back; clear the search or the filter.", "Screen"),
    Action("quit", ("q",), "quit", "Leave: go back, and at the top quit.", "Screen"),
)

BY_ID: dict[str, Action] = {action.id: action for action in ACTIONS}

# What the status line shows on its right, most important first; it takes as many as fit.
FOOTER: dict[str, tuple[str, ...]] = {
    "feeds": ("open", "read_on", "add", "search", "help", "refresh", "mark_all_read", "quit"),
    "list": ("read_on", "bookmark", "help", "search", "toggle_read", "open", "add", "undo", "quit"),
    "article": ("read_on", "bookmark", "help", "hints", "open_browser", "next_article", "find", "zen", "undo", "quit"),
    "search": ("open", "back", "order"),
}


def applies(action_id: str, where: str) -> bool:
    """Whether an action means something in a pane; what is no action of ours always does."""
    action = BY_ID.get(action_id)
    return action is None or where in action.where or where not in ANY


def bindings() -> list[BindingType]:
    """The main screen's bindings with the default keys, each with its action's id for ``App.set_keymap``."""
    from textual.binding import Binding

    from reader.tui.keys import key_string

    return [
        Binding(key_string(action.id, action.keys), action.id, action.label, tooltip=action.help, id=action.id)
        for action in ACTIONS
    ]


def hints(where: str, keys: Keys, ascii_only: bool = False) -> tuple[tuple[str, str], ...]:
    """(key as shown, label) for the status line in a pane or in "search", most important first."""
    from reader.tui.keys import shown

    found = ((BY_ID[action_id], keys.of(action_id)) for action_id in FOOTER[where])
    return tuple((shown(bound[0], ascii_only), action.label) for action, bound in found if bound)
