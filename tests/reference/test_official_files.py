"""The real official files of all authorities: what is known of them must come out."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from scrutinybook.sources.authorities import authorities_in
from scrutinybook.sources.figure_files import HEADINGS, write
from scrutinybook.sources.figure_periods import PeriodKind
from scrutinybook.sources.folder import OfficialFolder, read_folder
from scrutinybook.sources.items import ITEMS
from scrutinybook.sources.official import FUNNEL_ITEMS, OfficialFigures, select_figures
from scrutinybook.sources.releases import Releases
from scrutinybook.sources.symbols import Symbol

SHIPPED = Path(__file__).parents[2] / "data" / "official"
PLYMOUTH, HACKNEY, HAMPSHIRE = "879", "204", "850"


@pytest.fixture(scope="module")
def folder(reference: Path, tmp_path_factory: pytest.TempPathFactory) -> OfficialFolder:
    """Both folders of the Department's files, read once."""
    together = tmp_path_factory.mktemp("official")
    for name in ("dfe_children_in_need", "dfe_outcomes"):
        for path in (reference / "data" / name).glob("*.csv"):
            (together / name).mkdir(exist_ok=True)
            (together / name / path.name).write_bytes(path.read_bytes())
    return read_folder(together, Releases.load(SHIPPED / "releases.yml"))


@pytest.fixture(scope="module")
def plymouth(folder: OfficialFolder) -> OfficialFigures:
    return select_figures(folder, "Plymouth")


def values(folder: OfficialFolder, item: str, periods: list[str]) -> list[float | None]:
    cells = [folder.figures[(PLYMOUTH, item, period)].cell for period in periods]
    return [None if cell.value is None else float(cell.value) for cell in cells]


def percent(folder: OfficialFolder, top: str, bottom: str, periods: list[str]) -> list[float]:
    """What the parts give, to one decimal place."""
    tops, bottoms = values(folder, top, periods), values(folder, bottom, periods)
    assert None not in tops
    assert None not in bottoms
    return [
        round(100 * t / b, 1) for t, b in zip(tops, bottoms, strict=True) if t is not None and b
    ]


YEARS = [f"{y}/{(y + 1) % 100:02d}" for y in range(2017, 2025)]
MARCHES = [f"{y}-03-31" for y in range(2018, 2026)]
SEPTEMBERS = [f"{y}-09-30" for y in range(2018, 2026)]


def test_every_file_is_read_or_named(folder: OfficialFolder) -> None:
    assert len(folder.files) == 15
    assert folder.neighbours is not None
    assert folder.missing == ()
    assert [Path(name).name for name in folder.not_recognised] == [
        "headline_figures_2013_to_2024.csv"
    ]
    assert all(file.unused_headings == () for file in folder.files)


def test_the_release_follows_from_the_latest_year(folder: OfficialFolder) -> None:
    releases = {(file.format.name, file.years[1]): file.release.id for file in folder.files}
    assert releases[("c1", 2024)] == "children-in-need-2024"
    assert releases[("c1", 2025)] == "children-in-need-2025"
    assert releases[("population", 2023)] == "children-in-need-2024"
    assert releases[("special guardianship and adoption", 2024)] == "children-looked-after-2024"
    assert releases[("care leavers", 2025)] == "children-looked-after-2025"
    assert releases[("workforce", 2025)] == "social-work-workforce-2025"


