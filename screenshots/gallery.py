"""A made-up magazine whose articles show what a page of text can hold: the gallery."""
# ruff: noqa: E501

from __future__ import annotations

from screenshots.news import DAY, HOUR, Paper, Story

_TEXT = """
<p>Twice a day the sea fills the pond behind the wall, and twice a day it leaves it again by the only door. For <em>eight
hundred years</em> people along this coast have put a wheel into that door. A tidal mill needs no river and no wind, only
the moon, which has been <strong>reliable</strong>.<sup><a href="#n1" id="r1">1</a></sup></p>
<h2>A wall, a gate, a wheel</h2>
<p>Of some two hundred mills on old maps, nineteen still have a roof and four have a wheel. The <abbr title="Society for
the Protection of Old Mills">SPOM</abbr> keeps <a href="https://tidewrack.example/list">the list</a>; to know one when only
the pond is left, look for a straight wall where nature would have made a curve. The power of the ebb is about
<i>P</i> = ρ<i>g</i>h<sup>2</sup>A/2t, or 20&nbsp;kW for a pond of 10<sup>4</sup>&nbsp;m<sup>2</sup> and a tide of 3&nbsp;m.</p>
<blockquote><p>My father rose with the tide and slept with the tide. I never knew him to own a clock, and I never knew him
late.</p><p>— a miller's daughter, 1911</p></blockquote>
<figure><img src="https://tidewrack.example/eling.jpg" alt="The mill from the east, an hour before low water" width="1200" height="800">
<figcaption>Eling mill at the turn of the tide. The door in the wall is the gate.</figcaption></figure>
<h3>What a wheel leaves behind</h3>
<p>Grooves in the stone, mostly, and names: <em>Mill Lane</em>, <em>Pond Street</em>, <em>The Sluice</em>. Press
<kbd>/</kbd> and look for them on any map.</p>
<hr>
<p><sup id="n1">1</sup> Spring tides rise a third higher than neap tides. Millers knew the tables by heart.
<a href="#r1">↩</a></p>
"""
_CODE = """
<p>The tide at a harbour is a sum of a few cosines. Thirty-seven of them are enough for any purpose but vanity; four of them
are enough for a mill:</p>
<pre><code class="language-python">from math import cos, radians

# amplitude (m), speed (degrees an hour), phase
HARMONICS = [(1.52, 28.984, 317), (0.47, 30.000, 2), (0.31, 28.440, 294)]


def height(hours: float, mean: float = 2.1) -&gt; float:
    \"\"\"The height of the water above the sill.\"\"\"
    return mean + sum(a * cos(radians(speed * hours - phase)) for a, speed, phase in HARMONICS)
</code></pre>
<p>The gate is opened by a relay on the quay. It asks <code>height()</code> once a minute and is otherwise left alone:</p>
<pre><code class="language-rust">fn open_gate(tide: f64, pond: f64) -&gt; Result&lt;(), Jammed&gt; {
    if pond - tide &gt; 0.8 {            // enough of a drop to turn the wheel
        relay::set("gate", true)?;
    }
    Ok(())
}</code></pre>
<pre><code class="language-diff">@@ -12,3 +12,3 @@
-    if pond - tide &gt; 1.0 {
+    if pond - tide &gt; 0.8 {</code></pre>
<p>To try it at home, without a harbour:</p>
<pre><code class="language-console">$ tide --harbour eling --next 3
high 04:12 3.9 m
low  10:31 0.6 m
high 16:40 4.1 m</code></pre>
"""
_TABLES = """
<p>The survey of last spring found four mills at work. The table says what they grind and when one may watch.</p>
<table><caption>Tidal mills that still turn</caption>
<tr><th>Mill</th><th>Built</th><th>Pond (ha)</th><th>What is there</th></tr>
<tr><td>Eling</td><td>1785</td><td>3.2</td><td>Two wheels. Grinds wheat for visitors when the tide allows it, and sells what it grinds by the door.</td></tr>
<tr><td>Carew</td><td>1801</td><td>11</td><td>Standing; the wheel turns on feast days.</td></tr>
<tr><td>Woodbridge</td><td>1793</td><td>0.5</td><td>Restored. Flour on the first Saturday of the month.</td></tr>
<tr><td>Birdham</td><td>1768</td><td>5.25</td><td>A boatyard keeps its boats in the pond.</td></tr>
</table>
<p>What the water does in a day, at mean springs:</p>
<table>
<tr><th>Hour</th><th align="right">Height (m)</th><th align="right">Flow (m³/s)</th><th align="right">Power (kW)</th></tr>
<tr><td>High water</td><td>4.1</td><td>0.0</td><td>0.0</td></tr>
<tr><td>+2 h</td><td>3.0</td><td>1.9</td><td>12.4</td></tr>
<tr><td>+4 h</td><td>1.2</td><td>2.6</td><td>21.0</td></tr>
<tr><td>Low water</td><td>0.6</td><td>1.1</td><td>9.7</td></tr>
</table>
<p>And who keeps them, for those who want to write:</p>
<table>
<tr><th>Keeper</th><th>Address</th><th>Speaks</th><th>Since</th><th>Remarks</th></tr>
<tr><td>Elin Moe</td><td>The Sluice, Eling Hill, Totton, Southampton</td><td>English, Norwegian, a little Breton</td><td>2009</td><td>Answers letters on the ebb, since the flood is for grinding.</td></tr>
<tr><td>Jon Aske</td><td>Mill Lane, Carew Cheriton, Tenby</td><td>Welsh, English</td><td>1998</td><td>Prefers telephone calls and has no telephone.</td></tr>
</table>
"""
_LISTS = """
<p>Before the first ebb of the season:</p>
<ul>
<li><input type="checkbox" checked> oil the bearings,</li>
<li><input type="checkbox" checked> dress the stones,</li>
<li><input type="checkbox"> find out where the heron sleeps.</li>
</ul>
<h3>How to start a mill</h3>
<ol>
<li>Wait until the pond stands a hand's breadth above the sea.</li>
<li>Open the sluice:
<ul><li>by a third in winter,</li><li>by a half in summer, unless
<ul><li>the wind is from the south, or</li><li>there are ducklings.</li></ul></li></ul></li>
<li>Listen. A wheel that is right says nothing.</li>
</ol>
<h3>Words of the trade</h3>
<dl>
<dt>Neap</dt><dd>The tide of the half moon, which rises least. Nobody grinds on a neap who has paid for his bread.</dd>
<dt>Sill</dt><dt>Apron</dt><dd>The stone over which the water leaves.</dd>
</dl>
<details><summary>On the spelling of Eling</summary><p>Also <em>Elling</em>, <em>Elinge</em> and, once, <em>Edlinges</em>:
the clerk was a Norman.</p></details>
<p>The words come from the glossary of the society<sup><a href="#f1" id="b1">1</a></sup>, the recipe from a wall<sup><a href="#f2" id="b2">2</a></sup>.</p>
<p><a href="https://www.youtube.com/embed/dQw4w9WgXcQ">A wheel in the ebb, four minutes</a></p>
<iframe src="https://video.tidewrack.example/wheel" title="The wheel seen from below"></iframe>
<hr>
<ol>
<li id="f1">Printed in 1923 and never since. <a href="#b1">↩</a></li>
<li id="f2">In the lavatory of the Anchor, beside the door. <a href="#b2">↩</a></li>
</ol>
"""
_SCRIPTS = """
<p>The moon is the same everywhere, and so is the miller's patience. Four short notes, as they came:</p>
<h3>日本</h3>
<p>潮汐水車については、ほとんど何も知られていない。「ない」と言う人もいるが、江戸時代の記録が二つ残っている。<ruby>水車<rt>すいしゃ</rt></ruby>は潮が引くと回り、満ちると休む。</p>
<h3>한국</h3>
<p>조력 방앗간은 바다의 힘으로 돌아가는 방앗간이다. 하루에 두 번 물이 들어오고 두 번 나간다.</p>
<h3>ישראל</h3>
<p>הטחנה עומדת על החוף כבר מאתיים שנה, והים עדיין מגיע אליה פעמיים ביום. איש אינו זוכר מי בנה אותה.</p>
<h3>مصر</h3>
<p dir="rtl">كانت الطاحونة تدور مع المدّ والجزر، وكان الطحّان ينام حين ينام البحر.</p>
<h3>Ελλάδα και Россия</h3>
<p>Στον Εύριπο το ρεύμα αλλάζει έξι φορές την ημέρα. На Кольском заливе приливная станция работает с 1968 года.</p>
<p>Families 👨‍👩‍👧 and flags 🇳🇴🇯🇵🇬🇷 are welcome, and so are Đặng Thị, Łukasz and Zoë.</p>
"""

SPECIMENS = Paper(
    "specimens",
    "Tidewrack Quarterly",
    "",
    (
        Story("A field guide to tidal mills", HOUR, _TEXT, "Elin Moe"),
        Story("Four cosines and a gate", 2 * HOUR, _CODE, "R. Okafor"),
        Story("What still turns, and who turns it", 3 * HOUR, _TABLES, "Jon Aske"),
        Story("The miller's year", 5 * HOUR, _LISTS, "Elin Moe"),
        Story("The moon in six scripts", DAY, _SCRIPTS, "The readers"),
    ),
)
