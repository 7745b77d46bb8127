"""Garbage waits until nobody types."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from reader.tui import tidying
from reader.tui.tidying import Tidying


class Knot:
    """What refers to itself."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def thresholds() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_what_nobody_needs_goes_once_nobody_types(thresholds: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tidying, "_WORTH", -1)
    tidy = Tidying()
    tidy.begin()
    knot = weakref.ref(Knot())
    gc.disable()
    try:
        tidy.typed()
        tidy.tidy()
        assert knot() is not None
        monkeypatch.setattr(tidying, "_IDLE_SECONDS", 0.0)
        tidy.tidy()
        assert knot() is None
    finally:
        gc.enable()
