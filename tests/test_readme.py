"""The README says what is true."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_pictures_are_there() -> None:
    pictures = re.findall(r"\((screenshots/[^)]+)\)", README)
    assert pictures
    assert [name for name in pictures if not (ROOT / name).is_file()] == []


def test_every_verb_is_told_and_every_told_verb_exists() -> None:
    shown = subprocess.run([sys.executable, "-m", "reader", "--help"], capture_output=True, text=True, check=True).stdout
    told = set(re.findall(r"`reader ([a-z]+)[ `]", README.split("### The command line")[1].split("###")[0]))
    listed = set(re.findall(r"^  ([a-z]+)  ", shown, re.MULTILINE))
    assert told == listed


def test_the_map_names_what_exists() -> None:
    table = README.split("## The map of the house")[1]
    for place in re.findall(r"^\| `(reader/\w+/)`", table, re.MULTILINE):
        assert (ROOT / place / "__init__.py").is_file()


def test_ci_finds_the_test_command() -> None:
    block = README.split("<!-- tests -->\n```sh\n")[1].split("\n```")[0]
    assert "pytest" in block
    assert "\n" not in block
