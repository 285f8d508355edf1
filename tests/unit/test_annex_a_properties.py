"""What holds whatever stands in the cells: a value or a notice, never a traceback, no row lost."""

from __future__ import annotations

import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
from annex_a_workbooks import (
    AS_OF,
    FIRST,
    HEADINGS,
    KEY,
    NOT_AVAILABLE,
    Drawn,
    drawn,
    read,
    save,
    who,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from scrutinybook.errors import FaultsFound
from scrutinybook.sources.extracts import annex_a_codes as codes
from scrutinybook.sources.extracts.annex_a_layouts import LISTS
from scrutinybook.sources.extracts.events import EVENT_TABLES
from scrutinybook.sources.extracts.extract import Extract

some_days = st.dates(date(1900, 3, 1), date(2100, 1, 1))
near_days = st.dates(FIRST, AS_OF)
as_text = st.sampled_from(
    ["%d/%m/%Y", "%d-%b-%Y", "%Y-%m-%d", "%d %B %Y", "%d/%m/%Y %H:%M", "%d.%m.%y"]
)
cells: st.SearchStrategy[object] = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from(["a) Yes", "No", "6", "b", "e) Closed episode", "F1", "-1", "?", "0"]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-3, 60_000),
    st.booleans(),
    some_days,
    near_days,
    st.builds(lambda day, form: day.strftime(form), near_days, as_text),
    st.datetimes(datetime(1950, 1, 1), datetime(2060, 1, 1)),
    st.times(),
    st.just(NOT_AVAILABLE),
)  # fmt: skip


def read_drawn(one: Drawn) -> Extract:
    with tempfile.TemporaryDirectory() as folder:
        return read(save(Path(folder) / "x.xlsx", {int(one.sheet[-1]): one}))


@given(number=st.integers(1, 9), data=st.data())
@settings(max_examples=50, deadline=None)
def test_any_cells_end_as_rows_set_aside_or_kept(number: int, data: st.DataObject) -> None:
    wide = len(HEADINGS[number])
    row = st.lists(cells, min_size=wide, max_size=wide)
    rows = data.draw(st.lists(row, min_size=1, max_size=4))
    one = Drawn(list(HEADINGS[number]), rows, f"List {number}")
    try:
        extract = read_drawn(one)
    except FaultsFound as refused:
        assert all(each.mend for each in refused.faults)
        return
    layout = LISTS[number - 1]
    table = extract.tables[layout.table]
    EVENT_TABLES[layout.table].schema.validate(table)
    assert len(table) + extract.excluded(layout.table) == extract.rows_read[layout.table]
    assert all(2 <= row <= len(rows) + 1 for each in extract.notices for row in each.rows)


@given(source=cells, nfa=cells, day=st.one_of(cells, near_days))
@settings(max_examples=60, deadline=None)
def test_each_entry_ends_as_a_value_or_a_notice(source: object, nfa: object, day: object) -> None:
    """Blank and the lists' words for "not known" are empty without one."""
    row = {**who(1), "Date of referral": day, "Referral Source": source, "Referral NFA?": nfa}
    try:
        extract = read_drawn(drawn(3, [row]))
    except FaultsFound as refused:
        assert {each.found for each in refused.faults} <= {"days month first"}
        return
    told = {
        each.place.split(", ")[2].split(" (")[0]
        for each in extract.notices
        if each.rows and each.place.count(", ") == 2
    }
    table = extract.tables["referrals"]
    if table.empty:
        assert "Date of referral" in told
        return
    assert (table["date"][0] <= datetime(2023, 3, 31)) and isinstance(day, str | int | float | date)
    for name, heading, cell, known in (
        ("source", "Referral Source", source, codes.SOURCES),
        ("no_further_action", "Referral NFA?", nfa, codes.YES_NO),
    ):
        unsaid = cell is None or (isinstance(cell, str) and known.read(cell) == "")
        assert (heading in told) == (table[name].isna()[0] and not unsaid)


ids = st.one_of(
    st.integers(1, 10**12),
    st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=8).map(lambda text: f"X{text}1"),
)
written_days = st.builds(
    lambda day, form: (day, day if form is None else day.strftime(form)),
    near_days,
    st.sampled_from([None, "%d/%m/%Y", "%d-%b-%Y", "%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y%m%d"]),
)
sources = st.sampled_from(
    [("6: Police", "police"), ("2A", "schools"), ("Housing", "housing"), (None, None)]
)
answers = st.sampled_from([("a) Yes", True), ("N", False), (True, True), (0, False), (None, None)])


@given(rows=st.lists(st.tuples(ids, written_days, sources, answers), min_size=1, max_size=8,
                     unique_by=lambda row: str(row[0]).casefold()))  # fmt: skip
@settings(max_examples=30, deadline=None)
def test_valid_referrals_come_out_as_they_went_in(rows: list[Any]) -> None:
    made = [
        {
            "Child Unique ID": child,
            "Date of referral": day[1],
            "Referral Source": source[0],
            "Referral NFA?": answer[0],
        }
        for child, day, source, answer in rows
    ]
    table = read_drawn(drawn(3, made)).tables["referrals"]
    plain = table.astype(object).where(table.notna(), None)
    assert [each.date() for each in table["date"]] == [day for _, (day, _), _, _ in rows]
    assert plain["source"].tolist() == [source for _, _, (_, source), _ in rows]
    assert plain["no_further_action"].tolist() == [answer for _, _, _, (_, answer) in rows]
    assert table["child"].nunique() == len(rows)


@given(
    rows=st.lists(
        st.tuples(st.dates(date(2008, 1, 1), date(2020, 1, 1)), near_days, st.integers(0, 60)),
        min_size=1,
        max_size=6,
    )
)
@settings(max_examples=20, deadline=None)
def test_valid_periods_of_care_come_out_as_they_went_in(rows: list[Any]) -> None:
    made = [
        {
            "Child Unique ID": child,
            "Date of Birth": born,
            "Date Started to be Looked After": start,
            "Date Ceased to be Looked After": min(start + timedelta(days=length), AS_OF),
            "Number of Placements in the Last 12 months": length,
        }
        for child, (born, start, length) in enumerate(rows)
    ]
    table = read_drawn(drawn(8, made)).tables["care_periods"]
    ages = [start.year - born.year - ((start.month, start.day) < (born.month, born.day))
            for born, start, _ in rows]  # fmt: skip
    assert table["age_at_start"].tolist() == ages
    assert [each.date() for each in table["started"]] == [start for _, start, _ in rows]
    assert table["placements_in_year"].tolist() == [length for _, _, length in rows]
    numbers = pd.Series(range(len(rows)), dtype="string")
    assert table["child"].tolist() == KEY.of(numbers, "child").tolist()
