"""What the committee was told, in words: verdict, figures, effect and test of each claim."""

from __future__ import annotations

from scrutinybook.commentary import words
from scrutinybook.commentary.claims_figures import (
    difference,
    interval,
    nothing,
    ratio,
    side_text,
    two_sides,
)
from scrutinybook.commentary.polarity import which_is
from scrutinybook.commentary.sentence import Sentence
from scrutinybook.findings.base import Direction
from scrutinybook.findings.claims import (
    ClaimFinding,
    ClaimsAll,
    ClaimsTogether,
    ClaimTested,
    ClaimUntested,
    Points,
    Scale,
    Verdict,
    VerdictThen,
    WhyUntested,
)

VERDICTS = {
    Verdict.SUPPORTED: "Supported",
    Verdict.NOT_SUPPORTED: "Not supported",
    Verdict.TOO_EARLY: "Too early to tell",
    Verdict.CANNOT: "Cannot be tested with the data held",
}

_MEANS = {
    Verdict.SUPPORTED: "The figures bear the statement out.",
    Verdict.NOT_SUPPORTED: "The figures point the other way.",
    Verdict.CANNOT: "",
}


def headline(found: ClaimFinding) -> Sentence:
    """The verdict and what it rests on."""
    if isinstance(found, ClaimTested):
        return Sentence(f"{VERDICTS[found.verdict]}. {figures(found)}", found.id)
    if isinstance(found, ClaimsTogether):
        return Sentence(f"{VERDICTS[found.verdict]}. {_together(found)}", found.id)
    return Sentence(f"{VERDICTS[found.verdict]}{_why(found)}", found.id)


def figures(found: ClaimTested) -> str:
    """The figures that the claim is set against."""
    if found.then is None:
        if found.claim.kind == "composition":
            top, bottom = found.now.parts or (0, 0)
            return (
                f"Of {words.count_of(bottom, 'moves and departures together')} in"
                f" {found.periods.words}, {words.whole(top)} were {found.measure.things}."
            )
        return f"{words.upper_first(side_text(found))}."
    return two_sides(found)


def bearing(found: ClaimTested) -> list[Sentence]:
    """What the figures say of the statement, and by how much."""
    text = [_MEANS.get(found.verdict) or _undecided(found)]
    if found.effect is None:
        text.append("This is a count of all places, which no chance moves, so it has no test.")
        return [Sentence(each, found.id) for each in text if each]
    text.append(_size(found))
    if found.now.n_periods < found.now.n_asked:
        shown = words.small_count_of(found.now.n_periods, "periods")
        text.append(f"Only {shown} of the {words.small(found.now.n_asked)} named have a figure.")
    return [Sentence(each, found.id) for each in text if each]


def tested(found: ClaimTested) -> list[Sentence]:
    """Which test, its p-value, and whether it stands among all of them; nothing without one."""
    if found.effect is None:
        return []
    kept = _allowed(found.stands, found.stands_strictly, found.n_tested)
    test = found.effect.test.replace("'", "’")
    text = [f"Test: {test}; {_p(found.effect.p_value)}.", kept]
    return [Sentence(each, found.id) for each in text]


def together(found: ClaimsTogether) -> list[Sentence]:
    """What two claims side by side do and do not say."""
    text = [
        "Two statements are set side by side here. That one coincides with the other does not say"
        " that either led to it."
    ]
    if found.p_value is not None:
        text.append(
            f"Both have to hold, so the weaker evidence of the two counts ({_p(found.p_value)})."
            f" {_allowed(found.stands, found.stands_strictly, found.n_tested)}"
        )
    return [Sentence(each, found.id) for each in text]


