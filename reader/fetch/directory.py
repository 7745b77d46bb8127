"""What lies in a directory and below: names and stamps only, nothing is opened here.

Symbolic links to directories are not followed, so that no circle can be walked; those to files are. Hidden files and
those that editors leave behind are passed over; files of other kinds are counted.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field

from reader.fetch import file, words
from reader.fetch.file import Refused
from reader.text import clean_line, plural

SUFFIXES = frozenset({".txt", ".md", ".markdown", ".html", ".htm"})
DEEPEST = 32
MOST = 200_000


@dataclass(frozen=True, slots=True)
class Found:
    """A file: its path below the directory with "/", when it changed in nanoseconds since 1970, its size in bytes."""

    path: str
    mtime_ns: int
    size: int


@dataclass(slots=True)
class Listing:
    """What a directory holds; ``others`` counts files of kinds that are not read, ``notes`` are phrases for people.

    ``blind`` are the beginnings of paths where it could not look, so that nothing there is taken for gone.
    """

    files: list[Found] = field(default_factory=list)
    others: int = 0
    blind: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def scan(root: str, most: int = MOST, deepest: int = DEEPEST) -> Listing | Refused:
    """The articles in a directory and below, by path; Refused when the directory itself cannot be read."""
    listing = Listing()
    waiting = [("", 0)]
    while waiting:
        below, depth = waiting.pop()
        try:
            with os.scandir(os.path.join(root, below)) as entries:  # noqa: PTH118 - names that are no UTF-8 go through
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            if not below:
                return Refused(words.system(error))
            listing.blind.append(below)
            listing.notes.append(f"{below} cannot be read: {words.system(error)}")
            continue
        inner = [_take(entry, below, listing) for entry in found]
        deeper = [(name, depth + 1) for name in reversed(inner) if name]
        if deeper and depth >= deepest:
            listing.blind += [name for name, _ in deeper]
            listing.notes.append(f"{below} is deeper than {deepest} directories")
        else:
            waiting += deeper
        if len(listing.files) >= most:
            listing.blind.append("")
            listing.notes.append(f"only the first {most:,} files are read")
            del listing.files[most:]
            break
    listing.files.sort(key=lambda each: each.path)
    return listing


def unreadable(root: str) -> str:
    """Why a directory cannot be read, empty when it can."""
    try:
        with os.scandir(root):
            return ""
    except OSError as error:
        return words.system(error)


def summary(listing: Listing, unread: list[str]) -> str:
    """What a person should know of a scan, empty when all is well; ``unread`` are phrases about files."""
    parts = listing.notes[:3]
    if unread:
        shown = "; ".join(unread[:3]) + (" …" if len(unread) > 3 else "")
        parts.append(f"{plural(len(unread), 'file')} could not be read ({shown})")
    if listing.others:
        parts.append(f"{plural(listing.others, 'file')} of other kinds skipped")
    return clean_line("; ".join(parts), 500)


def _take(entry: os.DirEntry[str], below: str, listing: Listing) -> str | None:
    """Notes a file; the path of a directory to look into."""
    name = entry.name
    if name.startswith(".") or name.endswith("~") or (name.startswith("#") and name.endswith("#")):
        return None
    path = below + name
    if not file.is_text(name):
        listing.notes.append(f"{os.fsencode(path).decode('utf-8', 'backslashreplace')} has a name that is no UTF-8")
        return None
    try:
        if entry.is_dir(follow_symlinks=False):
            return f"{path}/"
        if os.path.splitext(name)[1].lower() not in SUFFIXES:  # noqa: PTH122
            listing.others += not entry.is_dir()
            return None
        found = entry.stat()
    except OSError as error:
        listing.notes.append(f"{path} cannot be read: {words.system(error)}")
        listing.blind.append(path)
        return None
    if stat.S_ISDIR(found.st_mode):
        return None
    if not stat.S_ISREG(found.st_mode):
        listing.others += 1
        return None
    listing.files.append(Found(path, found.st_mtime_ns, found.st_size))
    return None
