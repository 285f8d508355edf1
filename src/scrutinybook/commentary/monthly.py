"""A monthly count in words: its latest month, and whether that month stands out."""

from __future__ import annotations

import math

from scrutinybook.commentary import words
from scrutinybook.commentary.sentence import Sentence
from scrutinybook.edition import Phase
from scrutinybook.findings.monthly import (
    ChartName,
    ControlVerdict,
    LatestMonth,
    LevelChanges,
    MonthCount,
    MonthLimits,
    NoLimits,
    NoLimitsWhy,
    OtherBaseline,
    PlainLimit,
    TooShortToSearch,
)


def headline(found: LatestMonth, verdict: ControlVerdict | NoLimits, noun: str) -> Sentence:
    """The message of the front door's monthly figures."""
    return Sentence(f"{_first_line(found, noun)} {_verdict(verdict)}", verdict.id)


def latest_month(found: LatestMonth, noun: str) -> list[Sentence]:
    """The latest count, its place in the year, and the same for each working day."""
    now = found.latest
    said = [f"{words.there_were(now.count, noun)} in {now.month.words}."]
    if len(found.months) == 1:
        said.append(f"It is the first month of {now.month.financial_year.words} with a figure.")
        days = words.count_of(now.working_days, "working days")
        said.append(f"It had {days}, which makes {words.decimal(now.per_day)} for each of them.")
        return [_s(found, text) for text in said]
    said.append(_count_rank(found))
    if now not in (*found.highest_counts, *found.highest_per_day):
        return [_s(found, text) for text in said]
    said.append(_per_day_rank(found, noun))
    recent = found.months[-3:]
    days = words.listing([str(m.working_days) for m in recent])
    names = words.months_listed([m.month for m in recent])
    said.append(f"{names} had {days} working days.")
    return [_s(found, text) for text in said]


def against_limits(found: ControlVerdict, noun: str) -> list[Sentence]:
    """Whether the latest month lies within limits, and what that does and does not mean."""
    now = found.latest
    middle = found.centre * now.working_days
    days = words.count_of(now.working_days, "working days")
    said = [
        f"At the level since {found.first.words}, a month with {days} has about"
        f" {words.count_of(middle, noun)}. {_expected(*found.count_limits)}"
    ]
    if found.beyond:
        said.append(
            f"{now.month.words}, with {words.whole(now.count)}, lies outside these limits. That is"
            " a signal: a reason to ask what was different. It does not say what lay behind it."
        )
    else:
        said.append(
            f"{now.month.words}, with {words.whole(now.count)}, lies inside these limits. The chart"
            " shows no signal in this month. That is not proof that nothing changed."
        )
    if found.other_baseline is not None:
        said.append(_other_baseline(found, found.other_baseline))
    return [_s(found, text) for text in said]


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
    return [_s(found, text) for text in said]


def without_limits(found: NoLimits, noun: str) -> list[Sentence]:
    """Why no limits are drawn, and what would be needed."""
    now = found.latest
    if found.why is NoLimitsWhy.TOO_SHORT:
        n = found.n_months
        there = "there is only" if n == 1 else "there are only" if n else "there are"
        reason = (
            f"Limits need at least {words.small(found.needed)} earlier months at the same level."
            f" From {found.first.words}, where this chart begins, {there} {words.small(n)}. So the"
            " chart draws no limits and gives no verdict on a single month; its straight line is"
            " the middle month."
        )
    else:
        reason = (
            "The search found at least a possible change of level, and no analyst has set where"
            f" new limits should begin. So the chart draws none. The search points to"
            f" {found.first.words} or later."
        )
    return [
        _s(found, reason),
        _s(
            found,
            f"The middle month since {found.first.words} had {words.decimal(found.median)} {noun}"
            f" for each working day; {now.month.words} had {words.decimal(now.per_day)}.",
        ),
    ]


def phase_note(
    phase: Phase,
    levels: LevelChanges | TooShortToSearch,
    verdict: ControlVerdict | NoLimits,
) -> str:
    """Where the chart begins and why, as an analyst decided, and whether the search agrees."""
    begins = phase.begins
    day = f"{phase.decided.day} {phase.decided:%B %Y}"
    text = (
        f"An analyst decided on {day} that this chart begins in {begins.words}. The reason given:"
        f" {phase.reason}"
    )
    if not isinstance(levels, LevelChanges) or begins <= levels.first:
        return text
    # In the last month of the range the new level has begun.
    if any(c.first <= begins < c.last for c in levels.changes):
        text += " The chart begins inside the months in which the level may have changed"
        if isinstance(verdict, ControlVerdict) and verdict.other_baseline is not None:
            text += "; the other answer is given with limits from after them"
        text += "."
    # A cautious analyst begins a phase some months after the change.
    if not any(c.first <= begins <= c.last + 12 for c in levels.changes):
        text += " The search for lasting changes, as it stands now, finds none near that month."
    return text


