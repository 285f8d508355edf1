"""Yearly findings in words."""

from __future__ import annotations

from scrutinybook.catalogue import Measure
from scrutinybook.commentary import words
from scrutinybook.commentary.comparisons import place_among
from scrutinybook.commentary.figures import (
    parts_text,
    share_of,
    since,
    value_text,
    when,
    year_before,
)
from scrutinybook.commentary.polarity import which_is
from scrutinybook.commentary.sentence import Sentence
from scrutinybook.findings.base import Direction
from scrutinybook.findings.yearly import (
    AmongAuthorities,
    ChangeOnYear,
    FigureOnYear,
    ManyTested,
    NotPublished,
    OverYears,
)
from scrutinybook.measures.series import Observation

Latest = ChangeOnYear | FigureOnYear | NotPublished


def headline(latest: Latest, among: AmongAuthorities | None, tests: ManyTested | None) -> Sentence:
    """The message of a measure's section; `tests` are all those of the edition."""
    measure, now = latest.measure, latest.now
    if isinstance(latest, NotPublished):
        return _said(latest, _no_figure(latest))
    at = words.upper_first(when(now.period))
    if now.parts is not None:
        first = f"{at}, {share_of(now, measure.things, measure.predicate or '')}."
    else:
        first = f"{at}, {_the_figure(measure)} was {value_text(measure, now)}."
    return _said(latest, " ".join([first, *_after(latest, among, tests)]))


def line(latest: Latest, among: AmongAuthorities | None, tests: ManyTested | None) -> Sentence:
    """The same beside the measure's title, as lists of many measures say it."""
    now = latest.now
    if isinstance(latest, NotPublished):
        return _said(latest, _no_figure(latest))
    first = f"{value_text(latest.measure, now)} {when(now.period)}"
    if now.parts is not None:
        first += f" ({words.whole(now.parts[0])} of {words.whole(now.parts[1])})"
    return _said(latest, " ".join([f"{first}.", *_after(latest, among, tests)]))


def latest_figure(latest: Latest, tests: ManyTested | None) -> list[Sentence]:
    """The latest figure beside the year before, and what the difference can bear."""
    if isinstance(latest, ChangeOnYear):
        return _tested(latest, tests)
    if isinstance(latest, FigureOnYear):
        return _beside_year_before(latest)
    return [_said(latest, f"{_no_figure(latest)} That is not the same as zero.")]


def over_years(found: OverYears) -> list[Sentence]:
    """The range of the years shown."""
    years = words.small_count_of(found.n_years, "years")
    low, high = (value_text(found.measure, each[0]) for each in (found.lowest, found.highest))
    start = f"Over the {years} with a figure since {since(found.first.period)},"
    if len(found.lowest) == found.n_years:
        return [_said(found, f"{start} it was {low} in each.")]
    return [
        _said(
            found,
            f"{start} the lowest was {low} ({_years(found.lowest)}) and the highest {high}"
            f" ({_years(found.highest)}).",
        )
    ]


def _years(which: tuple[Observation, ...]) -> str:
    return words.listing([o.period.words for o in which])


def _after(
    latest: ChangeOnYear | FigureOnYear, among: AmongAuthorities | None, tests: ManyTested | None
) -> list[str]:
    """What follows the figure in a message: the year before, and all authorities."""
    said = []
    before = year_before(latest.now.period)
    if isinstance(latest, ChangeOnYear):
        said.append(_verdict(latest, tests))
    elif latest.then is not None and latest.then.value is not None:
        then = value_text(latest.measure, latest.then)
        if latest.then.parts is not None:
            then += f" ({words.whole(latest.then.parts[0])} of {words.whole(latest.then.parts[1])})"
        said.append(f"{words.upper_first(before)} it was {then}.")
    if among is not None:
        said.append(place_among(among))
    return said


def _verdict(found: ChangeOnYear, tests: ManyTested | None) -> str:
    before = year_before(found.now.period)
    if tests is None or not tests.clear(found):
        return f"There is no clear evidence of a change from {before}."
    worth = which_is(found.direction, found.measure.polarity)
    return f"That is {found.direction.value} than {before}{worth}."


