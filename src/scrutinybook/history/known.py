"""All events as they were known at one extract: what measures are computed from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from scrutinybook.sources.extracts.extract import Format


@dataclass(frozen=True, eq=False)
class Known:
    """Events of all months up to one day, each as the newest extract that still covers it says."""

    as_of: date
    """The day of the newest extract used; nothing here is later."""
    tables: Mapping[str, pd.DataFrame]
    """By the names of `EVENT_TABLES`, each after its schema; only tables that some extract held.
    Tables without days (care leavers, workers, vacancies) are those of the newest extract that held
    them."""
    covers_from: Mapping[str, date]
    """For each table, the first day from which every event is held without a gap up to `as_of`. A
    month that begins before it is not known in whole."""
    snapshots: Mapping[str, Mapping[date, pd.DataFrame]]
    """Tables that say how things stood on an extract's day (cases, care leavers, care periods,
    protection plans, early help): every extract's own, by its day. For stocks."""
    covers_to: Mapping[str, date] = field(default_factory=dict)
    """For each table, the day of the newest extract that held it, where `covers_from` ends: a
    yearly return ends before a monthly extract. A month that ends after it is not known in
    whole."""
    origin: Mapping[str, Format] = field(default_factory=dict)
    """For each table, the one format that it is from."""
