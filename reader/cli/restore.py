"""Put a backup in the place of the library; the library that is there now is kept beside it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from reader.cli.output import Output, telling
from reader.library import keeping
from reader.paths import Paths


def arguments(parser: ArgumentParser) -> None:
    """The words after the verb."""
    parser.add_argument("file", metavar="FILE", help="what reader backup wrote")


def run(where: Paths, options: Namespace, output: Output) -> int:
    """Restore and say how to take it back."""
    with telling(output) as progress:
        kept = keeping.restore(where, Path(options.file), progress)
    output.line(f"{kept.path} is as it was in the backup")
    if kept.before is not None:
        output.line(f"the library from before is kept; to go back: reader restore {kept.before}")
    return 0
