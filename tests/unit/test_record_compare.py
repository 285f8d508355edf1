"""Two makings of the same tables: every change of any cell is named, and nothing else is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scrutinybook.errors import FaultsFound
from scrutinybook.record.compare import WHOLE_ROW, WHOLE_TABLE, Difference, differences, same_cell
from scrutinybook.record.tables import RecordTable, as_bytes, table_from

COLUMNS = ("Edition", "Measure", "Area", "Period", "Covers", "Part", "Number", "Out of", "Figure")
KEYS = 6
"""Columns before those that are compared."""
CELLS = st.sampled_from(["7", "12", "[c]", "none", "0.25", "a, “quoted” word", "Café"])


def row(period: str, *cells: str) -> tuple[str, ...]:
    return ("Title", "Contacts", "Plymouth", period, "the month", "all", *cells)


@st.composite
def drawn(draw: st.DrawFn) -> RecordTable:
    periods = draw(st.lists(st.sampled_from(["March 2023", "April 2023", "May 2023"]), min_size=1))
    rows = tuple(row(period, *(draw(CELLS) for _ in range(3))) for period in periods)
    return RecordTable("contacts.csv", COLUMNS, rows)


@given(drawn())
@settings(max_examples=100, deadline=None)
def test_a_table_written_and_read_is_itself(table: RecordTable) -> None:
    assert table_from(table.name, as_bytes(table), table.name) == table
    assert differences([table], [table]) == ()


@given(drawn(), st.data())
@settings(max_examples=200, deadline=None)
def test_a_change_of_any_cell_is_named_with_old_and_new(
    table: RecordTable, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(table.rows) - 1))
    column = data.draw(st.integers(KEYS, len(COLUMNS) - 1))
    old, new = table.rows[place][column], data.draw(CELLS)
    assume(old != new)
    cells = [*table.rows[place]]
    cells[column] = new
    rows = [*table.rows]
    rows[place] = tuple(cells)
    found = differences([table], [replace(table, rows=tuple(rows))])
    key = list(table.by_key)[place]
    assert found == (Difference("contacts.csv", key, COLUMNS[column], old, new),)
    assert f"{COLUMNS[column]}: {old} → {new}" in str(found[0])


@given(drawn(), st.data())
@settings(max_examples=100, deadline=None)
def test_a_row_more_or_less_is_named(table: RecordTable, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(table.rows) - 1))
    fewer = replace(table, rows=table.rows[:place] + table.rows[place + 1 :])
    lost, won = differences([table], [fewer]), differences([fewer], [table])
    assert lost
    assert won
    # Among rows of one name the last place is what is lost, and cells of those before may differ.
    whole = [each for each in lost if each.column == WHOLE_ROW]
    assert [each.new for each in whole] == [None]
    assert [each.old for each in won if each.column == WHOLE_ROW] == [None]


def test_tables_that_came_or_went_are_named() -> None:
    one = RecordTable("a.csv", COLUMNS, (row("May 2023", "1", "2", "3"),))
    other = replace(one, name="b.csv")
    assert differences([one], [other]) == (
        Difference("a.csv", (), WHOLE_TABLE, "1 row", None),
        Difference("b.csv", (), WHOLE_TABLE, None, "1 row"),
    )
    assert "nothing" in str(differences([one], [other])[0])


@pytest.mark.parametrize(
    ("old", "new", "digits", "same"),
    [
        ("7", "7", None, True),
        ("7", "7.0", None, False),
        ("7", "7.0", 10, True),
        ("0.12345678901", "0.12345678902", None, False),
        ("0.12345678901", "0.12345678902", 10, True),
        ("0.1234567891", "0.1234567892", 10, False),
        ("123456789012", "123456789013", 10, True),
        ("1234567890", "1234567891", 10, False),
        ("2e-17", "-3e-18", 10, True),
        ("[c]", "7", 10, False),
        ("[c]", "[x]", 10, False),
        ("nan", "NaN", 10, False),
        ("inf", "-inf", 10, False),
        ("yes", "no", 10, False),
    ],
)
def test_cells_agree_as_text_or_to_ten_digits(
    old: str, new: str, digits: int | None, same: bool
) -> None:
    assert same_cell(old, new, digits) is same
    assert same_cell(new, old, digits) is same


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"a,b\r\n1", b"a,a\r\n1,2", b'a,b\r\n"1,2'])
def test_a_table_that_is_none_is_refused_by_name(content: bytes) -> None:
    with pytest.raises(FaultsFound, match=r"record/x/contacts\.csv: not a table"):
        table_from("contacts.csv", content, "record/x/contacts.csv")
