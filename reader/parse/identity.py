"""Who is who within one document: a guid for every entry, the same at every fetch.

The guid is the publisher's id, else the link, else a hash of what the entry says. Some publishers repeat an id in one
document for entries that are not the same; then:

* exact copies (link, title, body and enclosures alike) fold into the first of them;
* of different entries under one id, each takes the id with "#" and a hash of its link and title, of its text as well
  where those are alike. Whose link is the id itself keeps it bare, if that is true of one of them only.

So a guid never depends on where in the document an entry stands: when a new entry comes on top or an old one leaves at
the end, the others keep theirs. (Were the first to keep the bare id, each new entry would take it over from the one
before, and with it that one's state.) It can change when an id that was alone comes to be shared or the other way
round; title, link and text then stay what they were, by which ingest knows the article again.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from reader.model import Entry
from reader.text import clean_line

_LONGEST = 1000


def publisher_id(written: object) -> str:
    """An id as the publisher gave it: one line, and where it is very long its start and a hash. Empty for none."""
    if isinstance(written, bool) or not isinstance(written, str | int | float):
        return ""
    whole = str(written)
    line = clean_line(whole, _LONGEST * 10)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 100]}#{_hash(whole)}"


def assign(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries, whose guid is the publisher's or empty, with guids that are unique; exact copies folded."""
    named = [entry if entry.guid else replace(entry, guid=_of_last_resort(entry)) for entry in entries]
    if len({entry.guid for entry in named}) == len(named):
        return tuple(named)
    kept: dict[tuple[object, ...], Entry] = {}
    for entry in named:
        kept.setdefault(_essence(entry), entry)
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in kept.values():
        groups[entry.guid].append(entry)
    for guid, members in groups.items():
        if len(members) > 1:
            for entry, new in zip(members, _distinct(guid, members), strict=True):
                kept[_essence(entry)] = replace(entry, guid=new)
    return tuple(kept.values())


def _of_last_resort(entry: Entry) -> str:
    files = (enclosure.url for enclosure in entry.enclosures)
    return entry.link or f"hash:{_hash(entry.title or '', entry.text, *files)}"


def _essence(entry: Entry) -> tuple[object, ...]:
    return entry.guid, entry.link, entry.title, entry.html, entry.enclosures


def _distinct(guid: str, entries: list[Entry]) -> list[str]:
    """A guid for each of several different entries under one id."""
    owners = [entry for entry in entries if entry.link == guid]
    marks = [_hash(entry.link or "", entry.title or "") for entry in entries]
    counts = Counter(marks)
    guids = []
    for entry, mark in zip(entries, marks, strict=True):
        if len(owners) == 1 and owners[0] is entry:
            guids.append(guid)
        elif counts[mark] == 1:
            guids.append(f"{guid}#{mark}")
        else:
            guids.append(f"{guid}#{_hash(mark, entry.html, *(enclosure.url for enclosure in entry.enclosures))}")
    return guids


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]
