"""Yearly findings in words."""

from __future__ import annotations

from scrutinybook.commentary import words
from scrutinybook.commentary.figures import (
    parts_text,
    printed_text,
    share_text,
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
    BesideOthers,
    ChangeOnYear,
    FigureOnYear,
    FunnelPlace,
    ManyTested,
    NotPublished,
    OverYears,
)
from scrutinybook.measures.series import Observation

Latest = ChangeOnYear | FigureOnYear | NotPublished
OUTER = {FunnelPlace.ABOVE_OUTER: "above", FunnelPlace.BELOW_OUTER: "below"}
INNER = {FunnelPlace.ABOVE_INNER: "upper", FunnelPlace.BELOW_INNER: "lower"}


def headline(latest: Latest, among: AmongAuthorities | None, tests: ManyTested | None) -> Sentence:
    """The message of a measure's section, in one line; `tests` are all those of the edition."""
    if isinstance(latest, NotPublished):
        return _said(latest, f"The figure {when(latest.now.period)} is {_why_none(latest.now)}.")
    figure = value_text(latest.measure, latest.now)
    parts = [f"{words.upper_first(when(latest.now.period))}: {figure}"]
    if isinstance(latest, ChangeOnYear):
        parts.append(_headline_change(latest, tests))
    elif latest.then is not None and latest.then.value is not None:
        before = value_text(latest.measure, latest.then)
        parts.append(f"{year_before(latest.now.period)} it was {before}")
    if among is not None:
        parts.append(_headline_place(among))
    return _said(latest, "; ".join(parts) + ".")


def latest_figure(latest: Latest, tests: ManyTested | None) -> list[Sentence]:
    """The latest figure beside the year before, and what the difference can bear."""
    if isinstance(latest, ChangeOnYear):
        return _tested(latest, tests)
    if isinstance(latest, FigureOnYear):
        return _beside_year_before(latest)
    why = _why_none(latest.now)
    return [_said(latest, f"The figure {when(latest.now.period)} is {why}. That is not zero.")]


def among_authorities(found: AmongAuthorities, authority: str) -> list[Sentence]:
    """Where the authority lies in the funnel, and what that means."""
    field = f"Among the {words.whole(found.n_authorities)} authorities with a figure, {authority}"
    if found.place in OUTER:
        side = OUTER[found.place]
        return [
            _said(found, f"{field} lies {side} the funnel’s outer limits."),
            _said(
                found,
                "About 2 authorities in 1,000 would lie outside them if chance and the usual"
                " differences between authorities were all that was at work. It is a reason to"
                " ask, not a verdict.",
            ),
        ]
    if found.place in INNER:
        return [
            _said(
                found,
                f"{field} lies at the {INNER[found.place]} edge of the usual spread, between the"
                " funnel’s inner and outer limits. About 1 authority in 20 lies outside the inner"
                " limits by chance.",
            )
        ]
    return [
        _said(
            found,
            f"{field} lies inside the funnel: its distance from all authorities together"
            f" ({words.percent(found.centre, 1)}) is within the usual spread for its size.",
        )
    ]


def beside_others(found: BesideOthers) -> list[Sentence]:
    """Neighbours and England."""
    parts = []
    if found.neighbours is not None:
        who = f"its {words.small(found.n_neighbours)} statistical neighbours"
        if found.n_neighbours < 10:
            who = f"the {words.small(found.n_neighbours)} statistical neighbours with a figure"
        how = "together it" if found.measure.kind == "proportion" else "the middle value"
        parts.append(f"for {who} {how} was {_comparator(found, found.neighbours)}")
    if found.region is not None:
        name = f" ({found.region_name})" if found.region_name else ""
        parts.append(f"for its region{name} {_comparator(found, found.region)}")
    if found.england is not None:
        parts.append(f"for England {_comparator(found, found.england)}")
    if not parts:
        return []
    text = words.upper_first(words.listing(parts))
    return [_said(found, f"{text}.")]


def over_years(found: OverYears) -> list[Sentence]:
    """The range of the years shown."""
    low, high = (_extreme(found, which) for which in (found.lowest, found.highest))
    return [
        _said(
            found,
            f"Over the {words.small(found.n_years)} years with a figure since"
            f" {since(found.first.period)} the lowest was {low} and the highest {high}.",
        )
    ]


