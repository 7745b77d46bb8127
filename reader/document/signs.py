"""The signs that the typesetter adds to the text, in Unicode and in ASCII."""

from __future__ import annotations

from dataclasses import dataclass

_RAISED = str.maketrans("0123456789+-−=()abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
_LOWERED = str.maketrans("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")


@dataclass(frozen=True, slots=True)
class Signs:
    """One set of signs; each takes the cells that it has characters."""

    bullets: tuple[str, ...]  # by the depth of the list, the last one for all below
    ticks: tuple[str, str]  # not done, done
    bar: str
    rule: str
    continuation: str
    folded: str  # before the summary of details
    plain: bool = False  # no raised or lowered characters


UNICODE = Signs(("•", "◦", "▪"), ("[ ]", "[✓]"), "▎", "─", "↳", "▾")
ASCII = Signs(("*", "-", "+"), ("[ ]", "[x]"), "|", "-", ">", "v", plain=True)


def raised(text: str) -> str | None:
    """The text in superscript characters, one for one; nothing where a character has none."""
    return _shifted(text, _RAISED)


def lowered(text: str) -> str | None:
    """The text in subscript characters, one for one; nothing where a character has none."""
    return _shifted(text, _LOWERED)


def _shifted(text: str, table: dict[int, int]) -> str | None:
    return text.translate(table) if text and all(ord(char) in table for char in text) else None


def number(value: int, signs: Signs) -> str:
    """The small number behind a link: "¹²", or "[12]" in ASCII."""
    return f"[{value}]" if signs.plain else str(value).translate(_RAISED)
