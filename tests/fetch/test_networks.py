"""No name leads into a private network that nobody meant.

Here everything is loopback, so names stand for look-ups: they are entries in libcurl's own table, and what the client
sees is the connection that really is to be opened.
"""

from dataclasses import replace

import pytest

from reader.fetch.address import is_private
from reader.fetch.fetched import Limits, Request, Ways
from reader.fetch.http import Http
from reader.sites import Site
from tests.fetch.fetching import QUICK, asked, one
from tests.web import Web
from tests.web import web as web  # noqa: PLC0414

PRIVATE, TO_PRIVATE = "The address leads into a private network", "The server redirects to a private network"


def named(web: Web, *sites: Site, proxy: str = "") -> Limits:
    """Limits under which inside.example is at 127.0.0.1."""
    return replace(QUICK, ways=Ways(proxy=proxy, sites=sites, names=(f"inside.example:{web.port}:127.0.0.1",)))


@pytest.mark.parametrize(
    ("number", "private"),
    [
        ("127.0.0.1", True),
        ("0.0.0.0", True),
        ("10.1.2.3", True),
        ("100.64.0.1", True),
        ("169.254.169.254", True),
        ("::1", True),
        ("fe80::1%eth0", True),
        ("fd00::1", True),
        ("::ffff:192.168.0.1", True),
        ("2002:7f00:1::", True),
        ("64:ff9b::7f00:1", True),
        ("224.0.0.1", True),
        ("nonsense", True),
        ("64:ff9b::8.8.8.8", False),
        ("8.8.8.8", False),
        ("2606:4700::1111", False),
    ],
)
def test_which_numbers_are_private(number: str, private: bool) -> None:
    assert is_private(number) is private


def test_a_name_that_resolves_to_this_computer_is_not_even_connected_to(web: Web) -> None:
    web.put("/page", b"x")
    url = f"http://inside.example:{web.port}/page"
    found = one(Request(0, url, is_public=True), named(web))
    assert (found.error, found.unreached) == (PRIVATE, False)
    assert web.requests == []
    assert one(url, named(web)).body == b"x", "a feed that the user added may lie there"
    assert one(url, named(web)).is_private


def test_a_connection_that_is_open_already_is_no_way_in(web: Web) -> None:
    web.put("/feed", b"x")
    web.put("/reboot", b"x")
    client = Http(named(web))
    mine, theirs = f"http://inside.example:{web.port}/feed", f"http://inside.example:{web.port}/reboot"
    assert asked(client, mine)[0].ok
    assert asked(client, Request(0, theirs, is_public=True))[0].error == PRIVATE
    assert asked(client, mine)[0].ok
    client.close()
    assert web.asked("/reboot") == []


def through_proxy(web: Web, monkeypatch: pytest.MonkeyPatch, target: str) -> None:
    """http://public.example/feed, which a proxy has for us, leads to ``target``, which is asked without one."""
    monkeypatch.setenv("http_proxy", web.url(""))
    monkeypatch.setenv("no_proxy", "inside.example")
    web.put("http://public.example/feed", status=302, location=target)


def test_no_redirect_leads_from_a_public_name_to_one_that_resolves_to_a_private_network(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.put("/reboot", b"done")
    inside = f"http://inside.example:{web.port}/reboot"
    through_proxy(web, monkeypatch, inside)
    assert one("http://public.example/feed", named(web)).error == TO_PRIVATE
    assert web.asked("/reboot") == []
    meant = Site(address=f"http://inside.example:{web.port}/")
    assert one("http://public.example/feed", named(web, meant)).body == b"done"


@pytest.mark.parametrize("target", ["http://127.0.0.1/x", "http://0x7f.1/x", "http://[::1]/x", "http://localhost/x"])
def test_what_spells_a_private_network_is_no_way_in_through_a_proxy_either(
    web: Web, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    through_proxy(web, monkeypatch, target)
    assert one("http://public.example/feed", named(web)).error == TO_PRIVATE


def test_a_feed_of_a_private_network_may_lead_on_in_it(web: Web) -> None:
    target = web.put("/new", b"x", host=2)
    assert one(web.put("/old", status=302, location=target)).body == b"x"


def test_a_proxy_may_lie_in_a_private_network(web: Web) -> None:
    web.put("http://public.example/page", b"x")
    limits = replace(QUICK, ways=Ways(proxy=web.url("")))
    assert one(Request(0, "http://public.example/page", is_public=True), limits).body == b"x"
