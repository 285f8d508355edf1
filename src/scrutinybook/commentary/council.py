"""A measure from the council's own records in words: its figure, how it stands out, its target."""

from __future__ import annotations

from scrutinybook.commentary import words
from scrutinybook.commentary.council_figures import (
    WITHHELD,
    number_text,
    said,
    symbol_text,
    when,
)
from scrutinybook.commentary.council_limits import compared, limits
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
from scrutinybook.statistics import ChartKind, Rule

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
    if found.change is not None:
        return _verdict_of_change(found, found.change)
    if found.rule is None:
        outside = ""
        if found.recent:
            was = "was" if len(found.recent) == 1 else "were"
            outside = f"; {words.months_listed(found.recent)} {was} outside"
        return f"That is within what the earlier months would lead one to expect{outside}."
    worth = which_is(found.direction, found.measure.polarity)
    higher = found.direction is Direction.HIGHER
    row = words.small_count_of(found.in_a_row, "months")
    match found.rule:
        case Rule.BEYOND:
            way = "higher" if higher else "lower"
            text = f"That is {way} than the earlier months would lead one to expect{worth}"
        case Rule.TREND:
            way = "rising" if higher else "falling"
            text = f"It has been {way} for at least {row} in a row{worth}"
        case Rule.NEAR:
            way = "upper" if higher else "lower"
            text = f"Two of the latest three months lie near the {way} limit{worth}"
        case Rule.SHIFT:
            way = "above" if higher else "below"
            text = (
                f"At least {row} in a row lie {way} the average of all the months before this"
                f" one{worth}"
            )
    return f"{text}: a reason to ask."


def _verdict_of_change(found: Judged, change: float) -> str:
    """The same where limits are of changes: nothing is said of the level."""
    than = f"That is {compared(found.measure, change)}"
    if found.rule is None:
        within = "" if change == 0 else ", which is within the changes that months usually bring"
        if found.recent:
            months = words.months_listed(found.recent)
            within += f"; {months} brought a larger change than months usually do"
        return f"{than}{within}."
    worth = which_is(found.direction, found.measure.polarity)
    higher = found.direction is Direction.HIGHER
    row = words.small_count_of(found.in_a_row, "months")
    match found.rule:
        case Rule.BEYOND:
            text = f"a larger {'rise' if higher else 'fall'} than months usually bring{worth}"
        case Rule.TREND:
            way = "higher" if higher else "lower"
            text = f"and the change has been {way} each month for at least {row}{worth}"
        case Rule.NEAR:
            way = "rises" if higher else "falls"
            text = f"and two of the latest three months brought unusually large {way}{worth}"
        case Rule.SHIFT:
            way = "above" if higher else "below"
            text = (
                f"and the change has been {way} its average of earlier months for at least {row}"
                f" in a row{worth}"
            )
    return f"{than}, {text}: a reason to ask."


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
                text.append(
                    f"In the same months of the year before, {_there(figure, before, 'was')}."
                )
    elif figure.year_before is not None and figure.year_before.value is not None:
        before = figure.year_before
        number = number_text(measure, on_page(measure, before) or 0.0, before.denominator)
        text.append(f"A year before, {when(before)}, it was {number}.")
    return [Sentence(each, figure.id) for each in text]


def against_limits(found: Judged | Unjudged) -> list[Sentence]:
    """What the limits are, where they come from, and what they do not say."""
    if isinstance(found, Unjudged):
        return [Sentence(_why_unjudged(found), found.id)]
    of = "figure" if found.change is None else "change from one month to the next"
    months = words.small_count_of(found.n_baseline, "months")
    low, high = limits(found)
    text = [
        f"The {months} with a figure from {found.first.words} to {found.last.words} would lead one"
        f" to expect a {of} {words.between(low, high)} ({_CHARTS[found.chart]})."
    ]
    if found.recent:
        lie = "lies" if len(found.recent) == 1 else "lie"
        these = "these limits" if found.change is None else "them by its change"
        text.append(f"{words.months_listed(found.recent)} {lie} outside {these}.")
    if found.rule is not None:
        text.append("A signal does not say what lay behind it.")
    elif found.change is None:
        text.append("That is not proof that nothing changed.")
    else:
        text.append("Small changes that add up over many months are not looked for here.")
    such = words.in_a_hundred(found.chance)
    text.append(
        f"Where nothing changes, {such} such charts still have a signal in the latest month."
    )
    return [Sentence(each, found.id) for each in text]


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
        stand = "stands" if found.n_signals == 1 else "stand"
        signals = words.small_or_none(found.n_signals)
        if found.lower == found.upper:
            range_ = words.small_or_none(found.lower)
        else:
            low = words.small_or_none(found.lower)
            range_ = f"from {low} to {words.small(found.upper)}"
        text = [
            f"The book judges {words.count_of(found.n_charts, 'measures')} by the latest month on"
            f" their control charts, and {signals} of them {stand} out.",
            "If nothing had changed in any of them, chance alone would make about"
            f" {words.decimal(found.expected)} of them stand out ({range_},"
            f" {words.times_in_ten(found.confidence)}); more where months follow on from one"
            " another.",
            "Measures that are worked out from another’s numbers are not counted again.",
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
        return f"The figure {when(latest)} was {said(measure, latest)}."
    return f"{words.upper_first(_there(figure, latest))} {when(latest)}."


def _there(figure: LatestFigure, observation: Observation, is_: str = "is") -> str:
    text = said(figure.measure, observation)
    if figure.measure.kind == "proportion":
        return text
    if figure.measure.kind == "value":
        return f"it {is_} {text}"
    value = observation.value or 0.0
    return f"there {'was' if round(value) == 1 else 'were'} {text}"


def _why_unjudged(found: Unjudged) -> str:
    if found.why is NoLimitsWhy.NO_FIGURE:
        return "Without a figure for the month, nothing is said of it."
    if found.why is NoLimitsWhy.TOO_FEW_CASES and found.n_withheld:
        n, counted = words.small(found.n_withheld), found.n_months + found.n_withheld
        return (
            f"It is not judged by limits: of {words.small_count_of(counted, 'earlier months')} that"
            f" were counted {n} {'is' if found.n_withheld == 1 else 'are'} withheld, and those are"
            " the months with small numbers, so that the others do not show what is usual."
        )
    if found.why is NoLimitsWhy.TOO_SHORT:
        there = "is one" if found.n_months == 1 else f"are {words.small(found.n_months)}"
        return (
            f"It is not judged by limits: they need {words.small(found.needed)} earlier months with"
            f" a figure, and there {there}."
        )
    return _WHY_UNJUDGED[found.why]
