"""The main texts of articles' pages, beside what their feeds say: kept, looked up, and shown or not.

An article is found by the words of both of its texts, whichever is shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from reader import errors
from reader.model import FullText
from reader.store.bodies import packed, readable, spelled
from reader.store.connection import Connection, transaction

FIELDS = "full_texts.fetched_at, full_texts.is_shown, full_texts.words, full_texts.message"
RECENT = 2 * 86400  # seconds since its arrival that an article's page is fetched without being asked for

_KEEP = """
INSERT OR REPLACE INTO full_texts (article_id, fetched_at, is_shown, words, message, html) VALUES (?, ?, 1, ?, '', ?)
"""
_FAIL = """
INSERT INTO full_texts (article_id, fetched_at, is_shown, words, message) SELECT ?1, ?2, 0, 0, ?3
WHERE EXISTS (SELECT 1 FROM articles WHERE id = ?1)
ON CONFLICT DO UPDATE SET fetched_at = excluded.fetched_at, message = excluded.message WHERE html IS NULL
"""
_UNTRIED = """
SELECT articles.id FROM articles
WHERE feed_id = ? AND is_hidden = 0 AND is_read = 0 AND arrived >= ? AND link IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM full_texts WHERE article_id = articles.id)
ORDER BY sort_at DESC, id DESC LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An article whose page is wanted: what its feed says of it.

    ``text`` are its words without markup, none where they are damaged.
    """

    id: int
    feed_id: int
    feed_url: str
    title: str | None
    link: str | None
    text: str


def wanted(connection: Connection, article_id: int) -> Wanted:
    """What is known of an article whose page is wanted. Raises NotFound."""
    found = connection.first(
        "SELECT articles.id, feed_id, url, articles.title, link, html FROM articles JOIN feeds ON feeds.id = feed_id"
        " JOIN contents ON article_id = articles.id WHERE articles.id = ?",
        article_id,
    )
    if found is None:
        raise errors.NotFound(f"There is no article {article_id}", "reader list --json shows the ids")
    _, feed_id, feed_url, title, link, html = found
    return Wanted(article_id, feed_id, feed_url, title, link, spelled(readable(html) or ""))


def untried(connection: Connection, feed_id: int, now: int, limit: int) -> list[int]:
    """The newest unread articles of a feed that came in of late and whose pages nobody has asked for."""
    return [row[0] for row in connection.rows(_UNTRIED, feed_id, now - RECENT, limit)]


def feeds(connection: Connection) -> frozenset[int]:
    """The feeds whose articles' pages are fetched as they come in."""
    return frozenset(row[0] for row in connection.rows("SELECT id FROM feeds WHERE is_full = 1 AND removed_at IS NULL"))


def keep(connection: Connection, article_id: int, html: str, words: int, now: int) -> bool:
    """Keep the main text of an article's page, and show it from now on; False where the article is no more."""
    from reader.store.indexing import queue  # what indexes is none of the screen's start

    with transaction(connection):
        if connection.first("SELECT 1 FROM articles WHERE id = ?", article_id) is None:
            return False
        connection.run(_KEEP, article_id, now, words, packed(html))
        connection.run("DELETE FROM places WHERE article_id = ?", article_id)  # it was one in the feed's text
        feed_html = connection.value("SELECT html FROM contents WHERE article_id = ?", article_id)
        queue(connection, article_id, with_full_text(connection, article_id, spelled(readable(feed_html) or "")))
    return True


def fail(connection: Connection, article_id: int, message: str, now: int) -> None:
    """Keep why an article's page gives no text; a text that is there already stays."""
    connection.run(_FAIL, article_id, now, message)


def show(connection: Connection, article_id: int, is_shown: bool) -> None:
    """Let the text of the page be read, or the feed's."""
    sql = "UPDATE full_texts SET is_shown = ? WHERE article_id = ? AND html IS NOT NULL"
    connection.run(sql, is_shown, article_id)


def one(connection: Connection, article_id: int) -> FullText | None:
    """What came of fetching an article's page, None when it never was."""
    found = connection.first(f"SELECT {FIELDS} FROM full_texts WHERE article_id = ?", article_id)
    return None if found is None else full_text(*found)


def full_text(fetched_at: int, is_shown: int, words: int, message: str) -> FullText:
    """A row's fields as a value."""
    return FullText(fetched_at, bool(is_shown), words, message)


def with_full_text(connection: Connection, article_id: int, text: str) -> str:
    """What an article is found by: a text of its feed's, and its page's where there is one."""
    html = connection.value("SELECT html FROM full_texts WHERE article_id = ?", article_id)
    of_page = None if html is None else readable(html)
    return text if of_page is None else f"{text}\n\n{spelled(of_page)}"
