"""Made-up news for the pictures: good-natured, lifelike, and about nobody."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import formatdate
from xml.sax.saxutils import escape, quoteattr

MINUTE, HOUR, DAY = 60, 3600, 86400


@dataclass(frozen=True)
class Story:
    """An article: ``age`` in seconds, ``body`` as a publisher would write it."""

    title: str
    age: int
    body: str
    author: str = ""
    is_read: bool = False
    is_bookmarked: bool = False
    comments: bool = False


@dataclass(frozen=True)
class Paper:
    """A feed with its stories, newest first."""

    name: str
    title: str
    folder: str
    stories: tuple[Story, ...]
    trouble: str = ""


_FERRY = """
<p>LERWICK, Nov. 20 — The night ferry to the outer islands sailed again on Thursday, eleven years after the last
crossing, with forty-one passengers, two dogs and a piano on board.</p>
<p>“We had planned for twenty,” said Marit Sund, who sold the tickets from a table on the quay. “Then the brass band
asked whether they could come too, and after that there was no stopping it.”</p>
<p>The line was closed when the old ship failed its inspection. Islanders bought her for the price of her steel, and
have repaired her since at weekends and in the evenings. The engine came out of a fishing boat; the bell was found in a
school; the tables in the saloon are doors.</p>
<h2>A timetable written by the tide</h2>
<p>She will sail three nights a week, when the tide allows:</p>
<ul>
<li>on Mondays to the lighthouse and back before breakfast,</li>
<li>on Thursdays round all five islands, with the post,</li>
<li>on Saturdays wherever most people want to go.</li>
</ul>
<blockquote><p>A ferry is a road that comes to fetch you. We have missed ours.</p></blockquote>
<p>The council has promised fuel for the first winter. What comes after, said its chairman, will be seen in spring: “If
she is full, we shall have been wise. If she is empty, we shall have been brave.” The full list of crossings is on
<a href="https://gazette.example/ferry">the harbour's own page</a>, and on the door of every shop.</p>
<p>The piano was unloaded at the third island a little after two in the morning. It was in tune.</p>
"""
_SCHEDULER = """
<p>For most of its life the scheduler had one virtue: it never waited. Whatever could run, ran. This month a patch of
ninety lines taught it patience, and nearly everything got faster.</p>
<h2>Doing nothing, on purpose</h2>
<p>The idea is old. A task that wakes up is likely to wake another; a core that hurries off to other work has to be
called back. The new code lets an idle core look at the door for a moment before it leaves:</p>
<pre><code class="language-c">if (idle_for(cpu) &lt; patience(cpu))
        return keep_waiting(cpu);

