"""Which entries of a document are as they were when it was last read, so that they need no cleaning and no sending.

An entry's ``source_hash`` is taken over all that its article is made of, as it stands in the document: its fields, the
address and other things of the document that its body depends on, the version of the program and of ``RULES``, and the
guid. Dates are left out, as they are where articles are compared. Entries whose guid is not theirs alone are always
read, since it takes their bodies to tell them apart.
"""

from __future__ import annotations

import json
import marshal
from collections import Counter
from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import Any, TypeVar

from reader import __version__
from reader.model import Entry, Unchanged
from reader.parse import bounds, identity

RULES = 3  # to be raised with every change of what becomes of an entry

Item = TypeVar("Item")

_WITHOUT_REFERENCES = 2  # the last version of marshal's format in which equal values are equal bytes


def sifted(
    items: Sequence[Item],
    made: Callable[[Item, int | None], Entry],
    guid: Callable[[Item], str],
    said: Callable[[Item], object],
    document: object,
    known: frozenset[int] | None,
) -> tuple[tuple[Entry, ...], tuple[Unchanged, ...]]:
    """Items as entries with their guids, and those that are unchanged, which stay unread.

    ``made`` reads an item, given its ``source_hash``. ``guid`` is what an item's entry will have, empty if only its
    body could tell; ``said`` all that it is made of; ``document`` what else that depends on. Nothing is ``known`` of
    documents whose entries are always read. Items that are dictionaries are emptied. Raises ``bounds.Unfolded``.
    """
    if known is None:
        return identity.assign(made(item, None) for item in items), ()
    guids = [guid(item) for item in items]
    owners = Counter(guids)
    base = _hasher(None, [__version__, RULES, document])
    entries, unchanged, unfolded = [], [], 0
    for item, own in zip(items, guids, strict=True):
        source_hash = None
        if own and owners[own] == 1:
            source_hash = int.from_bytes(_hasher(base, [own, said(item)]).digest(), "big", signed=True)
        if source_hash in known and source_hash is not None:
            unchanged.append(Unchanged(own, source_hash))
        else:
            entries.append(made(item, source_hash))
            if isinstance(item, dict):
                item.clear()  # what it says twice need not be held
            unfolded += bounds.weight(entries[-1])
            if unfolded > bounds.MOST_UNFOLDED:
                raise bounds.Unfolded
    return identity.assign(entries), tuple(unchanged)


def _hasher(before: blake2b | None, value: object) -> blake2b:
    """A hash that goes on with a value."""
    hasher = blake2b(digest_size=8) if before is None else before.copy()
    hasher.update(_bytes(value))
    return hasher


def _bytes(value: Any) -> bytes:
    """A value as bytes that another one does not have; the quick way knows plain values only."""
    try:
        return marshal.dumps(value, _WITHOUT_REFERENCES)
    except ValueError:
        return json.dumps(value, default=repr, ensure_ascii=False).encode("utf-8", "surrogatepass")
