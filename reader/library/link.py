"""How fast the link to the network is, judged by what the latest fetches of feeds took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import ceil

FETCHES = 100  # that are looked at
_TELLING = 16_000  # bytes; what is less says more of the way there and back than of the link
_SLOW_RATE = 64_000  # bytes a second
_SLOW_ANSWER = 1.5  # seconds
_FEW = 3


def is_slow(fetches: Iterable[tuple[int, int, int]]) -> bool:
    """Whether the link is slow, by the moment, the bytes and the milliseconds of each fetch.

    What went best counts: a server can be slow on the best link, and fetches side by side share it, so that what came
    within one second is added up. Slow is a link on which that was never 64 kB, or on which of several small answers
    none came within 1.5 seconds. Where too little is known it is not called slow. Whether a link is metered no system
    tells a program in a terminal: that is for ``images.show`` to say.
    """
    together: Counter[int] = Counter()
    rates, waits = [], []
    for at, size, ms in fetches:
        seconds = max(ms, 1) / 1000
        if size < _TELLING:
            waits.append(seconds)
            continue
        rates.append(size / seconds)
        for second in range(ceil(seconds)):
            together[at - second] += size // ceil(seconds)
    if rates:
        return max(*rates, *together.values()) < _SLOW_RATE
    return len(waits) >= _FEW and min(waits) > _SLOW_ANSWER
