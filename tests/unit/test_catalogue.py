"""The catalogue of measures: what may stand in it, and what is said where it may not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from scrutinybook.catalogue import MONTHLY_MEASURE, read_catalogue
from scrutinybook.chapters.registry import CHAPTERS, OFFICIAL
from scrutinybook.errors import FaultsFound
from scrutinybook.workspace import Workspace

COUNT = {
    "title": "Referrals",
    "noun": "referrals",
    "definition": "Requests.",
    "kind": "count",
    "polarity": "neutral",
    "numerator": "referrals",
    "things": "referrals",
    "chapter": "front-door",
    "no_target": "Neither good nor bad.",
}
SHARE = COUNT | {
    "kind": "proportion",
    "numerator": "re_referrals",
    "denominator": "referrals",
    "predicate": "came back",
}


def told(folder: Path, **measures: dict[str, Any]) -> list[str]:
    (folder / "params").mkdir()
    text = yaml.safe_dump({"measures": {"referrals": COUNT, **measures}})
    (folder / "params/measures.yml").write_text(text, encoding="utf-8")
    try:
        read_catalogue(Workspace(folder))
    except FaultsFound as error:
        return [str(fault) for fault in error.faults]
    return []


def without(measure: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in measure.items() if key not in keys}


@pytest.mark.parametrize(
    ("measure", "place", "words"),
    [
        (COUNT | {"kind": "cont"}, "kind", "did you mean 'count'?"),
        (COUNT | {"polarity": "lower"}, "polarity", "did you mean 'low'?"),
        (COUNT | {"polarty": "low"}, "polarty", "did you mean 'polarity'?"),
        (COUNT | {"chapter": "frontdoor"}, "chapter", "did you mean 'front-door'?"),
        (COUNT | {"numerator": "referal"}, "numerator", "did you mean 'referrals'?"),
        (SHARE | {"denominator": "refferals"}, "denominator", "did you mean 'referrals'?"),
        (COUNT | {"title": ""}, "title", "empty"),
        (COUNT | {"title": "x" * 101}, "title", "up to 100 characters"),
        (COUNT | {"things": "x" * 61}, "things", "up to 60 characters"),
        (without(COUNT, "no_target") | {"target": float("nan")}, "target", "can be counted with"),
        (without(COUNT, "no_target") | {"target": float("-inf")}, "target", "can be counted with"),
        (COUNT | {"funnel": "perhaps"}, "funnel", "true or false"),
        (COUNT | {"target": "high"}, "target", "a number"),
        (without(COUNT, "noun"), "noun", "this key is missing"),
    ],
)
def test_faults_of_one_key(tmp_path: Path, measure: Any, place: str, words: str) -> None:
    said = [fault for fault in told(tmp_path, drawn=measure) if words in fault]
    assert len(said) == 1
    assert said[0].startswith(f"params/measures.yml: measures, drawn, {place}: ")


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        (COUNT | {"target": 90.0}, "give either a target, or no_target with the reason"),
        (without(COUNT, "no_target"), "give either a target, or no_target with the reason"),
        (COUNT | {"denominator": "referrals"}, "denominator is for kind proportion"),
        (without(SHARE, "predicate"), "predicate is for kind proportion, and needed there"),
        (COUNT | {"kind": "value", "numerator": "caseload"}, "unit is for kind value"),
    ],
)
def test_faults_of_keys_that_do_not_go_together(tmp_path: Path, measure: Any, words: str) -> None:
    (fault,) = told(tmp_path, drawn=measure)
    assert fault.startswith("params/measures.yml: measures, drawn: ")
    assert words in fault
    assert "{" not in fault  # the words of the fault, not the whole measure


def test_keys_that_do_not_go_together_are_told_together(tmp_path: Path) -> None:
    (fault,) = told(tmp_path, drawn=without(SHARE, "predicate", "denominator", "no_target"))
    for words in ("predicate is", "denominator is", "give either"):
        assert words in fault


def test_a_catalogue_of_a_count_and_a_share_is_taken(tmp_path: Path) -> None:
    assert told(tmp_path, share=SHARE) == []


def test_the_monthly_measure_is_needed(project: Path) -> None:
    path = project / "params/measures.yml"
    values = yaml.safe_load(path.read_text(encoding="utf-8"))
    del values["measures"][MONTHLY_MEASURE]
    path.write_text(yaml.safe_dump(values), encoding="utf-8")
    with pytest.raises(FaultsFound, match="which every edition needs"):
        read_catalogue(Workspace(project))


def test_every_measure_of_the_project_stands_in_a_chapter_that_there_is(project: Path) -> None:
    catalogue = read_catalogue(Workspace(project))
    shown = {entry.chapter for entry in CHAPTERS if entry.figures == OFFICIAL}
    assert {measure.chapter for measure in catalogue.measures.values()} == shown


def test_an_unknown_measure_is_told_with_the_nearest(project: Path) -> None:
    with pytest.raises(FaultsFound, match="did you mean 'referrals'"):
        read_catalogue(Workspace(project)).measure("referals")


def test_words_are_in_one_line_however_many_the_file_has(tmp_path: Path) -> None:
    assert told(tmp_path, other=COUNT | {"title": " a \n\n  b\tc\n"}) == []
    assert read_catalogue(Workspace(tmp_path)).measure("other").title == "a b c"


@pytest.mark.parametrize(
    "name", ["../x", "a/b", "C:x", "", "A", "con", "statistics", "x" * 61, "a.b", "-x", "a b"]
)
def test_a_name_of_a_measure_is_fit_for_the_name_of_a_file(tmp_path: Path, name: str) -> None:
    """Downloads are called after measures, so that a name must not lead elsewhere."""
    (fault,) = told(tmp_path, **{name: dict(COUNT)})
    assert fault.startswith("params/measures.yml: measures: ")
    assert "is no name for a measure" in fault
