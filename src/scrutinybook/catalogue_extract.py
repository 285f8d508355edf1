"""Measures computed from a council's own extracts: what the catalogue says of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from pydantic import Field, model_validator

from scrutinybook.catalogue_types import Kind, Phrase, Polarity, Text, Things
from scrutinybook.chart_names import AUTO, chart_fault
from scrutinybook.errors import Fault, nearest
from scrutinybook.formulas import FORMULAS, Formula, Frequency, Source
from scrutinybook.yaml_files import Strict

ExtractChapter = Literal[
    "early-help",
    "front-door",
    "assessments",
    "child-protection",
    "children-in-care",
    "care-leavers",
    "workforce",
    "practice-quality",
    "improvement-plan",
]
ExtractUnit = Literal[
    "percent", "per 10,000 children", "cases a worker", "posts", "people a manager", "as the plan"
]

SCALES: Mapping[str, int] = {"percent": 100, "per 10,000 children": 10_000}
"""A numerator over a denominator times this is in the unit; units that are not named: times 1."""


class ExtractMeasure(Strict):
    """One measure that is computed from event tables or taken from local figures."""

    title: Phrase
    """As a heading says it."""
    noun: Phrase
    """As a sentence says it, lower case."""
    definition: Text
    """What is counted, in plain words."""
    kind: Kind
    """count: events of a period; proportion: a part of a count; stock: a number on a day; value: an
    average or a rate."""
    polarity: Polarity
    """Whether a higher figure is better (high), worse (low) or neither (neutral)."""
    target: float | None = None
    """Target in the unit of the page (per cent for proportions)."""
    no_target: Text | None = None
    """Why there is no target; exactly one of `target` and `no_target` is given."""
    numerator: Text
    """What is counted, in words."""
    denominator: Text | None = None
    """Out of what, in words; needed for proportions, and there for values that have parts."""
    predicate: Phrase | None = None
    """What the counted part did, after ``70 of 100 assessments``; for proportions alone."""
    unit: ExtractUnit | None = None
    """Unit of the number; for values alone."""
    things: Things
    """What the denominator (or a count) consists of, in the plural."""
    counts_people: bool = True
    """Whether the numbers stand for people, so that small ones are withheld."""
    per_person: float | None = Field(default=None, gt=0)
    """How much of the denominator one person makes up, where the numbers count no people but a
    group of people that may be small: the working days of one worker. Small groups are withheld."""
    formula: Text
    """Name of the formula (`formulas.FORMULAS`)."""
    source: Source
    """The format that its events come from."""
    chapter: ExtractChapter
    """The chapter in which the measure stands."""
    chart: Text = AUTO
    """Chart to draw: auto, or one that measures of this kind allow."""
    frequency: Frequency = "month"
    """Sparse measures are yearly, settled in advance and not by what the figures show: without a
    month, a year to date or a window of months that overlaps another, whose differences would give
    small counts away."""
    owner: Text
    """Who answers for the measure, by role."""
    plan_data_point: int | None = Field(default=None, ge=1)
    """Number of the improvement plan's data point that this measure is."""
    why: Text
    """Why the committee sees this measure."""

    @property
    def scale(self) -> int:
        """What a numerator over its denominator is multiplied by to be in the page's unit."""
        return 100 if self.kind == "proportion" else SCALES.get(self.unit or "", 1)

    @property
    def formula_facts(self) -> Formula:
        """Kind, timing and needs of the formula."""
        return FORMULAS[self.formula]

    @model_validator(mode="after")
    def _consistent(self) -> ExtractMeasure:
        wrong = [
            f"{key} is for kind {owner}, and needed there; kind is {self.kind}"
            for key, owner in (("predicate", "proportion"), ("unit", "value"))
            if (getattr(self, key) is not None) != (self.kind == owner)
        ]
        if self.kind == "proportion" and self.denominator is None:
            wrong.append("a proportion needs a denominator")
        if self.kind in {"count", "stock"} and self.denominator is not None:
            wrong.append(f"denominator is not for kind {self.kind}")
        if self.per_person is not None and (self.counts_people or self.denominator is None):
            wrong.append("per_person is for a denominator that does not count people")
        if (self.target is None) == (self.no_target is None):
            wrong.append("give either a target, or no_target with the reason")
        if wrong:
            raise ValueError("; ".join(wrong))
        return self


def extract_faults(
    label: str, measures: Mapping[str, ExtractMeasure], official: Iterable[str]
) -> list[Fault]:
    """What is wrong with measures beside what each key allows: formulas, charts, names, numbers."""
    faults: list[Fault] = []
    taken: dict[int, str] = {}
    for name, measure in measures.items():
        where = f"{label}: extract_measures, {name}"
        if name in set(official):
            mend = "give one of the two another name"
            faults.append(Fault(where, "a measure of the section measures has this name", "", mend))
        number = measure.plan_data_point
        if number is not None and (other := taken.setdefault(number, name)) != name:
            found = f"data point {number} is {other} already"
            faults.append(Fault(f"{where}, plan_data_point", found))
        faults += _formula_faults(where, measure)
    return faults


def _formula_faults(where: str, measure: ExtractMeasure) -> list[Fault]:
    formula = FORMULAS.get(measure.formula)
    if formula is None:
        found = f"no formula {measure.formula!r}"
        mend = nearest(measure.formula, FORMULAS)
        return [Fault(f"{where}, formula", found, ", ".join(FORMULAS), mend)]
    faults = [
        Fault(f"{where}, {key}", f"{given!r} does not go with formula {measure.formula}",
              ", ".join(allowed))
        for key, given, allowed in (
            ("kind", measure.kind, (formula.kind,)),
            ("source", measure.source, formula.sources),
            ("frequency", measure.frequency, formula.frequencies),
        )
        if given not in allowed
    ]  # fmt: skip
    chart = chart_fault(f"{where}, chart", measure.chart, formula.charted_as)
    return faults if chart is None else [*faults, chart]
