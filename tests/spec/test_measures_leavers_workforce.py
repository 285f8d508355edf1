"""Care leavers, caseload, the workforce census and local figures."""

from __future__ import annotations

from datetime import date

import pytest
from drawn_events import MEASURES, drawn, known, measured, read

from scrutinybook.measures.parts import absence_rate, working_days_of_year
from scrutinybook.sources.extracts.extract import Format

LEAVERS = """
    | child | age | in_touch         | activity |
    | a     | 16  | in touch         | F2       |
    | b     | 17  | in touch         | F1       |
    | c     | 18  | not in touch     | -        |
    | d     | 18  | in touch         | G4       |
    | e     | 19  | in touch         | P3       |
    | f     | 20  | in touch         | F4       |
    | g     | 21  | refused contact  | -        |
    | h     | 21  | in touch         | G6       |
    | i     | 21  | died             | -        |
    | j     | 20  | returned home    | F5       |
    | k     | 19  | excluded         | -        |
    | l     | 22  | in touch         | F5       |
    | m     | -   | in touch         | F5       |
"""


def leavers(measure: str, **more: object) -> list[str]:
    what = known(as_of="2024-03-31", care_leavers=LEAVERS, **more)  # type: ignore[arg-type]
    return read(measured(what, measure, "2024-03", "2024-03").whole)


def test_activity_of_care_leavers() -> None:
    """| ages     | active                  | not active | not known     | left out             |
    | 16 to 17 | F2, F1                  |            |               |                      |
    | 17 to 18 | F1                      | G4         | not in touch  |                      |
    | 19 to 21 | P3 (former list), F4    | G6         | refused       | died, home, excluded |
    Nobody aged 22, and nobody whose age is not known.
    """
    assert leavers("young_people_16_to_17_active") == ["2 of 2"]
    assert leavers("leavers_17_to_18_active") == ["1 of 3"]
    assert leavers("leavers_19_to_21_active") == ["2 of 4"]
    assert leavers("leavers_19_to_21_not_active") == ["1 of 4"]
    assert leavers("leavers_19_to_21_not_known") == ["1 of 4"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        *((f"{time}{kind}", "1 of 1") for time in "FP" for kind in range(1, 6)),
        *((code, "0 of 1") for code in ("G4", "G5", "G6", "-")),
    ],
)
def test_both_code_lists_are_known(code: str, said: str) -> None:
    rows = f"| child | age | in_touch | activity |\n| a | 20 | in touch | {code} |"
    found = measured(known(care_leavers=rows), "leavers_19_to_21_active", "2024-03", "2024-03")
    assert read(found.whole) == [said]


def test_the_yearly_return_says_nothing_of_those_aged_16() -> None:
    origin = {"care_leavers": Format.SSDA903}
    assert leavers("young_people_16_to_17_active", origin=origin) == ["not available"]
    assert leavers("leavers_17_to_18_active", origin=origin) == ["1 of 3"]


def test_how_things_stood_is_dated_by_the_extract_and_not_carried_on() -> None:
    """| extract  | month    | figure                    |
    | 20 Jan   | January  | (a later one that month)  |
    | 29 Jan   | January  | 1 of 1, on 29 January     |
    | none     | February | not available             |
    | 31 March | March    | 0 of 1                    |
    """
    one = "| child | age | in_touch | activity |\n| a | 19 | in touch | {} |"
    held = {
        date(2024, 1, 20): drawn("care_leavers", one.format("G5")),
        date(2024, 1, 29): drawn("care_leavers", one.format("F1")),
    }
    what = known(care_leavers=one.format("G4"), snapshots={"care_leavers": held})
    found = measured(what, "leavers_19_to_21_active", "2024-01", "2024-03").whole
    assert read(found) == ["1 of 1", "not available", "0 of 1"]
    assert [str(o.period) for o in found.series] == ["2024-01-29", "2024-02-29", "2024-03-31"]


def cases(*held: tuple[str, str, int]) -> str:
    """Open cases: team, worker, how many."""
    lines = ["| child | status | team | worker | closed |"]
    for team, worker, many in held:
        lines += [f"| {team}{worker}{k} | child in need plan | {team} | {worker} | - |"
                  for k in range(many)]  # fmt: skip
    return "\n".join(lines)


