"""Stop following a feed. What is bookmarked stays under Archive; "reader undo" brings the feed back."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from reader.cli.output import Output
from reader.library import Library


def arguments(parser: ArgumentParser) -> None:
    """The words after the verb."""
    parser.add_argument("feed", metavar="FEED", help="id, address or a unique part of the title")


def run(library: Library, options: Namespace, output: Output) -> int:
    """Remove the feed and say so."""
    output.line(library.remove(library.find_feed(options.feed).id).label)
    return 0
