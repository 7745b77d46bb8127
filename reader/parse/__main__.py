"""The parse child: documents in on standard input, answers out on standard output, until the input ends.

It limits itself, so that a document can do no more harm than cost its own outcome: ``MEMORY`` of data beyond what the
interpreter uses (the largest document that a fetch lets through needs nine tenths of it where all of it is emoji), and
so many seconds of CPU a document. The kernel ends it at the limit of CPU, wherever it is stuck; the worker starts
another. It never ends on SIGINT: the worker decides.

What a large document leaves behind in memory must not be laid to the next one: after it, the child ends by itself when
it has answered (``wire.SPENT``), and the worker starts another. One that runs out of memory and is not fresh ends
without an answer; the worker then asks a fresh one.
"""

from __future__ import annotations

import math
import os
import signal
import sys
from typing import BinaryIO

from reader.parse import wire
from reader.parse.source import Source
from reader.text import safe_stream

MEMORY = 230_000_000
ADDRESSES = 1 << 30
LARGE = 60_000_000


def main() -> int:
    """Answers requests until the input ends; 2 when what comes in is no request, ``wire.SPENT`` when it is used up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = _own_output()
    _limit_memory()
    requests = sys.stdin.buffer
    try:
        is_fresh, most = True, _data() + LARGE
        while (asked := wire.read_request(requests)) is not None:
            _limit_time(asked[1])
            if not _answer(asked[0], answers, is_fresh=is_fresh) or _data() > most:
                return wire.SPENT
            is_fresh = False
    except wire.BadFrame as error:
        sys.stderr.write(f"reader.parse: {error}\n")
        return 2
    except BrokenPipeError:
        return 0
    return 0


def _answer(source: Source, answers: BinaryIO, *, is_fresh: bool) -> bool:
    """Reads a document and writes what it says; whether it was answered."""
    from reader.parse.documents import TOO_MUCH_MEMORY, parse

    try:
        parsed = parse(source)
        if parsed == TOO_MUCH_MEMORY and not is_fresh:
            return False
        del source
        answers.writelines(wire.answers(parsed))
    except MemoryError:
        return False
    answers.flush()
    return True


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
        _lower(resource.RLIMIT_AS, _pages(0, ADDRESSES) + ADDRESSES)
        _lower(resource.RLIMIT_DATA, _data() + MEMORY)
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


def _data() -> int:
    """Bytes of data in use; the same number at any time where the system does not say."""
    return _pages(5, ADDRESSES)


def _pages(place: int, unknown: int) -> int:
    """A count of pages of /proc/self/statm in bytes."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
            return int(file.read().split()[place]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return unknown


if __name__ == "__main__":
    sys.exit(main())
