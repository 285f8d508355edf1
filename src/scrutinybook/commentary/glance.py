"""All measures at a glance in words: what a row's signs say, and the month in five sentences."""

from __future__ import annotations

from collections.abc import Sequence

from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.commentary import words
from scrutinybook.commentary.council_figures import cell_text, number_text, when
from scrutinybook.commentary.polarity import which_is
from scrutinybook.commentary.sentence import Sentence
from scrutinybook.findings.base import Direction
from scrutinybook.findings.changes import MeasureChange
from scrutinybook.findings.council import Judged, NoLimitsWhy, Unjudged
from scrutinybook.findings.glance import Glance, MonthAtGlance, SinceLast, Trend
from scrutinybook.findings.level_change import LevelChange
from scrutinybook.measures.series import Observation
from scrutinybook.statistics import Assurance, Rule, Withheld

NAMED = 2
"""Measures that a sentence names; the table names them all."""

_NOT_JUDGED = {
    NoLimitsWhy.NO_FIGURE: "the latest figure is not shown",
    NoLimitsWhy.TOO_SHORT: "too few earlier months",
    NoLimitsWhy.TOO_FEW_CASES: "too few cases to tell",
    NoLimitsWhy.LEVEL_CHANGED: "its level has changed",
    NoLimitsWhy.ROLLING_YEAR: "each figure looks back over a year",
    NoLimitsWhy.YEARLY: "it is counted by the year",
    NoLimitsWhy.ALIKE: "the earlier months are all alike",
}

_ASSURED = {
    Assurance.CONSISTENT_PASS: "Nearly every month would meet it.",
    Assurance.CONSISTENT_FAIL: "Nearly every month would miss it.",
    Assurance.INCONSISTENT: "Chance decides if a month meets it.",
}

_NOT_ASSURED = {
    Withheld.UNSTEADY: "a recent month stands out",
    Withheld.JUST_REBASED: "the limits are too new",
    Withheld.NEUTRAL: "neither way is better",
}

SINCE = {
    SinceLast.NEW: "It did not stand out then.",
    SinceLast.STILL: "It stood out then too.",
    SinceLast.OTHER_WAY: "It stood out then too, the other way.",
    SinceLast.ENDED: "It stood out then and no longer does.",
    SinceLast.NEITHER: "It did not stand out then either.",
    SinceLast.FIRST_JUDGED: "It could not be judged then.",
    SinceLast.NOT_NOW: "It could be judged then.",
    SinceLast.NEVER: "It could not be judged then either.",
}
"""How what stands out compares with the edition before."""


_WHEN_MET = {
    SinceLast.NEW: "It did not when the committee last met.",
    SinceLast.OTHER_WAY: "It stood out the other way when the committee last met.",
    SinceLast.ENDED: "It stood out when the committee last met.",
    SinceLast.FIRST_JUDGED: "It could not be judged when the committee last met.",
    SinceLast.NOT_NOW: "It could be judged when the committee last met.",
}


def against_past(row: Glance) -> Sentence:
    """Whether the latest figure stands out, in few words."""
    judged = row.judged
    if isinstance(judged, Unjudged):
        return Sentence(_not_judged(row, judged), judged.id)
    if judged.rule is None:
        text = "Within the expected range"
        if judged.recent:
            were = "was" if len(judged.recent) == 1 else "were"
            text += f"; {words.months_listed(judged.recent)} {were} outside"
        return Sentence(f"{text}.", judged.id)
    return Sentence(f"{stands_out(row)}.", judged.id)


def stands_out(row: Glance) -> str:
    """How a measure stands out and whether that is better, without a full stop.

    Raises `ValueError` for one that does not.
    """
    if row.direction is Direction.SAME:
        raise ValueError(f"{row.measure_id} does not stand out")
    if isinstance(row.judged, Judged):
        text = _signal(row.judged)
    else:
        assert row.level is not None  # or it would not stand out
        text = _level_changed(row.level)
    return f"{text}{which_is(row.direction, row.measure.polarity)}"


def target_text(row: Glance) -> str:
    """The target as a number, or that none is set."""
    return "No target set" if row.measure.target is None else _target(row.measure)


def against_target(row: Glance) -> list[Sentence]:
    """What the latest figure and the limits make of the target; nothing where none is set."""
    if row.measure.target is None:
        return []
    text = (
        [] if row.on_target is None else [f"{words.upper_first(row.on_target.name.lower())} now."]
    )
    return [Sentence(each, row.judged.id) for each in [*text, assured(row)]]


def assured(row: Glance) -> str:
    """What the limits say of the target, or why they say nothing."""
    if not isinstance(row.judged, Judged):
        return "Not judged further."
    if row.judged.assurance is not None:
        return _ASSURED[row.judged.assurance]
    why = _NOT_ASSURED.get(row.judged.assurance_withheld or Withheld.NO_TARGET)
    return f"Not judged further: {why or 'the figures cannot bear it'}."


def since_last(row: Glance) -> list[Sentence]:
    """What was so in the edition before; nothing without one."""
    if row.since is None:
        return []
    return [Sentence(SINCE[row.since], row.id)]


def since_met(row: Glance, change: MeasureChange) -> list[Sentence]:
    """What was so when the committee last met; nothing where it was as it is now."""
    text = _WHEN_MET.get(change.since)
    return [] if text is None else [Sentence(text, row.id)]


def in_five(found: MonthAtGlance) -> list[Sentence]:
    """The month: how much stands out, what chance would give, worse, better, targets."""
    if found.charts is None:
        text = ["No measure can be judged by its earlier months yet."]
    else:
        text = [_how_many(found), _by_chance(found)]
        text += [_named(found.worse, "worse"), _named(found.better, "better")]
    return [Sentence(each, found.id) for each in [*text, _targets(found)]]


