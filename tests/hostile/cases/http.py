"""Answers that break the rules of HTTP, or keep to them and say nothing of use."""

from __future__ import annotations

from tests.hostile.case import Case, Wire, bad, endless, feed, fine, head, page, raw, stories
from tests.hostile.checks import has_safe_validators

TWO = feed(*stories(2))
LINE = b"HTTP/1.1 200 OK\r\n"
TOLD = b"Content-Type: application/rss+xml\r\n"
CHUNKED = LINE + TOLD + b"Transfer-Encoding: chunked\r\n\r\n"
CUT = "The server stopped before the end of the document"
RULES = "The answer of the server breaks the rules of HTTP"
BOT = "only browsers are let in, by a check for people (Cloudflare)"
CHALLENGE = (
    b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><div id='cf-wrapper'>"
    b"<script src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1'></script></div></body></html>"
)


async def _reset(wire: Wire) -> None:
    """Half an answer, then a hard end of the connection."""
    await wire.send(head(len(TWO)) + TWO[:40])
    wire.writer.transport.abort()


def _chunks(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


BODIES = [
    bad("empty-body", page(b""), "The document is empty"),
    bad("blank-body", page(b" \r\n\t" * 5000), "The document is empty"),
    bad("nul-body", page(b"\0" * 100_000), "The document is empty"),
    bad("http-0.9", raw(TWO), "The server does not speak HTTP"),
    bad("ssh-banner", raw(b"SSH-2.0-OpenSSH_9.2\r\n" * 50), "The server does not speak HTTP"),
    bad("smtp-banner", raw(b"220 mail.example.org ESMTP ready\r\n"), "The server does not speak HTTP"),
    bad("tls-alert", raw(b"\x15\x03\x01\x00\x02\x02\x16"), "The server does not speak HTTP"),
    bad("http-2-preface", raw(b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" + b"\0" * 18), "The server does not speak HTTP"),
    bad("closed-at-once", raw(b""), "The server closed the connection without an answer"),
    bad("closed-in-the-head", raw(LINE + TOLD), "The server closed the connection in the middle of its answer"),
    bad("reset-in-the-body", _reset, CUT),
    fine("version-3.7", raw(b"HTTP/3.7 200 OK\r\n\r\n" + TWO), 2),
]

LENGTHS = [
    bad("length-too-long", raw(head(len(TWO) + 5000) + TWO), CUT),
    bad("length-too-short", raw(head(60) + TWO), "The feed breaks off before the end of its first article"),
    fine(
        "length-a-little-too-short",
        raw(head(len(TWO) - 60) + TWO),
        1,
        "The feed breaks off in the middle; only what was whole of it has come in",
    ),
    bad("length-negative", raw(LINE + TOLD + b"Content-Length: -5\r\n\r\n" + TWO), RULES),
    bad("length-a-word", raw(LINE + TOLD + b"Content-Length: many\r\n\r\n" + TWO), RULES),
    bad("length-of-exabytes", raw(LINE + b"Content-Length: 9223372036854775807\r\n\r\n" + TWO), "The document is larger than 20 MB"),
    bad("length-beyond-numbers", raw(LINE + b"Content-Length: " + b"9" * 400 + b"\r\n\r\n" + TWO), "The document is larger than 20 MB"),
    bad("two-lengths", raw(LINE + b"Content-Length: 5\r\nContent-Length: %d\r\n\r\n" % len(TWO) + TWO), RULES),
    bad("chunks-of-garbage", raw(CHUNKED + b"zzzz\r\n" + TWO), RULES),
    bad("chunk-size-overflow", raw(CHUNKED + b"fffffffffffffffffff\r\n" + TWO), RULES),
    bad("chunk-size-huge", raw(CHUNKED + b"7fffffffffffffff\r\n" + TWO), CUT),
    bad("chunk-size-negative", raw(CHUNKED + b"-5\r\n" + TWO), RULES),
    bad("chunks-without-an-end", raw(CHUNKED + _chunks(TWO)), CUT),
    bad("chunk-cut", raw(CHUNKED + b"ffff\r\n" + TWO), CUT),
    fine("chunks-with-a-length", raw(LINE + TOLD + b"Content-Length: 3\r\n" + CHUNKED[len(LINE) + len(TOLD):] + _chunks(TWO) + b"0\r\n\r\n"), 2),
    fine("chunks-of-one-byte", raw(CHUNKED + b"".join(_chunks(TWO[at : at + 1]) for at in range(len(TWO))) + b"0\r\n\r\n"), 2),
    bad("chunks-with-endless-trailers", endless(CHUNKED + _chunks(TWO) + b"0\r\n", b"X-Trailer: " + b"y" * 900 + b"\r\n"), "The server sends headers without end"),
    bad("chunk-extension-without-end", endless(CHUNKED + b"5;", b"name=value;"), "The server sent too slowly and was stopped after {n} s"),
    fine("bytes-behind-the-end", raw(head(len(TWO)) + TWO + b"HTTP/1.1 200 OK\r\n\r\nmore" * 500), 2),
]  # fmt: skip

HEADS = [
    bad("headers-without-end", endless(LINE, b"X-Filler: " + b"y" * 500 + b"\r\n"), "The server sends headers without end"),
    bad("header-line-without-end", endless(LINE + b"X-Filler: ", b"y"), "The server sends headers without end"),
    bad("status-line-without-end", endless(b"HTTP/1.1 200 ", b"OK "), "The server sends headers without end"),
    bad("headers-by-the-thousand", raw(LINE + TOLD + b"".join(b"X-%d: y\r\n" % n for n in range(20_000)) + b"\r\n" + TWO), "The server sends headers without end"),
    fine("cookies-by-the-hundred", raw(LINE + TOLD + b"".join(b"Set-Cookie: c%d=%s\r\n" % (n, b"v" * 100) for n in range(400)) + b"Content-Length: %d\r\n\r\n" % len(TWO) + TWO), 2),
    fine("validators-of-a-hundred-kilobytes", raw(LINE + TOLD + b'ETag: "' + b"e" * 90_000 + b'"\r\nLast-Modified: ' + b"m" * 90_000 + b"\r\n\r\n" + TWO), 2, check=has_safe_validators),
    fine("validators-with-escapes", raw(LINE + TOLD + b'ETag: "\x1b]52;c;AAAA\x07"\r\nLast-Modified: \x1b[2J\r\n\r\n' + TWO), 2, check=has_safe_validators),
    bad("header-with-a-nul", raw(LINE + b"X-Nul: a\0b\r\n\r\n" + TWO), RULES),
    bad("header-without-a-colon", raw(LINE + TOLD + b"this is no header\r\nnor: is this: one\r\n\r\n" + TWO), RULES),
    fine("header-folded", raw(LINE + b"Content-Type: application/rss+xml;\r\n charset=utf-8\r\n\r\n" + TWO), 2),
    fine("bare-newlines", raw(b"HTTP/1.1 200 OK\nContent-Type: text/xml\n\n" + TWO), 2),
    fine("type-of-a-picture", page(TWO, kind="image/png"), 2),
    fine("type-of-a-hundred-kilobytes", page(TWO, kind="text/" + "x" * 100_000), 2),
    fine("type-with-a-lying-charset", page(feed(*stories(2, "Grüße")), kind="text/xml; charset=utf-16"), 2),
    fine("type-missing", page(TWO, kind=None), 2),
    fine("expires-nonsense", page(TWO, Expires="Thu, 99 Foo 99999 99:99:99 GMT", Cache_Control="max-age=" + "9" * 300), 2),
    fine("early-hints", raw(b"HTTP/1.1 103 Early Hints\r\nLink: </s.css>\r\n\r\n" + head(len(TWO)) + TWO), 2),
    bad("continue-for-ever", endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), "The server sends headers without end"),
    bad("continue-and-no-more", raw(b"HTTP/1.1 100 Continue\r\n\r\n"), "The server closed the connection without an answer"),
    bad("switching-protocols", raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n" + TWO), "101: an unfinished answer"),
]  # fmt: skip


def _said(code: int, words: str, name: str = "", outcome: str = "failed", body: bytes = b"no", **others: str) -> Case:
    return bad(name or f"status-{code}", page(body, f"{code:03} Said", "text/html", **others), words, outcome)


STATUSES = [
    _said(0, "000: HTTP knows no such answer"),
    _said(199, RULES),
    _said(204, "204: the server has nothing to send"),
    _said(205, "205: the server has nothing to send"),
    _said(206, "206: the server sent only a part, which was not asked for", body=TWO),
    _said(226, "226: the server sent only a part, which was not asked for", body=TWO),
    _said(299, "299: an answer without a document"),
    _said(304, "The server said that nothing changed, but we have nothing yet", body=b""),
    _said(400, "400: the server does not understand the request"),
    _said(401, "401: a login is needed", WWW_Authenticate='Basic realm="\x1b[2Jx"'),
    _said(402, "402: payment is asked for"),
    _said(403, "403: the server refuses us"),
    _said(404, "404: not found"),
    _said(410, "410: the feed is gone for good, says its server", outcome="gone"),
    _said(418, "418: the server refuses us"),
    _said(429, "The server asked us to wait until {time}", outcome="wait"),
    _said(429, "The server asked us to wait until {time}", "status-429-for-ages", "wait", Retry_After="9" * 300),
    _said(429, "The server asked us to wait until {time}", "status-429-nonsense", "wait", Retry_After="\x1b[2J"),
    _said(451, "451: withheld for legal reasons"),
    _said(500, "500: the server failed"),
    _said(503, "503: the server is not available at the moment"),
    _said(503, "The server asked us to wait until {time}", "status-503-wait", "wait", Retry_After="120"),
    _said(521, "521: the server behind Cloudflare is down"),
    _said(599, "599: the server failed"),
    _said(999, "999: the server refuses us"),
    _said(403, f"403: {BOT}", "challenge-403", body=CHALLENGE, cf_mitigated="challenge"),
    _said(503, f"503: {BOT}", "challenge-503", body=CHALLENGE),
    _said(500, "500: the server failed", "status-500-with-a-feed", body=TWO),
    bad("status-404-without-end", endless(head(None, "404 Not Found"), b"<p>not here</p>"), "404: not found"),
]  # fmt: skip

CASES = [*BODIES, *LENGTHS, *HEADS, *STATUSES]
