"""How much was tested at once, and what stands once that is allowed for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from scrutinybook.analysis.levels import MonthlyCounts, level_p_value
from scrutinybook.analysis.without_count import without_count
from scrutinybook.analysis.yearly import latest_finding, smallest_difference
from scrutinybook.catalogue import MONTHLY_MEASURE
from scrutinybook.context import Context
from scrutinybook.findings.yearly import (
    ChangeOnYear,
    Detectable,
    FigureOnYear,
    LevelTested,
    ManyTested,
)
from scrutinybook.statistics import false_discoveries

LEVEL = 0.05
"""Share of false changes among those said to stand that the book accepts; a measure tested alone
counts as evidence at a p-value below it."""


@lru_cache(maxsize=8)
def edition_tests(context: Context) -> ManyTested | None:
    """All that an edition tests; None where it tests no yearly change."""
    changes: list[ChangeOnYear] = []
    untested: list[FigureOnYear] = []
    for measure_id, measure in context.catalogue.measures.items():
        own = context.yearly(measure_id)
        found = latest_finding(measure_id, measure, own) if len(own) else None
        if isinstance(found, ChangeOnYear):
            changes.append(found)
        elif isinstance(found, FigureOnYear):
            untested.append(found)
    return many_tested(changes, untested, _level_tests(context)) if changes else None


def _level_tests(context: Context) -> Mapping[str, float]:
    """The p-value of the search of referrals by month, where there is one."""
    series = context.monthly(MONTHLY_MEASURE)
    if not len(series) or without_count(series) is not None:
        return {}
    p_value = level_p_value(MonthlyCounts.of(series), context.edition.slug, context.kept)
    return {} if p_value is None else {MONTHLY_MEASURE: p_value}


def many_tested(
    changes: Sequence[ChangeOnYear],
    untested: Sequence[FigureOnYear] = (),
    levels: Mapping[str, float] | None = None,
) -> ManyTested:
    """One p-value a measure: the change on the year before, Fisher's exact test; or the search.

    `untested`: the edition's other figures, to be counted. `levels`: for each monthly count that
    was searched for lasting changes, the one p-value of its search. Raises `ValueError` for no
    change.
    """
    if not changes:
        raise ValueError("no measure was tested; there is nothing to allow for")
    searched = dict(levels or {})
    p_values = [*(change.p_value for change in changes), *searched.values()]
    found = false_discoveries(p_values, false_share=LEVEL)
    n = len(changes)
    return ManyTested(
        measure_id="all",
        tested=tuple(changes),
        alone=tuple(c for c in changes if c.p_value < LEVEL),
        stand=tuple(c for c, kept in zip(changes, found.stand[:n], strict=True) if kept),
        stand_strictly=tuple(
            c for c, kept in zip(changes, found.stand_strictly[:n], strict=True) if kept
        ),
        false_share=found.false_share,
        detectable=tuple(_detectable(change, LEVEL / len(p_values)) for change in changes),
        n_printed=sum(f.measure.kind != "proportion" for f in untested),
        n_first=sum(f.measure.kind == "proportion" for f in untested),
        levels=tuple(
            LevelTested(name, p, bool(found.stand[n + k]), bool(found.stand_strictly[n + k]))
            for k, (name, p) in enumerate(searched.items())
        ),
    )


def _detectable(change: ChangeOnYear, level: float) -> Detectable:
    # The method's thresholds run from level / number of tests upwards: its first is the safe bound.
    if change.then.parts is None or change.now.parts is None:
        raise ValueError(f"{change.measure_id} was tested without parts")
    return smallest_difference(change.then.parts, change.now.parts[1], level)
