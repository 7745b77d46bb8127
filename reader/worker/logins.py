"""Addresses with a login in them, as a person may type them, have it taken out and kept apart (``reader.logins``)."""

from __future__ import annotations

from collections.abc import Iterable

from reader.errors import ReadOnly
from reader.fetch import words
from reader.fetch.access import is_same
from reader.logins import Login, Logins, split
from reader.store import feeds
from reader.store.connection import transaction
from reader.text import clean_line
from reader.worker.desk import Desk

KEPT = "the login is kept apart from the address, in a file that only you can read"


def take_out(desk: Desk, url: str) -> str:
    """An address without its login. Raises ReadOnly where that cannot be kept."""
    bare, login = split(url)
    if login is not None and desk.logins is not None:
        _keep(desk.logins, bare, login)
    return bare


def _keep(logins: Logins, url: str, login: Login) -> None:
    try:
        logins.keep(url, login)
    except OSError as error:
        where = clean_line(url, 300)
        raise ReadOnly(f"{where}: its login cannot be kept: {words.system(error)}", "set READER_HOME") from error


def put_back(desk: Desk, url: str) -> bool:
    """Keeps the login again that one took the place of which was refused; whether there was one."""
    try:
        return desk.logins is not None and desk.logins.put_back(url)
    except OSError:
        return False


def forget_unused(desk: Desk, url: str) -> None:
    """Forgets the login of an address that is not followed after all."""
    if desk.logins is not None and feeds.by_url(desk.connection, url) is None:
        desk.logins.drop(url)


def share(desk: Desk, url: str, others: Iterable[str]) -> None:
    """Gives the login of a page to the feeds of the same site that it names. Raises ReadOnly."""
    login = desk.logins.find(url) if desk.logins is not None else None
    for other in others:
        if login is not None and desk.logins is not None and is_same(url, other):
            _keep(desk.logins, other, login)


def tidy(desk: Desk) -> None:
    """Takes the logins out of the addresses of a library that has them from an earlier version."""
    for feed_id, url in feeds.with_login(desk.connection):
        bare = take_out(desk, url)
        with transaction(desk.connection):
            feeds.readdress(desk.connection, feed_id, bare)
