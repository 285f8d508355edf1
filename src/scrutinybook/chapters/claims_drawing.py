"""The small chart of one claim, from its finding and the edition's figures."""

from __future__ import annotations

import numpy as np

from scrutinybook.analysis.claims_figures import AnyContext, Held, held
from scrutinybook.charts.claim_chart import Line, Mark, claim_chart
from scrutinybook.charts.drawing import Drawing
from scrutinybook.commentary import words
from scrutinybook.commentary.claims import figures
from scrutinybook.commentary.figures import axis_label
from scrutinybook.committee.spans import Span
from scrutinybook.findings.claims import ClaimTested
from scrutinybook.measures.series import Observation
from scrutinybook.sources.figure_periods import PeriodKind

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
    seen = _window(own, found)
    other = None
    if claim.other_part is not None:
        other = held(context, claim.measure, claim.other_part, claim.periods)
    lines = [Line(own.values(seen), _short(claim.part) if other else "")]
    if other is not None:
        beside = [other.series.at(o.period) for o in seen]
        values = [np.nan if o is None else other.value(o) for o in beside]
        lines.append(Line(np.array(values, dtype=float), _short(claim.other_part)))
    if int((~np.isnan(lines[0].values)).sum()) < FEWEST:
        return None
    monthly = seen[0].period.kind is not PeriodKind.YEAR and claim.periods.by_month
    percent = found.measure.kind == "proportion"
    unit = found.measure.things if found.measure.kind != "value" else ""
    return claim_chart(
        f"{context.edition.id}-claim-{claim.id}",
        f"{found.measure.title}, {context.authority}",
        _description(context, found, seen),
        months=[o.period.month for o in seen] if monthly else None,
        labels=[axis_label(o.period) for o in seen],
        lines=lines,
        named=_places(seen, found.periods),
        marks=_marks(found, seen),
        level=claim.level / 100 if claim.level is not None and percent else None,
        unit=f"Share of {unit}" if percent else words.upper_first(unit),
        percent=percent,
        unit_sign="%" if found.measure.unit == "percent" else "",
    )


def _window(own: Held, found: ClaimTested) -> list[Observation]:
    """The latest periods; more where the claim's own reach further back."""
    claim = found.claim
    spans = [each for each in (claim.against, claim.periods) if each is not None]
    earliest = min(each.first.month for each in spans)
    every = list(own.series)
    from_claim = [o for o in every if o.period.month >= earliest]
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


def _description(context: AnyContext, found: ClaimTested, seen: list[Observation]) -> str:
    return (
        f"Line chart of {found.measure.noun}, {context.authority}, {seen[0].period.words} to"
        f" {seen[-1].period.words}; the periods that the statement is about are marked."
        f" {figures(found)}"
    )


def _short(name: str | None) -> str:
    """A part's name on two lines at most, to fit beside a chart."""
    return (name or "").replace(" ", "\n", 1)
