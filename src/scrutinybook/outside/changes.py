"""Lasting changes of level in a user's own file of counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from scrutinybook.errors import Fault, Faults, FaultsFound
from scrutinybook.outside.csv_table import COUNT, Rule, Table, read_table
from scrutinybook.outside.months import as_month, as_months
from scrutinybook.periods import Month
from scrutinybook.statistics import (
    Interval,
    LevelChange,
    LevelChanges,
    TooShortForChanges,
    find_level_changes,
)

YEAR = 12
"""Periods of the one season that the search knows."""

NO_EVIDENCE = "no evidence of a change"


@dataclass(frozen=True)
class ChangeOptions:
    """What a user asks for."""

    season: int = YEAR
    """12 for the months of a year, 1 for no season."""
    seed: int = 1
    level: float = 0.05
    """The p-value up to which a change is accepted."""


@dataclass(frozen=True)
class OutsideChanges:
    """The changes as data that JSON can hold, and what the user should know of them."""

    answer: dict[str, Any]
    notes: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """The answer in a few lines of words."""
        if not self.answer["changes"]:
            p_value = self.answer["next_p_value"]
            yield f"{NO_EVIDENCE} (p-value of the best one: {p_value:.3g})"
        for change in self.answer["changes"]:
            ratio, (first, last) = change["ratio"], change["range_x"]
            yield (
                f"last point of the old level: {change['x']} (point {change['point']}), range"
                f" {first} to {last}; {change['before']:,.4g} to {change['after']:,.4g}, ratio"
                f" {ratio['estimate']:.3g} ({ratio['lower']:.3g} to {ratio['upper']:.3g}),"
                f" p-value {change['p_value']:.3g}"
            )


def outside_changes(path: Path, options: ChangeOptions) -> OutsideChanges:
    """Search the file at `path` for level changes.

    Raises `FaultsFound` with every fault of the file and the options.
    """
    faults = Faults()
    faults.add(_option_faults(options))
    table = faults.gather(read_table, path, ("x", "y"), optional=("n",))
    if table is None:
        raise FaultsFound(faults.found)
    _check(table)
    months = as_months(table.x)
    faults.add(table.faults)
    faults.add(_mixed(table) if months is None else _not_consecutive(table, months))
    if faults.found:
        raise FaultsFound(faults.found)
    # Without a calendar the first point stands for January: only its place in the year counts.
    first_month = 1 if months is None else months[0].month
    found = find_level_changes(
        table.numbers["y"],
        table.numbers.get("n"),
        first_month=first_month,
        seed=options.seed,
        seasonal=options.season == YEAR,
        level=options.level,
    )
    if isinstance(found, TooShortForChanges):
        raise FaultsFound([_too_short(table, found, options)])
    answer = _answer(table, found, options, _anchor(months, options))
    return OutsideChanges(answer, tuple(_notes(table, answer)))


def _option_faults(options: ChangeOptions) -> Iterator[Fault]:
    if options.season not in (1, YEAR):
        found = f"a season of {options.season} periods"
        mend = "add the figures up to months, or search without a season: --season 1"
        yield Fault("--season", found, "12 for months of the year, or 1 for no season", mend)
    if not 0 < options.level < 1:
        yield Fault("--level", f"{options.level:g}", "a number between 0 and 1, such as 0.05")
    if options.seed < 0:
        yield Fault("--seed", str(options.seed), "a whole number, zero or more")


def _check(table: Table) -> None:
    table.check("y", COUNT)
    if table.has("n"):
        mend = "write the exposure of each period, also where y is blank"
        missing = np.isnan(table.numbers["n"]) & ~table.unread["n"]
        table.refuse("n", missing, "a number above zero in each row", mend)
        table.check("n", Rule("a number above zero", mend, lambda v: v > 0))


def _mixed(table: Table) -> Iterator[Fault]:
    """Where most labels are months, the others are slips, and would hide the calendar."""
    months = [as_month(label) is not None for label in table.x]
    if 2 * sum(months) <= len(months):
        return
    for place in [at for at, known in enumerate(months) if not known][:12]:
        allowed = "a month such as 2023-04, as in the other rows"
        yield Fault(table.where(place, "x"), repr(table.x[place]), allowed)


def _not_consecutive(table: Table, months: Sequence[Month]) -> Iterator[Fault]:
    for place in range(1, len(months)):
        expected = months[place - 1] + 1
        if months[place] != expected:
            late = months[place] > expected
            mend = "add a row for each month, with y blank where there is no figure"
            yield Fault(
                table.where(place, "x"),
                f"{table.x[place]} after {table.x[place - 1]}",
                f"one row a month, in order: {expected} comes next",
                mend if late else "sort the rows by month and keep one for each",
            )


def _too_short(table: Table, found: TooShortForChanges, options: ChangeOptions) -> Fault:
    season = "with a season of 12" if options.season == YEAR else "without a season"
    mend = "give a longer series" + ("; --season 1 needs 12" if options.season == YEAR else "")
    figures = "1 figure" if found.n_months == 1 else f"{found.n_months or 'no'} figures"
    return Fault(str(table.path), figures, f"{found.needed} or more {season}", mend)


def _anchor(months: Sequence[Month] | None, options: ChangeOptions) -> str:
    if options.season == 1:
        return "no season is fitted"
    if months is None:
        return "x is no calendar: point 1 is taken as the first period of a season of 12"
    return f"calendar months: point 1 is {months[0].words}"


def _notes(table: Table, answer: dict[str, Any]) -> Iterator[str]:
    yield from table.notes()
    yield str(answer["season_anchor"])
    if table.has("n"):
        yield "n enters as exposure: twice the n, twice the count"
    if answer["missing"]:
        yield f"{answer['missing']} of {table.n_points} periods have no figure"


def _answer(
    table: Table, found: LevelChanges, options: ChangeOptions, anchor: str
) -> dict[str, Any]:
    return {
        "changes": [_change(table, change) for change in found.changes],
        "finding": None if found.changes else NO_EVIDENCE,
        "next_p_value": found.next_p_value,
        "levels": list(found.levels),
        "n": found.n_months,
        "missing": found.n_missing,
        "season": options.season,
        "season_anchor": anchor,
        "exposure": "n" if table.has("n") else None,
        "level": options.level,
        "rho": found.rho,
        "seed": options.seed,
        "draws": found.n_bootstrap,
    }


def _change(table: Table, change: LevelChange) -> dict[str, Any]:
    # The first point of the new level counted from 0 is the last of the old one counted from 1.
    return {
        "point": change.first_month,
        "x": table.x[change.first_month - 1],
        "range": [change.earliest, change.latest],
        "range_x": [table.x[change.earliest - 1], table.x[change.latest - 1]],
        "before": change.before,
        "after": change.after,
        "ratio": _interval(change.ratio),
        "difference": _interval(change.difference),
        "p_value": change.p_value,
        "p_without_extreme": change.p_without_extreme,
    }


def _interval(interval: Interval) -> dict[str, float]:
    return {
        "estimate": interval.estimate,
        "lower": interval.lower,
        "upper": interval.upper,
        "confidence": interval.confidence,
    }
