"""Articles as they are read: one with everything, a window of list rows, a stream, a body."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from reader import errors
from reader.model import Article, Dateline, Enclosure, Row
from reader.store.bodies import unpacked
from reader.store.connection import Connection, bound
from reader.store.feeds import folder_path
from reader.store.fulltexts import FIELDS as FULL_TEXT
from reader.store.fulltexts import full_text
from reader.store.glance import LISTED, ROW_FIELDS

_CHUNK = 200

_ROWS = f"SELECT {ROW_FIELDS} {LISTED}"
_ARTICLES = f"""
SELECT articles.id, guid, feed_id, coalesce(given_title, feeds.title, url), folder, articles.title, author, link,
    comments_link, published, arrived, updated, sort_at, is_read, is_bookmarked, articles.words,
    coalesce(contents.language, feeds.language), place, agency, summary, site_url, section, {FULL_TEXT}
FROM carray(?) AS asked CROSS JOIN articles ON articles.id = asked.value CROSS JOIN feeds ON feeds.id = feed_id
    CROSS JOIN contents ON contents.article_id = articles.id
    LEFT JOIN full_texts ON full_texts.article_id = articles.id
"""
_HTML = """
SELECT CASE is_shown WHEN 1 THEN full_texts.html ELSE contents.html END
FROM contents LEFT JOIN full_texts USING (article_id) WHERE article_id = ?
"""
_ENCLOSURES = """
SELECT article_id, url, type, length FROM carray(?) AS asked CROSS JOIN enclosures ON article_id = asked.value
ORDER BY article_id, position
"""


def newest(connection: Connection) -> int:
    """The id of the article that came in last, 0 without any."""
    found: int = connection.value("SELECT max(id) FROM articles") or 0
    return found


def rows(connection: Connection, ids: Sequence[int]) -> list[Row]:
    """What a list shows of these articles, in the order asked; those that are no more are left out."""
    found = connection.rows(_ROWS, bound(ids))
    return [
        Row(article_id, feed_id, feed, title, author, published, sort_at, words, bool(is_read), bool(is_bookmarked))
        for article_id, feed_id, feed, title, author, published, sort_at, words, is_read, is_bookmarked in found
    ]


def article(connection: Connection, article_id: int) -> Article:
    """One article with everything but its body. Raises NotFound."""
    found = _some(connection, [article_id])
    if not found:
        raise _no_article(article_id)
    return found[0]


def stream(connection: Connection, ids: Sequence[int]) -> Iterator[Article]:
    """Many articles in the order asked, read a few hundred at a time; those that are no more are left out."""
    for start in range(0, len(ids), _CHUNK):
        yield from _some(connection, ids[start : start + _CHUNK])


def html(connection: Connection, article_id: int) -> str:
    """The body of an article in our HTML subset, its feed's or its page's, as it is shown. Raises NotFound."""
    body = connection.value(_HTML, article_id)
    if body is None:
        raise _no_article(article_id)
    return unpacked(body)


def feed_html(connection: Connection, article_id: int) -> str:
    """The same as its feed has it, whatever is shown. Raises NotFound."""
    body = connection.value("SELECT html FROM contents WHERE article_id = ?", article_id)
    if body is None:
        raise _no_article(article_id)
    return unpacked(body)


def _some(connection: Connection, ids: Sequence[int]) -> list[Article]:
    found = connection.rows(_ENCLOSURES, bound(ids))
    enclosures = {
        key: tuple(Enclosure(*row[1:]) for row in group) for key, group in groupby(found, lambda row: int(row[0]))
    }
    return [_article(row, enclosures.get(row[0], ())) for row in connection.rows(_ARTICLES, bound(ids))]


def _article(row: tuple[Any, ...], enclosures: tuple[Enclosure, ...]) -> Article:
    (
        article_id, guid, feed_id, feed_title, folder, title, author, link, comments_link, published, arrived, updated,
        sort_at, is_read, is_bookmarked, words, language, place, agency, summary, site_url, section,
        *full,
    ) = row  # fmt: skip
    return Article(
        id=article_id,
        guid=guid,
        feed_id=feed_id,
        feed_title=feed_title,
        folder=folder_path(folder),
        title=title,
        author=author,
        link=link,
        comments_link=comments_link,
        published=published,
        arrived=arrived,
        updated=updated,
        sort_at=sort_at,
        is_read=bool(is_read),
        is_bookmarked=bool(is_bookmarked),
        words=words,
        language=language,
        dateline=None if place is None and agency is None else Dateline(place, agency),
        enclosures=enclosures,
        summary=summary,
        site_url=site_url,
        section=section,
        full_text=None if full[0] is None else full_text(*full),
    )


def _no_article(article_id: int) -> errors.NotFound:
    return errors.NotFound(f"There is no article {article_id}", "reader list --json shows the ids")
