"""The table of all statistics holds each fact of each finding, once, to the last digit."""

from __future__ import annotations

import csv
import io
from dataclasses import fields, replace

import numpy as np
from drawn_council import charts_judged, figures_judged, levels_searched
from drawn_council_context import context, figures
from drawn_findings import (
    among,
    beside,
    changes_on_year,
    few_years,
    figures_on_year,
    latest_months,
    level_changes,
    many_tested,
    over_years,
    runs_without_limits,
    since_thens,
    verdicts,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from scrutinybook.chapters.all_statistics import COLUMNS, as_csv, of_finding
from scrutinybook.findings.base import Finding
from scrutinybook.findings.without_count import ManyWithheld, NoCount
from scrutinybook.periods import Month
from scrutinybook.sources.symbols import Symbol

FINDINGS = st.one_of(
    *(latest_months(), verdicts(), runs_without_limits(), level_changes(), since_thens()),
    *(changes_on_year(), figures_on_year(), among(), beside(), over_years(), few_years()),
    *(many_tested(), charts_judged(), levels_searched()),
    st.builds(
        NoCount,
        *(st.just("referrals"), st.just(Month(2024, 3)), st.sampled_from(Symbol)),
        st.sampled_from([None, Month(2023, 3)]),
    ),
    st.builds(
        ManyWithheld,
        *(st.just("referrals"), st.just(Month(2024, 3)), st.floats(6, 100)),
        *(st.integers(1, 20), st.integers(21, 48)),
    ),
    figures_judged().map(lambda pair: pair[0]),
    figures_judged().map(lambda pair: pair[1]),
)


@given(FINDINGS)
@settings(max_examples=200, deadline=None)
def test_each_fact_of_a_finding_stands_once_and_reads_back(finding: Finding) -> None:
    rows = list(of_finding(finding))
    items = [item for _, item, _ in rows]
    assert len(set(items)) == len(items)
    assert {each for each, _, _ in rows} <= {finding.id}
    assert all(text.strip() == text != "" for _, _, text in rows)
    said = {item: text for _, item, text in rows}
    for field in fields(finding):
        value = getattr(finding, field.name)
        if isinstance(value, float) and not isinstance(value, bool):
            assert float(said[field.name.replace("_", " ")]) == value


@given(level_changes(), st.data())
@settings(max_examples=50, deadline=None)
def test_another_p_value_is_another_row(finding: Finding, data: st.DataObject) -> None:
    before = {item: text for _, item, text in of_finding(finding)}
    other = replace(finding, any_p_value=data.draw(st.floats(0.001, 0.999)))  # type: ignore[call-arg]
    after = {item: text for _, item, text in of_finding(other)}
    changed = {item for item in before if before[item] != after[item]}
    assert changed <= {"any p value"}
    assert bool(changed) is (other.any_p_value != finding.any_p_value)  # type: ignore[attr-defined]


def test_a_council_edition_by_hand() -> None:
    """Contacts of 24 months, one of them far out: value, centre, limits and signal are there."""
    counts = [100.0, 104, 98, 101, 97, 103] * 4
    made = context({"contacts": figures("contacts", [*counts[:-1], 180])})
    lines = list(csv.DictReader(io.StringIO(as_csv(made), newline="")))
    assert tuple(lines[0]) == COLUMNS
    said = {(line["Finding"], line["Item"]): line["Value"] for line in lines}
    assert said["contacts/latest-figure", "latest: number"] == "180"
    chart = "chart, March 2023: "
    assert said["contacts/judged", f"{chart}value"] == "180"
    assert said["contacts/judged", f"{chart}beyond limits"] == "yes"
    assert said["contacts/judged", "rule"] != "none"
    upper, centre = (
        float(said["contacts/judged", f"{chart}{line}"]) for line in ("upper limit", "centre line")
    )
    assert centre < upper < 180
    assert upper == float(said["contacts/judged", "upper"])
    assert {line["Edition"] for line in lines} == {made.edition.title}


def test_withheld_months_have_no_number_and_averages_none_finer_than_pages() -> None:
    counts = [100.0, 104, 98, 3, 97, 103] * 4
    loads = [(float(base), 7.0) for base in (100, 104, 98, 101, 97, 103)] * 4
    held = {
        "contacts": figures("contacts", counts),
        "caseload_by_service": figures("caseload_by_service", loads),
    }
    lines = list(csv.DictReader(io.StringIO(as_csv(context(held)), newline="")))
    values = [line for line in lines if line["Item"].endswith(": value")]
    contacts = [line["Value"] for line in values if line["Measure"] == "contacts"]
    assert "3" not in contacts
    averages = [line["Value"] for line in values if line["Measure"] == "caseload_by_service"]
    assert averages
    assert all(np.round(float(each), 1) == float(each) for each in averages)
