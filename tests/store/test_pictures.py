"""The cache of pictures: names that nobody chose, bounded, whole or not at all, forgiving of damage."""

import os
from pathlib import Path

import pytest

from reader.store.pictures import Kept, PictureCache, Refused
from tests.pictures import RED, kept, made

URL = "https://a.example/../../etc/passwd\x00?\x1b[31m"


def files(place: Path) -> list[Path]:
    return sorted(place.iterdir())


def test_what_is_kept_is_there(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path / "a" / "pictures")
    assert cache.look(URL) is None
    assert cache.sample(URL) is None
    assert cache.png(URL) is None
    cache.keep(URL, kept(320, 200), 1000)
    assert cache.look(URL) == Kept((320, 200), 1000)
    sample = cache.sample(URL)
    assert sample is not None
    assert (sample.size, sample.pixels[:4]) == ((32, 20), bytes((*RED, 255)))
    assert cache.png(URL) == made(320, 200)
    (file,) = files(tmp_path / "a" / "pictures")
    assert file.name.removesuffix(".picture").isalnum(), "no name comes from an address"
    assert file.parent.stat().st_mode & 0o077 == 0


def test_a_refusal_is_remembered_until_it_ends_or_a_picture_comes(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path)
    cache.refuse(URL, 5000)
    assert cache.look(URL) == Refused(5000)
    assert cache.sample(URL) is None
    cache.keep(URL, kept(), 6000)
    assert cache.look(URL) == Kept((320, 200), 6000)


@pytest.mark.parametrize("damage", ["cut head", "cut sample", "cut all", "noise", "other size", "directory"])
def test_what_is_damaged_is_not_there(tmp_path: Path, damage: str) -> None:
    cache = PictureCache(tmp_path)
    cache.keep(URL, kept(), 1000)
    (file,) = files(tmp_path)
    data = file.read_bytes()
    if damage == "directory":
        file.unlink()
        file.mkdir()
    else:
        changed = {
            "cut head": data[:9],
            "cut sample": data[:40],
            "cut all": b"",
            "noise": os.urandom(len(data)),
            "other size": data[:21] + b"\xff\xff\xff\xff" + data[25:],
        }
        file.write_bytes(changed[damage])
    assert cache.sample(URL) is None
    assert isinstance(cache.look(URL), Kept | None)
    assert cache.png(URL) is None or damage == "other size"


def test_the_oldest_used_go_first(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path)
    urls = [f"https://a.example/{number}" for number in range(10)]
    for age, url in enumerate(urls):
        cache.keep(url, kept(), 1000)
        for file in files(tmp_path):
            if file.name == cache._path(url).name:
                os.utime(file, (age, age))
    size = -(-files(tmp_path)[0].stat().st_size // 4096) * 4096
    cache.look(urls[0])  # used just now
    cache.trim(10 * size)
    assert len(files(tmp_path)) == 10
    cache.trim(5 * size)
    left = [url for url in urls if cache.look(url)]
    assert left == [urls[0], *urls[-3:]]
    (tmp_path / "notes.txt").write_text("mine")
    cache.trim(0)
    assert [file.name for file in files(tmp_path)] == ["notes.txt"], "what is not ours stays"


def test_what_was_left_half_written_goes_with_the_others(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path)
    cache.keep(URL, kept(), 1000)
    half = tmp_path / f"{files(tmp_path)[0].name}.123"
    half.write_bytes(bytes(5000))
    cache.trim(100)
    assert not half.exists()


def test_what_was_refused_takes_room_as_well(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path)
    for number in range(100):
        cache.refuse(f"https://a.example/{number}", 2000)
    cache.trim(200_000)
    assert len(files(tmp_path)) < 50


def test_where_nothing_can_be_written_it_is_said(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("in the way")
    cache = PictureCache(place / "pictures")
    with pytest.raises(OSError, match=r"."):
        cache.keep(URL, kept(), 1000)
    assert cache.look(URL) is None
    cache.trim(0)
