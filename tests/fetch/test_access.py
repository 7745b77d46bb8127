"""Who we are at which site: logins, cookies, headers and proxies, and where none of them goes."""

import base64
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from reader.config import UNUSABLE
from reader.fetch.fetched import Limits, Request, Ways
from reader.fetch.http import Http
from reader.fetch.proxies import chosen
from reader.logins import Login, Logins
from reader.sites import Site
from tests.fetch.fetching import QUICK, asked, fetch, one
from tests.web import Page, Web
from tests.web import web as web  # noqa: PLC0414


def by(*sites: Site, **what: object) -> Limits:
    return replace(QUICK, ways=Ways(sites=sites, **what))  # type: ignore[arg-type]


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


@pytest.fixture
def secret(tmp_path: Path) -> str:
    file = tmp_path / "secret"
    file.write_text("hüsh\n")
    file.chmod(0o600)
    return str(file)


def test_what_an_entry_says_goes_along(web: Web, secret: str) -> None:
    url = web.put("/private/feed", b"x")
    site = Site(
        web.url("/private/"),
        "me/1",
        {"X-One": "1", "accept": "text/plain", "X-Empty": ""},
        {"a": "1", "b": "2"},
        auth="basic",
        user="ann",
        secret_file=secret,
    )
    other = web.put("/feed", b"x")
    found = fetch(url, other, limits=by(site))
    assert all(each.ok for each in found)
    sent = web.asked("/private/feed")[0].headers
    assert (sent["user-agent"], sent["x-one"], sent["accept"], sent["x-empty"]) == ("me/1", "1", "text/plain", "")
    assert (sent["cookie"], sent["authorization"]) == ("a=1; b=2", basic("ann", "hüsh"))
    plain = web.asked("/feed")[0].headers
    assert plain.keys().isdisjoint({"authorization", "cookie", "x-one", "x-empty"})
    assert plain["user-agent"] != "me/1"


def test_a_bearer_brings_its_token(web: Web) -> None:
    url = web.put("/feed", b"x")
    site = Site(web.url("/"), auth="bearer", secret_command=(sys.executable, "-c", "print('token-1')"))
    assert one(url, replace(by(site), seconds=10)).ok
    assert web.asked("/feed")[0].headers["authorization"] == "Bearer token-1"


def test_a_command_that_takes_its_time_holds_up_no_other(web: Web) -> None:
    slow, quick = web.put("/slow", b"x", host=2), web.put("/quick", b"x")
    site = Site(
        web.url("/", host=2), auth="bearer", secret_command=(sys.executable, "-c", "import time; time.sleep(30)")
    )
    client = Http(by(site))
    client.submit(Request(1, slow))
    began = time.monotonic()
    client.submit(Request(2, quick))
    done: list[int] = []
    while not done:
        done = [each.key for each in client.poll(1.0)]
    assert done == [2]
    assert client.pending == 1
    assert client.idle > 0
    client.close()
    assert time.monotonic() - began < 15
    assert web.asked("/slow") == []


def test_a_login_that_cannot_be_had_is_no_reason_to_ask_without(web: Web, tmp_path: Path) -> None:
    url = web.put("/feed", b"x")
    site = Site(web.url("/"), auth="bearer", secret_file=str(tmp_path / "none"))
    found = one(url, by(site))
    assert found.error == "The file of its secret cannot be read: there is no such file or directory"
    assert (found.unasked, found.status, web.requests) == (True, None, [])


def test_an_entry_with_a_mistake_is_not_asked(web: Web) -> None:
    found = one(web.put("/feed", b"x"), by(Site(web.url("/"), trouble="Its entry has a mistake")))
    assert (found.error, found.unasked, web.requests) == ("Its entry has a mistake", True, [])


def sent_on(web: Web, secret: str, target: str) -> dict[str, str]:
    """What arrives at the end of a redirect from a site that we log in to."""
    site = Site(web.url("/"), headers={"X-One": "1"}, cookies={"a": "1"}, auth="basic", user="ann", secret_file=secret)
    assert one(web.put("/feed", status=302, location=target), by(site)).ok
    assert web.asked("/feed")[0].headers["authorization"]
    return web.requests[-1].headers