def _tested(found: ChangeOnYear, tests: ManyTested | None) -> list[Sentence]:
    measure = found.measure
    top = found.now.parts[0] if found.now.parts else 0
    did = words.did(measure.predicate or "", top)
    at, before = when(found.now.period), year_before(found.now.period)
    said = [
        f"{words.upper_first(at)}, {parts_text(found.now, measure.things)} {did}.",
        f"{words.upper_first(before)} it was {parts_text(found.then)}.",
        *_difference(found, tests),
    ]
    return [_said(found, text) for text in said]


def _difference(found: ChangeOnYear, tests: ManyTested | None) -> list[str]:
    before = year_before(found.now.period)
    no_evidence = f"There is no clear evidence of a change from {before}."
    size = words.points(found.difference.estimate)
    range_ = _range(found)
    if found.direction is Direction.SAME:
        return [f"Both shares are equal ({range_}).", no_evidence, _could_be_seen(found)]
    way = found.direction.value
    if tests is not None and tests.clear(found):
        worth = which_is(found.direction, found.measure.polarity)
        return [
            f"That is {size} {way}{worth} ({range_}).",
            "It is a larger difference than chance alone would usually give.",
        ]
    if not found.evidence:
        return [
            f"That is {size} {way}, which chance alone could well give ({range_}).",
            no_evidence,
            _could_be_seen(found),
        ]
    if tests is None or len(tests.tested) == 1:
        return [f"That is {size} {way} ({range_}).", no_evidence, _could_be_seen(found)]
    n = words.small(len(tests.tested))
    return [
        f"That is {size} {way} ({range_}).",
        f"On its own this would count as a change. But this edition tests {n} measures, and among"
        " so many a difference like this can come up by chance.",
        no_evidence,
    ]


def _could_be_seen(found: ChangeOnYear) -> str:
    return (
        f"A change of about {words.points(found.detectable)} or more would probably have been seen."
    )


def _range(found: ChangeOnYear) -> str:
    """The range of a difference in percentage points; its ends have directions where they differ.

    An end at no difference belongs to neither direction.
    """
    low, high = found.difference.lower, found.difference.upper
    name = f"{words.percent(found.difference.confidence)} range"
    near, far = sorted((abs(100 * low), abs(100 * high)))
    if (low > 0 or high < 0) and (low >= 0) == (found.difference.estimate >= 0):
        return f"{name}: {words.decimal(near)} to {words.decimal(far)} points"
    return f"{name}: {_end(low)} to {_end(high)}"


def _end(end: float) -> str:
    if words.decimal(abs(100 * end)) == "0.0":
        return "no difference"
    number = words.decimal(abs(100 * end))
    return f"{number} {'point' if number == '1.0' else 'points'} {Direction.of(end).value}"


def _beside_year_before(found: FigureOnYear) -> list[Sentence]:
    measure, now, then = found.measure, found.now, found.then
    at, before = words.upper_first(when(now.period)), year_before(now.period)
    if now.parts is not None:
        did = words.did(measure.predicate or "", now.parts[0])
        said = [f"{at}, {parts_text(now, measure.things)} {did}."]
    else:
        said = [f"{at}, {_the_figure(measure)} was {value_text(measure, now)}."]
    if then is None:
        said.append("No figure for an earlier year is on record.")
    elif then.value is None:
        said.append(f"The figure for {before} is {_why_none(then)}.")
    else:
        figure = parts_text(then) if then.parts is not None else value_text(measure, then)
        said.append(f"{words.upper_first(before)} it was {figure}.")
        said.append("The difference is not tested.")
    return [_said(found, text) for text in said]


def _the_figure(measure: Measure) -> str:
    """A figure without parts as the subject of a sentence; right for one and for many."""
    if measure.kind in ("count", "stock") or measure.unit == "per 10,000 children":
        return f"the number of {measure.noun}"
    return f"the {measure.noun}"


def _no_figure(found: NotPublished) -> str:
    noun = found.measure.noun
    if found.measure.kind == "proportion":
        noun = f"the share of {noun}"
    else:
        noun = _the_figure(found.measure)
    return f"There is no figure for {noun} {when(found.now.period)}: it is {_why_none(found.now)}."


def _why_none(observation: Observation) -> str:
    return observation.symbol.words if observation.symbol else "not in the figures"


def _said(found: Latest | OverYears, text: str) -> Sentence:
    return Sentence(text, found.id)
