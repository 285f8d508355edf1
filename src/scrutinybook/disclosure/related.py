"""Measures that follow from one another: what one withholds, another must not give.

The gate looks at one measure at a time. A reader has all of them: of care leavers, those who are
active, those who are not and those not known make up the total; children aged 16 and 17 who came
into care are some of all who came. Here what is shown of several measures is looked at together.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from scrutinybook.disclosure.gate import PublishedSeries
from scrutinybook.disclosure.withholding import withheld
from scrutinybook.measures.series import Observation
from scrutinybook.small_counts import THRESHOLD, is_small
from scrutinybook.sources.figure_periods import FigurePeriod
from scrutinybook.sources.symbols import Symbol


def hidden_with(series: PublishedSeries, other: PublishedSeries) -> PublishedSeries:
    """Withhold a series wherever another is withheld that it is worked out from."""
    closed = {o.period for o in other if o.symbol is Symbol.SUPPRESSED}
    return withhold(series, closed)


def hidden_beside(
    part: PublishedSeries, whole: PublishedSeries, *, threshold: int = THRESHOLD
) -> PublishedSeries:
    """Withhold a count of some wherever the count of all, less these, is small."""
    closed = set()
    for o in part:
        other = whole.at(o.period)
        if o.numerator is None or other is None or other.numerator is None:
            continue
        if is_small(other.numerator - o.numerator, threshold):
            closed.add(o.period)
    return withhold(part, closed)


def hidden_complements(
    shares: Mapping[str, PublishedSeries], *, threshold: int = THRESHOLD
) -> Mapping[str, PublishedSeries]:
    """Withhold, of shares of one total that exclude each other, what would give one of them away.

    Where one is withheld, or what none of them counts is small, so is another: the last one that is
    shown, if what is withheld then comes to enough; otherwise all are. Two or more that come to
    enough already cover each other. So the last is best the one
    that is missed least. Which it is does not hang on the counts.
    """
    closed: dict[str, set[FigurePeriod]] = {name: set() for name in shares}
    for period in {o.period for each in shares.values() for o in each}:
        here = {name: o for name, each in shares.items() if (o := each.at(period)) is not None}
        for name in _covering(here, threshold):
            closed[name].add(period)
    return {name: withhold(each, closed[name]) for name, each in shares.items()}


def _covering(here: Mapping[str, Observation], threshold: int) -> list[str]:
    shown = {name: o.numerator for name, o in here.items() if o.numerator is not None}
    if not shown or len(here) < 2:
        return []
    hidden = sum(o.symbol is Symbol.SUPPRESSED for o in here.values())
    total = next(o.denominator for o in here.values() if o.numerator is not None)
    rest = (total or 0.0) - sum(shown.values())
    if not hidden and not is_small(rest, threshold):
        return []
    if hidden > 1 and rest >= hidden - 2 + 3 * threshold:
        return []  # they cover each other, as in an edition before
    # What is withheld of all, and nobody's measure: enough for each to be small but for the cover.
    cover = next((name for name in reversed(shown) if shown[name] >= 2 * threshold), None)
    if cover is not None and rest + shown[cover] >= max(hidden, 1) - 1 + 3 * threshold:
        return [cover]
    return list(shown)


def withhold(series: PublishedSeries, closed: Collection[FigurePeriod]) -> PublishedSeries:
    """Withhold the figures of some periods; one that holds a symbol already keeps it."""
    kept = tuple(
        withheld(o) if o.period in closed and o.numerator is not None else o for o in series
    )
    return replace(series, observations=kept)
