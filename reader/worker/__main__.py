"""The worker process: ``python -P -m reader.worker``, one order on standard input, events on standard output."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from reader import paths
from reader.errors import ReaderError
from reader.text import safe_stream
from reader.worker.engine import Stop
from reader.worker.events import Events, Orders


def main() -> int:
    """Reads the order, does it, and returns the exit code."""
    stop = Stop()
    events = Events(_own_output(), stop)
    for name in ("SIGTERM", "SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda _number, _frame: stop())
    orders = Orders(0)
    try:
        _prepare()
        order = _first(orders)
        orders.follow(stop)
        return _job(events, stop, order)
    except ReaderError as error:
        events.say("problem", message=error.message, hint=error.hint)
        return error.exit_code


def _prepare() -> None:
    """Load what every order needs while whoever started us finds out what it is."""
    import reader.config
    import reader.worker.refresh  # noqa: F401


def _first(orders: Orders) -> dict[str, Any]:
    """The order to carry out. Raises ReaderError where there is none."""
    try:
        order = orders.next()
    except ValueError as error:
        raise ReaderError(f"The worker does not understand its order: {error}") from error
    if order is None:
        raise ReaderError("The worker was told nothing")
    return order


def _own_output() -> int:
    """Standard output for events alone: whatever else is printed goes to standard error."""
    handle = os.dup(1)
    os.dup2(2, 1)
    sys.stderr = safe_stream(sys.stderr)
    return handle


def _job(events: Events, stop: Stop, order: dict[str, Any]) -> int:
    from reader.config import load
    from reader.worker.refresh import Job

    places = paths.paths()
    return Job(places, load(places), events, stop).run(order)


if __name__ == "__main__":
    sys.exit(main())
