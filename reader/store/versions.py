"""The earlier texts of edited articles."""

from __future__ import annotations

from reader.model import Version
from reader.store.bodies import unpacked
from reader.store.connection import Connection

KEPT = 20
"""So many earlier texts of one article, the latest ones."""


def keep(connection: Connection, article_id: int, title: str | None, body: bytes, now: int) -> None:
    """Keep a text, with its body as it is stored, before another takes its place."""
    connection.run(
        "INSERT INTO versions (article_id, replaced_at, title, html) VALUES (?, ?, ?, ?)", article_id, now, title, body
    )
    connection.run(
        "DELETE FROM versions WHERE article_id = ?1 AND id NOT IN"
        f" (SELECT id FROM versions WHERE article_id = ?1 ORDER BY id DESC LIMIT {KEPT})",
        article_id,
    )


def earlier(connection: Connection, article_id: int) -> list[Version]:
    """The earlier texts of an article, the latest first."""
    sql = "SELECT replaced_at, title, html FROM versions WHERE article_id = ? ORDER BY id DESC"
    return [Version(at, title, unpacked(body)) for at, title, body in connection.rows(sql, article_id)]


def count(connection: Connection, article_id: int) -> int:
    """How many earlier texts there are of an article."""
    found: int = connection.value("SELECT count(*) FROM versions WHERE article_id = ?", article_id)
    return found
