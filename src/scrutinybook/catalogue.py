"""The catalogue of measures: what each one counts, whether higher is better, where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, TypeVar

from pydantic import Field, model_validator

from scrutinybook.catalogue_extract import ExtractMeasure, extract_faults
from scrutinybook.catalogue_types import Kind, MeasureName, Phrase, Polarity, Text, Things
from scrutinybook.chart_names import AUTO, chart_fault
from scrutinybook.errors import Fault, FaultsFound, nearest
from scrutinybook.sources.items import ITEMS
from scrutinybook.workspace import Workspace
from scrutinybook.yaml_files import Strict, read_model

__all__ = [
    "MONTHLY_MEASURE",
    "Catalogue",
    "Chapter",
    "Kind",
    "Measure",
    "Polarity",
    "Text",
    "Unit",
    "read_catalogue",
]

MONTHLY_MEASURE = "referrals"
"""The one count that official statistics give by month: what an edition's month must have."""

Unit = Literal["percent", "per 10,000 children", "cases a worker"]
Chapter = Literal["front-door", "timeliness", "children-in-care", "care-leavers", "workforce"]

_KEYS_OF_KINDS = (
    ("denominator", "proportion"),
    ("predicate", "proportion"),
    ("unit", "value"),
)


class Measure(Strict):
    """One measure of the book."""

    title: Phrase
    """As a heading says it: ``Assessments completed within 45 working days``."""
    noun: Phrase
    """As a sentence says it, lower case: ``assessments completed within 45 working days``."""
    definition: Text
    """What is counted, in plain words."""
    kind: Kind
    """count: events of a period; proportion: a part of a count; stock: a count on a date; value: a
    percentage, rate or average that is used as the Department printed it."""
    polarity: Polarity
    """Whether a higher figure is better (high), worse (low) or neither (neutral)."""
    numerator: Text
    """Item of the figures table that is counted."""
    denominator: Text | None = None
    """Item of the figures table that the numerator is a part of; for proportions alone."""
    published: Text | None = None
    """Item with the percentage or rate as the Department prints it, to check the parts against."""
    predicate: Phrase | None = None
    """What the counted part did, after ``70 of 100 assessments``; for proportions alone."""
    unit: Unit | None = None
    """Unit of the printed number; for values alone."""
    things: Things
    """What the denominator (or a count) consists of, in the plural: ``assessments``."""
    chapter: Chapter
    """The chapter in which the measure stands."""
    chart: Text = AUTO
    """Chart to draw: auto, or one that measures of this kind allow."""
    funnel: bool = False
    """Whether all authorities' parts ship with the figures, so that a funnel plot can be drawn."""
    target: float | None = None
    """Target in the unit of the page (per cent for proportions)."""
    no_target: Text | None = None
    """Why there is no target; exactly one of `target` and `no_target` is given."""

    @model_validator(mode="after")
    def _consistent(self) -> Measure:
        wrong = [
            f"{key} is for kind {owner}, and needed there; kind is {self.kind}"
            for key, owner in _KEYS_OF_KINDS
            if (getattr(self, key) is not None) != (self.kind == owner)
        ]
        if (self.target is None) == (self.no_target is None):
            wrong.append("give either a target, or no_target with the reason")
        if wrong:
            raise ValueError("; ".join(wrong))
        return self


_Any = TypeVar("_Any")


class Catalogue(Strict):
    """All measures, in the order in which pages show them."""

    measures: Annotated[dict[MeasureName, Measure], Field(min_length=1)]
    """From official statistics."""
    extract_measures: dict[MeasureName, ExtractMeasure] = Field(default_factory=dict)
    """From a council's own extracts."""

    def of_chapter(self, chapter: str) -> dict[str, Measure]:
        """The measures of one chapter, by id, in catalogue order."""
        return {k: m for k, m in self.measures.items() if m.chapter == chapter}

    def extracts_of_chapter(self, chapter: str) -> dict[str, ExtractMeasure]:
        """The council's own measures of one chapter, by id, in catalogue order."""
        return {k: m for k, m in self.extract_measures.items() if m.chapter == chapter}

    def extract_measure(self, measure_id: str) -> ExtractMeasure:
        """One of the council's own. Raises `FaultsFound` with the nearest name for another id."""
        return _found(self.extract_measures, measure_id)

    def measure(self, measure_id: str) -> Measure:
        """One measure. Raises `FaultsFound` with the nearest name for an unknown id."""
        return _found(self.measures, measure_id)


def _found(measures: Mapping[str, _Any], measure_id: str) -> _Any:
    try:
        return measures[measure_id]
    except KeyError:
        fault = Fault(
            where="params/measures.yml",
            found=f"no measure {measure_id!r}",
            allowed=", ".join(measures),
            mend=nearest(measure_id, measures),
        )
        raise FaultsFound([fault]) from None


def read_catalogue(workspace: Workspace) -> Catalogue:
    """Read params/measures.yml. Raises `FaultsFound` with every fault at once."""
    label = "params/measures.yml"
    catalogue = read_model(workspace.params / "measures.yml", label, Catalogue)
    faults = [
        Fault(f"{label}: measures, {name}, {key}", f"no item {item!r}", mend=nearest(item, ITEMS))
        for name, measure in catalogue.measures.items()
        for key in ("numerator", "denominator", "published")
        if (item := getattr(measure, key)) is not None and item not in ITEMS
    ]
    faults += [
        fault
        for name, measure in catalogue.measures.items()
        if (fault := chart_fault(f"{label}: measures, {name}, chart", measure.chart, measure.kind))
    ]
    faults += extract_faults(label, catalogue.extract_measures, catalogue.measures)
    if MONTHLY_MEASURE not in catalogue.measures:
        found = f"there is no measure {MONTHLY_MEASURE!r}, which every edition needs"
        faults.append(Fault(f"{label}: measures", found, mend="restore it from git"))
    if faults:
        raise FaultsFound(faults)
    return catalogue
