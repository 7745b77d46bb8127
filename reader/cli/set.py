"""Change settings of a feed: whether the pages of its articles are fetched as they come in, whether it is asked."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace

from reader.cli.output import Output
from reader.library import Library
from reader.model import Feed

_SWITCH = {"on": True, "off": False}
_SETTINGS = ("full_text", "paused")


def setting(text: str) -> tuple[str, bool]:
    """A setting and its value as a person typed them."""
    key, equals, value = (part.strip() for part in text.partition("="))
    if not equals or key not in _SETTINGS:
        raise ArgumentTypeError(f"{text!r} is no setting of a feed: {' or '.join(f'{name}=on' for name in _SETTINGS)}")
    if value.lower() not in _SWITCH:
        raise ArgumentTypeError(f"{key} is on or off, not {value!r}")
    return key, _SWITCH[value.lower()]


def arguments(parser: ArgumentParser) -> None:
    """The words after the verb."""
    parser.add_argument("feed", metavar="FEED", help="id, address or a unique part of the title")
    parser.add_argument(
        "settings",
        nargs="+",
        type=setting,
        metavar="KEY=VALUE",
        help="full_text=on: fetch the pages of its articles as they come in; paused=on: ask it no more; or =off",
    )


def run(library: Library, options: Namespace, output: Output) -> int:
    """Keep the settings, and say what holds now."""
    feed = library.find_feed(options.feed)
    for key, value in dict(options.settings).items():
        keep = library.set_full if key == "full_text" else library.set_paused
        feed = keep(feed.id, value)
    output.line(f"{feed.title}: {' '.join(_shown(feed, key) for key in dict(options.settings))}")
    return 0


def _shown(feed: Feed, key: str) -> str:
    is_on = feed.is_full if key == "full_text" else feed.is_paused
    return f"{key}={'on' if is_on else 'off'}"