@pytest.mark.parametrize(
    ("item", "periods", "expected"),
    [
        ("referrals", YEARS, [4435, 4042, 3164, 3616, 3302, 2415, 3879, 2806]),
        ("no_further_action_percent", YEARS, [13.9, 17.8, 7.5, 7.1, 5.9, 7.4, 1.4, 0]),
        ("re_referrals_percent", YEARS, [28.0, 31.3, 24.4, 23.8, 21.6, 20.0, 20.1, 26.0]),
        ("repeat_plans_percent", YEARS[:7], [26.8, 22.7, 28.8, 27.4, 27.5, 25.8, 30.1]),
        (
            "plans_reviewed_on_time_percent",
            MARCHES[:7],
            [86.4, 81.8, 93.7, 84.5, 85.8, 86.0, 93.7],
        ),
        ("looked_after_at_31_march", MARCHES[3:], [485, 491, 500, 513, 527]),
        ("looked_after_rate", MARCHES[3:], [93, 95, 96, 98, 101]),
        ("looked_after_3_or_more_placements_percent", MARCHES[5:], [10, 12, 12]),
        ("same_carer_2_years_percent", MARCHES[3:], [68, 69, 73, 74, 73]),
        (
            "care_leavers_19_to_21_not_in_education_employment_training_percent",
            YEARS[3:],
            [51, 45, 46, 45, 48],
        ),
        ("caseload", SEPTEMBERS, [18.2, 19.9, 21.3, 19.5, 19.0, 21.1, 16.1, 15.8]),
        ("agency_percent", SEPTEMBERS, [7.6, 2.5, 1.8, 13.3, 14.4, 19.7, 14.9, 8.8]),
        ("vacancies_percent", SEPTEMBERS, [5.2, 4.2, 4.7, 5.2, 23.2, 15.2, 24.9, 12.6]),
        (
            "turnover_percent",
            [f"y/e {day}" for day in SEPTEMBERS],
            [10.9, 18.3, 13.0, 17.3, 17.1, 13.6, 13.4, 8.1],
        ),
        (
            "absence_percent",
            [f"y/e {day}" for day in SEPTEMBERS],
            [1.0, 1.6, 1.2, 4.1, 4.9, 4.7, 3.7, 3.3],
        ),
        ("referrals", ["2023-01", "2023-02", "2023-03"], [238, 174, 255]),
    ],
)
def test_plymouths_published_figures(
    folder: OfficialFolder, item: str, periods: list[str], expected: list[float]
) -> None:
    assert values(folder, item, periods) == expected


@pytest.mark.parametrize(
    ("top", "bottom", "periods", "expected"),
    [
        (
            "assessments_within_45_days",
            "assessments_completed",
            YEARS[:7],
            [71.2, 93.7, 94.0, 95.7, 65.7, 70.3, 66.5],
        ),
        (
            "initial_conferences_within_15_days",
            "initial_conferences",
            YEARS[:7],
            [91.3, 82.3, 94.5, 94.3, 72.2, 57.8, 87.3],
        ),
    ],
)
def test_plymouths_percentages_that_are_published_elsewhere_follow_from_the_parts(
    folder: OfficialFolder, top: str, bottom: str, periods: list[str], expected: list[float]
) -> None:
    assert percent(folder, top, bottom, periods) == expected


def test_special_guardianship_is_a_share_of_all_who_left_care(folder: OfficialFolder) -> None:
    years = YEARS[3:7]
    shares = percent(folder, "ceased_special_guardianship", "ceased_being_looked_after", years)
    # The Department rounds a half up: 21 of 168 is 13%.
    assert [int(share + 0.5) for share in shares] == [11, 13, 12, 15]


def test_plymouths_neighbours(plymouth: OfficialFigures) -> None:
    ranked = {a.neighbour.rank: a.name for a in plymouth.areas if a.neighbour is not None}
    assert [ranked[rank] for rank in sorted(ranked)] == [
        "Tameside",
        "Torbay",
        "Telford and Wrekin",
        "Dudley",
        "Rotherham",
        "Wakefield",
        "Kirklees",
        "Gateshead",
        "Medway",
        "Cornwall",
    ]


