"""The order to save a file that comes with an article: fetched to the disk, gone on with where it broke off."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.config import Config
from reader.errors import NotFound, ReaderError, ReadOnly
from reader.fetch import words
from reader.fetch.address import is_web
from reader.fetch.download import PartFile
from reader.fetch.fetched import STRANGER, Fetched, Limits, Request
from reader.paths import Paths, downloads
from reader.store import fulltexts, media
from reader.store.connection import transaction
from reader.store.database import Database
from reader.text import clean_line
from reader.worker.engine import Stop
from reader.worker.events import Events

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 7 * 86400.0
_TRIES = 5  # as long as each brings something
_LOOK, _TOLD = 0.2, 0.2
_RANGE_REFUSED = 416
_TOO_SHORT = "The server stopped before the end of the file"


def download(
    paths: Paths, config: Config, limits: Limits, events: Events, stop: Stop, order: Mapping[str, Any]
) -> None:
    """Save what the order names, and note where. Raises ReaderError where that cannot be tried."""
    article, url, name = int(order["article"]), str(order["url"]), str(order["name"])
    if not is_web(url):
        raise ReaderError(f"{clean_line(url, 200)} is no address of http or https")
    if Path(name).name != name or name.startswith(".") or "\0" in name:
        raise ReaderError("This is no name for a file")
    place = downloads(config.downloads.directory) / name
    record = paths.cache / "downloads" / f"{sha256(url.encode('utf-8', 'replace')).hexdigest()[:32]}.json"
    events.say("started", total=1)
    source = _source(paths, article)
    with _alone(record), _part(url, place, record, config, events) as part:
        message = _fetched(part, replace(limits, seconds=_LONGEST, size=0, parallel=1), url, source, stop)
        if not message:
            _keep(paths, events, article, url, part)
    if message and not stop:
        events.say("refused", target=url, message=message, hint="")
    failed = int(bool(message) and not stop)
    events.say("finished", checked=0, new=0, changed=0, failed=failed, stopped=bool(stop))


@contextmanager
def _alone(record: Path) -> Iterator[None]:
    """Hold what two downloads of one address cannot hold at once. Raises ReaderError."""
    from filelock import FileLock, Timeout

    try:
        record.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(record.with_suffix(".lock"))
        lock.acquire(timeout=0)
    except Timeout as error:
        raise ReaderError("This file is being saved already") from error
    except OSError as error:
        raise ReadOnly(f"{record.parent} cannot be written: {words.system(error)}") from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _part(url: str, place: Path, record: Path, config: Config, events: Events) -> Iterator[PartFile]:
    """The file that is filled; what there is of it stays if it is not finished. Raises ReaderError."""
    told = 0.0

    def tell(done: int, total: int | None) -> None:
        nonlocal told
        if time.monotonic() - told >= _TOLD:
            told = time.monotonic()
            events.say("progress", done=done, total=total)

    try:
        part = PartFile(url, place, record, config.downloads.max_megabytes * 1_000_000, tell)
    except OSError as error:
        raise ReadOnly(f"{place.parent} cannot be written: {words.system(error)}") from error
    try:
        yield part
    finally:
        part.close()


def _source(paths: Paths, article: int) -> str:
    """The address of the feed that the article is of."""
    connection = Database(paths.database).connect()
    try:
        return fulltexts.wanted(connection, article).feed_url
    except NotFound:
        return STRANGER
    finally:
        connection.close()


def _fetched(part: PartFile, limits: Limits, url: str, source: str, stop: Stop) -> str:
    """Fill the file; why it is not whole, else ""."""
    message = ""
    for _ in range(_TRIES):
        before = part.size
        answer = _answer(part, limits, url, source, stop)
        if answer is None:
            return "Stopped"
        message = part.problem or answer.error or ("" if part.is_whole else _TOO_SHORT)
        if part.problem or not message:
            break
        if answer.status == _RANGE_REFUSED and before:
            part.restart()
        elif part.size <= before:
            break
    if message and not part.size:
        part.drop()
    return message


def _answer(part: PartFile, limits: Limits, url: str, source: str, stop: Stop) -> Fetched | None:
    """One request for what is missing; None where it was stopped."""
    from reader.fetch.http import Http

    client = Http(limits)
    try:
        client.submit(Request(0, url, into=part, source=source))
        while client.pending and not stop:
            for answer in client.poll(_LOOK):
                return answer
    finally:
        client.close()
    return None


def _keep(paths: Paths, events: Events, article: int, url: str, part: PartFile) -> None:
    """Give the file its name and note it. Raises ReaderError."""
    try:
        path = part.finish()
    except OSError as error:
        raise ReadOnly(f"{part.path} cannot be given its name: {words.system(error)}") from error
    database = Database(paths.database)
    connection = database.connect()
    try:
        with transaction(connection):
            media.save_path(connection, article, url, str(path))
    finally:
        connection.close()
    events.say("saved", path=str(path), bytes=part.size)
