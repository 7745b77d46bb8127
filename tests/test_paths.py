"""Where things live."""

from pathlib import Path

import pytest
from platformdirs import PlatformDirs

from reader.paths import Paths, paths

NAMES = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")


@pytest.mark.parametrize("value", [None, "", " ", "/a/b", "/a/b/", "/a b", "relative", "~/c", " /a", "/a "])
@pytest.mark.parametrize("name", NAMES)
def test_they_are_where_platformdirs_says(monkeypatch: pytest.MonkeyPatch, name: str, value: str | None) -> None:
    for each in ("READER_HOME", *NAMES):
        monkeypatch.delenv(each, raising=False)
    if value is not None:
        monkeypatch.setenv(name, value)
    dirs = PlatformDirs("reader", appauthor=False)
    assert paths() == Paths(
        dirs.user_config_path / "config.toml", dirs.user_data_path / "reader.db", dirs.user_cache_path,
        dirs.user_state_path,
    )  # fmt: skip


def test_one_directory_can_hold_them_all(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("READER_HOME", str(tmp_path))
    assert paths() == Paths(tmp_path / "config.toml", tmp_path / "reader.db", tmp_path / "cache", tmp_path / "state")
