"""The HTTP client against a real server: what is asked, what comes back, and every way in which it can fail."""

import os
import shutil
import socket
import subprocess
import threading
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from reader.fetch.fetched import Limits, Request, Ways
from reader.fetch.handle import authorities
from reader.sites import Site
from tests.fetch.fetching import QUICK, fetch, one
from tests.web import Web, rss
from tests.web import web as web  # noqa: PLC0414


def test_a_document_with_its_validators(web: Web) -> None:
    url = web.put("/feed", rss("News", 3), etag='W/"a b"', last_modified="Mon, 01 Jan 2024 00:00:00 GMT")
    found = one(url)
    assert found.ok
    assert found.body == rss("News", 3)
    assert (found.status, found.content_type) == (200, "application/rss+xml")
    assert (found.etag, found.last_modified) == ('W/"a b"', "Mon, 01 Jan 2024 00:00:00 GMT")
    assert found.received == len(found.body)


def test_what_we_say_of_ourselves_and_ask_for(web: Web) -> None:
    one(web.put("/feed", b"x"))
    asked = web.asked("/feed")[0].headers
    assert asked["user-agent"].startswith("Reader/")
    assert "application/atom+xml" in asked["accept"]
    assert "gzip" in asked["accept-encoding"]
    assert "br" in asked["accept-encoding"]
    assert "if-none-match" not in asked


def test_validators_go_back_exactly_as_received(web: Web) -> None:
    url = web.put("/feed", b"x", etag='W/"é \\"odd\\""')
    again = one(Request(0, url, 'W/"é \\"odd\\""', "not even a date"))
    assert again.not_modified
    assert again.ok
    assert web.asked("/feed")[0].headers["if-modified-since"] == "not even a date"


def test_packed_documents_come_unpacked(web: Web) -> None:
    found = one(web.put("/feed", rss("News", 50), gzip=True))
    assert found.body == rss("News", 50)
    assert found.received < len(found.body)


@pytest.mark.parametrize(("status", "moves"), [(301, True), (308, True), (302, False), (303, False), (307, False)])
def test_redirects_are_followed_and_permanent_ones_noticed(web: Web, status: int, moves: bool) -> None:
    home = web.put("/feed", b"<rss/>", host=2)
    found = one(web.put("/old", status=status, location=home))
    assert found.body == b"<rss/>"
    assert found.url == home
    assert found.moved_to == (home if moves else None)


def test_a_move_counts_only_when_every_hop_is_permanent(web: Web) -> None:
    home = web.put("/feed", b"<rss/>")
    middle = web.put("/middle", status=302, location="/feed")
    assert one(web.put("/old", status=301, location="middle")).moved_to is None
    web.put("/middle", status=308, location="/feed")
    found = one(web.url("/old"))
    assert (found.url, found.moved_to) == (home, home)
    assert middle != home


def test_validators_travel_along_redirects(web: Web) -> None:
    web.put("/feed", b"<rss/>", etag='"1"')
    found = one(Request(0, web.put("/old", status=301, location="/feed"), '"1"'))
    assert found.not_modified
    assert found.moved_to == web.url("/feed")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1/", "javascript:1"])
def test_no_redirect_leads_out_of_the_web(web: Web, target: str) -> None:
    found = one(web.put("/old", status=301, location=target))
    assert found.error == "The server redirects to an address that is not http or https"
    assert found.body == b""


def test_redirects_end(web: Web) -> None:
    assert one(web.put("/loop", status=302, location="/loop")).error == "The server redirects more than 10 times"
    assert len(web.asked("/loop")) == 11


