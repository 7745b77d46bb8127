"""Files that come with articles: in words, under safe names, saved by the real worker over real HTTP."""

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import NotFound
from reader.library import Library
from reader.library.enclosures import clock, enclosure_words, file_name, medium_words
from reader.model import Enclosure, Medium
from tests.library.shelf import NOON, Shelf, entry, library, shelf
from tests.web import Web, web

__all__ = ["library", "shelf", "web"]

SOUND = bytes(range(256)) * 4000  # 1,024,000 bytes
DAY = "Mon, 01 Jan 2024 00:00:00 GMT"


@pytest.fixture(autouse=True)
def _path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monkeypatch.delenv("READER_HOME", raising=False)


def put(shelf: Shelf, url: str, title: str = "Talk", kind: str = "audio/mpeg") -> int:
    feed = shelf.feed("Casts", url=f"https://example.org/{len(url)}/{title[:20]}")
    return shelf.put(feed, [entry(title, NOON, enclosures=(Enclosure(url, kind, 38_000_000),))])[0]


def save(library: Library, article: int, url: str) -> list[dict[str, Any]]:
    return list(library.download(article, url))


def said(events: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    found = [event for event in events if event["event"] == kind]
    assert found, events
    return found[0]


def parts(library: Library) -> list[str]:
    place = library.paths.database.parent / "downloads"
    return sorted(path.name for path in place.iterdir()) if place.exists() else []


# Words and names


@pytest.mark.parametrize(
    ("enclosure", "words"),
    [
        (Enclosure("https://e.org/a.mp3", "audio/mpeg", 38_000_000), "audio, 38 MB"),
        (Enclosure("https://e.org/a", "video/mp4", 1_250_000_000), "video, 1.25 GB"),
        (Enclosure("https://e.org/a", "audio/mpeg", 0), "audio"),
        (Enclosure("https://e.org/a", "audio/mpeg", 1), "audio"),
        (Enclosure("https://e.org/a.pdf", None, 500_000), "PDF, 500 kB"),
        (Enclosure("https://[e.org/a", "nonsense", None), "file"),
    ],
)
def test_an_enclosure_in_words(enclosure: Enclosure, words: str) -> None:
    assert enclosure_words(enclosure) == words


def test_what_was_done_with_it_in_words() -> None:
    one = Enclosure("https://cdn.example.org/a.mp3", "audio/mpeg", 38_000_000)
    assert medium_words(Medium(one, "/x", 754.9)) == "audio, 38 MB · cdn.example.org · saved · stopped at 12:34"
    assert clock(3753) == "1:02:33"
    assert clock(7) == "0:07"


@pytest.mark.parametrize(
    ("title", "enclosure", "name"),
    [
        ("Episode 7: the end", Enclosure("https://e.org/x", "audio/mpeg"), "Episode 7 the end.mp3"),
        ("../../etc/passwd", Enclosure("https://e.org/x.ogg"), "etc passwd.ogg"),
        ("..\\..\\x", Enclosure("https://e.org/../../x%2Fy.pdf"), "x.pdf"),
        (".hidden", Enclosure("https://e.org/", "audio/ogg"), "hidden.ogg"),
        ("-rf ~", Enclosure("https://e.org/", None), "rf"),
        ("CON", Enclosure("https://e.org/", "text/plain"), "_CON.txt"),
        ("nul.mp3", Enclosure("https://e.org/", "audio/mpeg"), "_nul.mp3.mp3"),
        ("a\u202egpj.exe", Enclosure("https://e.org/run.exe"), "agpj exe"),
        ("script", Enclosure("https://e.org/run.sh"), "script"),
        ("\x00\x1b[2J\n", Enclosure("https://e.org/", "video/mp4"), "[2J.mp4"),
        ("", Enclosure("https://e.org/", "video/mp4"), "video.mp4"),
        ("trailing. . ", Enclosure("https://e.org/", "image/png"), "trailing.png"),
    ],
)
def test_a_safe_name(title: str, enclosure: Enclosure, name: str) -> None:
    assert file_name(title, enclosure) == name


@given(st.text(max_size=400), st.text(max_size=60), st.one_of(st.none(), st.text(max_size=30)))
def test_no_title_and_no_address_makes_a_bad_name(title: str, address: str, kind: str | None) -> None:
    name = file_name(title, Enclosure(f"https://e.org/{address}", kind))
    assert Path(name).name == name
    assert name == name.strip(" .")
    assert not name.startswith(("-", "~"))
    assert not set(name) & set('<>:"/\\|?*\0\n')
    assert 0 < len(name.encode()) <= 140


# Saving


def test_a_file_is_saved_and_noted(library: Library, shelf: Shelf, web: Web) -> None:
    url = web.put("/a.mp3", SOUND, type="audio/mpeg", etag='"1"')
    article = put(shelf, url, "Talk: one/two")
    events = save(library, article, url)
    path = Path(said(events, "saved")["path"])
    assert path == library.paths.database.parent / "downloads" / "Talk one two.mp3"
    assert path.read_bytes() == SOUND
    assert said(events, "finished")["failed"] == 0
    assert library.media(article)[0].path == str(path)
    assert parts(library) == ["Talk one two.mp3"]
    assert web.asked("/a.mp3")[0].headers["accept-encoding"] == "identity"
    assert path.stat().st_mode & 0o111 == 0
    path.unlink()
    assert library.media(article)[0].path is None


def test_nothing_is_written_over(library: Library, shelf: Shelf, web: Web) -> None:
    url = web.put("/a.mp3", SOUND)
    article = put(shelf, url)
    names = [Path(said(save(library, article, url), "saved")["path"]).name for _ in range(3)]
    assert names == ["Talk.mp3", "Talk (2).mp3", "Talk (3).mp3"]


def test_after_a_cut_the_rest_alone_is_fetched(library: Library, shelf: Shelf, web: Web) -> None:
    url = web.put("/a.mp3", SOUND, etag='"1"', ranges=True, cut_at=300_000)
    web.page("/a.mp3").times, web.page("/a.mp3").then = 1, None
    page = web.page("/a.mp3")
    page.then = type(page)(SOUND, etag='"1"', ranges=True)
    article = put(shelf, url)
    path = Path(said(save(library, article, url), "saved")["path"])
    assert path.read_bytes() == SOUND
    first, second = web.asked("/a.mp3")
    assert "range" not in first.headers
    assert (second.headers["range"], second.headers["if-range"], second.status) == ("bytes=300000-", '"1"', 206)


@pytest.mark.parametrize("what", [{"etag": 'W/"1"'}, {}])
def test_without_a_firm_validator_it_begins_anew(
    library: Library, shelf: Shelf, web: Web, what: dict[str, Any]
) -> None:
    url = web.put("/a.mp3", SOUND, ranges=True, cut_at=300_000, times=1, **what)
    page = web.page("/a.mp3")
    page.then = type(page)(SOUND, ranges=True)
    path = Path(said(save(library, put(shelf, url), url), "saved")["path"])
    assert path.read_bytes() == SOUND
    assert all("range" not in asked.headers for asked in web.asked("/a.mp3"))


def test_another_version_or_a_server_without_ranges_begins_anew(library: Library, shelf: Shelf, web: Web) -> None:
    url = web.put("/a.mp3", SOUND, last_modified=DAY, ranges=True, cut_at=300_000, times=1)
    page = web.page("/a.mp3")
    page.then = type(page)(SOUND[::-1], last_modified="Tue, 02 Jan 2024 00:00:00 GMT", ranges=True)
    path = Path(said(save(library, put(shelf, url), url), "saved")["path"])
    assert path.read_bytes() == SOUND[::-1]
    assert web.asked("/a.mp3")[1].headers["if-range"] == DAY
    assert web.asked("/a.mp3")[1].status == 200


def test_a_file_that_shrank_begins_anew(library: Library, shelf: Shelf, web: Web) -> None:
    url = web.put("/a.mp3", SOUND, etag='"1"', ranges=True, cut_at=300_000, times=1)
    page = web.page("/a.mp3")
    page.then = type(page)(b"short", etag='"1"', ranges=True)
    path = Path(said(save(library, put(shelf, url), url), "saved")["path"])
    assert path.read_bytes() == b"short"
    assert [asked.status for asked in web.asked("/a.mp3")] == [200, 416, 200]


def test_a_length_that_lies_is_no_whole_file(library: Library, shelf: Shelf, web: Web) -> None:
    url = web.put("/long.mp3", SOUND, length=len(SOUND) + 5, etag='"1"', ranges=True)
    article = put(shelf, url)
    events = save(library, article, url)
    assert "stopped before the end" in said(events, "refused")["message"]
    assert library.media(article)[0].path is None
    assert parts(library) == ["Talk.mp3.part"]


def test_a_part_that_is_shorter_than_what_was_asked_for_is_no_whole_file(
    library: Library, shelf: Shelf, web: Web
) -> None:
    short: dict[str, Any] = {"status": 206, "headers": {"Content-Range": f"bytes 0-999/{len(SOUND)}"}}
    url = web.put("/a.mp3", SOUND[:1000], etag='"1"', times=1, **short)
    page = web.page("/a.mp3")
    page.then = type(page)(SOUND, etag='"1"', ranges=True)
    article = put(shelf, url)
    assert Path(said(save(library, article, url), "saved")["path"]).read_bytes() == SOUND
    assert [asked.headers.get("range") for asked in web.asked("/a.mp3")] == [None, "bytes=1000-"]
    url = web.put("/b.mp3", SOUND[:1000], **short)
    assert "another part" in said(save(library, put(shelf, url, "Other"), url), "refused")["message"]


def test_a_long_page_of_an_error_is_told_as_the_error(library: Library, shelf: Shelf, web: Web) -> None:
    url = web.put("/a.mp3", b"<p>Sorry" * 400_000, status=404)
    assert said(save(library, put(shelf, url), url), "refused")["message"].startswith("404")
    assert parts(library) == []


def test_stopped_and_gone_on_with_in_another_process(library: Library, shelf: Shelf, web: Web) -> None:
    url = web.put("/a.mp3", b"x" * 50, behave="drip", etag='"1"', ranges=True)
    article = put(shelf, url)
    job = library.download(article, url)
    events = iter(job)
    while next(events)["event"] != "progress":
        pass
    job.stop()
    rest = list(events)
    assert rest[-1]["event"] == "finished"
    assert rest[-1]["stopped"]
    assert parts(library) == ["Talk.mp3.part"]
    web.put("/a.mp3", b"x" * 50, etag='"1"', ranges=True)
    events2 = save(library, article, url)
    assert Path(said(events2, "saved")["path"]).read_bytes() == b"x" * 50
    assert web.asked("/a.mp3")[-1].status == 206
    assert parts(library) == ["Talk.mp3"]


def test_redirects_are_followed_and_their_bodies_are_no_part_of_the_file(
    library: Library, shelf: Shelf, web: Web
) -> None:
    web.put("/real.mp3", SOUND, host=7)
    middle = web.put("/middle", b"moved " * 1000, status=302, location=web.url("/real.mp3", 7))
    url = web.put("/a.mp3", b"moved", status=301, location=middle)
    path = Path(said(save(library, put(shelf, url), url), "saved")["path"])
    assert path.read_bytes() == SOUND
    url = web.put("/b.mp3", b"", status=302, location="file:///etc/passwd")
    events = save(library, put(shelf, url, "Other"), url)
    assert "not http or https" in said(events, "refused")["message"]
    assert parts(library) == ["Talk.mp3"]


@pytest.mark.parametrize(("status", "words"), [(404, "404: not found"), (403, "refuses us"), (503, "not available")])
def test_what_the_server_refuses(library: Library, shelf: Shelf, web: Web, status: int, words: str) -> None:
    url = web.put("/a.mp3", b"an error page " * 100, status=status)
    article = put(shelf, url)
    events = save(library, article, url)
    assert words in said(events, "refused")["message"]
    assert said(events, "finished")["failed"] == 1
    assert parts(library) == []


def test_an_empty_file_is_a_file(library: Library, shelf: Shelf, web: Web) -> None:
    url = web.put("/a.mp3", b"")
    path = Path(said(save(library, put(shelf, url), url), "saved")["path"])
    assert path.read_bytes() == b""


@pytest.mark.parametrize("behave", ["", "endless"])
def test_the_most_that_the_config_allows(library: Library, shelf: Shelf, web: Web, behave: str) -> None:
    shelf.paths.config.write_text("[downloads]\nmax_megabytes = 1\n", "utf-8")
    url = web.put("/a.mp3", SOUND, behave=behave)
    article = put(shelf, url)
    events = save(library, article, url)
    assert "larger than 1 MB" in said(events, "refused")["message"]
    assert sum(path.stat().st_size for path in (shelf.paths.database.parent / "downloads").iterdir()) <= 1_000_000


def test_a_directory_of_ones_own(library: Library, shelf: Shelf, web: Web, tmp_path: Path) -> None:
    place = tmp_path / "my own" / "casts"
    shelf.paths.config.write_text(f"[downloads]\ndirectory = {json.dumps(str(place))}\n", "utf-8")
    url = web.put("/a.mp3", SOUND)
    assert Path(said(save(library, put(shelf, url), url), "saved")["path"]) == place / "Talk.mp3"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the administrator may write everywhere")
def test_a_directory_that_cannot_be_written(library: Library, shelf: Shelf, web: Web, tmp_path: Path) -> None:
    place = tmp_path / "locked"
    place.mkdir(0o500)
    shelf.paths.config.write_text(f"[downloads]\ndirectory = {json.dumps(str(place))}\n", "utf-8")
    url = web.put("/a.mp3", SOUND)
    assert "cannot be written: permission denied" in said(save(library, put(shelf, url), url), "problem")["message"]


def test_a_file_stands_where_the_directory_should_be(library: Library, shelf: Shelf, web: Web, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    shelf.paths.config.write_text(f"[downloads]\ndirectory = {json.dumps(str(tmp_path / 'taken'))}\n", "utf-8")
    url = web.put("/a.mp3", SOUND)
    assert "cannot be written" in said(save(library, put(shelf, url), url), "problem")["message"]


def test_only_files_of_the_article_and_only_from_the_web(library: Library, shelf: Shelf, web: Web) -> None:
    article = put(shelf, "file:///etc/passwd")
    with pytest.raises(NotFound):
        library.download(article, "https://example.org/other.mp3")
    assert "no address of http" in said(save(library, article, "file:///etc/passwd"), "problem")["message"]
    assert parts(library) == []


def test_a_link_that_somebody_put_in_the_way_is_not_followed(library: Library, shelf: Shelf, web: Web) -> None:
    place = shelf.paths.database.parent / "downloads"
    place.mkdir()
    victim = place.parent / "victim"
    (place / "Talk.mp3").symlink_to(victim)
    (place / "Talk.mp3.part").symlink_to(victim)
    url = web.put("/a.mp3", SOUND)
    assert Path(said(save(library, put(shelf, url), url), "saved")["path"]).name == "Talk (2).mp3"
    assert not victim.exists()


def test_two_at_once_of_one_address_are_one_too_many(library: Library, shelf: Shelf, web: Web) -> None:
    url = web.put("/a.mp3", b"x" * 100, behave="drip")
    article = put(shelf, url)
    with library.download(article, url) as job:
        events = iter(job)
        while next(events)["event"] != "progress":
            pass
        assert "being saved already" in said(save(library, article, url), "problem")["message"]


def test_an_article_that_went_meanwhile_is_no_trouble(library: Library, shelf: Shelf, web: Web) -> None:
    url = web.put("/a.mp3", b"x" * 10, behave="drip")
    article = put(shelf, url)
    job = library.download(article, url)
    while not web.asked("/a.mp3"):
        time.sleep(0.01)
    shelf.connection.run("DELETE FROM articles")
    assert Path(said(list(job), "saved")["path"]).read_bytes() == b"x" * 10


def test_where_one_stopped_is_kept_beside_where_it_was_saved(library: Library, shelf: Shelf, web: Web) -> None:
    url = web.put("/a.mp3", SOUND)
    article = put(shelf, url)
    library.keep_seconds(article, url, 42.5)
    save(library, article, url)
    (medium,) = library.media(article)
    assert (medium.seconds, Path(medium.path or "").name) == (42.5, "Talk.mp3")
    library.keep_seconds(article, url, None)
    assert library.media(article)[0].seconds is None
    library.keep_seconds(4711, url, 1.0)
