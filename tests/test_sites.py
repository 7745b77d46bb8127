"""``[[sites]]``: which addresses an entry holds for, and what is said about a mistake in one."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.config import UNUSABLE, FetchConfig, load
from reader.fetch.fetched import Request, Ways
from reader.sites import Site, site_for
from tests.fetch.fetching import QUICK, one
from tests.test_config import place, written
from tests.web import Web
from tests.web import web as web  # noqa: PLC0414


def held(address: str, url: str) -> bool:
    return site_for((Site(address=address),), url) is not None


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("https://example.org", "https://example.org/feed"),
        ("https://example.org/", "https://example.org/feed?x=1"),
        ("https://example.org/", "https://EXAMPLE.org:443/"),
        ("https://example.org/", "HTTPS://example.org"),
        ("https://example.org/private", "https://example.org/private"),
        ("https://example.org/private", "https://example.org/private?x"),
        ("https://example.org/private", "https://example.org/private/feed"),
        ("https://example.org/private/", "https://example.org/a/../private/feed"),
        ("http://example.org:8080/", "http://example.org:8080/feed"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/feed"),
        ("https://example.org/ä/", "https://example.org/%C3%A4/feed"),
        ("http://[::1]:8000/", "http://[::1]:8000/feed"),
    ],
)
def test_an_entry_holds_for_what_begins_with_its_address(address: str, url: str) -> None:
    assert held(address, url)


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("https://example.org/", "http://example.org/feed"),
        ("https://example.org/", "https://example.org:8443/feed"),
        ("https://example.org/", "https://example.org.evil.example/feed"),
        ("https://example.org", "https://example.organ/feed"),
        ("https://example.org/", "https://www.example.org/feed"),
        ("https://example.org/", "https://example.org@evil.example/feed"),
        ("https://example.org/", "https://evil.example\\@example.org/feed"),
        ("https://example.org/", "https://example.org\\.evil.example/"),
        ("https://example.org/", "https://evil.example/https://example.org/"),
        ("https://example.org/private", "https://example.org/privateer"),
        ("https://example.org/private/", "https://example.org/private"),
        ("https://example.org/private/", "https://example.org/private/../feed"),
        ("https://example.org/private/", "https://example.org/private/%2e%2E/feed"),
        ("https://example.org/private/", "https://example.org/private/.."),
        ("https://example.org/", "nonsense"),
        ("https://example.org/", ""),
        ("https://example.org/", "https://example.org:99999/"),
    ],
)
def test_an_entry_holds_for_nothing_else(address: str, url: str) -> None:
    assert not held(address, url)


def test_the_longest_address_holds() -> None:
    sites = (Site("https://example.org/a/"), Site("https://example.org/"), Site("https://example.org/a/b/"))
    found = site_for(sites, "https://example.org/a/feed")
    assert found is not None
    assert found.address == "https://example.org/a/"


@given(st.text(max_size=60))
def test_any_words_are_an_address_or_none(url: str) -> None:
    held("https://example.org/", url)
    held("https://example.org/", f"https://example.org{url}")


def test_what_is_said_is_in_force(tmp_path: Path) -> None:
    config = written(
        tmp_path,
        '[fetch]\nproxy = "socks5h://127.0.0.1:9050"\nca_file = "ca.pem"\n'
        '[[sites]]\naddress = "https://example.org/"\nuser_agent = "me"\nverify = false\nproxy = "none"\n'
        'ca_file = "mine.pem"\nheaders = {X-One = "1"}\ncookies = {seen = "yes"}\n'
        'auth = "basic"\nuser = "ann"\nsecret_file = "secret"\n'
        '[[sites]]\naddress = "https://other.example/"\nauth = "bearer"\nsecret_command = ["pass", "show", "x"]\n',
    )
    assert config.problems == ()
    assert config.fetch.proxy == "socks5h://127.0.0.1:9050"
    one, two = config.sites
    assert (one.user_agent, one.verify, one.proxy, one.auth, one.user) == ("me", False, "none", "basic", "ann")
    assert (one.secret_file, one.ca_file) == (str(tmp_path / "secret"), str(tmp_path / "mine.pem"))
    assert (dict(one.headers), dict(one.cookies)) == ({"X-One": "1"}, {"seen": "yes"})
    assert (two.secret_command, two.trouble) == (("pass", "show", "x"), "")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('agent = "x"', "agent is no key that is known; the nearest is user_agent"),
        ("user_agent = 7", "user_agent must be a text in quotes"),
        ("verify = 0", "verify must be true or false"),
        ('proxy = "http://ann:hush@127.0.0.1"', "proxy must be the address of a proxy without a password"),
        ('proxy = "127.0.0.1:80"', "proxy must be the address of a proxy"),
        ('auth = "ntlm"', 'auth must be "basic" or "digest" or "bearer"'),
        ('auth = "bearer"', "auth needs one of secret_file, secret_command and secret_keyring"),
        ('auth = "bearer"\nsecret_file = "x"\nsecret_keyring = true', "auth needs one of"),
        ('auth = "basic"\nsecret_file = "x"', "user must be the name to log in with"),
        ('secret_file = "x"', 'auth must be "basic", "digest" or "bearer" where there is a user or a secret'),
        ('secret_command = "pass show x"', "secret_command must be a list of words"),
        ("secret_command = []", "secret_command must be a list of words"),
        ('headers = {Authorization = "Bearer hush"}', "headers must be without logins and cookies"),
        ('headers = {Host = "x"}', "headers must be without those that belong to the connection"),
        ('headers = {X = "a\\r\\nB: c"}', "headers must be names and values as HTTP allows them"),
        ("headers = {X = 1}", "headers must be a table of texts in quotes"),
        ('cookies = {a = "b; c"}', "cookies must be names and values as HTTP allows them"),
    ],
)
def test_an_entry_with_a_mistake_is_not_asked_and_nothing_secret_is_said(tmp_path: Path, line: str, said: str) -> None:
    config = written(tmp_path, f'[[sites]]\naddress = "https://example.org/"\n{line}\n')
    assert len(config.problems) == 1
    assert config.problems[0].startswith(f"{tmp_path / 'config.toml'}: sites[1].{said}")
    assert config.problems[0].endswith("its addresses are not asked until that is mended")
    assert "hush" not in config.problems[0]
    found = site_for(config.sites, "https://example.org/feed")
    assert found is not None
    assert found.trouble.startswith("Its entry in config.toml has a mistake: ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[sites]]\nuser_agent = "x"', "sites[1].address is missing"),
        ('[[sites]]\naddress = ""', "sites[1].address must be an address of http or https"),
        ('[[sites]]\naddress = "example.org"', "sites[1].address must be an address of http or https"),
        (
            '[[sites]]\naddress = "https://ann:hush@example.org/"',
            "sites[1].address must be an address of http or https",
        ),
        (
            '[[sites]]\nadress = "https://example.org/"\ncookies = {a = "hush"}',
            "sites[1].adress is no key that is known; the nearest is address",
        ),
        ("sites = 7", "sites must be a list of tables ([[sites]])"),
        ('[sites]\naddress = "https://example.org/"\ncookies = {a = "hush"}', "sites must be a list of tables"),
        ("sites = [7]", "sites[1] must be a table ([[sites]])"),
    ],
)
def test_an_entry_whose_addresses_cannot_be_known_lets_nothing_out(tmp_path: Path, text: str, said: str) -> None:
    config = written(tmp_path, text)
    assert len(config.problems) == 1
    assert said in config.problems[0]
    assert config.problems[0].endswith("; nothing is fetched until that is mended")
    for url in ("https://example.org/feed", "http://other.example/", "nonsense"):
        found = site_for(config.sites, url)
        assert found is not None
        assert found.trouble.startswith(f"Nothing is fetched until config.toml is mended: {said}")
    assert "hush" not in f"{config.problems} {config.sites}"


def test_an_entry_without_a_place_holds_before_those_that_have_one(tmp_path: Path) -> None:
    config = written(tmp_path, '[[sites]]\naddress = "https://example.org/"\n[[sites]]\nproxy = "none"\n')
    found = site_for(config.sites, "https://example.org/feed")
    assert found is not None
    assert "sites[2].address is missing" in found.trouble
    assert site_for(written(tmp_path, "sites = []").sites, "https://example.org/") is None


def test_an_entry_whose_addresses_cannot_be_known_is_the_answer_of_each_fetch(tmp_path: Path, web: Web) -> None:
    config = written(tmp_path, '[[sites]]\naddress = "127.0.0.1"\nproxy = "socks5h://127.0.0.1:9050"\n')
    found = one(Request(0, web.put("/feed", b"x")), replace(QUICK, ways=Ways(sites=config.sites)))
    assert found.error.startswith("Nothing is fetched until config.toml is mended: sites[1].address must be")
    assert web.requests == []


@pytest.mark.parametrize("text", ["a\\u0000b", "a\\r\\nX: 1", "a\\u001b[1m"])
def test_a_text_with_control_characters_is_not_taken(tmp_path: Path, text: str) -> None:
    for key in ("user_agent", "ca_file"):
        config = written(tmp_path, f'[fetch]\n{key} = "{text}"\n')
        assert config.fetch == FetchConfig()
        assert f"fetch.{key} must be a text in quotes without control characters, not " in config.problems[0]
        config = written(tmp_path, f'[[sites]]\naddress = "https://example.org/"\n{key} = "{text}"\n')
        assert f"sites[1].{key} must be a text in quotes without control characters; its" in config.problems[0]
    for word in ("socks5h://127.0.0.1:9050", ""):
        assert written(tmp_path, f'[fetch]\nproxy = "{word}{text}"\n').fetch.proxy == UNUSABLE


@pytest.mark.parametrize("text", ["junk", "http://ann:hush@127.0.0.1:80", "ftp://127.0.0.1"])
def test_a_proxy_that_cannot_be_understood_lets_nothing_out(tmp_path: Path, text: str) -> None:
    config = written(tmp_path, f'[fetch]\nproxy = "{text}"\n')
    assert config.fetch.proxy == UNUSABLE
    assert "nothing is fetched until that is mended" in config.problems[0]
    assert "hush" not in config.problems[0]
    assert load(place(tmp_path)).fetch.proxy == UNUSABLE
