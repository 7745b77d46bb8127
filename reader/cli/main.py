"""The command line's front door: which verb, which exit code, and one line for whatever goes wrong.

Exit codes: 0 done; 1 it could not be done; 2 wrong usage, a query's mistake included; 3 a part failed, the rest is
done; 130 after Ctrl+C. A broken pipe is no error.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from reader import __version__
from reader.cli.output import Output
from reader.cli.verbs import VERBS, WHOLE, Screen, UsageError, begun_job, open_library
from reader.errors import ReaderError
from reader.text import safe

if TYPE_CHECKING:
    from argparse import ArgumentParser


DONE, NOT_DONE, INTERRUPTED = 0, 1, 130

_GUARD = "\0"  # no word of a command line can hold it

HELP = """\
usage: reader                  open the screen
       reader PATH...          follow files or directories and open the screen on them; - is standard input
       reader --plain          read line by line, for screen readers and dumb terminals; takes PATHs too
       reader VERB ...         work without the screen; reader VERB --help says more

{verbs}

--version says which version this is. READER_HOME=DIR keeps everything under DIR.
"""


def main(words: Sequence[str], load_screen: Callable[[], Screen], give_back: Callable[[], None] = lambda: None) -> int:
    """Run what the words ask for; the exit code. ``give_back`` leaves a screen that is painted already."""
    output = Output()
    try:
        try:
            code = _run(words, load_screen, output, give_back)
        finally:
            give_back()
        output.flush()
    except ReaderError as error:
        output.say(f"reader: {error}")
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        output.silence()
        return DONE
    except Exception as error:  # noqa: BLE001 - the last door: a bug is told in one line and written down in full
        return _bug(error, output)
    return code


def _run(words: Sequence[str], load_screen: Callable[[], Screen], output: Output, give_back: Callable[[], None]) -> int:
    """The part of ``main`` that may raise."""
    first = words[0] if words else ""
    if first in VERBS:
        return _verb(first, words[1:], output)
    if first in ("--help", "-h", "help"):
        output.write(HELP.format(verbs="\n".join(f"  {verb:<9} {about}" for verb, about in VERBS.items())))
        return DONE
    if first in ("--version", "-V"):
        output.line(f"reader {__version__}")
        return DONE
    if "--plain" in words:
        from reader.cli.plain import open_plain

        return open_plain([word for word in words if word != "--plain"], output)
    from reader.cli.opening import open_screen

    return open_screen(words, load_screen, output, give_back)


def _verb(verb: str, words: Sequence[str], output: Output) -> int:
    """Run one verb: its module has ``arguments(parser)`` and ``run(library, options, output) -> exit code``."""
    from importlib import import_module

    with begun_job(verb) as job:
        module = import_module(f"reader.cli.{verb}" if verb != "import" else "reader.cli.import_")
        try:
            options = _parser(verb, module, output).parse_intermixed_args(_guarded(words))
        except SystemExit as asked:  # it has printed its help
            return int(asked.code or DONE)
        if verb in WHOLE:
            from reader.paths import paths

            return int(module.run(paths(), options, output))
        with open_library(output, job) as library:
            code = module.run(library, options, output)
            assert isinstance(code, int)
            return code


def _guarded(words: Sequence[str]) -> list[str]:
    """The words without the first ``--``, and with a guard before what behind it looks like an option.

    An intermixed parse would take these for options all the same.
    """
    if "--" not in words:
        return list(words)
    end = words.index("--")
    return [*words[:end], *(_GUARD + word if word.startswith("-") else word for word in words[end + 1 :])]


def _bare(word: str) -> str:
    """A word without its guard."""
    return word.removeprefix(_GUARD)


def _parser(verb: str, module: Any, output: Output) -> ArgumentParser:
    """The parser of one verb, with mistakes in one line."""
    from argparse import ArgumentParser

    class Parser(ArgumentParser):
        """An argument parser that raises UsageError and prints its help as everything is printed."""

        def print_help(self, file: Any = None) -> None:
            output.write(self.format_help())

        def error(self, message: str) -> Any:
            said = message.replace(repr(_GUARD)[1:-1], "")
            raise UsageError(f"{self.prog.removeprefix('reader ')}: {said}", f"see: {self.prog} --help")

    parser = Parser(prog=f"reader {verb}", description=module.__doc__, allow_abbrev=False)
    parser.register("type", None, _bare)
    module.arguments(parser)
    return parser


def _bug(error: Exception, output: Output) -> int:
    """Write a bug down in full and say in one line where."""
    import traceback

    from reader.paths import paths
    from reader.times import iso, now

    log = paths().log
    report = "".join(traceback.format_exception(error))
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(safe(f"{iso(now())} {' '.join(sys.argv)}\n{report}"))
        where = f"written down in {log}"
    except OSError as refused:
        where = f"and {log} cannot be written: {refused.strerror}"
    output.say(f"reader: A bug, {where}: {type(error).__name__}: {error}")
    return NOT_DONE
