"""Follow the feeds of a subscription list (OPML); "reader refresh" then fetches them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from reader.cli.output import Output
from reader.library import Library
from reader.text import plural


def arguments(parser: ArgumentParser) -> None:
    """The words after the verb."""
    parser.add_argument("file", metavar="FILE", help="an OPML file")
    parser.add_argument("--local", action="store_true", help="follow files of this computer, wherever they lie")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done and do nothing")


def run(library: Library, options: Namespace, output: Output) -> int:
    """Import and say what was, or would be, done."""
    imported = library.import_opml(Path(options.file), options.dry_run, options.local)
    for each in imported.added:
        output.line(f"{'would follow' if options.dry_run else 'follows'}  {each.title}  {each.url}")
    for note in imported.notes:
        output.say(f"reader: {note}")
    known = f", {len(imported.known):,} followed already" if imported.known else ""
    output.line(f"{plural(len(imported.added), 'feed')} {'to add' if options.dry_run else 'added'}{known}")
    return 0
