"""Text from outside made safe: no control characters, no direction overrides, no zero-width tricks, no piled-up marks.

Everything that comes from a feed, a file, a header or a subscription list passes through here before it is kept, and
everything that goes to a terminal, a pipe or a file passes through here once more where it leaves (``cli.output``,
``tui.widgets.status``), so that what was missed on one way in does no harm.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from unicodedata import bidirectional, category, combining, normalize

if TYPE_CHECKING:
    from typing import TextIO

# C0 and C1 but for tab and newline, bidi embeddings, overrides and isolates, invisible signs that carry no meaning in
# prose, interlinear annotation, controls of notations, tags, byte order mark, lone surrogates, non-characters.
_UNSAFE = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u202a-\u202e\u2060-\u206f\u3164"
    "\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
_BREAKS = "\r\n?|[\x85\u2028\u2029\x0b\x0c]"
# Unseen signs that some scripts and emoji need, and others only hide: joiners, direction marks, variation selectors.
_HIDDEN = "[\u061c\u180b-\u180d\u180f\u200c-\u200f\ufe00-\ufe0f\U000e0100-\U000e01ef]+"
_DIRECTION = "[\u061c\u200e\u200f]"
_FROM_RIGHT = "[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
# Where combining marks stand: those that alphabets share, with Thai and Lao; those of other scripts; of rare ones.
_SHARED = (
    "\u0300-\u036f\u0483-\u0489\u0e31-\u0e4e\u0eb1-\u0ece\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u2de0-\u2dff"
    "\ufe20-\ufe2f"
)
_MARKED = (
    _SHARED + "\u0591-\u0e30\u0e50-\u0eb0\u0ed0-\u0f8c\u0fbd-\u109f"
    "\u135d-\u1aaf\u1b00-\u1dbf\u302a-\u302f\u3099\u309a\ua66f-\uabff\ufb1e"
)
_RARE = "\U000101fd-\U0001037a\U00010a00-\U00011fff\U00013440-\U00013455\U00016af0-\U0001e94a"
_SUBJOINED = "\u0f8d-\u0fbc"  # of Tibetan, which stacks whole letters
# A letter of Vietnamese has two, one of pointed Hebrew up to five, a syllable of Kalachakra up to nine.
_PILES = ((_SHARED, 3), (_MARKED, 5), (_RARE, 5), (_SUBJOINED, 9))
# All of the above, and a little more: a text without any of it is safe.
_suspect = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u0300-\u036f\u0483-\u0489\u0590-\u1dff\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u20d0-\u20ff\u2de0-\u2dff\u302a-\u302f\u3099\u309a\u3164\ua66f-\uabff\ud800-\udfff\ufb1e\ufdd0-\ufdef\ufe00-\ufe2f"
    "\ufeff\uffa0\ufff0-\uffff\U00010000-\U0001efff\U000e0000-\U0010ffff]"
).search

# What a joiner may stand between, what has variants; emoji need both.
_JOINED = (
    "[\u0590-\u109f\u1780-\u1cff\ua800-\uabff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00011fff\U0001e800-\U0001efff]"
)
_PICTURES = "[\xa9\xae\u203c-\u3299\ufe0f\U0001f000-\U0001faff]"
_VARIED = (
    "[#*0-9\xa9\xae\u1000-\u109f\u2000-\u33ff\u3400-\u9fff\ua840-\ua87f\uf900-\ufaff\uff00-\uffef\U0001f000-\U0001faff"
    "\U00020000-\U0003ffff]"
)
_HAN = "[\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_MONGOLIAN = "[\u1800-\u18aa]"


_MOST_PASSES = 4

_pattern = cache(re.compile)  # most texts need none of them, and to compile them takes milliseconds


def is_clean(text: str) -> bool:
    """Whether a text can be told at a glance to be as ``clean`` would leave it, but for line ends and composition."""
    return _suspect(text) is None


def clean(text: str) -> str:
    """Text over several lines without anything that could move a terminal's cursor; composed (NFC), lines end in LF."""
    if text.isascii() and text.isprintable():
        return text
    if _suspect(text) is None:
        return normalize("NFC", text)
    text = _without_controls(text)
    if text.isascii():
        return text
    return unpiled(_settled(normalize("NFC", text)))