SECRET = {"authorization", "cookie", "x-one"}


def test_a_login_goes_along_within_its_site(web: Web, secret: str) -> None:
    assert sent_on(web, secret, web.put("/new", b"x")).keys() >= SECRET


def test_a_login_goes_to_no_other_host(web: Web, secret: str) -> None:
    assert sent_on(web, secret, web.put("/new", b"x", host=2)).keys().isdisjoint(SECRET)


def test_a_login_goes_to_no_other_port(web: Web, secret: str) -> None:
    with Web() as other:
        target = other.put("/new", b"x")
        site = Site(web.url("/"), cookies={"a": "1"}, auth="basic", user="ann", secret_file=secret)
        assert one(web.put("/feed", status=302, location=target), by(site)).ok
        assert other.requests[0].headers.keys().isdisjoint(SECRET)


def test_a_login_does_not_come_back_once_a_request_was_elsewhere(web: Web, secret: str) -> None:
    back = web.put("/back", b"x")
    away = web.put("/away", status=302, location=back, host=2)
    assert sent_on(web, secret, away).keys().isdisjoint(SECRET)


def test_where_a_redirect_leads_nobody_logs_in_unasked(web: Web, secret: str) -> None:
    """A stranger's feed must not have us use our login elsewhere."""
    mine = web.put("/mine/delete", b"x")
    site = Site(web.url("/mine/"), cookies={"a": "1"}, auth="basic", user="ann", secret_file=secret)
    assert one(web.put("/feed", status=302, location=mine, host=2), by(site)).ok
    assert web.asked("/mine/delete")[0].headers.keys().isdisjoint(SECRET)


@pytest.mark.parametrize(("host", "logs_in"), [(1, True), (2, False)])
def test_pages_and_pictures_get_the_login_of_their_own_feeds_site_alone(
    web: Web, secret: str, host: int, logs_in: bool
) -> None:
    site = Site(web.url("/"), cookies={"a": "1"}, auth="basic", user="ann", secret_file=secret)
    page, source = web.put("/page", b"x"), web.url("/feed", host)
    assert one(Request(0, page, accept="text/html", source=source), by(site)).ok
    assert ("authorization" in web.asked("/page")[0].headers) is logs_in
    assert ("cookie" in web.asked("/page")[0].headers) is logs_in


def test_a_refused_login_is_not_a_missing_one(web: Web, secret: str) -> None:
    url = web.put("/feed", status=401, headers={"WWW-Authenticate": "Basic"})
    assert one(url).error == "401: a login is needed"
    assert one(url, by(Site(web.url("/"), auth="basic", user="ann", secret_file=secret))).error == (
        "401: the login was refused"
    )


def test_a_login_in_an_address_is_sent_and_never_told(web: Web) -> None:
    url = web.put("/feed", b"x").replace("//", "//ann:h%C3%BCsh@")
    found = one(url)
    assert found.ok
    assert "ann" not in repr(found)
    assert web.asked("/feed")[0].headers["authorization"] == basic("ann", "hüsh")


def test_a_login_that_is_kept_is_used_and_moves_with_its_address(web: Web, tmp_path: Path) -> None:
    logins = Logins(tmp_path / "logins")
    old, new = web.put("/old", status=301, location="/new"), web.put("/new", b"x")
    logins.keep(old, Login("ann", "hush"))
    assert one(old, by(logins=logins)).moved_to == new
    assert {each.headers["authorization"] for each in web.requests} == {basic("ann", "hush")}
    assert logins.find(new) == Login("ann", "hush")


def test_a_login_that_is_kept_does_not_move_to_another_host(web: Web, tmp_path: Path) -> None:
    logins = Logins(tmp_path / "logins")
    new = web.put("/new", b"x", host=2)
    old = web.put("/old", status=301, location=new)
    logins.keep(old, Login("ann", "hush"))
    assert one(old, by(logins=logins)).moved_to == new
    assert "authorization" not in web.asked("/new")[0].headers
    assert logins.find(new) is None


