"""Print how many articles fit a query, all of them without one."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from reader.cli.output import Output
from reader.library import Library


def arguments(parser: ArgumentParser) -> None:
    """The words after the verb."""
    parser.add_argument("query", nargs="*", metavar="QUERY", help='words, "phrases", begin*, is:unread, feed:name')


def run(library: Library, options: Namespace, output: Output) -> int:
    """Print the number."""
    output.line(str(library.count(" ".join(options.query))))
    return 0
