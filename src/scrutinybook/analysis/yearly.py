"""Findings on a measure's yearly figures: the year before, other authorities, all years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy import stats

from scrutinybook.catalogue import Measure
from scrutinybook.context import Context
from scrutinybook.disclosure import PublishedSeries
from scrutinybook.findings.yearly import (
    AmongAuthorities,
    BesideOthers,
    ChangeOnYear,
    Detectable,
    EarlierSteps,
    FewYears,
    FigureOnYear,
    FunnelPlace,
    NeighboursSteps,
    NotPublished,
    OverYears,
)
from scrutinybook.measures.series import Observation
from scrutinybook.sources.figure_periods import FigurePeriod
from scrutinybook.statistics import Funnel, newcombe, proportion_funnel, two_proportions

FEWEST_YEARS = 4
"""Fewer years than this have no range worth saying."""

FEWEST_NEIGHBOURS = 8
"""Fewest of its ten neighbours with a figure in a year that make a point of their line."""
FEWEST_STEPS = 5
"""Fewer steps from one year to the next than this do not say how often one is as large."""
FEWEST_NEIGHBOURS_STEPS = 10
"""The same of the steps of all neighbours."""


@dataclass(frozen=True)
class YearlyMeasure:
    """One measure of one edition: its series and what was found in them."""

    measure_id: str
    measure: Measure
    own: PublishedSeries
    neighbours: tuple[PublishedSeries, ...]
    region: PublishedSeries
    england: PublishedSeries
    latest: ChangeOnYear | FigureOnYear | NotPublished
    beside: BesideOthers
    among: AmongAuthorities | None
    years: OverYears | FewYears
    funnel: Funnel | None
    """All authorities in the latest year, the edition's own first; None where not drawn."""

    def neighbours_at(self, period: FigurePeriod) -> float | None:
        """Neighbours in one period: pooled for a proportion, the middle value otherwise.

        None where fewer than `FEWEST_NEIGHBOURS` have a figure: from year to year a line of a
        few, and of others each time, would show which ones had a figure more than what they did.
        """
        together, n = neighbours_together(self.measure, self.neighbours, period)
        return together if n >= FEWEST_NEIGHBOURS else None


def has_figure(context: Context, measure_id: str) -> bool:
    """Whether the authority has any yearly figure by the edition's month; analyses nothing."""
    return any(o.value is not None for o in context.yearly(measure_id))


@lru_cache(maxsize=256)
def yearly_measure(context: Context, measure_id: str) -> YearlyMeasure | None:
    """Analyse one measure; None where the authority has no figure at all by the edition's month."""
    if not has_figure(context, measure_id):
        return None
    measure = context.catalogue.measure(measure_id)
    own = context.yearly(measure_id)
    neighbours = context.neighbours(measure_id)
    region, england = context.region(measure_id), context.england(measure_id)
    now = own.latest
    funnel = funnel_of_all(context, measure_id) if measure.funnel and now.parts else None
    together, n_neighbours = neighbours_together(measure, neighbours, now.period)
    comparable = measure.kind in ("proportion", "value")
    return YearlyMeasure(
        measure_id=measure_id,
        measure=measure,
        own=own,
        neighbours=neighbours,
        region=region,
        england=england,
        latest=latest_finding(measure_id, measure, own, neighbours),
        beside=BesideOthers(
            measure_id=measure_id,
            measure=measure,
            now=now,
            neighbours=together if comparable else None,
            n_neighbours=n_neighbours,
            england=_value_at(england, now.period) if comparable else None,
            region=_value_at(region, now.period) if comparable else None,
            region_name=region.area,
        ),
        among=None if funnel is None else _among(measure_id, measure, now, funnel),
        years=years_finding(measure_id, measure, own),
        funnel=funnel,
    )


def neighbours_together(
    measure: Measure, neighbours: Sequence[PublishedSeries], period: FigurePeriod
) -> tuple[float | None, int]:
    """Neighbours' figure in one period and how many of them have one.

    Proportions are pooled (all children of all neighbours together); of printed values the middle
    one is taken, since their parts are not to be added.
    """
    found = [o for o in (series.at(period) for series in neighbours) if o is not None]
    if measure.kind == "proportion":
        parts = [o.parts for o in found if o.parts is not None]
        if not parts:
            return None, 0
        return sum(top for top, _ in parts) / sum(bottom for _, bottom in parts), len(parts)
    values = [o.value for o in found if o.value is not None]
    return (float(np.median(values)) if values else None), len(values)


def latest_finding(
    measure_id: str,
    measure: Measure,
    own: PublishedSeries,
    neighbours: Sequence[PublishedSeries] = (),
) -> ChangeOnYear | FigureOnYear | NotPublished:
    """What the latest period says: tested against the year before where both have parts."""
    now, then = own.latest, own.before_latest()
    if now.value is None:
        return NotPublished(measure_id, measure, now)
    if measure.kind != "proportion" or now.parts is None or then is None or then.parts is None:
        return FigureOnYear(measure_id, measure, now, then)
    return ChangeOnYear(
        measure_id=measure_id,
        measure=measure,
        now=now,
        then=then,
        difference=newcombe(then.parts, now.parts),
        p_value=two_proportions(then.parts, now.parts).p_value,
        earlier=_earlier_steps(own),
        neighbours=_neighbours_steps(neighbours),
    )


