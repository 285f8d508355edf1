"""Claims: what was said to the committee that figures can test, and what is wrong with a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainValidator

from scrutinybook.catalogue import Catalogue, Measure
from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.catalogue_types import Text
from scrutinybook.committee.spans import Span, SpanField
from scrutinybook.edition import MonthField
from scrutinybook.errors import Fault, nearest
from scrutinybook.formulas import Timing
from scrutinybook.model_faults import Refused, shown
from scrutinybook.periods import Month
from scrutinybook.yaml_files import Strict

ClaimKind = Literal[
    "step",
    "direction",
    "two proportions",
    "trend",
    "forecast",
    "level",
    "comparison",
    "composition",
    "association",
]
Way = Literal["up", "down", "steady"]

NEEDS: Mapping[ClaimKind, tuple[str, ...]] = {
    "step": ("measure", "periods", "against", "direction"),
    "direction": ("measure", "periods", "against", "direction"),
    "two proportions": ("measure", "periods", "against", "direction"),
    "trend": ("measure", "periods", "direction"),
    "forecast": ("judged_from",),
    "level": ("measure", "periods", "level", "relation"),
    "comparison": ("measure", "periods", "part", "other_part", "direction"),
    "composition": ("measure", "periods", "beside"),
    "association": ("together",),
}
"""The keys that each kind cannot be tested without."""

_TESTABLE: Mapping[ClaimKind, tuple[str, ...]] = {
    "step": ("count", "proportion", "value"),
    "direction": ("count", "proportion", "value"),
    "two proportions": ("proportion",),
    "trend": ("count", "proportion", "value", "stock"),
    "forecast": ("count", "proportion", "value"),
    "level": ("proportion",),
    "comparison": ("proportion",),
    "composition": ("count",),
}
"""The kinds of measure that each kind of claim has a test for."""

_POOLING = ("step", "direction", "two proportions", "forecast")
"""Kinds that add months up, which is wrong for what is counted on a day: the same children are in
the next month's figure."""


def _as_when(value: Any) -> str:
    text = str(value)
    if not re.fullmatch(r"20\d\d(-(0[1-9]|1[0-2])(-\d\d)?)?", text):
        raise Refused(f"{shown(value)} is no date", "a day, a month or a year, such as 2023-03-29")
    return text


