"""Logins that stood in addresses: ``https://ann:secret@example.org/feed``.

An address is shown, kept, exported and logged; so its login is taken out and put into a file of ours that only its
owner can read, one for each address, named by a hash of it.
"""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_ANYWHERE = r"(?<=//)[^/?#\s]*@|^(?!mailto:)[^/?#@\s:]+:[^/?#@\s]+@"
_LOGIN = r"(?i:(https?:/*)([^/?#]*)@)"  # compiled when the first is met: few ever are


@dataclass(frozen=True, slots=True)
class Login:
    """A name and a password; neither is ever shown."""

    user: str
    password: str

    def __repr__(self) -> str:
        return "Login(…)"


def split(url: str) -> tuple[str, Login | None]:
    """An address without its login, and the login."""
    found = re.match(_LOGIN, url) if "@" in url else None
    if found is None:
        return url, None
    from urllib.parse import unquote

    user, _, password = found[2].partition(":")
    return found[1] + url[found.end() :], Login(unquote(user), unquote(password)) if found[2] else None


def without(url: str) -> str:
    """An address as it may be shown."""
    return split(url)[0]


def hidden(text: str) -> str:
    """A text, such as an address that could not be read, without anything that looks like a login in it."""
    return re.sub(_ANYWHERE, "", text) if "@" in text else text


class Logins:
    """The logins that are kept, a file each in a directory of their own."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._before: dict[str, Login] = {}  # those in whose place others were kept

    def find(self, url: str) -> Login | None:
        """The login that belongs to an address; None without one, or where its file cannot be read."""
        try:
            kept = json.loads(self._path(url).read_bytes())
            return Login(str(kept["user"]), str(kept["password"])) if kept["address"] == url else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, url: str, login: Login) -> None:
        """Keeps a login; it is on the disk when this returns. Raises OSError."""
        if (before := self.find(url)) is not None and before != login:
            self._before[url] = before
        self.place.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._path(url)
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        text = json.dumps({"address": url, "user": login.user, "password": login.password})
        try:
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600)
            with open(handle, "wb") as file:  # noqa: PTH123 - a handle
                file.write(text.encode())
                file.flush()
                os.fsync(handle)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        self._settle()

    def put_back(self, url: str) -> bool:
        """Keeps the login again that was there before the last one; whether there was one. Raises OSError."""
        before = self._before.pop(url, None)
        if before is not None:
            self.keep(url, before)
        return before is not None

    def drop(self, url: str) -> None:
        """Forgets a login, if there is one."""
        with suppress(OSError):
            self._path(url).unlink()

    def take_out(self, url: str) -> str:
        """An address without its login, which is kept. Raises OSError."""
        bare, login = split(url)
        if login is not None:
            self.keep(bare, login)
        return bare

    def _path(self, url: str) -> Path:
        from hashlib import sha256

        return self.place / f"{sha256(url.encode('utf-8', 'replace')).hexdigest()[:32]}.json"

    def _settle(self) -> None:
        """Has the name on the disk, too; not every system knows how."""
        with suppress(OSError):
            handle = os.open(self.place, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