def test_other_schemes_are_refused() -> None:
    assert all(not found.ok for found in fetch("file:///etc/passwd", "ftp://127.0.0.1/", "http://", "nonsense"))


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ({"behave": "hang"}, "The server did not answer within 2 s"),
        ({"behave": "endless"}, "The document is larger than 100 kB"),
        ({"behave": "bomb", "bomb": 1 << 26}, "The document unpacks to more than 100 kB"),
        ({"body": b"x" * 100_001}, "The document is larger than 100 kB"),
        ({"body": b"x" * 1000, "behave": "drip"}, "The server sent too slowly and was stopped after 2 s"),
        ({"body": b"x" * 1000, "behave": "cut"}, "The server stopped before the end of the document"),
        ({"behave": "close"}, "The server closed the connection without an answer"),
        ({"behave": "garbage"}, "The server does not speak HTTP"),
        (
            {"body": b"not packed at all", "headers": {"Content-Encoding": "gzip"}},
            "The document is not packed as the server says",
        ),
        (
            {"body": b"not packed at all", "headers": {"Content-Encoding": "br"}},
            "The document is not packed as the server says",
        ),
        ({"status": 301}, "301: an unexpected redirect"),
        ({"status": 401}, "401: a login is needed"),
        ({"status": 403}, "403: the server refuses us"),
        ({"status": 404}, "404: not found"),
        ({"status": 410}, "410: gone for good"),
        ({"status": 429}, "429: the server asks us to come less often"),
        ({"status": 500}, "500: the server failed"),
        ({"status": 503}, "503: the server is not available at the moment"),
        ({"status": 204}, "204: the server has nothing to send"),
        ({"status": 477}, "477: the server refuses us"),
        ({"status": 599}, "599: the server failed"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_each_failure_has_its_words(web: Web, what: dict[str, object], words: str) -> None:
    found = one(web.put("/feed", **what))  # type: ignore[arg-type]
    assert found.error == words
    assert found.body == b""
    assert not found.unreached


def test_hosts_that_are_not_there() -> None:
    nobody, dead = fetch("http://nobody.invalid/feed", Web.dead())
    assert (nobody.error, nobody.unreached) == ("No such host: nobody.invalid", True)
    assert dead.error.startswith("The server does not accept connections: 127.0.0.1:")
    assert not dead.unreached


def test_a_host_that_swallows_connections() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(full.getsockname())
        found = one(f"http://127.0.0.1:{full.getsockname()[1]}/")
        for each in waiting:
            each.close()
    assert found.error == "The server cannot be reached: no connection within 1 s"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", "The answer of the server breaks the rules of HTTP"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 2_000_000 + b"\r\n\r\n", "The server sends headers without end"),
    ],
    ids=["length", "header"],
)
def test_an_answer_against_the_rules_has_its_words(answer: bytes, error: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_answer_once, args=(server, answer))
        thread.start()
        found = one(f"http://127.0.0.1:{server.getsockname()[1]}/")
        thread.join()
    assert found.error == error


def _answer_once(server: socket.socket, answer: bytes) -> None:
    connection, _ = server.accept()
    with connection, suppress(OSError):
        connection.recv(65536)
        connection.sendall(answer)


def test_hosts_and_paths_in_any_script(web: Web) -> None:
    web.put("/caf%C3%A9?q=%20%C3%BC", b"<rss/>")
    assert one(web.url("/café?q= ü")).body == b"<rss/>"
    assert one("http://bücher.invalid/").error == "No such host: bücher.invalid"


def test_many_at_once_but_few_at_one_host(web: Web) -> None:
    urls = [web.put(f"/{number}", b"x", host=host, delay=0.05) for host in range(1, 21) for number in range(6)]
    started = time.monotonic()
    found = fetch(*urls, limits=Limits(seconds=10, parallel=16))
    assert all(each.ok for each in found)
    assert max(web.most_at_once.values()) <= 2
    assert 8 < web.most <= 16
    assert time.monotonic() - started < 120 * 0.05


def test_redirects_count_at_the_host_they_lead_to(web: Web) -> None:
    home = web.put("/feed", b"x", host=9, delay=0.05)
    urls = [web.put("/old", status=302, location=home, host=host) for host in range(10, 26)]
    assert all(each.ok for each in fetch(*urls))
    assert web.most_at_once["127.0.0.9"] == 2


