"""Runs what the package's docstring says and prints the table."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import ProxyHandler, Request, build_opener

from tests.servers.machines import PASSWORD, USER, Machines, install, is_able, running
from tests.web import Web
from tests.worker.running import Event, Home, named

NOT_VALID = "The certificate of the server is not valid"


@dataclass(frozen=True, slots=True)
class Seen:
    """One row: what was tried, what was seen, and whether that is as it should be."""

    what: str
    seen: str
    ok: bool


class Bench:
    """The servers, and a library of its own for each thing that is tried."""

    def __init__(self, machines: Machines, root: Path) -> None:
        self.machines = machines
        self._root = root
        self._count = 0

    @contextmanager
    def library(self, config: str = "") -> Iterator[Home]:
        self._count += 1
        place = self._root / str(self._count)
        place.mkdir()
        home = Home(place)
        home.configure(config)
        try:
            yield home
        finally:
            home.database.close_all()

    def secret(self, text: str = PASSWORD) -> Path:
        path = self._root / "secret"
        path.write_text(text)
        path.chmod(0o600)
        return path

    def site(self, name: str, path: str, *lines: str) -> str:
        return "\n".join(("[[sites]]", f'address = "{self.machines.url(name, path)}"', *lines, ""))

    def twice(self, what: str, server: str, name: str, path: str, *, needs: str) -> Iterator[Seen]:
        """A feed is followed and looked at again; what the server noted of both."""
        with self.library() as home:
            home.add(self.machines.url(name, path))
            home.due_now()
            home.refresh()
            lines = self.machines.noted(server, path)
            is_read = len(home.titles()) == 20
        seen = " then ".join(line.partition(" ")[2] for line in lines[-2:])
        yield Seen(what, seen, is_read and len(lines) >= 2 and " 304 " in lines[-1] and needs in lines[-2])

    def outcome(self, config: str, url: str) -> tuple[str, int]:
        """What comes of following an address, as it is told, and how many articles that brings."""
        with self.library(config) as home:
            events = home.add(url)
            return _told(events), len(home.titles())

    def reads(self, what: str, config: str, url: str) -> Seen:
        told, count = self.outcome(config, url)
        return Seen(what, f"{told}{count} articles", count == 20 and PASSWORD not in told)

    def refuses(self, what: str, config: str, url: str, sentence: str) -> Seen:
        told, count = self.outcome(config, url)
        return Seen(what, told, sentence in told and count == 0 and PASSWORD not in told)


def _told(events: list[Event]) -> str:
    return "; ".join(str(event["message"]) for event in named(events, "refused"))


def validators(bench: Bench) -> Iterator[Seen]:
    yield from bench.twice("nginx, gzip", "nginx", "plain", "/plain/feed.xml", needs=" gzip ")
    for name, tag in (("deflate", "gzip"), ("brotli", "br")):
        path = f"/{name}/feed.xml"
        yield from bench.twice(f"Apache mod_{name}", "apache", "apache", path, needs=f" {tag} ")
        url, opener = bench.machines.url("apache", path), build_opener(ProxyHandler({}))
        with opener.open(Request(url, headers={"Accept-Encoding": tag})) as answer:
            etag = answer.headers["ETag"]
        with opener.open(Request(url, headers={"Accept-Encoding": tag, "If-None-Match": etag})) as answer:
            seen = f"200 although {etag} was sent"
            yield Seen("… its tag alone, for comparison", seen, answer.status == 200)


def http2(bench: Bench) -> Iterator[Seen]:
    path = "/tls/feed.xml"
    yield bench.reads("TLS, an authority of our own (ca_file)", _trust(bench), bench.machines.url("good", path))
    lines = bench.machines.noted("nginx", path)
    yield Seen("… by HTTP/2", lines[-1].partition(" [")[0], lines[-1].startswith("HTTP/2.0 200"))


def _trust(bench: Bench) -> str:
    return f'[fetch]\nca_file = "{bench.machines.root}/ca.pem"\n'


def certificates(bench: Bench) -> Iterator[Seen]:
    reasons = {
        "own": ("self-signed", "it is signed by itself"),
        "old": ("expired", "it has expired"),
        "other": ("of another host", "it is that of another host"),
        "good": ("of an unknown authority", "it is signed by somebody who is not trusted"),
    }
    for name, (what, reason) in reasons.items():
        url = bench.machines.url(name, "/tls/feed.xml")
        trust = "" if name == "good" else _trust(bench)
        yield bench.refuses(f"certificate {what}", trust, url, f"{NOT_VALID}: {reason}")
        exception = bench.site(name, "/", "verify = false")
        yield bench.reads("… with an exception in the config", trust + exception, url)
    with bench.library(bench.site("own", "/", "verify = false")) as home:
        home.add(bench.machines.url("own", "/tls/feed.xml"))
        shown = _command(home, "feeds")
        sentence = "its certificate is not checked"
        yield Seen("… shown by reader feeds", sentence if sentence in shown else shown, sentence in shown)


def _command(home: Home, *words: str) -> str:
    env = {**os.environ, "READER_HOME": str(home.place)}
    done = subprocess.run([sys.executable, "-P", "-m", "reader", *words], env=env, capture_output=True, text=True)
    return done.stdout + done.stderr


def logins(bench: Bench) -> Iterator[Seen]:
    for auth in ("basic", "digest"):
        url = bench.machines.url("apache", f"/{auth}/feed.xml")
        login = (f'auth = "{auth}"', f'user = "{USER}"')
        file = f'secret_file = "{bench.secret()}"'
        yield bench.refuses(f"{auth}, no login", "", url, "401: a login is needed")
        yield bench.reads(f"{auth}, secret_file", bench.site("apache", f"/{auth}/", *login, file), url)
        command = f'secret_command = ["cat", "{bench.secret()}"]'
        yield bench.reads(f"{auth}, secret_command", bench.site("apache", f"/{auth}/", *login, command), url)
        wrong = 'secret_command = ["echo", "wrong"]'
        config = bench.site("apache", f"/{auth}/", *login, wrong)
        yield bench.refuses(f"{auth}, a wrong password", config, url, "401: the login was refused")
        yield bench.reads(f"{auth}, in the address", "", url.replace("//", f"//{USER}:{PASSWORD}@"))


def proxies(bench: Bench) -> Iterator[Seen]:
    ports, root = bench.machines.ports, bench.machines.root
    plain, secure = bench.machines.url("plain", "/plain/feed.xml"), bench.machines.url("good", "/tls/feed.xml")
    for kind in ("socks5", "socks5h"):
        proxy = f'[fetch]\nproxy = "{kind}://127.0.0.1:{ports["socks"]}"\nca_file = "{root}/ca.pem"\n'
        for url in (plain, secure):
            before = _passed(root / "microsocks.said", url)
            row = bench.reads(f"{kind}, {url.partition(':')[0]}", proxy, url)
            yield Seen(row.what, row.seen, row.ok and _passed(root / "microsocks.said", url) > before)
    proxy = f'[fetch]\nproxy = "http://127.0.0.1:{ports["http"]}"\nca_file = "{root}/ca.pem"\n'
    for url in (plain, secure):
        before = _passed(root / "tinyproxy.log", url)
        row = bench.reads(f"HTTP proxy, {url.partition(':')[0]}", proxy, url)
        yield Seen(row.what, row.seen, row.ok and _passed(root / "tinyproxy.log", url) > before)
    dead = f'[fetch]\nproxy = "socks5h://{Web.dead()[7:-1]}"\n'
    yield bench.refuses("a proxy that is not there", dead, plain, "The proxy cannot be reached")


def _passed(log: Path, url: str) -> int:
    """How often a proxy noted the host of an address."""
    return log.read_text(errors="replace").count(url.split("/")[2].partition(":")[2])


TRIED: tuple[Callable[[Bench], Iterator[Seen]], ...] = (validators, http2, certificates, logins, proxies)


def main() -> int:
    """Tries everything once; 0 when all is as it should be."""
    if not is_able():
        print("This needs apt-get, or nginx, apache2, microsocks, tinyproxy and openssl", file=sys.stderr)
        return 1
    install()
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        del os.environ[name]
    rows: list[Seen] = []
    temporary = tempfile.TemporaryDirectory
    with temporary() as homes, temporary() as servers, running(Path(servers)) as machines:
        bench = Bench(machines, Path(homes))
        for trial in TRIED:
            for row in trial(bench):
                rows.append(row)
                print(f"{'ok ' if row.ok else 'NO '} {row.what:<42} {row.seen}", flush=True)
    good = sum(row.ok for row in rows)
    print(f"{good} of {len(rows)} as they should be")
    return int(good < len(rows))


if __name__ == "__main__":
    sys.exit(main())