def figure_text(measure: ExtractMeasure, observation: Observation) -> tuple[str, str]:
    """A figure, and what it is out of where it is a share: ``57.2%``, ``162 of 283``."""
    parts = observation.parts if measure.kind == "proportion" else None
    out_of = "" if parts is None else f"{words.whole(parts[0])} of {words.whole(parts[1])}"
    return cell_text(measure, observation), out_of


def trend_description(trend: Trend) -> str:
    """A small chart for readers who do not see it."""
    shown, low, high = trend.shown, trend.lowest, trend.highest
    if low is None or high is None:
        return "No figure to draw."
    first, last = shown[0].period.words, shown[-1].period.words
    text = f"{words.upper_first(first)} to {last}" if first != last else words.upper_first(last)
    lowest, highest = cell_text(trend.measure, low), cell_text(trend.measure, high)
    if lowest == highest:
        text += f": {lowest} throughout"
    else:
        text += f": lowest {lowest}, {when(low)}; highest {highest}, {when(high)}"
    gaps = [(trend.n_withheld, "withheld")]
    gaps.append((len(shown) - len(trend.figures) - trend.n_withheld, "without a figure"))
    told = [f"{words.small_count_of(n, 'periods')} {what}" for n, what in gaps if n]
    return f"{text}{'; ' if told else ''}{words.listing(told)}."


def _signal(found: Judged) -> str:
    higher = found.direction is Direction.HIGHER
    match found.rule:
        case Rule.BEYOND if found.change is not None:
            return f"{'Rose' if higher else 'Fell'} by more than usual"
        case Rule.TREND:
            row = words.small_count_of(found.in_a_row, "months")
            return f"{'Rising' if higher else 'Falling'} for at least {row}"
        case Rule.NEAR:
            return f"Two of the latest three months near the {'upper' if higher else 'lower'} limit"
        case Rule.SHIFT:
            row = words.small_count_of(found.in_a_row, "months")
            return f"At least {row} {'above' if higher else 'below'} the earlier centre"
        case _:
            return f"{'Higher' if higher else 'Lower'} than expected"


def _not_judged(row: Glance, found: Unjudged) -> str:
    if row.direction is not Direction.SAME:
        return f"{stands_out(row)}."
    return f"Not judged: {_NOT_JUDGED.get(found.why, found.why.value)}."


def _level_changed(change: LevelChange) -> str:
    higher = change.direction is Direction.HIGHER
    if change.sure_of_size and change.confirmed:
        verb = "rose" if higher else "fell"
    else:
        verb = f"may have {'risen' if higher else 'fallen'}"
    return f"The level {verb} {words.some_month(change.first, change.last)}"


def _target(measure: ExtractMeasure) -> str:
    value = measure.target or 0.0
    return number_text(measure, value / 100 if measure.kind == "proportion" else value)


def _how_many(found: MonthAtGlance) -> str:
    assert found.charts is not None  # the caller has looked
    n, n_signals = found.charts.n_charts, found.charts.n_signals
    of = f"Of {words.small_count_of(n, 'separate measures')} that can be judged"
    if not n_signals:
        return f"{of}, none {'stands' if n > 1 else 'stand'} out in {found.month.words}."
    ways = ((found.worse, "for the worse"), (found.better, "for the better"))
    parts = [f"{words.small(len(each))} {way}" for each, way in ways if each]
    if found.neither:
        parts.append(f"{words.small(len(found.neither))} where neither way is better")
    stand = "stands" if n_signals == 1 else "stand"
    return (
        f"{of}, {words.small(n_signals)} {stand} out in {found.month.words}:"
        f" {words.listing(parts)}."
    )


def _by_chance(found: MonthAtGlance) -> str:
    charts = found.charts
    assert charts is not None  # the caller has looked
    if charts.n_charts == 1:
        return f"By chance alone it would stand out {words.in_a_hundred(charts.expected)} times."
    low, high = (words.small_or_none(n) for n in (charts.lower, charts.upper))
    range_ = low if charts.lower == charts.upper else f"from {low} to {high}"
    return (
        f"By chance alone about {words.decimal(charts.expected)} would stand out even if nothing"
        f" had changed ({range_}, {words.times_in_ten(charts.confidence)})."
    )


def _named(measures: Sequence[ExtractMeasure], way: str) -> str:
    if not measures:
        return f"No measure stands out for the {way}."
    names = [measure.noun for measure in measures[:NAMED]]
    left = len(measures) - len(names)
    if left:
        names.append(f"{words.small(left)} more")
    these = "This stands" if len(measures) == 1 else "These stand"
    return f"{these} out for the {way}: {words.listing(names)}."


def _targets(found: MonthAtGlance) -> str:
    n = found.n_target
    every = f"Of all {words.small_count_of(found.n_measures, 'measures')}"
    if found.n_measures == 1:
        every = "Of one measure"
    if not n:
        return f"{every}, none has a target."
    text = f"{every}, {words.small(n)} {'has' if n == 1 else 'have'} a target"
    parts = []
    for count, verbs in ((found.n_missed, ("misses", "miss")), (found.n_met, ("meets", "meet"))):
        if count:
            parts.append(f"{words.small(count)} {verbs[0] if count == 1 else verbs[1]} it now")
    silent = n - found.n_missed - found.n_met
    if silent:
        parts.append(f"of {words.small(silent)} it cannot be said")
    return f"{text}: {words.listing(parts)}."
