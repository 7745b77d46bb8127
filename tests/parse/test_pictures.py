"""Pictures in the parse child: every kind and mode, upright, small; what is hostile costs its own outcome at most."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from reader.model import Picture, Unreadable
from reader.parse.documents import parse
from reader.parse.pictures import KINDS, MOST_PIXELS, picture
from reader.parse.source import Source
from reader.parse.wire import from_json, to_json
from reader.worker.child import Child
from tests.pictures import BLUE, RED, made, written
from tests.worker.running import ROOT

Pixel = tuple[int, int, int, int]


def shown(data: bytes) -> Picture:
    found = picture(data)
    assert isinstance(found, Picture), found
    with Image.open(BytesIO(found.png)) as png:
        png.load()
        assert png.width <= 1000
        assert png.height <= 800
        assert png.format == "PNG"
        assert png.mode in ("RGB", "RGBA")
        assert not png.info
    assert len(found.sample) == 4 * found.sample_size[0] * found.sample_size[1] <= 4 * 160 * 200
    return found


def first(found: Picture) -> Pixel:
    red, green, blue, solid = found.sample[:4]
    return red, green, blue, solid


def near(found: Pixel, wanted: Pixel, most: int = 12) -> bool:
    return all(abs(one - other) <= most for one, other in zip(found, wanted, strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind(kind: str) -> None:
    found = shown(made(300, 200, kind=kind))
    assert found.size == (300, 200)
    assert near(first(found), (*RED, 255))


@pytest.mark.parametrize(
    ("mode", "colour", "kind", "wanted"),
    [
        ("L", 90, "PNG", (90, 90, 90, 255)),
        ("L", 90, "JPEG", (90, 90, 90, 255)),
        ("1", 1, "PNG", (255, 255, 255, 255)),
        ("P", 0, "GIF", (0, 0, 0, 255)),
        ("LA", (90, 128), "PNG", (90, 90, 90, 128)),
        ("RGBA", (*BLUE, 0), "PNG", (0, 0, 0, 0)),
        ("RGBA", (*BLUE, 255), "WEBP", (*BLUE, 255)),
        ("CMYK", (0, 0, 0, 0), "JPEG", (255, 255, 255, 255)),
        ("I;16", 40_000, "PNG", (155, 155, 155, 255)),
    ],
)
def test_every_mode(mode: str, colour: object, kind: str, wanted: Pixel) -> None:
    found = first(shown(made(64, 48, colour, mode=mode, kind=kind)))
    assert near(found, wanted) or (wanted[3] == 0 == found[3])


def test_a_large_one_is_made_small_and_its_size_is_told() -> None:
    found = shown(made(4000, 2000, kind="JPEG"))
    assert found.size == (4000, 2000)
    assert found.sample_size == (160, 80)


@pytest.mark.parametrize("turned", [5, 6, 7, 8])
def test_what_was_photographed_on_its_side_stands_upright(turned: int) -> None:
    image = Image.new("RGB", (400, 100), RED)
    image.paste(BLUE, (0, 0, 200, 100))
    exif = image.getexif()
    exif[0x0112] = turned
    found = shown(written(image, "JPEG", exif=exif))
    assert found.size == (100, 400)
    assert found.sample_size == (50, 200)
    is_blue_above = turned in (5, 6)
    assert near(first(found), (*(BLUE if is_blue_above else RED), 255), 25)


def test_an_animation_is_its_first_frame() -> None:
    frames = [Image.new("RGB", (64, 64), (number, 0, 200)) for number in range(200, 20, -2)]
    found = shown(written(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert near(first(found), (200, 0, 200, 255))


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, pixels: bytes) -> bytes:
    """A PNG that says what it likes."""
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


HOSTILE: dict[str, Callable[[], bytes]] = {
    "says that it is huge": lambda: png(60_000, 60_000, b""),
    "huge and packed": lambda: png(30_000, 30_000, zlib.compress(bytes(10_000_000))),
    "longer than any side may be": lambda: made(20_001, 1, 0, mode="1"),
    "more pixels than may be": lambda: made(8000, MOST_PIXELS // 8000 + 1, 0, mode="1"),
    "cut": lambda: made(800, 800, kind="JPEG")[:2000],
    "packed badly": lambda: png(10, 10, b"no zlib"),
    "too little in it": lambda: png(900, 900, zlib.compress(bytes(100))),
    "SVG": lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "SVG behind a declaration": lambda: b"  <?xml version='1.0'?><svg/>",
    "a page": lambda: b"<!doctype html><p>Not found",
    "nothing": lambda: b"",
    "a text that asks for a program": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n" * 50,
    "an icon of another program": lambda: b"\x00\x00\x01\x00\x01\x00" + bytes(200),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_is_said_to_be_no_picture(name: str) -> None:
    found = picture(HOSTILE[name]())
    assert isinstance(found, Unreadable)
    assert found.reason.endswith(".")


@given(st.binary(max_size=400), st.integers(0, 2000))
@settings(max_examples=60, deadline=None)
def test_anything_is_a_picture_or_unreadable(noise: bytes, at: int) -> None:
    for kind in ("PNG", "JPEG", "GIF", "WEBP"):
        good = made(40, 30, kind=kind)
        at %= len(good)
        found = parse(Source(good[:at] + noise + good[at + len(noise) :], "http://a.example/x", "picture"))
        assert isinstance(found, Picture | Unreadable)


def test_the_wire_carries_it() -> None:
    found = shown(made(40, 30))
    assert from_json(to_json(found)) == found


def test_the_child_survives_the_largest_and_reads_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    child = Child(20)
    try:
        largest = written(Image.new("RGBA", (8000, MOST_PIXELS // 8000), (1, 2, 3, 4)))
        found = child.read(Source(largest, "http://a.example/x", "picture"))
        assert isinstance(found, Picture | Unreadable)
        pid = child.pid
        for name in ("says that it is huge", "huge and packed", "cut"):
            assert isinstance(child.read(Source(HOSTILE[name](), "http://a.example/x", "picture")), Unreadable)
        assert isinstance(child.read(Source(made(), "http://a.example/x", "picture")), Picture)
        assert child.pid == pid
    finally:
        child.close()