def _earlier_steps(own: PublishedSeries) -> EarlierSteps | None:
    *earlier, latest = zip(own, list(own)[1:], strict=False)
    known = [pair for pair in earlier if all(o.value is not None for o in pair)]
    if len(known) < FEWEST_STEPS:
        return None
    nearly = _step(*latest) - 1e-12  # steps that are equal but for the last bits count as equal
    as_large = sum(_step(*pair) >= nearly for pair in known)
    return EarlierSteps(known[0][0].period, len(known), as_large)


def _neighbours_steps(neighbours: Sequence[PublishedSeries]) -> NeighboursSteps | None:
    pairs = [pair for own in neighbours for pair in zip(own, list(own)[1:], strict=False)]
    known = [(a.parts, b.parts) for a, b in pairs if a.parts and b.parts]
    if len(known) < FEWEST_NEIGHBOURS_STEPS:
        return None
    differences = [newcombe(then, now) for then, now in known]
    return NeighboursSteps(len(known), sum(not d.lower <= 0 <= d.upper for d in differences))


def _step(then: Observation, now: Observation) -> float:
    return abs(_worth(now) - _worth(then))


def smallest_difference(then: tuple[int, int], size: int, level: float) -> Detectable:
    """The smallest rise and fall of a share that Fisher's test would have shown 80% of the time.

    `then`: numerator and denominator of the year before; `size`: this year's denominator; `level`:
    the p-value below which a change is said to be there. By the arcsine transformation (Cohen
    1988), which also holds near 0 and 1, with the allowance of Ury and Fleiss (1980) for the
    caution of exact tests.
    """
    noise = 1 / then[1] + 1 / size
    half = (stats.norm.isf(level / 2) + stats.norm.isf(0.2)) / 2 * np.sqrt(noise)
    share = (then[0] + 0.5) / (then[1] + 1)  # none or all of few does not mean none or all ever
    rise, fall = _seen(share, half, noise), _seen(share, -half, noise)
    room_above, room_below = 1 - then[0] / then[1], then[0] / then[1]
    return Detectable(
        rise=rise if rise is not None and rise <= room_above else None,
        fall=fall if fall is not None and fall <= room_below else None,
    )


def _seen(share: float, half: float, noise: float) -> float | None:
    plain = _moved(share, half)
    if plain is None or plain <= noise:
        return None
    return _moved(share, half / np.sqrt(1 - noise / plain))


def _moved(share: float, angle: float) -> float | None:
    """How far a share moves by an angle of the transformation; None where it cannot."""
    moved = np.arcsin(np.sqrt(share)) + angle
    return abs(float(np.sin(moved)) ** 2 - share) if 0 <= moved <= np.pi / 2 else None


def funnel_of_all(context: Context, measure_id: str) -> Funnel | None:
    """The funnel of every authority in the latest period of the context's own, which is the first.

    None where fewer than half have a figure.
    """
    everyone = context.everyone(measure_id)
    period = everyone[0].latest.period
    parts = [None if o is None else o.parts for o in (s.at(period) for s in everyone)]
    if sum(p is not None for p in parts) < len(parts) // 2:
        return None  # the table ships all authorities for its latest years alone
    tops, bottoms = (
        np.array([np.nan if p is None else p[k] for p in parts], dtype=float) for k in (0, 1)
    )
    return proportion_funnel(tops, bottoms)


def _among(measure_id: str, measure: Measure, now: Observation, funnel: Funnel) -> AmongAuthorities:
    above = bool(funnel.z[0] > 0)
    if funnel.outside_outer[0]:
        place = FunnelPlace.ABOVE_OUTER if above else FunnelPlace.BELOW_OUTER
    elif funnel.outside_inner[0]:
        place = FunnelPlace.ABOVE_INNER if above else FunnelPlace.BELOW_INNER
    else:
        place = FunnelPlace.INSIDE
    limits = funnel.limits(funnel.sizes[:1])
    return AmongAuthorities(
        measure_id=measure_id,
        measure=measure,
        now=now,
        place=place,
        n_authorities=funnel.values.size - funnel.n_left_out,
        n_left_out=funnel.n_left_out,
        centre=funnel.centre,
        n_outside_inner=int(funnel.outside_inner.sum()),
        n_outside_outer=int(funnel.outside_outer.sum()),
        lower=float(limits.lower_outer[0]),
        upper=float(limits.upper_outer[0]),
    )


def years_finding(measure_id: str, measure: Measure, own: PublishedSeries) -> OverYears | FewYears:
    """The range of all years and the latest one's place in it, where there are enough."""
    known = [o for o in own if o.value is not None]
    if len(known) < FEWEST_YEARS:
        return FewYears(measure_id, measure, len(known))
    latest = _worth(known[-1])
    return OverYears(
        measure_id=measure_id,
        measure=measure,
        first=known[0],
        latest=known[-1],
        lowest=_at_value(known, min(_worth(o) for o in known)),
        highest=_at_value(known, max(_worth(o) for o in known)),
        n_years=len(known),
        n_lower=sum(_worth(o) < latest for o in known),
        n_higher=sum(_worth(o) > latest for o in known),
    )


def _at_value(known: Sequence[Observation], value: float) -> tuple[Observation, ...]:
    return tuple(o for o in known if _worth(o) == value)


def _worth(observation: Observation) -> float:
    return float("nan") if observation.value is None else observation.value


def _value_at(series: PublishedSeries, period: FigurePeriod) -> float | None:
    observation = series.at(period)
    return None if observation is None else observation.value
