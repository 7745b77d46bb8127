"""How fast a host may be asked. Pure.

Sites that answer readers with 429 are asked one at a time and more slowly, and all their hosts count as one: the limit
of Reddit is one request in two seconds for an IP address at most (its API rules; since 2026 far less without a login),
that of arXiv one in three (Terms of Use for arXiv APIs), of MusicBrainz and crates.io one a second (their rate limits
and crawler policy), and Wikipedia wants requests in series (API:Etiquette). Medium, Tumblr, hnrss.org, openrss.org and
BitChute publish no number; readers' issue trackers report limits for each site as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from reader.fetch.address import host, is_here


@dataclass(frozen=True, slots=True)
class Pace:
    """What a host can bear: requests at once, and seconds between the starts of two."""

    at_once: int
    pause: float


SITES = {
    "reddit.com": Pace(1, 2.0),
    "arxiv.org": Pace(1, 3.0),
    "medium.com": Pace(1, 2.0),
    "tumblr.com": Pace(1, 1.0),
    "hnrss.org": Pace(1, 2.0),
    "openrss.org": Pace(1, 2.0),
    "bitchute.com": Pace(1, 2.0),
    "musicbrainz.org": Pace(1, 1.0),
    "crates.io": Pace(1, 1.0),
    "wikipedia.org": Pace(1, 0.5),
}
_FILES = ("media.tumblr.com", "miro.medium.com", "cdn-images-1.medium.com")  # their pictures, made to be asked for


@lru_cache(maxsize=8192)
def site_of(url: str) -> str:
    """What an address is counted under: its site where that limits all its hosts together, else its host and port."""
    name = host(url)
    bare = name.partition(":")[0].rstrip(".")
    if bare.endswith(_FILES):
        return name
    parts = bare.split(".")
    return next((site for at in range(len(parts) - 1) if (site := ".".join(parts[at:])) in SITES), name)


@lru_cache(maxsize=8192)
def pace_of(site: str, at_once: int, pause: float) -> Pace:
    """What a site can bear, by name; for others the given numbers. This computer and its network need no pause."""
    if site in SITES:
        return SITES[site]
    return Pace(at_once, 0.0 if is_here(f"http://{site}/") else pause)
