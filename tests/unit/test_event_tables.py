"""Event tables refuse what is not after their schema, and never say what stood there."""

from __future__ import annotations

import traceback
from collections.abc import Callable

import pandas as pd
import pytest

from scrutinybook.history.tables import as_rows
from scrutinybook.sources.extracts.events import EVENT_TABLES

CANARY = "Zebedee Quixote"
GOOD = {"child": ["c"], "date": [pd.Timestamp("2023-05-01")], "participation": ["PN1"]}
BAD: dict[str, dict[str, list[object]]] = {
    "a text for a day": {**GOOD, "date": [CANARY]},
    "a missing child": {**GOOD, "child": [None], "participation": [CANARY]},
    "a missing day": {**GOOD, "date": [pd.NaT], "participation": [CANARY]},
}


def said_by(step: Callable[[], object]) -> str:
    """All that an error says, with everything behind it and the values of its frames' causes."""
    with pytest.raises(ValueError) as caught:
        step()
    error = caught.value
    chain = "".join(traceback.format_exception(error))
    return chain + repr([error.args, error.__cause__, error.__context__, vars(error)])


@pytest.mark.parametrize("columns", BAD.values(), ids=BAD.keys())
def test_no_entry_is_in_the_error(columns: dict[str, list[object]]) -> None:
    said = said_by(lambda: EVENT_TABLES["care_reviews"].frame(columns))
    assert "event table" in said
    assert CANARY not in said


def test_nor_where_a_table_goes_into_the_history() -> None:
    table = pd.DataFrame({**GOOD, "name": [CANARY]})
    said = said_by(lambda: as_rows("care_reviews", table))
    assert CANARY not in said


def test_a_table_after_its_schema_is_taken() -> None:
    table = EVENT_TABLES["care_reviews"].frame(GOOD)
    assert as_rows("care_reviews", table).num_rows == 1
