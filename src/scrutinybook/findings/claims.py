"""Findings on what the committee was told: how a claim was tested, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scrutinybook.catalogue import Measure
from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.committee.claims import Claim
from scrutinybook.committee.spans import Span
from scrutinybook.findings.base import Finding
from scrutinybook.periods import Month

AnyMeasure = Measure | ExtractMeasure


class Verdict(StrEnum):
    """What an edition says of a claim; there is no fifth."""

    SUPPORTED = "supported"
    NOT_SUPPORTED = "not supported"
    TOO_EARLY = "too early to tell"
    CANNOT = "cannot be tested with the data held"


class Points(StrEnum):
    """Which way the figures point, whatever chance makes of it."""

    TOWARD = "as the statement says"
    AWAY = "the other way"
    NEITHER = "neither way"


class Scale(StrEnum):
    """What an effect is measured in."""

    SHARE = "difference of shares"
    RATIO = "ratio of counts"
    VALUE = "difference of values"


class WhyUntested(StrEnum):
    """Why a claim has no test in this edition."""

    NOT_HELD = "the data held do not say"
    NO_FIGURES = "no figures of the measure"
    WITHHELD = "figures withheld, as numbers are small"
    TOO_FEW = "too few periods with a figure"
    NOT_YET = "its time has not come"


@dataclass(frozen=True)
class Side:
    """One of the two things that a test compares."""

    value: float
    """A share from 0 to 1, a count a period, or a value in the page's unit."""
    parts: tuple[int, int] | None
    """Numerator and denominator of a share; None otherwise."""
    n_periods: int
    """Periods with a figure."""
    n_asked: int
    """Periods named."""
    name: str = ""
    """A part: a service, say; empty where the two are two times."""


@dataclass(frozen=True)
class Effect:
    """How large the difference is, and how sure."""

    scale: Scale
    estimate: float
    """A difference of shares (-1 to 1), a ratio, or a difference in the page's unit."""
    lower: float
    upper: float
    confidence: float
    p_value: float
    test: str
    """Which test, in words."""


@dataclass(frozen=True)
class ClaimTested(Finding):
    """A claim that figures were set against. `measure_id` is the claim's id."""

    claim: Claim
    measure: AnyMeasure
    periods: Span
    """The periods looked at; for a forecast the later ones."""
    now: Side
    then: Side | None
    """What it is compared with; None for a level, and the start of the line for a trend."""
    effect: Effect | None
    """None where figures are set beside a level that no chance moves."""
    points: Points
    verdict: Verdict
    stands: bool
    """Whether the evidence stands once all claims of the edition are allowed for."""
    stands_strictly: bool
    """The same, however the claims hang together."""
    n_tested: int
    """Claims of the edition that have a p-value."""


@dataclass(frozen=True)
class ClaimUntested(Finding):
    """A claim that this edition does not test. `measure_id` is the claim's id."""

    claim: Claim
    why: WhyUntested
    verdict: Verdict
    n_withheld: int = 0
    """Of the periods named, those whose figure is withheld."""
    judged_by: Month | None = None
    """For a forecast: the first month by which there are enough later figures."""


@dataclass(frozen=True)
class ClaimsTogether(Finding):
    """Two claims set side by side. `measure_id` is the claim's id."""

    claim: Claim
    one: ClaimTested | ClaimUntested
    other: ClaimTested | ClaimUntested
    verdict: Verdict
    p_value: float | None
    """The larger of the two: both have to hold. None where one was not tested."""
    stands: bool
    stands_strictly: bool
    n_tested: int


ClaimFinding = ClaimTested | ClaimUntested | ClaimsTogether


@dataclass(frozen=True)
class ClaimsAll(Finding):
    """All claims of an edition: how many of each verdict."""

    n: int
    n_tested: int
    """Those with a p-value."""
    supported: int
    not_supported: int
    too_early: int
    cannot: int
    false_share: float
    """Share of false findings among those said to stand that is accepted."""


@dataclass(frozen=True)
class VerdictThen(Finding):
    """What an earlier edition's figures say of the same claim."""

    month: Month
    then: Verdict | None
    """None where that edition's month came before the claim's first period."""
    now: Verdict

    @property
    def never_tested(self) -> bool:
        """Neither edition holds data that test it: there is no history to tell."""
        return self.now is Verdict.CANNOT and self.then in (Verdict.CANNOT, None)
