"""Subscription lists in and out: what of a list is new to us, and our feeds as one.

A list's title is kept as the user's own name for a feed, since that is what a person has been calling it. What another
program would run to get a feed is told and left out. Files on this machine are followed by their path, as always, if
they lie beside the list or in the user's home and are not hidden there. A list from elsewhere may name any others: they
are told and left out until the user asks for them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from reader import opml, times
from reader.errors import NotFound, ReaderError
from reader.logins import Login, Logins, hidden, split, without
from reader.model import GUIDE_URL, Feed, Kind
from reader.opml import Subscription
from reader.store import feeds
from reader.store.connection import Connection, transaction
from reader.text import clean_line, plural

_ARTICLES = (".txt", ".text", ".md", ".markdown", ".html", ".htm")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or would do: feeds new to us, feeds followed already, and a line for what was left out."""

    added: tuple[Subscription, ...]
    known: tuple[Subscription, ...]
    notes: tuple[str, ...]


def take_in(connection: Connection, path: Path, logins: Logins, dry_run: bool = False, local: bool = False) -> Imported:
    """Follow the feeds of a list, in one transaction, and ``local`` files wherever they lie.

    The logins that stand in addresses are kept apart from them. Raises ReaderError for what is no list.
    """
    found = opml.read(_data(path))
    wanted, notes = _wanted(found, None if local else (path.resolve().parent, _home()))
    wanted, taken = _without_logins(wanted)
    if taken:
        verb = "would be kept" if dry_run else "are kept"
        notes.append(f"the {plural(len(taken), 'login')} in addresses {verb} apart, in {logins.place}")
    if not dry_run:
        _keep(logins, taken)
    with transaction(connection):
        followed = {feed.url for feed in feeds.followed(connection)}
        added = tuple(each for each in wanted if each.url not in followed)
        for each in () if dry_run else added:
            _follow(connection, each)
    if not dry_run:
        feeds.finish_removals(connection)  # of feeds that were removed once, all articles come back
    return Imported(added, tuple(each for each in wanted if each.url in followed), tuple(notes))


def _without_logins(wanted: list[Subscription]) -> tuple[list[Subscription], dict[str, Login]]:
    """The subscriptions by addresses that may be shown, and the logins that stood in them."""
    taken: dict[str, Login] = {}
    found: dict[str, Subscription] = {}
    for each in wanted:
        url, login = split(each.url)
        if login is not None:
            taken[url] = login
        site = None if each.site_url is None else without(each.site_url)
        found.setdefault(
            url, replace(each, url=url, title=without(each.title), site_url=site) if "@" in str(each) else each
        )
    return list(found.values()), taken


def _keep(logins: Logins, taken: dict[str, Login]) -> None:
    try:
        for url, login in taken.items():
            logins.keep(url, login)
    except OSError as error:
        raise ReaderError(f"{logins.place} cannot be written: {error.strerror}", "set READER_HOME") from error


def written(followed: Iterable[Feed]) -> str:
    """These feeds as a list in OPML 2.0; the guide, which every library has of its own, is left out."""
    return opml.write(
        Subscription(_address(feed), feed.title, feed.site_url, feed.folder)
        for feed in followed
        if feed.url != GUIDE_URL
    )


def _data(path: Path) -> bytes:
    """The bytes of a list. Raises ReaderError."""
    name = clean_line(os.fsencode(path).decode("utf-8", "backslashreplace"))
    try:
        if path.is_dir():
            raise ReaderError(f"{name} is a directory", "name the list itself")
        if path.exists() and not path.is_file():
            raise ReaderError(f"{name} is no file")
        with path.open("rb") as file:
            return file.read(opml.LARGEST + 1)
    except FileNotFoundError as error:
        raise NotFound(f"{name}: there is no such file") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no such name is possible"
        raise ReaderError(f"{name} cannot be read: {reason}") from error


def _wanted(found: opml.Subscriptions, places: tuple[Path, ...] | None) -> tuple[list[Subscription], list[str]]:
    """The subscriptions that we can follow, local ones in some places only, and a line for each that we cannot."""
    notes = [f"left out, no address that can be followed: {hidden(each)}" for each in found.skipped]
    wanted: list[Subscription] = []
    for each in found.feeds:
        if each.is_command:
            notes.append(f"left out, a command is not run: {each.url}")
        elif not each.is_local:
            wanted.append(each)
        elif (path := _path(each.url)) is None:
            notes.append(f"left out, not on this machine: {each.url}")
        elif places is not None and not any(_is_open(path, place) for place in places):
            notes.append(f"left out, a file of this computer that the list has no business with (--local): {path}")
        else:
            wanted.append(replace(each, url=str(path), title=str(path) if each.title == each.url else each.title))
    several = sum(1 for each in wanted if each.other_folders)
    if several:
        verb = "stands" if several == 1 else "stand"
        notes.append(f"{plural(several, 'feed')} {verb} in several folders; the first one holds")
    return wanted, notes


def _is_open(path: Path, place: Path) -> bool:
    """Whether a path lies below a place, and nothing on the way to it is hidden."""
    if not path.is_relative_to(place) or path == place or place == Path(place.anchor):
        return False
    return not any(part.startswith(".") for part in path.relative_to(place).parts)


def _home() -> Path:
    """The user's home; where there is none, the root, which nothing counts as lying below."""
    try:
        return Path.home().resolve()
    except (OSError, RuntimeError):
        return Path(os.sep).resolve()


def _path(url: str) -> Path | None:
    """The path of a file's address; None where nothing lies there."""
    try:
        parts = urlsplit(url)
        path = Path(url2pathname(parts.path))
        here = parts.netloc in ("", "localhost") and path.is_absolute() and path.exists()
        return path.resolve() if here else None
    except (OSError, ValueError):
        return None


def _address(feed: Feed) -> str:
    """The address of a feed in a list; a local one as a file's address."""
    path = Path(feed.url)
    return path.as_uri() if path.is_absolute() else feed.url


def _follow(connection: Connection, each: Subscription) -> None:
    """Follow one feed of a list."""
    title = None if each.title in (each.url, _host(each.url)) else each.title
    feed_id, _ = feeds.add(connection, each.url, _kind(each), title, each.folder, times.now())
    if each.site_url:
        feeds.set_source(connection, feed_id, None, each.site_url, None)


def _kind(each: Subscription) -> Kind:
    """What the feed is made of, as far as its name tells; its first check reads it."""
    path = Path(each.url)
    if not path.is_absolute():
        return Kind.FEED
    if path.is_dir():
        return Kind.DIRECTORY
    return Kind.FILE if path.suffix.lower() in _ARTICLES else Kind.FEED


def _host(url: str) -> str | None:
    """The host of an address, which a list's reader takes for a title where there is none."""
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