def test_caseload_by_service_and_locality() -> None:
    """| team | service    | locality | worker | cases |
    | T1   | permanence | east     | ann    | 10    |
    | T2   | permanence | west     | bob    | 20    |
    | T3   | (itself)   | (other)  | cat    | 24    |
    A closed case, one closed later, one without a worker, and a child twice with one worker.
    """
    more = """
        | x | closed episode     | T1 | ann | 2024-03-01 |
        | y | child in need plan | T1 | ann | 2024-03-31 |
        | z | child in need plan | T1 | -   | -          |
        | T1ann0 | looked after child | T1 | ann | - |
    """
    what = known(cases=cases(("T1", "ann", 10), ("T2", "bob", 20), ("T3", "cat", 24)) + more)
    teams = {"T1": "permanence", "T2": "permanence"}
    places = {"T1": "east", "T2": "west"}

    def found(measure: str) -> dict[str, list[str]]:
        made = measured(what, measure, "2024-03", "2024-03", services=teams, localities=places)
        return {"": read(made.whole), **{name: read(each) for name, each in made.parts.items()}}

    assert found("caseload_by_service") == {
        "": ["54 of 3"],
        "T3": ["24 of 1"],
        "permanence": ["30 of 2"],
    }
    assert found("caseload_by_locality") == {
        "": ["54 of 3"],
        "east": ["10 of 1"],
        "other": ["24 of 1"],
        "west": ["20 of 1"],
    }
    assert found("workers_above_target_caseload") == {
        "": ["2 of 3"],
        "T3": ["1 of 1"],
        "permanence": ["1 of 2"],
    }
    # 54 cases are three workers' at 18; permanence has a third of a post to spare.
    assert found("posts_to_target_caseload") == {
        "": ["0"],
        "T3": ["0.333333"],
        "permanence": ["-0.333333"],
    }
    without = measured(what, "caseload_by_locality", "2024-03", "2024-03")
    assert read(without.whole) == ["not available"]


def test_cases_without_any_worker_say_nothing_of_caseloads() -> None:
    """The children in need census lists open cases and not who holds them."""
    what = known(cases="| child | status |\n| kim | child in need plan |")
    for measure in ("caseload_by_service", "caseload_distribution", "posts_to_target_caseload"):
        assert read(measured(what, measure, "2024-03", "2024-03").whole) == ["not available"]


def test_caseloads_in_bands() -> None:
    """Workers with 1, 9, 10, 18, 19, 22, 23 and 40 cases."""
    held = [("T", f"w{many}", many) for many in (1, 9, 10, 18, 19, 22, 23, 40)]
    found = measured(known(cases=cases(*held)), "caseload_distribution", "2024-03", "2024-03")
    assert read(found.whole) == ["8"]
    assert {name: read(each) for name, each in found.parts.items()} == {
        "1 to 9": ["2"],
        "10 to 14": ["1"],
        "15 to 18": ["1"],
        "19 to 22": ["2"],
        "23 and more": ["2"],
    }


WORKERS = """
    | worker | agency | fte | started    | ended      | fte_30_september | cases_30_september | days_lost | stage |
    | a      | no     | 1   | 2019-01-07 | -          | 1                | 20                 | 10        | 2     |
    | b      | no     | 1   | 2020-01-06 | -          | 0.5              | 10                 | 3         | 1     |
    | c      | no     | 1   | 2018-01-08 | -          | 1                | 0                  | -         | 2     |
    | d      | yes    | 1   | 2023-01-09 | -          | 1                | 15                 | 99        | 2     |
    | e      | no     | 0.8 | 2018-01-08 | 2023-05-01 | -                | -                  | 40        | 2     |
    | f      | no     | 1   | 2017-01-09 | 2022-09-30 | -                | -                  | -         | 2     |
    | g      | yes    | 1   | 2022-01-10 | 2023-06-01 | -                | -                  | -         | -     |
    | h      | no     | 1   | 2023-10-02 | -          | -                | -                  | -         | -     |
"""  # noqa: E501


