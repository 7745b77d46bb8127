"""List the feeds with their folder, counts and health."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from reader.cli import shapes
from reader.cli.output import Output
from reader.library import Library, checkups
from reader.model import Feed
from reader.sites import Site
from reader.text import clean_line


def arguments(parser: ArgumentParser) -> None:
    """The words after the verb."""
    parser.add_argument("--json", action="store_true", help="one JSON array")


def run(library: Library, options: Namespace, output: Output) -> int:
    """Print the feeds in the order of the sidebar."""
    feeds = library.feeds()
    if options.json:
        output.array(shapes.feed(each) for each in feeds)
        return 0
    for each in feeds:
        output.line(_line(each, output.width, library.config.sites))
    return 0


def _line(feed: Feed, width: int | None, sites: Sequence[Site]) -> str:
    """A feed on one line: id, unread of total, folder and title, health in words."""
    name = f"{shapes.folder(feed.folder)} / {feed.title}" if feed.folder else feed.title
    text = f"{feed.id:>5}  {feed.unread:>6} of {feed.total:<6}  {name}  ({_health(feed, sites)})"
    if width is None:
        return f"{text}  {clean_line(feed.url, 8000)}"
    from reader.document.cells import fit

    return fit(text, width)


def _health(feed: Feed, sites: Sequence[Site]) -> str:
    """How it is doing."""
    words = feed.health.message or feed.health.state.value
    return f"{words}; {checkups.UNVERIFIED}" if checkups.is_unverified(feed, sites) else words
