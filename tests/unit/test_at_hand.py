"""What is read of the figures before anything is run: names and months, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from scrutinybook.at_hand import authorities, authority_faults, months_of
from scrutinybook.periods import Month
from scrutinybook.workspace import Workspace

AREAS = """\
area_code,dfe_code,name,kind,region_code,neighbour_rank,closeness,former_codes,members
E1,801,Plymouth,authority,R1,,,E0; E00,
E2,802,Torbay,neighbour,R1,1,Close,,
E3,803,"Bristol, City of",other authority,R1,,,,
E4,804,Torbay and Plymouth,joint return,R1,,,,E1; E2
R1,,South West,region,,,,,
"""
FIGURES = """\
area_code,item,period,value,symbol,release
E1,referrals,2022/23,30,,r
E1,referrals,2022-12,10,,r
E1,referrals,2023-03,,suppressed,r
E1,assessments,2024-03,10,,r
E2,referrals,2024-06,10,,r
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    folder = tmp_path / "data/official/plymouth"
    folder.mkdir(parents=True)
    (folder / "areas.csv").write_text(AREAS, encoding="utf-8")
    (folder / "figures.csv").write_text(FIGURES, encoding="utf-8")
    return Workspace(tmp_path)


def test_authorities_are_single_ones_with_every_code(workspace: Workspace) -> None:
    known = {each.name: each.codes for each in authorities(workspace)}
    assert known == {
        "Bristol, City of": {"E3", "803"},
        "Plymouth": {"E1", "801", "E0", "E00"},
        "Torbay": {"E2", "802"},
    }


@pytest.mark.parametrize(
    ("asked", "mend"),
    [
        ("Plymouth", None),
        ("plymouth", "did you mean 'Plymouth'?"),
        ("Bristol", "did you mean 'Bristol, City of'?"),
        ("Tobay", "did you mean 'Torbay'?"),
        ("Nowhere", ""),
    ],
)
def test_only_the_exact_name_will_do(workspace: Workspace, asked: str, mend: str | None) -> None:
    faults = authority_faults(asked, authorities(workspace), "here")
    assert [fault.mend for fault in faults] == ([] if mend is None else [mend])


def test_months_are_those_of_the_authority_withheld_ones_included(workspace: Workspace) -> None:
    folder = workspace.official / "plymouth"
    assert months_of(folder, "referrals") == (Month(2022, 12), Month(2023, 3))
    assert months_of(folder, "repeat_plans") is None


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe", b"area_code\nE1,1,2\n", b'"open'])
def test_damaged_files_tell_nothing_and_raise_nothing(workspace: Workspace, damage: bytes) -> None:
    folder = workspace.official / "plymouth"
    (folder / "figures.csv").write_bytes(damage)
    assert months_of(folder, "referrals") is None
    (folder / "areas.csv").write_bytes(damage)
    assert authorities(workspace) == ()
    assert months_of(folder, "referrals") is None