def _settled(text: str) -> str:
    """Composed text without needless unseen signs. What goes lets marks change places, so that another may go, too."""
    for _ in range(_MOST_PASSES):
        if not _pattern(_HIDDEN).search(text) or (fewer := normalize("NFC", _without_hidden(text))) == text:
            return text
        text = fewer
    return normalize("NFC", _pattern(_HIDDEN).sub("", text))


def safe(text: str) -> str:
    """The same without composing anything, for what is on its way out: a path stays one that can be opened."""
    return text if _suspect(text) is None else unpiled(_without_hidden(_without_controls(text)))


def safe_stream(stream: TextIO) -> TextIO:
    """Standard error for what goes into a log, which people look at on a terminal: every text is made safe."""
    from io import TextIOWrapper

    class Safe(TextIOWrapper):
        """A stream of safe text."""

        def write(self, text: str) -> int:
            return super().write(safe(text))

    return Safe(stream.buffer, encoding="utf-8", errors="backslashreplace", line_buffering=True)


def _without_controls(text: str) -> str:
    return _pattern(_UNSAFE).sub("", _pattern(_BREAKS).sub("\n", text))


def unpiled(text: str) -> str:
    """Text in which no more marks stand on a letter than a language needs: piled up they spill over other lines."""
    for blocks, most in () if text.isascii() else _PILES:
        if _pattern(f"[{blocks}]{{{most + 1}}}").search(text):
            text = _pile(blocks, most).sub(r"\1", text)
    return text


@cache
def _pile(blocks: str, most: int) -> re.Pattern[str]:
    """What finds more than so many marks of some blocks in a row."""
    parts = re.findall("(?s).-.|.", blocks)
    codes = (code for part in parts for code in range(ord(part[0]), ord(part[-1]) + 1))
    marks = "".join(char for char in map(chr, codes) if category(char) in ("Mn", "Me"))
    return re.compile(f"([{marks}]{{{most}}})[{marks}]+")


def _without_hidden(text: str) -> str:
    """Text without unseen signs where no script and no emoji needs them; where one does, one of a kind is enough."""
    if _pattern(_DIRECTION).search(text):
        letters = _pattern(_FROM_RIGHT).finditer(text)
        if not any(bidirectional(found[0]) in ("R", "AL") for found in letters):
            text = _pattern(_DIRECTION).sub("", text)
    return _pattern(_HIDDEN).sub(_needed, text)


def _needed(found: re.Match[str]) -> str:
    """What is needed of the unseen signs between two characters."""
    text, signs = found.string, found[0]
    before, after = text[max(found.start() - 1, 0) : found.start()], text[found.end() : found.end() + 1]
    kept = signs[0] if _selects(before, signs[0]) else ""
    is_joined = _is(_JOINED, before) or ("\u200d" in signs and _is(_PICTURES, kept or before) and _is(_PICTURES, after))
    wanted = "\u061c\u200c\u200d\u200e\u200f" if is_joined else "\u061c\u200e\u200f"
    return kept + next((sign for sign in signs if sign in wanted), "")


def _selects(before: str, sign: str) -> bool:
    """Whether a sign chooses between ways to draw the character before it."""
    if "\ufe00" <= sign <= "\ufe0f":
        return _is(_VARIED, before)
    return _is(_HAN, before) if sign >= "\U000e0100" else "\u180b" <= sign <= "\u180f" and _is(_MONGOLIAN, before)


def _is(kind: str, char: str) -> bool:
    return _pattern(kind).match(char) is not None


def clean_line(text: str, limit: int = 2000) -> str:
    """The same as one line of single spaces, at most ``limit`` characters long."""
    line = " ".join(clean(text).split())
    return line if len(line) <= limit else safe(line[: limit - 1]).rstrip() + "…"


def first_words(text: str, limit: int = 80) -> str:
    """The start of a text as a stand-in for a missing headline, cut between words."""
    line = clean_line(text[: limit * 4])
    if len(line) <= limit:
        return line
    cut = line.rfind(" ", limit // 2, limit)
    return safe(line[: cut if cut > 0 else limit - 1]) + "…"


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Text as search compares it: without case and accents."""
    if text.isascii():
        return text.lower()
    decomposed = normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not combining(char))


def plural(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun: "1 article", "1,204 articles"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def size(count: int) -> str:
    """A number of bytes for people: "20 MB", "500 kB"."""
    if count < 1000:
        return f"{count} B"
    if count >= 1_000_000_000:
        return f"{count / 1e9:.3g} GB"
    return f"{count / 1e6:.3g} MB" if count >= 1_000_000 else f"{count / 1e3:.3g} kB"
