"""The table of local figures as a CSV file."""

from __future__ import annotations

from datetime import date

import pandas as pd

from scrutinybook.demo.local import rows_up_to
from scrutinybook.demo.sheets import Column, Value
from scrutinybook.demo.truth import Truth


def local_columns(truth: Truth, as_of: date) -> list[Column]:
    """Every figure of every month up to the day."""
    rows = rows_up_to(truth.local, truth.months, as_of)
    return [Column(str(name), [_value(each) for each in rows[name]]) for name in rows.columns]


def _value(entry: object) -> Value:
    if pd.isna(entry):  # type: ignore[call-overload]
        return None
    if isinstance(entry, float):
        return int(entry) if entry.is_integer() else entry
    return str(entry)
