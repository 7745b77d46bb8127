"""Where the real feeds, articles and lists lie that some tests read; they are no part of the project."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(os.environ.get("READER_CORPORA") or Path(__file__).parents[2] / "shared" / "corpora")


def folder(name: str) -> Path:
    """A folder of the corpora; the test is skipped where there is none."""
    place = ROOT / name
    if not place.is_dir():
        pytest.skip(f"no corpora at {ROOT}; set READER_CORPORA")
    return place


def manifest(name: str) -> list[dict[str, Any]]:
    """What is known of the files in a folder, one object each."""
    lines = (folder(name) / "manifest.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]
