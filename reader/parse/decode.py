"""Bytes to text: what the bytes themselves say first, what the document says of them next, a guess last.

Valid UTF-8 goes before a declaration, since text in another encoding is hardly ever valid by accident, and lies are
common.
"""

from __future__ import annotations

import codecs
import re

_BREAKS = re.compile("\r\n?|[\x85\u2028\u2029]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What a label means in practice (https://encoding.spec.whatwg.org/#names-and-labels) where Python takes it narrowly.
_WIDER = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949", "shift_jis": "cp932", "big5": "big5hkscs",
    "utf-16": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8", "utf-32": "utf-8", "utf-7": "cp1252",
}  # fmt: skip
# Python's own, which are for other things than documents; some take time with the square of the length.
_NO_TEXT = frozenset(
    ("idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "unicode_escape", "mbcs", "oem")
)
_SAMPLE = 65_536
_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_META = re.compile(rb"""<meta\b[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""\s{0,40}<\?xml\b[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})["']""", re.IGNORECASE)


def decode(data: bytes, declared: str | None = None) -> str:
    """Text whose lines end in a newline; ``declared`` is what a header or the document itself says. Never fails."""
    text = _decode(data, declared)
    return _BREAKS.sub("\n", text) if any(sign in text for sign in "\r\x85\u2028\u2029") else text


def declared_charset(data: bytes) -> str | None:
    """The encoding that an XML declaration or an HTML ``meta`` names in the document's first 4 KB."""
    head = data[:4096]
    found = _XML.match(head) or _META.search(head)
    return found[1].decode("ascii", "replace") if found else None


def _decode(data: bytes, declared: str | None) -> str:
    for bom, name in _BOMS:
        if data.startswith(bom) and not _is_narrow(data[len(bom) : len(bom) + 64], name):
            return data[len(bom) :].decode(name, "replace")
    if wide := _wide(data):
        return data.decode(wide, "replace")
    if b"\x1b$" in data[:_SAMPLE] or b"\x1b(" in data[:_SAMPLE]:
        try:
            return data.decode("iso2022_jp_2")
        except UnicodeDecodeError:
            pass
    try:
        return data.decode()
    except UnicodeDecodeError:
        pass
    if codec := _codec(declared):
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            pass
    if _is_mostly_utf8(data):
        return data.decode("utf-8", "reader-as-windows")
    from reader.parse.charset import guess

    return data.decode(guess(data), "replace")


def _is_narrow(start: bytes, name: str) -> bool:
    """Whether a document that begins with the mark of a wide encoding goes on in none."""
    return name != "utf-8" and b"\0" not in start and re.match(rb"\s*<[!?a-zA-Z]", start) is not None


def _wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark, by where the zero bytes stand."""
    head = data[:4096]
    if head.count(0) * 10 < len(head) or len(head) < 2:
        return _wide_by_noise(head)
    zeros = [head[place::4].count(0) * 4 / len(head) for place in range(4)]
    if len(head) >= 8 and zeros[2] > 0.9 and zeros[3] > 0.9 and zeros[0] < 0.2:
        return "utf-32-le"
    if len(head) >= 8 and zeros[0] > 0.9 and zeros[1] > 0.9 and zeros[3] < 0.2:
        return "utf-32-be"
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 10 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 10 * odd else None


def _wide_by_noise(head: bytes) -> str | None:
    """UTF-16 of a script like Cyrillic, where every other byte is a control character and only blanks show zeros."""
    if len(_CONTROL.findall(head)) * 5 < len(head):
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if not even and not odd:
        return None
    return "utf-16-le" if not even else "utf-16-be" if not odd else None


def _codec(declared: str | None) -> str | None:
    """Python's name for a declared encoding, None if it is unknown or no text encoding."""
    try:
        info = codecs.lookup(declared.strip()) if declared else None
    except (LookupError, ValueError):
        return None
    if info is None or not getattr(info, "_is_text_encoding", True) or info.name in _NO_TEXT:
        return None
    return _WIDER.get(info.name, info.name)


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether the text is UTF-8 but for some damage: far more whole sequences than stray bytes."""
    head = data[:_SAMPLE]
    whole = _UTF8.findall(head)
    stray = len(_HIGH.findall(head)) - sum(map(len, whole))
    return bool(whole) and len(whole) >= 2 * stray


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """A stray byte in UTF-8 is most often one that a Windows program wrote."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("reader-as-windows", _as_windows)
