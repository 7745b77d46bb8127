"""What a person may say in ``config.toml``: read, checked, never rewritten.

Each field documents its key. A key that is not known or a value that does not fit is one line in ``Config.problems``,
naming the file and the nearest known key; the default then holds. Only a file
that is no TOML at all raises ConfigError.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.errors import ConfigError
from reader.paths import Paths
from reader.text import clean_line

if TYPE_CHECKING:
    from reader.sites import Site


def _whole(default: int, least: int, most: int) -> Any:
    """A field for a whole number within bounds."""
    return field(default=default, metadata={"least": least, "most": most})


def _choice(default: str, *others: str) -> Any:
    """A field for one of a few words."""
    return field(default=default, metadata={"choices": (default, *others)})


def _line() -> Any:
    """A field for a text that goes into a request or a path as it is."""
    return field(default="", metadata={"line": True})


@dataclass(frozen=True, slots=True)
class RefreshConfig:
    """``[refresh]``: when feeds are looked at."""

    interval_minutes: int = _whole(60, 5, 525600)
    """The least time between two checks of a feed, in minutes."""
    on_open: bool = True
    """Whether opening the screen refreshes the feeds that are due."""


@dataclass(frozen=True, slots=True)
class FetchConfig:
    """``[fetch]``: how feeds are fetched."""

    timeout_seconds: int = _whole(30, 1, 600)
    """How long one fetch may take in all."""
    max_megabytes: int = _whole(20, 1, 500)
    """How big a document may be after unpacking."""
    parse_seconds: int = _whole(20, 1, 600)
    """How much processor time the reading of one document may take."""
    parallel: int = _whole(128, 1, 512)
    """How many fetches may be under way at once."""
    per_host: int = _whole(2, 1, 16)
    """How many of them at one host."""
    user_agent: str = _line()
    """What we call ourselves to servers; empty: name and version of this program."""
    proxy: str = field(default="", metadata={"proxy": True})
    """The proxy: http, https, socks5 or socks5h (it looks names up, too); empty: as the environment says."""
    ca_file: str = _line()
    """The certificates that are trusted; empty: as the environment says (SSL_CERT_FILE), else Mozilla's list."""


@dataclass(frozen=True, slots=True)
class ListConfig:
    """``[list]``: the list of articles on the screen."""

    layout: str = _choice("comfort", "compact")
    """"comfort": two lines an article; "compact": one."""


@dataclass(frozen=True, slots=True)
class ArticleConfig:
    """``[article]``: the page."""

    width: int = _whole(72, 30, 200)
    """The measure: how many columns a line of text may take."""
    mark_read: str = _choice("opened", "finished")
    """When an article is read: as soon as it is opened, or when its end was seen or another was opened after it."""
    pipe: str = _choice("text", "markdown")
    """What a command gets that an article is given to."""


@dataclass(frozen=True, slots=True)
class ImagesConfig:
    """``[images]``: pictures inside the text. Their servers learn that somebody reads the article."""

    show: str = _choice("auto", "always", "never")
    """"auto": unless the latest fetches say that the link is slow."""
    graphics: str = _choice("auto", "kitty", "blocks")
    """"kitty": the terminal's own graphics (in tmux with ``allow-passthrough``); "blocks": two pixels a cell. "auto":
    the first where the terminal is known to have them and no tmux or screen stands between. Sixel is not offered:
    its pixels do not belong to cells, so what is scrolled or covered would leave pieces of them behind."""
    max_megabytes: int = _whole(8, 1, 100)
    """How big one picture may be as it comes."""
    cache_megabytes: int = _whole(100, 5, 10_000)
    """How much room all pictures that are kept may take; those not seen for longest go first."""


@dataclass(frozen=True, slots=True)
class DownloadsConfig:
    """``[downloads]``: files that come with articles."""

    directory: str = ""
    """Where they are saved; empty: where the system keeps downloads."""
    max_megabytes: int = _whole(0, 0, 1_000_000)
    """How big one may be; 0: as big as it is."""


@dataclass(frozen=True, slots=True)
class Config:
    """The settings in force. ``problems`` holds one line for each key or value that could not be used."""

    theme: str = ""
    """The name of the theme; empty: the one last chosen on the screen."""
    keys: str = _choice("default", "newsboat", "vim", "google-reader", "netnewswire")
    """The preset of keys."""
    bindings: Mapping[str, tuple[str, ...]] = field(default_factory=dict, metadata={"open": True})
    """``[bindings]``: keys of single actions, over the preset's: ``bookmark = "b"``, ``bookmark = ["b", "s"]``."""
    refresh: RefreshConfig = field(default_factory=RefreshConfig)
    fetch: FetchConfig = field(default_factory=FetchConfig)
    list: ListConfig = field(default_factory=ListConfig)
    article: ArticleConfig = field(default_factory=ArticleConfig)
    images: ImagesConfig = field(default_factory=ImagesConfig)
    downloads: DownloadsConfig = field(default_factory=DownloadsConfig)
    sites: tuple[Site, ...] = field(default=(), metadata={"entries": True})
    """``[[sites]]``: what holds for the addresses of one site alone (``reader.sites``)."""
    problems: tuple[str, ...] = field(default=(), metadata={"internal": True})


def load(paths: Paths) -> Config:
    """The settings of the config file, the defaults where there is none. Raises ConfigError when it is no TOML."""
    try:
        data = paths.config.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return Config()
    except OSError as error:
        raise ConfigError(
            f"{paths.config} cannot be read: {error.strerror}", "make it readable or remove it"
        ) from error
    return read(_table(data, paths.config), paths.config)