steal_from(busiest(cpu));</code></pre>
<p>How long a moment is depends on what happened the last few times. On a small machine it is about as long as light
needs to cross a village.</p>
<table>
<tr><th>Work</th><th>Before</th><th>After</th></tr>
<tr><td>Building the kernel</td><td>212 s</td><td>198 s</td></tr>
<tr><td>A busy mail server</td><td>31 ms</td><td>22 ms</td></tr>
<tr><td>One person, typing</td><td>9 ms</td><td>4 ms</td></tr>
</table>
<p>The discussion took four years and two hundred messages. The author answered the last of them with one word, which
was “patience”.</p>
"""
_MILLS = """
<p>Twice a day the sea climbs into the estuary and twice a day it leaves. For eight hundred years people along this
coast have shut a gate behind it and ground their corn with what ran out. A tidal mill needs no river and no wind, only
the moon, which has been reliable.</p>
<p>Of some two hundred mills on old maps, nineteen still have a roof and four have a wheel. This guide tells you how to
know one when only the pond is left: a straight wall where nature would have made a curve.</p>
"""
_READING = """
<p>I have begun to read every article I open to its end. It is a small rule, and it has ruined my evenings in the
best way. There is a tide in a good essay, and whoever leaves at the headline never feels it turn.</p>
<p>What surprised me was not how much I had missed but how little I needed to open.</p>
"""


def _short(*paragraphs: str) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


PAPERS: tuple[Paper, ...] = (
    Paper(
        "gazette",
        "Harbour Gazette",
        "World",
        (
            Story("Night ferry to the outer islands sails again after eleven years", 18 * MINUTE, _FERRY, "Ida Holm"),
            Story(
                "Three villages vote to share one winter fair",
                3 * HOUR,
                _short(
                    "Nobody lost the vote, held twice because the first count came out even in all three.",
                    "The fair will move with the tide of opinion, said the oldest mayor, and stay where it is fed.",
                ),
                "Ida Holm",
                is_read=True,
            ),
            Story(
                "Lighthouse archive opens its drawers after a hundred years",
                26 * HOUR,
                _short(
                    "The keepers wrote down every ship, every storm and, on quiet nights, what they had for supper.",
                    "Readers may touch the pages if their hands are clean. A basin stands at the door.",
                ),
                "Jon Aske",
            ),
            Story(
                "Bakers agree on the weight of a loaf, and on nothing else",
                2 * DAY,
                _short("Eight hundred grams, said all of them. Then somebody mentioned caraway."),
                "Jon Aske",
                is_read=True,
                is_bookmarked=True,
            ),
        ),
    ),
    Paper(
        "courier",
        "The Northern Courier",
        "World",
        (
            Story(
                "Mountain railway to run on Sundays again",
                70 * MINUTE,
                _short(
                    "The nine o'clock will wait for the church bell, as it used to, and leave during the last verse.",
                    "Dogs travel free, goats by arrangement.",
                ),
                "Per Lunde",
            ),
            Story(
                "مكتبة متنقلة تعود إلى قرى الوادي",
                5 * HOUR,
                _short(
                    "عادت المكتبة المتنقلة إلى قرى الوادي بعد غياب دام عشر سنوات، ومعها ألفا كتاب وصندوق من الحكايات."
                ),
            ),
            Story(
                "港町の朝市、三百年ぶりに場所を移す",
                7 * HOUR,
                _short("港町の朝市は、潮の満ち引きに合わせて三百年のあいだ同じ石畳の上で開かれてきた。"),
                is_read=True,
            ),
        ),
    ),
    Paper(
        "kettle",
        "Kernel & Kettle",
        "Technology",
        (
            Story(
                "The scheduler that learned to wait",
                2 * HOUR,
                _SCHEDULER,
                "R. Okafor",
                is_bookmarked=True,
                comments=True,
            ),
            Story(
                "A file system that forgets nothing, <briefly> explained",
                9 * HOUR,
                _short(
                    "Every version of every file is still there; the trick is to make that cheap and find it again.",
                    "It keeps a tide table of its own: what changes often lies near the shore, what rests lies deep.",
                ),
                "L. Varga",
                comments=True,
            ),
            Story(
                "Your terminal could always do that",
                31 * HOUR,
                _short(
                    "Forty years of small courtesies, from the bell to the hyperlink, and how to ask for them politely."
                ),
                "R. Okafor",
                is_read=True,
                comments=True,
            ),
        ),
    ),
    Paper(
        "smallweb",
        "Small Web Review",
        "Technology",
        (
            Story(
                "Small languages, long lives",
                4 * HOUR,
                _short(
                    "A language that fits in one head has a virtue that no benchmark shows: somebody understands it.",
                    "We asked the keepers of six what they would never add. The answers are longer than the manuals.",
                ),
                "M. Adeyemi",
            ),
            Story(
                "Five personal sites that load before you blink",
                3 * DAY,
                _short("No scripts, no banners, one good photograph each."),
                "M. Adeyemi",
                is_read=True,
            ),
        ),
    ),
    Paper(
        "tidewrack",
        "Tidewrack",
        "Science",
        (
            Story("A field guide to tidal mills", 6 * HOUR, _MILLS, "Dr. Elin Moe", is_bookmarked=True),
            Story(
                "Eelgrass returns to the inner fjord",
                28 * HOUR,
                _short(
                    "Divers counted two hundred shoots where there were none in spring, and one surprised seahorse.",
                    "The plants came in with the tide from a meadow nobody knew of.",
                ),
                "Dr. Elin Moe",
            ),
            Story(
                "How a spider hears the wind",
                4 * DAY,
                _short("With its web, which is larger than any ear, and which it can let out at night like a sail."),
                "A. Brandt",
                is_read=True,
            ),
        ),
    ),
    Paper(
        "letters",
        "Slow Letters",
        "Essays",
        (
            Story("On reading the whole article", 11 * HOUR, _READING, "Clara Weiss"),
            Story(
                "In praise of the margin",
                5 * DAY,
                _short("White space is where the reader lives. Leave some."),
                "Clara Weiss",
                is_read=True,
            ),
        ),
    ),
    Paper(
        "orchard",
        "Orchard & Field",
        "",
        (
            Story(
                "A late harvest, and why it is good news",
                33 * HOUR,
                _short(
                    "Apples that had to wait for October are smaller, sweeter and easier to store, the growers say."
                ),
                "T. Lind",
                is_read=True,
            ),
        ),
        trouble="failing for three days: the server answers 503 (Service Unavailable)",
    ),
)
LETTER = """What the mill wheel knew

My grandfather kept a notebook by the sluice. Each line has the height of the tide, the weight of the flour and one
word about the day.

I have forty years of them. The tides are exact, the flour is honest, and the words, read one after another, are the
best account of a marriage that I know.
"""


def rss(paper: Paper, now: int) -> str:
    """A paper as its publisher would serve it."""
    items = "".join(_item(paper, story, now) for story in paper.stories)
    site = f"https://{paper.name}.example/"
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{escape(paper.title)}</title><link>{site}</link>{items}</channel></rss>\n"
    )


def _item(paper: Paper, story: Story, now: int) -> str:
    link = f"https://{paper.name}.example/{story.age // 60}"
    author = f"<dc:creator>{escape(story.author)}</dc:creator>" if story.author else ""
    comments = f"<comments>{link}/comments</comments>" if story.comments else ""
    return (
        f"<item><guid isPermaLink={quoteattr('true')}>{link}</guid><link>{link}</link>{author}{comments}"
        f"<title>{escape(escape(story.title))}</title><pubDate>{formatdate(now - story.age)}</pubDate>"
        f"<content:encoded>{escape(story.body)}</content:encoded></item>"
    )
