"""Formulas on random event tables equal plain loops over rows, which know nothing of arrays."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import holidays
import pytest
from drawn_events import known, measured, table
from hypothesis import given, settings
from hypothesis import strategies as st

from scrutinybook.periods import Month

FIRST, LAST = Month(2022, 4), Month(2023, 6)
BEGIN, END = date(2021, 1, 1), date(2023, 6, 30)
CLOSED = set(holidays.country_holidays("GB", subdiv="ENG", years=range(2019, 2026)))

DAYS = st.one_of(
    st.dates(BEGIN, END),
    # Beside Easter and Christmas, and days with a year between them.
    st.sampled_from([date(2022, 4, 14), date(2022, 4, 15), date(2023, 4, 6), date(2022, 12, 23)]),
    st.sampled_from([date(2022, 5, 3), date(2023, 5, 3), date(2023, 5, 4)]),
)
CHILDREN = st.sampled_from("abc")
LENGTHS = st.one_of(st.none(), st.integers(0, 130), st.integers(20, 24), st.integers(62, 68))


def later(start: date, length: int | None) -> date | None:
    """The end of a spell; one that ends after the extract is open."""
    end = None if length is None else start + timedelta(days=length)
    return end if end is not None and end <= END else None


def working_days(start: date, end: date) -> int:
    """One step a day."""
    n, day = 0, start
    while day < end:
        day += timedelta(days=1)
        n += day.weekday() < 5 and day not in CLOSED
    return n


def due(start: date, count: int) -> date:
    day = start
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5 and day not in CLOSED
    return day


def months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def run_of_months() -> Iterator[Month]:
    month = FIRST
    while month <= LAST:
        yield month
        month = month + 1


def flow(rows: list[tuple[date, bool]]) -> list[tuple[int, int]]:
    """Counted and all, by month."""
    found = []
    for month in run_of_months():
        here = [hit for day, hit in rows if (day.year, day.month) == (month.year, month.month)]
        found.append((sum(here), len(here)))
    return found


def to_date(months: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sums since 1 April; the run begins with an April."""
    found: list[tuple[int, int]] = []
    for month, (top, bottom) in zip(run_of_months(), months, strict=True):
        before = (0, 0) if month.month == 4 else found[-1]
        found.append((before[0] + top, before[1] + bottom))
    return found


def check_flow(measure_id: str, rows: list[tuple[date, bool]], **tables: Any) -> None:
    what = known(as_of=str(END), **tables)
    found = measured(what, measure_id, str(FIRST), str(LAST)).whole
    expected = flow(rows)
    assert [(o.numerator, o.denominator) for o in found.series] == expected
    assert found.to_date is not None
    assert [(o.numerator, o.denominator) for o in found.to_date] == to_date(expected)


def check_days(
    measure_id: str, of: Callable[[date], tuple[int, int | None]], **tables: Any
) -> None:
    what = known(as_of=str(END), **tables)
    changed = {"frequency": "month"}
    found = measured(what, measure_id, str(FIRST), str(LAST), changed=changed).whole
    expected = [of(month.last_day) for month in run_of_months()]
    assert [(o.numerator, o.denominator) for o in found.series] == expected


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(CHILDREN, DAYS, st.booleans()), max_size=25))
def test_referrals(rows: list[tuple[str, date, bool]]) -> None:
    made = table(
        "referrals",
        {
            "child": [child for child, _, _ in rows],
            "date": [day for _, day, _ in rows],
            "no_further_action": [closed for _, _, closed in rows],
        },
    )

    def again(child: str, day: date) -> bool:
        before = [other for name, other, _ in rows if name == child and other < day]
        return bool(before) and day <= months_on(max(before), 12)

    check_flow("re_referrals_12_months", [(d, again(c, d)) for c, d, _ in rows], referrals=made)
    check_flow("referrals_no_further_action", [(d, nfa) for _, d, nfa in rows], referrals=made)


SPELLS = st.lists(st.tuples(CHILDREN, DAYS, LENGTHS), max_size=15)


@settings(deadline=None, max_examples=60)
@given(SPELLS)
def test_assessments(rows: list[tuple[str, date, int | None]]) -> None:
    spells = [(start, later(start, length)) for _, start, length in rows]
    made = table(
        "assessments",
        {
            "child": [child for child, _, _ in rows],
            "started": [start for start, _ in spells],
            "authorised": [end for _, end in spells],
        },
    )

    def in_time(start: date, end: date | None) -> bool:
        return end is not None and working_days(start, end) <= 45

    done = [(end, in_time(start, end)) for start, end in spells if end is not None]
    check_flow("assessments_on_time", done, assessments=made)
    falling_due = [(due(start, 45), in_time(start, end)) for start, end in spells]
    check_flow("assessments_due_on_time", falling_due, assessments=made)

    def overdue(day: date) -> tuple[int, None]:
        waiting = [s for s, end in spells if s <= day and (end is None or end > day)]
        return sum(working_days(start, day) > 45 for start in waiting), None

    check_days("assessments_open_past_45", overdue, assessments=made)


@settings(deadline=None, max_examples=40)
@given(SPELLS)
def test_conferences(rows: list[tuple[str, date, int | None]]) -> None:
    made = table(
        "section_47",
        {
            "child": [child for child, _, _ in rows],
            "started": [start for _, start, _ in rows],
            "conference": [later(start, length) for _, start, length in rows],
        },
    )
    held = [(later(s, n), s) for _, s, n in rows]
    expected = [(day, working_days(s, day) <= 15) for day, s in held if day is not None]
    check_flow("conferences_on_time", expected, section_47=made)


