"""Write the whole library to a file, also while it is in use."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from reader.cli.output import Output, telling
from reader.library import keeping
from reader.paths import Paths
from reader.text import size


def arguments(parser: ArgumentParser) -> None:
    """The words after the verb."""
    parser.add_argument("file", metavar="FILE", help="an earlier backup there is replaced")
    parser.add_argument("--force", action="store_true", help="replace a file that is no backup, too")


def run(where: Paths, options: Namespace, output: Output) -> int:
    """Write the backup and say so."""
    with telling(output) as progress:
        kept = keeping.backup(where, Path(options.file), force=options.force, progress=progress)
    output.line(f"{kept.path}: {size(kept.size)}, checked")
    return 0
