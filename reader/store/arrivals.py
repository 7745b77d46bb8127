"""The one way in: what a feed has already, and new and changed articles written. Only the worker's path calls this.

An article, its body and its words in the search index, or its turn in the queue for that, are one transaction, the
caller's or, without one, its own.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

from reader.model import Entry
from reader.store import parts, versions
from reader.store.bodies import packed, readable, summary
from reader.store.connection import Connection, Value, bound, bound_texts, transaction
from reader.store.fulltexts import with_full_text
from reader.store.indexing import Indexed, queue
from reader.store.records import ChangedArticle, Known, KnownArticle, NewArticle
from reader.text import clean_line, first_words

LOOKALIKES = 1000

_KNOWN = "SELECT articles.id, guid, entry_hash, text_hash, title, link, source_hash FROM"
_BY_GUID = f"{_KNOWN} carray(?) AS asked CROSS JOIN articles ON feed_id = ? AND guid = asked.value"
INSERT_ARTICLE = """
INSERT INTO articles (id, feed_id, sort_at, is_read, is_bookmarked, is_hidden, words, published, updated, arrived,
    entry_hash, text_hash, source_hash, guid, section, title, stand_in, author, link)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
INSERT_CONTENT = """
INSERT OR REPLACE INTO contents (article_id, comments_link, language, place, agency, summary, html)
VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_SAME_TEXT = """
SELECT value FROM carray(?) AS asked WHERE EXISTS (
    SELECT 1 FROM articles INDEXED BY articles_text WHERE feed_id = ? AND text_hash = asked.value
)
"""
_BY_TEXT = f"""
{_KNOWN} articles INDEXED BY articles_text WHERE feed_id = ? AND text_hash = ? ORDER BY id DESC LIMIT {LOOKALIKES}
"""


def known(connection: Connection, feed_id: int, guids: Sequence[str], text_hashes: Iterable[int]) -> Known:
    """What a feed has of the entries with these guids and texts.

    ``by_text`` is looked up only if a guid is unknown, as nothing else asks for it.
    """
    by_guid = {row[1]: KnownArticle(*row) for row in connection.rows(_BY_GUID, bound_texts(guids), feed_id)}
    if len(by_guid) == len(set(guids)):
        return Known(by_guid)
    by_text = {
        text_hash: tuple(KnownArticle(*row) for row in connection.rows(_BY_TEXT, feed_id, text_hash))
        for (text_hash,) in connection.rows(_SAME_TEXT, bound(set(text_hashes)), feed_id)
    }
    return Known(by_guid, by_text, tombstoned(connection, feed_id, guids))


def tombstoned(connection: Connection, feed_id: int, guids: Iterable[str]) -> frozenset[str]:
    """Those of the guids whose articles were removed from this feed."""
    sql = "SELECT guid FROM carray(?) AS asked CROSS JOIN tombstones ON feed_id = ? AND guid = asked.value"
    return frozenset(row[0] for row in connection.rows(sql, bound_texts(guids), feed_id))


def insert(
    connection: Connection, feed_id: int, new: Iterable[NewArticle], now: int, fresh: list[Indexed] | None = None
) -> list[int]:
    """Keep new articles; their ids, the oldest article first, so that id order is the order of lists.

    Articles of a feed that was removed meanwhile are kept out of sight. They are added to ``fresh``, for the caller to
    index at the end of this very transaction; without it they wait in the queue.
    """
    ordered = sorted(new, key=lambda article: article.sort_at)
    with transaction(connection):
        last = connection.value("SELECT seq FROM sqlite_sequence WHERE name = 'articles'") or 0
        removed = connection.value("SELECT removed_at IS NOT NULL FROM feeds WHERE id = ?", feed_id)
        ids = list(range(last + 1, last + 1 + len(ordered)))
        rows = [
            article_row(article_id, feed_id, article, bool(removed) and not article.is_bookmarked, now)
            for article_id, article in zip(ids, ordered, strict=True)
        ]
        connection.run_many(INSERT_ARTICLE, rows)
        entries = [(each, article.entry) for each, article in zip(ids, ordered, strict=True)]
        _write_bodies(connection, entries)
        if fresh is None:
            _queue(connection, entries)
        else:
            fresh += [(each, entry.title or "", entry.author or "", feed_id, entry.text) for each, entry in entries]
    return ids


def update(connection: Connection, changed: Iterable[ChangedArticle], now: int) -> int:
    """Bring articles up to their entries; how many have another title or body.

    Of those the old text is kept among ``versions`` and ``updated`` is set: to what the publisher says if that is news,
    else to ``now``. State, place in lists and the time of arrival stay.
    """
    with transaction(connection):
        return sum(_update(connection, change, now) for change in changed)


def change_guid(connection: Connection, article_id: int, guid: str, section: str | None = None) -> None:
    """Give an article the guid, and for a file the section, under which it is found from now on."""
    connection.run("UPDATE articles SET guid = ?, section = ? WHERE id = ?", guid, section, article_id)


def change_sources(connection: Connection, hashes: Iterable[tuple[int | None, int]]) -> None:
    """Keep how entries stand in their document now: ``source_hash`` and article id. Nothing else of them changed."""
    connection.run_many("UPDATE articles SET source_hash = ? WHERE id = ?", hashes)


def forget(connection: Connection, ids: Iterable[int], now: int) -> int:
    """Remove articles for good, but for the memory that they were here; how many there were."""
    gone = array("q", ids)
    which = bound(gone)
    with transaction(connection):
        connection.run(
            "INSERT OR REPLACE INTO tombstones (feed_id, guid, is_read, is_bookmarked, removed_at)"
            " SELECT feed_id, guid, is_read, is_bookmarked, ? FROM articles WHERE id IN (SELECT value FROM carray(?))",
            now, which,
        )  # fmt: skip
        parts.forget(connection, gone)
        return connection.run("DELETE FROM articles WHERE id IN (SELECT value FROM carray(?))", which)


def article_row(article_id: int, feed_id: int, article: NewArticle, is_hidden: bool, now: int) -> tuple[Value, ...]:
    """The values of ``INSERT_ARTICLE``."""
    return (
        article_id, feed_id, article.sort_at, article.is_read, article.is_bookmarked, is_hidden, article.words,
        article.entry.published, article.entry.updated, now, article.entry_hash, article.text_hash,
        article.source_hash, *_shown(article.entry),
    )  # fmt: skip


def content_row(article_id: int, entry: Entry) -> tuple[Value, ...]:
    """The values of ``INSERT_CONTENT``."""
    dateline = (entry.dateline.place, entry.dateline.agency) if entry.dateline else (None, None)
    return article_id, entry.comments_link, entry.language, *dateline, summary(entry.text), packed(entry.html)


def _shown(entry: Entry) -> tuple[Value, ...]:
    stand_in = None if entry.title else first_words(entry.text) or clean_line(entry.link or entry.guid)
    return entry.guid, entry.section, entry.title or None, stand_in, entry.author, entry.link


def _write_bodies(connection: Connection, entries: Sequence[tuple[int, Entry]]) -> None:
    connection.run_many(INSERT_CONTENT, [content_row(article_id, entry) for article_id, entry in entries])
    connection.run_many(
        "INSERT INTO enclosures (article_id, position, url, type, length) VALUES (?, ?, ?, ?, ?)",
        [
            (article_id, position, file.url, file.type, file.length)
            for article_id, entry in entries
            for position, file in enumerate(entry.enclosures)
        ],
    )


def _queue(connection: Connection, entries: Sequence[tuple[int, Entry]]) -> None:
    connection.run_many(
        "INSERT OR REPLACE INTO search_queue (article_id, text) VALUES (?, ?)",
        [(article_id, packed(entry.text)) for article_id, entry in entries],
    )


def _update(connection: Connection, change: ChangedArticle, now: int) -> bool:
    old = connection.first(
        "SELECT title, updated, html, entry_hash = 0 FROM articles JOIN contents ON article_id = id WHERE id = ?",
        change.id,
    )
    if old is None:
        return False
    entry = change.entry
    before = readable(old[2])
    was_lost = bool(old[3]) or before is None  # to damage: its text comes back, and is no edit
    is_edited = not was_lost and ((entry.title or None) != old[0] or entry.html != before)
    if is_edited:
        versions.keep(connection, change.id, old[0], old[2], now)
    updated = _updated(entry, old[1], now) if is_edited else old[1]
    connection.run(
        "UPDATE articles SET words = ?, published = ?, updated = ?, entry_hash = ?, text_hash = ?, source_hash = ?,"
        " guid = ?, section = ?, title = ?, stand_in = ?, author = ?, link = ? WHERE id = ?",
        change.words, entry.published, updated, change.entry_hash, change.text_hash, change.source_hash, *_shown(entry),
        change.id,
    )  # fmt: skip
    connection.run("DELETE FROM enclosures WHERE article_id = ?", change.id)
    _write_bodies(connection, [(change.id, entry)])
    queue(connection, change.id, with_full_text(connection, change.id, entry.text))
    return is_edited


def _updated(entry: Entry, before: int | None, now: int) -> int:
    is_news = entry.updated is not None and entry.updated <= now and (before is None or entry.updated > before)
    return entry.updated if is_news and entry.updated is not None else now
