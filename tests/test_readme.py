"""The README says what is true."""

import re
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path

from reader.config import (
    ArticleConfig,
    Config,
    DownloadsConfig,
    FetchConfig,
    ImagesConfig,
    ListConfig,
    RefreshConfig,
    read,
)
from reader.sites import Site

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_pictures_are_there() -> None:
    pictures = re.findall(r"\((screenshots/[^)]+)\)", README)
    assert pictures
    assert [name for name in pictures if not (ROOT / name).is_file()] == []


def test_every_verb_is_told_and_every_told_verb_exists() -> None:
    asked = [sys.executable, "-m", "reader", "--help"]
    shown = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    told = set(re.findall(r"`reader ([a-z]+)[ `]", README.split("### The command line")[1].split("###")[0]))
    listed = set(re.findall(r"^  ([a-z]+)  ", shown, re.MULTILINE))
    assert told == listed


def test_the_map_names_what_exists() -> None:
    table = README.split("## The map of the house")[1]
    for place in re.findall(r"^\| `(reader/\w+/)`", table, re.MULTILINE):
        assert (ROOT / place / "__init__.py").is_file()


def test_the_config_that_is_shown_is_the_default_one_and_complete() -> None:
    shown = README.split("<!-- config -->\n```toml\n")[1].split("\n```")[0]
    config = read(tomllib.loads(shown), Path("config.toml"))
    assert config == Config()
    keys = set(re.findall(r"^([a-z_]+) = ", shown, re.MULTILINE))
    for section in (Config, RefreshConfig, FetchConfig, ListConfig, ArticleConfig, ImagesConfig, DownloadsConfig):
        names = {field.name for field in fields(section) if isinstance(field.default, str | int)}
        assert names <= keys


def test_the_site_that_is_shown_can_be_used() -> None:
    shown = README.split("### Sites, logins and certificates")[1].split("```toml\n")[1].split("\n```")[0]
    config = read(tomllib.loads(shown), Path("config.toml"))
    assert config.problems == ()
    names = {field.name for field in fields(Site)} - {"trouble", "secret_file", "secret_keyring"}
    assert all(getattr(config.sites[0], name) != getattr(Site(), name) for name in names)


def test_ci_finds_the_test_command() -> None:
    block = README.split("<!-- tests -->\n```sh\n")[1].split("\n```")[0]
    assert "pytest" in block
    assert "\n" not in block