def all_claims(found: ClaimsAll) -> list[Sentence]:
    """How many of each verdict, and what allowing for all of them means."""
    parts = [
        f"{words.small(n)} {'is' if n == 1 else 'are'} {what}"
        for n, what in (
            (found.supported, "supported"),
            (found.not_supported, "not supported"),
            (found.too_early, "too early to tell"),
        )
        if n
    ]
    if found.cannot:
        parts.append(f"{words.small(found.cannot)} cannot be tested with the data held")
    made = words.small_count_of(found.n, "statements")
    text = [f"This edition looks at {made} made to the committee: {words.listing(parts)}."]
    if found.n_tested > 1:
        n, share = words.small(found.n_tested), words.percent(found.false_share)
        text += [
            f"Of these, {n} are tested, each once, and it is allowed for that there are so many"
            f" (the rule of Benjamini and Hochberg): about {share} at most of those called"
            " supported or not supported should be mistaken.",
            "The stricter rule, of Benjamini and Yekutieli, holds however the statements hang"
            " together.",
        ]
    return [Sentence(each, found.id) for each in text]


def verdict_then(found: VerdictThen) -> Sentence:
    """What an earlier edition said."""
    month = found.month.words
    if found.then is None:
        return Sentence(f"The edition for {month} came before the months it is about.", found.id)
    if found.then is found.now:
        return Sentence(f"The edition for {month} said the same: {found.then}.", found.id)
    text = f"The edition for {month} said: {found.then}; this one says: {found.now}."
    return Sentence(text, found.id)


def _together(found: ClaimsTogether) -> str:
    if found.verdict is Verdict.SUPPORTED:
        return "Each of the two is supported, so that the one coincides with the other."
    if found.verdict is Verdict.NOT_SUPPORTED:
        return "Of at least one of the two the figures point the other way."
    if found.verdict is Verdict.CANNOT:
        return "At least one of the two cannot be tested."
    return "Of at least one of the two the figures do not tell yet."


def _undecided(found: ClaimTested) -> str:
    if found.points is Points.TOWARD:
        return "The figures point as the statement says, but by no more than chance could bring."
    if found.points is Points.AWAY:
        return "The figures point the other way, but by no more than chance could bring."
    return "The figures point neither way."


def _size(found: ClaimTested) -> str:
    """The effect with its interval, and whether more or less of it is better."""
    effect = found.effect
    if effect is None:
        return ""
    middle = 1 if effect.scale is Scale.RATIO else 0
    worth = which_is(Direction.of(effect.estimate - middle), found.measure.polarity)
    if nothing(effect) or found.claim.kind == "comparison":
        worth = ""
    if effect.scale is Scale.RATIO:
        by_day = found.claim.kind != "trend" and found.periods.by_month
        each = "For each working day that" if by_day and found.measure.kind == "count" else "That"
        return f"{each} is {ratio(effect)}{worth} ({interval(effect)})."
    sure = interval(effect, found.measure)
    if found.claim.kind in ("level", "composition"):
        stated = "half" if found.claim.kind == "composition" else f"{found.claim.level:g}%"
        than = "as" if nothing(effect) else "than"
        return f"That is {difference(found)} {than} {stated} ({sure})."
    return f"That is {difference(found)}{worth} ({sure})."


def _allowed(stands: bool, strictly: bool, n: int) -> str:
    if n <= 1:
        return "No other statement is tested in this edition."
    them = f"all {words.small(n)} statements that are tested are allowed for"
    if strictly:
        return f"The evidence stands when {them}, and also by the stricter rule."
    if stands:
        return f"The evidence stands when {them}, though not by the stricter rule."
    return f"The evidence does not stand when {them}."


def _p(p_value: float) -> str:
    return "p is below 0.001" if p_value < 0.001 else f"p is {words.decimal(p_value, 3)}"


def _why(found: ClaimUntested) -> str:
    claim = found.claim
    match found.why:
        case WhyUntested.NOT_YET if claim.judged_from is not None:
            first = claim.judged_from.words
            if claim.measure is None or found.judged_by is None:
                return f". It speaks of the future, and its time comes in {first}."
            return (
                ". It speaks of the future, and can be judged once there are figures for the months"
                f" from {first} to {found.judged_by.words}."
            )
        case WhyUntested.WITHHELD:
            return ". Too many of the figures that it needs are withheld, as numbers are small."
        case WhyUntested.NO_FIGURES:
            return ". There are no figures that answer it."
        case WhyUntested.TOO_FEW:
            return ". There are too few periods with a figure."
    return "."
