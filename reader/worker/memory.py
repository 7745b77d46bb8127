"""Memory that was freed, given back to the system.

What one thread reads another one frees, piece by piece, and the C library then keeps the pages: after some long
documents the worker would hold several times what it uses.
"""

from __future__ import annotations

from contextlib import suppress


def give_back() -> None:
    """Lets the system have what is free, where the C library can be asked to (glibc)."""
    import ctypes

    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
