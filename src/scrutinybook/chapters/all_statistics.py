"""All statistics of an edition as one table: what was found, field by field, and charts' lines.

Pages say what the statistics found in words; this says it to the last digit, for whoever checks. It
holds nothing that did not come from gated figures.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import singledispatch
from typing import Any

import numpy as np
from pydantic import BaseModel

from scrutinybook.analysis.claims import claims_of
from scrutinybook.analysis.council import charts_judged
from scrutinybook.analysis.many import edition_tests
from scrutinybook.analysis.yearly import yearly_measure
from scrutinybook.catalogue import MONTHLY_MEASURE
from scrutinybook.chapters import actions
from scrutinybook.chapters.council_section import council_measure, levels_of
from scrutinybook.chapters.front_door import FrontDoor, front_door
from scrutinybook.chapters.plan import improvement_plan
from scrutinybook.context import Context
from scrutinybook.council_context import CouncilContext
from scrutinybook.downloads.tables import AnyMeasure, figure_cells
from scrutinybook.findings.base import Finding
from scrutinybook.findings.council import Judged
from scrutinybook.measures.series import Observation
from scrutinybook.periods import Month
from scrutinybook.sources.figure_periods import FigurePeriod
from scrutinybook.sources.symbols import Symbol
from scrutinybook.statistics import ControlChart

COLUMNS = ("Edition", "Measure", "Finding", "Item", "Value")
NOTHING = "none"
_LEFT_OUT = ("measure_id", "measure", "recent_values")
"""Fields whose facts stand elsewhere: in the id, in the catalogue, among a chart's values."""

Row = tuple[str, str, str]
"""Finding's id, which of its facts, the fact."""


def as_csv(context: Context | CouncilContext) -> str:
    """The table of an edition. The same figures give the same text."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(COLUMNS)
    for finding, item, value in all_rows(context):
        measure = finding.partition("/")[0]
        lines.writerow((context.edition.title, measure, finding, item, value))
    return out.getvalue()


def all_rows(context: Context | CouncilContext) -> Iterator[Row]:
    """Each fact of each finding, in the order of the book."""
    if isinstance(context, CouncilContext):
        yield from _own(context)
    else:
        yield from _official(context)
    for found in (*claims_of(context), *actions.stands(context)):
        yield from of_finding(found)


def of_finding(finding: Finding | None) -> Iterator[Row]:
    """Each fact of one finding; nothing for none."""
    if finding is None:
        return
    measure = getattr(finding, "measure", None)
    for each in fields(finding):
        if each.name not in _LEFT_OUT:
            for item, value in _facts(getattr(finding, each.name), each.name, measure):
                yield finding.id, item, value


def of_chart(
    finding_id: str,
    months: Sequence[Month],
    chart: ControlChart | None,
    places: int | None = None,
) -> Iterator[Row]:
    """A chart's values, centre line and limits month by month; nothing for none.

    `places`: digits after the point of the values, where pages show no more of them: from all
    digits of an average it could be told of how many it is.
    """
    if chart is None:
        return
    values = chart.values if places is None else np.round(chart.values, places)
    drawn = (
        *(("value", values), ("centre line", chart.centre)),
        *(("lower limit", chart.lower), ("upper limit", chart.upper)),
    )
    for place, month in enumerate(months):
        for name, line in drawn:
            yield finding_id, f"chart, {month.words}: {name}", _text(float(line[place]))
        yield finding_id, f"chart, {month.words}: beyond limits", _text(bool(chart.beyond[place]))


def _own(context: CouncilContext) -> Iterator[Row]:
    judged = []
    for measure_id in context.figures:
        found = council_measure(context, measure_id)
        if found is None:
            continue
        finding = found.judged.finding
        yield from of_finding(found.latest)
        yield from of_finding(finding)
        places = 1 if found.measure.kind == "value" else None
        yield from of_chart(finding.id, found.judged.months, found.judged.chart, places)
        yield from of_finding(found.levels)
        judged += [finding] if isinstance(finding, Judged) else []
    yield from of_finding(levels_of(context))
    yield from of_finding(charts_judged(judged))
    if context.committee.has("plan", context.edition.month):
        for point in improvement_plan(context).found:
            yield from of_finding(point)


def _official(context: Context) -> Iterator[Row]:
    if len(context.monthly(MONTHLY_MEASURE)):
        door = front_door(context)
        if isinstance(door, FrontDoor):
            yield from of_finding(door.latest)
            finding = door.judged.finding
            yield from of_finding(finding)
            chart = door.judged.chart
            drawn = chart if isinstance(chart, ControlChart) else None
            yield from of_chart(finding.id, door.judged.months, drawn)
            yield from of_finding(door.levels)
            yield from of_finding(door.since)
        else:
            yield from of_finding(door.gap)
    for measure_id in context.catalogue.measures:
        if measure_id == MONTHLY_MEASURE:
            continue
        found = yearly_measure(context, measure_id)
        if found is not None:
            for each in (found.latest, found.beside, found.among, found.years):
                yield from of_finding(each)
    yield from of_finding(edition_tests(context))


def _facts(value: Any, name: str, measure: AnyMeasure | None) -> Iterator[tuple[str, str]]:
    """The facts of a field: itself, or those of the entries and fields that it has."""
    item = name.replace("_", " ")
    if isinstance(value, BaseModel):
        return  # a parameter, which stands in the parameter files
    if isinstance(value, Finding):
        yield item, value.id  # it speaks for itself, or did so in another edition
    elif isinstance(value, Observation):
        yield from _observed(value, item, measure)
    elif isinstance(value, tuple):
        if not value:
            yield item, NOTHING
        for place, entry in enumerate(value, start=1):
            yield from _facts(entry, f"{item} {place}", measure)
    elif is_dataclass(value) and not isinstance(value, Month | FigurePeriod):
        for each in fields(value):
            inner = getattr(value, each.name)
            yield from _facts(inner, f"{item}: {each.name}", measure)
    else:
        yield item, _text(value)


def _observed(
    value: Observation, item: str, measure: AnyMeasure | None
) -> Iterator[tuple[str, str]]:
    """A period's figure as downloads have it: no finer than pages show."""
    yield f"{item}: period", value.period.words
    if measure is not None:
        for name, cell in zip(
            ("number", "out of", "figure"), figure_cells(measure, value), strict=True
        ):
            yield f"{item}: {name}", _text(cell)


@singledispatch
def _text(value: object) -> str:
    raise TypeError(f"a finding holds {type(value).__name__}, which has no text yet")


@_text.register(str)
def _(value: str) -> str:
    return (value.value if isinstance(value, Enum) else value) or NOTHING


@_text.register(type(None))
def _(value: None) -> str:
    return NOTHING


@_text.register(bool | np.bool_)
def _(value: bool | np.bool_) -> str:
    return "yes" if value else "no"


@_text.register(int | float | np.integer | np.floating)
def _(value: float) -> str:
    """The shortest text that reads back as the same number."""
    number = float(value)
    if np.isnan(number):
        return NOTHING
    return str(int(number)) if number.is_integer() else repr(number)


@_text.register(Month | FigurePeriod | Symbol)
def _(value: Month | FigurePeriod | Symbol) -> str:
    return value.words
