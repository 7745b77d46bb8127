"""The feeds that a directory of podcasts names in its answer (Apple's iTunes Search API, ``lookup``)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from reader.model import FoundFeed
from reader.parse import addresses, titles

_MOST = 20
_LONGEST = 1_000_000


def feeds(text: str) -> tuple[FoundFeed, ...]:
    """The ``feedUrl`` of each result, with its name; none where the text is another kind of JSON."""
    try:
        answer = json.loads(text) if len(text) <= _LONGEST else None
    except (ValueError, RecursionError):
        return ()
    results = answer.get("results") if isinstance(answer, dict) else None
    return tuple(_found(results[:_MOST])) if isinstance(results, list) else ()


def _found(results: list[object]) -> Iterator[FoundFeed]:
    for result in results:
        if not isinstance(result, dict) or not isinstance(result.get("feedUrl"), str):
            continue
        address, name = addresses.absolute(result["feedUrl"], None), result.get("collectionName")
        if address and addresses.is_web(address):
            yield FoundFeed(address, titles.plain(name) if isinstance(name, str) else None)
