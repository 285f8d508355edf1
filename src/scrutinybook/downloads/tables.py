"""The table of one measure, the same in its file and in the workbook, from gated series alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scrutinybook.catalogue import Measure
from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.commentary.polarity import rule
from scrutinybook.commentary.words import upper_first
from scrutinybook.disclosure import PublishedSeries
from scrutinybook.downloads.cells import MARKS, MEANINGS, NONE, Cell, mark_of, number
from scrutinybook.findings.council import on_page
from scrutinybook.measures.series import Observation
from scrutinybook.sources.figure_periods import PeriodKind
from scrutinybook.sources.symbols import Symbol

COLUMNS = (
    "Area",
    "Period",
    "Covers",
    "Part",
    "Number",
    "Out of",
    "Figure",
    "Unit",
    "Mark",
    "Note",
    "Source",
)

ALL = "all"
"""The part that is the whole measure."""

YEAR_SO_FAR = "the year so far, from 1 April"
_COVERS = {
    PeriodKind.MONTH: "the month",
    PeriodKind.YEAR: "the year",
    PeriodKind.WORKFORCE_YEAR: "the year",
    PeriodKind.SNAPSHOT: "the day",
}

AnyMeasure = Measure | ExtractMeasure


@dataclass(frozen=True)
class Stretch:
    """One series of a measure's table."""

    series: PublishedSeries
    part: str = ALL
    to_date: bool = False
    """It holds the year up to each month, and not the months."""


@dataclass(frozen=True)
class DownloadTable:
    """One measure's table with what a reader has to know of it."""

    measure_id: str
    title: str
    about: tuple[str, ...]
    """What is counted, which way is better, the target; a sentence or more each."""
    rows: tuple[tuple[Cell, ...], ...]
    """As many cells as there are `COLUMNS`."""


def download_table(
    measure_id: str,
    measure: AnyMeasure,
    stretches: Sequence[Stretch],
    *,
    sources: Mapping[str, str],
    notes: Mapping[str, str],
) -> DownloadTable:
    """Make a measure's table.

    `sources` names each release that figures come from; `notes` has what happened in a month, by
    the month as ``2023-03``. Numbers are those that pages show and no finer: of a printed or
    averaged value the figure alone. Raises `KeyError` for a figure of an unnamed release.
    """
    rows = tuple(
        _row(measure, each, observation, sources, notes)
        for each in stretches
        for observation in each.series
    )
    return DownloadTable(measure_id, measure.title, about(measure), rows)


def about(measure: AnyMeasure) -> tuple[str, ...]:
    """A measure in a few sentences: what it counts, which way is better, its target."""
    unit = "%" if measure.kind == "proportion" or measure.unit == "percent" else ""
    target = f"No target is set. {measure.no_target or ''}".strip()
    if measure.target is not None:
        target = f"The target is {measure.target:g}{unit}."
    said = [measure.definition, rule(measure.polarity), target]
    if isinstance(measure, ExtractMeasure):
        said.append(f"Owner: {measure.owner}.")
    return tuple(said)


def unit_of(measure: AnyMeasure) -> str:
    """What the figure is counted in."""
    if measure.kind == "proportion":
        return "per cent"
    if measure.kind == "value":
        return {"percent": "per cent"}.get(measure.unit or "", measure.unit or "")
    return measure.things


def _row(
    measure: AnyMeasure,
    stretch: Stretch,
    observation: Observation,
    sources: Mapping[str, str],
    notes: Mapping[str, str],
) -> tuple[Cell, ...]:
    mark = NONE if observation.value is not None else mark_of(observation)
    meaning = "" if mark == NONE else f" {MEANINGS[mark]}"
    beside = notes.get(str(observation.period.month)) if stretch.part == ALL else None
    return (
        upper_first(stretch.series.area),
        observation.period.words,
        YEAR_SO_FAR if stretch.to_date else _COVERS[observation.period.kind],
        stretch.part,
        *figure_cells(measure, observation),
        unit_of(measure),
        f"{mark}{meaning}",
        beside or NONE,
        sources[observation.release] if observation.release else NONE,
    )


def figure_cells(measure: AnyMeasure, observation: Observation) -> tuple[Cell, Cell, Cell]:
    """What was counted, out of how many, and the figure in its unit."""
    value, without = observation.value, MARKS[Symbol.NOT_APPLICABLE]
    if measure.kind == "value":
        if value is None:
            return without, without, mark_of(observation)
        shown = on_page(measure, observation) if isinstance(measure, ExtractMeasure) else value
        return without, without, number(shown or 0.0, 1)
    if measure.kind == "proportion":
        if observation.numerator is None or observation.denominator is None:
            mark = mark_of(observation)
            return mark, mark, mark
        share = mark_of(observation) if value is None else number(100 * value, 1)
        return number(observation.numerator), number(observation.denominator), share
    if value is None:
        mark = mark_of(observation)
        return mark, without, mark
    return number(value), without, number(value)
