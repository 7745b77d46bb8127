"""``reader --plain``: the reader line by line, for screen readers, dumb terminals and pipes.

One line is one event; nothing is redrawn, and no escape sequence or other control character is ever written, not even
for colour or by a line editor. A paragraph is one line, however long: a screen reader then reads it in one breath and
can move by sentence in it, and a terminal folds it by itself; ``wrap`` folds lines between words for those who look.

Keys are those of the screen, typed with Enter, and every one has a whole word beside it. A number means what was last
listed. With standard input from a pipe or file no prompt and nothing unasked is printed, an article comes in one piece,
and the exit code is 0 when all commands could be done, 3 when some could, else that of the last (1, or 2 for wrong
usage); the end of the input is the end of the session.
"""

from __future__ import annotations

from collections.abc import Sequence

from reader.cli.opening import path
from reader.cli.output import Output
from reader.cli.verbs import UsageError, open_library


def open_plain(words: Sequence[str], output: Output) -> int:
    """Follow the paths that are named, and carry out what is typed until the end of the input; the exit code."""
    if "--help" in words or "-h" in words:
        from reader.cli.plain.commands import help_lines

        output.write("\n".join(["usage: reader --plain [PATH...], and then, line by line:", "", *help_lines(), ""]))
        return 0
    paths = [path(word) for word in words]
    if "-" in paths:
        raise UsageError("With --plain the commands come from standard input", "name a file instead of -")
    with open_library(output) as library:
        from reader.cli.plain.session import Session

        return Session(library, output).run(paths)
