"""Every layout on a small drawn table: what stands in the file, and the figures it gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from drawn_tables import ENGLAND, PLYMOUTH, SOUTH_WEST, draw, layout, releases_in, row

from scrutinybook.sources.dfe_formats import FORMATS
from scrutinybook.sources.figure_periods import FigurePeriod
from scrutinybook.sources.items import ITEMS
from scrutinybook.sources.layouts import Format
from scrutinybook.sources.opened import open_table
from scrutinybook.sources.symbols import MARKS
from scrutinybook.sources.tables import OfficialFile, read_table, recognise

Cells = dict[str, Any]
LONG_TERM = (
    "Children looked after continuously for at least 2.5 years on 31 March aged under 16 years"
)


def stability(group: str, part: str, count: object, percent: object) -> Cells:
    return {
        "cla_group": group,
        "placement_stability": part,
        "children_count": count,
        "children_percent": percent,
    }


def leavers(age: str, breakdown: str, count: object, percent: object) -> Cells:
    return {
        "care_leaver_age": age,
        "breakdown": breakdown,
        "care_leaver_count": count,
        "care_leaver_percent": percent,
    }


def looked_after(population_type: str, population: int, count: object, rate: object) -> Cells:
    return {
        "population_type": population_type,
        "population_estimate": population,
        "children_count": count,
        "rate_per_10000": rate,
    }


def left_care(group: str, characteristic: str, number: object) -> Cells:
    return {"cla_group": group, "characteristic": characteristic, "number": number}


LEAVERS = [
    leavers(age, breakdown, count, percent)
    for age, counts in (
        ("17 to 18 years", (80, 46, 30, "c")),
        ("19 to 21 years", (181, 85, 83, 13)),
    )
    for breakdown, count, percent in zip(
        (
            "Total",
            "Total in education, employment or training",
            "Total not in education, employment or training",
            "Total information not known",
        ),
        counts,
        (100, 57, 38, "c"),
        strict=True,
    )
] + [leavers("19 to 21 years", "In an apprenticeship", "c", "c")]

# Layout, Plymouth's rows of reporting year 2024, and the figures they give. What a row leaves out
# is x in the file.
CASES: list[tuple[Format, list[Cells], dict[tuple[str, str], str]]] = [
    (
        layout("c1", 0),
        [
            {
                "Referrals": 300,
                "Referrals_rate": 57.8,
                "Re_referrals": 60,
                "Re_referrals_percent": 20,
                "No_Further_Action": "c",
                "No_Further_Action_percent": "c",
                "Not_in_Need": 90,
                "Not_in_Need_percent": 30.0,
            }
        ],
        {
            ("referrals", "2023/24"): "300",
            ("referrals_rate", "2023/24"): "57.8",
            ("re_referrals", "2023/24"): "60",
            ("re_referrals_percent", "2023/24"): "20",
            ("no_further_action", "2023/24"): "suppressed",
            ("no_further_action_percent", "2023/24"): "suppressed",
            ("assessed_not_in_need", "2023/24"): "90",
            ("assessed_not_in_need_percent", "2023/24"): "30",
        },
    ),
    (
        layout("c1", 1),
        [
            {
                "referral_count": 300,
                "rereferral_count": 60,
                "rereferral_percent": 20,
                "no_further_action_count": 0,
                "no_further_action_percent": 0,
            }
        ],
        {
            ("referrals", "2023/24"): "300",
            ("re_referrals", "2023/24"): "60",
            ("re_referrals_percent", "2023/24"): "20",
            ("no_further_action", "2023/24"): "0",
            ("no_further_action_percent", "2023/24"): "0",
            ("assessed_not_in_need", "2023/24"): "not_available",
            ("assessed_not_in_need_percent", "2023/24"): "not_available",
        },
    ),
    (
        layout("c2"),
        [
            {
                "Assessments_completed": 100,
                "Same_day": 1,
                "1-10_days": 10,
                "11-20_days": 20,
                "21-30_days": 20,
                "31-40_days": 25,
                "41-45_days": 4,
                "46-50_days": 10,
                "51-60_days": 7,
                "61+_days": 3,
                "Median_days": 28,
            }
        ],
        {
            ("assessments_completed", "2023/24"): "100",
            ("assessments_within_45_days", "2023/24"): "80",
            ("assessments_same_day", "2023/24"): "1",
            ("assessments_1_to_10_days", "2023/24"): "10",
            ("assessments_11_to_20_days", "2023/24"): "20",
            ("assessments_21_to_30_days", "2023/24"): "20",
            ("assessments_31_to_40_days", "2023/24"): "25",
            ("assessments_41_to_45_days", "2023/24"): "4",
            ("assessments_46_to_50_days", "2023/24"): "10",
            ("assessments_51_to_60_days", "2023/24"): "7",
            ("assessments_61_or_more_days", "2023/24"): "3",
            ("assessments_median_days", "2023/24"): "28",
        },
    ),
    (
        layout("c4"),
        [
            {
                "Section47": 70,
                "Section47_rate": 13.5,
                "ICPC": 25,
                "ICPC_rate": 4.8,
                "Duration_0-10_days": 6,
                "Duration_11-15_days": 12,
                "Duration_16-20_days": "c",
                "Duration_21+_days": "c",
            }
        ],
        {
            ("section_47s", "2023/24"): "70",
            ("section_47s_rate", "2023/24"): "13.5",
            ("initial_conferences", "2023/24"): "25",
            ("initial_conferences_rate", "2023/24"): "4.8",
            ("initial_conferences_within_15_days", "2023/24"): "18",
        },
    ),
    (
        layout("c5"),
        [{"Referrals": 300, "Police": 90, "Schools": 60, "Unknown": "c", "Anonymous": 0}],
        {
            ("referrals", "2023/24"): "300",
            ("referrals_from_police", "2023/24"): "90",
            ("referrals_from_schools", "2023/24"): "60",
            ("referrals_from_unknown", "2023/24"): "suppressed",
            ("referrals_from_anonymous", "2023/24"): "0",
            ("referrals_from_housing", "2023/24"): "not_available",
        },
    ),
    (
        layout("c6"),
        [{"Referrals": 78, "April": 1, "May": 2, "December": 9, "January": 10, "March": "u"}],
        {
            ("referrals", "2023/24"): "78",
            ("referrals", "2023-04"): "1",
            ("referrals", "2023-05"): "2",
            ("referrals", "2023-12"): "9",
            ("referrals", "2024-01"): "10",
            ("referrals", "2024-02"): "not_available",
            ("referrals", "2024-03"): "unreliable",
        },
    ),
    (
        layout("d3"),
        [{"CPP_start": 40, "CPP_subsequent": 10, "CPP_subsequent_percent": 25}],
        {
            ("plans_started", "2023/24"): "40",
            ("repeat_plans", "2023/24"): "10",
            ("repeat_plans_percent", "2023/24"): "25",
        },
    ),
    (
        layout("d6"),
        [
            {
                "CPP_At31_3Months": 16,
                "Reviewed_within_timescales": 12,
                "Reviewed_within_timescales_percent": 75,
            }
        ],
        {
            ("plans_3_months", "2024-03-31"): "16",
            ("plans_reviewed_on_time", "2024-03-31"): "12",
            ("plans_reviewed_on_time_percent", "2024-03-31"): "75",
        },
    ),
    (
        layout("b1"),
        [{"At31_episodes": 180, "At31_episodes_rate": 34.6}],
        {
            ("children_in_need_at_31_march", "2024-03-31"): "180",
            ("children_in_need_at_31_march_rate", "2024-03-31"): "34.6",
        },
    ),
    (
        layout("population"),
        [{"age_group": "Children aged 0 to 17 years", "population_estimate": 52000}],
        # The estimate issued with a release is for the middle of the calendar year before it.
        {("children_aged_0_to_17", "2024-06-30"): "52000"},
    ),
    (
        layout("looked after"),
        [
            looked_after("Children looked after on 31 March each year", 52000, 50, 10),
            looked_after("Children starting to be looked after each year", 52000, 20, 4),
            looked_after("Children ceasing to be looked after each year", 52000, "c", "c"),
        ],
        {
            ("looked_after_at_31_march", "2024-03-31"): "50",
            ("looked_after_rate", "2024-03-31"): "10",
            ("children_aged_0_to_17", "2023-06-30"): "52000",
            ("started_being_looked_after", "2023/24"): "20",
            ("started_being_looked_after_rate", "2023/24"): "4",
            ("ceased_being_looked_after", "2023/24"): "suppressed",
            ("ceased_being_looked_after_rate", "2023/24"): "suppressed",
        },
    ),
    (
        layout("placement stability"),
        [
            stability("CLA on 31 March", "Total children", 50, 100),
            stability("CLA on 31 March", "With 3 or more placements during the year", 6, 12),
            stability("CLA 2 years on 31 March", "Total children", 36, 100),
            stability(
                "CLA 2 years on 31 March",
                "With 3 or more placements during the previous 2 years",
                "k",
                "k",
            ),
            stability(LONG_TERM, "Total children", 19, 100),
            stability(LONG_TERM, "Living with the same carer for at least 2 years", 14, 74),
        ],
        {
            ("looked_after_3_or_more_placements", "2024-03-31"): "6",
            ("looked_after_3_or_more_placements_percent", "2024-03-31"): "12",
            ("looked_after_2_years", "2024-03-31"): "36",
            ("looked_after_2_years_3_or_more_placements", "2024-03-31"): "rounds_to_zero",
            ("looked_after_2_years_3_or_more_placements_percent", "2024-03-31"): "rounds_to_zero",
            ("looked_after_2_5_years_under_16", "2024-03-31"): "19",
            ("same_carer_2_years", "2024-03-31"): "14",
            ("same_carer_2_years_percent", "2024-03-31"): "74",
        },
    ),
    (
        layout("care leavers"),
        LEAVERS,
        {
            ("care_leavers_17_to_18", "2023/24"): "80",
            ("care_leavers_17_to_18_in_education_employment_training", "2023/24"): "46",
            ("care_leavers_17_to_18_not_in_education_employment_training", "2023/24"): "30",
            # Not known is withheld, and is not recovered as 80 - 46 - 30.
            ("care_leavers_17_to_18_not_known", "2023/24"): "suppressed",
            ("care_leavers_19_to_21", "2023/24"): "181",
            ("care_leavers_19_to_21_in_education_employment_training", "2023/24"): "85",
            ("care_leavers_19_to_21_in_education_employment_training_percent", "2023/24"): "57",
            ("care_leavers_19_to_21_not_known", "2023/24"): "13",
        },
    ),
    (
        layout("special guardianship and adoption"),
        [
            left_care("Special guardianship orders", "Total", 4),
            left_care("Adopted", "Total", "c"),
            left_care("Adopted", "Adopted - application unopposed", "c"),
        ],
        {
            ("ceased_special_guardianship", "2023/24"): "4",
            ("ceased_adopted", "2023/24"): "suppressed",
        },
    ),
    (
        layout("workforce"),
        [
            {
                "inpost_fte": 16.2,
                "inpost_headcount": 17,
                "agency_fte": "low",
                "agency_rate_fte": "low",
                "vacancy_fte": 2.9,
                "vacancy_rate_fte": 15.2,
                "case_holders_fte": 10.7,
                "cases": 226,
                "caseload_fte": 21.1,
                "leavers_fte": 2.2,
                "turnover_rate_fte": 13.6,
                "working_days_lost_fte": 192.1,
                "absence_rate_fte": 4.7,
            }
        ],
        {
            ("social_workers_fte", "2024-09-30"): "16.2",
            ("social_workers", "2024-09-30"): "17",
            ("agency_fte", "2024-09-30"): "rounds_to_zero",
            ("agency_percent", "2024-09-30"): "rounds_to_zero",
            ("agency_covering_vacancies_fte", "2024-09-30"): "not_available",
            ("vacancies_fte", "2024-09-30"): "2.9",
            ("vacancies_percent", "2024-09-30"): "15.2",
            ("case_holders_fte", "2024-09-30"): "10.7",
            ("cases", "2024-09-30"): "226",
            ("caseload", "2024-09-30"): "21.1",
            ("social_workers_left_fte", "y/e 2024-09-30"): "2.2",
            ("social_workers_started_fte", "y/e 2024-09-30"): "not_available",
            ("turnover_percent", "y/e 2024-09-30"): "13.6",
            ("days_lost", "y/e 2024-09-30"): "192.1",
            ("absence_percent", "y/e 2024-09-30"): "4.7",
        },
    ),
]


def read(path: Path, tmp_path: Path) -> OfficialFile:
    opened = open_table(path)
    found, lacking = recognise(opened.headings, FORMATS)
    assert found is not None
    assert not lacking
    file, faults = read_table(opened, found, releases_in(tmp_path))
    assert not faults, "\n".join(map(str, faults))
    assert file is not None
    return file


@pytest.mark.parametrize(
    ("drawn", "rows", "expected"), CASES, ids=[f"{case[0].title}" for case in CASES]
)
def test_a_layout_gives_its_figures(
    drawn: Format,
    rows: list[Cells],
    expected: dict[tuple[str, str], str],
    tmp_path: Path,
) -> None:
    # A name that says nothing: a table is known by its headings.
    path = draw(tmp_path / "download (3).csv", drawn, [row(PLYMOUTH, 2024, **r) for r in rows])
    file = read(path, tmp_path)
    assert file.format is drawn
    got = {
        (item, period): cell.symbol.value if cell.symbol else cell.text
        for (area, item, period), cell in file.figures.items()
        if area == "879"
    }
    assert {key: got[key] for key in expected} == expected
    # A drawn row speaks of every item of its layout, and of nothing else.
    assert {item for item, _ in got} == drawn.items
    assert file.unused_headings == ()


def test_published_rates_are_told_from_what_may_be_added() -> None:
    rates = {name for name, item in ITEMS.items() if item.published_rate}
    ends = ("_percent", "_rate", "median_days")
    assert rates == {name for name in ITEMS if name.endswith(ends) or name == "caseload"}


def test_every_layout_is_drawn_above() -> None:
    assert [case[0].title for case in CASES] == [each.title for each in FORMATS]


def test_items_and_layouts_name_the_same_things_for_the_same_kinds_of_period() -> None:
    given = {
        (column.item, column.when.kind)
        for each in FORMATS
        for columns in each.columns.values()
        for column in columns
    }
    assert given == {(item.name, kind) for item in ITEMS.values() for kind in item.kinds}
    assert all(name == item.name and item.words for name, item in ITEMS.items())


@pytest.mark.parametrize("withheld", ["Same_day", "21-30_days", "41-45_days"])
def test_a_withheld_band_is_never_recovered_from_the_total(withheld: str, tmp_path: Path) -> None:
    bands = {
        "Same_day": 1,
        "1-10_days": 10,
        "11-20_days": 20,
        "21-30_days": 20,
        "31-40_days": 25,
        "41-45_days": 4,
        "46-50_days": 10,
        "51-60_days": 7,
        "61+_days": 3,
    }
    cells = {"Assessments_completed": 100, **bands, withheld: "c"}
    path = draw(tmp_path / "c2.csv", layout("c2"), [row(PLYMOUTH, 2024, **cells)])
    figures = read(path, tmp_path).figures
    total = figures[("879", "assessments_within_45_days", "2023/24")]
    assert total.value is None
    assert total.symbol is not None
    assert total.symbol.value == "suppressed"


def test_a_band_over_the_limit_does_not_matter_to_the_share_within_it(tmp_path: Path) -> None:
    within = ("Same_day", "1-10_days", "11-20_days", "21-30_days", "31-40_days", "41-45_days")
    cells = {**dict.fromkeys(within, 5), "61+_days": "c", "Assessments_completed": 40}
    path = draw(tmp_path / "c2.csv", layout("c2"), [row(PLYMOUTH, 2024, **cells)])
    figures = read(path, tmp_path).figures
    assert figures[("879", "assessments_within_45_days", "2023/24")].text == "30"


def test_regions_and_england_have_their_own_codes(tmp_path: Path) -> None:
    rows = [
        row(area, 2024, CPP_start=count)
        for area, count in ((ENGLAND, 900), (SOUTH_WEST, 120), (PLYMOUTH, 40))
    ]
    file = read(draw(tmp_path / "d3.csv", layout("d3"), rows), tmp_path)
    started = {k[0]: c.text for k, c in file.figures.items() if k[1] == "plans_started"}
    assert started == {"E92000001": "900", "E12000009": "120", "879": "40"}
    assert file.areas["879"].region == "E12000009"


def test_a_heading_that_is_new_is_named_and_does_no_harm(tmp_path: Path) -> None:
    rows = [row(PLYMOUTH, 2024, CPP_start=40)]
    path = draw(tmp_path / "d3.csv", layout("d3"), rows)
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([f"{lines[0]},shoe_size", f"{lines[1]},41"]), encoding="utf-8")
    file = read(path, tmp_path)
    assert file.unused_headings == ("shoe_size",)
    assert file.figures[("879", "plans_started", "2023/24")].text == "40"


def test_periods_in_figures_can_all_be_parsed() -> None:
    for each in FORMATS:
        for columns in each.columns.values():
            for column in columns:
                period = column.when.period(2024)
                assert FigurePeriod.parse(str(period)) == period


def test_the_readme_of_the_data_names_every_item_table_and_symbol() -> None:
    told = (Path(__file__).parents[2] / "data" / "README.md").read_text(encoding="utf-8")
    for item in ITEMS.values():
        assert f"| `{item.name}` | {item.words} | {item.unit} |" in told
    for each in FORMATS:
        assert f"| {each.name} | {each.title} | {each.publication} |" in told
    for mark, symbol in MARKS.items():
        line = next(line for line in told.splitlines() if line.startswith(f"| `{symbol.value}` |"))
        assert f"`{mark}`" in line