def read(table: Mapping[str, Any], path: Path) -> Config:
    """The settings of a table as TOML gives it."""
    problems: list[str] = []
    config: Config = _fill(Config(), table, "", path, problems)
    return replace(config, problems=tuple(problems))


def _table(data: bytes, path: Path) -> dict[str, Any]:
    """The bytes of a config file as a table."""
    import tomllib

    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} is no TOML: it is not written in UTF-8", "mend it or move it away") from error
    except RecursionError as error:
        raise ConfigError(f"{path} is no TOML: it is nested too deeply", "mend it or move it away") from error
    except ValueError as error:
        raise ConfigError(f"{path} is no TOML: {clean_line(str(error))}", "mend it or move it away") from error


def _fill(section: Any, table: Mapping[str, Any], prefix: str, path: Path, problems: list[str]) -> Any:
    """A section with what the table says; what it says wrongly goes to the problems."""
    known = {each.name: each for each in fields(section) if not each.metadata.get("internal")}
    found: dict[str, Any] = {}
    for key, value in table.items():
        name = prefix + key
        if key not in known:
            problems.append(f"{path}: unknown key {clean_line(name, 80)}; the nearest is {_nearest(name)}")
            continue
        default = getattr(section, key)
        if known[key].metadata.get("open") and isinstance(value, dict):
            found[key] = _bindings(value, f"{name}.", path, problems)
        elif known[key].metadata.get("entries"):
            found[key] = _sites(value, path, problems)
        elif known[key].metadata.get("proxy") and not _is_proxy(value):
            from reader.sites import NOTHING, PROXY_RULE

            problems.append(f"{path}: {name} must be {PROXY_RULE}; {NOTHING}")
            found[key] = UNUSABLE
        elif is_dataclass(default) and isinstance(value, dict):
            found[key] = _fill(default, value, f"{name}.", path, problems)
        elif wrong := _wrong(value, default, known[key].metadata):
            problems.append(f"{path}: {name} must be {wrong}, not {_shown(value)}; {_used(default)}")
        else:
            found[key] = value
    return replace(section, **found)


UNUSABLE = "unusable://"  # a proxy that was told in a way that nobody understands; without it nothing may go out


def _is_proxy(value: object) -> bool:
    from reader.sites import is_proxy

    return value == "" or (isinstance(value, str) and is_proxy(value))


def _sites(value: object, path: Path, problems: list[str]) -> tuple[Site, ...]:
    """The entries for single sites; where there is no list of them, one that lets nothing out."""
    from reader import sites

    if isinstance(value, list):
        return sites.read(value, path, problems)
    problems.append(f"{path}: sites must be {sites.LIST_RULE}, not {_shown(value)}; {sites.NOTHING}")
    return (sites.everywhere(f"sites must be {sites.LIST_RULE}", path),)


def _bindings(table: Mapping[str, Any], prefix: str, path: Path, problems: list[str]) -> dict[str, tuple[str, ...]]:
    """Keys by action; the screen, which knows the actions, says which of them there are not."""
    found: dict[str, tuple[str, ...]] = {}
    for action, given in table.items():
        several = given if isinstance(given, list) else [given]
        if all(isinstance(key, str) for key in several):
            found[action] = tuple(several)
        else:
            name = clean_line(prefix + action, 80)
            problems.append(f"{path}: {name} must be a key or a list of keys, not {_shown(given)}; its own keys hold")
    return found


def _wrong(value: object, default: object, rule: Mapping[str, Any]) -> str:
    """What the value should have been, empty when it fits."""
    if is_dataclass(default) or rule.get("open"):
        return "a table"
    if isinstance(default, bool):
        return "" if isinstance(value, bool) else "true or false"
    if isinstance(default, int):
        fits = isinstance(value, int) and not isinstance(value, bool) and rule["least"] <= value <= rule["most"]
        return "" if fits else f"a whole number from {rule['least']} to {rule['most']}"
    choices = rule.get("choices")
    if choices:
        return "" if value in choices else " or ".join(f'"{choice}"' for choice in choices)
    if not isinstance(value, str):
        return "a text in quotes"
    return _no_line(value) if rule.get("line") else ""


def _no_line(value: str) -> str:
    """What a text that goes into a request should have been, empty when it fits."""
    from reader.sites import LINE_RULE, is_line

    return "" if is_line(value) else LINE_RULE


def _used(default: object) -> str:
    """Which value holds instead."""
    return "its defaults hold" if is_dataclass(default) or isinstance(default, dict) else f"{_shown(default)} is used"


_HUGE = 10**50  # Python does not write numbers of any length as text


def _shown(value: object) -> str:
    """A value as the file would write it, on one short line."""
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"  # there may be secrets in it
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and abs(value) >= _HUGE:
        return "a number of that size"
    return clean_line(f'"{value}"' if isinstance(value, str) else str(value), 60)


def _nearest(name: str) -> str:
    """The known key that is most like the one written."""
    from difflib import SequenceMatcher

    def likeness(known: str) -> float:
        last = known.rpartition(".")[2], name.rpartition(".")[2]
        return SequenceMatcher(None, known, name).ratio() + SequenceMatcher(None, *last).ratio()

    return max(keys(), key=likeness)


def keys(section: object | None = None, prefix: str = "") -> Iterator[str]:
    """All keys that are known, those of tables as "table.key"."""
    section = section or Config()
    for each in fields(section):  # type: ignore[arg-type]
        value = getattr(section, each.name)
        if is_dataclass(value):
            yield prefix + each.name
            yield from keys(value, f"{prefix}{each.name}.")
        elif not each.metadata.get("internal"):
            yield prefix + each.name
