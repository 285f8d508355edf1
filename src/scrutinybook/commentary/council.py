"""A measure from the council's own records in words: its figure, how it stands out, its target."""

from __future__ import annotations

from scrutinybook.commentary import words
from scrutinybook.commentary.council_figures import WITHHELD, number_text, said, symbol_text, when
from scrutinybook.commentary.polarity import which_is
from scrutinybook.commentary.sentence import Sentence
from scrutinybook.findings.base import Direction
from scrutinybook.findings.council import (
    ChartsJudged,
    Judged,
    LatestFigure,
    LevelsSearched,
    NoLimitsWhy,
    Unjudged,
    on_page,
)
from scrutinybook.measures.series import Observation
from scrutinybook.sources.symbols import Symbol
from scrutinybook.statistics import Assurance, ChartKind, Rule, Withheld

_CHARTS = {
    ChartKind.INDIVIDUALS: "an individuals chart",
    ChartKind.P: "a p chart",
    ChartKind.P_PRIME: "a p′ chart",
    ChartKind.C: "a c chart",
    ChartKind.U: "a u chart",
    ChartKind.U_PRIME: "a u′ chart",
    ChartKind.BETA_BINOMIAL: "a chart with exact limits",
    ChartKind.MOVING_RANGE: "a moving range chart",
    ChartKind.STOCK: "an individuals chart that allows for months being alike",
    ChartKind.NET_FLOW: "a chart of the change from month to month",
    ChartKind.G: "a g chart",
    ChartKind.T: "a t chart",
}

_WHY_UNJUDGED = {
    NoLimitsWhy.TOO_FEW_CASES: (
        "There are too few cases a month to tell whether this one stands out."
    ),
    NoLimitsWhy.LEVEL_CHANGED: (
        "It is not judged by limits: its level seems to have changed, and no analyst has set where"
        " new limits should begin."
    ),
    NoLimitsWhy.ROLLING_YEAR: (
        "It is not judged by limits: each figure looks back over twelve months and shares most of"
        " them with the one before."
    ),
    NoLimitsWhy.YEARLY: "It is counted by the year, and a few years bear no limits.",
    NoLimitsWhy.ALIKE: "It is not judged by limits: the earlier months are all alike.",
}


def headline(figure: LatestFigure, judged: Judged | Unjudged) -> Sentence:
    """The message of a measure."""
    text = _figure(figure)
    if isinstance(judged, Judged):
        text += f" {verdict(judged)}"
    return Sentence(text, figure.id)


def verdict(found: Judged) -> str:
    """Whether the latest figure stands out, and whether that is better."""
    if found.rule is None:
        outside = ""
        if found.recent:
            was = "was" if len(found.recent) == 1 else "were"
            outside = f"; {words.months_listed(found.recent)} {was} outside"
        return f"That is within what the earlier months would lead one to expect{outside}."
    worth = which_is(found.direction, found.measure.polarity)
    higher = found.direction is Direction.HIGHER
    match found.rule:
        case Rule.BEYOND if found.change is not None:
            way = "rose" if higher else "fell"
            text = f"It {way} by more than months usually bring{worth}"
        case Rule.BEYOND:
            way = "higher" if higher else "lower"
            text = f"That is {way} than the earlier months would lead one to expect{worth}"
        case Rule.TREND:
            way = "rising" if higher else "falling"
            row = words.small_count_of(found.in_a_row, "months")
            text = f"It has been {way} for at least {row} in a row{worth}"
        case Rule.NEAR:
            way = "upper" if higher else "lower"
            text = f"Two of the latest three months lie near the {way} limit{worth}"
        case Rule.SHIFT:
            way = "above" if higher else "below"
            row = words.small_count_of(found.in_a_row, "months")
            text = f"At least {row} in a row lie {way} the centre of the earlier ones{worth}"
    return f"{text}: a reason to ask."


def over_time(figure: LatestFigure) -> list[Sentence]:
    """The year so far, and a year before."""
    text = []
    measure, month = figure.measure, figure.latest.period.month
    start = month.financial_year.months[0]
    if figure.to_date is not None and month != start:
        since = f"From {start.words} to {month.words}"
        if figure.to_date.value is None:
            text.append(f"{since}, the year so far, the figure is {symbol_text(figure.to_date)}.")
        else:
            text.append(f"{since}, the year so far, {_there(figure, figure.to_date)}.")
            before = figure.to_date_before
            if before is not None and before.value is not None:
                text.append(f"In the same months of the year before, {_there(figure, before)}.")
    elif figure.year_before is not None and figure.year_before.value is not None:
        before = figure.year_before
        number = number_text(measure, on_page(measure, before) or 0.0, before.denominator)
        text.append(f"A year before, {when(before)}, it was {number}.")
    return [Sentence(each, figure.id) for each in text]


def against_limits(found: Judged | Unjudged) -> list[Sentence]:
    """What the limits are, where they come from, and what they do not say."""
    if isinstance(found, Unjudged):
        return [Sentence(_why_unjudged(found), found.id)]
    of = "change from one month to the next" if found.change is not None else "figure"
    months = words.small_count_of(found.n_baseline, "months")
    low, high = _limits(found)
    text = [
        f"The {months} with a figure from {found.first.words} to {found.last.words} would lead one"
        f" to expect a {of} {words.between(low, high)} ({_CHARTS[found.chart]})."
    ]
    if found.change is not None:
        text.append(f"The latest change is {_limit(found, found.change)}.")
    if found.recent:
        lie = "lies" if len(found.recent) == 1 else "lie"
        text.append(f"{words.months_listed(found.recent)} {lie} outside these limits.")
    if found.rule is None:
        text.append("That is not proof that nothing changed.")
    else:
        text.append("A signal does not say what lay behind it.")
    text.append(
        f"Of charts of {words.small_count_of(found.n_points, 'months')} in which nothing changes,"
        f" {words.in_a_hundred(found.chance)} have a signal in the latest month by chance alone."
    )
    return [Sentence(each, found.id) for each in text]


