"""A drawn table of what people get wrong in claims, actions and plan, and what they are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from scrutinybook.checked import check, input_hashes
from scrutinybook.committee.files import Committee
from scrutinybook.committee.spans import months, parse_span
from scrutinybook.edition import read_edition
from scrutinybook.errors import FaultsFound
from scrutinybook.model_faults import Refused
from scrutinybook.periods import Month
from scrutinybook.workspace import Workspace

CLAIM = "claims:\n- {id: a, by: director, said: 2023-03, sentence: It rose., kind: step"
STEP = ", measure: re_referrals, periods: 2022/23, against: 2021/22, direction: up"


def told(project: Path, name: str, content: str) -> list[str]:
    """The faults that `check` finds when the file holds `content`, each as it is printed."""
    (project / "params/plymouth" / name).write_text(content, encoding="utf-8")
    try:
        check(Workspace(project), "plymouth-2023-03")
    except FaultsFound as error:
        return [str(fault) for fault in error.faults]
    return []


def test_the_files_that_ship_are_in_order(project: Path) -> None:
    for edition in ("plymouth-2023-03", "plymouth-2024-03", "demo-2023-03"):
        check(Workspace(project), edition)


@pytest.mark.parametrize(
    ("rest", "words"),
    [
        (STEP + ", mesure: x", "did you mean 'measure'?"),
        (STEP.replace("step", ""), ""),
        (", kinds: 3" + STEP, "did you mean 'kind'?"),
        (STEP.replace("re_referrals", "rereferrals"), "did you mean 're_referrals'?"),
        (STEP.replace("re_referrals", "looked_after"), "looked_after' is a stock"),
        (STEP.replace("2022/23", "2022/24"), "'2022/24' is not a period"),
        (STEP.replace("2022/23", "2023-03 to 2022-06"), "ends before it begins"),
        (STEP.replace("2022/23", "2021/22 to 2022/23"), "not a run of months"),
        (STEP.replace("2021/22", "2023/24"), "does not lie before"),
        (STEP.replace("up", "steady"), "'steady' is for forecasts alone"),
        (STEP.replace("up", "upwards"), "allowed: up, down, steady"),
        (STEP.replace(", direction: up", ""), "this key is missing; a claim of kind step needs it"),
        (STEP + ", judged_from: 2023-01", "is not after"),
        (STEP + ", context: caselode", "did you mean 'caseload'?"),
    ],
)
def test_what_is_wrong_with_a_claim(project: Path, rest: str, words: str) -> None:
    faults = told(project, "claims.yml", CLAIM + rest + "}\n")
    if not words:
        assert faults == []
        return
    assert faults
    assert any(words in fault for fault in faults)
    assert all(fault.startswith("params/plymouth/claims.yml: claims, entry 1") for fault in faults)


def test_every_fault_of_every_file_is_told_at_once(project: Path) -> None:
    actions = "actions:\n- {id: B, promised: x, meeting: 2023-03-29, due: soon, owner: y}\n"
    (project / "params/plymouth/actions.yml").write_text(actions, encoding="utf-8")
    faults = told(project, "claims.yml", CLAIM.replace("id: a", "id: A a") + "}\n")
    assert any("'A a' is no id" in fault for fault in faults)
    assert any("'B' is no id" in fault for fault in faults)
    assert any("'soon' is not a date" in fault for fault in faults)
    assert any("entry 1, state: this key is missing" in fault for fault in faults)


def test_ids_stand_once_and_pairs_name_claims_that_are_there(project: Path) -> None:
    good = CLAIM + STEP + "}\n"
    pair = "- {id: c, by: x, said: 2023, sentence: y, kind: association, together: [a, bb]}\n"
    twice = good + good.removeprefix("claims:\n") + pair
    faults = told(project, "claims.yml", twice)
    assert any("a stands twice" in fault for fault in faults)
    assert any("no claim 'bb'" in fault for fault in faults)


def test_a_claim_of_one_authority_says_nothing_in_anothers_book(project: Path) -> None:
    # The measures of the demonstration's own records are no measures of a published book.
    text = (project / "params/demo/claims.yml").read_text(encoding="utf-8")
    faults = told(project, "claims.yml", text)
    assert any("no measure 'hub_referrals'" in fault for fault in faults)


def test_a_claim_is_an_input_of_its_edition(project: Path) -> None:
    workspace = Workspace(project)
    edition = read_edition(workspace, "plymouth-2023-03")
    assert "params/plymouth/claims.yml" in input_hashes(workspace, edition)


def test_spans_take_months_and_days_at_their_ends() -> None:
    assert parse_span("2022-11 to 2023-03") == months(Month(2022, 11), Month(2023, 3))
    assert parse_span("2023-02 to 2023-03").words == "February to March 2023"
    assert parse_span("2022-12 to 2023-03").words == "December 2022 to March 2023"
    assert parse_span("2022-12 to 2023-03").n_months == 4
    assert parse_span("2022/23").words == "2022/23"
    for wrong in ("2022-13", "2022-01 to 2022-02 to 2022-03", 7, None):
        with pytest.raises(Refused):
            parse_span(wrong)
    with pytest.raises(ValueError, match="comes before"):
        months(Month(2023, 2), Month(2023, 1))


ACTION = "actions:\n- {id: a, promised: x, meeting: 2023-01-25, due: 2023-03-29, owner: head"


@pytest.mark.parametrize(
    ("rest", "words"),
    [
        (", state: open", ""),
        (", state: done, done: 2023-02-01, evidence: a paper", ""),
        (", state: opne", "did you mean 'open'?"),
        (", state: open, evidnce: x", "did you mean 'evidence'?"),
        (", state: done, evidence: x", "done: this key is missing; what is done needs it"),
        (", state: done, done: 2023-02-01", "evidence: this key is missing"),
        (", state: open, done: 2023-02-01", "a day, but the state is open"),
        (", state: done, done: 2023-01-01, evidence: x", "before the meeting of 2023-01-25"),
        (", state: open, measure: caselode", "did you mean 'caseload'?"),
    ],
)
def test_what_is_wrong_with_an_action(project: Path, rest: str, words: str) -> None:
    faults = told(project, "actions.yml", ACTION + rest + "}\n")
    assert bool(faults) == bool(words)
    assert words in " ".join(faults)


@pytest.mark.parametrize("name", ["claims", "actions", "plan"])
def test_a_file_with_no_entry_is_a_fault_and_no_file_leaves_the_chapter_out(
    project: Path, name: str
) -> None:
    empty = {"claims": "claims: []", "actions": "actions: []"}
    plan = "title: x\nsource: y\npoints: []"
    faults = told(project, f"{name}.yml", empty.get(name, plan) + "\n")
    assert any("empty" in fault and "or remove the file" in fault for fault in faults)
    assert not Committee().has(name, Month(2023, 3))


POINT = "title: x\nsource: y\npoints:\n- {number: 1, text: x, owner: head, direction: down"


@pytest.mark.parametrize(
    ("rest", "words"),
    [
        (", measure: caseload, target: 18", ""),
        (", measure: caseload, target: 18, no_target: none", "give either a target, or no_target"),
        (", measure: caseload", "give either a target, or no_target"),
        (", measure: caselode, target: 18", "did you mean 'caseload'?"),
        (", target: 18", "there are no local figures of data points"),
        (", measure: caseload, target: 18, ratings: {2023-01: gren}", "did you mean 'green'?"),
        (", measure: caseload, target: 18, ratings: {2023-13: green}", "'2023-13' is not a month"),
        (", measure: caseload, targt: 18", "did you mean 'target'?"),
    ],
)
def test_what_is_wrong_with_a_data_point(project: Path, rest: str, words: str) -> None:
    faults = told(project, "plan.yml", POINT + rest + "}\n")
    assert bool(faults) == bool(words)
    assert words in " ".join(faults)


def test_a_number_stands_once_in_a_plan(project: Path) -> None:
    one = POINT + ", measure: caseload, target: 18}\n"
    faults = told(project, "plan.yml", one + one.split("points:\n")[1])
    assert any("1 stands twice" in fault for fault in faults)
