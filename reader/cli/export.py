"""Print the feeds as a subscription list (OPML 2.0)."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from reader.cli.output import Output
from reader.library import Library


def arguments(parser: ArgumentParser) -> None:
    """The words after the verb."""
    parser.add_argument("--opml", action="store_true", help="OPML, which is all there is for now")


def run(library: Library, options: Namespace, output: Output) -> int:
    """Print the list."""
    output.write(library.export_opml())
    return 0
