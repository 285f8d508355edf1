"""Event tables from the simulator's columns, in seconds for many months."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from scrutinybook.demo.days import NEVER, Ints
from scrutinybook.demo.truth import Truth
from scrutinybook.sources.extracts.events import EVENT_TABLES
from scrutinybook.sources.extracts.extract import Extract, Format
from scrutinybook.sources.extracts.pseudonyms import Pseudonyms

DEMO_KEY = b"a key for data that stand for nobody"
"""Everybody may know it: the demonstration authority has no children."""


class Hashed:
    """A truth with hashed numbers in the places of children and workers."""

    def __init__(self, truth: Truth, pseudonyms: Pseudonyms | None = None) -> None:
        pseudonyms = pseudonyms or Pseudonyms(DEMO_KEY)
        self.truth = truth
        self._child = pseudonyms.of(truth.people["number"].astype("string"), "child").array
        workers = truth.workforce.workers["number"].astype("string")
        self._worker = pseudonyms.of(workers, "worker").array
        self.digest = f"{_digest(truth)} {pseudonyms.fingerprint}"
        """Tells this truth and key from any other."""

    def children(self, places: Ints) -> pd.Series:
        """Of children."""
        return pd.Series(self._child.take(places))

    def workers(self, places: Ints) -> pd.Series:
        """Of workers; missing for -1."""
        return pd.Series(self._worker.take(places, allow_fill=True))

    def extract(
        self,
        fmt: Format,
        as_of: date,
        first: date,
        tables: Mapping[str, Mapping[str, Any]],
        *,
        of_one_day: tuple[str, ...] = (),
    ) -> Extract:
        """An extract from columns by table. Its content hash is that of the whole truth and day.

        Tables `of_one_day` are covered from the extract's day on, the others from `first`.
        """
        made = {name: frame(name, columns) for name, columns in tables.items()}
        return Extract(
            format=fmt,
            as_of=as_of,
            tables=made,
            covers_from={name: as_of if name in of_one_day else first for name in made},
            notices=(),
            rows_read={name: len(table) for name, table in made.items()},
            content_hash=hashlib.sha256(f"{self.digest} {fmt} {as_of}".encode()).hexdigest(),
        )


def frame(table: str, columns: Mapping[str, Any]) -> pd.DataFrame:
    """An event table with the schema's types.

    The schema's checks would take most of the time, and are left to the tests.
    """
    made = {}
    for name, dtype in _types(table).items():
        values = columns[name]
        column = values if isinstance(values, pd.Series) else pd.Series(values)
        made[name] = column.astype(dtype).array
    return pd.DataFrame(made, copy=False)


@cache
def _types(table: str) -> Mapping[str, Any]:
    return dict(EVENT_TABLES[table].empty().dtypes)


def texts(meanings: tuple[str, ...], places: object) -> pd.Series:
    """Words by their places."""
    known = pd.array(list(meanings), dtype="string")
    return pd.Series(known.take(np.asarray(places, np.int64)))


def flags(values: pd.Series, needs: pd.Series | None = None) -> pd.Series:
    """1 and 0 as yes and no; missing where the day that they need is."""
    made = pd.Series(values.to_numpy() == 1).astype("boolean")
    return made if needs is None else made.mask(needs.to_numpy() >= NEVER)


def missing(many: int) -> pd.Series:
    """A column without an entry."""
    return pd.Series([pd.NA] * many, dtype="object")


def _digest(truth: Truth) -> str:
    digest = hashlib.sha256()
    work, care = truth.casework, truth.care
    for table in (
        *(truth.people, truth.contacts, truth.referrals, truth.early_help, truth.local),
        *(work.cases, work.assessments, work.enquiries, work.plans, work.plan_reviews),
        *(care.periods, care.episodes, care.reviews),
        *(truth.workforce.workers, truth.workforce.spells),
    ):
        for name, column in table.items():
            digest.update(str(name).encode())
            numbers = column.to_numpy()
            as_bytes = (
                repr(list(numbers)).encode() if numbers.dtype == object else numbers.tobytes()
            )
            digest.update(as_bytes)
    for each in truth.corrections:
        digest.update(each.wrong.astype(np.int64).tobytes() + each.until.tobytes())
    return digest.hexdigest()
