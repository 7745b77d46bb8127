"""Change settings of a feed: full_text=on has the pages of its articles fetched as they come in."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace

from reader.cli.output import Output
from reader.library import Library

_SWITCH = {"on": True, "off": False}


def setting(text: str) -> tuple[str, bool]:
    """A setting and its value as a person typed them."""
    key, equals, value = text.partition("=")
    if not equals or key.strip() != "full_text":
        raise ArgumentTypeError(f"{text!r} is no setting of a feed: full_text=on, full_text=off")
    if value.strip().lower() not in _SWITCH:
        raise ArgumentTypeError(f"full_text is on or off, not {value!r}")
    return "full_text", _SWITCH[value.strip().lower()]


def arguments(parser: ArgumentParser) -> None:
    """The words after the verb."""
    parser.add_argument("feed", metavar="FEED", help="id, address or a unique part of the title")
    parser.add_argument("settings", nargs="+", type=setting, metavar="KEY=VALUE", help="full_text=on or full_text=off")


def run(library: Library, options: Namespace, output: Output) -> int:
    """Keep the settings, and say what holds now."""
    feed = library.find_feed(options.feed)
    for _, value in options.settings:
        feed = library.set_full(feed.id, value)
    output.line(f"{feed.title}: full_text={'on' if feed.is_full else 'off'}")
    return 0
