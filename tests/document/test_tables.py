import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.lines import Style
from reader.document.subset import read
from reader.document.tables import share
from reader.document.typeset import typeset

NEEDS = st.lists(st.tuples(st.integers(1, 20), st.integers(0, 400)).map(lambda need: (need[0], sum(need))), min_size=1)


@pytest.mark.parametrize(
    ("needs", "available", "widths"),
    [
        ([(5, 5), (4, 9)], 20, [5, 9]),
        ([(5, 5), (12, 100)], 40, [5, 35]),
        ([(12, 100), (12, 100)], 40, [20, 20]),
        ([(12, 400), (12, 100)], 60, [40, 20]),
        ([(12, 30), (12, 30)], 20, None),
    ],
)
def test_columns_are_shared_out_by_need(needs: list[tuple[int, int]], available: int, widths: list[int] | None) -> None:
    assert share(needs, available) == widths


@given(NEEDS, st.integers(1, 200))
def test_no_column_gets_less_than_its_least_or_more_than_its_best(needs: list[tuple[int, int]], available: int) -> None:
    widths = share(needs, available)
    if widths is None:
        assert sum(least for least, _ in needs) > available
        return
    assert all(least <= width <= best for width, (least, best) in zip(widths, needs, strict=True))
    assert sum(widths) == min(available, sum(best for _, best in needs))


def drawn(html: str, width: int) -> list[str]:
    return [line.text for line in typeset(read(html), width)]


def table(*rows: str) -> str:
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def test_the_head_is_known_by_its_style_and_its_rule() -> None:
    html = table("<th>Mill</th><th>Place</th>", "<td>Eling</td><td>Totton</td>")
    head, rule, _ = typeset(read(html), 40)
    assert {run.style for run in head.runs if run.start >= 0} == {Style.TABLE_HEAD}
    assert {run.style for run in rule.runs} == {Style.TABLE_RULE}


def test_a_record_repeats_its_heads() -> None:
    html = table("<th>Mill</th><th>State of it</th>", "<td>Eling</td><td>works</td>", "<td>Carew</td><td></td>")
    assert drawn(html, 11) == ["Mill: Eling", "State of", "it: works", "", "Mill: Carew", "State of", "it:"]


def test_a_record_shows_heads_without_a_value_first() -> None:
    html = table("<th>Mill</th><th>State</th>", "<td>a mill of many words in it</td>")
    assert drawn(html, 12)[0] == "State"


def test_what_is_in_a_cell_stays_there() -> None:
    html = table("<td><p>one</p><p>two</p></td><td>three</td>", "<td>four</td><td><ul><li>five</li></ul></td>")
    assert drawn(html, 40) == ["one   three", "two", "four  • five"]


def test_links_in_a_cell_are_numbered() -> None:
    html = table('<td><a href="https://a/">one</a></td><td>x</td>', "<td>two</td><td>y</td>")
    assert drawn(html, 40) == ["one¹  x", "two   y"]


def test_east_asian_cells_align() -> None:
    html = table("<td>日本</td><td>x</td>", "<td>a</td><td>y</td>")
    assert drawn(html, 40) == ["日本  x", "a     y"]


def test_a_table_in_a_quote_stays_behind_the_bar() -> None:
    html = "<blockquote>" + table("<th>a</th><td>b</td>", "<th>c</th><td>d</td>") + "</blockquote>"
    assert drawn(html, 40) == ["▎ a  b", "▎ c  d"]
