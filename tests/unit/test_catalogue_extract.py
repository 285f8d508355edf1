"""Measures of a council's own extracts: what may stand in the catalogue, and what is said else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from test_catalogue import COUNT, SHARE, without

from scrutinybook.catalogue import read_catalogue
from scrutinybook.chart_names import ALLOWED_CHARTS
from scrutinybook.errors import FaultsFound
from scrutinybook.formulas import FORMULAS
from scrutinybook.sources.extracts.events import EVENT_TABLES
from scrutinybook.statistics.measure_chart import _ALLOWED, MeasureKind
from scrutinybook.workspace import Workspace

OWN = {
    "title": "No further action",
    "noun": "referrals that led to no further action",
    "definition": "Closed without an assessment.",
    "kind": "proportion",
    "polarity": "low",
    "numerator": "referrals closed",
    "denominator": "referrals",
    "predicate": "led to no further action",
    "things": "referrals",
    "formula": "no_further_action",
    "source": "annex-a",
    "chapter": "front-door",
    "owner": "head of the front door",
    "no_target": "None is held.",
    "why": "It says how the front door decides.",
}


def told(folder: Path, *, official: dict[str, Any] | None = None, **own: Any) -> list[str]:
    (folder / "params").mkdir()
    sections = {"measures": {"referrals": COUNT, **(official or {})}, "extract_measures": own}
    text = yaml.safe_dump(sections)
    (folder / "params/measures.yml").write_text(text, encoding="utf-8")
    try:
        read_catalogue(Workspace(folder))
    except FaultsFound as error:
        return [str(fault) for fault in error.faults]
    return []


def test_a_measure_that_is_whole_is_taken(tmp_path: Path) -> None:
    assert told(tmp_path, drawn=OWN) == []


@pytest.mark.parametrize(
    ("changed", "place", "words"),
    [
        ({"formula": "no_futher_action"}, "formula", "did you mean 'no_further_action'?"),
        ({"chart": "p''"}, "chart", "allowed: auto, p, p', beta-binomial, individuals"),
        ({"chart": "c"}, "chart", "'c' is not allowed for a measure that is charted as"),
        ({"source": "ssda903"}, "source", "does not go with formula no_further_action"),
        ({"source": "annexa"}, "source", "did you mean 'annex-a'?"),
        ({"chapter": "frontdoor"}, "chapter", "did you mean 'front-door'?"),
        ({"frequency": "weekly"}, "frequency", "allowed: month, year"),
        ({"plan_data_point": 0}, "plan_data_point", "greater than or equal to 1"),
        ({"polarty": "low"}, "polarty", "did you mean 'polarity'?"),
    ],
)
def test_faults_of_one_key(tmp_path: Path, changed: Any, place: str, words: str) -> None:
    said = [fault for fault in told(tmp_path, drawn=OWN | changed) if words in fault]
    assert len(said) == 1
    assert said[0].startswith(f"params/measures.yml: extract_measures, drawn, {place}: ")


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        (OWN | {"target": 90.0}, "give either a target, or no_target with the reason"),
        (without(OWN, "no_target"), "give either a target, or no_target with the reason"),
        (without(OWN, "denominator"), "a proportion needs a denominator"),
        (without(OWN, "predicate"), "predicate is for kind proportion, and needed there"),
        (OWN | {"unit": "percent"}, "unit is for kind value"),
    ],
)
def test_faults_of_keys_that_do_not_go_together(tmp_path: Path, measure: Any, words: str) -> None:
    (fault,) = told(tmp_path, drawn=measure)
    assert fault.startswith("params/measures.yml: extract_measures, drawn: ")
    assert words in fault


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    said = told(
        tmp_path,
        referrals=OWN,
        one=OWN | {"formula": "referals"},
        two=OWN | {"plan_data_point": 4, "kind": "stock", "denominator": None, "predicate": None},
        three=OWN | {"plan_data_point": 4, "chart": "t"},
    )
    for words in (
        "referrals: a measure of the section measures has this name",
        "did you mean 'referrals'?",
        "two, kind: 'stock' does not go with formula no_further_action",
        "two, plan_data_point: data point 4 is three already",
        "three, chart: 't' is not allowed",
    ):
        assert any(words in fault for fault in said), words
    assert len(said) == 5


def test_official_measures_may_ask_for_a_chart_too(tmp_path: Path) -> None:
    official = {"share": SHARE | {"chart": "p'"}, "wrong": SHARE | {"chart": "u"}}
    (fault,) = told(tmp_path, official=official)
    assert fault.startswith("params/measures.yml: measures, wrong, chart: 'u' is not allowed")


def test_a_share_on_a_day_is_charted_as_a_stock(tmp_path: Path) -> None:
    """| measure                | shares                         | charted as   |
    | no further action      | each referral in one month     | proportion   |
    | care leavers active    | the same people month by month | stock        |
    | placements in 12 months| months overlap                 | no limits    |
    """
    kinds = ("no_further_action", "care_leavers_19_to_21_active", "three_placements")
    charted = [FORMULAS[name].charted_as for name in kinds]
    assert charted == ["proportion", "stock", "rolling year"]
    assert ALLOWED_CHARTS["rolling year"] == ()


def test_the_charts_allowed_are_those_that_the_statistics_allow() -> None:
    for kind, names in ALLOWED_CHARTS.items():
        allowed = _ALLOWED.get(MeasureKind(kind), {})
        assert sorted(names) == sorted(each.value for each in allowed), kind


def test_formulas_need_tables_that_there_are() -> None:
    assert {table for each in FORMULAS.values() for table in each.tables} <= set(EVENT_TABLES)


def test_the_projects_own_measures(project: Path) -> None:
    catalogue = read_catalogue(Workspace(project))
    measures = catalogue.extract_measures
    assert len(measures) > 50
    # What a measure waits for is told from what a service decides: reviews due, say.
    assert catalogue.extract_measure("care_reviews_on_time").formula_facts.timing == "flow"
    assert measures["children_in_care_rate"].scale == 10_000
    assert measures["care_after_special_guardianship"].frequency == "year"
    with pytest.raises(FaultsFound, match="did you mean 'hub_referrals'"):
        catalogue.extract_measure("hub_referals")
