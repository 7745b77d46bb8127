"""Addresses: what names this computer or a private network."""

import pytest

from reader.fetch.address import is_here


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://localhost/x", True),
        ("http://127.0.0.1:8080/", True),
        ("http://[::1]/", True),
        ("http://192.168.1.1/reboot", True),
        ("http://10.0.0.7/", True),
        ("http://printer/", True),
        ("http://nas.local/", True),
        ("http://user@router.home.arpa./", True),
        ("http://127.1/", True),
        ("http://0x7f.0.0.1/", True),
        ("http://192.168.257/", True),
        ("http://127.0.0.1./", True),
        ("http://１２７.0.0.1/", True),
        ("http://%31%32%37.0.0.1/", True),
        ("http://[::ffff:10.0.0.1]/", True),
        ("http://[::1/", True),
        ("https://example.org/", False),
        ("https://1.example.org/", False),
        ("https://8.8.8.8/", False),
        ("https://[2606:4700::1111]:443/", False),
    ],
)
def test_what_is_here(url: str, here: bool) -> None:
    assert is_here(url) is here
