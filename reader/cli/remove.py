"""Stop following a feed. What is bookmarked stays under Archive, or with --keep all of it; "reader undo" undoes it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from reader.cli.output import Output
from reader.library import Library


def arguments(parser: ArgumentParser) -> None:
    """The words after the verb."""
    parser.add_argument("feed", metavar="FEED", help="id, address or a unique part of the title")
    parser.add_argument("--keep", action="store_true", help="keep all its articles, under Archive")


def run(library: Library, options: Namespace, output: Output) -> int:
    """Remove the feed and say so."""
    output.line(library.remove(library.find_feed(options.feed).id, keeps=options.keep).label)
    return 0
