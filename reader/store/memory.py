"""What the screen and the worker remember between two starts: small values under names, as JSON."""

from __future__ import annotations

import json
from typing import Any

from reader.store.connection import Connection


def remember(connection: Connection, key: str, value: Any) -> None:
    """Keep a value that JSON can hold, in place of an earlier one."""
    connection.run(
        "INSERT OR REPLACE INTO memory (key, value) VALUES (?, ?)", key, json.dumps(value, ensure_ascii=False)
    )


def recall(connection: Connection, key: str, default: Any = None) -> Any:
    """The value kept under a name, or ``default``."""
    kept = connection.value("SELECT value FROM memory WHERE key = ?", key)
    return default if kept is None else json.loads(kept)
