"""Every formula by its name, and the one function that computes a measure of the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import numpy as np
import pandas as pd

from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.formulas import FORMULAS
from scrutinybook.history.known import Known
from scrutinybook.measures.events import (
    assessments,
    care,
    care_leavers,
    care_reviews,
    caseload,
    child_protection,
    contacts_referrals,
    early_help,
    placements,
    workforce,
)
from scrutinybook.measures.events.asked import Asked, Figures, Measured, day_period
from scrutinybook.measures.events.counting import Happened, every, flow, series_of
from scrutinybook.measures.events.coverage import Coverage, NeedsFrom, coverage
from scrutinybook.measures.events.local_figures import local
from scrutinybook.measures.events.permanence import guardianship_coverage
from scrutinybook.measures.events.standing import (
    MARCH,
    SEPTEMBER,
    Reading,
    at_month_ends,
    from_snapshots,
    months_of,
)
from scrutinybook.sources.extracts.extract import Format
from scrutinybook.sources.figure_periods import FigurePeriod, PeriodKind

Compute = Callable[[Known, Asked, str, ExtractMeasure], Measured]
"""From what is known, what is asked, and the measure's id and entry of the catalogue."""


def compute(known: Known, asked: Asked, measure_id: str, entry: ExtractMeasure) -> Measured:
    """Compute one measure.

    Where a table that its formula needs is not held, every period is not available. Raises
    `ValueError` where the last month comes before the first.
    """
    if not asked.months:
        raise ValueError(f"{asked.last} comes before {asked.first}")
    needed = FORMULAS[entry.formula].tables
    if any(table not in known.tables and table not in known.snapshots for table in needed):
        return not_available(asked, measure_id, entry)
    return COMPUTE[entry.formula](known, asked, measure_id, entry)


def not_available(asked: Asked, measure_id: str, entry: ExtractMeasure) -> Measured:
    """Every period asked for, none with a figure."""
    nothing = Coverage(None, date.min)
    facts = entry.formula_facts
    if facts.timing == "flow" and facts.sources != ("workforce-census",):
        empty = every(np.zeros(0, "datetime64[D]"))
        return flow(measure_id, asked, empty, nothing, yearly=entry.frequency == "year")
    months = months_of(asked, _yearly_in(entry))
    period = workforce_year if facts.timing == "flow" else day_period
    periods = [period(month.last_day) for month in months]
    return Measured(Figures(series_of(measure_id, asked.area, periods, [None] * len(periods), "")))


def workforce_year(day: date) -> FigurePeriod:
    """The period of a figure for the year up to a census."""
    return FigurePeriod(PeriodKind.WORKFORCE_YEAR, day)


def _yearly_in(entry: ExtractMeasure) -> int | None:
    if entry.frequency == "month":
        return None
    return SEPTEMBER if entry.source == "workforce-census" else MARCH


def _release(known: Known, entry: ExtractMeasure) -> str:
    return str(known.origin.get(FORMULAS[entry.formula].tables[0], ""))


def _flow(events: Callable[..., Happened], needs_from: NeedsFrom | None = None) -> Compute:
    """A flow of events that stand in tables."""

    def made(known: Known, asked: Asked, measure_id: str, entry: ExtractMeasure) -> Measured:
        tables = FORMULAS[entry.formula].tables
        return flow(
            measure_id,
            asked,
            events(*(known.tables[table] for table in tables)),
            coverage(known, tables),
            needs_from=needs_from,
            yearly=entry.frequency == "year",
            release=_release(known, entry),
        )

    return made


def _spells(
    prepared: Callable[[Known, Asked, date], Callable[[date], Reading | None]],
    needs_from: NeedsFrom | None = None,
) -> Compute:
    """How things stand at month ends, from spells; `prepared` does once what all days share."""

    def made(known: Known, asked: Asked, measure_id: str, entry: ExtractMeasure) -> Measured:
        held = coverage(known, FORMULAS[entry.formula].tables)
        if held.first is None:
            return not_available(asked, measure_id, entry)
        return at_month_ends(
            measure_id,
            asked,
            prepared(known, asked, held.first),
            held,
            needs_from=needs_from,
            yearly_in=_yearly_in(entry),
            release=_release(known, entry),
        )

    return made


def _table(name: str, reading: Callable[[pd.DataFrame, date], Reading]) -> Compute:
    return _spells(lambda known, asked, first: lambda day: reading(known.tables[name], day))


def _snapshots(
    reading: Callable[..., Reading | None],
    *,
    with_asked: bool = False,
    one_table: bool = False,
    period_of: Callable[[date], FigurePeriod] = day_period,
) -> Compute:
    """How things stood on an extract's day, from the tables of that extract."""

    def made(known: Known, asked: Asked, measure_id: str, entry: ExtractMeasure) -> Measured:
        more = (asked,) if with_asked else ()
        return from_snapshots(
            measure_id,
            asked,
            known,
            FORMULAS[entry.formula].tables,
            lambda tables, day: reading(tables[0] if one_table else tables, day, *more),
            yearly_in=_yearly_in(entry),
            period_of=period_of,
            release=_release(known, entry),
        )

    return made


def _plans_reviewed(known: Known, asked: Asked, first: date) -> Callable[[date], Reading]:
    plans = known.tables["protection_plans"]
    dues = child_protection.plan_dues(plans, known.tables["plan_reviews"], first)
    missed = child_protection.first_missed(plans, dues)
    return lambda day: child_protection.plans_reviewed(plans, missed, day)


