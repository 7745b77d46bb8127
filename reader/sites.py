"""``[[sites]]`` of the config: what holds for the addresses of one site alone, and who we are there.

An entry holds for addresses of the same scheme, host and port whose path begins with that of its ``address``, at the
end of a path's part. A mistake in one may not let its feeds be fetched in another way than was meant, without a proxy
or without a login: such an entry has a ``trouble``, and its addresses are not asked until it is mended. Where it cannot
be known which addresses those are, none at all is asked.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeGuard

from reader.text import clean_line

AUTHS = ("basic", "digest", "bearer")
DIRECT = "none"
_PROXY = re.compile(r"(https?|socks5h?)://(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:\d{1,5})?/?")
_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+")
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\t -~\xa0-\xff]*")
_COOKIE = re.compile(r"[!#-+\--:<-\[\]-~]*")
_SECRET = {"authorization", "proxy-authorization", "cookie"}
_OURS = {"host", "content-length", "transfer-encoding", "connection", "if-none-match", "if-modified-since", "range"}
_MENDED = "its addresses are not asked until that is mended"
NOTHING = "nothing is fetched until that is mended"
LIST_RULE = "a list of tables ([[sites]])"


@dataclass(frozen=True, slots=True)
class Site:
    """One entry, with its paths made absolute. ``trouble`` is a mistake in it, empty when there is none."""

    address: str = ""
    """The beginning of the addresses that it holds for."""
    user_agent: str = ""
    """What we call ourselves there; empty: as everywhere."""
    headers: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Further lines of a request."""
    cookies: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Cookies that are sent along."""
    proxy: str = ""
    """As in ``[fetch]``; "none": no proxy at all."""
    verify: bool = True
    """Whether its certificate must be valid."""
    ca_file: str = ""
    """The certificates that are trusted there; empty: as everywhere."""
    auth: str = ""
    """How to log in: "basic", "digest" or "bearer"; empty: not at all."""
    user: str = ""
    """The name to log in with."""
    secret_file: str = ""
    """A file that only its owner can read, with the password or token."""
    secret_command: tuple[str, ...] = ()
    """A command that prints it, as words."""
    secret_keyring: bool = False
    """Whether the system's keyring holds it, under this address and user."""
    trouble: str = field(default="", metadata={"internal": True})


def read(entries: Sequence[object], path: Path, problems: list[str]) -> tuple[Site, ...]:
    """The entries as TOML gives them; what they say wrongly goes to the problems, a line each."""
    return tuple(_entry(entry, number, path, problems) for number, entry in enumerate(entries, 1))


def everywhere(mistake: str, path: Path) -> Site:
    """The entry that holds for every address, so that none is asked until the mistake is mended."""
    return Site(trouble=f"Nothing is fetched until {path.name} is mended: {mistake}")


def site_for(sites: Iterable[Site], url: str) -> Site | None:
    """The entry that holds for an address, the one with the longest path where several do. Pure."""
    best: Site | None = None
    wanted = _place(url) if sites else None
    for site in sites:
        if site.trouble and not site.address:
            return site
        if wanted is not None and _holds(_place(site.address), wanted):
            best = site if best is None or len(site.address) > len(best.address) else best
    return best


def is_proxy(text: str) -> bool:
    """Whether the text names a proxy of a kind that we know, without a password."""
    return bool(_PROXY.fullmatch(text))


def is_line(value: object) -> TypeGuard[str]:
    """Whether the value is a text that can stand in one line of a request or in a path."""
    return isinstance(value, str) and value.isprintable()


def absolute(text: str, beside: Path) -> str:
    """A path of the config: from home, or from the directory that the config lies in."""
    return str(beside.parent / os.path.expanduser(text)) if text else ""  # noqa: PTH111 - Path.expanduser raises


def _entry(entry: object, number: int, path: Path, problems: list[str]) -> Site:
    """One entry, with its trouble; one whose addresses cannot be known holds for all."""
    name = f"sites[{number}]"
    if not isinstance(entry, Mapping):
        problems.append(f"{path}: {name} must be a table ([[sites]]); {NOTHING}")
        return everywhere(f"{name} must be a table ([[sites]])", path)
    site, wrong = _site(entry, path)
    is_known = _place(site.address) is not None
    problems += [f"{path}: {name}.{each}; {_MENDED if is_known else NOTHING}" for each in wrong]
    if not is_known:
        return everywhere(f"{name}.{wrong[0]}", path)
    return replace(site, trouble=f"Its entry in {path.name} has a mistake: {wrong[0]}") if wrong else site


