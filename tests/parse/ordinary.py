"""Feeds as programs that many people use write them: their namespaces, their elements, in their order."""
# ruff: noqa: E501

NAMESPACES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "atom": "http://www.w3.org/2005/Atom",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "psc": "http://podlove.org/simple-chapters",
    "georss": "http://www.georss.org/georss",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "gml": "http://www.opengis.net/gml",
    "cc": "http://web.resource.org/cc/",
    "creativeCommons": "http://backend.userland.com/creativeCommonsRssModule",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "yt": "http://www.youtube.com/xml/schemas/2015",
    "thr": "http://purl.org/syndication/thread/1.0",
    "xhtml": "http://www.w3.org/1999/xhtml",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "googleplay": "http://www.google.com/schemas/play-podcasts/1.0",
    "webfeeds": "http://webfeeds.org/rss/1.0",
}


def declared(*prefixes: str) -> str:
    """Declarations of namespaces."""
    return "".join(f' xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in prefixes)


BLOG = f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
{declared("content", "wfw", "dc", "atom", "sy", "slash", "georss", "geo", "media")}>
<channel>
  <title>A Blog &#8211; of ours</title>
  <atom:link href="https://blog.example/feed/" rel="self" type="application/rss+xml" />
  <link>https://blog.example</link>
  <description>Just another one</description>
  <lastBuildDate>Tue, 14 May 2024 08:01:33 +0000</lastBuildDate>
  <language>en-GB</language>
  <sy:updatePeriod>
  hourly\t</sy:updatePeriod>
  <sy:updateFrequency>
  2\t</sy:updateFrequency>
  <generator>https://wordpress.org/?v=6.5.3</generator>
  <image><url>https://blog.example/i.png</url><title>Icon</title><link>https://blog.example/icon</link>
    <width>32</width><height>32</height></image>
  <cloud domain="blog.example" port="80" path="/?rsscloud=notify" registerProcedure="" protocol="http-post" />
  <site xmlns="com-wordpress:feed-additions:1">123456</site>
  <item>
    <title><![CDATA[First & <em>foremost</em>]]></title>
    <link>https://blog.example/2024/first/?a=1&amp;b=2</link>
    <comments>https://blog.example/2024/first/#comments</comments>
    <dc:creator><![CDATA[Ann Example]]></dc:creator>
    <pubDate>Tue, 14 May 2024 08:00:00 +0000</pubDate>
    <category><![CDATA[News]]></category><category domain="x">More</category>
    <guid isPermaLink="false">https://blog.example/?p=1</guid>
    <description><![CDATA[<p>The summary [&#8230;]</p>]]></description>
    <content:encoded><![CDATA[<p>The <b>whole</b> text, as long as it is.</p><img src="/a.png">]]></content:encoded>
    <wfw:commentRss>https://blog.example/2024/first/feed/</wfw:commentRss>
    <slash:comments>3</slash:comments>
    <post-id xmlns="com-wordpress:feed-additions:1">1</post-id>
    <georss:point>1.5 2.5</georss:point><geo:lat>1.5</geo:lat><geo:long>2.5</geo:long>
    <media:thumbnail url="https://blog.example/t.png" />
    <media:content url="https://blog.example/t.png" medium="image"><media:title type="html">t</media:title></media:content>
  </item>
  <item><title></title><link>https://blog.example/2</link><guid>https://blog.example/2</guid>
    <description>One &amp;amp; two &amp;nbsp; three</description></item>
</channel></rss>"""

PODCAST = f"""<?xml version='1.0' encoding='UTF-8'?>
<rss version="2.0"{declared("itunes", "googleplay", "podcast", "psc", "atom", "content", "media", "webfeeds")}>
<channel>
  <title>The Cast</title><link>https://cast.example/</link><ttl>60</ttl><copyright>Ours &#169;</copyright>
  <managingEditor>ed@cast.example (Ed)</managingEditor><webMaster>web@cast.example</webMaster>
  <itunes:author>Cast People</itunes:author><itunes:type>episodic</itunes:type><itunes:explicit>false</itunes:explicit>
  <itunes:owner><itunes:name>Owner</itunes:name><itunes:email>owner@cast.example</itunes:email></itunes:owner>
  <itunes:image href="https://cast.example/i.jpg"/><itunes:summary>All of it</itunes:summary>
  <itunes:category text="Arts"><itunes:category text="Books"/></itunes:category>
  <podcast:locked owner="owner@cast.example">yes</podcast:locked><podcast:guid>0815</podcast:guid>
  <webfeeds:accentColor>00ff00</webfeeds:accentColor><googleplay:author>GP</googleplay:author>
  <skipHours><hour>1</hour><hour>2</hour></skipHours><skipDays><day>Sunday</day></skipDays>
  <textInput><title>Find</title><description>d</description><name>q</name><link>https://cast.example/q</link></textInput>
  <item>
    <title>1: Start</title><itunes:title>Start</itunes:title><itunes:episode>1</itunes:episode>
    <itunes:author>Somebody</itunes:author><itunes:subtitle>Short</itunes:subtitle>
    <itunes:summary><![CDATA[A <a href="https://x.example">link</a>]]></itunes:summary>
    <description>&lt;p&gt;About the start&lt;/p&gt;</description>
    <enclosure url="https://cast.example/1.mp3" length="12345" type="audio/mpeg"/>
    <guid isPermaLink="false">cast-1</guid><pubDate>Wed, 01 May 2024 05:00:00 GMT</pubDate>
    <itunes:duration>01:02:03</itunes:duration><itunes:keywords>a, b</itunes:keywords>
    <itunes:image href="https://cast.example/1.jpg"/><itunes:explicit>no</itunes:explicit><itunes:block>no</itunes:block>
    <podcast:chapters url="https://cast.example/1.json" type="application/json"/>
    <podcast:transcript url="https://cast.example/1.vtt" type="text/vtt" language="de"/>
    <podcast:person role="host" href="https://p.example">Pat</podcast:person>
    <podcast:soundbite startTime="1" duration="2">Bite</podcast:soundbite>
    <podcast:value type="lightning" method="keysend"><podcast:valueRecipient name="x" address="y" split="1"/></podcast:value>
    <psc:chapters version="1.2"><psc:chapter start="00:00:00" title="Intro"/><psc:chapter start="00:01:00" title="End"/>
    </psc:chapters>
    <content:encoded><![CDATA[<p>Notes to the show, longer than the rest of all this.</p>]]></content:encoded>
  </item>
</channel></rss>"""

VIDEOS = f"""<?xml version="1.0" encoding="UTF-8"?>
<feed{declared("yt", "media")} xmlns="http://www.w3.org/2005/Atom">
 <link rel="self" href="http://www.video.example/feeds/videos.xml?channel_id=UC1"/>
 <id>yt:channel:1</id><yt:channelId>1</yt:channelId><title>Channel</title>
 <link rel="alternate" href="https://www.video.example/channel/UC1"/>
 <author><name>Channel</name><uri>https://www.video.example/channel/UC1</uri></author>
 <published>2015-01-01T00:00:00+00:00</published>
 <entry>
  <id>yt:video:abc</id><yt:videoId>abc</yt:videoId><yt:channelId>UC1</yt:channelId><title>Video &amp; more</title>
  <link rel="alternate" href="https://www.video.example/watch?v=abc"/>
  <author><name>Channel</name><uri>https://www.video.example/channel/UC1</uri></author>
  <published>2024-05-01T10:00:00+00:00</published><updated>2024-05-02T10:00:00+00:00</updated>
  <media:group>
   <media:title>Video &amp; more</media:title>
   <media:content url="https://www.video.example/v/abc?version=3" type="application/x-shockwave-flash" width="640"/>
   <media:thumbnail url="https://i.video.example/vi/abc/hq.jpg" width="480" height="360"/>
   <media:description>First line
https://example.org and more

Second paragraph</media:description>
   <media:community><media:starRating count="1" average="5.00" min="1" max="5"/><media:statistics views="9"/></media:community>
  </media:group>
 </entry>
</feed>"""

FORGE = f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"{declared("media")} xml:lang="en-US">
  <id>tag:forge.example,2008:/o/r/releases</id>
  <link type="text/html" rel="alternate" href="https://forge.example/o/r/releases"/>
  <link type="application/atom+xml" rel="self" href="https://forge.example/o/r/releases.atom"/>
  <title>Release notes from r</title><updated>2024-05-01T10:00:00Z</updated>
  <entry><id>tag:forge.example,2008:Repository/1/v2</id><updated>2024-05-01T10:00:00Z</updated>
    <link rel="alternate" type="text/html" href="https://forge.example/o/r/releases/tag/v2"/><title>v2</title>
    <content type="html">&lt;h2&gt;New&lt;/h2&gt;&lt;ul&gt;&lt;li&gt;&lt;a href="../x"&gt;x&lt;/a&gt;&lt;/li&gt;&lt;/ul&gt;</content>
    <author><name>ann</name></author><media:thumbnail height="30" width="30" url="https://a.example/1?s=60&amp;v=4"/></entry>
  <entry><id>tag:forge.example,2008:Repository/1/v1</id><updated>2024-04-01T10:00:00.123+02:00</updated>
    <link rel="alternate" type="text/html" href="https://forge.example/o/r/releases/tag/v1"/><title>v1: Füße</title>
    <content>No content.</content><author><name>bob</name></author></entry>
</feed>"""

JOURNAL = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0" xml:base="https://j.example/">
<title type="text">J</title><subtitle type="html">a &lt;b&gt;b&lt;/b&gt;</subtitle><rights>(c)</rights><icon>/i.ico</icon>
<author><name>Jo</name><email>jo@j.example</email><uri>https://j.example/jo</uri></author>
<generator uri="https://g.example" version="1">G</generator><link href="./"/><id>tag:j.example,2020:</id>
<entry xml:lang="de"><title type="html">&lt;i&gt;T&lt;/i&gt; &amp;amp; U</title><link href="2020/1"/><id>tag:j.example,2020:1</id>
<link rel="replies" type="text/html" href="2020/1#c" thr:count="3"/><link rel="enclosure" type="audio/ogg" href="1.ogg" length="5"/>
<link rel="edit" href="https://j.example/edit/1"/><category term="a" scheme="https://j.example/" label="A"/>
<contributor><name>Con</name></contributor><thr:total>3</thr:total><published>2020-01-01T00:00:00Z</published>
<updated>2020-01-02T00:00:00Z</updated><summary>Short</summary>
<content type="xhtml" xml:base="2020/"><div xmlns="http://www.w3.org/1999/xhtml"><p>One <a href="x" title="&quot;q&quot;">l</a>
&amp; more &lt;tags&gt;<br/><img src="/p.png" alt=""/></p><ul><li>1</li></ul></div></content></entry>
<entry><title>Second</title><id>tag:j.example,2020:2</id><updated>2020-01-03</updated>
<source><title>Elsewhere</title><id>urn:e</id><updated>2019-01-01T00:00:00Z</updated><link href="https://e.example/"/>
<author><name>Else</name></author></source><author><name>Two</name></author><author><name>Three</name></author>
<summary type="xhtml"><xhtml:div xmlns:xhtml="http://www.w3.org/1999/xhtml">pre<xhtml:b>fixed</xhtml:b></xhtml:div></summary>
<content type="text">a &lt; b
c</content></entry></feed>"""

TOOTS = f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"{declared("webfeeds", "media")}><channel>
<title>Ann</title><description>Public posts</description><link>https://soc.example/@ann</link>
<image><url>https://soc.example/a.png</url><title>Ann</title><link>https://soc.example/@ann</link></image>
<lastBuildDate>Fri, 10 May 2024 10:00:00 +0000</lastBuildDate><webfeeds:icon>https://soc.example/a.png</webfeeds:icon>
<generator>Mastodon v4.2.8</generator>
<item><guid isPermaLink="true">https://soc.example/@ann/1</guid><link>https://soc.example/@ann/1</link>
<pubDate>Fri, 10 May 2024 10:00:00 +0000</pubDate><description>&lt;p&gt;Hello &lt;a href="https://x.example"&gt;x&lt;/a&gt;&lt;/p&gt;</description>
<media:content url="https://soc.example/v.mp4" type="video/mp4" fileSize="9" medium="video">
<media:rating scheme="urn:simple">nonadult</media:rating><media:description type="plain">A video</media:description></media:content>
<media:content url="https://soc.example/p.png" type="image/png" medium="image"/>
<category>tag</category></item></channel></rss>"""

OLD_ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed version="0.3" xmlns="http://purl.org/atom/ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" xml:lang="en">
<title>Old</title><link rel="alternate" type="text/html" href="https://old.example/"/><tagline>t</tagline>
<modified>2004-01-01T00:00:00Z</modified><author><name>O</name></author>
<entry><title mode="escaped" type="text/html">A &amp;amp; B</title><link rel="alternate" type="text/html" href="https://old.example/1"/>
<issued>2004-01-01T10:00:00+01:00</issued><modified>2004-01-02T00:00:00Z</modified><created>2003-12-31T00:00:00Z</created>
<id>tag:old.example,2004:1</id><dc:subject>s</dc:subject><summary type="text/plain">plain</summary>
<content type="text/html" mode="escaped" xml:base="https://old.example/">&lt;p&gt;Text&lt;/p&gt;</content></entry></feed>"""

RDF = f"""<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE rdf:RDF>
<rdf:RDF{declared("rdf", "dc", "sy", "content", "cc")} xmlns="http://purl.org/rss/1.0/" xml:lang="en">
<channel rdf:about="https://rdf.example/"><title>R</title><link>https://rdf.example/</link><description>d</description>
<dc:language>en-us</dc:language><dc:rights>none</dc:rights><dc:date>2024-05-01T00:00:00+00:00</dc:date>
<sy:updatePeriod>daily</sy:updatePeriod><items><rdf:Seq><rdf:li rdf:resource="https://rdf.example/1"/></rdf:Seq></items>
<image rdf:resource="https://rdf.example/i.png"/><textinput rdf:resource="https://rdf.example/s"/></channel>
<image rdf:about="https://rdf.example/i.png"><title>I</title><url>https://rdf.example/i.png</url><link>https://rdf.example/</link></image>
<item rdf:about="https://rdf.example/1"><title>One</title><link>https://rdf.example/1</link><description>Text &amp;amp; more</description>
<dc:creator>ann</dc:creator><dc:date>2024-05-01T00:00:00+00:00</dc:date><dc:subject>x</dc:subject><dc:language>de</dc:language>
<content:encoded><![CDATA[<p>Whole text</p>]]></content:encoded><cc:license rdf:resource="https://cc.example/"/></item>
<item rdf:about="https://rdf.example/2"><title>Two</title><link>https://rdf.example/2</link></item>
<textinput rdf:about="https://rdf.example/s"><title>S</title><description>find</description><name>q</name>
<link>https://rdf.example/q</link></textinput></rdf:RDF>"""

OLD_RSS = """<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>O</title><link>https://o.example/</link><description>d</description><language>en</language>
<pubDate>Sat, 07 Sep 2002 00:00:01 GMT</pubDate><image><title>I</title><url>https://o.example/i.gif</url>
<link>https://o.example/</link><width>88</width><height>31</height><description>x</description></image>
<item><title>1</title><link>https://o.example/1</link><description>One</description></item>
<item><title>2 &lt; 3</title><link>https://o.example/2</link></item></channel></rss>"""

THREADS = """<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">
<category term="x" label="r/x"/><updated>2024-05-01T10:00:00+00:00</updated><id>/r/x/.rss</id>
<link rel="self" href="https://threads.example/r/x/.rss" type="application/atom+xml"/><title>x</title>
<entry><author><name>/u/ann</name><uri>https://threads.example/user/ann</uri></author><category term="x" label="r/x"/>
<content type="html">&lt;table&gt; &lt;tr&gt;&lt;td&gt; &lt;a href="https://threads.example/1"&gt; &lt;img src="https://t.example/1.jpg" /&gt; &lt;/a&gt; &lt;/td&gt;&lt;td&gt; &amp;#32; submitted by &amp;#32; x&lt;/td&gt;&lt;/tr&gt;&lt;/table&gt;</content>
<id>t3_1</id><media:thumbnail url="https://t.example/1.jpg" /><link href="https://threads.example/r/x/comments/1/" />
<updated>2024-05-01T10:00:00+00:00</updated><published>2024-05-01T10:00:00+00:00</published><title>Title [OC]</title></entry></feed>"""

BURNER = f"""<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet type="text/xsl" media="screen" href="/~d/styles/rss2full.xsl"?>
<rss{declared("content", "media", "feedburner", "creativeCommons", "dcterms")} xmlns:a10="http://www.w3.org/2005/Atom" version="2.0">
<channel><title>B</title><link>https://b.example/</link><a10:link rel="self" href="https://feeds.example/b"/>
<feedburner:info uri="b"/><a10:link rel="hub" href="https://hub.example/"/><feedburner:browserFriendly>Hi</feedburner:browserFriendly>
<creativeCommons:license>https://cc.example/by</creativeCommons:license>
<item><guid isPermaLink="false">g1</guid><link>https://feeds.example/~r/b/1</link><author>a@b.example (Ann B)</author>
<category>c</category><title>T</title><description>d &lt;img src="https://feeds.example/~4/x" height="1" width="1"/&gt;</description>
<feedburner:origLink>https://b.example/1</feedburner:origLink><a10:updated>2024-05-01T10:00:00Z</a10:updated>
<dcterms:modified>2024-05-02T10:00:00Z</dcterms:modified><source url="https://s.example/rss">S</source>
<media:group><media:content url="https://b.example/a.mp4" type="video/mp4"/><media:content url="https://b.example/b.mp4" medium="video"/></media:group>
<media:credit role="author">C</media:credit><media:keywords>k, l</media:keywords><expirationDate>Fri, 31 May 2024 00:00:00 GMT</expirationDate>
</item></channel></rss>"""

ALL = {
    "a blog": BLOG,
    "a podcast": PODCAST,
    "a channel of videos": VIDEOS,
    "a forge's releases": FORGE,
    "a journal": JOURNAL,
    "short posts": TOOTS,
    "Atom 0.3": OLD_ATOM,
    "RSS 1.0": RDF,
    "RSS 0.91": OLD_RSS,
    "a forum": THREADS,
    "a burnt feed": BURNER,
}
