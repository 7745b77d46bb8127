"""The servers: installed if need be, set up in a directory, run as children."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.web import rss

PACKAGES = {
    "/usr/sbin/nginx": "nginx-light",
    "/usr/sbin/apache2": "apache2-bin",
    "/usr/bin/microsocks": "microsocks",
    "/usr/bin/tinyproxy": "tinyproxy-bin",
    "/usr/bin/openssl": "openssl",
}
USER, PASSWORD = "ann", "h0sh-h0sh"
_NO_SERVICES = Path("/usr/sbin/policy-rc.d")

NGINX = """
daemon off; user root; pid {root}/nginx.pid; error_log {root}/nginx-error.log;
events {{ worker_connections 256; }}
http {{
  log_format seen '$server_protocol $status $request_uri $sent_http_content_encoding [$http_if_none_match]';
  access_log {root}/nginx.log seen;
  types {{ application/rss+xml xml; }}
  root {root}/www;
  gzip on; gzip_types application/rss+xml; gzip_min_length 0;
  server {{ listen 127.0.0.1:{plain}; }}
  server {{ listen 127.0.0.1:{good} ssl http2; ssl_certificate {root}/good.pem; ssl_certificate_key {root}/good.key; }}
  server {{ listen 127.0.0.1:{own} ssl http2; ssl_certificate {root}/own.pem; ssl_certificate_key {root}/own.key; }}
  server {{ listen 127.0.0.1:{old} ssl http2; ssl_certificate {root}/old.pem; ssl_certificate_key {root}/old.key; }}
  server {{ listen 127.0.0.1:{other} ssl; ssl_certificate {root}/other.pem; ssl_certificate_key {root}/other.key; }}
}}
"""
APACHE = """
ServerRoot {root}
ServerName 127.0.0.1
Listen 127.0.0.1:{apache}
PidFile {root}/apache.pid
Mutex file:{root}
User www-data
Group www-data
{modules}
ErrorLog {root}/apache-error.log
LogFormat "%H %>s %U %{{Content-Encoding}}o [%{{If-None-Match}}i]" seen
CustomLog {root}/apache.log seen
TypesConfig /dev/null
AddType application/rss+xml .xml
DocumentRoot {root}/www
<Directory {root}/www>
  Require all granted
</Directory>
<Location /deflate>
  SetOutputFilter DEFLATE
</Location>
<Location /brotli>
  SetOutputFilter BROTLI_COMPRESS
</Location>
<Location /basic>
  AuthType Basic
  AuthName private
  AuthUserFile {root}/basic.users
  Require valid-user
</Location>
<Location /digest>
  AuthType Digest
  AuthName private
  AuthUserFile {root}/digest.users
  Require valid-user
