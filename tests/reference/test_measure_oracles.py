"""The Department's published rates of all authorities and years, recomputed from its parts.

The functions are those that compute the same measures from a council's own records.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from test_official_files import folder  # noqa: F401

from scrutinybook.measures import parts
from scrutinybook.measures.events.assessments import BANDS, LONGEST
from scrutinybook.measures.parts import Parts
from scrutinybook.sources.figure_periods import FigurePeriod, PeriodKind
from scrutinybook.sources.folder import OfficialFolder
from scrutinybook.sources.items import ITEMS


@dataclass(frozen=True)
class Oracle:
    """One published rate, the parts it is made of, and how."""

    published: str
    of: tuple[str, ...]
    rate: Callable[..., Parts]
    scale: int
    within: str
    """Half a unit of the last printed place, with what rounded parts add."""
    least: int
    """Authority-years that must have been compared."""
    with_day: bool = False


SHARES = (
    ("no_further_action_percent", "no_further_action", "referrals"),
    ("re_referrals_percent", "re_referrals", "referrals"),
    ("repeat_plans_percent", "repeat_plans", "plans_started"),
    ("plans_reviewed_on_time_percent", "plans_reviewed_on_time", "plans_3_months"),
)
IN_POST = "social_workers_fte"
ORACLES = (
    *(Oracle(name, (top, low), parts.share, 100, "0.05", 1700) for name, top, low in SHARES),
    # Parts of these are printed to a tenth, so that a tenth is all that can be asked.
    Oracle("caseload", ("cases", "case_holders_fte"), parts.caseload, 1, "0.1", 1300),
    Oracle("agency_percent", ("agency_fte", IN_POST), parts.agency_rate, 100, "0.1", 1300),
    Oracle("vacancies_percent", ("vacancies_fte", IN_POST), parts.vacancy_rate, 100, "0.1", 1300),
    Oracle(
        "turnover_percent",
        ("social_workers_left_fte", IN_POST),
        parts.turnover_rate,
        100,
        "0.1",
        1300,
    ),
    Oracle("absence_percent", ("days_lost", IN_POST), parts.absence_rate, 100, "0.05", 1300, True),
)


def value(where: OfficialFolder, area: str, item: str, end: date) -> float | None:
    """An authority's figure of the period of this item that ends on a day."""
    kinds = ITEMS[item].kinds - {PeriodKind.MONTH}
    figure = where.figures.get((area, item, str(FigurePeriod(next(iter(kinds)), end))))
    return None if figure is None or figure.cell.value is None else float(figure.cell.value)


def compared(where: OfficialFolder, oracle: Oracle) -> tuple[int, list[tuple[str, str]]]:
    """How many agree, and which do not."""
    near, off = 0, []
    for (area, item, period), found in where.figures.items():
        if item != oracle.published or not area.isdigit() or found.cell.value is None:
            continue
        end = FigurePeriod.parse(period).end
        numbers = [value(where, area, each, end) for each in oracle.of]
        if None in numbers:
            continue
        computed = oracle.rate(*numbers, *([end] if oracle.with_day else [])).value
        if computed is None:
            continue
        apart = abs(Decimal(str(oracle.scale * computed)) - found.cell.value)
        if apart <= Decimal(oracle.within) + Decimal("1e-9"):
            near += 1
        else:
            off.append((area, period))
    return near, off


@pytest.mark.parametrize("oracle", ORACLES, ids=lambda each: each.published)
def test_published_rates_follow_from_their_parts(
    folder: OfficialFolder,  # noqa: F811
    oracle: Oracle,
) -> None:
    near, off = compared(folder, oracle)
    total = near + len(off)
    said = f"{oracle.published}: {near} of {total} agree, {near / max(total, 1):.2%}; not {off}"
    assert total >= oracle.least, said
    assert near >= 0.99 * total, said


PLYMOUTH_PRINTED = {
    # Of the years to March 2018 to 2024, from the Local Authority Interactive Tool.
    "assessments": (
        "assessments_within_45_days",
        "assessments_completed",
        [71.2, 93.7, 94.0, 95.7, 65.7, 70.3, 66.5],
    ),
    "initial conferences": (
        "initial_conferences_within_15_days",
        "initial_conferences",
        [91.3, 82.3, 94.5, 94.3, 72.2, 57.8, 87.3],
    ),
}


@pytest.mark.parametrize("which", PLYMOUTH_PRINTED)
def test_rates_on_time_are_those_printed_elsewhere(
    folder: OfficialFolder,  # noqa: F811
    which: str,
) -> None:
    """The tables of assessments and conferences print no percentage of their own."""
    top, bottom, printed = PLYMOUTH_PRINTED[which]
    for year, percent in zip(range(2018, 2025), printed, strict=True):
        end = date(year, 3, 31)
        numbers = [value(folder, "879", item, end) for item in (top, bottom)]
        assert None not in numbers
        computed = parts.share(*numbers).value  # type: ignore[arg-type]
        assert computed is not None
        assert abs(100 * computed - percent) <= 0.05 + 1e-9, (which, year, computed)


BAND_ITEMS = {
    "same day": "assessments_same_day",
    "61 and more": "assessments_61_or_more_days",
    **{
        name: f"assessments_{name.replace(' to ', '_to_')}_days"
        for _, name in BANDS
        if name != "same day"
    },
}


def test_assessments_on_time_are_the_bands_up_to_45(folder: OfficialFolder) -> None:  # noqa: F811
    """The bands that formulas make are the Department's: those up to 45 add up to what is on time.

    All bands add up to all completed. Every authority and year.
    """
    tops = [most for most, _ in BANDS]
    assert all(a < b for a, b in pairwise(tops))
    in_time = [BAND_ITEMS[name] for most, name in BANDS if most <= LONGEST]
    near, off = 0, []
    for area, item, period in folder.figures:
        if item != "assessments_completed" or not area.isdigit():
            continue
        end = FigurePeriod.parse(period).end
        bands = {name: value(folder, area, name, end) for name in BAND_ITEMS.values()}
        on_time = value(folder, area, "assessments_within_45_days", end)
        completed = value(folder, area, "assessments_completed", end)
        if None in {*bands.values(), on_time, completed}:
            continue
        early = sum(bands[name] or 0 for name in in_time)
        whole = sum(each or 0 for each in bands.values())
        if (early, whole) == (on_time, completed):
            near += 1
        else:
            off.append((area, period))
    said = f"bands: {near} of {near + len(off)} agree; not {off}"
    assert near + len(off) >= 1000, said
    assert near >= 0.99 * (near + len(off)), said


def test_a_wrong_rate_is_seen(folder: OfficialFolder) -> None:  # noqa: F811
    """Agency over those in post, or sickness over 261 days, would not agree."""

    def over_in_post(agency: float, in_post: float) -> Parts:
        return Parts(agency, in_post)

    def of_261_days(days: float, in_post: float, year_end: date) -> Parts:
        return Parts(days, in_post * 261)

    for wrong in (
        Oracle("agency_percent", ("agency_fte", "social_workers_fte"), over_in_post, 100, "0.1", 1),
        Oracle("absence_percent", ("days_lost", "social_workers_fte"), of_261_days, 100, "0.05", 1,
               with_day=True),
    ):  # fmt: skip
        near, off = compared(folder, wrong)
        assert near < 0.9 * (near + len(off)), (wrong.published, near, len(off))
