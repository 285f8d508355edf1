"""Yearly findings in words."""

from __future__ import annotations

from scrutinybook.catalogue import Measure
from scrutinybook.commentary import words
from scrutinybook.commentary.change_on_year import difference_from_year_before
from scrutinybook.commentary.comparisons import place_among
from scrutinybook.commentary.figures import (
    share_of,
    since,
    value_text,
    when,
    year_before,
)
from scrutinybook.commentary.polarity import which_is
from scrutinybook.commentary.sentence import Sentence
from scrutinybook.findings.yearly import (
    AmongAuthorities,
    ChangeOnYear,
    FewYears,
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


def line(
    latest: Latest,
    among: AmongAuthorities | None,
    tests: ManyTested | None,
    years: OverYears | FewYears | None = None,
) -> Sentence:
    """The same beside the measure's title, as lists of many measures say it."""
    now = latest.now
    if isinstance(latest, NotPublished):
        return _said(latest, _no_figure(latest))
    first = f"{value_text(latest.measure, now)} {when(now.period)}"
    if now.parts is not None:
        first += f" ({words.whole(now.parts[0])} of {words.whole(now.parts[1])})"
    if isinstance(latest, FigureOnYear):
        first += _from_year_before(latest)
    first += place_in_years(years)
    after = _after(latest, among, tests) if isinstance(latest, ChangeOnYear) else _place(among)
    return _said(latest, " ".join([f"{first}.", *after]))


def place_in_years(years: OverYears | FewYears | None) -> str:
    """After a figure: ``, the second lowest of nine years``; nothing in the middle or level."""
    if not isinstance(years, OverYears) or years.n_lower + years.n_higher + 1 < years.n_years:
        return ""
    for rank, name in enumerate(("", "second ")):
        for n_beyond, end in ((years.n_lower, "lowest"), (years.n_higher, "highest")):
            if n_beyond == rank:
                return f", the {name}{end} of {words.small_count_of(years.n_years, 'years')}"
    return ""


def _from_year_before(found: FigureOnYear) -> str:
    if found.then is None or found.then.value is None or found.now.value is None:
        return ""
    before = year_before(found.now.period)
    then, now = (value_text(found.measure, each) for each in (found.then, found.now))
    if then == now:
        return f", as {before}"
    way = "up" if found.now.value > found.then.value else "down"
    return f", {way} from {then} {before}"


def latest_figure(latest: Latest, tests: ManyTested | None) -> list[Sentence]:
    """The latest figure beside the year before, and what the difference can bear."""
    if isinstance(latest, ChangeOnYear):
        return difference_from_year_before(latest, tests)
    if isinstance(latest, FigureOnYear):
        return _beside_year_before(latest)
    return [_said(latest, f"{_no_figure(latest)} That is not the same as zero.")]


def over_years(found: OverYears | FewYears) -> list[Sentence]:
    """The range of the years shown, or that they are too few to have one."""
    if isinstance(found, FewYears):
        years = words.small_count_of(found.n_years, "years")
        return [_said(found, f"The releases used give only {years}; too few to show a trend.")]
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
    return [*said, *_place(among)]


def _place(among: AmongAuthorities | None) -> list[str]:
    return [] if among is None else [place_among(among)]


def _verdict(found: ChangeOnYear, tests: ManyTested | None) -> str:
    before = year_before(found.now.period)
    if tests is None or not tests.clear(found):
        return f"There is no clear evidence of a change from {before}."
    worth = which_is(found.direction, found.measure.polarity)
    return f"That is {found.direction.value} than {before}{worth}."


def _beside_year_before(found: FigureOnYear) -> list[Sentence]:
    """The message above has said both figures."""
    if found.then is None:
        text = "No figure for an earlier year is on record."
    elif found.then.value is None:
        text = f"The figure for {year_before(found.now.period)} is {_why_none(found.then)}."
    else:
        text = "The difference is not tested."
    return [_said(found, text)]


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


def _said(found: Latest | OverYears | FewYears, text: str) -> Sentence:
    return Sentence(text, found.id)
