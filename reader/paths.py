"""Where things live: under ``READER_HOME`` when it is set, where the system keeps such things otherwise."""

from __future__ import annotations

import os
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
    def log(self) -> Path:
        """Where a bug is written down in full."""
        return self.state / "reader.log"


def paths() -> Paths:
    """The places in force for this process."""
    home = os.environ.get("READER_HOME")
    if home:
        root = Path(os.path.expanduser(home)).absolute()  # noqa: PTH111 - Path.expanduser raises for an unknown user
        return Paths(root / "config.toml", root / "reader.db", root / "cache", root / "state")
    from platformdirs import PlatformDirs

    dirs = PlatformDirs(APP, appauthor=False)
    return Paths(
        dirs.user_config_path / "config.toml",
        dirs.user_data_path / "reader.db",
        dirs.user_cache_path,
        dirs.user_state_path,
    )
