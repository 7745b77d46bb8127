"""The room: everything that a person can do with the library, as plain methods.

The screen and the command line are two doors into it, so neither decides anything that the other would have to decide
again. Reading and the user's own small writes happen here, on the calling thread; fetching, parsing and bulk writing
are asked of the worker, another process (``jobs``). What can be decided without the database is a pure function in a
module of its own: the query language, the sidebar's tree, which feed a few words mean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reader.library.jobs import Job as Job
    from reader.library.room import Library as Library
    from reader.store.connection import Interrupted as Interrupted
    from reader.store.marks import SLICE as SLICE

__all__ = ["SLICE", "Interrupted", "Job", "Library"]

_PLACES = {
    "Library": "reader.library.room",
    "Job": "reader.library.jobs",
    "Interrupted": "reader.store.connection",
    "SLICE": "reader.store.marks",
}


def __getattr__(name: str) -> Any:
    """The names of ``__all__``, each loaded when it is first asked for."""
    from importlib import import_module

    if name in _PLACES:
        return getattr(import_module(_PLACES[name]), name)
    raise AttributeError(name)