def census(measure: str) -> list[str]:
    vacancies = "| vacancies_fte | agency_covering_fte | agency_covering_heads |\n| 1.5 | 1 | 1 |"
    what = known(as_of="2023-09-30", social_workers=WORKERS, vacancies=vacancies)
    found = measured(what, measure, "2022-04", "2023-09").whole
    assert found.series.latest.period.end == date(2023, 9, 30)
    return read(found)


def test_the_workforce_census() -> None:
    """At 30 September 2023: in post a, b and c (2.5 FTE); d is agency; e left in May; f left on
    the day of the census before; g was agency; h begins in October.

    | measure   | numerator                     | denominator                           |
    | caseload  | 20 + 10 + 15 cases            | 1 + 0.5 + 1: c holds none             |
    | agency    | d: 1                          | 1 + 2.5                               |
    | vacancies | 1.5                           | 1.5 + 2.5                             |
    | turnover  | e: 0.8                        | 2.5                                   |
    | sickness  | 10 + 3 days of those in post  | 2.5 x 253 working days                |
    | posts     | 45 cases for 18 each, are 2.5 | less the 2.5 who hold them            |
    """
    assert census("census_caseload") == ["not available", "45 of 2.5"]
    assert census("agency_workers") == ["not available", "1 of 3.5"]
    assert census("vacant_posts") == ["not available", "1.5 of 4"]
    assert census("workers_who_left") == ["not available", "0.8 of 2.5"]
    assert census("sickness_in_year") == ["not available", "13 of 632.5"]
    assert census("census_posts_to_target_caseload") == ["not available", "0"]


def test_turnover_and_sickness_are_of_a_year_and_the_rest_of_a_day() -> None:
    what = known(as_of="2023-09-30", social_workers=WORKERS, vacancies="")
    for measure, written in (
        ("workers_who_left", "y/e 2023-09-30"),
        ("sickness_in_year", "y/e 2023-09-30"),
        ("census_caseload", "2023-09-30"),
    ):
        found = measured(what, measure, "2022-10", "2023-09").whole.series
        assert [str(o.period) for o in found] == [written]


def test_caseload_by_stage_of_career() -> None:
    what = known(as_of="2023-09-30", social_workers=WORKERS)
    found = measured(what, "census_caseload", "2023-09", "2023-09")
    assert {name: read(each) for name, each in found.parts.items()} == {
        "1": ["10 of 0.5"],
        "2": ["35 of 2"],
    }


def test_caseload_by_experience() -> None:
    """With the council at 30 September 2023: a for four years and b for three, d for months."""
    what = known(as_of="2023-09-30", social_workers=WORKERS)
    found = measured(what, "census_caseload_by_experience", "2023-09", "2023-09")
    assert read(found.whole) == ["45 of 2.5"]
    assert {name: read(each) for name, each in found.parts.items()} == {
        "less than two years": ["15 of 1"],
        "two to five years": ["30 of 1.5"],
    }


@pytest.mark.parametrize(
    ("started", "band"),
    [
        ("2021-10-01", "less than two years"),
        ("2021-09-30", "two to five years"),
        ("2018-10-01", "two to five years"),
        ("2018-09-30", "five years and more"),
        ("1990-01-01", "five years and more"),
        ("-", "not recorded"),
    ],
)
def test_years_with_the_council_are_whole_years(started: str, band: str) -> None:
    rows = f"""
    | worker | agency | fte | started   | ended | fte_30_september | cases_30_september | stage |
    | a      | no     | 1   | {started} | -     | 1                | 20                 | 2     |
    """
    what = known(as_of="2023-09-30", social_workers=rows)
    found = measured(what, "census_caseload_by_experience", "2023-09", "2023-09")
    assert list(found.parts) == [band]


@pytest.mark.parametrize(
    ("year", "working_days"), [(2019, 253), (2020, 254), (2021, 253), (2023, 253), (2024, 254)]
)
def test_working_days_of_the_departments_year(year: int, working_days: int) -> None:
    assert working_days_of_year(date(year, 9, 30)) == working_days
    assert absence_rate(10, 2, date(year, 9, 30)) == (10, 2 * working_days)


