"""What a document's entries mean for the articles that we have. Pure: the time is an argument, nothing is written.

The rules, in short: an article is its guid in its feed; a guid that changed while title or link and text stayed the
same is the same article; what vanished from a document is kept, so an empty document changes nothing; an entry whose
tombstone is there stays away; dates decide nothing about identity, so the entry hash leaves them out.

It comes in two steps, so that the library is locked only for the second: ``measure`` arranges and hashes the entries,
``decide`` compares them with what is known.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import blake2b

from reader.model import Entry, Unchanged
from reader.store.records import ChangedArticle, Known, KnownArticle, NewArticle

TELLING = 100  # characters from which on a text, with the title or the link, tells an article from all others
_SIGN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+(?:['’-]\w+)*"
)
_ENCODED = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


@dataclass(frozen=True, slots=True)
class Measured:
    """An entry with what is compared and kept of it; ``sort_at`` is its place in lists if it is new."""

    entry: Entry
    entry_hash: int
    text_hash: int
    words: int
    sort_at: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What to write: ``new`` in the order in which ids are handed out, and ``changed``; the others are only counted.

    ``rewritten`` of the changed ones read differently (title or text); ``returned`` were removed here and stay away.
    ``sources`` are pairs of hash and article id for those that only stand differently in their document.
    """

    new: tuple[NewArticle, ...] = ()
    changed: tuple[ChangedArticle, ...] = ()
    rewritten: int = 0
    seen: int = 0
    returned: int = 0
    sources: tuple[tuple[int | None, int], ...] = ()


def measure(entries: Iterable[Entry], now: int, last_check: int | None) -> list[Measured]:
    """The entries of a document, each guid once, oldest first; those of one moment in reverse document order.

    ``last_check`` is the moment of the feed's last check, None on its first.
    """
    by_guid: dict[str, Entry] = {}
    for entry in entries:
        by_guid.setdefault(entry.guid, entry)
    found = [
        Measured(entry, entry_hash(entry), text_hash(entry.text), words(entry.text), sort_at(entry, now, last_check))
        for entry in reversed(by_guid.values())
    ]
    return sorted(found, key=lambda each: each.sort_at)


def decide(
    known: Known, entries: Sequence[Measured], present: frozenset[str], moved: Mapping[str, str] | None = None
) -> Decision:
    """What becomes of the entries; ``new`` keeps their order.

    ``present`` are the guids of the whole document, of which ``entries`` may be a part. ``moved`` says of files that
    are known to have moved under which guid they were.
    """
    new: list[NewArticle] = []
    changed: list[ChangedArticle] = []
    sources: list[tuple[int | None, int]] = []
    claimed: set[int] = set()
    rewritten = seen = returned = 0
    for each in entries:
        entry = each.entry
        article = known.by_guid.get(entry.guid) or _renamed(
            known, each, present, claimed, (moved or {}).get(entry.guid)
        )
        if article is None and entry.guid in known.tombstones:
            returned += 1
        elif article is None:
            new.append(
                NewArticle(
                    entry, each.sort_at, each.entry_hash, each.text_hash, each.words, source_hash=entry.source_hash
                )
            )
        elif (article.guid, article.entry_hash) == (entry.guid, each.entry_hash):
            seen += 1
            if article.source_hash != entry.source_hash:
                sources.append((entry.source_hash, article.id))
        else:
            claimed.add(article.id)
            changed.append(
                ChangedArticle(article.id, entry, each.entry_hash, each.text_hash, each.words, entry.source_hash)
            )
            rewritten += (article.title, article.text_hash) != (entry.title, each.text_hash)
    return Decision(tuple(new), tuple(changed), rewritten, seen, returned, tuple(sources))


def _renamed(
    known: Known, each: Measured, present: frozenset[str], claimed: set[int], before: str | None
) -> KnownArticle | None:
    """The article that the entry was under another guid, which the document has no more."""
    file = known.by_guid.get(before) if before is not None and before not in present else None
    if file is not None and file.id not in claimed:
        return file
    for article in known.by_text.get(each.text_hash, ()):
        if article.guid not in present and article.id not in claimed and _same(article, each):
            return article
    return None


def _same(article: KnownArticle, each: Measured) -> bool:
    """Whether an article with the same text is the entry: all agrees, or title or link where the text says enough.

    Where it says little, a daily picture under one title and one link would be taken for yesterday's.
    """
    entry = each.entry
    if article.entry_hash == each.entry_hash:
        return True
    link = entry.link is not None and article.link == entry.link
    title = entry.title is not None and article.title == entry.title
    return len(entry.text) >= TELLING and (link or title)


def is_certain(known: Known, unchanged: Iterable[Unchanged]) -> bool:
    """Whether all that a document says is unchanged is what we have, or was removed here: it may stay unread then."""
    for each in unchanged:
        article = known.by_guid.get(each.guid)
        if article is None and each.guid not in known.tombstones:
            return False
        if article is not None and article.source_hash != each.source_hash:
            return False
    return True


def sort_at(entry: Entry, now: int, last_check: int | None) -> int:
    """A new entry's place in lists: its date on the first check, later not before the last check; never the future."""
    date = entry.published if entry.published is not None else entry.mtime
    if date is None:
        return now
    return min(now, date if last_check is None else max(date, last_check))


def entry_hash(entry: Entry) -> int:
    """What an entry says, dates left out, as a signed 64-bit number."""
    values = {
        "author": entry.author,
        "comments_link": entry.comments_link,
        "dateline": entry.dateline and asdict(entry.dateline),
        "enclosures": [{"length": one.length, "type": one.type, "url": one.url} for one in entry.enclosures],
        "html": entry.html,
        "language": entry.language,
        "link": entry.link,
        "section": entry.section,
        "title": entry.title,
    }
    return _hash(_ENCODED(values))


def text_hash(text: str) -> int:
    """A text as a signed 64-bit number."""
    return _hash(text)


def words(text: str) -> int:
    """How many words; a Han or kana sign counts as one."""
    return len(_WORD.findall(text)) if not text.isascii() and _SIGN.search(text) else len(text.split())


def _hash(text: str) -> int:
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
