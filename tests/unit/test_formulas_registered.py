"""The list of formulas and how they are computed are one."""

from __future__ import annotations

import pytest
from drawn_events import MEASURES, known, measured, read

from scrutinybook.formulas import FORMULAS
from scrutinybook.measures.events.registry import COMPUTE
from scrutinybook.sources.extracts.events import EVENT_TABLES


def test_every_formula_is_computed_and_none_that_is_not_listed() -> None:
    assert set(COMPUTE) == set(FORMULAS)


@pytest.mark.parametrize("measure_id", MEASURES)
def test_every_measure_answers_for_every_period_with_and_without_tables(measure_id: str) -> None:
    """Without any table nothing is available; with empty ones each period has its place still."""
    entry = MEASURES[measure_id]
    empty = {name: each.empty() for name, each in EVENT_TABLES.items()}
    for tables in ({}, empty):
        what = known(as_of="2024-03-31", **tables)
        found = measured(what, measure_id, "2022-04", "2024-03")
        series = found.whole.series
        assert len(series) == (24 if entry.frequency == "month" else 2)
        assert series.measure_id == measure_id
        flow_by_month = entry.formula_facts.timing == "flow" and entry.frequency == "month"
        assert (found.whole.to_date is not None) == flow_by_month
        if not tables:
            assert set(read(found.whole)) == {"not available"}
        # Nobody is no person: no empty table makes a figure of anything but nothing.
        assert all(not o.numerator for o in series)
        kinds = {o.period.kind.value for o in series}
        assert len(kinds) == 1, kinds
