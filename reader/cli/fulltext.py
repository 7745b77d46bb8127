"""Fetch the pages of articles and keep their main text; prints "id<TAB>words" for each."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from reader.cli.output import Output
from reader.cli.show import article_id
from reader.errors import WorkerError
from reader.library import Library
from reader.text import plural


def arguments(parser: ArgumentParser) -> None:
    """The words after the verb."""
    parser.add_argument("ids", nargs="+", type=article_id, metavar="ID", help="as reader list prints them")


def run(library: Library, options: Namespace, output: Output) -> int:
    """Follow the worker from page to page; 1 when no page gave a text, 3 when some did not. An unknown id ends it."""
    for each in options.ids:
        library.article(each)
    kept = failed = 0
    with library.fulltext(options.ids) as job:
        for event in job.events():
            if event["event"] == "problem":
                raise WorkerError(event["message"], event.get("hint", ""))
            if event["event"] != "page":
                continue
            if event["message"]:
                failed += 1
                output.say(f"reader: article {event['article_id']}: {event['message']}")
            else:
                kept += 1
                output.line(f"{event['article_id']}\t{plural(event['words'], 'word')}")
                output.flush()
    if not failed:
        return 0
    return 3 if kept else 1