def _site(entry: Mapping[str, object], path: Path) -> tuple[Site, list[str]]:
    """An entry with what it says rightly, and what it says wrongly."""
    known = {each.name: getattr(Site(), each.name) for each in fields(Site) if not each.metadata.get("internal")}
    wrong: list[str] = []
    found: dict[str, Any] = {}
    for key, value in entry.items():
        if key not in known:
            wrong.append(f"{clean_line(key, 40)} is no key that is known; the nearest is {_nearest(key, known)}")
        elif reason := _wrong(key, value, known[key]):
            wrong.append(f"{key} must be {reason}")
        else:
            found[key] = _kept(key, value, path)
    site = Site(**found)
    return site, [*wrong, *(_together(site) if not wrong else ())]


def _wrong(key: str, value: object, default: object) -> str:
    """What the value should have been, empty when it fits. The value itself, which may be secret, is not said."""
    if isinstance(default, bool):
        return "" if isinstance(value, bool) else "true or false"
    if key in ("headers", "cookies"):
        return _wrong_pairs(key, value)
    if key == "secret_command":
        words = isinstance(value, list) and value and all(isinstance(each, str) and "\0" not in each for each in value)
        return "" if words else 'a list of words, such as ["pass", "show", "news"]'
    if not is_line(value):
        return LINE_RULE if isinstance(value, str) else "a text in quotes"
    if key == "address" and _place(value) is None:
        return "an address of http or https without a password"
    if key == "proxy" and value not in ("", DIRECT) and not is_proxy(value):
        return PROXY_RULE
    return "" if key != "auth" or value in ("", *AUTHS) else " or ".join(f'"{each}"' for each in AUTHS)


LINE_RULE = "a text in quotes without control characters"
PROXY_RULE = "the address of a proxy without a password, such as socks5h://127.0.0.1:1080"


def _wrong_pairs(key: str, value: object) -> str:
    """What is wrong with headers or cookies."""
    if not isinstance(value, Mapping) or not all(isinstance(each, str) for each in value.values()):
        return "a table of texts in quotes"
    good = _COOKIE if key == "cookies" else _VALUE
    if not all(_NAME.fullmatch(name) and good.fullmatch(text) for name, text in value.items()):
        return "names and values as HTTP allows them"
    names = {name.lower() for name in value} if key == "headers" else set()
    if names & _SECRET:
        return "without logins and cookies, which have keys of their own"
    return "without those that belong to the connection" if names & _OURS else ""


def _together(site: Site) -> Iterable[str]:
    """What is wrong with an entry as a whole."""
    sources = sum(map(bool, (site.secret_file, site.secret_command, site.secret_keyring)))
    if not site.address:
        yield "address is missing"
    elif site.auth and sources != 1:
        yield "auth needs one of secret_file, secret_command and secret_keyring"
    elif site.auth in ("basic", "digest") and (not site.user or (":" in site.user and site.auth == "basic")):
        yield "user must be the name to log in with"
    elif not site.auth and (sources or site.user):
        yield 'auth must be "basic", "digest" or "bearer" where there is a user or a secret'


def _kept(key: str, value: Any, path: Path) -> Any:
    if key in ("secret_file", "ca_file"):
        return absolute(value, path)
    return tuple(value) if key == "secret_command" else value


def _nearest(key: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    return get_close_matches(key, list(known), 1, 0.0)[0]


_Place = tuple[str, str, int, str]


@lru_cache(maxsize=4096)
def _place(url: str) -> _Place | None:
    """Scheme, host, port and path of an address as they go over the wire; None for what has a login or no plain host.

    Dots in the path are resolved as the client does (RFC 3986 5.2.4), so that no way out of it is taken for one in it.
    """
    from urllib.parse import quote, urlsplit

    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
        name = parts.hostname or ""
        name = name if name.isascii() else name.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return None
    if not port or "@" in parts.netloc or not _HOST.fullmatch(name) or "\\" in url:
        return None
    return parts.scheme, name, port, _resolved(quote(parts.path, safe="%/:=&?~+!$,;'@()*[]", errors="replace"))


def _resolved(path: str) -> str:
    found: list[str] = []
    parts = re.sub(r"%2e", ".", path, flags=re.IGNORECASE).split("/")[1:]
    for part in parts:
        if part == "..":
            del found[-1:]
        elif part != ".":
            found.append(part)
    if parts and parts[-1] in (".", ".."):
        found.append("")
    return "/" + "/".join(found)


def _holds(mine: _Place | None, wanted: _Place) -> bool:
    if mine is None or mine[:3] != wanted[:3]:
        return False
    start, path = mine[3], wanted[3]
    return path == start or path.startswith(start if start.endswith("/") else f"{start}/")
