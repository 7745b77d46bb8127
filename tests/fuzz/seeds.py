"""What each target begins with: the samples, where there are any, and some cases made by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from reader.parse import wire
from reader.parse.source import Source
from tests.corpora import ROOT
from tests.safety import hostile

_LARGEST = 8_000  # bytes; larger ones make a fuzzer slow and teach it little
_HTML = (
    '<p dir="rtl">a<b>\u0301</b><i>\u0301</i> <a href="https://u:p@b.example/\u202e">x</a><img src="i" alt="y">',
    '<ul><li>a<ol start="9" type="i"><li>b</ol></ul><table><tr><th colspan="3">h<td rowspan=2>d</table><pre>x\ty</pre>',
    "<details><summary>s</summary><dl><dt>t<dd>d</dl></details><figure><img src=a><figcaption>c</figcaption></figure>",
    '<h2 id="n">h</h2><a href="#n">1</a><sup>2</sup><abbr title="World Wide Web">WWW</abbr><math><mi>x</mi></math>',
    "<script>x</script><style>y</style><plaintext><iframe src='https://www.youtube.com/embed/abc'></iframe><svg><a>",
)
_ATOM = """<feed xmlns='http://www.w3.org/2005/Atom' xml:base='/x'><entry><id>1</id><title type='xhtml'><div>a&lt;</div>
</title><updated>2026-01-01T00:00:00Z</updated><link rel="enclosure" href="a"/><content type='html'>&lt;p&gt;</content>
</entry></feed>"""
_LOOP = """<!DOCTYPE x [<!ENTITY a "&b;"><!ENTITY b "&a;">]><rss><channel><item><title>&a;</title><guid/></item>
</channel></rss>"""
_FOLDERS = {
    "feed": ("feeds",),
    "body": ("pages", "local/html"),
    "page": ("pages",),
    "local": ("local", "plaintext"),
    "opml": ("opml",),
}
_MADE: dict[str, tuple[bytes | str, ...]] = {
    "feed": (
        hostile.rss_feed(),
        hostile.json_feed("https://a.example/"),
        _ATOM,
        _LOOP,
    ),
    "body": _HTML,
    "page": tuple(
        f"<html><head><title>t</title></head><body><article>{each}{'word ' * 80}</article></body></html>"
        for each in _HTML
    ),
    "local": (
        "---\ntitle: x\ndate: 2026-01-01\n---\n# a\n\n- b\n\n| c | d |\n|---|---|\n| e | f |\n",
        "CITY (AP) - Words.\n\n* * *\n  x\n",
    ),
    "opml": (hostile.opml(),),
    "query": ('title:"a b" OR -(is:unread newer:2w) x*', "feed:x words:>800 sort:best", "after:2026-02-30 NOT (", '"'),
    "config": ('[refresh]\non_open = false\n[keys]\nundo = ["x"]\n', "theme = 1\n[images]\nshow = 'x'\n"),
    "dates": (
        "Mon, 01 Jan 2026 00:00:00 +0100",
        "2026-01-01T00:00:00Z",
        "0000-00-00",
        "99999999999",
        "31 Feb 9999 25:61 PDT",
    ),
    "subset": _HTML,
    "wire": (
        wire.request(Source(b"<rss/>", "https://a.example/", "feed")),
        wire.frame({"kind": "unreadable", "reason": "x"}),
    ),
    "address": (
        "https://u:p@b.example:8/\\@x?y#z",
        "mailto:a@b?attach=c",
        "//p\u0430y.example/\u3002",
        "https:/%65vil/$(x)",
    ),
    "text": tuple(hostile.TRICKS.values()),
}


def seeds(target: str) -> Iterator[bytes]:
    """The inputs to begin with; the first byte of each chooses how it is read."""
    for name in _FOLDERS.get(target, ()):
        for path in sorted((ROOT / name).rglob("*")):
            if path.is_file() and path.stat().st_size <= _LARGEST:
                yield from (bytes([choice]) + path.read_bytes() for choice in (0, 1))
    for made in _MADE[target]:
        data = made if isinstance(made, bytes) else made.encode("utf-8", "surrogatepass")
        yield from (bytes([choice]) + data for choice in range(4))


def write(target: str, place: Path) -> int:
    """Put the seeds into a directory; how many there are."""
    count = 0
    for count, data in enumerate(seeds(target), 1):
        (place / f"seed-{count:05}").write_bytes(data)
    return count


_WORDS = {
    "feed": "<rss> <channel> <item> <title> <link> <guid> <description> <content:encoded> <![CDATA[ ]]> <entry> <id>",
    "opml": "<outline text= xmlUrl= title= category= exec: |cmd file:///etc/ />",
    "query": 'title: author: feed: is: has: newer: older: after: before: words: sort: OR NOT " ( ) * -',
    "config": "[refresh] [fetch] [list] [article] [images] [downloads] [keys] = true false",
}
_TAGS = (
    "<p> </p> <a href= <img <table> <tr> <td> <pre> <li> <b> </b> dir= id= &#x1b; &#x9b; &#x301; &#x200d; # ** | ---"
)


def dictionary(target: str) -> str:
    """Words that a fuzzer would not find by itself."""
    return "".join(f"{json.dumps(word)}\n" for word in _WORDS.get(target, _TAGS).split())
