"""Feeds that are well-formed and whose articles are not."""

from __future__ import annotations

from tests.hostile.case import Case, feed, fine, item, page
from tests.hostile.checks import Check, has_bounded_files, has_safe_links, has_sane_dates, is_clean, is_short

MANY = 100_000
ODD_DATES = (
    "Mon, 01 Jan 0000 00:00:00 GMT", "0000-00-00T00:00:00Z", "9999-12-31T23:59:59Z", "Fri, 31 Dec 9999 23:59:59 -1400",
    "1" + "0" * 300, "-" + "9" * 300, "1e308", "NaN", "Tue, 99 Foo 99999 99:99:99 +9999", "2024-02-30T25:61:61Z",
    "1970-01-01T00:00:00+99:99", "-0001-01-01T00:00:00Z", "253402300800", "99999999999999", "١٢/٣/٢٠٢٤", "\u202e2024",
    "now", "0", "-1", "Thu, 01 Jan 1970 00:00:00 GMT", "12345-01-01",
)  # fmt: skip


def _one(name: str, more: str | bytes, check: Check = has_safe_links) -> Case:
    return fine(
        name,
        page(feed(b"<item>" + (more.encode() if isinstance(more, str) else more) + b"</item>", item(2))),
        2,
        check=check,
    )


def _guids(*guids: str) -> bytes:
    return feed(
        *(
            f"<item><guid>{guid}</guid><title>Story {number}</title></item>".encode()
            for number, guid in enumerate(guids)
        )
    )


BAD_LINKS = ("javascript:alert(1)", "data:text/html,&lt;script>", "file:///etc/passwd", "vbscript:x", "\x09java\x0ascript:x", "&#1;javascript:x", "JaVaScRiPt:x", "//", "http://", "http://[::1", "http://a b/", "view-source:http://x/", "-oProxyCommand=x", "http://x/$(reboot);`id`|sh")  # fmt: skip


def _links() -> bytes:
    items = (f"<item><title>T{n}</title><link>{link}</link><comments>{link}</comments><enclosure url='{link}' length='9' type='x/y'/></item>" for n, link in enumerate(BAD_LINKS))  # fmt: skip
    return feed(*(each.encode() for each in items))


CASES = [
    fine("dates", page(feed(*(item(n, more=f"<pubDate>{date}</pubDate>") for n, date in enumerate(ODD_DATES)))), len(ODD_DATES), check=has_sane_dates),
    fine("dates-of-a-megabyte", page(feed(item(1, more="<pubDate>" + "9" * 1_000_000 + "</pubDate>"), item(2, more="<pubDate>" + "Mon, " * 200_000 + "</pubDate>"))), 2, check=has_sane_dates),
    fine("guids-that-repeat", page(_guids(*["same"] * 500)), 500),
    fine("guids-that-are-empty", page(_guids(*[""] * 50, *[" "] * 50)), 100),
    fine("guids-of-a-megabyte", page(lambda: _guids("g" * 1_000_000, "g" * 1_000_000 + "h")), 2, check=is_short),
    fine("guids-with-escapes", page(_guids("&#27;[2J", "\u202ea", "a\u200b", "a")), 4, check=is_clean),
    fine("guids-that-repeat-by-the-thousand", page(lambda: feed(*(b"<item><guid>x</guid><title>%d</title></item>" % n for n in range(3_000)))), 3_000),
    fine("copies-by-the-ten-thousand", page(lambda: feed(*[item(1)] * 10_000)), 1),
    fine("links-of-every-kind", page(_links), len(BAD_LINKS), check=has_safe_links),
    _one("link-of-a-megabyte", "<title>x</title><link>http://example.org/" + "y" * 1_000_000 + "</link>", is_short),
    _one("title-of-ten-megabytes", b"<title>" + b"word " * 2_000_000 + b"</title>", is_short),
    _one("title-of-markup", b"<title>" + b"&lt;b>" * 500_000 + b"</title>", is_short),
    _one("title-that-sets-the-clipboard", "<title>a&#27;]52;c;ZWNobw==&#7;b \u202etxt.exe [bold]x[/] $(id)</title>", is_clean),
    _one("title-of-accents", "<title>Z" + "\u0301" * 50_000 + "</title>", is_short),
    _one("author-of-a-megabyte", "<title>x</title><author>" + "a" * 1_000_000 + "</author>", is_short),
    _one("authors-by-the-hundred-thousand", "<title>x</title>" + "".join(f"<author>a{n}</author>" for n in range(MANY)), is_short),
    _one("categories-by-the-hundred-thousand", "<title>x</title>" + "<category>c</category>" * MANY),
    _one("enclosures-by-the-hundred-thousand", "<title>x</title>" + "".join(f"<enclosure url='http://example.org/{n}' length='1' type='audio/mpeg'/>" for n in range(MANY)), has_bounded_files),
    _one("enclosure-of-exabytes", "<title>x</title><enclosure url='http://example.org/a.mp3' length='" + "9" * 5000 + "' type='" + "t" * 9999 + "'/>", has_bounded_files),
    _one("enclosure-of-less-than-nothing", "<title>x</title><enclosure url='http://example.org/a.mp3' length='-1' type='audio/mpeg'/>", has_bounded_files),
    _one("media-by-the-hundred-thousand", "<title>x</title>" + "".join(f"<media:content xmlns:media='http://search.yahoo.com/mrss/' url='http://example.org/{n}' medium='video'/>" for n in range(20_000)), has_bounded_files),
    _one("descriptions-by-the-ten-thousand", "<title>x</title>" + "<description>words and words</description>" * 10_000),
    _one("contents-by-the-ten-thousand", "<title>x</title>" + "<c:encoded xmlns:c='http://purl.org/rss/1.0/modules/content/'>words and words</c:encoded>" * 10_000),
    _one("geometry", "<title>x</title><georss:polygon xmlns:georss='http://www.georss.org/georss'>" + "1 " * 200_001 + "</georss:polygon>"),
    fine("ttl-beyond-numbers", page(feed(*(item(n) for n in range(2)), channel=b"<ttl>" + b"9" * 400 + b"</ttl><skipHours><hour>999</hour></skipHours>")), 2),
    fine("ttl-of-infinity", page(feed(*(item(n) for n in range(2)), channel=b"<ttl>inf</ttl>")), 2),
    fine("period-nonsense", page(feed(*(item(n) for n in range(2)), channel=b"<sy:updatePeriod xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'>hourly</sy:updatePeriod><sy:updateFrequency xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'>nan</sy:updateFrequency>")), 2),
    fine("feed-title-of-five-megabytes", page(lambda: feed(item(1), item(2), channel=b"<title>" + b"x" * 5_000_000 + b"</title>")), 2),
]  # fmt: skip