def test_months_sum_to_the_year_wherever_all_are_numbers(folder: OfficialFolder) -> None:
    c6 = next(file for file in folder.files if file.format.name == "c6")
    months: dict[tuple[str, str], list[Decimal | None]] = defaultdict(list)
    years: dict[tuple[str, str], Decimal | None] = {}
    for (area, _, period), cell in c6.figures.items():
        if not area.isdigit():
            continue  # regions and England are rounded to the nearest 10
        if "/" in period:
            years[(area, period)] = cell.value
        else:
            year, month = map(int, period.split("-"))
            start = year if month >= 4 else year - 1
            months[(area, f"{start}/{(start + 1) % 100:02d}")].append(cell.value)
    complete = {key: parts for key, parts in months.items() if None not in parts and years[key]}
    assert all(len(parts) == 12 for parts in months.values())
    assert len(complete) == 1785
    wrong = [key for key, parts in complete.items() if sum(p or 0 for p in parts) != years[key]]
    assert wrong == []


@pytest.mark.parametrize(
    ("published", "top", "bottom", "places", "least"),
    [
        ("no_further_action_percent", "no_further_action", "referrals", 1, 1800),
        ("re_referrals_percent", "re_referrals", "referrals", 1, 1900),
        ("assessed_not_in_need_percent", "assessed_not_in_need", "referrals", 1, 1900),
        ("repeat_plans_percent", "repeat_plans", "plans_started", 1, 1750),
        ("plans_reviewed_on_time_percent", "plans_reviewed_on_time", "plans_3_months", 1, 1750),
        (
            "same_carer_2_years_percent",
            "same_carer_2_years",
            "looked_after_2_5_years_under_16",
            0,
            700,
        ),
        (
            "looked_after_3_or_more_placements_percent",
            "looked_after_3_or_more_placements",
            "looked_after_at_31_march",
            0,
            700,
        ),
        (
            "care_leavers_19_to_21_in_education_employment_training_percent",
            "care_leavers_19_to_21_in_education_employment_training",
            "care_leavers_19_to_21",
            0,
            700,
        ),
    ],
)
def test_published_percentages_follow_from_their_parts(
    folder: OfficialFolder, published: str, top: str, bottom: str, places: int, least: int
) -> None:
    """In at least 99 of 100 authority-years, within what rounding allows."""
    near, off = 0, []
    for (area, item, period), found in folder.figures.items():
        if item != published or not area.isdigit() or found.cell.value is None:
            continue
        parts = [folder.figures.get((area, part, period)) for part in (top, bottom)]
        numbers = [part.cell.value for part in parts if part is not None]
        if len(numbers) < 2 or numbers[0] is None or not numbers[1]:
            continue
        apart = abs(100 * numbers[0] / numbers[1] - found.cell.value)
        if apart <= Decimal("0.5") / 10**places + Decimal("1e-9"):
            near += 1
        else:
            off.append((area, period))
    assert near + len(off) >= least
    assert near >= 0.99 * (near + len(off)), off


@pytest.mark.parametrize(
    ("rate", "top", "bottom", "factor"),
    [
        ("agency_percent", "agency_fte", ["agency_fte", "social_workers_fte"], 100),
        ("vacancies_percent", "vacancies_fte", ["vacancies_fte", "social_workers_fte"], 100),
        ("turnover_percent", "social_workers_left_fte", ["social_workers_fte"], 100),
        ("caseload", "cases", ["case_holders_fte"], 1),
    ],
)
def test_rates_of_the_workforce_follow_from_their_parts(
    folder: OfficialFolder, rate: str, top: str, bottom: list[str], factor: int
) -> None:
    """Parts are rounded to a tenth themselves, so a tenth either way is all that can be asked."""

    def part(area: str, item: str, day: str) -> Decimal | None:
        kind = "y/e " if ITEMS[item].kinds == {PeriodKind.WORKFORCE_YEAR} else ""
        return folder.figures[(area, item, f"{kind}{day}")].cell.value

    near, off = 0, []
    for (area, item, period), found in folder.figures.items():
        if item != rate or not area.isdigit() or found.cell.value is None:
            continue
        day = period.removeprefix("y/e ")
        over = part(area, top, day)
        under = [n for n in (part(area, each, day) for each in bottom) if n is not None]
        if over is None or len(under) < len(bottom) or not sum(under):
            continue
        if abs(factor * over / sum(under) - found.cell.value) <= Decimal("0.1"):
            near += 1
        else:
            off.append((area, period))
    assert near + len(off) > 1300
    assert near >= 0.99 * (near + len(off)), off


