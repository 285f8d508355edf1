"""Every claim of an edition tested, and what stands once all of them are allowed for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from scrutinybook.analysis.claims_figures import AnyContext, held, n_withheld
from scrutinybook.analysis.claims_tests import (
    Tested,
    comparison,
    composition,
    level,
    trend,
    two_runs,
)
from scrutinybook.committee.claims import Claim
from scrutinybook.committee.spans import Span, months
from scrutinybook.findings.claims import (
    AnyMeasure,
    ClaimFinding,
    ClaimsAll,
    ClaimsTogether,
    ClaimTested,
    ClaimUntested,
    Points,
    Verdict,
    VerdictThen,
    WhyUntested,
)
from scrutinybook.periods import Month
from scrutinybook.statistics import false_discoveries
from scrutinybook.statistics.multiplicity import FALSE_SHARE

LATER_MONTHS = 12
"""Most months after its first by which a forecast is judged."""
FEWEST_LATER = 3
"""Fewest later months by which one is judged at all."""

_Found = tuple[AnyMeasure, Tested]


def claims_of(context: AnyContext, *, said_later: bool = False) -> tuple[ClaimFinding, ...]:
    """A finding a claim, in the file's order; claims about later months are left out.

    `said_later`: also those that were said after the edition's month, for what its figures would
    have said of them.
    """
    held_claims = context.committee.claims
    if held_claims is None:
        return ()
    month = context.edition.month
    claims = [
        claim
        for claim in held_claims.claims
        if claim.is_about(month) and (said_later or claim.was_said(month))
    ]
    single = [claim for claim in claims if claim.kind != "association" or claim.untestable]
    found = {claim.id: _test(context, claim) for claim in single}
    p_values = {
        name: each[1].effect.p_value
        for name, each in found.items()
        if not isinstance(each, WhyUntested) and each[1].effect is not None
    }
    pairs = [claim for claim in claims if claim.id not in found]
    for pair in pairs:
        two = [p_values.get(each) for each in pair.together]
        known = [p for p in two if p is not None]
        if len(known) == 2:
            p_values[pair.id] = max(known)
    stands = _standing(p_values)
    singles = {claim.id: _finding(context, claim, found[claim.id], stands) for claim in single}
    together = {pair.id: _together(pair, singles, p_values, stands) for pair in pairs}
    every: Mapping[str, ClaimFinding] = {**singles, **together}
    return tuple(every[claim.id] for claim in claims)


def claims_all(found: Sequence[ClaimFinding]) -> ClaimsAll:
    """How many of each verdict."""
    verdicts = [each.verdict for each in found]
    tested = (ClaimTested, ClaimsTogether)
    n_tested = max((each.n_tested for each in found if isinstance(each, tested)), default=0)
    return ClaimsAll(
        measure_id="claims",
        n=len(found),
        n_tested=n_tested,
        supported=verdicts.count(Verdict.SUPPORTED),
        not_supported=verdicts.count(Verdict.NOT_SUPPORTED),
        too_early=verdicts.count(Verdict.TOO_EARLY),
        cannot=verdicts.count(Verdict.CANNOT),
        false_share=FALSE_SHARE,
    )


def verdicts_then(
    found: Sequence[ClaimFinding], earlier: Sequence[ClaimFinding], month: Month
) -> Mapping[str, VerdictThen]:
    """What an earlier edition's figures say of the same claims, by id."""
    then = {each.claim.id: each.verdict for each in earlier}
    return {
        each.claim.id: VerdictThen(each.claim.id, month, then.get(each.claim.id), each.verdict)
        for each in found
    }


def verdict_of(points: Points, *, stands: bool) -> Verdict:
    """What a test says: 'not supported' only where the figures point the other way, and surely."""
    if not stands or points is Points.NEITHER:
        return Verdict.TOO_EARLY
    return Verdict.SUPPORTED if points is Points.TOWARD else Verdict.NOT_SUPPORTED


