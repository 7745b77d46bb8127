import pytest

from reader import times
from reader.parse import dateline
from reader.parse.written import publication


@pytest.mark.parametrize(
    ("start", "place", "agency"),
    [
        ("BEIRUT:", "BEIRUT", None),
        ("AUSTIN, Texas (AP) —", "AUSTIN, Texas", "AP"),
        ("PORT-AU-PRINCE, Haiti (AP) —", "PORT-AU-PRINCE, Haiti", "AP"),
        ("RECIFE, Brazil/PARIS (Reuters) -", "RECIFE, Brazil/PARIS", "Reuters"),
        ("(Reuters) -", None, "Reuters"),
        ("(CNN)  --", None, "CNN"),
        ("(KARACHI) —", "KARACHI", None),
        ("SALVADOR, Feb 26 -", "SALVADOR", None),
        ("New York, Feb 26 -", "New York", None),
        ("LONDON, April 3 (Reuters) -", "LONDON", "Reuters"),
        ("KARACHI, April. 4 (Xinhua) --", "KARACHI", "Xinhua"),
        ("Paris (AFP) –", "Paris", "AFP"),
        ("BRUSSELS, Belgium (AP) _", "BRUSSELS, Belgium", "AP"),
        ("WASHINGTON _", "WASHINGTON", None),
        ("LAHORE (Dawn.com):", "LAHORE", "Dawn.com"),
        ("THE HAGUE, Sept 5:", "THE HAGUE", None),
        ("N'DJAMENA/ZÜRICH:", "N'DJAMENA/ZÜRICH", None),
        ("São Paulo:", "São Paulo", None),
        ("ABOARD AIR FORCE ONE (AP) —", "ABOARD AIR FORCE ONE", "AP"),
        ("LONDON—", "LONDON", None),
    ],
)
def test_datelines(start: str, place: str | None, agency: str | None) -> None:
    found = dateline.find(f"{start} The ministers met on Monday.")
    assert found is not None
    assert (found.dateline.place, found.dateline.agency) == (place, agency)
    assert found.length == len(start)


@pytest.mark.parametrize(
    "line",
    [
        "UPDATE: more to come",
        "UPDATE 2: Markets: Oil slides",
        "BREAKING: a storm",
        "WHO: wash your hands",
        "COVID-19: what we know",
        "NATO: a history",
        "Q: what is it",
        "NOTE: closed",
        "READ MORE: the storm",
        "Israel: the war so far",
        "In London: a walk",
        "A man — tall — walked in",
        "US - China talks resume",
        "Paris — a city of light — sleeps",
        "Washington said: nothing",
        "The firm - a maker of hats - closed",
        "Sunday, May 4 - a day out",
        '"BEIRUT: a novel" is out',
        "",
    ],
)
def test_what_only_looks_like_a_dateline(line: str) -> None:
    assert dateline.find(line) is None


def test_a_dateline_with_a_year_dates_the_story() -> None:
    found = dateline.find("QUEENS, September 3, 2021 - Text")
    assert found is not None
    assert times.iso(found.published) == "2021-09-03T00:00:00Z"
    found = dateline.find("BOSTON, Jan. 5, 2024 /PRNewswire/ -- Text")
    assert found is not None
    assert (times.iso(found.published), found.dateline.agency) == ("2024-01-05T00:00:00Z", "PRNewswire")


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Anna Lindqvist", "Anna Lindqvist"),
        ("By . Anna Lindqvist .", "Anna Lindqvist"),
        ("By ANNA B. LINDQVIST, BO O'NEIL and CARL EK", "Anna B. Lindqvist, Bo O'Neil and Carl Ek"),
        ("BY ANNA LINDQVIST AND BO EK", "Anna Lindqvist and Bo Ek"),
        ("Anna Lindqvist | Staff Reporter", "Anna Lindqvist"),
        ("Our Correspondent", "Our Correspondent"),
        ("AFP", "AFP"),
        ("By the river we sat down", None),
        ("By Sunday the storm had passed.", None),
        ("A plain line", None),
    ],
)
def test_bylines(line: str, author: str | None) -> None:
    assert dateline.byline(line) == author


@pytest.mark.parametrize(
    ("line", "moment", "is_update"),
    [
        ("PUBLISHED: 03:39 EST, 8 May 2012", "2012-05-08T08:39:00Z", False),
        ("UPDATED: 8 May 2012", "2012-05-08T00:00:00Z", True),
        ("Wednesday, January 9, 2013", "2013-01-09T00:00:00Z", False),
        ("2017-10-13", "2017-10-13T00:00:00Z", False),
        ("2017-10-13T08:30:00Z", "2017-10-13T08:30:00Z", False),
        ("Published January 5, 2024 07:02am", "2024-01-05T07:02:00Z", False),
        ("Published in The Valley Post, October 13th, 2017", "2017-10-13T00:00:00Z", False),
        ("Last updated: 5 Mar 2020 at 18:05 (CET)", "2020-03-05T17:05:00Z", True),
        ("5 Mar 2020 18:05 XYZT", "2020-03-05T00:00:00Z", False),
    ],
)
def test_lines_that_say_when(line: str, moment: str, is_update: bool) -> None:
    found = publication(line)
    assert found is not None
    assert (times.iso(found.at), found.is_update) == (moment, is_update)


@pytest.mark.parametrize(
    "line", ["May 4", "05/01/2024", "31 February 2020", "On 8 May 2012 they met", "Published today", "2020"]
)
def test_lines_that_do_not_say_when_for_certain(line: str) -> None:
    assert publication(line) is None
