"""The commands of the linear reader: one row for each, and what a typed line means. Pure.

What the screen has too has its id and its keys there (``tui.actions``); a test holds them equal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reader.cli.verbs import UsageError

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Command:
    """One command: what is typed for it, and in a sentence what it does. ``takes`` says what may stand behind it."""

    id: str
    keys: tuple[str, ...]
    words: tuple[str, ...]
    help: str
    takes: str = ""


COMMANDS: tuple[Command, ...] = (
    Command("read_on", (), ("on",), "Enter alone: reads on; at the end of an article opens the next unread one."),
    Command("page_back", ("-",), ("back",), "Says the part before this one; in a list the page before."),
    Command("open", (), ("open",), "Opens what has this number; a number alone means what was listed last.", "NUMBER"),
    Command("next_unread", ("n",), ("next unread",), "Opens the next unread article, in whichever feed it is."),
    Command("previous_unread", ("N",), ("previous unread",), "Opens the unread article before this one."),
    Command("next_article", ("j", "J"), ("next",), "Opens the next article of the list."),
    Command("previous_article", ("k", "K"), ("previous",), "Opens the article before this one in the list."),
    Command("again", (), ("again",), "Says this part once more."),
    Command("where", (), ("where",), "Says what is listed and open, and how far it is read."),
    Command("list", (), ("list",), "Lists the articles of this view again, from this one on."),
    Command("view_all", (), ("all",), "Lists everything."),
    Command("view_unread", (), ("unread",), "Lists what is unread."),
    Command("view_today", (), ("today",), "Lists what came today."),
    Command("view_bookmarks", (), ("bookmarks",), "Lists the bookmarks."),
    Command("feeds", (), ("feeds",), "Lists views, folders and feeds with their counts."),
    Command("feed", (), ("feed",), "Lists the articles of a feed: its number, or a part of its title.", "FEED"),
    Command("search", ("/",), ("search",), "Searches every article.", "WORDS"),
    Command("narrow", ("f",), ("narrow",), "Searches in what is listed.", "WORDS"),
    Command("bookmark", ("b", "s"), ("bookmark",), "Bookmarks the article, or takes its bookmark away.", "[NUMBER]"),
    Command("toggle_read", ("m",), ("mark",), "Marks the article read, or unread again.", "[NUMBER]"),
    Command("mark_all_read", ("A",), ("all read",), "Marks everything that is listed read."),
    Command("undo", ("u",), ("undo",), "Undoes the last change."),
    Command("redo", ("U",), ("redo",), "Does again what was just undone."),
    Command("headings", (), ("headings",), "Lists the headings of the article."),
    Command("heading", (), ("heading",), "Reads on from a heading.", "NUMBER"),
    Command("links", (), ("links",), "Lists the links of the article."),
    Command("link", (";",), ("link",), "Follows a link.", "NUMBER"),
    Command("full_text", ("x",), ("full text",), "Reads the text of the article's page, or the feed's again."),
    Command("enclosures", ("e",), ("enclosures",), "Lists the files that come with the article."),
    Command("save", (), ("save",), "Saves a file that comes with the article; Ctrl+C stops it.", "[NUMBER]"),
    Command("open_browser", ("o",), ("browser",), "Opens the article in the web browser.", "[NUMBER]"),
    Command("comments", ("c",), ("comments",), "Opens the article's comments in the web browser."),
    Command("copy_link", ("y",), ("address",), "Says the article's address."),
    Command("add", ("a",), ("add",), "Follows a feed, a file or a folder of files.", "TARGET"),
    Command("remove_feed", ("D",), ("remove",), "Stops following a feed.", "FEED"),
    Command("refresh", ("r",), ("refresh",), "Looks for news in what is listed; Ctrl+C stops it."),
    Command("refresh_all", ("R",), ("refresh all",), "Looks for news in every feed; Ctrl+C stops it."),
    Command("wrap", (), ("wrap",), "Folds long lines between words at the terminal's width, or no longer."),
    Command("help", ("?",), ("help",), "Says this."),
    Command("quit", ("q",), ("quit", "exit"), "Leaves."),
)

_BY_ID = {command.id: command for command in COMMANDS}
_BY_NAME = {name: command for command in COMMANDS for name in (*command.keys, *command.words)}


def understood(line: str) -> tuple[Command, str]:
    """The command that a line means and what stands behind it. Raises UsageError for none of ours."""
    text = line.strip()
    if not text:
        return _BY_ID["read_on"], ""
    if text.isascii() and text.isdecimal():
        return _BY_ID["open"], text
    for name, rest in _splits(text):
        command = _BY_NAME.get(name)
        if command is not None and (command.takes or not rest):
            return command, rest
    raise UsageError(f"{text[:_LONGEST]!r} is no command", f"{_nearest(text)}? lists them all")


def _splits(text: str) -> Iterator[tuple[str, str]]:
    """A line as a name and what follows, the longest names first; "/words" and ";3" need no blank."""
    parts = text.split()
    for count in (2, 1):
        name = " ".join(parts[:count])
        yield name if len(name) == 1 else name.lower(), text.split(None, count)[-1] if len(parts) > count else ""
    if text[0] in "/;":
        yield text[0], text[1:].strip()


def _nearest(text: str) -> str:
    """The name that was perhaps meant, with a word on it."""
    from difflib import get_close_matches

    found = get_close_matches(text[:_LONGEST].lower(), [name for name in _BY_NAME if len(name) > 1], n=1)
    return f"the nearest is {found[0]!r}; " if found else ""


def help_lines() -> Iterator[str]:
    """A line for each command: its keys and words, and what it does."""
    for command in COMMANDS:
        names = ", ".join((*command.keys, *command.words))
        yield f"{names}{' ' + command.takes if command.takes else ''}: {command.help}"
