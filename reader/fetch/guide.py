"""The reader's own guide: Markdown files that come with the package."""

from __future__ import annotations


def documents() -> list[tuple[str, bytes]]:
    """The guide's documents in reading order, each with its file name."""
    from importlib.resources import files

    found = [each for each in (files("reader") / "guide").iterdir() if each.name.endswith(".md")]
    return sorted((each.name, each.read_bytes()) for each in found)
