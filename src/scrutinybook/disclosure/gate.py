"""Let series through: official ones as they are, a council's own without what could name a child.

Figures that the Department has published are public already: a withheld one stays withheld, and
nothing is worked out that would recover it. A council's own figures pass by the rules of
`withholding`, and so do totals of the year, which with all other months would give one away.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from scrutinybook.disclosure.withholding import covers, gives_away, is_of_few, withheld
from scrutinybook.measures.series import Observation, Series
from scrutinybook.periods import Month
from scrutinybook.small_counts import THRESHOLD, is_small
from scrutinybook.sources.figure_periods import FigurePeriod
from scrutinybook.sources.symbols import Symbol


class Origin(StrEnum):
    """Where a series' figures come from, which decides what may be shown of them."""

    OFFICIAL = "official statistics"
    COUNCIL = "the council's own records"
    DEMONSTRATION = "synthetic records of nobody"


@dataclass(frozen=True)
class PublishedSeries(Series):
    """A series that may be shown. Statistics, charts and sentences take this type alone."""

    origin: Origin


def gate(
    series: Series,
    origin: Origin,
    *,
    threshold: int = THRESHOLD,
    counts_people: bool = True,
    fewest: float = 0,
    closed: Collection[FigurePeriod] = (),
) -> PublishedSeries:
    """Let a series through, small counts withheld unless the figures are published already.

    Demonstration figures are treated as a council's own, so that they show what a council would
    see. `counts_people`: false for what stands for no number of people (a percentage that came as
    one, a number of training places). `fewest`: what a figure is out of must come to as much, or to
    nothing (a percentage of few; days of a few workers, who are people though days are not).
    `closed`: periods that an earlier edition withheld, and that stay so. Raises `ValueError` where
    a period has both a figure and a symbol (it would show what is withheld), or for a threshold
    below `THRESHOLD`.
    """
    if threshold < THRESHOLD:
        raise ValueError(f"the threshold is {threshold}; it is {THRESHOLD} at the least")
    for observation in series:
        _refuse_leak(series, observation)
    shown = series.observations
    if origin is not Origin.OFFICIAL:
        shown = tuple(
            withheld(o)
            if o.symbol is None
            and (
                (counts_people and gives_away(o, threshold))
                or is_of_few(o, fewest)
                or o.period in closed
            )
            else o
            for o in shown
        )
    return PublishedSeries(series.measure_id, series.area, shown, origin)


def gate_totals(
    totals: Series,
    months: PublishedSeries,
    *,
    threshold: int = THRESHOLD,
    counts_people: bool = True,
    fewest: float = 0,
    closed: Collection[FigurePeriod] = (),
) -> PublishedSeries:
    """Let totals of the year up to each month through, by what is shown of its months.

    A total from 1 April on, less the months that are shown, gives what is left: so it is withheld
    from the first withheld month of its year on. Raises `ValueError` as `gate` does.
    """
    gated = gate(
        totals,
        months.origin,
        threshold=threshold,
        counts_people=counts_people,
        fewest=fewest,
        closed=closed,
    )
    if months.origin is Origin.OFFICIAL:
        return gated
    since = _first_withheld(months)
    shown = tuple(
        withheld(o) if o.period.month >= since.get(_year(o), Month(9999, 1)) else o for o in gated
    )
    return PublishedSeries(gated.measure_id, gated.area, shown, gated.origin)


@dataclass(frozen=True)
class Split:
    """A share elsewhere that tells how much some of a measure's parts come to together."""

    share: PublishedSeries
    """Its denominator is the measure's whole."""
    side: Collection[str]
    """The parts that its numerator counts, or those that it does not."""