def test_waiting_for_a_turn_is_not_held_against_anyone(web: Web) -> None:
    urls = [web.put(f"/{number}", b"x", delay=0.3) for number in range(12)]
    assert all(each.ok for each in fetch(*urls, limits=Limits(seconds=1, connect_seconds=1)))
    assert web.most == 2


def test_retry_after_and_freshness_are_noted(web: Web) -> None:
    before = int(time.time())
    waiting, fresh = fetch(
        web.put("/busy", status=503, headers={"Retry-After": "120"}),
        web.put("/fresh", b"x", headers={"Cache-Control": "public, max-age=600"}),
    )
    assert waiting.retry_at is not None
    assert 119 <= waiting.retry_at - before <= 125
    assert fresh.fresh_until is not None
    assert 599 <= fresh.fresh_until - before <= 605


def test_certificates_are_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("no openssl here to make a certificate with")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
    ]
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([*command, *names, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    for name in ("https_proxy", "all_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with Web(tls=(str(certificate), str(key))) as server:
        url = server.put("/feed", b"<rss/>")
        assert one(url).error == "The certificate of the server is not valid: it is signed by itself"
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert one(url).body == b"<rss/>"
        assert one(url.replace("https", "http")).error
        assert not one(url).unverified
        monkeypatch.delenv("SSL_CERT_FILE")
        trusted = replace(QUICK, ways=Ways(ca_file=str(certificate)))
        assert one(url, trusted).body == b"<rss/>"
        excepted = one(url, replace(QUICK, ways=Ways(sites=(Site(url, verify=False),))))
        assert (excepted.body, excepted.unverified) == (b"<rss/>", True)
        elsewhere = replace(QUICK, ways=Ways(sites=(Site(f"{url}/other", verify=False),)))
        assert not one(url, elsewhere).ok


def test_a_proxy_of_the_environment_is_asked(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    web.put("http://example.invalid/feed", b"<rss/>")
    monkeypatch.setenv("http_proxy", web.url(""))
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert one("http://example.invalid/feed").body == b"<rss/>"
    assert os.environ["http_proxy"]


@pytest.mark.parametrize("proxy", ["", "http://nobody.invalid:3128", "junk://x"], ids=["dead", "unknown", "odd"])
def test_a_proxy_that_is_not_there_has_its_words(web: Web, monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("http_proxy", proxy or Web.dead())
    found = one(web.put("/feed", b"<rss/>"))
    assert (found.error, found.unreached) == ("The proxy cannot be reached", True)


@pytest.mark.parametrize(
    "target", ["http://[x/#y", "http://a]b/#", "http://℀/#a", "http://a:99999999/", "http://a:b/", "http:///x"]
)
def test_a_redirect_to_what_is_no_address_costs_that_one_alone(web: Web, target: str) -> None:
    bad, good = web.put("/bad", status=302, location=target), web.put("/good", b"<rss/>", host=2)
    found = fetch(bad, good)
    assert found[0].error
    assert found[1].body == b"<rss/>"


def test_a_login_that_cannot_be_sent_costs_that_one_alone(web: Web) -> None:
    bad, good = web.put("/bad", b"<rss/>"), web.put("/good", b"<rss/>", host=2)
    found = fetch(bad.replace("//", "//ann:a%00b@"), good)
    assert found[0].error == "The address or its login cannot be used"
    assert found[1].body == b"<rss/>"


def test_certificates_may_lie_anywhere(web: Web, tmp_path: Path) -> None:
    place = tmp_path / "jörg.pem"
    place.write_bytes(Path(authorities()).read_bytes())
    assert one(web.put("/feed", b"<rss/>"), replace(QUICK, ways=Ways(ca_file=str(place)))).ok


@pytest.mark.parametrize("status", [201, 206, 226])
def test_what_is_no_document_is_told_by_its_status_however_long(web: Web, status: int) -> None:
    found = one(web.put("/feed", b"x" * 300_000, status=status), replace(QUICK, size=1_000_000))
    assert found.error.startswith(f"{status}: ")