def _first_line(found: LatestMonth, noun: str) -> str:
    now, year = found.latest, _year(found.latest)
    start = f"{words.there_were(now.count, noun)} in {now.month.words}"
    if len(found.months) == 1:
        return f"{start}."
    top = found.highest_counts
    if now not in top:
        names = words.months_listed([m.month for m in top])
        return f"{start}; the highest count of {year} was {words.whole(top[0].count)}, in {names}."
    clause = f"the highest count of {year}"
    if len(top) > 1:
        clause += f" together with {words.months_listed([m.month for m in top[:-1]])}"
    if now not in found.highest_per_day:
        clause += " but not the highest for each working day"
    return f"{start}, {clause}."


def _verdict(verdict: ControlVerdict | NoLimits) -> str:
    if isinstance(verdict, NoLimits):
        if verdict.why is NoLimitsWhy.TOO_SHORT:
            return (
                f"There are too few months from {verdict.first.words}, where the chart begins, to"
                " say whether this month stands out."
            )
        return (
            "The count is not judged by limits: none are set since the level last seemed to change."
        )
    if verdict.beyond:
        side = "above" if verdict.latest.per_day > verdict.upper else "below"
        return f"The count is {side} the limits of expected variation, which is a reason to ask."
    return "The count is within expected variation."


def _year(now: MonthCount) -> str:
    so_far = "" if now.month.month == 3 else " so far"
    return f"{now.month.financial_year.words}{so_far}"


def _count_rank(found: LatestMonth) -> str:
    now, top, year = found.latest, found.highest_counts, _year(found.latest)
    if now not in top:
        names = words.months_listed([m.month for m in top])
        return f"The highest count of {year} was {words.whole(top[0].count)}, in {names}."
    if len(top) > 1:
        others = words.months_listed([m.month for m in top[:-1]])
        return f"That was the highest count of {year}, the same as in {others}."
    return f"That was the highest count of {year}."


def _per_day_rank(found: LatestMonth, noun: str) -> str:
    """For a month that has the highest count, the most for each working day, or both."""
    now, top = found.latest, found.highest_per_day
    if now in top:
        also = "also " if now in found.highest_counts else ""
        own = words.decimal(now.per_day)
        as_in = (
            f", the same as {words.months_listed([m.month for m in top[:-1]])}" if top[1:] else ""
        )
        return (
            f"{now.month.words} {also}had the most {noun} for each working day"
            f"{as_in}: an average of {own} on each of its {words.whole(now.working_days)} working"
            " days."
        )
    most, own = words.told_apart(top[0].per_day, now.per_day)
    return (
        f"But {now.month.words} did not have the most for each working day: {top[0].month.words}"
        f" had an average of {most} on each of its {words.whole(top[0].working_days)} working days,"
        f" and {now.month.words} had {own} on each of its {words.whole(now.working_days)}."
    )


def _expected(low: float, high: float) -> str:
    """The whole numbers within limits, exactly: a count is one of them if it is no signal."""
    smallest, largest = words.whole_inside(low, high)
    if smallest >= largest:
        return "The earlier months are so alike that any other number lies outside the limits."
    return (
        f"Anything from {words.whole(smallest)} to {words.whole(largest)} counts as expected"
        " variation."
    )


def _chart_reason(found: ControlVerdict) -> str:
    ratio = words.decimal(found.spread_ratio)
    months = words.small_count_of(found.n_baseline, "months")
    spread = f"The spread (variance) of the {months} that set the limits is {ratio} times what"
    spread += " chance alone would give"
    name = words.a_or_an(found.chart.value)
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
    """A share of months, as finely as whole numbers in a hundred say it."""
    per_hundred = 100 * share
    low = math.floor(per_hundred)
    if per_hundred < 0.75:
        return "fewer than one in a hundred"
    if 0.25 <= per_hundred - low <= 0.75:
        return f"{words.small(low)} or {words.small(low + 1)} in a hundred"
    return f"about {words.small(round(per_hundred))} in a hundred"


def _other_baseline(found: ControlVerdict, other: OtherBaseline) -> str:
    days = found.latest.working_days
    smallest, largest = words.whole_inside(other.lower * days, other.upper * days)
    same = "the same" if other.beyond == found.beyond else "different"
    limits = (
        f"{words.whole(smallest)} to {words.whole(largest)} would be expected"
        if smallest < largest
        else "hardly any other number would be expected"
    )
    return (
        f"The level may have been changing until {(other.first - 1).words}. With limits from the"
        f" {words.small_count_of(other.n_baseline, 'months')} after that alone, the answer is"
        f" {same}: {limits}."
    )


def _s(found: LatestMonth | ControlVerdict | NoLimits, text: str) -> Sentence:
    return Sentence(text, found.id)