def _test(context: AnyContext, claim: Claim) -> _Found | WhyUntested:
    if claim.untestable is not None:
        return WhyUntested.NOT_HELD
    if claim.kind == "forecast" and not _later(claim, context.edition.month):
        return WhyUntested.NOT_YET
    if claim.measure is None or claim.periods is None:
        return WhyUntested.NOT_HELD
    own = held(context, claim.measure, claim.part, claim.periods)
    if own is None:
        return WhyUntested.NO_FIGURES
    found: Tested | WhyUntested = WhyUntested.NO_FIGURES
    match claim.kind:
        case "step" | "direction" | "two proportions" if claim.against is not None:
            found = two_runs(claim, own, claim.against, claim.periods)
        case "forecast" if (later := _later(claim, context.edition.month)) is not None:
            found = two_runs(claim, own, claim.periods, later)
        case "trend":
            found = trend(claim, own, claim.periods)
        case "level":
            found = level(claim, own, claim.periods)
        case "comparison":
            other = held(context, claim.measure, claim.other_part, claim.periods)
            found = found if other is None else comparison(claim, own, other, claim.periods)
        case "composition" if claim.beside is not None:
            rest = held(context, claim.beside, None, claim.periods)
            found = found if rest is None else composition(own, rest, claim.periods)
    return found if isinstance(found, WhyUntested) else (own.measure, found)


def _later(claim: Claim, month: Month) -> Span | None:
    """The months by which a forecast is judged; None while there are too few."""
    if claim.judged_from is None or month < claim.judged_from + (FEWEST_LATER - 1):
        return None
    return months(claim.judged_from, min(month, claim.judged_from + (LATER_MONTHS - 1)))


def _standing(p_values: Mapping[str, float]) -> Mapping[str, tuple[bool, bool]]:
    if not p_values:
        return {}
    found = false_discoveries(np.array([*p_values.values()]), false_share=FALSE_SHARE)
    both = zip(found.stand, found.stand_strictly, strict=True)
    return {
        name: (bool(one), bool(strict)) for name, (one, strict) in zip(p_values, both, strict=True)
    }


def _finding(
    context: AnyContext,
    claim: Claim,
    found: _Found | WhyUntested,
    stands: Mapping[str, tuple[bool, bool]],
) -> ClaimTested | ClaimUntested:
    if isinstance(found, WhyUntested):
        early = found in (WhyUntested.NOT_YET, WhyUntested.TOO_FEW)
        verdict = Verdict.TOO_EARLY if early else Verdict.CANNOT
        by = None if claim.judged_from is None else claim.judged_from + (FEWEST_LATER - 1)
        return ClaimUntested(claim.id, claim, found, verdict, _n_withheld(context, claim), by)
    measure, tested = found
    # Without a p-value no chance is at work: the count itself says it.
    by_count = tested.effect is None
    one, strict = stands.get(claim.id, (by_count, by_count))
    return ClaimTested(
        measure_id=claim.id,
        claim=claim,
        measure=measure,
        periods=tested.periods,
        now=tested.now,
        then=tested.then,
        effect=tested.effect,
        points=tested.points,
        verdict=verdict_of(tested.points, stands=one),
        stands=one,
        stands_strictly=strict,
        n_tested=len(stands),
    )


def _n_withheld(context: AnyContext, claim: Claim) -> int:
    if claim.measure is None or claim.periods is None or claim.untestable is not None:
        return 0
    own = held(context, claim.measure, claim.part, claim.periods)
    return 0 if own is None else n_withheld(own.of(claim.periods))


def _together(
    pair: Claim,
    singles: Mapping[str, ClaimTested | ClaimUntested],
    p_values: Mapping[str, float],
    stands: Mapping[str, tuple[bool, bool]],
) -> ClaimFinding:
    if any(each not in singles for each in pair.together):
        return ClaimUntested(pair.id, pair, WhyUntested.NO_FIGURES, Verdict.CANNOT)
    one, other = (singles[each] for each in pair.together)
    kept = stands.get(pair.id, (False, False))
    return ClaimsTogether(
        measure_id=pair.id,
        claim=pair,
        one=one,
        other=other,
        verdict=_verdict_together({one.verdict, other.verdict}, stands=kept[0]),
        p_value=p_values.get(pair.id),
        stands=kept[0],
        stands_strictly=kept[1],
        n_tested=len(stands),
    )


def _verdict_together(verdicts: set[Verdict], *, stands: bool) -> Verdict:
    """Both have to hold; where one of them points the other way, the two do not go together."""
    if Verdict.CANNOT in verdicts:
        return Verdict.CANNOT
    if Verdict.NOT_SUPPORTED in verdicts:
        return Verdict.NOT_SUPPORTED
    both = verdicts == {Verdict.SUPPORTED}
    return Verdict.SUPPORTED if both and stands else Verdict.TOO_EARLY
