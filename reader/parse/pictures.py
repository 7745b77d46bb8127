"""The bytes of a picture into one that we wrote ourselves: upright, bounded, without anything but its pixels.

Only kinds that the web uses are opened, and only if their header says that what they unpack to is bounded as well. An
animation is its first frame. A drawing in SVG is a program for a browser and no picture here.
"""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING

from reader.model import Picture, Unreadable

if TYPE_CHECKING:
    from PIL.Image import Image

KINDS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP")
MOST_PIXELS = 40_000_000
_LONGEST_SIDE = 20_000
_BOX = (1000, 800)
_SAMPLE_BOX = (160, 200)
_SVG = (b"<svg", b"<?xml")


def picture(data: bytes) -> Picture | Unreadable:
    """What the bytes show. What Pillow cannot read is Unreadable, and so is what would be too large in memory."""
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    if data[:200].lstrip().lower().startswith(_SVG):
        return Unreadable("SVG drawings are not shown.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=KINDS) as opened:
                return _read(opened)
    except UnidentifiedImageError:
        return Unreadable("This is no picture of a kind that we know.")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return _too_large()
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        return Unreadable(f"The picture is broken ({str(error)[:200]}).")


def _too_large() -> Unreadable:
    return Unreadable("The picture has too many pixels.")


def _read(opened: Image) -> Picture | Unreadable:
    from PIL import ImageOps

    if max(opened.size) > _LONGEST_SIDE or opened.width * opened.height > MOST_PIXELS:
        return _too_large()
    size = opened.size
    opened.draft("RGB", _BOX)  # a photograph is unpacked no larger than it is needed
    small = _plain(opened)
    small.thumbnail(_BOX)
    upright = ImageOps.exif_transpose(small)
    if small.size != upright.size:
        size = size[::-1]
    sample = upright.copy()
    sample.thumbnail(_SAMPLE_BOX)
    return Picture(size, _png(upright), sample.size, sample.convert("RGBA").tobytes())


def _plain(opened: Image) -> Image:
    """The pixels in eight bits for each colour, and how solid they are only where some are not."""
    if opened.mode in ("I", "I;16", "I;16B", "I;16L", "F"):
        return _deep(opened)
    if opened.has_transparency_data:
        clear = opened.convert("RGBA")
        is_solid = clear.getchannel("A").getextrema() == (255, 255)
        return clear.convert("RGB") if is_solid else clear
    return opened.convert("RGB")


def _deep(opened: Image) -> Image:
    """Grey in more than eight bits, which is not rescaled by itself."""
    grey = opened.convert("F")
    low, high = (float(each) for each in grey.getextrema())  # type: ignore[arg-type]
    top = 255.0 if low >= 0 and high <= 255 else 65535.0
    return grey.point(lambda value: value * (255.0 / top)).convert("L").convert("RGB")


def _png(image: Image) -> bytes:
    image.info.clear()
    written = BytesIO()
    image.save(written, "PNG", compress_level=3)
    return written.getvalue()
