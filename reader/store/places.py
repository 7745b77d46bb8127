"""Where one stopped reading, article by article."""

from __future__ import annotations

from reader.model import Place
from reader.store.connection import Connection


def keep(connection: Connection, article_id: int, place: Place | None, now: int) -> None:
    """Keep where one stopped in an article; None is its beginning, or its end. Nothing happens to what is no more."""
    if place is None:
        connection.run("DELETE FROM places WHERE article_id = ?", article_id)
        return
    connection.run(
        "INSERT OR REPLACE INTO places (article_id, leaf, start, percent, left_at)"
        " SELECT id, ?, ?, ?, ? FROM articles WHERE id = ?",
        place.block, place.start, place.percent, now, article_id,
    )  # fmt: skip


def of(connection: Connection, article_id: int) -> Place | None:
    """Where one stopped in an article; None where that is its beginning."""
    found = connection.first("SELECT leaf, start, percent FROM places WHERE article_id = ?", article_id)
    return None if found is None else Place(*found)