def _extreme(found: OverYears, which: tuple[Observation, ...]) -> str:
    years = words.listing([o.period.words for o in which])
    return f"{value_text(found.measure, which[0])} ({years})"


def _headline_change(found: ChangeOnYear, tests: ManyTested | None) -> str:
    before = year_before(found.now.period)
    if not found.evidence or tests is None or not tests.stands(found):
        return f"no clear evidence of a change from {before}"
    worth = which_is(found.direction, found.measure.polarity)
    return f"{found.direction.value} than {before}{worth}"


def _headline_place(found: AmongAuthorities) -> str:
    all_together = f"all authorities together ({words.percent(found.centre, 1)})"
    side = Direction.of((found.now.value or 0.0) - found.centre).value
    if found.place in OUTER:
        return f"{side} than {all_together}, and {OUTER[found.place]} their usual spread"
    if found.place in INNER:
        return f"{side} than {all_together}, at the {INNER[found.place]} edge of their usual spread"
    return f"{side} than {all_together}, but within their usual spread"


def _tested(found: ChangeOnYear, tests: ManyTested | None) -> list[Sentence]:
    measure = found.measure
    now = parts_text(found.now, measure.things)
    first = f"{words.upper_first(when(found.now.period))}, {now} {measure.predicate}."
    said = [
        _said(found, first),
        _said(
            found,
            f"{words.upper_first(year_before(found.now.period))} it was {parts_text(found.then)}.",
        ),
    ]
    said.append(_said(found, _difference(found, tests)))
    return said


def _difference(found: ChangeOnYear, tests: ManyTested | None) -> str:
    low, high = found.difference.lower, found.difference.upper
    if found.direction is Direction.SAME:
        return f"The two shares are equal; the 95% range is {_range(low, high)}."
    size = f"{words.points(found.difference.estimate)} {found.direction.value}"
    if found.evidence and tests is not None and tests.stands(found):
        worth = which_is(found.direction, found.measure.polarity)
        return (
            f"That is {size}{worth}, and more than chance alone would usually give"
            f" (95% range: {_range(low, high)})."
        )
    if found.evidence:
        n = words.small(len(tests.tested)) if tests else "many"
        return (
            f"That is {size} (95% range: {_range(low, high)}). Taken alone it would count as a"
            f" change, but among the {n} measures that this edition tests a difference of this size"
            " can come up by chance. It is no clear evidence of a change."
        )
    return (
        f"That is {size}, but chance alone could well give such a difference (95% range:"
        f" {_range(low, high)}). It is no evidence of a change."
    )


def _range(low: float, high: float) -> str:
    """A range of differences in percentage points, each end with its direction."""
    ends = [words.decimal(abs(100 * end)) for end in (low, high)]
    if low >= 0 or high <= 0:
        near, far = (ends[0], ends[1]) if low >= 0 else (ends[1], ends[0])
        return f"{near} to {far} points {'higher' if low >= 0 else 'lower'}"
    return f"from {ends[0]} points lower to {ends[1]} points higher"


def _beside_year_before(found: FigureOnYear) -> list[Sentence]:
    measure, now = found.measure, found.now
    at = words.upper_first(when(now.period))
    figure = value_text(measure, now)
    if measure.kind == "proportion":
        text = f"{at}, {parts_text(now, measure.things)} {measure.predicate}"
        again = "it was"
    elif measure.kind == "value" and measure.unit != "per 10,000 children":
        text, again = f"{at} the {measure.noun} was {figure}", "it was"
    else:
        text, again = f"{at} there were {figure} {measure.noun}", "there were"
    if found.then is not None:
        before = year_before(now.period)
        if found.then.value is None:
            text += f"; {before} the figure was {_why_none(found.then)}"
        else:
            text += f"; {before} {again} {value_text(measure, found.then)}"
    return [_said(found, f"{text}.")]


def _comparator(found: BesideOthers, value: float) -> str:
    if found.measure.kind == "proportion":
        return share_text(value, 1000)
    return printed_text(found.measure, value)


def _why_none(observation: Observation) -> str:
    return observation.symbol.words if observation.symbol else "not in the figures"


def _said(found: Latest | AmongAuthorities | BesideOthers | OverYears, text: str) -> Sentence:
    return Sentence(text, found.id)
