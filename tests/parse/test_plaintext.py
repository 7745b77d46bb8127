import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import times
from reader.model import Dateline
from reader.parse.decode import decode
from reader.parse.plaintext import read
from reader.text import clean
from tests.corpora import folder, manifest

LINES = (
    "BEIRUT: The ministers met on Monday to speak about the harvest, which the storms of spring had put back by weeks.",
    "They agreed on little, and said so. “We shall meet again,” one of them told reporters on the steps of the palace.",
    "Farmers in the valley said that they needed seed and diesel, and that both had doubled in price since the winter.",
)

WRAPPED = """\
HARVEST TALKS END WITHOUT RESULT
    LISBON, May 4 - Ministers who met to speak about the
harvest agreed on little yesterday, officials said, and they
will meet again within the month.
    The storms of the spring had put the sowing back by weeks
in most of the valley.
    Farmers need seed and diesel, and both have doubled in
price since the winter, the officials said.
"""


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_headline_gap_and_one_paragraph_a_line() -> None:
    article = read("Ministers agree on little\n\n\n" + "\n".join(LINES) + "\n")
    assert article.headline == "Ministers agree on little"
    assert article.paragraphs == LINES
    assert article.dateline == Dateline("BEIRUT", None)


def test_blank_lines_between_paragraphs() -> None:
    article = read("Ministers agree on little\n\n" + "\n\n".join(LINES))
    assert (article.headline, len(article.paragraphs)) == ("Ministers agree on little", 3)


def test_broken_lines_with_indented_paragraphs() -> None:
    article = read(WRAPPED)
    assert article.headline == "HARVEST TALKS END WITHOUT RESULT"
    assert [paragraph[:8] for paragraph in article.paragraphs] == ["LISBON, ", "The stor", "Farmers "]
    assert "about the harvest agreed" in article.paragraphs[0]
    assert article.dateline == Dateline("LISBON", None)
    assert article.published is None


def test_broken_lines_with_blank_lines_and_a_list() -> None:
    text = """What the valley needs

The ministers met on Monday to speak about the
harvest, which the storms of the spring had put
back by weeks in most of the valley.

- seed for the fields along the river, and for
  those on the hill
- diesel

They will meet again.
"""
    article = read(text)
    assert article.headline == "What the valley needs"
    assert article.paragraphs[1:] == (
        "- seed for the fields along the river, and for those on the hill",
        "- diesel",
        "They will meet again.",
    )


def test_a_headline_broken_over_two_lines_is_one() -> None:
    text = """Ministers from nine countries agree on little
in the capital

The ministers met on Monday to speak about the
harvest, which the storms of the spring had put
back by weeks in most of the valley.
"""
    assert read(text).headline == "Ministers from nine countries agree on little in the capital"


def test_verse_keeps_its_lines() -> None:
    prose = """The reader stood up and read the poem that he had
brought with him, and the room was still, and when
he ended nobody spoke."""
    article = read(f"An evening\n\n{prose}\n\nSnow falls\non the gate,\nand the cat\nis late\n\n{prose}\n")
    assert "Snow falls\non the gate,\nand the cat\nis late" in article.paragraphs


def test_japanese_lines_are_joined_without_spaces() -> None:
    line = "山の上の小さな村では朝から雪が降り続いていて人々は家の中で静かに暮らし"
    article = read(f"雪の村\n\n{line}\n{line}\nている。\n")
    assert article.headline == "雪の村"
    assert article.paragraphs == (line * 2 + "ている。",)


@pytest.mark.parametrize(
    ("text", "headline", "paragraphs"),
    [
        ("", None, 0),
        ("\n \n\t\n", None, 0),
        ("A lone headline", "A lone headline", 0),
        ("One full sentence.", None, 1),
        ("BEIRUT: They won.", None, 1),
        ("BEIRUT: They won.\n\nThe others lost.", None, 2),
        ("PARIS: a guide\n\n\nThe city is old.", "PARIS: a guide", 1),
        ("Head\nFirst paragraph.\nSecond paragraph.", "Head", 2),
        ("First paragraph.\nSecond paragraph.", None, 2),
        ("\n\n  Head  \t\n   \n\t\nText.\n \n", "Head", 1),
        ("Who won?\nNobody.\nNot yet.", "Who won?", 2),
        ("Head\n\n\nUPDATE: they won.\n", "Head", 1),
        ("A headline that ends with a full stop.\n\n\nText.\nMore.", "A headline that ends with a full stop.", 2),
        ("x" * 300 + "\n\nText.", None, 2),
        ("word " * 60 + "end\n\n\nText one.\nText two.\n", "word " * 60 + "end", 2),
    ],
)
def test_headline_and_paragraphs(text: str, headline: str | None, paragraphs: int) -> None:
    article = read(text)
    assert (article.headline, len(article.paragraphs)) == (headline, paragraphs)


