"""One authority's table, made from a drawn folder: what goes in, what is told, what is written."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from drawn_tables import (
    BRISTOL,
    ENGLAND,
    PLYMOUTH,
    SOUTH_WEST,
    TORBAY,
    authority,
    draw,
    draw_neighbours,
    layout,
    region,
    releases_in,
    row,
)

from scrutinybook.errors import FaultsFound
from scrutinybook.sources.authorities import authorities_in
from scrutinybook.sources.figure_files import HEADINGS, missing_files, slug, write
from scrutinybook.sources.figures import read_figures
from scrutinybook.sources.folder import OfficialFolder, read_folder
from scrutinybook.sources.official import (
    FUNNEL_ITEMS,
    Kind,
    OfficialFigures,
    build_figures,
    select_figures,
)

INNER, OUTER = ("E13000001", "Inner London"), ("E13000002", "Outer London")
KINGSTON = authority("Kingston upon Thames", "314", "E09000021", OUTER)
RICHMOND = authority("Richmond upon Thames", "318", "E09000027", OUTER)
BOTH = authority(
    "Kingston upon Thames / Richmond upon Thames", "314 / 318", "E09000021 / E09000027", OUTER
)
SOMERSET = authority("Somerset", "933", "E06000066")
OLD_SOMERSET = authority("Somerset", "933", "E10000027")
POOLE = authority("Poole", "836", "E06000029")
HULL = authority("Kingston upon Hull, City of", "810", "E06000010", ("E12000003", "Yorkshire"))
LONDON, OUTER_LONDON = region("E12000007", "London"), region(*OUTER)
NOW = (ENGLAND, SOUTH_WEST, LONDON, OUTER_LONDON, PLYMOUTH, TORBAY, BRISTOL)
NOW += (KINGSTON, RICHMOND, SOMERSET, HULL)


@pytest.fixture
def folder(tmp_path: Path) -> OfficialFolder:
    """Two releases of referrals, months, workforce and neighbours, for eight authorities."""
    downloads = tmp_path / "downloads"
    before = [OLD_SOMERSET if a is SOMERSET else a for a in NOW] + [POOLE]
    c1_old, c1_new = layout("c1", 0), layout("c1", 1)
    draw(
        downloads / "c1_old.csv",
        c1_old,
        [row(a, 2023, Referrals=300, Re_referrals=60, Referrals_rate=57) for a in before]
        + [row(a, 2024, Referrals=310, Re_referrals=62, Referrals_rate=58) for a in NOW],
    )
    draw(
        downloads / "later" / "c1_new.csv",
        c1_new,
        [row(a, 2023, referral_count=300, rereferral_count=60) for a in before]
        + [row(a, 2024, referral_count=310 + (a is PLYMOUTH), rereferral_count=62) for a in NOW]
        + [row(a, 2025, referral_count=320, rereferral_count=64) for a in NOW],
    )
    draw(
        downloads / "c6.csv",
        layout("c6"),
        [row(a, 2024, Referrals=310, April=25, March=30) for a in NOW],
    )
    together = [a for a in NOW if a not in (KINGSTON, RICHMOND)]
    draw(
        downloads / "workforce.csv",
        layout("workforce"),
        [
            row(a, year, cases=400, case_holders_fte=20.5, caseload_fte=19.5)
            for year in (2022, 2023)
            for a in [*together, BOTH]
        ],
    )
    draw_neighbours(
        downloads / "neighbours.csv",
        {("879", "Plymouth"): ["801", "880", *["933"] * 8], ("314", "Kingston"): ["318"] * 10},
    )
    return read_folder(downloads, releases_in(tmp_path))


@pytest.fixture
def plymouth(folder: OfficialFolder) -> OfficialFigures:
    return select_figures(folder, "Plymouth")


def got(figures: OfficialFigures, area: str, item: str) -> dict[str, str]:
    """Period and what stands there, for one area and item."""
    return {
        str(f.period): f.cell.symbol.value if f.cell.symbol else f.cell.text
        for f in figures.figures
        if (f.area_code, f.item) == (area, item)
    }


@pytest.mark.parametrize(
    "name",
    [
        "Plymouth",
        "plymouth",
        " PLYMOUTH ",
        "Plymouth City Council",
        "879",
        "E06000026",
        "e06000026",
    ],
)
def test_an_authority_is_found_by_any_of_its_names(folder: OfficialFolder, name: str) -> None:
    assert authorities_in(folder).find(name).key == "879"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Bristol", "801"),
        ("City of Bristol", "801"),
        ("Hull", "810"),
        ("Kingston upon Thames", "314"),
        ("E10000027", "933"),  # Somerset's code until 2023
        ("E06000066", "933"),
    ],
)
def test_a_part_of_a_name_or_a_former_code_is_enough(
    folder: OfficialFolder, name: str, key: str
) -> None:
    assert authorities_in(folder).find(name).key == key


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Plymuoth", "did you mean 'Plymouth'?"),
        ("Upon", "fits more than one authority"),
        ("Poole", "Poole no longer exists: its last figures are of 2023"),
        ("836", "Poole no longer exists"),
        ("314 / 318", "no authority called"),
        ("", "no authority called ''"),
        ("England", "no authority called 'England'"),
    ],
)
def test_a_name_that_cannot_be_used_is_told(folder: OfficialFolder, name: str, told: str) -> None:
    with pytest.raises(FaultsFound) as caught:
        select_figures(folder, name)
    assert told in str(caught.value)


def test_the_authorities_of_today_are_those_of_the_table_that_ends_latest(
    folder: OfficialFolder,
) -> None:
    known = authorities_in(folder)
    assert set(known.current) == {"879", "880", "801", "314", "318", "933", "810"}
    assert set(known.joint) == {"314 / 318"}
    assert [(f.name, f.last_year) for f in known.former] == [("Poole", 2023)]


def test_a_new_code_for_the_same_area_joins_its_years(folder: OfficialFolder) -> None:
    figures = select_figures(folder, "Somerset")
    assert got(figures, "E06000066", "referrals") == {
        "2023-04": "25",
        **{f"2023-{m:02d}": "not_available" for m in range(5, 13)},
        "2024-01": "not_available",
        "2024-02": "not_available",
        "2024-03": "30",
        "2022/23": "300",
        "2023/24": "310",
        "2024/25": "320",
    }
    assert figures.authority.former_codes == ("E10000027",)


def test_areas_and_what_they_are(plymouth: OfficialFigures) -> None:
    kinds = {area.name: area.kind for area in plymouth.areas}
    assert kinds == {
        "Plymouth": Kind.AUTHORITY,
        "Torbay": Kind.NEIGHBOUR,
        "Bristol, City of": Kind.NEIGHBOUR,
        "Somerset": Kind.NEIGHBOUR,
        "South West": Kind.REGION,
        "England": Kind.COUNTRY,
        "Kingston upon Thames": Kind.OTHER,
        "Richmond upon Thames": Kind.OTHER,
        "Kingston upon Hull, City of": Kind.OTHER,
        "Kingston upon Thames / Richmond upon Thames": Kind.OTHER,
    }


def test_months_are_kept_for_the_authority_and_england_only(plymouth: OfficialFigures) -> None:
    with_months = {f.area_code for f in plymouth.figures if f.period.kind.value == "month"}
    assert with_months == {"E06000026", "E92000001"}


def test_other_authorities_have_funnel_items_in_funnel_years_only(folder: OfficialFolder) -> None:
    figures = select_figures(folder, "Plymouth", funnel_years=2)
    hull = [f for f in figures.figures if f.area_code == "E06000010"]
    assert {f.item for f in hull} <= FUNNEL_ITEMS
    assert got(figures, "E06000010", "referrals") == {"2023/24": "310", "2024/25": "320"}
    # The count on 30 September 2023 lies in the year 2023/24.
    assert got(figures, "E06000010", "cases") == {"2023-09-30": "400"}
    assert got(figures, "E06000010", "caseload") == {}
    named = select_figures(folder, "Plymouth", funnel_years=(2023,))
    assert got(named, "E06000010", "referrals") == {"2022/23": "300"}
    assert got(named, "E06000010", "cases") == {"2022-09-30": "400"}


def test_the_newest_release_wins_and_the_change_is_kept(plymouth: OfficialFigures) -> None:
    assert got(plymouth, "E06000026", "referrals")["2023/24"] == "311"
    restated = [
        (code, r.key[1:], r.was.cell.text, r.now.cell.text) for code, r in plymouth.restatements
    ]
    assert restated == [("E06000026", ("referrals", "2023/24"), "310", "311")]
    assert plymouth.report.restatements_in_folder == 1
    # What only the older release has is kept from there.
    rates = [f for f in plymouth.figures if f.item == "referrals_rate"]
    assert {f.release for f in rates} == {"children-in-need-2024"}


def test_a_joint_return_is_kept_whole_and_told(folder: OfficialFolder) -> None:
    figures = select_figures(folder, "318")
    joint = next(a for a in figures.areas if a.kind == Kind.JOINT)
    assert joint.members == ("E09000021", "E09000027")
    assert got(figures, joint.code, "caseload") == {"2022-09-30": "19.5", "2023-09-30": "19.5"}
    assert got(figures, "E09000027", "caseload") == {}
    assert any("published only together" in note for note in figures.report.notes)


def test_a_london_borough_has_its_part_of_london_and_london(folder: OfficialFolder) -> None:
    figures = select_figures(folder, "Kingston upon Thames")
    assert {a.name for a in figures.areas if a.kind == Kind.REGION} == {"London", "Outer London"}


def test_an_authority_outside_the_model_has_no_neighbours_and_a_note(
    folder: OfficialFolder,
) -> None:
    figures = select_figures(folder, "Torbay")
    assert not [a for a in figures.areas if a.kind == Kind.NEIGHBOUR]
    assert "Torbay is not in the statistical neighbours model" in figures.report.notes


def test_a_neighbour_that_no_longer_exists_is_told(tmp_path: Path) -> None:
    downloads = tmp_path / "in"
    draw(downloads / "d3.csv", layout("d3"), [row(PLYMOUTH, 2024, CPP_start=4)])
    draw_neighbours(
        downloads / "n.csv", {("879", "Plymouth"): ["836"] * 10, ("836", "Poole"): ["879"] * 10}
    )
    figures = select_figures(read_folder(downloads, releases_in(tmp_path)), "Plymouth")
    told = "statistical neighbour Poole is not among the authorities of today"
    assert told in figures.report.notes


def test_an_authority_whose_return_failed_is_still_an_authority(tmp_path: Path) -> None:
    """Nothing but x is a return that did not come; z is an area that is no more."""
    rows = [
        row(PLYMOUTH, 2024, CPP_start=40, CPP_subsequent=1, CPP_subsequent_percent=2.5),
        row(TORBAY, 2024, CPP_start="x"),
        row(POOLE, 2024, CPP_start="z", CPP_subsequent="z", CPP_subsequent_percent="z"),
    ]
    draw(tmp_path / "in" / "d3.csv", layout("d3"), rows)
    known = authorities_in(read_folder(tmp_path / "in", releases_in(tmp_path)))
    assert set(known.current) == {"879", "880"}
    assert [area.name for area in known.former] == ["Poole"]


def test_what_is_written_is_sorted_and_the_same_every_time(
    plymouth: OfficialFigures, folder: OfficialFolder, tmp_path: Path
) -> None:
    first = write(plymouth, tmp_path / "a")
    second = write(select_figures(folder, "E06000026"), tmp_path / "b")
    assert [p.name for p in first] == list(HEADINGS)
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]
    assert first[0].parent.name == "plymouth"
    assert all(b"\r" not in p.read_bytes() for p in first)
    assert not list((tmp_path / "a").rglob("*.part"))
    lines = first[0].read_text(encoding="utf-8").splitlines()
    assert "E06000026,referrals,2023/24,311,,children-in-need-2025" in lines
    assert "E06000026,referrals,2023-05,,not_available,children-in-need-2024" in lines


def test_what_is_written_reads_back(plymouth: OfficialFigures, tmp_path: Path) -> None:
    table = read_figures(write(plymouth, tmp_path)[0].parent)
    assert len(table.figures) == len(plymouth.figures) == plymouth.report.figures
    assert table.authority == "E06000026"
    assert table.codes(Kind.NEIGHBOUR)[:2] == ["E06000023", "E06000027"]
    assert table.name("E06000027") == "Torbay"
    written = {(f.area_code, f.item, str(f.period)): f for f in plymouth.figures}
    for area, item, period, value, symbol in table.figures[
        ["area_code", "item", "period", "value", "symbol"]
    ].itertuples(index=False):
        figure = written[(area, item, period)]
        if figure.cell.symbol is None:
            assert (float(figure.cell.text), symbol) == (value, None)
        else:
            assert math.isnan(value)
            assert symbol == figure.cell.symbol.value
    years = table.lookup("E06000026", "referrals", "year")
    assert years["value"].tolist() == [300, 311, 320]


def test_one_call_reads_and_selects(folder: OfficialFolder, plymouth: OfficialFigures) -> None:
    assert build_figures(folder.root, "879", folder.releases) == plymouth


def test_without_referrals_the_funnel_counts_back_from_what_there_is(tmp_path: Path) -> None:
    rows = [
        row(a, year, CPP_start=40, CPP_subsequent=1, CPP_subsequent_percent=2.5)
        for year in (2020, 2021, 2022, 2023, 2024)
        for a in (ENGLAND, SOUTH_WEST, PLYMOUTH, TORBAY)
    ]
    draw(tmp_path / "in" / "d3.csv", layout("d3"), rows)
    figures = build_figures(tmp_path / "in", "Plymouth", releases_in(tmp_path), funnel_years=2)
    assert list(got(figures, "E06000027", "plans_started")) == ["2022/23", "2023/24"]
    assert len(got(figures, "E06000026", "plans_started")) == 5


def test_files_that_are_not_there_are_named_without_reading(
    plymouth: OfficialFigures, tmp_path: Path
) -> None:
    folder = write(plymouth, tmp_path)[0].parent
    assert missing_files(folder) == []
    (folder / "areas.csv").unlink()
    assert [Path(f.where).name for f in missing_files(folder)] == ["areas.csv"]
    assert len(missing_files(tmp_path / "nowhere")) == 4


@pytest.mark.parametrize(
    ("name", "folder_name"),
    [
        ("Plymouth", "plymouth"),
        ("Bristol, City of", "bristol-city-of"),
        ("St. Helens", "st-helens"),
        ("Kingston upon Hull, City of", "kingston-upon-hull-city-of"),
    ],
)
def test_folder_names(name: str, folder_name: str) -> None:
    assert slug(name) == folder_name
