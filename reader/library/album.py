"""The pictures that articles showed, as far as they are kept: what the screen may ask of them, without the network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reader.store.pictures import Kept, PictureCache, Refused

Size = tuple[int, int]
_MOST = 60  # pictures of an article that are brought
_SCHEMES = ("http://", "https://", "file:")
_FRESH = 7 * 86400  # seconds that a picture of the network is taken to be what it was


@dataclass(frozen=True, slots=True)
class Hoard:
    """What is known of an article's pictures: the sizes in pixels of those that are there, and which are to be brought.

    ``is_slow``: the link is too slow for pictures that nobody asked for.
    """

    sizes: dict[str, Size] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    is_slow: bool = False


class Album:
    """Reads what is kept in a directory; may be used from any thread."""

    def __init__(self, directory: Path) -> None:
        self._cache = PictureCache(directory)

    def sizes(self, addresses: Iterable[str]) -> dict[str, Size]:
        """The sizes in pixels of the pictures that are there."""
        found = ((address, self._cache.look(address)) for address in addresses)
        return {address: kept.size for address, kept in found if isinstance(kept, Kept)}

    def missing(self, addresses: Sequence[str], now: int) -> tuple[str, ...]:
        """The pictures to be brought: not there, or perhaps not what they were; none that was refused a while ago."""
        wanted = [address for address in addresses if address.startswith(_SCHEMES)][:_MOST]
        return tuple(address for address in wanted if self._is_missing(address, now))

    def sample(self, address: str) -> tuple[Size, bytes] | None:
        """The size and the pixels of the small copy of a picture (``model.Picture``)."""
        found = self._cache.sample(address)
        return None if found is None else (found.size, found.pixels)

    def png(self, address: str) -> bytes | None:
        """A picture as PNG."""
        return self._cache.png(address)

    def _is_missing(self, address: str, now: int) -> bool:
        known = self._cache.look(address)
        if isinstance(known, Refused):
            return known.until <= now
        return known is None or address.startswith("file:") or known.at + _FRESH <= now
