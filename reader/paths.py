"""Where things live: under ``READER_HOME`` when it is set, where the system keeps such things otherwise."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

APP = "reader"


@dataclass(frozen=True, slots=True)
class Paths:
    """The files and directories of one library."""

    config: Path
    database: Path
    cache: Path
    state: Path

    @property
    def lock(self) -> Path:
        """The file that the one worker of this library holds."""
        return self.state / "worker.lock"

    @property
    def screen(self) -> Path:
        """The file that every open screen of this library holds."""
        return self.state / "screen.lock"

    @property
    def pictures(self) -> Path:
        """The directory of the pictures that articles showed."""
        return self.cache / "pictures"

    @property
    def logins(self) -> Path:
        """The directory of the logins that stood in addresses."""
        return self.state / "logins"

    @property
    def log(self) -> Path:
        """Where a bug is written down in full."""
        return self.state / "reader.log"


def paths() -> Paths:
    """The places in force for this process."""
    home = os.environ.get("READER_HOME")
    if home:
        root = Path(os.path.expanduser(home)).absolute()  # noqa: PTH111 - Path.expanduser raises for an unknown user
        return Paths(root / "config.toml", root / "reader.db", root / "cache", root / "state")
    plain = _plain() if sys.platform == "linux" else None
    if plain is not None:
        return plain
    from platformdirs import PlatformDirs

    dirs = PlatformDirs(APP, appauthor=False)
    return Paths(
        dirs.user_config_path / "config.toml",
        dirs.user_data_path / "reader.db",
        dirs.user_cache_path,
        dirs.user_state_path,
    )


def downloads(told: str = "") -> Path:
    """Where files are saved: in the directory that the config tells, under READER_HOME, or where others save theirs."""
    if told:
        return Path(os.path.expanduser(told)).absolute()  # noqa: PTH111 - Path.expanduser raises for an unknown user
    home = os.environ.get("READER_HOME")
    if home:
        return Path(os.path.expanduser(home)).absolute() / "downloads"  # noqa: PTH111
    from platformdirs import user_downloads_path

    return user_downloads_path()


def _plain() -> Paths | None:
    """What platformdirs says, which takes 4 ms to load; None where it may have more to say than the XDG rule itself."""
    told = [os.environ.get(f"XDG_{name}_HOME", "") for name in ("CONFIG", "DATA", "CACHE", "STATE")]
    if any(path and (not path.startswith("/") or path != path.strip()) for path in told):
        return None
    home = os.path.expanduser("~")  # noqa: PTH111 - Path.home raises for an unknown user
    fallbacks = (".config", ".local/share", ".cache", ".local/state")
    config, data, cache, state = (
        Path(path or f"{home}/{fallback}") / APP for path, fallback in zip(told, fallbacks, strict=True)
    )
    return Paths(config / "config.toml", data / "reader.db", cache, state)
