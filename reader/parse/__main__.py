"""The parse child: documents in on standard input, answers out on standard output, until the input ends.

It limits itself, so that a document can do no more harm than cost its own outcome: a gibibyte of address space beyond
what the interpreter uses (the largest document a fetch lets through is a few per cent of that, and what a parser makes
of it some ten times its size), and so many seconds of CPU a document. The kernel ends it at the limit of CPU, wherever
it is stuck; the worker starts another. It never ends on SIGINT: the worker decides.
"""

from __future__ import annotations

import math
import os
import signal
import sys
from typing import BinaryIO

from reader.model import Parsed, Unreadable
from reader.parse import wire
from reader.parse.source import Source
from reader.text import safe_stream

MEMORY = 1 << 30


def main() -> int:
    """Answers requests until the input ends; 2 when what comes in is no request."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = _own_output()
    _limit_memory()
    requests = sys.stdin.buffer
    try:
        while (asked := wire.read_request(requests)) is not None:
            source, seconds = asked
            _limit_time(seconds)
            answers.write(_answer(source))
            answers.flush()
    except wire.BadFrame as error:
        sys.stderr.write(f"reader.parse: {error}\n")
        return 2
    except BrokenPipeError:
        return 0
    return 0


def _answer(source: Source) -> bytes:
    from reader.parse.documents import parse

    try:
        return wire.answer(parse(source))
    except MemoryError:
        return wire.answer(_too_large())


def _too_large() -> Parsed:
    return Unreadable("The document needs too much memory to read.")


def _own_output() -> BinaryIO:
    """Standard output for frames alone; whatever else is printed, by a library of C as well, goes to standard error."""
    frames = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr = safe_stream(sys.stderr)
    return frames


def _limit_memory() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _lower(resource.RLIMIT_AS, _address_space() + MEMORY)
    except (ImportError, AttributeError, OSError, ValueError):
        return  # not every system has limits or lets us set them; the worker watches the clock as well


def _limit_time(seconds: int) -> None:
    """At most ``seconds`` of CPU from now on."""
    try:
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        _lower(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime) + max(1, seconds))
    except (ImportError, OSError, ValueError):
        return


def _lower(limit: int, value: int) -> None:
    """Sets a soft limit, no higher than the hard one."""
    import resource

    hard = resource.getrlimit(limit)[1]
    soft = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(limit, (soft, hard))


def _address_space() -> int:
    """Bytes of address space in use; where the system does not say, a guess on the safe side."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return MEMORY


if __name__ == "__main__":
    sys.exit(main())
