"""Mark articles by id or by a query; prints how many changed."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from reader.cli.output import Output
from reader.cli.show import article_id
from reader.cli.verbs import UsageError
from reader.library import Library
from reader.model import Mark


def arguments(parser: ArgumentParser) -> None:
    """The words after the verb."""
    parser.add_argument("mark", choices=[mark.value for mark in Mark], help="read, unread, bookmarked or unbookmarked")
    parser.add_argument("ids", nargs="*", type=article_id, metavar="ID", help="as reader list prints them")
    parser.add_argument("--query", metavar="QUERY", help="all that fit, instead of ids")


def run(library: Library, options: Namespace, output: Output) -> int:
    """Mark them in one action, which one undo takes back. An unknown id changes nothing."""
    if bool(options.ids) == (options.query is not None):
        raise UsageError("mark: needs ids or --query QUERY", "see: reader mark --help")
    if options.ids:
        for each in options.ids:
            library.article(each)
    ids = options.ids or library.found(options.query)
    output.line(str(library.mark(ids, Mark(options.mark)).count))
    return 0
