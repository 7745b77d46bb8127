"""A screen that says that it is open, so that the worker keeps out of its way."""

from __future__ import annotations

from contextlib import AbstractContextManager

from reader.paths import Paths
from reader.store import presence


def shown(paths: Paths) -> AbstractContextManager[None]:
    """Lets workers know of a screen as long as the context lasts, however its process ends."""
    return presence.shown(paths.screen)
