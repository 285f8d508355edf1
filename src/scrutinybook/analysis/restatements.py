"""Which past figures an edition gives otherwise than the one before: gated figures on both sides.

A figure that both withhold is equal here whatever became of it, so that no change of it shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.council.figures import CouncilFigures
from scrutinybook.disclosure import PublishedSeries
from scrutinybook.edition import Restated
from scrutinybook.findings.restatements import Restatement, Restatements, Revision
from scrutinybook.measures.series import Observation
from scrutinybook.periods import Month

STILL_RECORDED = 6
"""Months up to an edition whose records the next extract reads again: Ofsted's lists cover six."""


def restatements(
    then: CouncilFigures,
    now: CouncilFigures,
    measures: Mapping[str, ExtractMeasure],
    *,
    month_then: Month,
    month_now: Month,
    reasons: Sequence[Restated] = (),
) -> Restatements:
    """Compare the periods that had ended by the earlier edition's month.

    Years up to a month follow from its months and are not compared again. `reasons`: what the
    later edition's file says of its changes.
    """
    n_compared = 0
    changed = []
    for measure_id, measure in measures.items():
        for part, before, after in _series(then, now, measure_id):
            known = {o.period: o for o in after}
            for old in before:
                new = known.get(old.period)
                if new is None or old.period.end > month_then.last_day:
                    continue
                n_compared += 1
                if not _same(old, new):
                    said = _said(reasons, measure_id, old)
                    changed.append(
                        _restatement(measure_id, measure, part, old, new, month_then, said)
                    )
    return Restatements("all", month_then, month_now, tuple(changed), n_compared)


def _series(
    then: CouncilFigures, now: CouncilFigures, measure_id: str
) -> Iterator[tuple[str, PublishedSeries, PublishedSeries]]:
    before, after = then.get(measure_id), now.get(measure_id)
    if before is None or after is None:
        return
    yield "", before.whole, after.whole
    for part, series in before.parts.items():
        if part in after.parts:
            yield part, series, after.parts[part]


def _same(old: Observation, new: Observation) -> bool:
    return (old.numerator, old.denominator, old.symbol) == (
        new.numerator,
        new.denominator,
        new.symbol,
    )


def _said(reasons: Sequence[Restated], measure_id: str, old: Observation) -> Restated | None:
    """What the analyst wrote of a figure: of its period before what was written of all periods."""
    mine = [r for r in reasons if r.measure == measure_id and r.period in (None, str(old.period))]
    return max(mine, key=lambda r: r.period is not None, default=None)


def _restatement(
    measure_id: str,
    measure: ExtractMeasure,
    part: str,
    old: Observation,
    new: Observation,
    month_then: Month,
    said: Restated | None,
) -> Restatement:
    recent = old.period.month > month_then - STILL_RECORDED
    by_rule = Revision.SCHEDULED if recent else Revision.CORRECTION
    return Restatement(
        measure_id=measure_id,
        measure=measure,
        part=part,
        then=old,
        now=new,
        revision=by_rule if said is None else Revision(said.kind),
        by_rule=said is None,
        reason=None if said is None else said.reason,
    )
