"""The pictures of the README show the program as it is: made anew, they are those that are stored."""

import sys

import pytest

from screenshots.make import HERE, PICTURES, drawn_by, make, words


@pytest.mark.skipif(sys.platform == "win32", reason="the local zone cannot be set for one process")
def test_every_picture_is_as_it_is_stored() -> None:
    different = []
    for name, svg in make():
        stored = (HERE / f"{name}.svg").read_text("utf-8")
        same_pen = drawn_by() in stored
        if svg != stored if same_pen else words(svg) != words(stored):
            different.append(name)
    assert different == [], "if they should look so now, run: python -m screenshots.make"


def test_no_picture_is_left_over() -> None:
    assert {path.stem for path in HERE.glob("*.svg")} == {picture.name for picture in PICTURES}