def against_target(found: Judged) -> list[Sentence]:
    """What the limits say of the target; nothing where there is none."""
    measure = found.measure
    if measure.target is None:
        return []
    unit = "%" if measure.kind == "proportion" or measure.unit == "percent" else ""
    start = f"The target is {measure.target:g}{unit}."
    match found.assurance:
        case Assurance.CONSISTENT_PASS:
            text = "Going on as in the earlier months, it would be met in nearly every month."
        case Assurance.CONSISTENT_FAIL:
            text = "Going on as in the earlier months, it would be missed in nearly every month."
        case Assurance.INCONSISTENT:
            text = (
                "Going on as in the earlier months, single months would meet or miss it by chance."
            )
        case None:
            why = {
                Withheld.UNSTEADY: "a recent month is a signal",
                Withheld.JUST_REBASED: "the limits begin too recently",
                Withheld.NEUTRAL: "neither higher nor lower is better",
            }.get(found.assurance_withheld or Withheld.NO_TARGET, "the figures cannot bear it")
            text = f"Whether it can be relied on is not said, as {why}."
    return [Sentence(f"{start} {text}", found.id)]


def level_among_many(found: LevelsSearched, measure_id: str) -> list[Sentence]:
    """That the evidence for a change of level does not stand among all searches, where it does not.

    Nothing where it stands, or where this is the only search.
    """
    if len(found.tested) < 2 or found.stands(measure_id):
        return []
    text = (
        f"This is one of {words.small_count_of(len(found.tested), 'monthly counts')} that are"
        " searched. Allowing for all of them, the evidence for a change is too weak to stand, so"
        " the limits above make no allowance for it."
    )
    return [Sentence(text, found.id)]


def many_charts(found: ChartsJudged) -> list[Sentence]:
    """How many charts signal, beside how many would by chance alone."""
    if found.n_charts == 1:
        signal = "a" if found.n_signals else "no"
        text = [
            "The book judges one measure by the latest month on its control chart, and finds"
            f" {signal} signal.",
            f"Of such charts, {words.in_a_hundred(found.expected)} have one by chance alone.",
        ]
    else:
        are = "is" if found.n_signals == 1 else "are"
        signals = words.small(found.n_signals) if found.n_signals else "none"
        if found.lower == found.upper:
            range_ = words.small(found.lower) if found.lower else "none"
        else:
            low = words.small(found.lower) if found.lower else "none"
            range_ = f"from {low} to {words.small(found.upper)}"
        text = [
            f"The book judges {words.count_of(found.n_charts, 'measures')} by the latest month on"
            f" their control charts, and {signals} of them {are} a signal.",
            "If nothing had changed in any of them, chance alone would give about"
            f" {words.decimal(found.expected)} signals ({range_},"
            f" {words.times_in_ten(found.confidence)}).",
        ]
    return [Sentence(each, found.id) for each in text]


def _figure(figure: LatestFigure) -> str:
    latest, measure = figure.latest, figure.measure
    if latest.symbol is Symbol.SUPPRESSED:
        return f"The figure {when(latest)} is {WITHHELD}."
    if latest.value is None:
        return f"There is no figure {when(latest)}."
    if measure.kind == "proportion":
        return f"{words.upper_first(said(measure, latest))} {when(latest)}."
    if measure.kind == "value":
        return f"{measure.title}: {said(measure, latest)} {when(latest)}."
    return f"{words.there_were(latest.value, measure.things)} {when(latest)}."


def _there(figure: LatestFigure, observation: Observation) -> str:
    text = said(figure.measure, observation)
    if figure.measure.kind == "proportion":
        return text
    if figure.measure.kind == "value":
        return f"it is {text}"
    value = observation.value or 0.0
    return f"there {'was' if round(value) == 1 else 'were'} {text}"


def _why_unjudged(found: Unjudged) -> str:
    if found.why is NoLimitsWhy.NO_FIGURE:
        return "Without a figure for the month, nothing is said of it."
    if found.why is NoLimitsWhy.TOO_SHORT:
        there = "is one" if found.n_months == 1 else f"are {words.small(found.n_months)}"
        return (
            f"It is not judged by limits: they need {words.small(found.needed)} earlier months with"
            f" a figure, and there {there}."
        )
    return _WHY_UNJUDGED[found.why]


def _limits(found: Judged) -> tuple[str, str]:
    if found.change is None and found.measure.kind in ("count", "stock"):
        # The whole numbers within limits, exactly: a count is one of them if it is not beyond.
        low, high = words.whole_inside(found.lower, found.upper)
        return words.whole(low), words.whole(high)
    return _limit(found, found.lower), _limit(found, found.upper)


def _limit(found: Judged, value: float) -> str:
    if found.change is None:
        return number_text(found.measure, value, found.latest.denominator or 100)
    size = number_text(found.measure, abs(value), 100)
    if found.measure.kind == "proportion":
        size = words.points(value)
    return "no change" if round(value, 6) == 0 else f"{size} {'more' if value > 0 else 'fewer'}"
