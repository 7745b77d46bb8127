"""Servers that never end, and servers that lead elsewhere."""

from __future__ import annotations

from tests.hostile.case import Case, Wire, bad, drip, endless, feed, fine, head, page, redirect, stall, stories

TWO = feed(*stories(2))
LINE = b"HTTP/1.1 200 OK\r\n"
CHUNKED = LINE + b"Transfer-Encoding: chunked\r\n\r\n"
SLOW = "The server sent too slowly and was stopped after {n} s"
SILENT = "The server did not answer within 8 s"
BIG = "The document is larger than 20 MB"
UNUSABLE = "The server redirects to an address that cannot be used"
MOVED = "The feed has moved to {here}/there and is read there"
AGAIN = "The server redirects more than 10 times"
ELSEWHERE = "The server redirects to an address that is not http or https"


async def _chain(wire: Wire, most: int, query: str = "") -> None:
    done = int(wire.path.rpartition("-")[2].partition("?")[0]) if "/step-" in wire.path else 0
    if done >= most:
        await wire.send(head(len(TWO)) + TWO)
    else:
        await wire.send(head(0, "302 Found", None, Location=f"/step-{done + 1}{query}"))


async def _nine(wire: Wire) -> None:
    await _chain(wire, 9)


async def _twelve(wire: Wire) -> None:
    await _chain(wire, 12)


async def _growing(wire: Wire) -> None:
    await wire.send(head(0, "302 Found", None, Location=f"{wire.here}{wire.path}{'x' * 2000}"))


async def _poured(wire: Wire) -> None:
    """A redirect whose own body has no end."""
    if wire.path.endswith("/there"):
        await wire.send(head(len(TWO)) + TWO)
        return
    await endless(head(None, "301 Moved Permanently", Location="/there"), b"<p>moved</p>")(wire)


async def _moved(wire: Wire) -> None:
    if wire.path.endswith("/there"):
        await page(TWO)(wire)
    else:
        await redirect("{here}/there", "308 Permanent Redirect")(wire)


TIMES = [
    bad("silence", stall(b""), SILENT),
    bad("drip-of-the-status-line", drip(b"HTTP/1.1 200 ", b"O"), SILENT),
    bad("drip-of-headers", drip(LINE, b"X-Drop: y\r\n"), SLOW),
    bad("drip-of-one-header", drip(LINE + b"X-Drop: ", b"y"), SILENT),
    bad("drip-of-continue", drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), SILENT),
    bad("drip-of-the-body", drip(head(5000), b"<"), SLOW),
    bad("drip-of-chunks", drip(CHUNKED, b"1\r\n<\r\n"), SLOW),
    bad("drip-of-a-chunk-size", drip(CHUNKED, b"0", 0.8), SLOW),
    bad("drip-of-chunk-extensions", drip(CHUNKED + b"5;", b"a=b;"), SLOW),
    bad("drip-behind-a-megabyte", drip(head(None) + b"<rss><channel>" + b" " * 1_000_000, b" "), SLOW),
    bad("stall-behind-the-head", stall(head(len(TWO))), SLOW),
    bad("stall-in-the-middle", stall(head(len(TWO)) + TWO[:-20]), SLOW),
    bad("stall-at-the-end", stall(head(len(TWO) + 1) + TWO), SLOW),
    bad("stall-behind-19-megabytes", stall(head(None) + TWO[:-30] + b"<!--" + b"x" * 19_000_000), SLOW),
    bad("endless-blanks", endless(head(None) + b"<rss><channel>", b" "), BIG),
    bad("endless-items", endless(head(None) + b"<rss><channel>", stories(1)[0]), BIG),
    bad("endless-chunks", endless(CHUNKED, b"1000\r\n" + b"<a></a>\n" * 512 + b"\r\n"), BIG),
    bad("endless-nuls", endless(head(None), b"\0"), BIG),
]

PLACES = [
    bad("redirect-to-itself", redirect("{here}/again"), AGAIN),
    bad("redirect-chain", _twelve, AGAIN),
    bad("redirect-that-grows", _growing, UNUSABLE),
    fine("redirect-nine-times", _nine, 2),
    bad("redirect-to-a-file", redirect("file://{secret}"), ELSEWHERE),
    bad("redirect-to-a-file-of-localhost", redirect("file://localhost{secret}"), ELSEWHERE),
    bad("redirect-to-gopher", redirect("gopher://127.0.0.1:70/_x"), ELSEWHERE),
    bad("redirect-to-data", redirect("data:application/rss+xml,<rss/>"), ELSEWHERE),
    bad("redirect-to-javascript", redirect("javascript:alert(1)"), ELSEWHERE),
    bad("redirect-to-ftp", redirect("ftp://127.0.0.1/feed.xml"), ELSEWHERE),
    bad("redirect-to-feed", redirect("feed://127.0.0.1/feed.xml"), ELSEWHERE),
    bad("redirect-to-smb", redirect(r"\\127.0.0.1\share\feed.xml"), AGAIN),
    bad("redirect-to-nothing", redirect(""), "302: an unexpected redirect"),
    bad("redirect-without-a-place", page(b"", "302 Found"), "302: an unexpected redirect"),
    bad("redirect-of-several-choices", page(b"<a href=/x>x</a>", "300 Multiple Choices"), "300: an unexpected redirect"),
    bad("redirect-to-a-dead-port", redirect("http://127.0.0.1:9/"), "The server does not accept connections: 127.0.0.1:9"),
    bad(
        "redirect-to-no-port",
        redirect("http://127.0.0.1:99999/"),
        "The server redirects to an address that cannot be used",
    ),
    bad("redirect-to-no-host", redirect("http:///feed.xml"), "No such host: feed.xml"),
    bad("redirect-to-a-megabyte", redirect("{here}/" + "x" * 1_000_000), "The server sends headers without end"),
    bad("redirect-with-an-escape", redirect("{here}/\x1b]52;c;AAAA\x07"), AGAIN),
    Case("redirect-with-an-endless-body", _poured, "moved", 2, MOVED),
    Case("redirect-for-good", _moved, "moved", 2, MOVED),
]  # fmt: skip

CASES = [*TIMES, *PLACES]
