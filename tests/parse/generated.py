"""Feeds put together at random from the elements that feeds are made of, and from some that are none of theirs."""

from hypothesis import strategies as st

from tests.parse.ordinary import declared

PREFIXES = (
    "content", "dc", "dcterms", "media", "itunes", "sy", "slash", "wfw", "atom", "podcast", "psc", "georss", "geo",
    "gml", "cc", "creativeCommons", "feedburner", "yt", "thr", "xhtml", "rdf", "googleplay",
)  # fmt: skip
USUAL = (
    "title", "link", "description", "guid", "id", "pubDate", "author", "category", "comments", "enclosure", "summary",
    "content", "published", "updated", "content:encoded", "dc:creator", "dc:date", "media:content", "media:group",
    "itunes:author", "itunes:summary", "source", "image",
)  # fmt: skip
RARE = (
    "managingEditor", "issued", "modified", "created", "name", "email", "uri", "url", "textInput", "language", "ttl",
    "width", "height", "rights", "copyright", "subtitle", "tagline", "generator", "cloud", "skipHours", "hour", "docs",
    "webMaster", "lastBuildDate", "contributor", "date", "body", "fullitem", "abstract", "info", "tags", "keywords",
    "where", "unknown", "logo", "icon", "homepage", "item", "entry", "expirationDate", "div", "p", "dc:title",
    "dc:description", "dc:language", "dc:subject", "dc:contributor", "dc:publisher", "dc:rights", "dcterms:created",
    "dcterms:issued", "dcterms:modified", "media:title", "media:description", "media:thumbnail", "media:credit",
    "media:rating", "media:category", "media:keywords", "media:player", "media:license", "media:community",
    "itunes:subtitle", "itunes:owner", "itunes:name", "itunes:email", "itunes:image", "itunes:link", "itunes:category",
    "itunes:keywords", "itunes:explicit", "itunes:block", "sy:updatePeriod", "sy:updateFrequency", "atom:link",
    "atom:author", "atom:name", "atom:id", "atom:title", "atom:summary", "atom:content", "atom:updated",
    "slash:comments", "wfw:commentRss", "podcast:person", "psc:chapters", "psc:chapter", "georss:point",
    "georss:where", "gml:Point", "gml:pos", "geo:lat", "cc:license", "creativeCommons:license", "yt:videoId",
    "feedburner:origLink", "thr:total", "xhtml:body", "xhtml:div", "xhtml:p", "rdf:li",
)  # fmt: skip
TEXTS = (
    "", "", " ", "Title", "One &amp; two", "&lt;b&gt;bold&lt;/b&gt; text", "<![CDATA[<p>Para</p> & more &nbsp; ok]]>",
    "&amp;lt;i&amp;gt;", "Wed, 02 Oct 2002 13:00:00 GMT", "2003-12-13T18:30:02Z", "2003-12-13", "13. Dezember, abends",
    "Ann (ann@example.org)", "ann@example.org (Ann)", "ann@example.org", "Ann &lt;ann@example.org&gt;",
    "http://example.org/1?a=1&amp;b=2", "/path", "https:///example.org/x", "Ünïcødé", "Ã¼ber", "&#x93;quoted&#x94;",
    "false", "en-US", "de_DE", "60", "daily", "a,b", "  spaced\n\t text ", "&#8217;s", "&#xD83D;&#xDE00;", "a &lt; b",
    "<!-- a comment -->", "<?a pi?>", "]]&gt;", "\U0001f600",
)  # fmt: skip
ATTRIBUTES = {
    "type": ("html", "xhtml", "text", "text/html", "text/plain", "application/xhtml+xml", "audio/mpeg", "HTML"),
    "rel": ("alternate", "self", "replies", "enclosure", "via", "Alternate", "hub"),
    "href": ("http://example.org/h", "/h", "", "h?x=1&amp;y=2"),
    "url": ("http://example.org/u.mp3", "u.mp3"),
    "isPermaLink": ("true", "false", "FALSE"),
    "xml:lang": ("en", "de_AT", ""),
    "xml:base": ("http://base.example/d/", "sub/"),
    "length": ("10", "x"),
    "medium": ("video", "image"),
    "text": ("News",),
    "start": ("00:00:01",),
    "rdf:about": ("urn:x",),
    "mode": ("escaped", "base64"),
    "title": ("T&quot;t",),
    "Type": ("html",),
    "yt:type": ("html",),
}

names = st.sampled_from(USUAL) | st.sampled_from(RARE)
texts = st.sampled_from(TEXTS)
attributes = st.dictionaries(st.sampled_from(sorted(ATTRIBUTES)), st.integers(0, 7), max_size=2).map(
    lambda chosen: "".join(
        f' {name}="{ATTRIBUTES[name][number % len(ATTRIBUTES[name])]}"' for name, number in chosen.items()
    )
)
plain = st.just("") | st.just("") | attributes
leaves = st.tuples(names, plain, texts).map(lambda each: f"<{each[0]}{each[1]}>{each[2]}</{each[0]}>")
elements = st.recursive(
    leaves,
    lambda inner: st.tuples(names, plain, st.lists(inner | texts, max_size=3)).map(
        lambda each: f"<{each[0]}{each[1]}>{''.join(each[2])}</{each[0]}>"
    ),
    max_leaves=4,
)
several = st.lists(elements, max_size=8).map("".join)
_ROOTS = (
    ('<rss version="2.0"{}>', "<channel>", "item", "</channel></rss>"),
    ('<rss version="0.91"{}>', "<channel>", "item", "</channel></rss>"),
    ('<feed xmlns="http://www.w3.org/2005/Atom"{}>', "", "entry", "</feed>"),
    ('<feed version="0.3" xmlns="http://purl.org/atom/ns#"{}>', "", "entry", "</feed>"),
    ('<rdf:RDF xmlns="http://purl.org/rss/1.0/"{}>', "<channel><title>T</title></channel>", "item", "</rdf:RDF>"),
)


@st.composite
def feeds(draw: st.DrawFn) -> str:
    """A well-formed document; now and then its prefixes are others than usual."""
    root, channel, item, end = draw(st.sampled_from(_ROOTS))
    entries = draw(st.lists(several, max_size=3))
    inside = draw(several) + "".join(f"<{item}>{entry}</{item}>" for entry in entries)
    text = root.format(declared(*draw(st.permutations(PREFIXES)))) + channel + inside + end
    other = draw(st.sampled_from(("", "", "", "dc", "media", "atom", "itunes")))
    return text.replace(f"{other}:", "other:").replace(f"xmlns:{other}=", "xmlns:other=") if other else text
