"""How many measures were tested at once, and how many stand once that is allowed for."""

from __future__ import annotations

from collections.abc import Sequence

from scrutinybook.analysis.yearly import latest_finding, smallest_difference
from scrutinybook.context import Context
from scrutinybook.findings.yearly import ChangeOnYear, Detectable, FigureOnYear, ManyTested
from scrutinybook.statistics import false_discoveries

LEVEL = 0.05
"""Share of false changes among those said to stand that the book accepts; a measure tested alone
counts as evidence at a p-value below it."""


def edition_tests(context: Context) -> ManyTested | None:
    """All yearly changes that an edition tests; None where it tests none."""
    changes: list[ChangeOnYear] = []
    untested: list[FigureOnYear] = []
    for measure_id, measure in context.catalogue.measures.items():
        own = context.yearly(measure_id)
        found = latest_finding(measure_id, measure, own) if len(own) else None
        if isinstance(found, ChangeOnYear):
            changes.append(found)
        elif isinstance(found, FigureOnYear):
            untested.append(found)
    return many_tested(changes, untested) if changes else None


def many_tested(
    changes: Sequence[ChangeOnYear], untested: Sequence[FigureOnYear] = ()
) -> ManyTested:
    """One p-value a measure: the change on the year before, Fisher's exact test.

    `untested`: the edition's other figures, to be counted. Raises `ValueError` for no change.
    """
    if not changes:
        raise ValueError("no measure was tested; there is nothing to allow for")
    found = false_discoveries([change.p_value for change in changes], false_share=LEVEL)
    return ManyTested(
        measure_id="all",
        tested=tuple(changes),
        alone=tuple(c for c in changes if c.p_value < LEVEL),
        stand=tuple(c for c, kept in zip(changes, found.stand, strict=True) if kept),
        stand_strictly=tuple(
            c for c, kept in zip(changes, found.stand_strictly, strict=True) if kept
        ),
        false_share=found.false_share,
        detectable=tuple(_detectable(change, LEVEL / len(changes)) for change in changes),
        n_printed=sum(f.measure.kind != "proportion" for f in untested),
        n_first=sum(f.measure.kind == "proportion" for f in untested),
    )


def _detectable(change: ChangeOnYear, level: float) -> Detectable:
    # The method's thresholds run from level / number of tests upwards: its first is the safe bound.
    if change.then.parts is None or change.now.parts is None:
        raise ValueError(f"{change.measure_id} was tested without parts")
    return smallest_difference(change.then.parts, change.now.parts[1], level)
