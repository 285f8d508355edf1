"""Reading a figures table: every row checked, every fault told at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from scrutinybook.errors import FaultsFound
from scrutinybook.sources.figure_files import AREAS, FIGURES, HEADINGS, RELEASES, RESTATEMENTS
from scrutinybook.sources.figure_periods import PeriodKind
from scrutinybook.sources.figures import FiguresTable, read_figures

SOUND = {
    FIGURES: [
        "E06000026,referrals,2023-03,255,,children-in-need-2024",
        "E06000026,referrals,2023-02,174,,children-in-need-2024",
        "E06000026,referrals,2022/23,2415,,children-in-need-2025",
        "E06000026,no_further_action,2022/23,,suppressed,children-in-need-2025",
        "E06000026,agency_percent,2022-09-30,14.4,,children-in-need-2025",
        "E06000026,referrals,2021/22,0,,children-in-need-2025",
    ],
    AREAS: [
        "E06000026,879,Plymouth,authority,E12000009,,,,",
        "E06000027,880,Torbay,neighbour,E12000009,2,Close,,",
        "E06000023,801,Bristol,neighbour,E12000009,10,Close,,",
        "E06000020,894,Telford,neighbour,E12000005,1,Close,,",
        'J,"1 / 2",A / B,joint return,E12000005,,,,E06000020; E06000023',
    ],
    RELEASES: [
        "children-in-need-2024,Children in need,2024,2024-10,false,DfE,OGL,c6,c6.csv,00",
        "children-in-need-2025,Children in need,2025,2025-10,false,DfE,OGL,c1,c1.csv,01",
    ],
    RESTATEMENTS: [],
}


def write_table(folder: Path, **changed: list[str]) -> Path:
    for name, headings in HEADINGS.items():
        lines = changed.get(name.split(".")[0], SOUND[name])
        content = "\n".join([",".join(headings), *lines]) + "\n"
        (folder / name).write_text(content, encoding="utf-8")
    return folder


@pytest.fixture
def table(tmp_path: Path) -> FiguresTable:
    return read_figures(write_table(tmp_path))


def test_a_lookup_is_oldest_first(table: FiguresTable) -> None:
    months = table.lookup("E06000026", "referrals", PeriodKind.MONTH)
    assert list(months.columns) == ["period", "end", "value", "symbol", "release"]
    assert months["period"].tolist() == ["2023-02", "2023-03"]
    assert months["value"].tolist() == [174, 255]


def test_months_and_years_of_one_item_are_never_mixed(table: FiguresTable) -> None:
    assert table.lookup("E06000026", "referrals", "year")["value"].tolist() == [0, 2415]


def test_a_symbol_is_no_number_and_a_zero_is_one(table: FiguresTable) -> None:
    row = table.lookup("E06000026", "no_further_action", "year").iloc[0]
    assert row["symbol"] == "suppressed"
    assert row["value"] != row["value"]
    zero = table.lookup("E06000026", "referrals", "year").iloc[0]
    assert (zero["value"], zero["symbol"]) == (0, None)


def test_an_area_without_figures_gives_an_empty_frame_with_the_same_columns(
    table: FiguresTable,
) -> None:
    empty = table.lookup("E06000027", "referrals", "year")
    assert empty.empty
    assert list(empty.columns) == ["period", "end", "value", "symbol", "release"]


@pytest.mark.parametrize(
    ("item", "kind", "told"),
    [
        ("referals", "year", "did you mean 'referrals'"),
        ("re_referrals", "month", "has no figures for a month"),
    ],
)
def test_a_misspelt_lookup_is_an_error_and_not_an_empty_chart(
    table: FiguresTable, item: str, kind: str, told: str
) -> None:
    with pytest.raises(KeyError, match=told):
        table.lookup("E06000026", item, kind)


def test_neighbours_come_closest_first(table: FiguresTable) -> None:
    assert table.codes("neighbour") == ["E06000020", "E06000027", "E06000023"]


def test_a_member_of_a_joint_return_is_found(table: FiguresTable) -> None:
    assert table.joint_return_of("E06000023") == "J"
    assert table.joint_return_of("E06000026") is None


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("E06000099,referrals,2022/23,1,,children-in-need-2024", "area_code: 'E06000099'"),
        ("E06000026,referals,2022/23,1,,children-in-need-2024", "did you mean 'referrals'?"),
        ("E06000026,referrals,2022/24,1,,children-in-need-2024", "'2022/24' is not a period"),
        ("E06000026,re_referrals,2023-03,1,,children-in-need-2024", "2023-03 for re_referrals"),
        ("E06000026,referrals,2019/20,1e3,,children-in-need-2024", "value: '1e3'"),
        ("E06000026,referrals,2019/20,nan,,children-in-need-2024", "value: 'nan'"),
        ("E06000026,referrals,2019/20,,secret,children-in-need-2024", "symbol: 'secret'"),
        ("E06000026,referrals,2019/20,,,children-in-need-2024", "neither a value nor a symbol"),
        (
            "E06000026,referrals,2019/20,5,suppressed,children-in-need-2024",
            "both a value and a symbol",
        ),
        (
            "E06000026,referrals,2019/20,5,,children-in-need-1999",
            "release: 'children-in-need-1999'",
        ),
        ("E06000026,referrals,2022/23,5,,children-in-need-2024", "the same figure as row 4"),
        ("E06000026,referrals,2019/20,5", "4 cells"),
    ],
)
def test_a_bad_row_is_told_with_its_place(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(FaultsFound) as caught:
        read_figures(write_table(tmp_path, figures=[*SOUND[FIGURES], line]))
    assert told in str(caught.value)
    assert "figures.csv: row 8" in str(caught.value)
    assert len(caught.value.faults) == 1


def test_the_faults_of_all_files_come_together(tmp_path: Path) -> None:
    write_table(
        tmp_path,
        figures=["E06000026,referals,2022/23,x,,children-in-need-2024"],
        areas=["E06000026,879,Plymouth,friend,E12000009,,,,"],
    )
    with pytest.raises(FaultsFound) as caught:
        read_figures(tmp_path)
    told = str(caught.value)
    for part in ("kind: 'friend'", "0 areas of kind 'authority'", "item: 'referals'", "value: 'x'"):
        assert part in told


def test_many_bad_rows_are_told_without_end(tmp_path: Path) -> None:
    lines = [f"E06000026,referrals,{y}-01,?,,children-in-need-2024" for y in range(1950, 2020)]
    with pytest.raises(FaultsFound) as caught:
        read_figures(write_table(tmp_path, figures=lines))
    assert len(caught.value.faults) == 21
    assert "and perhaps more of this kind" in str(caught.value)


@pytest.mark.parametrize("name", sorted(HEADINGS))
def test_other_headings_and_missing_files_are_faults(tmp_path: Path, name: str) -> None:
    path = write_table(tmp_path) / name
    path.write_text(path.read_text(encoding="utf-8").replace(",", ";", 1), encoding="utf-8")
    with pytest.raises(FaultsFound, match=f"{name}: headings"):
        read_figures(tmp_path)
    path.unlink()
    with pytest.raises(FaultsFound, match="not there"):
        read_figures(tmp_path)


def test_another_encoding_is_a_fault(tmp_path: Path) -> None:
    write_table(tmp_path)
    (tmp_path / AREAS).write_bytes("Plymôuth".encode("latin-1"))
    with pytest.raises(FaultsFound, match="not UTF-8"):
        read_figures(tmp_path)


def test_looking_whether_the_files_are_there_loads_no_heavy_library() -> None:
    code = (
        "import sys; import scrutinybook.sources.figures; import scrutinybook.sources.official; "
        "print(*sorted({'pandas', 'numpy', 'scipy', 'yaml'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
