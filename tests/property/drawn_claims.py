"""Random findings on claims, for the properties that every sentence must have."""

from __future__ import annotations

from typing import Any

from drawn_council import MEASURES, months
from hypothesis import strategies as st

from scrutinybook.committee.claims import Claim
from scrutinybook.committee.spans import Span
from scrutinybook.committee.spans import months as run_of
from scrutinybook.findings.claims import (
    AnyMeasure,
    ClaimsAll,
    ClaimsTogether,
    ClaimTested,
    ClaimUntested,
    Effect,
    Points,
    Scale,
    Side,
    Verdict,
    VerdictThen,
    WhyUntested,
)
from scrutinybook.sources.figure_periods import FigurePeriod, PeriodKind

_SCALES = {
    "proportion": Scale.SHARE,
    "value": Scale.VALUE,
    "count": Scale.RATIO,
    "stock": Scale.RATIO,
}
_KINDS = {
    "proportion": (
        "step",
        "direction",
        "two proportions",
        "trend",
        "forecast",
        "level",
        "comparison",
    ),
    "value": ("step", "trend", "forecast"),
    "count": ("step", "direction", "trend", "forecast", "composition"),
    "stock": ("trend",),
}


def claim(kind: str, **more: Any) -> Claim:
    """A claim of a kind; its keys are not checked against its measure here."""
    values = {"id": "a-claim", "by": "director", "said": "2023-03", "sentence": "It rose."}
    return Claim.model_validate({**values, "kind": kind, **more})


@st.composite
def spans(draw: st.DrawFn) -> Span:
    first = draw(months)
    if draw(st.booleans()):
        return run_of(first, first + draw(st.integers(0, 14)))
    kind = draw(st.sampled_from([PeriodKind.YEAR, PeriodKind.WORKFORCE_YEAR]))
    end = first.financial_year.months[-1].last_day
    if kind is PeriodKind.WORKFORCE_YEAR:
        end = first.financial_year.months[5].last_day
    period = FigurePeriod(kind, end)
    return Span(period, period)


@st.composite
def sides(draw: st.DrawFn, measure: AnyMeasure, span: Span, name: str = "") -> Side:
    shown = draw(st.integers(1, span.n_months))
    if measure.kind == "proportion":
        bottom = draw(st.integers(1, 4_000))
        top = draw(st.integers(0, bottom))
        return Side(top / bottom, (top, bottom), shown, span.n_months, name)
    return Side(draw(st.floats(0, 3_000)), None, shown, span.n_months, name)


@st.composite
def effects(draw: st.DrawFn, scale: Scale) -> Effect:
    top = {Scale.SHARE: 1.0, Scale.RATIO: 40.0, Scale.VALUE: 900.0}[scale]
    bottom = 0.0 if scale is Scale.RATIO else -top
    low, middle, high = sorted(draw(st.floats(bottom, top)) for _ in range(3))
    return Effect(scale, middle, low, high, 0.95, draw(st.floats(0, 1)), "Fisher's exact test")


@st.composite
def tested(draw: st.DrawFn) -> ClaimTested:
    measure = draw(st.sampled_from([each for _, each in MEASURES]))
    kind = draw(st.sampled_from(_KINDS[measure.kind]))
    span, before = draw(spans()), draw(spans())
    more: dict[str, Any] = {"periods": span, "against": before}
    if kind == "level":
        more |= {"level": draw(st.integers(0, 100)), "relation": "at most"}
    if kind == "comparison":
        more |= {"part": "Permanence", "other_part": "Initial Response"}
    elif draw(st.booleans()):
        more["part"] = "Permanence"
    alone = kind in ("level", "composition")
    effect = draw(effects(Scale.SHARE if kind == "composition" else _SCALES[measure.kind]))
    stands = draw(st.booleans())
    points = draw(st.sampled_from(Points))
    verdict = Verdict.TOO_EARLY
    if stands and points is not Points.NEITHER:
        verdict = Verdict.SUPPORTED if points is Points.TOWARD else Verdict.NOT_SUPPORTED
    now = draw(sides(measure, span))
    if kind == "composition":
        bottom = draw(st.integers(1, 300))
        now = Side(0.5, (draw(st.integers(0, bottom)), bottom), 1, span.n_months)
    return ClaimTested(
        measure_id="a-claim",
        claim=claim(kind, **more),
        measure=measure,
        periods=span,
        now=now,
        then=None if alone else draw(sides(measure, before, "Initial Response")),
        effect=None if kind == "level" and draw(st.booleans()) else effect,
        points=points,
        verdict=verdict,
        stands=stands,
        stands_strictly=stands and draw(st.booleans()),
        n_tested=draw(st.integers(1, 30)),
    )


@st.composite
def untested(draw: st.DrawFn) -> ClaimUntested:
    why = draw(st.sampled_from(WhyUntested))
    first = draw(months)
    named = {"measure": "contacts"} if draw(st.booleans()) else {}
    early = why in (WhyUntested.NOT_YET, WhyUntested.TOO_FEW)
    verdict = Verdict.TOO_EARLY if early else Verdict.CANNOT
    said = claim("forecast", judged_from=first, **named)
    return ClaimUntested("a-claim", said, why, verdict, draw(st.integers(0, 12)), first + 2)


@st.composite
def together(draw: st.DrawFn) -> ClaimsTogether:
    pair = claim("association", together=("a", "b"))
    one, other = draw(st.one_of(tested(), untested())), draw(tested())
    p_value = draw(st.one_of(st.none(), st.floats(0, 1)))
    stands = draw(st.booleans())
    return ClaimsTogether(
        "a-claim", pair, one, other, draw(st.sampled_from(Verdict)), p_value, stands,
        stands and draw(st.booleans()), draw(st.integers(1, 30)),
    )  # fmt: skip


@st.composite
def all_claims(draw: st.DrawFn) -> ClaimsAll:
    each = [draw(st.integers(0, 12)) for _ in range(4)]
    each[0] += not any(each)
    n = sum(each)
    return ClaimsAll("claims", n, draw(st.integers(0, n)), *each, false_share=0.05)


@st.composite
def verdicts_then(draw: st.DrawFn) -> VerdictThen:
    then = draw(st.one_of(st.none(), st.sampled_from(Verdict)))
    return VerdictThen("a-claim", draw(months), then, draw(st.sampled_from(Verdict)))