</Location>
"""
MODULES = [
    "mpm_event",
    "authn_core",
    "authn_file",
    "authz_core",
    "authz_user",
    "auth_basic",
    "auth_digest",
    "mime",
    "filter",
    "deflate",
    "brotli",
]
TINYPROXY = 'User root\nGroup root\nListen 127.0.0.1\nPort {http}\nLogFile "{root}/tinyproxy.log"\nLogLevel Connect\n'
NAMES = ("plain", "good", "own", "old", "other", "apache", "socks", "http")


@dataclass(frozen=True, slots=True)
class Machines:
    """What runs: under which directory, and at which ports."""

    root: Path
    ports: dict[str, int]

    def url(self, name: str, path: str) -> str:
        """The address of a path at one of the servers."""
        scheme = "https" if name in ("good", "own", "old", "other") else "http"
        return f"{scheme}://127.0.0.1:{self.ports[name]}{path}"

    def log(self, name: str) -> str:
        """What a server has noted."""
        return (self.root / f"{name}.log").read_text(errors="replace")

    def noted(self, name: str, path: str) -> list[str]:
        """The lines about a path, in order."""
        return [line for line in self.log(name).splitlines() if path in line]


def install() -> None:
    """Gets the packages that are missing. Raises OSError or CalledProcessError."""
    missing = [package for program, package in PACKAGES.items() if not Path(program).exists()]
    if not missing:
        return
    is_mine = not _NO_SERVICES.exists()
    if is_mine:
        _NO_SERVICES.write_text("#!/bin/sh\nexit 101\n")
        _NO_SERVICES.chmod(0o755)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        subprocess.run(["apt-get", "update", "-q"], check=True, env=env, stdout=subprocess.DEVNULL)
        command = ["apt-get", "install", "-q", "-y", "--no-install-recommends", *missing]
        subprocess.run(command, check=True, env=env, stdout=subprocess.DEVNULL)
    finally:
        if is_mine:
            _NO_SERVICES.unlink()


@contextmanager
def running(root: Path) -> Iterator[Machines]:
    """All servers, which end with the context."""
    root.chmod(0o755)
    machines = Machines(root, _ports())
    _fill(root)
    _certify(root)
    values = {**machines.ports, "root": root}
    modules = "\n".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so" for name in MODULES)
    (root / "nginx.conf").write_text(NGINX.format(**values))
    (root / "apache.conf").write_text(APACHE.format(**values, modules=modules))
    (root / "tinyproxy.conf").write_text(TINYPROXY.format(**values))
    commands = {
        "nginx": ["/usr/sbin/nginx", "-c", f"{root}/nginx.conf"],
        "apache": ["/usr/sbin/apache2", "-D", "FOREGROUND", "-f", f"{root}/apache.conf"],
        "microsocks": ["/usr/bin/microsocks", "-i", "127.0.0.1", "-p", str(machines.ports["socks"])],
        "tinyproxy": ["/usr/bin/tinyproxy", "-d", "-c", f"{root}/tinyproxy.conf"],
    }
    with ExitStack() as stack:
        for name, command in commands.items():
            stack.enter_context(_child(name, command, root))
        for name, port in machines.ports.items():
            _wait_for(name, port)
        yield machines


@contextmanager
def _child(name: str, command: list[str], root: Path) -> Iterator[None]:
    with (root / f"{name}.said").open("wb") as said:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        try:
            yield
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _ports() -> dict[str, int]:
    held = [socket.create_server(("127.0.0.1", 0)) for _ in NAMES]
    ports = {name: each.getsockname()[1] for name, each in zip(NAMES, held, strict=True)}
    for each in held:
        each.close()
    return ports


def _wait_for(name: str, port: int) -> None:
    until = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if time.monotonic() > until:
                raise RuntimeError(f"{name} does not listen") from None
            time.sleep(0.05)
        else:
            return


def _fill(root: Path) -> None:
    """The feeds, and who may read them."""
    for directory in ("plain", "tls", "deflate", "brotli", "basic", "digest"):
        place = root / "www" / directory
        place.mkdir(parents=True)
        (place / "feed.xml").write_bytes(rss(directory, 20, text="Some words to be packed. " * 20))
    sha = b64encode(hashlib.sha1(PASSWORD.encode()).digest()).decode()
    (root / "basic.users").write_text(f"{USER}:{{SHA}}{sha}\n")
    digest = hashlib.md5(f"{USER}:private:{PASSWORD}".encode()).hexdigest()
    (root / "digest.users").write_text(f"{USER}:private:{digest}\n")


def _certify(root: Path) -> None:
    """A certificate for each kind of trouble, and one that an authority of ours has signed."""

    def openssl(*words: str | Path) -> None:
        subprocess.run(["openssl", *words], check=True, capture_output=True, cwd=root)

    here = ["-addext", "subjectAltName=IP:127.0.0.1"]
    new = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    openssl("req", "-x509", *new, "-days", "2", "-subj", "/CN=Us", "-keyout", "ca.key", "-out", "ca.pem")
    openssl("req", "-x509", *new, "-days", "2", "-subj", "/CN=own", *here, "-keyout", "own.key", "-out", "own.pem")
    (root / "issued").mkdir()
    (root / "index").touch()
    (root / "serial").write_text("01\n")
    (root / "ca.conf").write_text(
        "[ca]\ndefault_ca = us\n[us]\nnew_certs_dir = issued\ndatabase = index\nserial = serial\n"
        "default_md = sha256\npolicy = any\ncopy_extensions = copy\nunique_subject = no\n[any]\ncommonName = supplied\n"
    )
    names = {"good": here, "old": here, "other": ["-addext", "subjectAltName=DNS:other.example"]}
    dates = {"old": ("20200101000000Z", "20200201000000Z")}
    now, later = time.gmtime(time.time() - 86400), time.gmtime(time.time() + 86400)
    lasting = time.strftime("%Y%m%d%H%M%SZ", now), time.strftime("%Y%m%d%H%M%SZ", later)
    for name, alternative in names.items():
        start, end = dates.get(name, lasting)
        openssl("req", *new, "-subj", f"/CN={name}", *alternative, "-keyout", f"{name}.key", "-out", f"{name}.csr")
        signed = ["-cert", "ca.pem", "-keyfile", "ca.key", "-startdate", start, "-enddate", end, "-notext"]
        openssl("ca", "-batch", "-config", "ca.conf", *signed, "-in", f"{name}.csr", "-out", f"{name}.pem")


def is_able() -> bool:
    """Whether the packages are there or can be had."""
    return all(Path(program).exists() for program in PACKAGES) or shutil.which("apt-get") is not None
