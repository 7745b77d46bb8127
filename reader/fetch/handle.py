"""A handle of libcurl for one hop of a request: set up, watched, and asked what came of it."""

from __future__ import annotations

import os
import socket
from functools import partial
from typing import Any
from urllib.parse import urljoin

import pycurl

from reader.fetch import access
from reader.fetch.address import for_wire, is_here, is_private
from reader.fetch.failures import SLOW_BYTES, SLOW_SECONDS, Failure
from reader.fetch.fetched import Limits
from reader.fetch.shares import Shares
from reader.fetch.transfer import Transfer
from reader.logins import Login


def prepare(curl: pycurl.Curl, transfer: Transfer, limits: Limits, shares: Shares | None, trusted: str) -> None:
    """Sets a handle up for one hop; ``trusted`` is the file of certificates where nothing else is said.

    Raises pycurl.error and ValueError for an address or a login that cannot be used.
    """
    request = transfer.request
    curl.reset()
    curl.setopt(pycurl.URL, for_wire(transfer.url))
    curl.setopt(pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)
    curl.setopt(pycurl.REDIR_PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)
    curl.setopt(pycurl.FOLLOWLOCATION, 0)
    curl.setopt(pycurl.NOSIGNAL, 1)
    curl.setopt(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_2TLS)
    curl.setopt(pycurl.ACCEPT_ENCODING, "" if request.into is None else "identity")
    curl.setopt(pycurl.CONNECTTIMEOUT_MS, int(limits.connect_seconds * 1000))
    curl.setopt(pycurl.LOW_SPEED_LIMIT, SLOW_BYTES)
    curl.setopt(pycurl.LOW_SPEED_TIME, SLOW_SECONDS)
    curl.setopt(pycurl.MAXFILESIZE_LARGE, limits.size)
    if limits.ways.names:
        curl.setopt(pycurl.RESOLVE, list(limits.ways.names))
    curl.setopt(pycurl.HEADERFUNCTION, transfer.header)
    curl.setopt(pycurl.WRITEFUNCTION, partial(transfer.take, limits, shares))
    _introduce(curl, transfer, limits, trusted)
    if transfer.is_guarded and not transfer.access.proxy:
        _watch(curl, transfer)


def _introduce(curl: pycurl.Curl, transfer: Transfer, limits: Limits, trusted: str) -> None:
    """Tells a handle who we are on this hop, by which way it goes, and whom it trusts."""
    found = transfer.access
    curl.setopt(pycurl.USERAGENT, found.user_agent.encode())
    curl.setopt(pycurl.PROXY, for_wire(found.proxy))
    curl.setopt(pycurl.NOPROXY, "")  # the choice is made
    curl.setopt(pycurl.CAINFO, os.fsencode(found.ca_file or trusted))
    curl.setopt(pycurl.PROXY_CAINFO, os.fsencode(limits.ways.ca_file or trusted))
    if not found.site.verify:
        curl.setopt(pycurl.SSL_VERIFYPEER, 0)
        curl.setopt(pycurl.SSL_VERIFYHOST, 0)
        transfer.unverified = transfer.unverified or transfer.url[:6].lower() == "https:"
    curl.setopt(pycurl.COOKIEFILE, "")  # none is read: it says that those of this request are heeded
    curl.setopt(pycurl.COOKIELIST, "ALL")  # of an earlier one are none left
    for cookie in transfer.cookies:
        curl.setopt(pycurl.COOKIELIST, cookie)
    if found.cookies:
        curl.setopt(pycurl.COOKIE, found.cookies)
    token = transfer.secret if found.needs_secret and found.site.auth == "bearer" else ""
    lines = access.lines(transfer.request, found, token)
    curl.setopt(pycurl.HTTPHEADER, [line.encode("latin-1", "replace") for line in lines])
    login = access.login(found, transfer.secret, transfer.login)
    transfer.sent_login = login is not None or bool(token)
    if login is not None:
        _log_in(curl, login, digest=transfer.is_digest or found.site.auth == "digest")


def _watch(curl: pycurl.Curl, transfer: Transfer) -> None:
    """Lets no connection to a private network be opened or used, by its number: nothing can change in between."""

    def opened(_purpose: int, address: Any) -> Any:
        if is_private(address.addr[0]):
            transfer.is_barred = True
            return pycurl.SOCKET_BAD
        transfer.is_barred = False  # a name may have several; one of them will do
        return socket.socket(address.family, address.socktype, address.protocol)

    def used(number: str, _mine: str, _port: int, _my_port: int) -> int:
        transfer.is_barred = is_private(number)
        return int(pycurl.PREREQFUNC_ABORT if transfer.is_barred else pycurl.PREREQFUNC_OK)

    curl.setopt(pycurl.OPENSOCKETFUNCTION, opened)
    curl.setopt(pycurl.PREREQFUNCTION, used)


def _log_in(curl: pycurl.Curl, login: Login, *, digest: bool) -> None:
    curl.setopt(pycurl.HTTPAUTH, pycurl.HTTPAUTH_DIGEST if digest else pycurl.HTTPAUTH_BASIC)
    curl.setopt(pycurl.USERNAME, login.user.encode())
    curl.setopt(pycurl.PASSWORD, login.password.encode())


def target(curl: pycurl.Curl, transfer: Transfer) -> str:
    """Where a redirect points, empty if nowhere. Its cookies go along; libcurl says to which hosts."""
    found = curl.getinfo_raw(pycurl.REDIRECT_URL)
    if any(line[:11].lower() == b"set-cookie:" for line in transfer.lines):
        transfer.cookies = list(curl.getinfo_raw(pycurl.INFO_COOKIELIST))
    if found:
        return bytes(found).decode("utf-8", "replace")
    place = next((line[9:].strip() for line in transfer.lines if line[:9].lower() == b"location:"), b"")
    try:
        return urljoin(transfer.url, place.decode("latin-1")) if place else ""
    except ValueError:
        return ""


def is_private_hop(curl: pycurl.Curl, transfer: Transfer) -> bool:
    """Whether a hop was to a private network; through a proxy only the name can tell."""
    number = curl.getinfo(pycurl.PRIMARY_IP)
    return is_here(transfer.url) if transfer.access.proxy or not number else is_private(number)


def authorities() -> str:
    """The file with the certificates that we trust: what the environment names, else Mozilla's list."""
    named = os.environ.get("SSL_CERT_FILE", "")
    if named:
        return named
    import certifi

    return certifi.where()


def failure(curl: pycurl.Curl, transfer: Transfer, code: int, text: str) -> Failure:
    """What libcurl notes of a failed transfer."""
    return Failure(
        code,
        text,
        transfer.access.proxy != "",
        curl.getinfo(pycurl.OS_ERRNO),
        bool(curl.getinfo(pycurl.PRIMARY_IP)),
        bool(curl.getinfo(pycurl.NAMELOOKUP_TIME)),
        curl.getinfo(pycurl.SSL_VERIFYRESULT),
        transfer.spent,
    )
