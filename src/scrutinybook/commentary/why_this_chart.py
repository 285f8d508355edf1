"""Why a month is judged by this chart, and what a plainer one would have said."""

from __future__ import annotations

import math

from scrutinybook.commentary import words
from scrutinybook.commentary.sentence import Sentence
from scrutinybook.findings.monthly import ChartName, ControlVerdict, MonthLimits, PlainLimit


def why_this_chart(found: ControlVerdict, noun: str) -> list[Sentence]:
    """Why this chart and not a plainer one, and what the plainer one would have said."""
    said = [_chart_reason(found)]
    if found.plain is not None:
        said.append(_plain_lesson(found, found.plain, noun))
    months = words.small_count_of(found.n_baseline, "months")
    said.append(
        f"Limits worked out from {months} are themselves estimates. Where nothing changes and"
        f" months do not follow on from each other, {_so_many(found.chance_latest)} such months"
        " would still lie outside them."
    )
    return [Sentence(text, found.id) for text in said]


def _chart_reason(found: ControlVerdict) -> str:
    ratio = words.decimal(found.spread_ratio)
    months = words.small_count_of(found.n_baseline, "months")
    spread = f"The spread (variance) of the {months} that set the limits is {ratio} times what"
    spread += " chance alone would give"
    name = words.a_or_an(found.chart.value)
    if found.asked:
        return f"{spread}. The catalogue of measures asks for {name}, whatever the spread."
    if found.chart in (ChartName.U, ChartName.C):
        return (
            f"{spread}, which is no clear sign of anything more than chance. So {name} was chosen,"
            " which takes the spread to be that of chance."
        )
    if found.chart is ChartName.U_PRIME:
        return (
            f"{spread}, and these months differ in size or are small. So {name} was chosen, which"
            " widens the limits by that spread."
        )
    return (
        f"{spread}. So {name} was chosen, which takes the usual variation from how much one month"
        " differs from the next. It counts each working day, so that a long month is not taken for"
        " a busy one."
    )


def _plain_lesson(found: ControlVerdict, plain: PlainLimit, noun: str) -> str:
    now = found.latest.month.name
    limits = f"{words.whole(plain.lower)} and {words.count_of(plain.upper, noun)} a month"
    text = (
        "A plainer chart, which takes the spread to be that of chance alone, would have limits at"
        f" about {limits} from the months {plain.first.words} to {plain.last.words}."
    )
    if plain.beyond == found.beyond:
        return f"{text} {now} lies {'outside' if plain.beyond else 'inside'} those limits too."
    if plain.beyond:
        return f"{text} It would call {now} a signal. {_overlooked(found, plain)}"
    return f"{text} It would call {now} expected variation. {_no_days(found, plain)}"


def _overlooked(found: ControlVerdict, plain: PlainLimit) -> str:
    """What the plainer chart overlooks: said to be enough alone only where it is."""
    now, wider = found.latest.month.name, found.chart in (ChartName.INDIVIDUALS, ChartName.U_PRIME)
    had = f"{now} had {words.count_of(found.latest.working_days, 'working days')}"
    differ = "months differ by more than chance"
    days = _inside(found, plain.days_alone)
    spread = _inside(found, plain.spread_alone) if wider else None
    if days and spread:
        return (
            f"That chart overlooks that {had}, and that {differ}: allowing for either one alone,"
            f" {now} lies inside ({days} with working days alone)."
        )
    if days:
        return (
            f"That chart overlooks that {had}: allowing for that alone, {now} lies inside ({days})."
        )
    if spread:
        return (
            f"That chart overlooks that {differ}: allowing for that alone, {now} lies inside"
            f" ({spread})."
        )
    if wider:
        return f"That chart overlooks that {had}, and that {differ}."
    return _no_days(found, plain)


def _inside(found: ControlVerdict, alone: MonthLimits | None) -> str | None:
    """The limit on the latest month's side of the plain chart; None where it lies outside."""
    if alone is None or alone.beyond or found.plain is None:
        return None
    above = found.latest.count > found.plain.upper
    return f"about {words.whole(alone.upper if above else alone.lower)}"


def _no_days(found: ControlVerdict, plain: PlainLimit) -> str:
    text = "It takes no account of working days"
    if plain.first < found.first:
        text += ", and some of its months come before those that set the limits here"
    return f"{text}."


def _so_many(share: float) -> str:
    """A share of months in a hundred; between two whole numbers, both: ``one or two``."""
    low = math.floor(100 * share)
    if low >= 1 and 0.25 <= 100 * share - low <= 0.75:
        return f"{words.small(low)} or {words.small(low + 1)} in a hundred"
    return words.in_a_hundred(share)
