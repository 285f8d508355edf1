"""Event tables as Parquet: the same rows give the same bytes, and come back as they went.

The only module that knows pyarrow.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]
import pyarrow.compute as pc  # type: ignore[import-untyped, unused-ignore]
import pyarrow.parquet as pq  # type: ignore[import-untyped, unused-ignore]

from scrutinybook.sources.extracts.events import DAY, EVENT_TABLES

Rows: TypeAlias = Any
"""A `pyarrow.Table`, which has no types to check."""
Bools = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]
"""Whole days, ``datetime64[D]``; NaT where empty."""

_ARROW = {
    DAY: pa.timestamp("ns"),
    "string": pa.string(),
    "boolean": pa.bool_(),
    "Int32": pa.int32(),
    "Float64": pa.float64(),
}
_PANDAS = {
    pa.string(): pd.StringDtype(),
    pa.bool_(): pd.BooleanDtype(),
    pa.int32(): pd.Int32Dtype(),
    pa.float64(): pd.Float64Dtype(),
}


def as_rows(table: str, frame: pd.DataFrame) -> Rows:
    """An event table for writing. Raises `ValueError` where it is not after its schema."""
    checked = EVENT_TABLES[table].checked(frame.reset_index(drop=True))
    made = pa.Table.from_pandas(checked, schema=_schema(table), preserve_index=False)
    return made.replace_schema_metadata(None)


def as_frame(table: str, rows: Rows) -> pd.DataFrame:
    """An event table as readers give it, after its schema."""
    frame = rows.to_pandas(types_mapper=_PANDAS.get)
    return EVENT_TABLES[table].frame({name: frame[name] for name in frame.columns})


def as_parquet(rows: Rows) -> bytes:
    """The bytes of a Parquet file; without statistics, which would repeat hashes of children."""
    sink = pa.BufferOutputStream()
    pq.write_table(rows, sink, compression="zstd", write_statistics=False)
    return bytes(sink.getvalue().to_pybytes())


def from_parquet(data: bytes, columns: Collection[str] | None = None) -> Rows:
    """Rows of a Parquet file, only some columns if named."""
    wanted = None if columns is None else list(columns)
    return pq.read_table(pa.BufferReader(data), columns=wanted)


def keep(rows: Rows, which: Bools) -> Rows:
    """Some of the rows, in their order."""
    return rows.filter(pa.array(which))


def join(table: str, parts: Sequence[Rows]) -> Rows:
    """Rows of several extracts, one below the other."""
    return pa.concat_tables([_schema(table).empty_table(), *parts])


def days(rows: Rows, column: str) -> Days:
    """A column of days."""
    return np.asarray(rows.column(column).to_numpy()).astype("datetime64[D]")


def is_among(rows: Rows, column: str, texts: Collection[str]) -> Bools:
    """Which rows hold one of the texts in a column."""
    wanted = pa.array(sorted(texts), pa.string())
    return np.asarray(pc.is_in(rows.column(column), value_set=wanted).to_numpy(), dtype=np.bool_)


def _schema(table: str) -> Any:
    columns = EVENT_TABLES[table].columns
    # A text's type also names what it is stored in, "string[pyarrow]", which is no matter here.
    types = {name: str(each.dtype).replace("[pyarrow]", "") for name, each in columns.items()}
    return pa.schema([(name, _ARROW[each]) for name, each in types.items()])
