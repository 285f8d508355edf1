"""Damaged and strange files: every fault is told, with its place, and nothing is dropped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from drawn_tables import (
    BRISTOL,
    ENGLAND,
    PLYMOUTH,
    SOUTH_WEST,
    TORBAY,
    draw,
    draw_neighbours,
    layout,
    releases_in,
    row,
    text,
)

from scrutinybook.errors import FaultsFound
from scrutinybook.sources.folder import OfficialFolder, read_folder
from scrutinybook.sources.releases import Releases
from scrutinybook.sources.symbols import Symbol

AREAS = (ENGLAND, SOUTH_WEST, PLYMOUTH, TORBAY)


def plans(*years: int) -> list[dict[str, str]]:
    """Rows of table d3 for four areas."""
    return [
        row(area, year, CPP_start=40, CPP_subsequent=10, CPP_subsequent_percent=25)
        for year in years
        for area in AREAS
    ]


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    folder = tmp_path / "downloads"
    folder.mkdir()
    return folder


@pytest.fixture
def faults(tmp_path: Path, downloads: Path) -> Callable[[], str]:
    """Read the folder, which must fail, and return what is told."""

    def told() -> str:
        with pytest.raises(FaultsFound) as caught:
            read_folder(downloads, releases_in(tmp_path))
        return str(caught.value)

    return told


@pytest.fixture
def read(tmp_path: Path, downloads: Path) -> Callable[[], OfficialFolder]:
    return lambda: read_folder(downloads, releases_in(tmp_path))


def test_a_symbol_that_is_not_known_is_placed(downloads: Path, faults: Callable[[], str]) -> None:
    rows = plans(2023, 2024)
    rows[2]["CPP_start"] = "??"
    rows[5]["CPP_subsequent"] = ""
    draw(downloads / "d3.csv", layout("d3"), rows)
    told = faults()
    assert "d3.csv: row 4, CPP_start: '??'" in told
    assert "d3.csv: row 7, CPP_subsequent: an empty cell" in told
    assert "allowed: a number or one of c, u, x" in told


def test_many_faults_of_one_kind_are_counted_not_listed(
    downloads: Path, faults: Callable[[], str]
) -> None:
    rows = [r | {"CPP_start": "n/a"} for r in plans(2020, 2021, 2022, 2023, 2024)]
    draw(downloads / "d3.csv", layout("d3"), rows)
    told = faults()
    assert told.count("'n/a'") == 12
    assert "8 more like the last" in told


def test_a_cell_short_at_the_end_means_the_file_was_cut(
    downloads: Path, faults: Callable[[], str]
) -> None:
    whole = text(layout("d3"), plans(2023, 2024))
    (downloads / "d3.csv").write_text(whole[: len(whole) - 14], encoding="utf-8")
    assert "it was cut short" in faults()


def test_a_file_cut_between_rows_is_seen_by_the_areas_it_lacks(
    downloads: Path, faults: Callable[[], str]
) -> None:
    draw(downloads / "d3.csv", layout("d3"), plans(2024, 2023)[:-1])
    assert "3 areas in 2023, where another year has 4" in faults()


def test_another_encoding_is_refused_with_its_place(
    downloads: Path, faults: Callable[[], str]
) -> None:
    whole = text(layout("d3"), [row(PLYMOUTH | {"la_name": "Plymôuth"}, 2024)])
    (downloads / "d3.csv").write_bytes(whole.encode("latin-1"))
    told = faults()
    assert "not UTF-8 text" in told
    assert f"byte {whole.index('ô')}" in told


def test_a_table_saved_as_utf_16_is_refused(downloads: Path, faults: Callable[[], str]) -> None:
    (downloads / "d3.csv").write_bytes(text(layout("d3"), plans(2024)).encode("utf-16"))
    assert "d3.csv: byte 0: not UTF-8 text" in faults()


def test_a_file_in_another_encoding_that_is_no_official_table_is_only_listed(
    downloads: Path, read: Callable[[], OfficialFolder]
) -> None:
    draw(downloads / "d3.csv", layout("d3"), plans(2024))
    (downloads / "cafes.csv").write_bytes("name,café\nx,y\n".encode("latin-1"))
    assert read().not_recognised == ("cafes.csv",)


def test_a_quotation_mark_that_is_never_closed_is_a_fault(
    downloads: Path, faults: Callable[[], str]
) -> None:
    whole = text(layout("d3"), plans(2024)).replace("Torbay", '"Torbay')
    (downloads / "d3.csv").write_text(whole + "x" * 200_000, encoding="utf-8")
    assert "d3.csv: not a table: field larger than field limit" in faults()


def test_many_rows_of_the_wrong_length_are_counted(
    downloads: Path, faults: Callable[[], str]
) -> None:
    lines = text(layout("d3"), plans(*range(2019, 2025)), end="\n").splitlines()
    shorter = [lines[0], *(line.rpartition(",")[0] for line in lines[1:])]
    (downloads / "d3.csv").write_text("\n".join(shorter), encoding="utf-8")
    told = faults()
    assert told.count("13 cells under 14 headings") == 12
    assert "12 more rows of the wrong length" in told


def test_empty_lines_at_the_end_are_no_rows(
    downloads: Path, read: Callable[[], OfficialFolder]
) -> None:
    whole = text(layout("d3"), plans(2024))
    (downloads / "d3.csv").write_text(whole + "\r\n\r\n", encoding="utf-8")
    assert len(read().figures) == 12


def test_a_row_that_stands_there_twice_is_told_with_both_places(
    downloads: Path, faults: Callable[[], str]
) -> None:
    rows = plans(2024)
    draw(downloads / "d3.csv", layout("d3"), [*rows, rows[2]])
    assert "d3.csv: row 6: the same area and year as row 4: Plymouth, 2024" in faults()


def test_headings_that_are_missing_are_named(downloads: Path, faults: Callable[[], str]) -> None:
    order = [h for h in text(layout("d3"), []).strip().split(",") if h != "CPP_subsequent"]
    rows = [{h: r.get(h, "x") for h in order} for r in plans(2024)]
    (downloads / "a.csv").write_text(text(layout("d3"), rows, order), encoding="utf-8")
    told = faults()
    assert "looks like 'Second or later child protection plans' without CPP_subsequent" in told


def test_a_heading_twice_is_a_fault(downloads: Path, faults: Callable[[], str]) -> None:
    lines = text(layout("d3"), plans(2024), end="\n").splitlines()
    doubled = [f"{line},{line.split(',')[-1]}" for line in lines]
    (downloads / "d3.csv").write_text("\n".join(doubled), encoding="utf-8")
    assert "stands there twice" in faults()


def test_an_unknown_release_says_how_to_add_it(downloads: Path, faults: Callable[[], str]) -> None:
    draw(downloads / "d3.csv", layout("d3"), plans(2031))
    told = faults()
    assert "its latest year belongs to the 2031 release of children-in-need" in told
    assert '2031: {published: "2031-10", verified: false}' in told


@pytest.mark.parametrize(
    ("heading", "cell", "expected"),
    [
        ("time_period", "202324", "202324"),
        ("time_period", "2023/24", "'2023/24'"),
        ("time_identifier", "Calendar year", "'Calendar year'"),
        ("geographic_level", "Local authorty", "did you mean 'Local authority'?"),
        ("old_la_code", "", "with code and name"),
    ],
)
def test_a_row_of_another_kind_is_a_fault(
    downloads: Path, faults: Callable[[], str], heading: str, cell: str, expected: str
) -> None:
    rows = plans(2024)
    rows[2][heading] = cell
    draw(downloads / "d3.csv", layout("d3"), rows)
    assert expected in faults()


def test_rows_that_a_long_table_no_longer_has_are_named(
    downloads: Path, faults: Callable[[], str]
) -> None:
    group = {"cla_group": "Special guardianship orders", "number": 4}
    rows = [row(PLYMOUTH, 2024, characteristic="Total", **group)]
    draw(downloads / "sgo.csv", layout("special guardianship and adoption"), rows)
    assert "no row in which cla_group is 'Adopted', characteristic is 'Total'" in faults()


def test_two_files_of_one_release_that_differ_are_a_fault(
    downloads: Path, faults: Callable[[], str]
) -> None:
    draw(downloads / "new" / "d3.csv", layout("d3"), plans(2024))
    changed = [r | {"CPP_start": "41"} for r in plans(2024)]
    draw(downloads / "old" / "d3.csv", layout("d3"), changed)
    assert "of the 2024 release, and differ" in faults()


def test_two_tables_of_one_release_that_disagree_are_a_fault(
    downloads: Path, faults: Callable[[], str]
) -> None:
    draw(downloads / "c5.csv", layout("c5"), [row(PLYMOUTH, 2024, Referrals=300)])
    draw(downloads / "c6.csv", layout("c6"), [row(PLYMOUTH, 2024, Referrals=301)])
    assert "referrals, 2023/24, area 879: 301, but 300 in c5.csv of the same release" in faults()


def test_the_faults_of_all_files_come_together(downloads: Path, faults: Callable[[], str]) -> None:
    draw(downloads / "a.csv", layout("d3"), [row(PLYMOUTH, 2024, CPP_start="?")])
    draw(downloads / "b.csv", layout("d6"), [row(PLYMOUTH, 2024, CPP_At31_3Months="!")])
    told = faults()
    assert "a.csv: row 2, CPP_start" in told
    assert "b.csv: row 2, CPP_At31_3Months" in told
    assert told.startswith("2 faults found")


@pytest.mark.parametrize("content", ["", "\n"])
def test_an_empty_file_is_a_fault(downloads: Path, faults: Callable[[], str], content: str) -> None:
    (downloads / "d3.csv").write_text(content, encoding="utf-8")
    assert "d3.csv" in faults()


def test_headings_without_rows_are_a_fault(downloads: Path, faults: Callable[[], str]) -> None:
    draw(downloads / "d3.csv", layout("d3"), [])
    assert "no rows under the headings" in faults()


def test_a_folder_without_tables_and_no_folder_are_faults(
    tmp_path: Path, downloads: Path, faults: Callable[[], str]
) -> None:
    (downloads / "readme.txt").write_text("hello", encoding="utf-8")
    assert "no official table" in faults()
    with pytest.raises(FaultsFound, match="no such folder"):
        read_folder(tmp_path / "nowhere", releases_in(tmp_path))


def test_other_files_are_listed_by_name_and_copies_read_once(
    downloads: Path, read: Callable[[], OfficialFolder]
) -> None:
    draw(downloads / "d3.csv", layout("d3"), plans(2024))
    draw(downloads / "again" / "d3 (1).csv", layout("d3"), plans(2024))
    (downloads / "notes.txt").write_text("about the download", encoding="utf-8")
    (downloads / "sub").mkdir()
    (downloads / "sub" / "shoes.csv").write_text("size,colour\n41,blue\n", encoding="utf-8")
    folder = read()
    assert folder.not_recognised == ("notes.txt", "sub/shoes.csv")
    assert folder.copies == ("d3.csv",)
    assert len(folder.files) == 1
    assert any("a copy of another file" in note for note in folder.notes)


def test_what_is_missing_names_the_chapters_that_go_without(
    downloads: Path, read: Callable[[], OfficialFolder]
) -> None:
    draw(downloads / "d3.csv", layout("d3"), plans(2024))
    missing = {each.table: each.chapters for each in read().missing}
    assert "d3" not in missing
    assert missing["workforce"] == ("Workforce",)
    assert missing["statistical neighbours"]
    assert len(missing) == 14


def test_an_unverified_date_is_said(downloads: Path, read: Callable[[], OfficialFolder]) -> None:
    draw(downloads / "d3.csv", layout("d3"), plans(2023))
    assert read().notes == ()
    draw(downloads / "d6.csv", layout("d6"), [row(PLYMOUTH, 2024, CPP_At31_3Months=3)])
    assert any("2024: the day it came out is not verified" in note for note in read().notes)


def test_an_authority_that_sent_nothing_has_symbols_not_zeros(
    downloads: Path, read: Callable[[], OfficialFolder]
) -> None:
    rows = [*plans(2024)[:3], row(BRISTOL, 2024)]
    draw(downloads / "d3.csv", layout("d3"), rows)
    cell = read().figures[("801", "plans_started", "2023/24")].cell
    assert (cell.value, cell.symbol) == (None, Symbol.NOT_AVAILABLE)


def test_neighbours_that_are_no_codes_or_come_twice_are_faults(
    downloads: Path, faults: Callable[[], str]
) -> None:
    model = downloads / "sn.csv"
    draw_neighbours(model, {("879", "Plymouth"): ["880"] * 9 + ["Torbay"]})
    assert "sn.csv: row 2, SN_10: 'Torbay'" in faults()
    whole = draw_neighbours(model, {("879", "Plymouth"): ["880"] * 10}).read_text(encoding="utf-8")
    model.write_text(whole + whole.splitlines()[1] + "\n", encoding="utf-8")
    assert "sn.csv: row 3: Plymouth stands there twice" in faults()
    model.write_text(whole.replace("SN_10P", "SN_TEN"), encoding="utf-8")
    assert "no 'SN_10P'" in faults()


def test_two_models_and_a_model_without_rows_are_faults(
    downloads: Path, faults: Callable[[], str]
) -> None:
    draw(downloads / "d3.csv", layout("d3"), plans(2024))
    draw_neighbours(downloads / "a.csv", {("879", "Plymouth"): ["880"] * 10})
    draw_neighbours(downloads / "b.csv", {("879", "Plymouth"): ["801"] * 10})
    assert "two neighbour models: a.csv, b.csv" in faults()
    draw_neighbours(downloads / "b.csv", {})
    assert "b.csv: no rows under the headings" in faults()


def test_a_model_of_which_no_release_is_listed_is_a_fault(tmp_path: Path, downloads: Path) -> None:
    draw_neighbours(downloads / "a.csv", {("879", "Plymouth"): ["880"] * 10})
    known = releases_in(tmp_path)
    others = {k: r for k, r in known.by_id.items() if not k.startswith("statistical")}
    with pytest.raises(FaultsFound, match="release of statistical-neighbours"):
        read_folder(downloads, Releases(known.path, others, known.year_ends))