def _children_reviewed(known: Known, asked: Asked, first: date) -> Callable[[date], Reading]:
    periods = known.tables["care_periods"]
    dues = care_reviews.care_dues(periods, known.tables["care_reviews"], first)
    return lambda day: care_reviews.children_in_time(periods, dues, day)


def _placed(
    reading: Callable[[placements.Stays, date], Reading],
) -> Callable[[Known, Asked, date], Callable[[date], Reading]]:
    def prepared(known: Known, asked: Asked, first: date) -> Callable[[date], Reading]:
        stays = placements.stays(known.tables["care_episodes"])
        return lambda day: reading(stays, day)

    return prepared


def _care_reviews(known: Known, asked: Asked, measure_id: str, entry: ExtractMeasure) -> Measured:
    held = coverage(known, FORMULAS[entry.formula].tables)
    if held.first is None:
        return not_available(asked, measure_id, entry)
    dues = care_reviews.care_dues(
        known.tables["care_periods"], known.tables["care_reviews"], held.first
    )
    return flow(
        measure_id,
        asked,
        care_reviews.in_time(dues),
        held,
        needs_from=care_reviews.reviews_before,
        yearly=entry.frequency == "year",
        release=_release(known, entry),
    )


def _after_guardianship(
    known: Known, asked: Asked, measure_id: str, entry: ExtractMeasure
) -> Measured:
    before, held = guardianship_coverage(known)
    events = care.starts_after_guardianship(known.tables["care_periods"], before)
    return flow(measure_id, asked, events, held, yearly=True, release=_release(known, entry))


def _leavers(ages: tuple[int, int], what: str) -> Compute:
    from_list = _snapshots(lambda table, day: care_leavers.doing(table, ages, what), one_table=True)

    def made(known: Known, asked: Asked, measure_id: str, entry: ExtractMeasure) -> Measured:
        # The yearly return begins at 17, so that it cannot speak for those aged 16.
        if ages[0] < 17 and known.origin.get("care_leavers") is Format.SSDA903:
            return not_available(asked, measure_id, entry)
        return from_list(known, asked, measure_id, entry)

    return made


def _caseload(reading: caseload.CaseReading) -> Compute:
    held = caseload.where_workers_are_held(reading)
    return _snapshots(held, with_asked=True, one_table=True)


COMPUTE: Mapping[str, Compute] = {
    "early_help_started": _flow(early_help.started),
    "early_help_open": _table("early_help", early_help.under_way),
    "contacts": _flow(contacts_referrals.contacts),
    "referrals": _flow(contacts_referrals.referrals),
    "no_further_action": _flow(contacts_referrals.no_further_action),
    "re_referrals": _flow(contacts_referrals.re_referrals, contacts_referrals.a_year_before),
    "assessments_in_time": _flow(assessments.in_time),
    "assessments_due_in_time": _flow(assessments.due_in_time, assessments.first_start_due),
    "assessment_durations": _flow(assessments.durations),
    "assessments_overdue": _table("assessments", assessments.overdue),
    "section_47_enquiries": _flow(child_protection.enquiries),
    "conferences_in_time": _flow(child_protection.conferences_in_time),
    "repeat_plans": _flow(child_protection.repeat_plans),
    "plans_reviewed_in_time": _spells(_plans_reviewed, child_protection.a_year_before),
    "children_in_care": _table("care_periods", care.in_care),
    "children_in_care_rate": _spells(
        lambda known, asked, first: lambda day: care.rate(known.tables["care_periods"], day, asked)
    ),
    "care_starts": _flow(care.starts),
    "care_starts_aged_16_to_17": _flow(care.starts_aged_16_to_17),
    "care_starts_after_guardianship": _after_guardianship,
    "care_reviews_in_time": _care_reviews,
    "children_reviewed_in_time": _spells(_children_reviewed, care_reviews.year_and_reviews_before),
    "three_placements": _spells(_placed(placements.three_or_more), placements.year_before),
    "same_placement": _spells(_placed(placements.same_placement), placements.long_before),
    **{
        f"care_leavers_{ages[0]}_to_{ages[1]}_{what}": _leavers(ages, what)
        for ages in ((16, 17), (17, 18), (19, 21))
        for what in ("active", "not_active", "not_known")
    },
    "caseload_by_service": _caseload(caseload.by_service),
    "caseload_by_locality": _caseload(caseload.by_locality),
    "caseload_distribution": _caseload(caseload.distribution),
    "workers_above_target": _caseload(caseload.above_target),
    "posts_to_target": _caseload(caseload.posts_missing),
    "census_caseload": _snapshots(workforce.caseload),
    "census_caseload_by_experience": _snapshots(workforce.caseload_by_experience),
    "census_posts_to_target": _snapshots(workforce.posts_missing, with_asked=True),
    "agency_rate": _snapshots(workforce.agency_rate),
    "vacancy_rate": _snapshots(workforce.vacancy_rate),
    "turnover_rate": _snapshots(workforce.turnover_rate, period_of=workforce_year),
    "absence_rate": _snapshots(workforce.absence_rate, period_of=workforce_year),
    **dict.fromkeys([name for name in FORMULAS if name.startswith("local_")], local),
}
"""How each formula is computed."""
