"""Files of a directory that changed places with others: an article goes where its text went, and its state with it.

A file that moved to a path of its own needs nothing of this (``ingest.decide`` knows it by its content). Here are those
that came to lie under a path that we knew with another text, as when numbered files are renumbered or rotated, or one
file is put over another. Which path an article has decides whether its text is taken for news, so this goes first.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from reader.store import arrivals, files
from reader.store.connection import Connection, transaction
from reader.store.records import SeenFile
from reader.text import clean_line


def find(known: Mapping[str, SeenFile], contents: Mapping[str, bytes], gone: Collection[str]) -> dict[str, str]:
    """Under which path each text was that now lies under another. Pure.

    ``known`` is what the directory held, ``contents`` the hashes of the files that are new or changed. A new file with
    the former text of one that was edited is a copy that somebody made before the edit, and no move.
    """
    left = [path for path, content in contents.items() if path in known and known[path].content_hash != content]
    origins = {known[path].content_hash: path for path in (*left, *gone) if known[path].reason is None}
    found: dict[str, str] = {}
    for path, content in contents.items():
        if (path not in known or known[path].content_hash != content) and content in origins:
            found[path] = origins.pop(content)
    return {path: before for path, before in found.items() if path in known or before in found}


def settle(connection: Connection, feed_id: int, moves: Mapping[str, str]) -> None:
    """Gives the articles the paths that their texts have now; the files are forgotten and will be read as new ones.

    An article whose text was put out of its place stays, under a guid that no file can have.
    """
    paths = sorted({*moves, *moves.values()})
    with transaction(connection):
        articles = arrivals.known(connection, feed_id, paths, ()).by_guid
        for path, article in articles.items():
            arrivals.change_guid(connection, article.id, f"{path}/#{article.id}", section(path))
        for path, before in moves.items():
            if before in articles:
                arrivals.change_guid(connection, articles[before].id, path, section(path))
        files.record(connection, feed_id, (), paths)


def section(path: str) -> str | None:
    """The names of the directories that a file lies in, as an article shows them."""
    return "/".join(clean_line(name) for name in path.split("/")[:-1]) or None