def gate_parts(
    parts: Mapping[str, Series],
    whole: PublishedSeries,
    *,
    threshold: int = THRESHOLD,
    split: Split | None = None,
    all_or_none: bool = False,
    counts_people: bool = True,
    fewest: float = 0,
    closed: Mapping[str, Collection[FigurePeriod]] | None = None,
    opened: Mapping[str, Collection[FigurePeriod]] | None = None,
) -> Mapping[str, PublishedSeries]:
    """Let the parts of a measure through, so that the whole less the others gives none away.

    In a period in which a part is withheld, so is the first other in the order of `parts` that
    covers it (`covers` says which does, and when all are withheld). Where the whole is withheld,
    and for shares, all parts of the period are. `parts`: series of the same periods as `whole`.
    `split`: where it is shown, each side has a total of its own, and the cover is of the same side.
    `all_or_none`: parts whose sums stand elsewhere in more than one way are all shown or all
    withheld. `closed` and `opened`: the periods of each part that an earlier edition withheld, and
    showed. Raises `ValueError` as `gate` does.
    """
    by_itself = {
        name: gate(
            each, whole.origin, threshold=threshold, counts_people=counts_people, fewest=fewest
        )
        for name, each in parts.items()
    }
    if whole.origin is Origin.OFFICIAL:
        return by_itself
    gated = {
        name: gate(each, whole.origin, counts_people=False, closed=(closed or {}).get(name, ()))
        for name, each in by_itself.items()
    }
    closing: dict[str, set[FigurePeriod]] = {name: set() for name in gated}
    for period in whole:
        known = {name for name, held in (opened or {}).items() if period.period in held}
        here = {name: o for name, each in gated.items() if (o := each.at(period.period))}
        for side in _sides(here, period, split):
            strict = all_or_none and any(o.symbol is Symbol.SUPPRESSED for o in side.values())
            raw = {name: parts[name].at(period.period) for name in side}
            own = {name: by_itself[name].at(period.period) for name in side}
            few = {name for name, o in own.items() if o and o.symbol is Symbol.SUPPRESSED}
            for name in side if strict else _covers(side, raw, period, threshold, few, known):
                closing[name].add(period.period)
    return {
        name: replace(
            each,
            observations=tuple(withheld(o) if o.period in closing[name] else o for o in each),
        )
        for name, each in gated.items()
    }


def _sides(
    parts: Mapping[str, Observation], whole: Observation, split: Split | None
) -> list[dict[str, Observation]]:
    told = None if split is None else split.share.at(whole.period)
    if split is None or told is None or told.numerator is None:
        return [dict(parts)]
    return [
        {name: o for name, o in parts.items() if (name in split.side) == there}
        for there in (True, False)
    ]


def _covers(
    parts: Mapping[str, Observation],
    raw: Mapping[str, Observation | None],
    whole: Observation,
    threshold: int,
    few: Collection[str],
    known: Collection[str],
) -> Collection[str]:
    """Which parts of one period are withheld besides those that already are.

    `few`: those that are withheld for what they count, and not for an earlier edition. `known`:
    those that an earlier edition showed, so that they cover nothing.
    """
    shown = [name for name, o in parts.items() if o.symbol is None]
    hidden = [name for name, o in parts.items() if o.symbol is Symbol.SUPPRESSED]
    if whole.symbol is Symbol.SUPPRESSED:
        return shown
    if not hidden:
        return ()
    if any(o is not None and o.denominator is not None for o in raw.values()):
        # All, unless an earlier edition has found that fewer suffice, of two at least.
        return shown if few or len(hidden) < 2 else ()
    counts = {name: (o and o.numerator) or 0.0 for name, o in raw.items()}
    small = [name for name in hidden if is_small(counts[name], threshold)]
    order = [name for name in parts if name in shown and name not in known]
    covered = [name for name in hidden if name not in small and name not in known]
    if not small and len(covered) == 1:
        # It was small once, or covered what was: by itself it would follow from the others.
        small, covered = covered, []
    return covers(counts, small, order, threshold, covered=covered)


def _first_withheld(months: PublishedSeries) -> Mapping[int, Month]:
    """For each year, by its end, the first month that is withheld."""
    first: dict[int, Month] = {}
    for observation in months:
        if observation.symbol is Symbol.SUPPRESSED:
            first.setdefault(_year(observation), observation.period.month)
    return first


def _year(observation: Observation) -> int:
    return observation.period.month.financial_year.ending


def _refuse_leak(series: Series, observation: Observation) -> None:
    shown = (observation.numerator, observation.denominator)
    if observation.symbol is not None and any(part is not None for part in shown):
        raise ValueError(
            f"{series.measure_id}, {observation.period}: a figure stands beside the symbol"
            f" {observation.symbol.value}"
        )
