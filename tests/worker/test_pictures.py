"""Pictures of an article: fetched over real HTTP, read by the child, kept in the cache, refused and remembered."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from reader import times
from reader.model import Kind
from reader.store.pictures import Kept, PictureCache, Refused
from tests.pictures import BLUE, RED, made, written
from tests.web import Web
from tests.web import web as web  # noqa: PLC0414
from tests.worker.running import Event, Home, named
from tests.worker.running import home as home  # noqa: PLC0414


def bring(home: Home, *urls: str, feed: int | None = None, **how: object) -> dict[str, Event]:
    """The events of the pictures by address; their feed is one of this computer."""
    feed = home.follow("http://127.0.0.1/feed.xml")[0] if feed is None else feed
    events = home.run({"do": "images", "feed": feed, "urls": list(urls)}, **how)
    assert events[0] == {"event": "started", "total": len(urls)}
    assert events[-1] == {"event": "finished", "stopped": False}
    return {event["url"]: event for event in named(events, "image")}


def cache(home: Home) -> PictureCache:
    return PictureCache(home.place / "cache" / "pictures")


def test_pictures_of_every_kind_come_into_the_cache(home: Home, web: Web) -> None:
    kinds = {"PNG": "png", "JPEG": "jpeg", "GIF": "gif", "WEBP": "webp", "AVIF": "avif", "BMP": "bmp"}
    urls = [web.put(f"/{name}", made(kind=kind), type=f"image/{name}") for kind, name in kinds.items()]
    found = bring(home, *urls)
    assert all(found[url]["size"] == [320, 200] for url in urls)
    for url in urls:
        kept = cache(home).look(url)
        assert isinstance(kept, Kept)
        assert kept.size == (320, 200)
        assert abs(kept.at - times.now()) < 60
        sample, png = cache(home).sample(url), cache(home).png(url)
        assert sample is not None
        assert png is not None
        assert sample.size == (160, 100)
        assert max(abs(a - b) for a, b in zip(sample.pixels[:4], (*RED, 255), strict=True)) < 40
    assert "image/avif" in web.asked("/png")[0].headers["accept"]
    assert "referer" not in web.asked("/png")[0].headers
    assert "cookie" not in web.asked("/png")[0].headers


def test_what_is_no_picture_is_remembered_and_others_come(home: Home, web: Web) -> None:
    good = web.put("/good", made(), type="image/png")
    bad = {
        web.put("/page", "<html>hello", type="text/html"): "The server sent no picture (text/html)",
        web.put("/svg", "<svg xmlns='x'/>", type="image/svg+xml"): "SVG drawings are not shown",
        web.put("/junk", b"\x00\x01" * 500, type="image/png"): "This is no picture of a kind that we know",
        web.put("/cut", made(900, 900, kind="JPEG")[:3000], type="image/jpeg"): "The picture is broken",
        web.put("/empty", b"", type="image/png"): "The server sent nothing",
        web.put("/gone", status=404): "404: not found",
        web.put("/large", made(4000, 3000, kind="BMP"), type="image/bmp"): "The document is larger than 8 MB",
        web.put("/pixels", made(19_000, 19_000, 0, mode="1"), type="image/png"): "The picture has too many pixels",
    }
    found = bring(home, good, *bad)
    assert found[good]["size"] == [320, 200]
    for url, why in bad.items():
        assert found[url]["size"] is None
        assert found[url]["message"].startswith(why), url
        refused = cache(home).look(url)
        assert isinstance(refused, Refused), url
        assert refused.until > times.now() + 3000


def test_where_nobody_is_reached_nothing_is_remembered(home: Home) -> None:
    url = "http://nowhere.invalid/x.png"
    assert bring(home, url)[url]["size"] is None
    assert cache(home).look(url) is None


def test_a_server_in_trouble_takes_no_picture_away(home: Home, web: Web) -> None:
    url = web.put("/x", made(), type="image/png")
    bring(home, url)
    kept = cache(home).png(url)
    web.put("/x", b"", status=500)
    assert bring(home, url)[url]["message"].startswith("500")
    assert cache(home).png(url) == kept is not None
    assert isinstance(cache(home).look(url), Kept)


def test_a_bomb_ends_the_child_at_most_and_the_others_come(home: Home, web: Web) -> None:
    good = web.put("/good", made(colour=BLUE), type="image/png")
    urls = [
        web.put("/gzip", behave="bomb", type="image/png"),
        web.put("/wide", made(20_001, 10, 0, mode="1"), type="image/png"),
        web.put("/endless", behave="endless", type="image/png"),
        web.put("/deep", written(Image.new("I;16", (6000, 6000))), type="image/png"),
    ]
    found = bring(home, *urls, good)
    assert found[good]["size"] == [320, 200]
    assert [found[url]["size"] for url in urls[:3]] == [None] * 3


def test_a_feed_of_the_public_network_has_no_private_computer_asked(home: Home, web: Web) -> None:
    (public,) = home.follow("https://example.org/feed.xml")
    url = web.put("/reboot", made(), type="image/png")
    for feed in (public, 0):
        assert bring(home, url, feed=feed)[url]["message"] == "The picture lies in a private network"
    assert not web.requests
    assert bring(home, url)[url]["size"] == [320, 200]


def test_a_host_that_asks_us_to_wait_is_left_alone(home: Home, web: Web) -> None:
    later: dict[str, Any] = {"status": 429, "headers": {"Retry-After": "86400"}}
    urls = [web.put(f"/{number}", b"", **later) for number in range(9)]
    found = bring(home, *urls)
    assert all(event["size"] is None for event in found.values())
    assert 1 <= len(web.requests) <= 2, "those that were under way at once"
    web.forget()
    other, elsewhere = web.put("/other", made(), type="image/png"), web.put("/x", made(), host=7, type="image/png")
    found = bring(home, other, elsewhere)
    assert (found[other]["size"], found[elsewhere]["size"]) == (None, [320, 200])
    assert [asked.path for asked in web.requests] == ["/x"]


def test_where_the_feed_has_to_wait_its_pictures_wait(home: Home, web: Web) -> None:
    (feed,) = home.follow(web.put("/feed", status=429, headers={"Retry-After": "86400"}))
    home.refresh(feed)
    url = web.put("/picture", made(), type="image/png")
    assert bring(home, url, feed=feed)[url]["message"] == "The server asks us to come less often"
    assert not web.asked("/picture")


def test_a_local_picture_lies_under_its_feed(home: Home, tmp_path: Path) -> None:
    notes, secret = tmp_path / "notes", tmp_path / "secret.png"
    (notes / "pictures").mkdir(parents=True)
    secret.write_bytes(made())
    inside = notes / "pictures" / "a b.png"
    inside.write_bytes(made(64, 48))
    (notes / "link.png").symlink_to(secret)
    (feed,) = home.follow(str(notes), kind=Kind.DIRECTORY)
    urls = [inside.as_uri(), secret.as_uri(), (notes / "link.png").as_uri(), f"{notes.as_uri()}/../secret.png"]
    urls += [f"file://other.example{inside}", notes.as_uri()]
    found = bring(home, *urls, feed=feed)
    assert found[urls[0]]["size"] == [64, 48]
    assert [found[url]["size"] for url in urls[1:]] == [None] * 5
    assert found[urls[1]]["message"] == "The picture lies outside of the feed's directory"
    assert bring(home, urls[0])[urls[0]]["size"] is None, "an article of no local feed opens no file"


def test_a_local_picture_that_changed_is_read_again(home: Home, tmp_path: Path) -> None:
    page, picture = tmp_path / "page.html", tmp_path / "x.png"
    page.write_text("<p>Hi")
    picture.write_bytes(made(64, 48))
    (feed,) = home.follow(str(page), kind=Kind.FILE)
    url = picture.as_uri()
    assert bring(home, url, feed=feed)[url]["size"] == [64, 48]
    picture.write_bytes(made(32, 24))
    assert bring(home, url, feed=feed)[url]["size"] == [32, 24]


@pytest.mark.parametrize("behave", ["hang", "drip"])
def test_leaving_the_article_ends_the_worker_soon(home: Home, web: Web, behave: str) -> None:
    url = web.put("/slow", made(), behave=behave, type="image/png")
    with home.start({"do": "images", "feed": home.follow(web.url("/feed.xml"))[0], "urls": [url]}) as worker:
        worker.until("started")
        while not web.asked("/slow"):
            pass
        worker.tell({"do": "stop"})
        assert worker.finish()[-1] == {"event": "finished", "stopped": True}
    assert cache(home).look(url) is None


def test_the_cache_is_capped(home: Home, web: Web) -> None:
    home.configure("[images]\ncache_megabytes = 5\n")
    noise = [written(Image.effect_noise((900, 700), 90 + number)) for number in range(12)]
    urls = [web.put(f"/{number}", data, type="image/png") for number, data in enumerate(noise)]
    bring(home, *urls[:6])
    bring(home, *urls[6:])
    files = list((home.place / "cache" / "pictures").iterdir())
    assert 1 <= len(files) < 12
    assert sum(file.stat().st_size for file in files) <= 5_000_000
    assert all(file.name[:40].isalnum() and file.name.endswith(".picture") for file in files)