def _as_id(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise Refused(f"{shown(value)} is no id", "small letters, digits and hyphens")
    return value


IdField = Annotated[str, PlainValidator(_as_id)]
WhenField = Annotated[str, BeforeValidator(_as_when)]


class Claim(Strict):
    """One statement, in this book's own words, with what would bear it out."""

    id: IdField
    by: Text
    """Who said it, by role."""
    said: WhenField
    """The day, month or year it was said."""
    sentence: Text
    """The statement in this book's own words, never the minutes'."""
    kind: ClaimKind
    reading: Text | None = None
    """How the statement is read so that figures can answer it, where it can be read in two ways."""
    measure: Text | None = None
    part: Text | None = None
    """A part of the measure: a service, say."""
    other_part: Text | None = None
    """For comparisons: the part that the first is compared with."""
    beside: Text | None = None
    """For compositions: the measure that makes up the rest."""
    periods: SpanField | None = None
    """The periods that the statement is about."""
    against: SpanField | None = None
    """The periods that it compares them with."""
    direction: Way | None = None
    """Which way the statement says; steady for forecasts alone."""
    level: Annotated[float, Field(ge=0, le=100)] | None = None
    """For levels: the stated level, in per cent."""
    relation: Literal["at least", "at most", "exactly"] | None = None
    """For levels: exactly is for counts of places or posts, which no chance moves."""
    judged_from: MonthField | None = None
    """For forecasts: the first month by which it can be judged."""
    within: Annotated[float, Field(gt=0, le=100)] | None = None
    """For forecasts of a steady share: how far it may move, in percentage points."""
    together: tuple[IdField, ...] = ()
    """For associations: the two claims whose figures are set side by side."""
    untestable: Text | None = None
    """Why the data held cannot test it; nothing is tested then."""
    context: Text | None = None
    """A measure shown beside a claim that cannot be tested; it settles nothing."""

    @property
    def measures(self) -> Iterator[tuple[str, str]]:
        """Each key that names a measure, with the name."""
        for key in ("measure", "beside", "context"):
            if (name := getattr(self, key)) is not None:
                yield key, name

    def is_about(self, month: Month) -> bool:
        """Whether an edition of this month holds it: none does before the first period it is about,
        or, where it names none, before the month (of a year: January) it was said in."""
        return self._said_month <= month if self.periods is None else self._begins <= month

    def was_said(self, month: Month) -> bool:
        """Whether it was said by the end of a month; of a year alone, by its January."""
        return self._said_month <= month

    @property
    def _said_month(self) -> Month:
        year, *rest = (int(each) for each in self.said.split("-"))
        return Month(year, *rest[:1] or [1])

    @property
    def _begins(self) -> Month:
        assert self.periods is not None  # the caller has looked
        return self.periods.first.month


class Claims(Strict):
    """All claims of one authority, in the order in which the page has them."""

    claims: tuple[Claim, ...]


def claim_faults(claims: Claims, label: str, catalogue: Catalogue, *, own: bool) -> list[Fault]:
    """What is wrong beside what each key allows: missing keys, unknown measures, two of an id.

    `own`: the authority's figures are its own, not official ones.
    """
    faults: list[Fault] = []
    if not claims.claims:
        faults.append(Fault(f"{label}: claims", "empty", "one or more", "or remove the file"))
    known: Mapping[str, Measure | ExtractMeasure]
    known = catalogue.extract_measures if own else catalogue.measures
    ids = [claim.id for claim in claims.claims]
    for number, claim in enumerate(claims.claims, 1):
        where = f"{label}: claims, entry {number} ({claim.id})"
        if ids.index(claim.id) != number - 1:
            faults.append(Fault(f"{where}, id", f"{claim.id} stands twice", "each id once"))
        unknown = [
            Fault(f"{where}, {key}", f"no measure {name!r}", ", ".join(known), nearest(name, known))
            for key, name in claim.measures
            if name not in known
        ]
        faults += unknown
        if claim.untestable is None:
            faults += _keys(claim, where)
            faults += [] if unknown else _fitting(claim, where, known)
        for other in claim.together:
            tested = {each.id for each in claims.claims if each.kind != "association"}
            if other not in tested:
                there, mend = ", ".join(sorted(tested)), nearest(other, tested)
                faults.append(Fault(f"{where}, together", f"no claim {other!r}", there, mend))
    return faults


def _keys(claim: Claim, where: str) -> list[Fault]:
    wanted = NEEDS[claim.kind]
    if claim.kind == "forecast" and claim.measure is not None:
        wanted = (*wanted, "periods", "direction")
    faults = [
        Fault(f"{where}, {key}", f"this key is missing; a claim of kind {claim.kind} needs it")
        for key in wanted
        if not getattr(claim, key)
    ]
    if claim.kind == "association" and claim.together and len(claim.together) != 2:
        faults.append(Fault(f"{where}, together", "not two claims", "the ids of two claims"))
    steady = claim.direction == "steady"
    if steady and claim.kind != "forecast":
        faults.append(Fault(f"{where}, direction", "'steady' is for forecasts alone", "up, down"))
    if steady != (claim.within is not None):
        found = "give it with direction: steady, and only there"
        faults.append(Fault(f"{where}, within", found, "percentage points"))
    return faults + _order(claim, where)


def _order(claim: Claim, where: str) -> list[Fault]:
    """Periods that do not follow on from each other."""
    if claim.periods is None:
        return []
    faults, last = [], claim.periods.last
    if claim.against is not None and claim.against.last.end >= last.end:
        found = f"{claim.against.words} does not lie before {claim.periods.words}"
        faults.append(Fault(f"{where}, against", found, "earlier periods than those named"))
    if claim.judged_from is not None and claim.judged_from <= last.month:
        found = f"{claim.judged_from} is not after {claim.periods.words}"
        faults.append(Fault(f"{where}, judged_from", found, "a later month"))
    return faults


def _fitting(
    claim: Claim, where: str, known: Mapping[str, Measure | ExtractMeasure]
) -> list[Fault]:
    if claim.measure is None:
        return []
    measure = known[claim.measure]
    allowed = _TESTABLE.get(claim.kind, ())
    if allowed and measure.kind not in allowed:
        found = f"{claim.measure!r} is a {measure.kind}; a claim of kind {claim.kind} has no test"
        mend = "choose another measure or kind, or say in untestable why it is not tested"
        return [
            Fault(f"{where}, measure", found, f"a measure of kind {' or '.join(allowed)}", mend)
        ]
    timing = _timing(measure)
    if timing == "rolling year" and claim.kind != "level":
        found = f"{claim.measure!r} looks back over twelve months, so its months share children"
        return [Fault(f"{where}, measure", found, "a measure of single months or years")]
    pooled = [span for span in (claim.periods, claim.against) if isinstance(span, Span)]
    if timing == "day" and claim.kind in _POOLING and measure.kind == "proportion":
        found = f"{claim.measure!r} is counted on a day: the same people are in the next figure"
        return [Fault(f"{where}, kind", found, "trend or level")]
    days = timing == "day" and claim.kind in ("level", "comparison")
    if days and any(span.n_months > 1 for span in pooled):
        return [Fault(f"{where}, periods", "a run of months", "one month: days do not add up")]
    return []


def _timing(measure: Measure | ExtractMeasure) -> Timing:
    return measure.formula_facts.timing if isinstance(measure, ExtractMeasure) else "flow"
