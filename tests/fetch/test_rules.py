"""The finer rules of the client: validators, pauses, cookies, and what a server can send to hold us up."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

import pytest

from reader.fetch.fetched import Request, Ways
from reader.fetch.headers import exhausted, known_tags
from reader.fetch.http import Http
from tests.fetch.fetching import QUICK, asked, fetch, one
from tests.web import Web
from tests.web import web as web  # noqa: PLC0414


@pytest.mark.parametrize(
    ("etag", "sent"),
    [
        ('"abc"', '"abc"'),
        ('"abc-gzip"', '"abc-gzip", "abc"'),
        ('"abc-br"', '"abc-br", "abc"'),
        ('W/"abc-gzip"', 'W/"abc-gzip", W/"abc"'),
        ('"abc--gzip"', '"abc--gzip", "abc-"'),
        ('"-gzip"', '"-gzip"'),
        ("abc-gzip", "abc-gzip"),
        ('"a", "b-gzip"', '"a", "b-gzip"'),
    ],
)
def test_the_tag_of_what_was_packed_goes_with_the_plain_one(web: Web, etag: str, sent: str) -> None:
    assert known_tags(etag) == sent
    one(Request(0, web.put("/feed", b"x"), etag))
    assert web.asked("/feed")[0].headers["if-none-match"] == sent


def test_requests_at_one_host_have_a_pause_between_them_and_hold_up_no_other(web: Web) -> None:
    many = [f"http://many.example/{number}" for number in range(4)]
    for url in (*many, "http://other.example/x"):
        web.put(url, b"x")
    client = Http(replace(QUICK, pause=0.3, ways=Ways(proxy=web.url(""))))
    for key, url in enumerate((*many, "http://other.example/x")):
        client.submit(Request(key, url))
    order: list[int] = []
    began = time.monotonic()
    while client.pending:
        order += [each.key for each in client.poll(5.0)]
    client.close()
    assert time.monotonic() - began >= 0.9, "three pauses, kept although a poll may last longer"
    assert order.index(4) < order.index(1)


def test_a_site_that_limits_readers_is_asked_one_at_a_time(web: Web) -> None:
    urls = [f"http://{host}.openrss.org/feed" for host in ("a", "b")]
    for url in urls:
        web.put(url, b"x", delay=0.1)
    client = Http(replace(QUICK, ways=Ways(proxy=web.url(""))))
    assert all(each.ok for each in asked(client, *urls))
    client.close()
    assert web.most == 1


def test_who_was_told_to_come_less_often_does_not_ask_for_another_feed_there(web: Web) -> None:
    urls = [web.put(f"/{n}", b"x", status=429, headers={"Retry-After": "3600"}, delay=0.1) for n in range(6)]
    found = fetch(*urls)
    assert {each.status for each in found} == {429}
    assert len({each.retry_at for each in found}) == 1
    assert len(web.requests) == 2, "those that were under way by then"
    assert [each.unasked for each in found].count(True) == 4


def test_who_has_nothing_left_waits_without_being_refused_first(web: Web) -> None:
    spent = {"X-RateLimit-Remaining": "0.0", "X-RateLimit-Reset": "3600"}
    urls = [web.put(f"/{number}", b"x", headers=spent, delay=0.1) for number in range(4)]
    found = fetch(*urls)
    assert [each.ok for each in found] == [True, True, False, False]
    assert found[3].retry_at is not None
    assert 3500 < found[3].retry_at - time.time() <= 3601
    assert len(web.requests) == 2


@pytest.mark.parametrize(
    ("left", "reset", "until"),
    [("0", "30", 1030), ("0.0", "29.5", 1029), ("3", "30", None), ("0", "", None), ("-1", "x", None), ("0", "0", None)],
)
def test_what_is_left_is_read_from_the_headers(left: str, reset: str, until: int | None) -> None:
    assert exhausted({"x-ratelimit-remaining": left, "x-ratelimit-reset": reset}, 1000) == until


def test_what_is_left_may_be_told_as_a_moment() -> None:
    now = 1_800_000_000
    assert exhausted({"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(now + 60)}, now) == now + 60


def test_a_cookie_of_a_redirect_lives_as_long_as_its_request(web: Web) -> None:
    web.put("/feed", status=302, location="/consent", headers={"Set-Cookie": "seen=1; Path=/"})
    web.put("/consent", status=302, location="/end")
    web.put("/end", b"x")
    client = Http(QUICK)
    assert asked(client, web.url("/feed"))[0].body == b"x"
    assert asked(client, web.url("/end"))[0].body == b"x"
    client.close()
    assert [each.headers.get("cookie") for each in web.requests] == [None, "seen=1", "seen=1", None]


@pytest.mark.parametrize("value", ["\xe9t\xe9", "a=b=c", '"x y"', "\x7f", ""])
def test_any_cookie_is_survived(web: Web, value: str) -> None:
    web.put("/end", b"x")
    web.put("/feed", status=302, location="/end", headers={"Set-Cookie": f"seen={value}; Path=/"})
    assert one(web.url("/feed")).body == b"x"


@pytest.mark.parametrize(
    "place", ["/\xe9t\xe9", "/a b", "?q=\xfc", "//[", "http://[::1", "http://\xff/", "http://a b/"]
)
def test_any_location_is_survived(web: Web, place: str) -> None:
    found = one(web.put("/feed", status=302, location=place))
    assert found.error
    assert not found.body


def test_a_header_that_looks_like_a_status_is_none(web: Web) -> None:
    with saying(text(b"HTTP/1.1 404 No\r\nHTTP/1.1 200: OK\r\nETag: x\r\nContent-Length: 2\r\n\r\nno")) as url:
        found = one(url)
    assert (found.error, found.body) == ("404: not found", b"")


def test_a_cookie_goes_to_no_other_host(web: Web) -> None:
    web.put("/feed", status=302, location=web.put("/x", b"x", host=2), headers={"Set-Cookie": "a=1; Domain=0.0.2"})
    assert one(web.url("/feed")).ok
    assert "cookie" not in web.asked("/x")[0].headers


@contextmanager
def saying(answer: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server that answers each connection as it likes."""

    def serve() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=spoken, args=(connection,), daemon=True).start()

    def spoken(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.recv(65536)
            answer(connection)

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        server.shutdown(socket.SHUT_RDWR)


def text(*parts: bytes) -> Callable[[socket.socket], None]:
    return lambda connection: connection.sendall(b"".join(parts))


def endless(start: bytes, part: bytes) -> Callable[[socket.socket], None]:
    def send(connection: socket.socket) -> None:
        connection.sendall(start)
        while True:
            connection.sendall(part)

    return send


OK = b"HTTP/1.1 200 OK\r\n"
ENDLESS = "The server sends headers without end"
PACKED = "The document is packed in a way that cannot be unpacked"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100), ENDLESS),
        (endless(OK, b"X-More: and more\r\n" * 100), ENDLESS),
        (endless(OK + b"Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n", b"X-Trailer: x\r\n" * 100), ENDLESS),
        (endless(b"HTTP/1.1 404 No\r\n\r\n", b"sorry " * 1000), "404: not found"),
        (text(b"HTTP/1.1 404 No\r\nContent-Length: 999999999999\r\n\r\nsorry"), "404: not found"),
        (text(OK + b"Content-Length: 999999999999\r\n\r\nx"), "The document is larger than 100 kB"),
        (text(OK + b"Content-Encoding: " + b", ".join([b"gzip"] * 6) + b"\r\n\r\nx"), PACKED),
        (text(b"<rss>of 1991</rss>"), "The server does not speak HTTP"),
        (text(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"), "302: an unexpected redirect"),
        (text(b"HTTP/1.1 302 Found\r\nLocation: \r\nContent-Length: 0\r\n\r\n"), "302: an unexpected redirect"),
        (
            text(b"HTTP/1.1 302 Found\r\nLocation: /" + b"x" * 9000 + b"\r\nContent-Length: 0\r\n\r\n"),
            "The server redirects to an address that cannot be used",
        ),
        (text(b"HTTP/1.1 200 OK\r\nRefresh: 0; url=/other\r\nContent-Length: 0\r\n\r\n"), ""),
    ],
    ids=["100s", "headers", "trailers", "404", "404-long", "long", "layers", "0.9", "3xx", "empty", "far", "refresh"],
)
def test_no_answer_holds_us_up(answer: Callable[[socket.socket], None], error: str) -> None:
    with saying(answer) as url:
        found = one(url)
    assert found.error == error
    assert found.body == b""
    assert found.received < 3_000_000


@pytest.mark.parametrize("head", [b"", b"Content-Length: 999999999999\r\n"], ids=["endless", "long"])
def test_a_redirect_is_followed_whatever_it_says_besides(web: Web, head: bytes) -> None:
    target = web.put("/there", b"<rss/>")
    start = b"HTTP/1.1 301 Moved\r\nLocation: " + target.encode() + b"\r\n" + head + b"\r\n"
    with saying(endless(start, b"you are being led elsewhere " * 1000)) as url:
        found = one(url)
    assert (found.body, found.moved_to, found.error) == (b"<rss/>", target, "")


def test_a_redirect_brings_no_login_and_no_fragment(web: Web) -> None:
    there = web.put("/there", b"x")
    found = one(web.put("/old", status=301, location=there.replace("//", "//ann:secret@") + "#part"))
    assert (found.url, found.moved_to) == (there, there)
    assert "authorization" not in web.asked("/there")[0].headers


def test_headers_that_drip_end_with_our_patience() -> None:
    def drip(connection: socket.socket) -> None:
        connection.sendall(OK)
        while True:
            connection.sendall(b"X: y\r\n")
            time.sleep(0.1)

    with saying(drip) as url:
        assert one(url).error == "The server sent too slowly and was stopped after 2 s"
