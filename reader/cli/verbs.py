"""What the command line's rooms share: the verbs, wrong usage, and the library opened with a word on its config."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reader.cli.output import Output, telling
from reader.errors import ReaderError

if TYPE_CHECKING:
    from reader.library import Job, Library

Screen = Callable[["Library", list[str]], int]
"""Opens the screen on these paths; the exit code."""

VERBS = {
    "add": "follow feeds, files or directories",
    "feeds": "the feeds with their counts and health",
    "remove": "stop following a feed",
    "set": "settings of a feed: full_text=on, paused=on, or off",
    "refresh": "check feeds for news",
    "list": "articles, newest first",
    "count": "how many articles fit a query",
    "show": "one article",
    "fulltext": "fetch the pages of articles and keep their main text",
    "download": "save the files that come with an article",
    "mark": "mark articles read, unread, bookmarked or not",
    "undo": "take back the last action",
    "redo": "do again what was undone",
    "import": "follow the feeds of a subscription list (OPML)",
    "export": "the feeds as a subscription list (OPML)",
    "backup": "write the whole library to a file",
    "restore": "put a backup in the library's place",
    "doctor": "say what is wrong, and mend it with --fix",
}
WHOLE = ("backup", "restore", "doctor")
"""Verbs that take the library's file as it is: they are given its paths, and open it themselves."""


_WORKING = ("add", "refresh", "fulltext")


class UsageError(ReaderError):
    """The command line was not understood."""

    exit_code = 2


@contextmanager
def begun_job(verb: str) -> Iterator[Job | None]:
    """For verbs that have the worker do something: it gets ready while we do, and ends if it is told nothing."""
    if verb not in _WORKING:
        yield None
        return
    from reader.library.jobs import Job
    from reader.paths import paths

    with Job(paths()) as job:
        yield job


def open_library(output: Output, begun: Job | None = None, leave: Callable[[], object] = lambda: None) -> Library:
    """The library, with a line for everything in the config that could not be used.

    Where it has to be brought up to date first, that is shown on the terminal, after ``leave`` has made room there.
    """
    from reader.library import Library

    with telling(output, leave) as progress:
        library = Library.open(begun=begun, progress=progress)
    for problem in library.config.problems:
        output.say(f"reader: {problem}")
    return library
