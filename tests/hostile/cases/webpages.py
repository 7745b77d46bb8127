"""What sites send instead of a feed."""

from __future__ import annotations

from tests.hostile.case import Serve, bad, feed, page, stories

TWO = feed(*stories(2))
NO_FEED = "The address gives a web page and no feed"
NEITHER = "The document is neither a feed nor a web page"


def html(body: str, title: str = "Home", more: str = "") -> Serve:
    text = f"<!DOCTYPE html><html><head><title>{title}</title>{more}</head><body>{body}</body></html>"
    return page(text.encode(), kind="text/html; charset=utf-8")


def _challenge() -> Serve:
    script = "<script src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1?ray=1'></script>"
    return html("<noscript>Enable JavaScript and cookies to continue</noscript>" + script, "Just a moment...")


def _links() -> bytes:
    return b"<html><body>" + b"".join(b"<a href='/page/%d'>x</a>" % n for n in range(30_000))


CASES = [
    bad("page", html("<h1>Welcome</h1><p>Words.</p>"), NO_FEED),
    bad("page-as-a-feed", page(b"<!DOCTYPE html><html><body><p>Words.</p></body></html>"), NO_FEED),
    bad("page-that-names-a-feed", html("x", more='<link rel="alternate" type="application/rss+xml" href="/real.xml">'), NO_FEED + "; the feed it names is {here}/real.xml"),
    bad("page-that-names-a-script", html("x", more='<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">'), NO_FEED),
    bad("page-with-escapes", html("x\x1b[2J", "\x1b]0;x\x07", '<link rel="alternate" type="application/rss+xml" href="/\u202er\x1b[2J.xml">'), NO_FEED + "; the feed it names is {here}/{clean}"),
    bad("page-of-five-megabytes", page(lambda: b"<html><body>" + b"<p>words <b>and" * 350_000), NO_FEED),
    bad("page-of-links", page(_links), NO_FEED),
    bad("page-100k-deep", page(lambda: b"<html><body>" + b"<div>" * 200_000), NO_FEED),
    bad("page-of-attributes", page(lambda: b"<html><body><p" + b"".join(b" a%d=x" % n for n in range(150_000)) + b">"), NO_FEED),
    bad("page-of-a-login", html("<h1>Sign in</h1><form action='/login' method='post'><input name='user'><input type='password' name='pass'></form>", "Log in"), "The address gives a page that asks for a login, and no feed"),
    bad("page-of-a-portal", html("<p>Welcome to HotelNet. Accept the terms to go online.</p><form action='/grant'><input type=submit></form><!-- <WISPAccessGatewayParam><Redirect/> -->", "HotelNet Wi-Fi"), "The network that you are in wants a login of its own before it lets anything through"),
    bad("page-of-a-challenge", _challenge(), "The site lets only browsers in, by a check for people (Cloudflare)"),
    bad("page-of-a-captcha", html("<form><div class='g-recaptcha' data-sitekey='x'></div></form><p>Please verify you are a human.</p>", "Are you a robot?"), "The site lets only browsers in, by a check for people"),
    bad("page-of-incapsula", html("<iframe src='/_Incapsula_Resource?SWUDNSAI=31'></iframe>Request unsuccessful. Incapsula incident ID: 1"), "The site lets only browsers in, by a check for people (Imperva)"),
    bad("page-of-ddos-guard", html("<p>Checking your browser before accessing example.org.</p>", "DDoS-Guard"), "The site lets only browsers in, by a check for people (DDoS-Guard)"),
    bad("page-of-consent", html("<form action='https://consent.example.org/save'>Before you continue, accept cookies</form>", "Before you continue to Example"), "The site asks for consent to its cookies first and gives no feed"),
    bad("page-of-a-parked-domain", html("<h1>example.org is for sale</h1><p>This domain may be for sale. Buy this domain.</p>", "example.org"), "The domain is for sale or parked; there is no feed any more"),
    bad("page-of-maintenance", html("<h1>Briefly unavailable for scheduled maintenance. Check back in a minute.</h1>", "Maintenance"), "The site is down for maintenance and gives no feed"),
    bad("page-of-a-database-error", html("<h1>Error establishing a database connection</h1>", "Database Error"), "The site has trouble with its database and gives no feed"),
    bad("page-not-found-with-200", html("<h1>404 Not Found</h1><p>nginx</p>", "404 Not Found"), "The address gives a page that says \"not found\", and no feed"),
    bad("page-of-a-suspended-account", html("<p>This Account has been suspended. Contact your hosting provider.</p>", "Account Suspended"), "The account of the site is suspended, says its host"),
    bad("page-of-frames", html("", more="<meta http-equiv='refresh' content='0;url=javascript:alert(1)'>"), NO_FEED),
    bad("page-index-of", html("<h1>Index of /</h1><pre><a href='x/'>x/</a></pre>", "Index of /"), NO_FEED),
    bad("text-ok", page(b"OK", kind="text/plain"), NEITHER),
    bad("text-of-five-megabytes", page(lambda: b"words and words\n" * 320_000, kind="text/plain"), NEITHER),
    bad("text-of-php", page(b"<br />\n<b>Fatal error</b>: Uncaught Error in /var/www/feed.php:3", kind="text/html"), NO_FEED),
    bad("picture", page(b"\x89PNG\r\n\x1a\n" + bytes(200), kind="image/png"), "The document is a picture, not a feed"),
    bad("pdf", page(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(500), kind="application/pdf"), "The document is a PDF file, not a feed"),
    bad("recording", page(b"ID3\x04" + bytes(300_000), kind="audio/mpeg"), "The document is a recording, not a feed"),
    bad("program", page(b"MZ\x90\0\x03" + bytes(3000)), NEITHER),
    bad("markdown", page(b"# A title\n\nSome *words*.\n", kind="text/markdown"), NEITHER),
    bad("csv", page(b"a,b,c\n1,2,3\n" * 1000, kind="text/csv"), NEITHER),
]  # fmt: skip
