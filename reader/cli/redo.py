"""Do again what was last undone."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from reader.cli.output import Output
from reader.errors import ReaderError
from reader.library import Library


def arguments(parser: ArgumentParser) -> None:
    """No words after the verb."""


def run(library: Library, options: Namespace, output: Output) -> int:
    """Redo and say what."""
    change = library.redo()
    if change is None:
        raise ReaderError("There is nothing to do again")
    output.line(change.label)
    return 0
