"""What publishers, servers, lists and file names might try on whoever reads them, and a library that is full of it."""

from __future__ import annotations

import json
from pathlib import Path
from xml.sax.saxutils import escape

from tests.web import Web

MARKER = "OWNED"
TRICKS = {
    "escapes": f"\x1b]0;{MARKER}\x07\x1b[2J\x1b[31m\x1bP+q\x1b\\",
    "c1": "\x9b2J\x9d0;x\x9c\x90q\x9c\x85\x8d",
    "c0": "\r\x08\x0b\x0c\x0e\x7f\x00",
    "bidi": "\u202egnp.exe\u202c\u2066left\u2069\u2067\u2068\u202a\u202b\u202d",
    "unseen": "pay\u200bpal\u200d\u200c\u2060\ufeff\u180e\u2062\u00ad\u034f\u3164\u200e",
    "tags": "\U000e0041\U000e0042\U000e007f",
    "selectors": "v\ufe0f\ufe0e\U000e0101\U000e0102" * 3,
    "piled": "z" + "\u0301\u0316\u0335" * 12 + "\u0e2a" + "\u0e47" * 20,
    "lines": "one\u2028two\u2029three",
    "markup": "[bold red]x[/] [@click=app.quit]q[/] [link=file:///etc/passwd]l[/link] \\[b]",
    "shell": "$(touch /tmp/owned) `id` ; rm -rf / | sh & 'q\" --help",
    "path": "../../../../etc/passwd",
}
BAD = " ".join(TRICKS.values())
LOCAL = (
    "".join(TRICKS[name] for name in ("escapes", "c1", "bidi", "unseen", "tags", "markup"))
    .replace("/", "-")
    .replace("\0", "")
)


def json_feed(address: str) -> str:
    """A feed that says BAD in every place where it says anything; JSON carries any character."""
    link = f"https://bank.com@evil.example/{BAD}"
    said = escape(BAD)
    body = f'<p title="{said}">{said} <a href="{escape(link)}">{said}</a></p>'
    body += f'<pre><code class="language-{said}">{said}</code></pre>'
    body += f'<img src="https://a.example/{escape(BAD)}.png" alt="{escape(BAD)}"><abbr title="W{escape(BAD)}">Wx</abbr>'
    body += (
        f"<table><tr><th>{escape(BAD)}</th><td>{escape(BAD)}</td></tr><tr><td>{'c' * 90}</td><td>x</td></tr></table>"
    )
    body += "<p>z" + "".join(f"<{tag}>\u0301</{tag}>" for tag in ("b", "i", "span") * 9) + "</p>"
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": BAD,
            "home_page_url": link,
            "language": BAD,
            "items": [
                {
                    "id": BAD,
                    "url": link,
                    "title": f"{name} {trick}",
                    "content_html": body,
                    "summary": BAD,
                    "date_published": f"2026-01-{day:02}T00:00:00Z",
                    "authors": [{"name": BAD, "url": link}],
                    "tags": [BAD],
                    "language": BAD,
                    "attachments": [{"url": f"{address}files/{name}#{BAD}", "mime_type": BAD, "title": BAD}],
                }
                for day, (name, trick) in enumerate(TRICKS.items(), 1)
            ],
        }
    )


def rss_feed() -> bytes:
    """The same in RSS, raw and as character references, as no XML parser that is strict would take it."""
    said = escape(BAD) + "".join(f"&#{ord(char)};" for char in BAD if not char.isalnum())
    item = (
        f"<item><title>{said}</title><link>https://evil.example/{escape(BAD)}</link><guid>{said}</guid><author>{said}</author>"
        f"<category>{said}</category><comments>javascript:{said}</comments><description>{said}</description>"
        f'<enclosure url="https://evil.example/{escape(BAD)}" type="{escape(BAD)}" length="9"/></item>'
    ).replace("'q\"", "q")
    return f"<rss version='2.0'><channel><title>{said}</title><link>https://evil.example/</link>{item}</channel></rss>".encode(
        "utf-8", "surrogatepass"
    )


def opml() -> str:
    """A list with BAD in it, and with what other readers would have run."""
    said = escape(BAD, {'"': "&quot;"})
    return (
        f"<opml version='2.0'><head><title>{said}</title></head><body><outline text=\"{said}\">"
        f'<outline text="{said}" title="{said}" xmlUrl="https://127.0.0.1:9/{said}" htmlUrl="javascript:{said}"'
        f' category="/{said}/x"/>'
        f'<outline text="c" xmlUrl="|touch {said}"/><outline text="e" xmlUrl="exec:{said}"/>'
        f'<outline text="f" xmlUrl="filter:sh -c {said}:https://a.example/"/>'
        f'<outline text="j" xmlUrl="javascript:{said}"/>'
        f'<outline text="p" xmlUrl="file:///etc/{said}"/></outline></body></opml>'
    )


def serve(web: Web) -> dict[str, str]:
    """Hostile pages, by what they are."""
    home = web.url("/")
    pages = {
        "json": web.put("/feed.json", json_feed(home), type="application/feed+json"),
        "rss": web.put("/feed.xml", rss_feed()),
        "error": web.put("/error", b"x", status=503, headers={"X-Said": "\x9b2J", "Retry-After": "\x1b[2J"}),
        "kind": web.put("/kind", BAD, type="text/\x9b2Jplain"),
        "away": web.put("/away", b"", status=302, location="javascript:\x9b2J"),
        "broken": web.put("/broken", b"<rss><channel><title>" + BAD.encode() + b"<item>"),
        "page": web.put(
            "/page",
            f'<title>{escape(BAD)}</title><link rel="alternate" type="{MARKER}" href="/{BAD}">',
            type="text/html",
        ),
        "several": web.put(
            "/several",
            "".join(
                f'<link rel="alternate" type="application/rss+xml" title="{escape(BAD)}"'
                f' href="/feed.xml?{n}{escape(BAD)}">'
                for n in "ab"
            ),
            type="text/html",
        ),
    }
    for name in TRICKS:
        web.put(f"/files/{name}", b"sound")
    return pages


def files(place: Path) -> Path:
    """A directory whose names are as bad as its texts."""
    place.mkdir()
    for ending in (".txt", ".md", ".html", ".xml"):
        (place / f"{LOCAL}{ending}").write_bytes(f"{BAD}\n\n# {BAD}\n\n[{MARKER}](javascript:x) {BAD}\n".encode())
    (place / f"sub{LOCAL}").mkdir()
    (place / f"sub{LOCAL}" / "-rf ..txt").write_bytes(f"title: {BAD}\n{BAD}\n".encode())
    return place
