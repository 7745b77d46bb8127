"""Whether a screen has the library open: each holds a shared lock on a file beside it, which ends with its process."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_TRIES = 50
_STEP_SECONDS = 0.001


@contextmanager
def shown(place: Path) -> Iterator[None]:
    """Lets others see that a screen is open, as long as the context lasts; where that cannot be, nothing happens."""
    handle = _opened(place)
    try:
        if handle is not None:
            _hold(handle)
        yield
    finally:
        if handle is not None:
            os.close(handle)


def is_open(place: Path) -> bool:
    """Whether any screen is open; where nobody can know, one is."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        handle = os.open(place, os.O_RDWR)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


def _opened(place: Path) -> int | None:
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        return os.open(place, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        return None


def _hold(handle: int) -> None:
    """Takes the shared lock; a worker that looks has the file to itself for a moment."""
    try:
        import fcntl
    except ImportError:
        return
    for _ in range(_TRIES):
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_STEP_SECONDS)
        except OSError:
            return
        else:
            return
