"""What was done with the files that come with articles: where they were saved, where one stopped playing them."""

from __future__ import annotations

from reader.store.connection import Connection

_SAVE = """
INSERT INTO media (article_id, url, path) SELECT id, ?2, ?3 FROM articles WHERE id = ?1
ON CONFLICT DO UPDATE SET path = excluded.path
"""
_STOP = """
INSERT INTO media (article_id, url, seconds) SELECT id, ?2, ?3 FROM articles WHERE id = ?1
ON CONFLICT DO UPDATE SET seconds = excluded.seconds
"""


def save_path(connection: Connection, article_id: int, url: str, path: str) -> None:
    """Note where a file was saved; nothing where the article is no more."""
    connection.run(_SAVE, article_id, url, path)


def save_seconds(connection: Connection, article_id: int, url: str, seconds: float | None) -> None:
    """Note where one stopped playing a file, None where it was played to its end."""
    connection.run(_STOP, article_id, url, seconds)


def of_article(connection: Connection, article_id: int) -> dict[str, tuple[str | None, float | None]]:
    """Path and seconds of an article's files, by their addresses."""
    found = connection.rows("SELECT url, path, seconds FROM media WHERE article_id = ?", article_id)
    return {url: (path, seconds) for url, path, seconds in found}