LOCAL = """
    | measure             | period     | part       | numerator | denominator | value |
    | supervision_on_time | 2023-03    | -          | 70        | 100         | -     |
    | supervision_on_time | 2023-04    | permanence | 9         | 10          | -     |
    | supervision_on_time | 2023-04    | front door | 20        | 40          | -     |
    | supervision_on_time | 2023-05    | -          | 30        | 50          | -     |
    | supervision_on_time | 2023-06    | -          | -         | -           | 74.3  |
    | hub_referrals       | 2023-04    | -          | 120       | -           | -     |
    | hub_referrals       | 2023-05    | -          | 0         | -           | -     |
    | academy_places_filled | 2023-03-31 | -        | 12        | 12          | -     |
    | academy_places_filled | 2023-04    | -        | 11        | 12          | -     |
    | direct_reports      | 2023-04    | team A     | 15        | 1           | -     |
    | direct_reports      | 2023-04    | team B     | 9         | 1           | -     |
    | plan_data_points    | 2023-04    | 41         | -         | -           | 83    |
    | plan_data_points    | 2023-04    | 42         | 3         | -           | -     |
"""


def test_local_shares_are_pooled_from_parts_and_never_from_percentages() -> None:
    """| month | whole             | parts                     | since April            |
    | March | 70 of 100         |                           | a year of its own      |
    | April | added up: 29 of 50| 9 of 10, 20 of 40         | (no row for March's)   |
    | May   | 30 of 50          | not given                 | 59 of 100              |
    | June  | 74.3%, no parts   |                           | not available          |
    | July  | no row            |                           | not available          |
    """
    what = known(local_figures=LOCAL)
    found = measured(what, "supervision_on_time", "2023-03", "2023-07")
    assert read(found.whole) == ["70 of 100", "29 of 50", "30 of 50", "0.743", "not available"]
    assert read(found.whole, to_date=True) == [
        "not available",
        "29 of 50",
        "59 of 100",
        "not available",
        "not available",
    ]
    assert list(found.parts) == ["front door", "permanence"]
    assert read(found.parts["permanence"]) == [
        "not available",
        "9 of 10",
        "not available",
        "not available",
        "not available",
    ]


def test_a_local_zero_is_zero_and_no_row_is_not() -> None:
    what = known(local_figures=LOCAL)
    found = measured(what, "hub_referrals", "2023-03", "2023-06").whole
    assert read(found) == ["not available", "120", "0", "not available"]


def test_local_figures_of_a_day() -> None:
    """A figure for a month, of how things stand, is as at the month's end."""
    what = known(local_figures=LOCAL)
    found = measured(what, "academy_places_filled", "2023-03", "2023-05").whole
    assert read(found) == ["12 of 12", "11 of 12", "not available"]
    assert [str(o.period) for o in found.series] == ["2023-03-31", "2023-04-30", "2023-05-31"]
    reports = measured(what, "direct_reports", "2023-04", "2023-04")
    assert read(reports.whole) == ["24 of 2"]


def test_data_points_of_the_plan_have_nothing_to_add_up() -> None:
    found = measured(known(local_figures=LOCAL), "plan_data_points", "2023-04", "2023-04")
    assert read(found.whole) == ["not available"]
    assert {name: read(each) for name, each in found.parts.items()} == {"41": ["83"], "42": ["3"]}


def test_a_share_or_rate_times_its_scale_is_in_the_unit_of_the_page() -> None:
    """| measure                       | value     | scale  | on the page |
    | supervision held on time       | 30 of 50  | 100    | 60%         |
    | children in care, rate         | 1 of 40000| 10,000 | 0.25        |
    | caseload                       | 54 of 3   | 1      | 18          |
    """
    scales = {name: MEASURES[name].scale for name in
              ("supervision_on_time", "children_in_care_rate", "caseload_by_service",
               "agency_workers")}  # fmt: skip
    assert scales == {
        "supervision_on_time": 100,
        "children_in_care_rate": 10_000,
        "caseload_by_service": 1,
        "agency_workers": 100,
    }
