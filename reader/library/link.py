"""How fast the link to the network is, judged by what the latest fetches of feeds took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

FETCHES = 100  # that are looked at
_TELLING = 16_000  # bytes; what is less says more of the way there and back than of the link
_SLOW_RATE = 64_000  # bytes a second
_SLOW_ANSWER = 1.5  # seconds
_FEW = 3


def is_slow(fetches: Iterable[tuple[int, int, int]]) -> bool:
    """Whether the link is slow, by the moment, the bytes and the milliseconds of each fetch.

    What went best counts: a server can be slow on the best link, and fetches side by side share it, so that what came
    within one second is added up as well. Slow is a link on which the best was less than 64 kB a second, or on which no
    server of several answered within 1.5 seconds. Where too little is known it is not called slow. Whether a link is
    metered no system tells a program in a terminal: that is for ``images.show`` to say.
    """
    known = [(at, size, max(ms, 1) / 1000) for at, size, ms in fetches]
    rates = [size / seconds for _, size, seconds in known if size >= _TELLING]
    if rates:
        together: Counter[int] = Counter()
        for at, size, _ in known:
            together[at] += size
        if max(*rates, *together.values()) < _SLOW_RATE:
            return True
    return len(known) >= _FEW and min(seconds for _, _, seconds in known) > _SLOW_ANSWER
