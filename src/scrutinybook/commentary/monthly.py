"""A monthly count in words: its latest month, and whether that month stands out."""

from __future__ import annotations

from scrutinybook.commentary import words
from scrutinybook.commentary.sentence import Sentence
from scrutinybook.findings.monthly import (
    ChartName,
    ControlVerdict,
    LatestMonth,
    MonthCount,
    NoLimits,
    NoLimitsWhy,
)


def headline(found: LatestMonth, verdict: ControlVerdict | NoLimits, noun: str) -> Sentence:
    """The message of the front door's monthly figures."""
    now = found.latest
    count = f"{words.whole(now.count)} {noun} in {now.month.words}"
    return Sentence(f"{count}: {_rank_clause(found)}; {_verdict_clause(verdict)}.", verdict.id)


def latest_month(found: LatestMonth, noun: str) -> list[Sentence]:
    """The latest count, its place in the year, and the same for each working day."""
    now = found.latest
    year = now.month.financial_year.words
    sentences = [_s(found, f"There were {words.whole(now.count)} {noun} in {now.month.words}.")]
    sentences.append(_s(found, _count_rank(found, year)))
    sentences.append(_s(found, _per_day_rank(found, noun)))
    recent = found.months[-3:]
    if len(recent) > 1:
        days = words.listing([str(m.working_days) for m in recent])
        names = words.months_listed([m.month for m in recent])
        sentences.append(_s(found, f"{names} had {days} working days."))
    return sentences


def against_limits(found: ControlVerdict, noun: str) -> list[Sentence]:
    """Whether the latest month lies within limits, and what that does and does not mean."""
    now = found.latest
    low, high = found.count_limits
    days = f"{now.working_days} working days"
    middle = words.whole(found.centre * now.working_days)
    first = (
        f"At the level since {found.first.words}, a month with {days} would bring about {middle}"
        f" {noun}; anything {words.between(words.whole(low), words.whole(high))} would be expected"
        " variation."
    )
    if found.beyond:
        verdict = (
            f"{now.month.words}, with {words.whole(now.count)}, lies outside these limits. That is"
            " a signal: a reason to ask what was different. It does not say what brought it about."
        )
    else:
        verdict = (
            f"{now.month.words}, with {words.whole(now.count)}, lies inside these limits. There is"
            " no signal in this month, which is not proof that nothing changed."
        )
    said = [_s(found, first), _s(found, verdict)]
    said += [_s(found, _other_baseline(found))] if found.other_baseline else []
    return said


def why_this_chart(found: ControlVerdict, noun: str) -> list[Sentence]:
    """Why this chart and not a plainer one, and what the plainer one would have said."""
    said = [_s(found, _chart_reason(found))]
    if found.plain is not None:
        said.append(_s(found, _plain_lesson(found, noun)))
    chance = max(1, round(100 * found.chance_any))
    times = "once" if chance == 1 else f"about {words.small(chance)} times"
    said.append(
        _s(
            found,
            f"A chart of this length shows a point outside its limits by chance alone {times} in a"
            " hundred.",
        )
    )
    return said


def without_limits(found: NoLimits, noun: str) -> list[Sentence]:
    """Why no limits are drawn, and what would be needed."""
    now = found.latest
    middle = words.decimal(found.median)
    n = words.small(found.n_months)
    if found.why is NoLimitsWhy.TOO_SHORT:
        reason = (
            f"Only {n} months lie between {found.first.words}, where the present level is taken to"
            f" begin, and the latest month. Limits need {words.small(found.needed)}, so the chart"
            " shows the months about their middle value alone, and gives no verdict on a single"
            " month."
        )
    else:
        reason = (
            "The level has changed, and no analyst has yet set where new limits should begin, so"
            f" none are drawn. The search suggests {found.first.words} or later."
        )
    return [
        _s(found, reason),
        _s(
            found,
            f"Since {found.first.words} the middle month brought {middle} {noun} a working day;"
            f" {now.month.words} brought {words.decimal(now.per_day)}.",
        ),
    ]


def phase_note(reason: str, begins: str) -> str:
    """Where the limits begin and why, as an analyst decided."""
    return f"The limits begin in {begins}, as an analyst decided: {reason}"


