"""Which columns each chart needs, what may stand in them, and the chart function they go to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from scrutinybook.errors import Fault
from scrutinybook.outside.csv_table import ABOVE_ZERO, ANY, COUNT, Bools, Floats, Rule, Table, below
from scrutinybook.outside.kinds import Kind, Measure
from scrutinybook.statistics import (
    Charted,
    ChartKind,
    TooShort,
    beta_binomial_chart,
    c_chart,
    g_chart,
    individuals_chart,
    moving_range_chart,
    p_chart,
    p_prime_chart,
    run_chart,
    t_chart,
    u_chart,
    u_prime_chart,
)

MOST_FOR_EXACT = 1_000_000
"""Exact limits look at every result that could come up; beyond this p and p' say the same."""


@dataclass(frozen=True)
class Columns:
    """How one chart reads y and n."""

    y: Rule
    sized: bool = False
    """n is needed: a denominator, or an exposure."""
    shares: bool = False
    """y is part of n."""
    divides: bool = False
    """Where n is there, the value is y / n; otherwise n is not used."""


SHARES = Columns(COUNT, sized=True, shares=True)
RATES = Columns(COUNT, sized=True)
COUNTS = Columns(COUNT)
VALUES = Columns(ANY, divides=True)
SINGLE = Columns(ANY)

OF_KIND: Mapping[Kind, Columns] = {
    Kind.RUN: VALUES,
    Kind.I: VALUES,
    Kind.MR: VALUES,
    Kind.P: SHARES,
    Kind.PP: SHARES,
    Kind.BB: SHARES,
    Kind.C: COUNTS,
    Kind.U: RATES,
    Kind.UP: RATES,
    Kind.G: COUNTS,
    Kind.T: Columns(ABOVE_ZERO),
}


def of_measure(measure: Measure, *, has_n: bool) -> Columns:
    """How the chooser reads y and n."""
    if measure is Measure.PROPORTION:
        return SHARES
    if measure is Measure.COUNT:
        return RATES if has_n else COUNTS
    return SINGLE


def run_only(
    values: npt.ArrayLike, *, baseline: npt.ArrayLike, exclude: npt.ArrayLike, minimum: int
) -> TooShort:
    """Chart values about their median: what every chart gives where it draws no limits."""
    run = run_chart(values, baseline=baseline, exclude=exclude)
    found = np.asarray(baseline) & ~np.asarray(exclude) & ~np.isnan(run.values)
    return TooShort(ChartKind.INDIVIDUALS, int(found.sum()), minimum, run)


def maker(kind: Kind, *, floor: bool) -> Callable[..., Charted]:
    """The function that draws a chart of this kind."""
    made: Mapping[Kind, Callable[..., Charted]] = {
        Kind.RUN: run_only,
        Kind.I: individuals_chart,
        Kind.MR: moving_range_chart,
        Kind.P: p_chart,
        Kind.PP: partial(p_prime_chart, floor=floor),
        Kind.BB: beta_binomial_chart,
        Kind.C: c_chart,
        Kind.U: u_chart,
        Kind.UP: partial(u_prime_chart, floor=floor),
        Kind.G: g_chart,
        Kind.T: t_chart,
    }
    return made[kind]


def check_columns(table: Table, columns: Columns, *, exact: bool) -> None:
    """Note every cell that the chart cannot take. `exact`: its limits may be exact ones."""
    y = table.numbers["y"]
    table.check("y", columns.y)
    if not table.has("n"):
        if columns.sized:
            table.faults.append(
                Fault(
                    f"{table.path}: row 1",
                    "no column n",
                    "n beside y: the denominator of a share, or the exposure of a rate",
                    "add the column, or choose a chart of y alone, such as --kind i",
                )
            )
        return
    if not (columns.sized or columns.divides):
        return
    n = table.numbers["n"]
    nothing = np.isnan(y) & ~table.unread["y"]
    missing = np.isnan(n) & ~nothing & ~table.unread["n"]
    mend = "write it; where there is no figure, leave y and n blank"
    table.refuse("n", missing, "a number above zero in each row that has a y", mend)
    table.check("n", Rule("a number above zero", mend, lambda v: (v > 0) | (v == 0) & nothing))
    if columns.shares:
        whole = Rule("a whole number", "a share needs counts; a rate may be --kind u", _whole)
        table.check("n", whole)
        table.check("y", Rule("no higher than n in its row", "are y and n changed over?", below(n)))
        if exact:
            most = f"{MOST_FOR_EXACT:,} or fewer for exact limits"
            few = Rule(most, "use --kind p or --kind pp", lambda v: v <= MOST_FOR_EXACT)
            table.check("n", few)


def arrays(table: Table, columns: Columns) -> tuple[Floats, ...]:
    """The columns as the chart function takes them, gaps in both where y is blank."""
    y = table.numbers["y"]
    if not table.has("n") or not (columns.sized or columns.divides):
        return (y,)
    n = np.where(np.isnan(y), np.nan, table.numbers["n"])
    return (y, n) if columns.sized else (y / n,)


def _whole(numbers: Floats) -> Bools:
    return np.asarray(numbers == np.round(numbers))
