"""A monthly count in words: its latest month, and whether that month stands out."""

from __future__ import annotations

from scrutinybook.commentary import words
from scrutinybook.commentary.sentence import Sentence
from scrutinybook.edition import Phase
from scrutinybook.findings.monthly import (
    ControlVerdict,
    LatestMonth,
    LevelChanges,
    MonthCount,
    NoLimits,
    NoLimitsWhy,
    OtherBaseline,
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