def _rank_clause(found: LatestMonth) -> str:
    now, year = found.latest, found.latest.month.financial_year.words
    so_far = "" if now.month.month == 3 else " so far"
    if now in found.highest_counts:
        clause = f"the highest count of {year}{so_far}"
        if len(found.months) > 1 and now not in found.highest_per_day:
            clause += ", but not the highest for each working day"
        return clause
    return f"not the highest count of {year}{so_far}"


def _verdict_clause(verdict: ControlVerdict | NoLimits) -> str:
    if isinstance(verdict, NoLimits):
        return (
            "too few months at the present level to say whether one month stands out"
            if (verdict.why is NoLimitsWhy.TOO_SHORT)
            else "no limits are set since the level changed"
        )
    if verdict.beyond:
        side = "above" if verdict.latest.per_day > verdict.upper else "below"
        return f"{side} the limits of expected variation"
    return "within expected variation"


def _count_rank(found: LatestMonth, year: str) -> str:
    now = found.latest
    so_far = "" if now.month.month == 3 else " so far"
    if len(found.months) == 1:
        return f"It is the first month of {year}."
    if now not in found.highest_counts:
        top = found.highest_counts
        names = words.months_listed([m.month for m in top])
        return f"The highest count of {year}{so_far} was {words.whole(top[0].count)}, in {names}."
    if len(found.highest_counts) > 1:
        others = words.months_listed([m.month for m in found.highest_counts if m is not now])
        return f"With {others} it was the highest count of {year}{so_far}."
    return f"It was the highest count of {year}{so_far}."


def _per_day_rank(found: LatestMonth, noun: str) -> str:
    now = found.latest
    own = words.decimal(now.per_day)
    if now in found.highest_per_day:
        also = " also" if now in found.highest_counts else ""
        return (
            f"For each working day it was{also} the highest of the year, with {own} {noun} a day."
        )
    top: MonthCount = found.highest_per_day[0]
    return (
        f"It was not the highest for each working day: {top.month.name} had"
        f" {words.decimal(top.per_day)} {noun} a working day, {now.month.name} {own}."
    )


def _chart_reason(found: ControlVerdict) -> str:
    ratio = words.decimal(found.spread_ratio)
    spread = f"The {words.small(found.n_baseline)} months that set the limits"
    if found.chart in (ChartName.U, ChartName.C):
        return (
            f"{spread} vary about as much as counting alone would give ({ratio} times), so a"
            f" {found.chart.value}, which rests on counting, was chosen."
        )
    wider = f"{spread} vary {ratio} times as much as counting alone would give"
    if found.chart is ChartName.U_PRIME:
        return (
            f"{wider}, and they differ in size or are small, so a {found.chart.value}, which widens"
            " the limits by that spread, was chosen."
        )
    return (
        f"{wider}, so an {found.chart.value} was chosen: it reads the usual variation from how much"
        " one month differs from the next. Counts are divided by working days, so that a long month"
        " is not taken for a busy one."
    )


def _plain_lesson(found: ControlVerdict, noun: str) -> str:
    plain = found.plain
    assert plain is not None  # the caller has looked
    span = f"{plain.first.words} to {plain.last.words}"
    limits = f"{words.whole(plain.lower)} to {words.whole(plain.upper)} {noun} a month"
    text = f"A plain count chart of {span}, which trusts counting alone, has limits from {limits}"
    now = found.latest.month.name
    if plain.beyond == found.beyond:
        same = "outside" if plain.beyond else "inside"
        return f"{text}; {now} lies {same} those too."
    if plain.beyond:
        return (
            f"{text}, and would call {now} a signal. Those limits are too narrow for months that"
            " differ this much, and take no account of working days."
        )
    return f"{text}, and would call {now} expected variation."


def _other_baseline(found: ControlVerdict) -> str:
    other = found.other_baseline
    assert other is not None  # the caller has looked
    days = found.latest.working_days
    limits = words.between(words.whole(other.lower * days), words.whole(other.upper * days))
    same = "The answer is the same" if other.beyond == found.beyond else "The answer differs"
    return (
        f"{same} with limits from the {words.small(other.n_baseline)} months since"
        f" {other.first.words} alone, after all the months in which the level may have changed:"
        f" {limits}."
    )


def _s(found: LatestMonth | ControlVerdict | NoLimits, text: str) -> Sentence:
    return Sentence(text, found.id)
