"""A file on its way to the disk: the validator that it goes on under."""

from pathlib import Path

from reader.fetch.download import PartFile

DAY = "Mon, 01 Jan 2024 00:00:00 GMT"


def test_a_part_that_does_not_repeat_its_date_can_be_gone_on_with_again(tmp_path: Path) -> None:
    """RFC 9110 15.3.7: what an If-Range has named need not be said again."""
    part = PartFile("https://e.org/a", tmp_path / "a", tmp_path / "a.json", 0, lambda *_: None)
    assert part.begin(200, {"last-modified": DAY, "content-length": "30"})
    assert part.take(b"x" * 10)
    assert part.begin(206, {"content-range": "bytes 10-29/30"})
    assert part.take(b"x" * 10)
    part.close()
    again = PartFile("https://e.org/a", tmp_path / "a", tmp_path / "a.json", 0, lambda *_: None)
    assert again.asks() == ["Range: bytes=20-", f"If-Range: {DAY}"]
    assert again.begin(200, {"content-length": "30"})
    assert again.asks() == []
    again.drop()
