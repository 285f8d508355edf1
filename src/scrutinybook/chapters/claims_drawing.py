"""The small chart of one claim, from its finding and the edition's figures.

A claim that is not tested has one too: of the measure that its time has not come for, or of what
stands beside it for context.
"""

from __future__ import annotations

import numpy as np

from scrutinybook.analysis.claims_figures import AnyContext, Held, held
from scrutinybook.charts.claim_chart import Line, Mark, claim_chart
from scrutinybook.charts.drawing import Drawing
from scrutinybook.commentary.claims import figures
from scrutinybook.commentary.claims_context import context_periods
from scrutinybook.commentary.council_charts import axis_unit
from scrutinybook.commentary.figures import axis_label
from scrutinybook.committee.claims import Claim
from scrutinybook.committee.spans import Span
from scrutinybook.findings.claims import AnyMeasure, ClaimTested, ClaimUntested
from scrutinybook.measures.series import Observation

LONGEST = 24
"""Latest periods that are drawn, or as many as the claim speaks of."""
FEWEST = 3
"""Fewest figures that are drawn."""


def claim_drawing(context: AnyContext, found: ClaimTested) -> Drawing | None:
    """Draw it; None where there are too few figures for a chart."""
    claim = found.claim
    if claim.measure is None or claim.periods is None:
        return None
    own = held(context, claim.measure, claim.part, claim.periods)
    if own is None:
        return None
    seen = _window(own, claim)
    other = None
    if claim.other_part is not None:
        other = held(context, claim.measure, claim.other_part, claim.periods)
    lines = [Line(own.values(seen), _short(claim.part) if other else "")]
    if other is not None:
        beside = [other.series.at(o.period) for o in seen]
        values = [np.nan if o is None else other.value(o) for o in beside]
        lines.append(Line(np.array(values, dtype=float), _short(claim.other_part)))
    about = f"the periods that the statement is about are marked. {figures(found)}"
    return _drawing(
        context, claim, own, seen, lines, _places(seen, found.periods), about, _marks(found, seen)
    )


def untested_drawing(
    context: AnyContext, found: ClaimUntested
) -> tuple[Drawing, AnyMeasure] | None:
    """Draw what an untested claim has figures of, with what is drawn; None where it has too few.

    Where a part's figures are withheld, those of the whole stand for context.
    """
    claim = found.claim
    measure_id = claim.context or claim.measure
    if measure_id is None:
        return None
    for part in dict.fromkeys((claim.part, None)):
        own = held(context, measure_id, part, claim.periods)
        if own is None or not len(own.series):
            continue
        seen = _window(own, claim)
        if claim.context is None and claim.periods is not None:
            named = _places(seen, claim.periods)
        else:
            told = {o.period for o in context_periods(own.series, claim)}
            named = [place for place, o in enumerate(seen) if o.period in told]
        lines = [Line(own.values(seen))]
        about = "it is no test of the statement."
        if drawing := _drawing(context, claim, own, seen, lines, named, about, []):
            return drawing, own.measure
    return None


def _drawing(
    context: AnyContext,
    claim: Claim,
    own: Held,
    seen: list[Observation],
    lines: list[Line],
    named: list[int],
    about: str,
    marks: list[Mark],
) -> Drawing | None:
    """None where there are too few figures for a chart."""
    if not named or int((~np.isnan(lines[0].values)).sum()) < FEWEST:
        return None
    measure = own.measure
    monthly = seen[1].period.month.index - seen[0].period.month.index == 1
    percent = measure.kind == "proportion"
    return claim_chart(
        f"{context.edition.id}-claim-{claim.id}",
        f"{measure.title}, {context.authority}",
        f"Line chart of {measure.noun}, {context.authority}, {seen[0].period.words} to"
        f" {seen[-1].period.words}; {about}",
        months=[o.period.month for o in seen] if monthly else None,
        labels=[axis_label(o.period) for o in seen],
        lines=lines,
        named=named,
        marks=marks,
        level=claim.level / 100 if claim.level is not None and percent else None,
        unit=axis_unit(measure),
        percent=percent,
        unit_sign="%" if measure.unit == "percent" else "",
    )


def _window(own: Held, claim: Claim) -> list[Observation]:
    """The latest periods; more where the claim's own reach further back."""
    every = list(own.series)
    starts = [each.first.month for each in (claim.against, claim.periods) if each is not None]
    from_claim = [o for o in every if starts and o.period.month >= min(starts)]
    return every[-max(LONGEST, len(from_claim)) :]


def _marks(found: ClaimTested, seen: list[Observation]) -> list[Mark]:
    """The means that are compared, or the line of a trend."""
    then, now, claim = found.then, found.now, found.claim
    if then is None or claim.kind == "comparison":
        return []
    here = _places(seen, found.periods)
    if claim.kind == "trend":
        return [Mark(here[0], here[-1], then.value, now.value)]
    before = claim.periods if claim.kind == "forecast" else claim.against
    marks = [Mark(here[0], here[-1], now.value, now.value)]
    if before is not None and (there := _places(seen, before)):
        marks.append(Mark(there[0], there[-1], then.value, then.value))
    # The mean of one period is its own square.
    return [each for each in marks if each.last > each.first]


def _places(seen: list[Observation], span: Span) -> list[int]:
    wanted = {o.period for o in span.of(seen)}
    return [place for place, o in enumerate(seen) if o.period in wanted]


def _short(name: str | None) -> str:
    """A part's name on two lines at most, to fit beside a chart."""
    return (name or "").replace(" ", "\n", 1)