def test_byline_day_and_dateline_stand_above_the_story_and_stay_in_the_text() -> None:
    top = "By ANNA LINDQVIST AND BO EK\nPUBLISHED: 03:39 EST, 8 May 2012\n• In short: little"
    article = read(f"Head\n\n{top}\n{LINES[0]}\n{LINES[1]}")
    assert article.author == "Anna Lindqvist and Bo Ek"
    assert times.iso(article.published) == "2012-05-08T08:39:00Z"
    assert article.dateline == Dateline("BEIRUT", None)
    assert len(article.paragraphs) == 5


def test_author_and_day_on_one_line() -> None:
    article = read(f"Head\n\n\nAgencies | Updated October 13, 2017\n{LINES[0]}\n{LINES[1]}")
    assert (article.author, article.published, article.updated) == ("Agencies", None, 1507852800)
    assert article.dateline == Dateline("BEIRUT", None)


def test_a_trailer_names_the_day() -> None:
    article = read("Head\n\n\n" + "\n".join(LINES) + "\nPublished in The Valley Post, October 13th, 2017\n")
    assert article.published == 1507852800
    assert article.paragraphs[-1] == "Published in The Valley Post, October 13th, 2017"


def test_two_voices_are_no_dateline() -> None:
    assert read("An interview\n\n\nANNA: What did you see there?\nBERTIL: Nothing at all.\n").dateline is None


def test_control_and_direction_characters_are_gone() -> None:
    article = read("He\x1b[31mad\n\n\nText \u202eone\u200b.\x07\n")
    assert (article.headline, article.paragraphs) == ("He[31mad", ("Text one.",))


@given(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=400)
    | st.lists(st.sampled_from([*LINES, "By A B", "- a", "    x y", "", "abc de\nfgh", "—", "雪"])).map("\n".join)
)
def test_no_word_is_lost(text: str) -> None:
    article = read(text)
    assert squeezed((article.headline or "") + "".join(article.paragraphs)) == squeezed(clean(text))
    assert all(paragraph.strip() for paragraph in article.paragraphs)


@given(
    st.lists(
        st.sampled_from(
            ["a", "Bb", "(", ")", "—", " - ", ":", "--", "/", ",", "May 1", "LONDON", "(AP)", "By ", "|", " "]
        ),
        max_size=40,
    ).map("".join)
)
def test_any_line_can_be_read(line: str) -> None:
    read(f"Head\n\n\n{line}\n{line}\n")


@pytest.mark.parametrize(
    "piece", [" ", "A ", ": ", " - ", "(", "May 1, ", "Published in ", "• ", "AAA, ", "A/", "|", "\u3000"]
)
def test_long_lines_cost_no_more_than_they_should(piece: str) -> None:
    started = time.perf_counter()
    read(piece * 100_000)
    read(f"Head\n\n\n{piece * 100_000}\n")
    assert time.perf_counter() - started < 5


def test_real_articles() -> None:
    place = folder("plaintext")
    wrong = []
    for known in manifest("plaintext"):
        article = read(decode((place / known["file"]).read_bytes()))
        if (article.headline, len(article.paragraphs)) != (known["headline"], known["paragraphs"]):
            wrong.append(known["file"])
    assert not wrong


def test_the_first_users_article() -> None:
    article = read(decode((folder("plaintext") / "000_07b8830d47e09df7.txt").read_bytes()))
    assert article.headline == "US rules out negotiated IS withdrawal from Raqa"
    assert len(article.paragraphs) == 13
    assert article.paragraphs[0].startswith("BEIRUT: The US-led")
    assert article.dateline == Dateline("BEIRUT", None)