def one_after_another(draw: st.DrawFn, most: int = 4) -> list[tuple[str, date, date | None]]:
    """Spells of a few children that do not overlap."""
    spells: list[tuple[str, date, date | None]] = []
    for child in draw(st.sets(CHILDREN)):
        day = draw(DAYS)
        for _ in range(draw(st.integers(1, most))):
            end = later(day, draw(st.one_of(st.none(), st.integers(1, 700), st.integers(26, 31))))
            spells.append((child, day, end))
            if end is None or end + timedelta(days=40) > END:
                break
            day = end + timedelta(days=draw(st.integers(1, 40)))
    return spells


@st.composite
def reviewed(
    draw: st.DrawFn,
) -> tuple[list[tuple[str, date, date | None]], list[tuple[str, date]]]:
    """Spells, and reviews at gaps near those at which they are due."""
    spells = one_after_another(draw)
    held = []
    for child, start, end in spells:
        day = start
        for _ in range(draw(st.integers(0, 5))):
            day += timedelta(days=draw(st.sampled_from([0, 10, 27, 28, 29, 90, 92, 181, 183, 190])))
            if day > min(end or END, END):
                break
            held.append((child, day))
    return spells, held


Answered = list[tuple[date, date | None]]


def answered(start: date, first_due: date, second: int, held: list[date]) -> Answered:
    """Due days of one spell and the reviews that answer them, one after another."""
    found: Answered = []
    falls_due, reviews = first_due, sorted(set(held))
    for number, day in enumerate(reviews):
        found.append((falls_due, day))
        falls_due = months_on(day, second if number == 0 else 6)
    return [*found, (falls_due, None)]


@settings(deadline=None, max_examples=80)
@given(reviewed())
def test_reviews_of_children_in_care(
    drawn: tuple[list[tuple[str, date, date | None]], list[tuple[str, date]]],
) -> None:
    spells, held = drawn
    periods = table(
        "care_periods",
        {
            "child": [child for child, _, _ in spells],
            "started": [start for _, start, _ in spells],
            "ended": [end for _, _, end in spells],
        },
    )
    reviews = table(
        "care_reviews", {"child": [c for c, _ in held], "date": [day for _, day in held]}
    )
    tables = {"care_periods": periods, "care_reviews": reviews}
    chains: list[tuple[str, Answered]] = []
    for child, start, end in spells:
        own = [d for c, d in held if c == child and start <= d <= (end or END)]
        chain = answered(start, due(start, 20), 3, own)
        chains.append((child, [(d, r) for d, r in chain if end is None or d <= end]))
    expected = [(d, r is not None and r <= d) for _, chain in chains for d, r in chain]
    check_flow("care_reviews_on_time", expected, **tables)

    def of(day: date) -> tuple[int, int]:
        since = months_on(day, -12)
        here = {c for c, start, end in spells if start <= day and (end is None or end > day)}
        of_child: dict[str, list[bool]] = {}
        for child, chain in chains:
            for falls_due, review in chain:
                waited = falls_due > since or review is None or review > since
                if child in here and falls_due <= day and waited:
                    in_time = review is not None and review <= falls_due
                    of_child.setdefault(child, []).append(in_time)
        return sum(all(each) for each in of_child.values()), len(of_child)

    check_days("children_all_reviews_on_time", of, **tables)
    check_days(
        "children_in_care",
        lambda day: (
            len({c for c, s, e in spells if s <= day and (e is None or e > day)}),
            None,
        ),
        care_periods=periods,
    )


@settings(deadline=None, max_examples=80)
@given(reviewed())
def test_reviews_of_plans(
    drawn: tuple[list[tuple[str, date, date | None]], list[tuple[str, date]]],
) -> None:
    spells, held = drawn
    plans = table(
        "protection_plans",
        {
            "child": [child for child, _, _ in spells],
            "started": [start for _, start, _ in spells],
            "ended": [end for _, _, end in spells],
        },
    )
    reviews = table(
        "plan_reviews",
        {
            "child": [c for c, _ in held],
            "plan_started": [day for _, day in held],
            "date": [day for _, day in held],
        },
    )

    def of(day: date) -> tuple[int, int]:
        late, children = 0, 0
        for child, start, end in spells:
            if start > day or (end is not None and end <= day) or months_on(start, 3) > day:
                continue
            own = [d for c, d in held if c == child and start <= d <= (end or END)]
            chain = answered(start, months_on(start, 3), 6, own)
            children += 1
            late += any(d <= day and (r is None or r > d) for d, r in chain)
        return children - late, children

    check_days("plan_reviews_on_time", of, protection_plans=plans, plan_reviews=reviews)


def test_the_loop_disagrees_with_a_wrong_formula() -> None:
    """Calendar days in place of working days are seen."""
    rows = [("a", date(2022, 4, 1), 60)]
    with pytest.raises(AssertionError):
        check_flow(
            "assessments_on_time",
            [(date(2022, 5, 31), False)],
            assessments=table(
                "assessments",
                {
                    "child": [c for c, _, _ in rows],
                    "started": [s for _, s, _ in rows],
                    "authorised": [later(s, n) for _, s, n in rows],
                },
            ),
        )
