"""Random tables of small counts that go through the whole gate, and the reader who attacks them.

The attack is written from the measures' definitions and from the file that is published, and from
nothing of the gate. It subtracts (by linear algebra: which withheld cells do the sums settle?) and
it narrows down (what is the least and the most that each can be?).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from projects import ROOT

from scrutinybook.catalogue import read_catalogue
from scrutinybook.council import compute as computing
from scrutinybook.council.compute import Told, council_figures
from scrutinybook.council.earlier import before
from scrutinybook.council.figures import CouncilFigures, Place, write_figures
from scrutinybook.council.published import Published
from scrutinybook.disclosure import Origin
from scrutinybook.measures.events.asked import Asked, Figures, Measured
from scrutinybook.measures.series import Observation, Series
from scrutinybook.periods import Month
from scrutinybook.sources.figure_periods import FigurePeriod, PeriodKind
from scrutinybook.workspace import Workspace

CATALOGUE = read_catalogue(Workspace(ROOT))
FIRST = Month(2020, 4)
SOURCES = ("anonymous", "education", "health", "housing", "police")
EARLY, LATE = ("1 to 10", "11 to 20", "21 to 30"), ("46 to 50", "61 and more")
BANDS = (*EARLY, *LATE)
LEAVERS = tuple(f"leavers_19_to_21_{what}" for what in ("active", "not_active", "not_known"))
MONTHLY = ("contacts", "referrals_received", "referrals_no_further_action", "assessments_on_time",
           "assessment_durations", "plans_repeat")  # fmt: skip

Cell = tuple[str, str, str, str, str]
"""Measure, part, span, period, and n (counted), d (out of) or c (left over)."""
Raw = Mapping[str, np.ndarray]
"""Counts by month, shape (months,) or (parts, months)."""


def drawn(seed: int, months: int = 36) -> dict[str, np.ndarray]:
    """Counts small enough that much of them must be withheld."""
    rng = np.random.default_rng(seed)

    def counts(means: Sequence[float]) -> np.ndarray:
        shape = (len(means), months)
        return rng.poisson(np.array(means)[:, None] * rng.uniform(0.5, 1.5, shape))

    raw = {
        "contacts": counts(rng.permutation([2.0, 5.0, 9.0, 20.0, 40.0])),
        "referrals": counts(rng.permutation([1.0, 3.0, 8.0, 14.0, 30.0])),
        "bands": counts(rng.permutation([2.0, 7.0, 12.0, 20.0, 5.0])),
        "leavers": counts(rng.permutation([4.0, 12.0, 30.0])),
        "plans": counts([rng.choice([3.0, 8.0]), rng.choice([5.0, 30.0])]),
    }
    raw["no further action"] = rng.binomial(raw["referrals"].sum(axis=0), rng.choice([0.05, 0.3]))
    return raw


def restated(raw: Raw, seed: int) -> dict[str, np.ndarray]:
    """The same a month later: some counts have grown, some have shrunk."""
    rng = np.random.default_rng(seed)
    found = {}
    for name, counts in raw.items():
        moved = rng.random(counts.shape) < 0.04
        found[name] = np.maximum(counts + moved * rng.integers(-3, 4, counts.shape), 0)
    most = found["referrals"].sum(axis=0)
    found["no further action"] = np.minimum(found["no further action"], most)
    return found


def _series(name: str, top: np.ndarray, bottom: np.ndarray | None, kind: PeriodKind) -> Series:
    observations = tuple(
        Observation(
            FigurePeriod(kind, (FIRST + k).last_day),
            float(n),
            None if bottom is None else float(bottom[k]),
            None,
            "drawn",
        )
        for k, n in enumerate(top)
    )
    return Series(name, "Demo", observations)


def _pooled(counts: np.ndarray | None) -> np.ndarray | None:
    if counts is None:
        return None
    starts = [k - k % 12 for k in range(len(counts))]
    return np.array([counts[start : k + 1].sum() for k, start in enumerate(starts)])


def _measured(
    name: str,
    top: np.ndarray,
    bottom: np.ndarray | None = None,
    parts: Mapping[str, np.ndarray] | None = None,
    *,
    stock: bool = False,
) -> Measured:
    kind = PeriodKind.SNAPSHOT if stock else PeriodKind.MONTH
    totals = _pooled(top)
    assert totals is not None
    to_date = None if stock else _series(name, totals, _pooled(bottom), kind)
    return Measured(
        Figures(_series(name, top, bottom, kind), to_date),
        {part: Figures(_series(name, each, None, kind)) for part, each in (parts or {}).items()},
    )


def measured(raw: Raw) -> dict[str, Measured]:
    """The measures of such counts."""
    referrals, bands, leavers = raw["referrals"], raw["bands"], raw["leavers"]
    everyone = leavers.sum(axis=0)
    return {
        "contacts": _measured(
            "contacts", raw["contacts"].sum(axis=0), None,
            dict(zip(SOURCES, raw["contacts"], strict=True)),
        ),
        "referrals_received": _measured(
            "referrals_received", referrals.sum(axis=0), None,
            dict(zip(SOURCES, referrals, strict=True)),
        ),
        "referrals_no_further_action": _measured(
            "referrals_no_further_action", raw["no further action"], referrals.sum(axis=0)
        ),
        "assessments_on_time": _measured(
            "assessments_on_time", bands[: len(EARLY)].sum(axis=0), bands.sum(axis=0)
        ),
        "assessment_durations": _measured(
            "assessment_durations", bands.sum(axis=0), None, dict(zip(BANDS, bands, strict=True))
        ),
        "plans_repeat": _measured("plans_repeat", raw["plans"][0], raw["plans"].sum(axis=0)),
        **{
            name: _measured(name, counts, everyone, stock=True)
            for name, counts in zip(LEAVERS, leavers, strict=True)
        },
    }  # fmt: skip


def gated(
    raw: Raw,
    patch: pytest.MonkeyPatch,
    earlier: Sequence[Published] = (),
    by_hand: Collection[Place] = frozenset(),
) -> CouncilFigures:
    """These counts through the whole gate; `by_hand`: what a person withholds."""
    withheld = [
        Published("", name, part, span, FigurePeriod.parse(period).words, None, None, True)
        for name, part, span, period in sorted(by_hand)
    ]
    held = measured(raw)
    months = len(raw["no further action"])
    with patch.context() as inside:
        inside.setattr(computing, "compute", lambda known, asked, name, entry: held[name])
        return council_figures(
            None,  # type: ignore[arg-type]
            Asked("Demo", FIRST, FIRST + (months - 1)),
            {name: CATALOGUE.extract_measures[name] for name in held},
            origin=Origin.COUNCIL,
            threshold=5,
            told=Told(before([*earlier, *withheld]), by_hand=by_hand),
        )


def as_published(figures: CouncilFigures, edition: str, folder: Path) -> list[Published]:
    """What a reader has of an edition: the rows of its file."""
    return [
        Published(
            edition=edition,
            measure=row["measure"],
            part=row["part"],
            span=row["span"],
            period=FigurePeriod.parse(row["period"]).words,
            number=float(row["numerator"]) if row["numerator"] else None,
            out_of=float(row["denominator"]) if row["denominator"] else None,
            is_withheld=row["symbol"] == "suppressed",
        )
        for row in rows_of(figures, folder)
    ]


def rows_of(figures: CouncilFigures, folder: Path) -> list[dict[str, str]]:
    """The published file, read as text."""
    write_figures(figures, folder / "figures.csv")
    return list(csv.DictReader(io.StringIO((folder / "figures.csv").read_text("utf-8"))))


@dataclass
class Reader:
    """All cells by whether they are shown; sums, each with cells that add up to nothing."""

    known: dict[Cell, float]
    hidden: set[Cell]
    sums: list[dict[Cell, float]]


def reader(rows: Sequence[Mapping[str, str]]) -> Reader:
    """What the published file and the definitions tell."""
    known: dict[Cell, float] = {}
    hidden: set[Cell] = set()
    shares = {row["measure"] for row in rows if row["denominator"]}
    there: set[tuple[str, str, str, str]] = set()
    for row in rows:
        place = row["measure"], row["part"], row["span"], row["period"]
        there.add(place)
        if row["symbol"]:
            sides = "ndc" if row["measure"] in shares else "n"
            hidden |= {(*place, side) for side in sides}
            continue
        known[(*place, "n")] = float(row["numerator"])
        if row["denominator"]:
            known[(*place, "d")] = float(row["denominator"])
            known[(*place, "c")] = float(row["denominator"]) - float(row["numerator"])
    sums: list[dict[Cell, float]] = []

    def add(whole: Cell, *parts: Cell) -> None:
        sums.append({whole: 1.0, **dict.fromkeys(parts, -1.0)})

    _sums_of_one(there, shares, add)
    _sums_between(there, add)
    return Reader(known, hidden, sums)


def _sums_of_one(there: set[Place], shares: set[str], add: Callable[..., None]) -> None:
    for m, part, span, period in there:
        if m in shares:
            add((m, part, span, period, "d"), *((m, part, span, period, s) for s in "nc"))
        if span == "year to date":
            last = Month.parse(period)
            months = [each for each in last.financial_year.months if each <= last]
            for side in "nd" if m in shares else "n":
                add((m, part, span, period, side),
                    *((m, part, "whole", str(each), side) for each in months))  # fmt: skip


def _sums_between(there: set[Place], add: Callable[..., None]) -> None:
    for m, names in (("contacts", SOURCES), ("referrals_received", SOURCES),
                     ("assessment_durations", BANDS)):  # fmt: skip
        for place in [p for p in there if p[0] == m and not p[1] and p[2] == "whole"]:
            add((*place, "n"), *((m, part, "whole", place[3], "n") for part in names))
    for m, _, span, period in [p for p in there if not p[1]]:
        if m == "referrals_no_further_action":
            add((m, "", span, period, "d"), ("referrals_received", "", span, period, "n"))
        if m == "assessments_on_time":
            add((m, "", span, period, "d"), ("assessment_durations", "", span, period, "n"))
            if span == "whole":
                bands = (("assessment_durations", band, span, period, "n") for band in EARLY)
                add((m, "", span, period, "n"), *bands)
        if m == LEAVERS[0]:
            add((m, "", span, period, "d"), *((each, "", span, period, "n") for each in LEAVERS))
            for other in LEAVERS[1:]:
                add((m, "", span, period, "d"), (other, "", span, period, "d"))


def truth_of(raw: Raw, folder: Path) -> dict[Cell, float]:
    """Every cell as it is, to tell whether an attack got it."""
    rows = []
    for name, each in measured(raw).items():
        runs: list[tuple[str, str, Any]] = [("", "whole", each.whole.series)]
        if each.whole.to_date is not None:
            runs.append(("", "year to date", each.whole.to_date))
        runs += [(part, "whole", figures.series) for part, figures in each.parts.items()]
        for part, span, series in runs:
            rows += [
                {"measure": name, "part": part, "span": span, "period": str(o.period),
                 "numerator": str(o.numerator), "symbol": "",
                 "denominator": "" if o.denominator is None else str(o.denominator)}
                for o in series
            ]  # fmt: skip
    return reader(rows).known


def settled(known: Mapping[Cell, float], sums: Sequence[Mapping[Cell, float]]) -> dict[Cell, float]:
    """Cells that are not known and that the sums settle, with their values: plain subtraction.

    Each sum with one unknown gives it; so do sums added up, found by linear algebra group by group.
    """
    found: dict[Cell, float] = {}
    for rows in _groups(known, sums):
        cells = sorted({cell for row in rows for cell in row if cell not in known})
        matrix = np.array([[row.get(cell, 0.0) for cell in cells] for row in rows])
        right = np.array(
            [-sum(by * known[cell] for cell, by in row.items() if cell in known) for row in rows]
        )
        _, sizes, across = np.linalg.svd(matrix)
        rank = int((sizes > 1e-9).sum())
        free = np.abs(across[rank:]).max(axis=0) if rank < len(cells) else np.zeros(len(cells))
        solution, *_ = np.linalg.lstsq(matrix, right, rcond=None)
        if np.abs(matrix @ solution - right).max() > 1e-6:
            continue  # what was put together does not fit together
        found |= {
            cell: float(x) for cell, x, f in zip(cells, solution, free, strict=True) if f < 1e-9
        }
    return found


def narrowed(
    known: Mapping[Cell, float], sums: Sequence[Mapping[Cell, float]], rounds: int = 40
) -> dict[Cell, tuple[float, float]]:
    """The least and the most of each unknown cell, sum by sum until nothing moves any more."""
    ends: dict[Cell, tuple[float, float]] = {}
    open_ = [s for s in sums if any(cell not in known for cell in s)]
    for _ in range(rounds):
        moved = False
        for each in open_:
            low, high = {}, {}
            for cell, by in each.items():
                a, b = (known[cell],) * 2 if cell in known else ends.get(cell, (0.0, np.inf))
                low[cell], high[cell] = sorted((by * a, by * b))
            for cell, by in each.items():
                if cell in known:
                    continue
                least = -sum(v for k, v in high.items() if k != cell)
                most = -sum(v for k, v in low.items() if k != cell)
                a, b = sorted((least / by, most / by))
                old = ends.get(cell, (0.0, np.inf))
                new = max(old[0], a), min(old[1], b)
                if new != old:
                    ends[cell], moved = new, True
        if not moved:
            break
    return ends


def _groups(
    known: Mapping[Cell, float], sums: Sequence[Mapping[Cell, float]]
) -> list[list[Mapping[Cell, float]]]:
    of: dict[Cell, int] = {}
    held: dict[int, list[Mapping[Cell, float]]] = {}
    for at, each in enumerate(sums):
        cells = [cell for cell in each if cell not in known]
        if not cells:
            continue
        together = {of[cell] for cell in cells if cell in of}
        rows = [each, *(row for number in together for row in held.pop(number))]
        held[at] = rows
        for row in rows:
            of.update((cell, at) for cell in row if cell not in known)
    return list(held.values())
