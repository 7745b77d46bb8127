"""The files that come with articles, in words, and the names that they are saved under. Pure.

A name is made of the article's headline and of the kind that was declared; nothing else of a feed gets into it, and
nothing in it means anything to a path, on this system or another.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from reader.model import Enclosure, Medium
from reader.text import clean_line, safe, size

_EXTENSIONS = {
    "audio/mpeg": "mp3", "audio/mp3": "mp3", "audio/x-mp3": "mp3", "audio/mpeg3": "mp3", "audio/mp4": "m4a",
    "audio/x-m4a": "m4a", "audio/m4a": "m4a", "audio/aac": "aac", "audio/aacp": "aac", "audio/ogg": "ogg",
    "audio/opus": "opus", "audio/flac": "flac", "audio/wav": "wav", "audio/x-wav": "wav", "audio/webm": "weba",
    "video/mp4": "mp4", "video/x-m4v": "m4v", "video/mpeg": "mpg", "video/webm": "webm", "video/quicktime": "mov",
    "video/ogg": "ogv", "video/x-matroska": "mkv", "image/jpeg": "jpg", "image/jpg": "jpg", "image/png": "png",
    "image/gif": "gif", "image/webp": "webp", "image/avif": "avif", "application/pdf": "pdf",
    "application/epub+zip": "epub", "application/zip": "zip", "application/x-bittorrent": "torrent",
    "text/plain": "txt", "text/vtt": "vtt", "application/x-subrip": "srt",
}  # fmt: skip
_KINDS = {"pdf": "PDF", "epub": "e-book", "zip": "archive", "torrent": "torrent", "txt": "text", "vtt": "subtitles"}
# What a system would run when it is opened: such a file is saved without its ending.
_RUNNABLE = frozenset({
    "app", "apk", "appimage", "bat", "cmd", "com", "command", "cpl", "desktop", "dll", "dmg", "exe", "hta", "inf",
    "jar", "js", "jse", "lnk", "msi", "msp", "pif", "ps1", "psm1", "py", "reg", "scr", "sh", "url", "vbe", "vbs",
    "webloc", "workflow", "ws", "wsf", "wsh",
})  # fmt: skip
_ENDING = re.compile(r"\.([A-Za-z0-9]{1,8})$")
_MEANINGFUL = re.compile('[<>:"/\\\\|?*\x00-\x1f\x7f]+')
_COMMAND = re.compile(r"`|\$(?=[({])")  # what a shell runs, even between quotes
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|\s|$)", re.IGNORECASE)
_MOST_BYTES = 120
_LEAST_SIZE = 1000  # bytes; publishers who do not know write 0 or 1


def kind_words(enclosure: Enclosure) -> str:
    """What kind of file it is: "audio", "PDF", "file"."""
    kind = (enclosure.type or "").partition("/")[0].lower()
    if kind in ("audio", "video", "image"):
        return kind
    return _KINDS.get(_extension(enclosure), "file")


def enclosure_words(enclosure: Enclosure) -> str:
    """Kind and size: "audio, 38 MB"; the kind alone where the size is not told."""
    kind, length = kind_words(enclosure), enclosure.length or 0
    return f"{kind}, {size(length)}" if length >= _LEAST_SIZE else kind


def medium_words(medium: Medium) -> str:
    """The same with host and what was done with it: "audio, 38 MB · example.org · saved · stopped at 12:34"."""
    parts = [enclosure_words(medium.enclosure), host(medium.enclosure)]
    parts += ["saved"] if medium.path else []
    parts += [f"stopped at {clock(medium.seconds)}"] if medium.seconds else []
    return " · ".join(part for part in parts if part)


def host(enclosure: Enclosure) -> str:
    """Where a file lies."""
    try:
        return clean_line(urlsplit(enclosure.url).hostname or "", 60)
    except ValueError:
        return ""


def clock(seconds: float) -> str:
    """A place in a recording: "4:07", "1:02:33"."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def file_name(headline: str, enclosure: Enclosure) -> str:
    """The name that a file is saved under: never a path, never hidden, good on every system."""
    plain = _COMMAND.sub("", _MEANINGFUL.sub(" ", clean_line(headline, 500)))
    stem = " ".join(plain.split()).strip(" .-~")
    stem = safe(stem.encode("utf-8", "ignore")[:_MOST_BYTES].decode("utf-8", "ignore")).rstrip(" .-")
    stem = stem or kind_words(enclosure)
    if _RESERVED.match(stem):
        stem = f"_{stem}"
    ending = _extension(enclosure)
    if ending:
        return f"{stem}.{ending}"
    start, _, last = stem.rpartition(".")
    return f"{start} {last}" if last.lower() in _RUNNABLE and start else stem


def _extension(enclosure: Enclosure) -> str:
    """The ending that the declared type has, or else the address; empty where it has none that is safe."""
    declared = _EXTENSIONS.get((enclosure.type or "").partition(";")[0].strip().lower())
    if declared:
        return declared
    try:
        found = _ENDING.search(unquote(urlsplit(enclosure.url).path))
    except ValueError:
        found = None
    ending = found[1].lower() if found else ""
    return "" if ending in _RUNNABLE or ending == "part" else ending
