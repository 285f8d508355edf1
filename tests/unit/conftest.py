"""A council's extracts of one month, for the pages that say what to do with them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from annex_a_workbooks import good_lists, save
from drawn_extracts import REFERRAL, child, children_census, write_return


@pytest.fixture
def march(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Extracts of a March in a copy of the project, with a history and a key of this test."""
    monkeypatch.setenv("SCRUTINY_HISTORY", str(tmp_path / "history"))
    monkeypatch.setenv("SCRUTINY_KEY_FILE", str(tmp_path / "key"))
    folder = project / "march"
    folder.mkdir()
    lists = good_lists()  # of a year before
    for each in lists.values():
        for row in each.rows:
            row[:] = [
                cell + timedelta(days=366) if isinstance(cell, date) else cell for cell in row
            ]
    save(folder / "annex-a.xlsx", lists)
    write_return(folder / "903")
    census = children_census(child(REFERRAL, number="A1"))
    (folder / "children-in-need.xml").write_text(census, encoding="utf-8")
    figures = "measure,period,numerator\nhub_referrals,2024-03,255\n"
    (folder / "figures.csv").write_text(figures, encoding="utf-8")
    figures += "moves_between_services,2024-03,12\n"
    (folder / "figures-2.csv").write_text(figures, encoding="utf-8")
    (project / "number.txt").write_text("A1\n", encoding="utf-8")
    return folder