@pytest.mark.parametrize(
    ("area", "year", "symbol"),
    [
        (HACKNEY, "2020/21", Symbol.NOT_AVAILABLE),
        (HACKNEY, "2021/22", Symbol.NOT_AVAILABLE),
        (HAMPSHIRE, "2023/24", Symbol.UNRELIABLE),
    ],
)
def test_a_return_that_failed_is_symbols_and_never_zeros(
    folder: OfficialFolder, area: str, year: str, symbol: Symbol
) -> None:
    march = f"{2000 + int(year[-2:])}-03"
    asked = [
        ("referrals", year),
        ("re_referrals", year),
        ("assessments_completed", year),
        ("assessments_within_45_days", year),
        ("initial_conferences_within_15_days", year),
        ("plans_started", year),
        ("plans_3_months", f"{march}-31"),
        ("referrals", march),
    ]
    for item, period in asked:
        cell = folder.figures[(area, item, period)].cell
        assert (cell.value, cell.symbol) == (None, symbol), (item, period)


def test_all_153_authorities_have_a_table(folder: OfficialFolder) -> None:
    known = authorities_in(folder)
    assert len(known.current) == 153
    assert folder.neighbours is not None
    assert set(known.current) == set(folder.neighbours.of)
    assert {area.name for area in known.former} == {
        "Bournemouth",
        "Poole",
        "Dorset",
        "Cumbria",
        "Northamptonshire",
    }
    for key, area in known.current.items():
        figures = select_figures(folder, key)
        assert figures.authority.name == area.name
        own = [f for f in figures.figures if f.area_code == area.code]
        # Every one has its months, and the newest referrals as a number or a symbol.
        assert sum(f.period.kind.value == "month" for f in own) >= 12
        assert any(f.item == "referrals" and str(f.period) == "2024/25" for f in own)
        neighbours = [a for a in figures.areas if a.neighbour is not None]
        assert len(neighbours) == 10
        in_funnel = {f.area_code for f in figures.figures if f.item in FUNNEL_ITEMS}
        assert {a.code for a in known.current.values()} <= in_funnel


def test_a_change_of_code_loses_no_year(folder: OfficialFolder) -> None:
    for name in ("Gateshead", "Northumberland", "Somerset", "North Yorkshire", "Barnsley"):
        figures = select_figures(folder, name)
        assert figures.authority.former_codes
        years = [f for f in figures.figures if f.area_code == figures.authority.code]
        for item, count in (("referrals", 13), ("section_47s", 12)):
            assert sum(f.item == item and "/" in str(f.period) for f in years) == count


def test_a_restated_figure_is_kept_beside_the_new_one(folder: OfficialFolder) -> None:
    changed = [r for r in folder.restatements if r.key[1] == "no_further_action"]
    assert [(r.key, r.was.cell.text, r.now.cell.symbol) for r in changed] == [
        (("302", "no_further_action", "2023/24"), "0", Symbol.UNRELIABLE)
    ]


def test_the_shipped_table_is_what_is_made_now(plymouth: OfficialFigures, tmp_path: Path) -> None:
    for path in write(plymouth, tmp_path):
        shipped = SHIPPED / "plymouth" / path.name
        assert path.read_bytes() == shipped.read_bytes().replace(b"\r\n", b"\n"), path.name
    assert {path.name for path in (SHIPPED / "plymouth").iterdir()} == set(HEADINGS)