@pytest.mark.parametrize("challenge", ["Digest ", "digest\t", 'Basic realm="b", Digest '])
def test_a_login_in_an_address_may_be_meant_for_digest(web: Web, challenge: str) -> None:
    asks = {"WWW-Authenticate": f'{challenge}realm="r", nonce="n", qop="auth"'}
    url = web.put("/feed", status=401, headers=asks, times=2, then=Page(b"x"))
    found = one(url.replace("//", "//ann:hush@"))
    assert found.body == b"x"
    assert web.requests[-1].headers["authorization"].startswith('Digest username="ann"')


def test_a_certificate_that_is_not_checked_is_told_of(web: Web) -> None:
    site = Site(web.url("/"), verify=False)
    assert not one(web.put("/feed", b"x"), by(site)).unverified, "there was none to check"


def test_the_proxy_of_the_settings_is_asked_whatever_the_environment_says(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", Web.dead())
    monkeypatch.setenv("no_proxy", "*")
    web.put("http://example.invalid/feed", b"x")
    assert one("http://example.invalid/feed", by(proxy=web.url(""))).body == b"x"
    direct = Site("http://example.invalid/", proxy="none")
    assert one("http://example.invalid/feed", by(direct, proxy=web.url(""))).error == "No such host: example.invalid"


def test_a_redirect_from_a_site_with_a_proxy_stays_with_it(web: Web) -> None:
    web.put("http://hidden.invalid/feed", status=302, location="http://elsewhere.invalid/x")
    web.put("http://elsewhere.invalid/x", b"x")
    assert one("http://hidden.invalid/feed", by(Site("http://hidden.invalid/", proxy=web.url("")))).body == b"x"


def test_a_proxy_that_nobody_understands_lets_nothing_out(web: Web) -> None:
    found = one(web.put("/feed", b"x"), by(proxy=UNUSABLE))
    assert (found.error, web.requests) == ("The proxy cannot be reached", [])


PROXIES = {"http_proxy": "http://p:1", "HTTPS_PROXY": "http://p:2", "no_proxy": ".here.example, 10.0.0.0/8 ::1"}


@pytest.mark.parametrize(
    ("url", "told", "environ", "proxy"),
    [
        ("http://example.org/", "", PROXIES, "http://p:1"),
        ("https://example.org/", "", PROXIES, "http://p:2"),
        ("https://here.example/", "", PROXIES, ""),
        ("https://a.here.example./", "", PROXIES, ""),
        ("https://nothere.example/", "", PROXIES, "http://p:2"),
        ("http://10.1.2.3/", "", PROXIES, ""),
        ("http://[::1]/", "", PROXIES, ""),
        ("http://11.1.2.3/", "", PROXIES, "http://p:1"),
        ("http://example.org/", "", {"HTTP_PROXY": "http://p:1"}, ""),
        ("http://example.org/", "", {"ALL_PROXY": "http://p:3"}, "http://p:3"),
        ("http://example.org/", "", {"http_proxy": "http://p:1", "NO_PROXY": "*"}, ""),
        ("http://here.example/", "socks5://q:1", PROXIES, "socks5://q:1"),
        ("http://example.org/", "none", PROXIES, ""),
        ("http://[/", "", PROXIES, ""),
    ],
)
def test_which_proxy_is_chosen(url: str, told: str, environ: dict[str, str], proxy: str) -> None:
    assert chosen(url, told, environ) == proxy


def test_handles_carry_nothing_from_one_request_to_the_next(web: Web, secret: str) -> None:
    site = Site(web.url("/in/"), headers={"X-One": "1"}, cookies={"a": "1"}, auth="basic", user="a", secret_file=secret)
    inside, outside = web.put("/in/feed", b"x"), web.put("/out/feed", b"x")
    client = Http(by(site))
    for _ in range(3):
        assert asked(client, inside)[0].ok
        assert asked(client, outside)[0].ok
    client.close()
    assert all(SECRET.isdisjoint(each.headers) for each in web.asked("/out/feed"))
