"""Reads what the benchmark of the methods found: one row an estimate, beside the aim it had."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from scrutinybook.errors import Fault, FaultsFound, nearest

_NUMBERS = ("estimate", "lower", "upper")
_AIM = re.compile(r"(?P<way><=|>=) (?P<value>\d+(\.\d+)?)")


class Verdict(StrEnum):
    """What became of an aim, as the benchmark writes it."""

    REACHED = "reached"
    WITHIN = "within its limits"
    """Not reached by the estimate, which is too rough to call it missed."""
    MISSED = "missed"
    NOT_MEASURED = "not measured"
    NO_AIM = ""


@dataclass(frozen=True)
class Result:
    """One estimate of the benchmark."""

    table: str
    """What sort of thing was tried."""
    case: str
    """On which series."""
    measure: str
    """What was counted or measured."""
    aim: float | None
    """What was aimed at; None where nothing was."""
    at_most: bool
    """Whether the aim is to stay below it."""
    estimate: float
    """Share (0 to 1), or a median; NaN where it was not measured."""
    lower: float
    """Lower 95% limit."""
    upper: float
    """Upper 95% limit."""
    n: int
    """Series behind it."""
    verdict: Verdict
    seed: int
    """Seed of all draws."""

    @property
    def is_share(self) -> bool:
        """Whether it is a share of series; else a median, of months say."""
        return "median" not in self.measure


COLUMNS = (
    *("table", "case", "measure", "bar", "estimate", "lower", "upper", "n", "verdict", "seed"),
)


def read_results(path: Path) -> tuple[Result, ...] | None:
    """Read the benchmark's ``results.csv``; None where it has not been run.

    Raises `FaultsFound` for other columns, and for every cell that cannot be read.
    """
    if not path.is_file():
        return None
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        heads = tuple(rows.fieldnames or ())
        if heads != COLUMNS:
            found = f"the columns are {', '.join(heads) or 'missing'}"
            raise FaultsFound([Fault(path.name, found, ", ".join(COLUMNS), _MEND)])
        read = [_result(path.name, number, row) for number, row in enumerate(rows, start=2)]
    faults = [fault for each in read if isinstance(each, list) for fault in each]
    if faults:
        raise FaultsFound(faults)
    return tuple(each for each in read if isinstance(each, Result))


_MEND = "run the benchmark again: python benchmarks/operating_characteristics/run.py"


def _result(name: str, number: int, row: dict[str, str]) -> Result | list[Fault]:
    where, faults = f"{name}, line {number}", list[Fault]()
    if None in row or None in row.values():
        return [Fault(where, "another number of cells than there are columns", mend=_MEND)]
    numbers = {}
    for column in _NUMBERS:
        try:
            numbers[column] = float(row[column])
        except ValueError:
            faults.append(Fault(f"{where}: {column}", repr(row[column]), "a number", _MEND))
    for column in ("n", "seed"):
        if not row[column].isdecimal():
            faults.append(Fault(f"{where}: {column}", repr(row[column]), "a whole number", _MEND))
    aim = _AIM.fullmatch(row["bar"])
    if row["bar"] and aim is None:
        faults.append(Fault(f"{where}: bar", repr(row["bar"]), "such as <= 0.1, or nothing", _MEND))
    words = [each.value for each in Verdict]
    if row["verdict"] not in words:
        allowed = ", ".join(filter(None, words)) + ", or nothing"
        mend = nearest(row["verdict"], words) or _MEND
        faults.append(Fault(f"{where}: verdict", repr(row["verdict"]), allowed, mend))
    if faults:
        return faults
    return Result(
        table=row["table"],
        case=row["case"],
        measure=row["measure"],
        aim=float(aim["value"]) if aim else None,
        at_most=bool(aim and aim["way"] == "<="),
        n=int(row["n"]),
        verdict=Verdict(row["verdict"]),
        seed=int(row["seed"]),
        **numbers,
    )
