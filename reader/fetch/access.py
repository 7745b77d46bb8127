"""What goes along with one hop of a request: who we are, by which proxy, under which certificates. Pure.

A login, cookies and headers of the config go to the very origin (scheme, host, port) that was asked first, as long as
the request has not left it, and only where the feed itself lies or the feed whose document it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reader import __version__
from reader.fetch import proxies
from reader.fetch.address import origin
from reader.fetch.fetched import Limits, Request
from reader.fetch.headers import known_tags
from reader.logins import Login
from reader.sites import Site, site_for

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.8, text/html;q=0.6, */*;q=0.2"
)


@dataclass(frozen=True, slots=True)
class Access:
    """``site`` is the entry of the config that holds; ``is_home``: logins, cookies and headers may go there."""

    site: Site
    is_home: bool
    user_agent: str
    proxy: str
    ca_file: str

    @property
    def needs_secret(self) -> bool:
        """Whether a secret must be had first."""
        return self.is_home and bool(self.site.auth)

    @property
    def cookies(self) -> str:
        """The config's cookies as one line."""
        return "; ".join(f"{name}={value}" for name, value in self.site.cookies.items()) if self.is_home else ""


NOWHERE = Site()


def access(
    limits: Limits, request: Request, first: str, url: str, *, strayed: bool, environ: Mapping[str, str]
) -> Access:
    """What holds for a hop to ``url`` of a request that began at ``first``; ``strayed``: it was elsewhere between."""
    ways = limits.ways
    site = site_for(ways.sites, url) or NOWHERE
    began = site if url == first else site_for(ways.sites, first) or NOWHERE
    told = site.proxy or began.proxy or ways.proxy
    is_home = not strayed and is_same(first, url) and (not request.source or is_same(request.source, url))
    agent = site.user_agent or limits.user_agent or f"Reader/{__version__} (+news reader)"
    return Access(site, is_home, agent, proxies.chosen(url, told, environ), site.ca_file or ways.ca_file)


def is_same(one: str, other: str) -> bool:
    """Whether two addresses have one origin."""
    return one == other or (origin(one) == origin(other) != ("", "", 0))


def lines(request: Request, found: Access, token: str) -> list[str]:
    """The lines that a request brings along; ``token`` is a bearer's, if any."""
    mine = dict(found.site.headers) if found.is_home else {}
    names = {name.lower() for name in mine}
    wanted = [f"{name}: {value}" if value else f"{name};" for name, value in mine.items()]
    if token:
        wanted.append(f"Authorization: Bearer {token}")
    if request.into is not None:
        return ["Accept: */*", *request.into.asks(), *wanted]
    if "accept" not in names:
        wanted.insert(0, f"Accept: {request.accept or ACCEPT}")
    if request.etag:
        wanted.append(f"If-None-Match: {known_tags(request.etag)}")
    if request.last_modified:
        wanted.append(f"If-Modified-Since: {request.last_modified}")
    return wanted


def login(found: Access, secret: str, kept: Login | None) -> Login | None:
    """The name and password for a hop, the config's before those that came with an address."""
    if not found.is_home:
        return None
    if found.site.auth in ("basic", "digest"):
        return Login(found.site.user, secret)
    return None if found.site.auth else kept
