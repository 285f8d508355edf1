"""From downloaded files to an edition that can be run, for authorities that are not shipped."""

from __future__ import annotations

from pathlib import Path

import pytest
from projects import Scrutiny

from scrutinybook.edition import read_edition
from scrutinybook.workspace import Workspace


@pytest.mark.parametrize(
    ("asked", "edition", "name"),
    [("torbay", "torbay-2024-03", "Torbay"), ("bristol", "bristol-city-of-2024-03", None)],
)
def test_official_new_and_check(
    scrutiny: Scrutiny, project: Path, reference: Path, asked: str, edition: str, name: str | None
) -> None:
    files = str(reference / "data/dfe_children_in_need")
    code, out, err = scrutiny("official", files, "--authority", asked)
    assert (code, err) == (0, "")
    folder = edition.removesuffix("-2024-03")
    assert f"Wrote data/official/{folder}/: figures.csv, areas.csv" in out
    assert f"then scrutiny book {edition}" in out.splitlines()[-1]
    # What is missing is told with what goes without it, and what is not used is named.
    assert "without it: Workforce" in out
    assert "Not recognised and not used: headline_figures_2013_to_2024.csv" in out
    code, out, _ = scrutiny("new", "--authority", asked, "--month", "2024-03")
    assert (code, out.splitlines()[-1]) == (0, f"Look at the file, then: scrutiny book {edition}")
    assert scrutiny("check", edition)[0] == 0
    assert read_edition(Workspace(project), edition).authority == (name or "Bristol, City of")


def test_a_misspelt_authority_writes_nothing(
    scrutiny: Scrutiny, project: Path, reference: Path
) -> None:
    before = sorted((project / "data").rglob("*"))
    files = str(reference / "data/dfe_children_in_need")
    code, out, err = scrutiny("official", files, "--authority", "Torbey")
    assert (code, out, "did you mean 'Torbay'?" in err) == (3, "", True)
    assert sorted((project / "data").rglob("*")) == before


def test_an_authority_that_began_later_has_no_earlier_month(
    scrutiny: Scrutiny, reference: Path
) -> None:
    scrutiny("official", str(reference / "data/dfe_children_in_need"), "--authority", "Cumberland")
    scrutiny("new", "--authority", "Cumberland", "--month", "2023-03")
    code, _, err = scrutiny("check", "cumberland-2023-03")
    assert (code, "2023-03 is before the figures" in err) == (3, True)
    assert "from 2023-04 to 2024-03" in err
