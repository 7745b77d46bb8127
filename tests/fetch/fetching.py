"""The client asked and answered, for the tests of it."""

import time

from reader.fetch.fetched import Fetched, Limits, Request
from reader.fetch.http import Http

QUICK = Limits(seconds=2, connect_seconds=1, size=100_000)


def fetch(*urls: str | Request, limits: Limits = QUICK) -> list[Fetched]:
    """The answers in the order of the requests."""
    client = Http(limits)
    try:
        return asked(client, *urls)
    finally:
        client.close()


def asked(client: Http, *urls: str | Request) -> list[Fetched]:
    """The answers of a client that lives on."""
    for key, url in enumerate(urls):
        client.submit(Request(key, url) if isinstance(url, str) else url)
    done: list[Fetched] = []
    until = time.monotonic() + 20
    while client.pending:
        done += client.poll(0.2)
        assert time.monotonic() < until
    return sorted(done, key=lambda each: each.key)


def one(url: str | Request, limits: Limits = QUICK) -> Fetched:
    return fetch(url, limits=limits)[0]
