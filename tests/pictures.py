"""Pictures made for tests: of one colour or of a pattern, in any format; and what a child or a cache makes of them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image

from reader.model import Picture

RED, BLUE = (200, 30, 40), (20, 60, 180)


def made(
    width: int = 320, height: int = 200, colour: Any = RED, *, mode: str = "RGB", kind: str = "PNG", **how: Any
) -> bytes:
    """The bytes of a picture of one colour."""
    return written(Image.new(mode, (width, height), colour), kind, **how)


def written(image: Image.Image, kind: str = "PNG", **how: Any) -> bytes:
    """An image of Pillow's as the bytes of a file."""
    file = BytesIO()
    image.save(file, kind, **how)
    return file.getvalue()


def kept(width: int = 320, height: int = 200, colour: tuple[int, int, int, int] = (*RED, 255)) -> Picture:
    """A picture as the child gives it, its sample of 32 to 20 pixels."""
    return Picture((width, height), made(width, height, colour[:3]), (32, 20), bytes(colour) * 640)
