"""Addresses as people paste them: in brackets, in a sentence, without a scheme, as a handle. Pure."""

from __future__ import annotations

import re

from reader.tracking import untracked

_LONGEST = 8000
_HREF = re.compile(r"<a\s[^<>]{0,500}?href\s*=\s*[\"']([^\"'<>]+)[\"']", re.IGNORECASE)
_LINK = re.compile(r"!?\[[^\[\]]{0,500}\]\(\s*<?((?:[^\s<>()]|\([^\s<>()]*\))+)>?(?:\s+[\"'][^\"']*[\"'])?\s*\)")
_WITHIN = re.compile(r"(?:^|(?<=[\s<(\"'“«]))(?:(?:feed|pcast|podcast|itpc):)?https?://[^\s<>\"]+", re.IGNORECASE)
_SCHEME = re.compile(r"(?:feed|pcast|podcast|itpc):(?://)?", re.IGNORECASE)
_AMP = re.compile(r"https?://(?:www\.)?google\.[a-z.]{2,8}/amp/(s/)?(?=[^/]+\.)", re.IGNORECASE)
_HANDLE = re.compile(r"(?:acct:)?@([\w.-]+)@((?:[\w-]+\.)+\w+)|acct:([\w.-]+)@((?:[\w-]+\.)+\w+)")
_COMMUNITY = re.compile(r"!([\w.-]+)@((?:[\w-]+\.)+\w+)")
_REDDIT = re.compile(r"/?(r|u|user)/([\w+.-]{2,100})/?", re.ASCII)
_PAIRS = (("<", ">"), ('"', '"'), ("'", "'"), ("`", "`"), ("“", "”"), ("«", "»"), ("(", ")"), ("[", "]"))
_JUNK = ".,;:!?'\"`”’»>*|…"


def plain(words: str) -> str:
    """The address that pasted words hold, or what a handle stands for; other words as they are."""
    text = _bare(words[:_LONGEST].strip())
    if found := _HREF.search(text) or _LINK.search(text) or _only_one(text):
        text = found[found.re.groups and 1].replace("&amp;", "&")
    text = _bare(text)
    if known := _handle(text):
        return known
    if re.match(r"(?:[a-z]+:)?(?://)?\S+\.\S", text, re.IGNORECASE) and not re.search(r"\s", text):
        text = _trimmed(text)
    text = _with_http(text)
    text = _AMP.sub(lambda found: "https://" if found[1] else "http://", text)
    return untracked(text) if text.startswith(("http://", "https://")) else text


def _only_one(text: str) -> re.Match[str] | None:
    """The one address in a sentence; of several none is meant more than the others."""
    found = list(_WITHIN.finditer(text))
    return found[0] if len(found) == 1 and "." in found[0][0] else None


def _bare(text: str) -> str:
    """Without the brackets or quotes around it."""
    for _ in range(3):
        for begin, end in _PAIRS:
            if len(text) > 2 and text.startswith(begin) and text.endswith(end):
                text = text[1:-1].strip()
    return text


def _trimmed(text: str) -> str:
    """Without what ends a sentence; a bracket that is opened in the address belongs to it."""
    while text:
        last = text[-1]
        if last in _JUNK or (last in ")]}" and text.count(last) > text.count("([{"[")]}".index(last)])):
            text = text[:-1]
        else:
            break
    return text


def _handle(text: str) -> str:
    """What "@name@host", "!community@host" and "r/name" are the address of, empty for anything else."""
    if found := _HANDLE.fullmatch(text):
        return f"https://{found[2] or found[4]}/@{found[1] or found[3]}"
    if found := _COMMUNITY.fullmatch(text):
        return f"https://{found[2]}/c/{found[1]}"
    if found := _REDDIT.fullmatch(text):
        return f"https://www.reddit.com/{'r' if found[1] == 'r' else 'user'}/{found[2]}"
    return ""


def _with_http(text: str) -> str:
    """What readers of feeds and podcasts register themselves for, as the address behind it; ``feed://`` means http."""
    found = _SCHEME.match(text)
    if not found or not text[found.end() :].strip("/"):
        return text
    rest = text[found.end() :]
    return rest if re.match(r"https?://", rest, re.IGNORECASE) else f"http://{rest.lstrip('/')}"
