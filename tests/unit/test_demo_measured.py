"""The planted effects as the project's own formulas see them, through the history of extracts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from demo_truths import LAST, hashed, truth
from projects import ROOT

from scrutinybook.catalogue import read_catalogue
from scrutinybook.demo.extracts import extract_at
from scrutinybook.demo.frames import DEMO_KEY
from scrutinybook.demo.workforce import LOCALITIES, SERVICES
from scrutinybook.history.known import Known
from scrutinybook.history.read import known_at
from scrutinybook.history.store import open_history
from scrutinybook.history.writing import Entry, put
from scrutinybook.measures.events.asked import Asked, Measured
from scrutinybook.measures.events.registry import compute
from scrutinybook.periods import Month
from scrutinybook.sources.extracts.extract import Format
from scrutinybook.sources.extracts.pseudonyms import Pseudonyms
from scrutinybook.workspace import Workspace

HALF_YEARS = tuple(LAST - 6 * k for k in range(6, -1, -1))
"""Six months of events each: their extracts follow one another without a gap."""
TEAMS = {f"{service} {place}": service for service in SERVICES for place in LOCALITIES}


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Known:
    folder = tmp_path_factory.mktemp("history")
    entry = Entry("demo", 1, Pseudonyms(DEMO_KEY).fingerprint, datetime(2023, 4, 1, tzinfo=UTC))
    for month in HALF_YEARS:
        for fmt in (Format.ANNEX_A, Format.SSDA903):
            put(folder, extract_at(hashed(), month, fmt), entry)
    put(folder, extract_at(hashed(), LAST, Format.LOCAL_FIGURES), entry)
    return known_at(open_history(folder, "demo"))


@pytest.fixture(scope="module")
def measured(known: Known) -> Mapping[str, Measured]:
    asked = Asked("Demo", truth().months[0], LAST, services=TEAMS)
    wanted = (
        "hub_referrals", "contacts", "referrals_received", "referrals_no_further_action",
        "assessments_due_on_time", "assessments_on_time", "care_reviews_on_time",
        "early_help_started", "sickness_by_month", "caseload_by_service", "re_referrals_12_months",
    )  # fmt: skip
    entries = read_catalogue(Workspace.find(ROOT)).extract_measures
    return {each: compute(known, asked, each, entries[each]) for each in wanted}


def counted(measured: Measured, first: str, last: str) -> tuple[float, float]:
    """Numerators and denominators of a run of months, pooled."""
    run = range(Month.parse(first).index, Month.parse(last).index + 1)
    found = [each for each in measured.whole.series if each.period.month.index in run]
    top, bottom = ([getattr(each, name) for each in found] for name in ("numerator", "denominator"))
    assert all(each is not None for each in top)
    return sum(top), sum(each or 0 for each in bottom)


def share(measured: Measured, first: str, last: str) -> float:
    top, bottom = counted(measured, first, last)
    return top / bottom


def test_hub_steps_and_referrals_do_not(measured: Mapping[str, Measured]) -> None:
    def against_before(measure: str) -> float:
        before, _ = counted(measured[measure], "2022-03", "2023-02")
        return counted(measured[measure], "2023-03", "2023-03")[0] / (before / 12)

    assert against_before("hub_referrals") > 1.35
    assert 0.8 < against_before("referrals_received") < 1.2
    assert 0.8 < against_before("contacts") < 1.2


def test_no_further_action_rises_in_two_months(measured: Mapping[str, Measured]) -> None:
    found = measured["referrals_no_further_action"]
    assert share(found, "2020-04", "2023-01") < 0.1
    for month in ("2023-02", "2023-03"):
        assert share(found, month, month) > 0.15


@pytest.mark.parametrize("measure", ["assessments_due_on_time", "assessments_on_time"])
def test_assessments_slip(measure: str, measured: Mapping[str, Measured]) -> None:
    before = share(measured[measure], "2021-04", "2022-03")
    assert before > 0.82
    assert share(measured[measure], "2023-01", "2023-03") < before - 0.12


def test_reviews_on_time_step(measured: Mapping[str, Measured]) -> None:
    found = measured["care_reviews_on_time"]
    assert share(found, "2021-04", "2022-03") == pytest.approx(0.743, abs=0.03)
    assert share(found, "2022-04", "2023-03") == pytest.approx(0.931, abs=0.03)
    assert counted(found, "2022-04", "2023-03")[1] > 900


def test_early_help_rises(measured: Mapping[str, Measured]) -> None:
    found = measured["early_help_started"]
    before, after = (
        counted(found, *run)[0] for run in (("2021-10", "2022-03"), ("2022-10", "2023-03"))
    )
    assert after > 1.2 * before


def test_sickness_falls(measured: Mapping[str, Measured]) -> None:
    found = measured["sickness_by_month"]
    assert share(found, "2023-01", "2023-03") < 0.75 * share(found, "2021-06", "2022-05")


def test_caseload_is_highest_in_initial_response_and_lowest_in_permanence(
    measured: Mapping[str, Measured],
) -> None:
    latest = {
        service: figures.series.latest
        for service, figures in measured["caseload_by_service"].parts.items()
    }
    load = {service: each.numerator / each.denominator for service, each in latest.items()}
    assert load["Permanence"] < 18 < load["Social Work"]
    assert load["Initial Response"] > 18


def test_re_referrals_are_about_a_fifth(measured: Mapping[str, Measured]) -> None:
    assert share(measured["re_referrals_12_months"], "2021-04", "2023-03") == pytest.approx(
        0.21, abs=0.03
    )
