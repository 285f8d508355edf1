"""Yearly findings in words."""

from __future__ import annotations

from scrutinybook.catalogue import Measure
from scrutinybook.commentary import words
from scrutinybook.commentary.comparisons import place_among
from scrutinybook.commentary.figures import (
    FINE_FROM,
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
    Detectable,
    FewYears,
    FigureOnYear,
    ManyTested,
    NotPublished,
    OverYears,
)
from scrutinybook.measures.series import Observation

ALIKE = 1.2
"""A rise and a fall that could have been seen are said as one change up to this ratio."""

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
        return _tested(latest, tests)
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


def _tested(found: ChangeOnYear, tests: ManyTested | None) -> list[Sentence]:
    """The message above has said the figure and whether it changed."""
    before = words.upper_first(year_before(found.now.period))
    said = [f"{before} it was {parts_text(found.then)}.", *_difference(found, tests)]
    return [_said(found, text) for text in said]


def _difference(found: ChangeOnYear, tests: ManyTested | None) -> list[str]:
    if found.direction is Direction.SAME:
        return [f"Both shares are equal ({_range(found)}).", *_could_be_seen(found, tests)]
    clear = tests is not None and tests.clear(found)
    worth = which_is(found.direction, found.measure.polarity) if clear else ""
    start = f"The latest figure is {_size(found)} {found.direction.value}{worth}"
    if clear:
        return [
            f"{start} ({_range(found)}).",
            "That is more than the chance of small numbers usually gives.",
            *_neighbours_steps(found),
            *_earlier_steps(found),
        ]
    if not found.evidence:
        chance = f"{start}, which chance alone could well give ({_range(found)})."
        return [chance, *_could_be_seen(found, tests)]
    if tests is None or len(tests.tested) == 1:
        return [f"{start} ({_range(found)}).", *_could_be_seen(found, tests)]
    return [
        f"{start} ({_range(found)}).",
        "On its own this would count as a change. But this edition tests"
        f" {words.small(len(tests.tested))} measures, and among so many a difference like this can"
        " come up by chance.",
        *_could_be_seen(found, tests, "Allowing for that, "),
    ]


def _neighbours_steps(found: ChangeOnYear) -> list[str]:
    steps = found.neighbours
    if steps is None:
        return ["But yearly figures can move by more than such chance without a lasting change."]
    many = words.small(steps.n_beyond_chance) if steps.n_beyond_chance else "none"
    return [
        f"Its neighbours’ figures moved by more than such chance in {many} of"
        f" {words.small(steps.n)} steps from one year to the next."
    ]


def _earlier_steps(found: ChangeOnYear) -> list[str]:
    steps = found.earlier
    if steps is None:
        return []
    steps_since = f"its own {words.small(steps.n)} earlier steps since {since(steps.since)}"
    if not steps.n_as_large:
        return [f"In none of {steps_since} did it move by as much."]
    return [f"In {words.small(steps.n_as_large)} of {steps_since} it moved by as much or more."]


def _could_be_seen(
    found: ChangeOnYear, tests: ManyTested | None, start: str | None = None
) -> list[str]:
    if tests is None:
        return []
    seen, n = tests.could_be_seen(found), len(tests.tested)
    if start is None:
        start = f"With {words.small(n)} measures tested, " if n > 1 else ""
    moves = _moves(seen, _places(found))
    text = f"{start}no change at all would probably have been seen among so few."
    if moves:
        text = f"{start}{moves} or more would probably have been seen."
    return [words.upper_first(text)]


def _moves(seen: Detectable, places: int) -> str:
    """``a change of about 3.2 percentage points``, or a rise and a fall where they differ."""
    rise, fall = seen.rise, seen.fall
    if rise is not None and fall is not None:
        if max(rise, fall) <= ALIKE * min(rise, fall):
            return f"a change of about {words.points(max(rise, fall), places)}"
        less = words.decimal(100 * rise, places)
        return f"a rise of about {less} or a fall of about {words.points(fall, places)}"
    if rise is not None:
        return f"a rise of about {words.points(rise, places)}"
    return "" if fall is None else f"a fall of about {words.points(fall, places)}"


def _places(found: ChangeOnYear) -> int:
    """Of points: as of shares, whole ones where one child moves a share by more than a point."""
    sizes = [o.denominator or 0.0 for o in (found.then, found.now)]
    return 1 if min(sizes) >= FINE_FROM else 0


def _size(found: ChangeOnYear) -> str:
    size = words.points(found.difference.estimate, _places(found))
    return size if float(size.split(words.THIN)[0]) else "less than one percentage point"


def _range(found: ChangeOnYear) -> str:
    """The range of a difference in percentage points; its ends have directions where they differ.

    An end at no difference belongs to neither direction.
    """
    low, high = found.difference.lower, found.difference.upper
    name = f"{words.percent(found.difference.confidence)} range"
    near, far = sorted((abs(100 * low), abs(100 * high)))
    places = _places(found)
    if (low > 0 or high < 0) and (low >= 0) == (found.difference.estimate >= 0):
        return f"{name}: {words.decimal(near, places)} to {words.decimal(far, places)} points"
    return f"{name}: {_end(low, places)} to {_end(high, places)}"


def _end(end: float, places: int) -> str:
    number = words.decimal(abs(100 * end), places)
    if not float(number):
        return "no difference"
    return f"{number} {'point' if float(number) == 1 else 'points'} {Direction.of(end).value}"


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
