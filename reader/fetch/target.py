"""What a person means by the words that they add: an address on the network or a path."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from reader.errors import BadTarget
from reader.fetch.address import is_here, is_web
from reader.text import clean_line

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|localhost|[^\s/:?#@.]+(\.[^\s/:?#@.]+)+\.?)(:\d{1,5})?([/?#].*)?", re.DOTALL)
_FILES = (".txt", ".md", ".markdown", ".html", ".htm", ".xml", ".rss", ".atom", ".json", ".opml", ".eml", ".mbox")


@dataclass(frozen=True, slots=True)
class Remote:
    """An address of http or https. ``is_guess``: https is our word, which was not said."""

    url: str
    is_guess: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Local:
    """A path, absolute and with symbolic links resolved; what stands there is the fetcher's business."""

    path: Path


def is_remote(url: str) -> bool:
    """Whether the address of a feed lies on the network."""
    return is_web(url)


def read(text: str) -> Remote | Local:
    """The target that the words mean; what exists as a path is one. Raises BadTarget with what to do instead."""
    words = text.strip()
    if not words:
        raise BadTarget("An empty address cannot be added", "give a feed's or a page's address, a file or a directory")
    if "\0" in words:
        raise BadTarget(f"{clean_line(words, 200)} is no address and no path")
    path = Path(os.path.expanduser(words))  # noqa: PTH111 - Path.expanduser raises where the user is not known
    if os.path.lexists(path):
        return Local(Path(os.path.realpath(path)))
    from reader.fetch import pasted

    words = pasted.plain(words)
    scheme = _SCHEME.match(words)
    if scheme and len(scheme[1]) > 1 and not words[scheme.end() :].startswith("\\"):
        return _with_scheme(scheme[1].lower(), words)
    if _is_host(words):
        return _without_scheme(words)
    if _looks_like_path(words):
        raise BadTarget(f"{clean_line(words, 200)}: there is no such file or directory")
    raise BadTarget(
        f"{clean_line(words, 200)} is no address and no file",
        "give a feed's or a page's address, a file or a directory",
    )


def _with_scheme(scheme: str, words: str) -> Remote | Local:
    """What an address with a scheme means."""
    rest = words[len(scheme) + 1 :]
    if scheme in {"http", "https"}:
        return Remote(_checked(f"{scheme}:{rest}"))
    if scheme == "file":
        return Local(_file_path(words))
    if _is_host(words):  # "localhost:8000", "example.org:8080/feed"
        return _without_scheme(words)
    raise BadTarget(f"{clean_line(words, 200)}: Reader follows http and https addresses, not {clean_line(scheme, 40)}")


def _without_scheme(words: str) -> Remote:
    """An address as people say it; at home it is seldom https."""
    plain = _checked(f"http://{words}")
    return Remote(plain) if is_here(plain) else Remote(_checked(f"https://{words}"), is_guess=True)


def _file_path(words: str) -> Path:
    """The path of a file: address (RFC 8089)."""
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    try:
        parts = urlsplit(words)
    except ValueError as error:
        raise BadTarget(f"{clean_line(words, 200)} is no address of a file") from error
    if parts.netloc not in {"", "localhost"}:
        raise BadTarget(f"{clean_line(words, 200)} names a file on another computer")
    path = Path(url2pathname(parts.path))
    if not path.is_absolute() or not os.path.lexists(path):
        raise BadTarget(f"{clean_line(str(path), 200)}: there is no such file or directory")
    return Path(os.path.realpath(path))


def _is_host(words: str) -> bool:
    """Whether the words begin like the name of a host and not like that of a file."""
    found = _HOST.fullmatch(words)
    if not found:
        return False
    bare = not found[3] and not found[4]
    return not (bare and words.lower().endswith(_FILES))


def _looks_like_path(words: str) -> bool:
    """Whether a person who writes this means a path."""
    return words.startswith(("/", ".", "~", "\\")) or os.sep in words or words.lower().endswith(_FILES)


def _checked(url: str) -> str:
    """The address without blanks and fragment around it. Raises BadTarget where no host can be found in it."""
    from urllib.parse import urldefrag, urlsplit

    try:
        plain = urldefrag(clean_line(url, 8000)).url
        parts = urlsplit(plain)
        good = parts.hostname and (parts.port is None or parts.port > 0) and " " not in parts.netloc
    except ValueError:
        good = None
    if not good:
        raise BadTarget(f"{clean_line(url, 200)} is no address", "an address looks like https://example.org/feed.xml")
    return parts._replace(scheme=parts.scheme.lower()).geturl() if parts.path else f"{plain}/"
