"""Past figures that changed between two editions, drawn small, with the answer beside each."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from projects import ROOT

from scrutinybook.analysis.restatements import restatements
from scrutinybook.catalogue import read_catalogue
from scrutinybook.commentary import restatements as said
from scrutinybook.council.figures import MeasureFigures
from scrutinybook.disclosure import Origin, PublishedSeries
from scrutinybook.edition import Restated, parse_edition
from scrutinybook.errors import FaultsFound
from scrutinybook.findings.restatements import Restatements, Revision
from scrutinybook.measures.series import Observation
from scrutinybook.periods import Month
from scrutinybook.sources.figure_periods import FigurePeriod
from scrutinybook.sources.symbols import Symbol
from scrutinybook.workspace import Workspace

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "property"))
from sentence_rules import keep_to_the_rules

MEASURE = "referrals_received"
THEN, NOW = Month(2023, 2), Month(2023, 3)


def series(drawn: str, last: Month) -> MeasureFigures:
    """Counts of months up to `last`, in words; c is withheld, - no figure."""
    cells = drawn.split()
    observations = tuple(
        Observation(
            FigurePeriod.parse(str(last - (len(cells) - 1 - place))),
            float(cell) if cell.isdigit() else None,
            None,
            Symbol.SUPPRESSED if cell == "c" else None,
            "",
        )
        for place, cell in enumerate(cells)
    )
    whole = PublishedSeries(MEASURE, "Demo", observations, Origin.DEMONSTRATION)
    return MeasureFigures(whole, parts={"police": whole})


def compared(then: str, now: str, *reasons: Restated) -> Restatements:
    catalogue = read_catalogue(Workspace(ROOT)).extract_measures
    one, other = series(then, THEN), series(now, NOW)
    without_parts = MeasureFigures(one.whole), MeasureFigures(other.whole)
    return restatements(
        {MEASURE: without_parts[0]},
        {MEASURE: without_parts[1]},
        {MEASURE: catalogue[MEASURE]},
        month_then=THEN,
        month_now=NOW,
        reasons=reasons,
    )


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        ("30 40", "30 40 50", []),
        ("30 40", "30 41 50", ["2023-02 scheduled revision"]),
        # The seventh month back was thought to be complete.
        ("30 9 9 9 9 9 9", "31 9 9 9 9 9 9 9", ["2022-08 correction"]),
        ("9 30 9 9 9 9 9", "9 31 9 9 9 9 9 9", ["2022-09 scheduled revision"]),
        # What both withhold is the same, whatever became of it.
        ("c c", "c c 50", []),
        ("30 7", "30 c 50", ["2023-02 scheduled revision"]),
        ("30 c", "30 12 50", ["2023-02 scheduled revision"]),
        ("30 -", "30 0 50", ["2023-02 scheduled revision"]),
        # A month of which the later edition holds nothing is no change of a figure.
        ("20 30 40", "40 50", []),
    ],
)
def test_which_figures_changed(then: str, now: str, expected: list[str]) -> None:
    found = compared(then, now)
    assert [f"{each.now.period} {each.revision.value}" for each in found.changed] == expected
    keep_to_the_rules([said.headline(found), *said.kinds(found)], found)


def test_a_reason_on_record_decides_and_the_one_of_the_period_first() -> None:
    every = Restated(measure=MEASURE, kind="correction", reason="Counted anew.")
    one = Restated(measure=MEASURE, period="2023-01", kind="scheduled revision", reason="Late.")
    found = compared("30 40", "31 41 50", every, one)
    assert [(each.revision, each.reason) for each in found.changed] == [
        (Revision.SCHEDULED, "Late."),
        (Revision.CORRECTION, "Counted anew."),
    ]
    without = compared("30 40", "31 41 50")
    assert [each.reason for each in without.changed] == [None, None]
    assert "No reason is on record for any." in [each.text for each in said.kinds(without)]


def test_parts_are_compared_too() -> None:
    catalogue = read_catalogue(Workspace(ROOT)).extract_measures
    found = restatements(
        {MEASURE: series("30 40", THEN)},
        {MEASURE: series("30 41 50", NOW)},
        {MEASURE: catalogue[MEASURE]},
        month_then=THEN,
        month_now=NOW,
    )
    assert [each.part for each in found.changed] == ["", "police"]
    assert found.n_compared == 4


def test_a_reason_for_no_period_or_no_measure_is_refused_all_at_once() -> None:
    values = {
        "authority": "Demo",
        "month": "2023-03",
        "kind": "demonstration",
        "restatements": [
            {"measure": MEASURE, "period": "2023-13", "kind": "correction", "reason": "x"},
            {"measure": "referals", "kind": "mistake", "reason": "x"},
        ],
    }
    with pytest.raises(FaultsFound) as error:
        parse_edition(values, "params/demo/2023-03.yml", read_catalogue(Workspace(ROOT)))
    told = " ".join(str(fault) for fault in error.value.faults)
    for each in ("2023-13", "correction", "referals"):
        assert each in told
    assert len(error.value.faults) == 3
