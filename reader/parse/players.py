"""Videos, recordings and pages within a page: where they lead and what they are called."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reader.parse import addresses
from reader.tracking import untracked

# What an element is called, by its name; "embed" and "object" may be anything.
KINDS = {
    "video": "Video",
    "audio": "Audio",
    "iframe": "Page",
    "embed": "Media",
    "object": "Media",
    "amp-video": "Video",
    "amp-audio": "Audio",
    "amp-iframe": "Page",
    "amp-youtube": "Video",
    "lite-youtube": "Video",
}
_VIDEO_HOSTS = (
    "youtube.com", "youtube-nocookie.com", "youtu.be", "vimeo.com", "dailymotion.com", "twitch.tv", "bilibili.com",
    "rutube.ru", "odysee.com", "streamable.com", "loom.com", "wistia.net", "wistia.com", "ted.com", "videopress.com",
)  # fmt: skip
_AUDIO_HOSTS = (
    "soundcloud.com", "spotify.com", "podcasts.apple.com", "bandcamp.com", "mixcloud.com", "anchor.fm",
    "simplecast.com", "libsyn.com", "buzzsprout.com", "transistor.fm", "megaphone.fm", "deezer.com",
)  # fmt: skip
_SOURCES = ("src", "data-src", "data-lazy-src", "data-litespeed-src", "data-cookieblock-src", "data", "movie")
_YOUTUBE = re.compile(r"https?://(?:www\.|m\.)?(?:youtube(?:-nocookie)?\.com/(?:embed|v)/|youtu\.be/)([\w-]{6,20})")
_NAME = re.compile(r"[\w-]{6,20}")
_SIZE = re.compile(r"\s*0*[01](?:px)?\s*")
_LONGEST_TITLE = 200


def player(tag: str, found: Mapping[str, str], base: str | None) -> tuple[str, str] | None:
    """The address of a video, a recording or a frame and a line that names it; None for what is none or not seen."""
    if any(_SIZE.fullmatch(found.get(side, "")) for side in ("width", "height")):
        return None
    address = _address(tag, found, base)
    if address is None or not addresses.is_web(address):
        return None
    host = addresses.host(address)
    title = " ".join((found.get("title") or found.get("aria-label") or "").split())[:_LONGEST_TITLE].rstrip()
    return address, f"{_kind(tag, host)}: {title or host}"


def _kind(tag: str, host: str) -> str:
    if host.endswith(_VIDEO_HOSTS):
        return "Video"
    return "Audio" if host.endswith(_AUDIO_HOSTS) else KINDS[tag]


def _address(tag: str, found: Mapping[str, str], base: str | None) -> str | None:
    """Where a player leads to: of a video at YouTube its page, of others what they play."""
    if tag in ("amp-youtube", "lite-youtube"):
        name = found.get("data-videoid") or found.get("videoid") or ""
        return f"https://www.youtube.com/watch?v={name}" if _NAME.fullmatch(name) else None
    written = next((found[name] for name in _SOURCES if found.get(name, "").strip() not in ("", "about:blank")), "")
    address = addresses.absolute(written, base)
    video = _YOUTUBE.match(address) if address else None
    return f"https://www.youtube.com/watch?v={video[1]}" if video else address and untracked(address)
