"""No published number of a real edition changes unnoticed.

`as_before/` holds every statistic of Plymouth's book as at March 2023. Where this fails on purpose,
write the change into params/method-changes.yml, then renew the file:

    python3 run.py book plymouth-2023-03
    python3 run.py test tests/e2e/test_figures_as_before.py --renew-figures
"""

from __future__ import annotations

import csv
from itertools import zip_longest
from pathlib import Path

import pytest

EDITION = "plymouth-2023-03"
BEFORE = Path(__file__).parent / "as_before" / f"{EDITION}.csv"
COLUMNS = ["Measure", "Finding", "Item", "Value"]
DIGITS = 9
"""Significant digits that are the same on every processor."""

pytestmark = pytest.mark.book


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [[rounded(row[name]) for name in COLUMNS] for row in csv.DictReader(file)]


def rounded(text: str) -> str:
    try:
        return f"{float(text):.{DIGITS}g}"
    except ValueError:
        return text


def test_every_statistic_is_what_it_was(site: Path, request: pytest.FixtureRequest) -> None:
    now = rows_of(site / EDITION / "downloads" / "statistics.csv")
    if request.config.getoption("--renew-figures"):
        with BEFORE.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([COLUMNS, *now])
    before = rows_of(BEFORE)
    pairs = zip_longest(before, now, fillvalue=["nothing"])
    others = [f"{' · '.join(old)} → {' · '.join(new)}" for old, new in pairs if old != new]
    assert len(before) > 900
    assert not others, "\n".join(["write it into params/method-changes.yml:", *others[:20]])
