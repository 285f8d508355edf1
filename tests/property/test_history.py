"""What holds for every history: as known, the same bytes, nothing left of the erased."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
from drawn_histories import clock, extract, keep
from hypothesis import given, settings
from hypothesis import strategies as st

from scrutinybook.history.purge import Asked, purge_child
from scrutinybook.history.read import known_at
from scrutinybook.history.store import History, open_history
from scrutinybook.history.tombstones import Kind
from scrutinybook.sources.extracts.extract import Extract

START = date(2024, 1, 1)
TABLES = {
    "referrals": ("date", None),
    "protection_plans": ("started", "ended"),
    "section_47": ("started", "conference"),
}
PEOPLE = [f"{k:032x}" for k in range(0x5C0FFEE, 0x5C0FFEE + 4)]
days = st.integers(-40, 60).map(lambda n: START + timedelta(days=n))


@contextmanager
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@st.composite
def rows(draw: st.DrawFn, table: str, as_of: date) -> list[dict[str, str]]:
    begins, ends = TABLES[table]
    made = []
    for child in draw(st.lists(st.sampled_from(PEOPLE), max_size=6)):
        first = draw(days)
        row = {"child": child, begins: str(first)}
        if ends is not None and draw(st.booleans()):
            row[ends] = str(first + timedelta(days=draw(st.integers(0, 50))))
        # An extract holds nothing that begins after its day; an end may be one still to come.
        made += [row] if first <= as_of else []
    return made


@st.composite
def histories(draw: st.DrawFn) -> list[Extract]:
    made = []
    for number in range(draw(st.integers(1, 5))):
        as_of = START + timedelta(days=draw(st.integers(-20, 60)))
        tables = draw(st.sets(st.sampled_from(sorted(TABLES)), min_size=1))
        made.append(
            extract(
                str(as_of),
                {t: str(as_of - timedelta(days=draw(st.integers(0, 40)))) for t in tables},
                {t: draw(rows(t, as_of)) for t in sorted(tables)},
                # Each another source, even with the same rows.
                rows_read=dict.fromkeys(tables, number + 100),
            )
        )
    return made


def slowly(extracts: list[Extract], table: str, as_of: date) -> list[tuple[str, ...]] | None:
    """The rule in words, for one row at a time.

    Of two extracts of one day the later read counts. A row concerns a day: an event its own; a
    spell its last, or for an enquiry without a conference its first. A spell still open on its
    extract's day is the newest extract's to tell. Else the newest extract tells that has the day in
    its window; if none has, the one whose window begins soonest after it, the newest of two.
    """
    newest = {each.as_of: each for each in extracts if each.as_of <= as_of}
    told = [newest[day] for day in sorted(newest) if table in newest[day].tables]
    if not told:
        return None
    found = []
    for one in told:
        for row in one.tables[table].itertuples(index=False):
            begins, ends = TABLES[table]
            stamp = getattr(row, ends or begins)
            if table == "section_47" and pd.isna(stamp):
                stamp = getattr(row, begins)
            if pd.isna(stamp) or stamp.date() > one.as_of:
                tells = told[-1]
            else:
                day = stamp.date()
                hold = [e for e in told if e.covers_from[table] <= day <= e.as_of]
                after = sorted(
                    (e for e in told if e.covers_from[table] > day),
                    key=lambda e: (e.covers_from[table], -e.as_of.toordinal()),
                )
                tells = hold[-1] if hold else after[0]
            if tells is one:
                found.append(tuple(map(str, row)))
    return found


def unbroken(extracts: list[Extract], table: str, as_of: date) -> date:
    """Walk back day by day while some extract holds the day."""
    newest = {each.as_of: each for each in extracts if each.as_of <= as_of}
    told = [each for each in newest.values() if table in each.tables]
    day = max(each.as_of for each in told)
    while any(e.covers_from[table] <= day - timedelta(days=1) <= e.as_of for e in told):
        day -= timedelta(days=1)
    return day


@settings(max_examples=80, deadline=None)
@given(histories(), st.integers(-20, 60))
def test_as_known_is_as_the_rule_says_row_by_row(extracts: list[Extract], at: int) -> None:
    as_of = START + timedelta(days=at)
    with folder() as place:
        history = keep(place, *extracts)
        expected = {t: slowly(extracts, t, as_of) for t in TABLES}
        if all(rows is None for rows in expected.values()):
            return
        known = known_at(history, as_of)
        for table, wanted in expected.items():
            if wanted is None:
                assert table not in known.tables
                continue
            got = [tuple(map(str, row)) for row in known.tables[table].itertuples(index=False)]
            assert got == wanted
            assert known.covers_from[table] == unbroken(extracts, table, as_of)


@settings(max_examples=25, deadline=None)
@given(histories())
def test_nothing_covered_is_told_twice_or_lost(extracts: list[Extract]) -> None:
    """The newest extract's own window stands in the known exactly as it holds it."""
    with folder() as place:
        history = keep(place, *extracts)
        known = known_at(history)
        for table, frame in known.tables.items():
            last = next(p for p in reversed(history.current) if table in p.manifest.tables)
            begins, ends = TABLES[table]
            first = pd.Timestamp(last.manifest.tables[table].covers_from)

            def inside(rows: pd.DataFrame, column: str = ends or begins, first=first):
                return rows[rows[column].isna() | (rows[column] >= first)]

            if table == "section_47":
                continue  # its day is another where there is no conference
            own = inside(last.read(table).to_pandas())
            assert len(inside(frame)) == len(own)


def contents(history: History) -> dict[str, bytes]:
    whole = history.folder
    return {
        p.relative_to(whole).as_posix(): p.read_bytes() for p in whole.rglob("*") if p.is_file()
    }


@settings(max_examples=20, deadline=None)
@given(histories())
def test_the_same_extracts_give_the_same_files_and_the_same_known(extracts: list[Extract]) -> None:
    with folder() as one, folder() as other:
        first, second = keep(one, *extracts), keep(other, *extracts)
        assert contents(first) == contents(second)
        known, again = known_at(first), known_at(second)
        for table, frame in known.tables.items():
            pd.testing.assert_frame_equal(frame, again.tables[table])


@settings(max_examples=40, deadline=None)
@given(histories(), st.sampled_from(PEOPLE))
def test_nothing_is_left_of_an_erased_child_and_nothing_else_is_touched(
    extracts: list[Extract], child: str
) -> None:
    with folder() as place:
        before = keep(place, *extracts)
        tables = [(p, name) for p in before.partitions for name in p.manifest.tables]
        wanted = [
            [row for row in p.read(name).to_pylist() if row["child"] != child] for p, name in tables
        ]
        asked = Asked(Kind.CHILD, "officer", "erasure")
        purge_child(before, frozenset({child}), asked, clock)
        after = open_history(place)
        found = {(p.manifest.id, name): p for p in after.partitions for name in p.manifest.tables}
        got = [found[p.manifest.id, name].read(name).to_pylist() for p, name in tables]
        assert got == wanted
        assert len(after.partitions) == len(before.partitions)
        assert not any(child.encode() in data for data in contents(after).values())
