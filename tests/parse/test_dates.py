"""Moments as feeds write them."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.parse import dates
from reader.parse.dates import moment
from reader.times import iso


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Mon, 02 Jan 2006 15:04:05 -0700", "2006-01-02T22:04:05Z"),
        ("Mon, 2 Jan 06 15:04 MST", "2006-01-02T22:04:00Z"),
        ("Fri, 2 January 2006 15:04:05 GMT", "2006-01-02T15:04:05Z"),
        ("02 Jan 95 10:00 UT", "1995-01-02T10:00:00Z"),
        ("Thu Jan  5 10:00:00 2012", "2012-01-05T10:00:00Z"),
        ("Sun Jan 04 16:29:06 PST 2004", "2004-01-05T00:29:06Z"),
        ("Jan 2, 2006 3:04 PM", "2006-01-02T15:04:00Z"),
        ("2 Jan 2006", "2006-01-02T00:00:00Z"),
        ("Sat, 07 Sep 2002 24:00:00 GMT", "2002-09-08T00:00:00Z"),
        ("Fri, 31 Dec 1999 23:59:60 GMT", "2000-01-01T00:00:00Z"),
        ("Sat, 07 Sep 2002 10:00:00 GMT+0100", "2002-09-07T09:00:00Z"),
        ("Sat, 07 Sep 2002 10:00:00 +2599", "2002-09-07T10:00:00Z"),
        ("Sat, 07 Sep 2002 10:00:00 Nowhere", "2002-09-07T10:00:00Z"),
        ("Seg, 24 Set 2018 20:04:57 -0300", "2018-09-24T23:04:57Z"),
        ("Mar, 24 Set 2018 20:04", "2018-09-24T20:04:00Z"),
        ("2006-01-02T15:04:05Z", "2006-01-02T15:04:05Z"),
        ("2006-01-02T15:04:05.123456789+02:00", "2006-01-02T13:04:05Z"),
        ("2006-01-02T15:04:05+0200", "2006-01-02T13:04:05Z"),
        ("2006-01-02 15:04:05 -0700", "2006-01-02T22:04:05Z"),
        ("2006-01-02T15:04", "2006-01-02T15:04:00Z"),
        ("2006-01-02", "2006-01-02T00:00:00Z"),
        ("20060102", "2006-01-02T00:00:00Z"),
        ("2006-01", "2006-01-01T00:00:00Z"),
        ("  2006-01-02\n", "2006-01-02T00:00:00Z"),
        ("1136214245", "2006-01-02T15:04:05Z"),
        ("1136214245000", "2006-01-02T15:04:05Z"),
    ],
)
def test_a_date_is_read(written: str, read: str) -> None:
    assert iso(moment(written)) == read


@pytest.mark.parametrize(
    "written",
    [
        None,
        "",
        "yesterday",
        "0000-00-00T00:00:00Z",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "2018-13-45",
        "99999-01-01",
        "Sat, 30 Feb 2002 10:00 GMT",
        "Mon, 02 Jan 2006 25:04:05 GMT",
        "x" * 100_000,
        "1" * 5000,
        "Mon, 02 Jan 0000 15:04:05 GMT",
        "9" * 50 + " Jan 2006",
    ],
)
def test_what_is_no_date_is_none(written: str | None) -> None:
    assert moment(written) is None


def test_feedparser_has_the_last_word_where_we_have_none() -> None:
    assert iso(moment("2004년 05월 25일 23:23:17", (2004, 5, 25, 14, 23, 17, 1, 146, 0))) == "2004-05-25T14:23:17Z"
    assert moment("?", (2004, 2, 31, 0, 0, 0, 0, 0, 0)) is None
    assert moment("?", ()) is None


@given(st.text(alphabet=st.sampled_from("0123456789-:+T ,.ZJanFeb") | st.characters(), max_size=60))
def test_nothing_makes_it_raise(written: str) -> None:
    found = moment(written)
    assert found is None or iso(found)


@given(
    st.datetimes(min_value=datetime(1000, 1, 1), max_value=datetime(9998, 12, 31)),
    st.sampled_from(["Z", "+00:00", " GMT", ""]),
)
def test_iso_dates_come_back_as_they_were(when: datetime, zone: str) -> None:
    seconds = when.replace(microsecond=0)
    assert iso(moment(seconds.isoformat() + zone)) == seconds.isoformat() + "Z"


_CLOCKS = st.builds("{:02}:{:02}:{:02}".format, st.integers(0, 25), st.integers(0, 60), st.integers(0, 61))
_YEARS = st.sampled_from((1899, 1900, 1999, 2024, 2099, 2100))
_DAYS = st.integers(0, 32)


@given(
    st.builds(
        "{}-{:02}-{:02}T{}{}".format,
        _YEARS,
        st.integers(0, 13),
        _DAYS,
        _CLOCKS,
        st.sampled_from(("Z", "+00:00", "-05:30", "+17:59", "+18:00", "+19:00", "", "z", "+0000")),
    )
    | st.builds(
        "{}, {:02} {} {} {} {}".format,
        st.sampled_from(("Mon", "Sun", "Mar", "mon")),
        _DAYS,
        st.sampled_from(("Jan", "Feb", "Dec", "dec", "Foo")),
        _YEARS,
        _CLOCKS,
        st.sampled_from(("GMT", "+0000", "-0000", "-0530", "+1759", "+1800", "EST", "")),
    )
)
def test_the_usual_spellings_mean_what_all_spellings_mean(written: str) -> None:
    assert moment(written) == dates._understood(written, None)
