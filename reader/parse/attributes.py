"""Attributes of a tag as they stand in well-formed HTML, and what of them our subset keeps."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Mapping

from reader.document.language_names import is_named
from reader.document.numerals import KINDS
from reader.parse.addresses import without_user
from reader.parse.images import picture

_ATTRIBUTE = re.compile(r'([^\s=>"/]+)="([^"]*)"')
_NOT_SHOWN = re.compile(
    r'\shidden="(?!until-found)|\sstyle="[^"]*(?:display:\s*none|visibility:\s*hidden)', re.IGNORECASE
)
_LANGUAGE = re.compile(
    r"(?:^|\s)(?:language-|lang-|lang:|highlight-source-|highlight-text-|src-|brush:\s*|lang=)([\w+#.-]{1,30})"
)
_CODE = re.compile(r"(?:^|\s)(?:hljs|sourceCode|highlight|codehilite|prettyprint|prism|shiki|src|astro-code)(?=\s|$)")
_FORMULA = re.compile(r'\sclass="(?:[^"]*\s)?(?:latex|tex|math|mwe-math-[\w-]+|ee_img|wp-katex-eq)(?=[\s"])')
_ALIGN = re.compile(r"text-align:\s*(left|right|center)")


def values(raw: str) -> dict[str, str]:
    """Names and values; of several with one name the last."""
    if not raw:
        return {}
    found = dict(_ATTRIBUTE.findall(raw))
    return {name: entities.unescape(value) for name, value in found.items()} if "&" in raw else found


def is_hidden(raw: str) -> bool:
    """Whether an element with these attributes is not shown."""
    return ("none" in raw or "hidden" in raw) and _NOT_SHOWN.search(raw) is not None


def escape(text: str) -> str:
    """Text as it stands in our subset, in values as well."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def link(address: str, found: Mapping[str, str]) -> str:
    """The start tag of a link."""
    title = " ".join(found.get("title", "").split())[:500].rstrip()
    return f'<a href="{escape(without_user(address))}"' + (f' title="{escape(title)}">' if title else ">")


def image(found: dict[str, str], base: str | None) -> str | None:
    """A picture; None for what is none."""
    shown = picture(found, base)
    if shown is None:
        return None
    address, alt, width, height = shown
    size = "".join(f' {name}="{value}"' for name, value in (("width", width), ("height", height)) if value is not None)
    return f'<img src="{escape(address)}" alt="{escape(alt)}"{size}/>'


def is_formula(raw: str) -> bool:
    """Whether a picture with these attributes is one of a formula."""
    return _FORMULA.search(raw) is not None


def language(raw: str, tag: str = "pre") -> str:
    """Which programming language a listing is in, as its class or its data say; empty where nothing is said."""
    found = values(raw)
    named = _LANGUAGE.search(found.get("class", ""))
    said = named[1] if named else found.get("data-lang") or found.get("data-language")
    if not said and (tag in ("pre", "code") or _CODE.search(found.get("class", ""))):
        said = next((name for name in found.get("class", "").split() if is_named(name.lower())), None)
    return f' lang="{escape(said.strip()[:30])}"' if said and said.strip() else ""


def of_container(name: str, raw: str) -> str:
    """The attributes that a container keeps."""
    found = values(raw)
    if name == "ol":
        start = _whole(found.get("start"), -1_000_000, 1_000_000)
        kept = f' start="{start}"' if start not in (None, 1) else ""
        kept += ' reversed="reversed"' if "reversed" in found else ""
        return kept + (f' type="{found["type"]}"' if found.get("type") in KINDS else "")
    if name in ("td", "th"):
        return _of_cell(found)
    if name == "pre":
        return f' lang="{escape(found["lang"].split()[0][:30])}"' if found.get("lang", "").strip() else language(raw)
    if name == "li" and found.get("checked") in ("true", "false"):
        return f' checked="{found["checked"]}"'
    return ""


def _of_cell(found: Mapping[str, str]) -> str:
    kept = ""
    for name in ("colspan", "rowspan"):
        count = _whole(found.get(name), 2, 100)
        kept += f' {name}="{count}"' if count else ""
    style = _ALIGN.search(found.get("style", "").lower())
    align = style[1] if style else found.get("align", "").lower()
    return kept + (f' align="{align}"' if align in ("left", "right", "center") else "")


def _whole(text: str | None, least: int, most: int) -> int | None:
    try:
        number = int(text or "")
    except ValueError:
        return None
    return number if least <= number <= most else None
