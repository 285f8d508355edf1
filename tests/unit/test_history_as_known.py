"""What was known at an extract, on tables small enough to see.

Each month's extract looks some months back. For a day in two windows the newer extract speaks:

    extract     window                  referrals it holds
    31 January  1 November - 31 January a 5 November, b 10 January
    29 February 1 December - 29 February             b 10 January, c 20 January, d 3 February

As known on 31 January: a, b. On 29 February: a from January's extract (its day is in no newer
window), b, c, d from February's.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from drawn_histories import extract, keep

from scrutinybook.errors import FaultsFound
from scrutinybook.history.known import Known
from scrutinybook.history.read import known_at
from scrutinybook.sources.extracts.extract import Format

JANUARY = extract(
    "2024-01-31",
    "2023-11-01",
    {"referrals": [{"child": "a", "date": "2023-11-05"}, {"child": "b", "date": "2024-01-10"}]},
)
FEBRUARY = extract(
    "2024-02-29",
    "2023-12-01",
    {
        "referrals": [
            {"child": "b", "date": "2024-01-10"},
            {"child": "c", "date": "2024-01-20"},
            {"child": "d", "date": "2024-02-03"},
        ]
    },
)


def children(known: Known, table: str) -> list[str]:
    return list(known.tables[table]["child"])


def plan(child: str, started: str, ended: str | None = None) -> dict[str, str | None]:
    return {"child": child, "started": started, "ended": ended}


def plans(as_of: str, covers_from: str, *rows: dict[str, str | None]):
    return extract(as_of, covers_from, {"protection_plans": rows})


def test_first_report_and_what_a_later_extract_adds_to_a_month(tmp_path: Path) -> None:
    history = keep(tmp_path, JANUARY, FEBRUARY)
    assert children(known_at(history, date(2024, 1, 31)), "referrals") == ["a", "b"]
    assert children(known_at(history, date(2024, 2, 28)), "referrals") == ["a", "b"]
    latest = known_at(history)
    assert children(latest, "referrals") == ["a", "b", "c", "d"]
    assert latest.as_of == latest.covers_to["referrals"] == date(2024, 2, 29)
    assert latest.covers_from == {"referrals": date(2023, 11, 1)}
    assert latest.origin == {"referrals": Format.ANNEX_A}


def test_a_row_that_a_later_extract_should_hold_and_does_not_is_gone(tmp_path: Path) -> None:
    without_b = extract(
        "2024-02-29", "2023-12-01", {"referrals": [{"child": "d", "date": "2024-02-03"}]}
    )
    history = keep(tmp_path, JANUARY, without_b)
    assert children(known_at(history), "referrals") == ["a", "d"]
    assert children(known_at(history, date(2024, 1, 31)), "referrals") == ["a", "b"]


@pytest.mark.parametrize(("day", "stays"), [("2023-11-30", True), ("2023-12-01", False)])
def test_the_first_day_covered_is_the_later_extracts_own(
    tmp_path: Path, day: str, stays: bool
) -> None:
    one = extract("2024-01-31", "2023-11-01", {"referrals": [{"child": "a", "date": day}]})
    history = keep(tmp_path, one, extract("2024-02-29", "2023-12-01", {"referrals": []}))
    assert children(known_at(history), "referrals") == (["a"] if stays else [])


def test_a_spell_that_closes_later_stands_once_as_the_later_extract_says(tmp_path: Path) -> None:
    history = keep(
        tmp_path,
        plans("2024-01-31", "2023-08-01", plan("a", "2022-05-01"), plan("b", "2024-01-02")),
        plans(
            "2024-02-29",
            "2023-09-01",
            plan("a", "2022-05-01", "2024-02-10"),
            plan("b", "2024-01-02"),
        ),
    )
    known = known_at(history)
    assert children(known, "protection_plans") == ["a", "b"]
    assert list(known.tables["protection_plans"]["ended"].isna()) == [False, True]
    before = known_at(history, date(2024, 1, 31))
    assert before.tables["protection_plans"]["ended"].isna().all()


def test_a_spell_belongs_to_the_window_it_ends_in_however_long_ago_it_began(tmp_path: Path) -> None:
    """`a` ended in August, which February no longer covers; `b` in September, which it does."""
    history = keep(
        tmp_path,
        plans(
            "2024-01-31",
            "2023-08-01",
            plan("a", "2020-01-01", "2023-08-31"),
            plan("b", "2020-01-01", "2023-09-01"),
        ),
        plans("2024-02-29", "2023-09-01"),
    )
    assert children(known_at(history), "protection_plans") == ["a"]


def test_an_open_spell_that_a_later_extract_no_longer_lists_is_gone(tmp_path: Path) -> None:
    history = keep(
        tmp_path,
        plans("2024-01-31", "2023-08-01", plan("a", "2022-05-01")),
        plans("2024-02-29", "2023-09-01", plan("b", "2024-02-01")),
    )
    assert children(known_at(history), "protection_plans") == ["b"]


def test_an_enquiry_without_a_conference_is_over_on_the_day_it_began(tmp_path: Path) -> None:
    """A year later nobody lists it any more, and yet it was made."""
    enquiry = {"child": "a", "started": "2023-09-04", "conference_unneeded": True}
    history = keep(
        tmp_path,
        extract("2024-01-31", "2023-08-01", {"section_47": [enquiry]}),
        extract("2024-06-30", "2024-01-01", {"section_47": []}),
    )
    assert children(known_at(history), "section_47") == ["a"]
    assert (
        children(
            known_at(keep(tmp_path, extract("2024-02-29", "2023-09-01", {"section_47": []}))),
            "section_47",
        )
        == []
    )


def test_a_spell_that_ended_on_the_extracts_own_day_is_closed(tmp_path: Path) -> None:
    """No window of the later extract holds that day, so the earlier one tells."""
    history = keep(
        tmp_path,
        plans("2024-01-31", "2023-08-01", plan("a", "2022-05-01", "2024-01-31")),
        plans("2024-09-30", "2024-04-01"),
    )
    assert children(known_at(history), "protection_plans") == ["a"]


def test_an_end_still_to_come_is_an_open_spell(tmp_path: Path) -> None:
    history = keep(
        tmp_path,
        plans("2024-01-31", "2023-08-01", plan("a", "2022-05-01", "2024-02-01")),
        plans("2024-09-30", "2024-04-01"),
    )
    assert children(known_at(history), "protection_plans") == []


def test_a_gap_between_windows_begins_the_known_anew(tmp_path: Path) -> None:
    late = extract(
        "2024-09-30", "2024-04-01", {"referrals": [{"child": "z", "date": "2024-09-01"}]}
    )
    known = known_at(keep(tmp_path, JANUARY, late))
    assert known.covers_from["referrals"] == date(2024, 4, 1)
    assert children(known, "referrals") == ["a", "b", "z"]  # old rows are not thrown away


def test_windows_that_touch_leave_no_gap(tmp_path: Path) -> None:
    touching = extract("2024-04-30", "2024-02-01", {"referrals": []})
    assert known_at(keep(tmp_path, JANUARY, touching)).covers_from["referrals"] == date(2023, 11, 1)
    apart = extract("2024-04-30", "2024-02-02", {"referrals": []})
    known = known_at(keep(tmp_path / "other", JANUARY, apart))
    assert known.covers_from["referrals"] == date(2024, 2, 2)


def test_a_correction_replaces_the_version_before_and_both_stay(tmp_path: Path) -> None:
    corrected = extract(
        "2024-01-31", "2023-11-01", {"referrals": [{"child": "x", "date": "2024-01-10"}]}
    )
    history = keep(tmp_path, JANUARY, corrected)
    assert children(known_at(history), "referrals") == ["x"]
    assert [p.manifest.version for p in history.partitions] == [1, 2]
    assert [p.manifest.version for p in history.current] == [2]


def test_the_order_of_reading_does_not_matter(tmp_path: Path) -> None:
    one = keep(tmp_path / "one", JANUARY, FEBRUARY)
    other = keep(tmp_path / "other", FEBRUARY, JANUARY)
    assert children(known_at(one), "referrals") == children(known_at(other), "referrals")


def census(as_of: str, covers_from: str, *rows: dict[str, str]):
    return extract(as_of, covers_from, {"referrals": rows}, fmt=Format.CIN_CENSUS)


def test_what_a_census_lists_from_before_its_year_is_not_counted_twice(tmp_path: Path) -> None:
    """A case open on 1 April is listed with its referral of the year before."""
    old = {"child": "a", "date": "2022-12-05"}
    history = keep(
        tmp_path,
        census("2023-03-31", "2022-04-01", old),
        census("2024-03-31", "2023-04-01", old, {"child": "b", "date": "2023-06-01"}),
    )
    assert children(known_at(history), "referrals") == ["a", "b"]


def test_days_that_no_window_holds_come_from_the_window_that_begins_next(tmp_path: Path) -> None:
    ancient = {"child": "a", "date": "2019-12-05"}
    history = keep(
        tmp_path,
        census("2023-03-31", "2022-04-01", ancient, {"child": "b", "date": "2020-01-01"}),
        census("2024-03-31", "2023-04-01", ancient),
    )
    known = known_at(history)
    assert children(known, "referrals") == ["a", "b"]
    assert known.covers_from["referrals"] == date(2022, 4, 1)


def test_one_table_is_from_one_format_and_says_which(tmp_path: Path) -> None:
    history = keep(
        tmp_path,
        census("2023-03-31", "2022-04-01", {"child": "census", "date": "2022-12-05"}),
        JANUARY,
    )
    known = known_at(history)
    assert children(known, "referrals") == ["a", "b"]
    assert known.origin["referrals"] is Format.ANNEX_A
    other = known_at(history, prefer={"referrals": Format.CIN_CENSUS})
    assert children(other, "referrals") == ["census"]
    assert other.origin["referrals"] is Format.CIN_CENSUS
    earlier = known_at(history, date(2023, 12, 31))  # before the first Annex A
    assert earlier.origin["referrals"] is Format.CIN_CENSUS


def test_a_yearly_table_says_that_it_ends_before_the_monthly_ones(tmp_path: Path) -> None:
    reviews = extract(
        "2023-03-31",
        "2022-04-01",
        {"care_reviews": [{"child": "a", "date": "2023-01-05"}]},
        fmt=Format.SSDA903,
    )
    known = known_at(keep(tmp_path, reviews, JANUARY))
    assert known.as_of == date(2024, 1, 31)
    assert known.covers_to == {"care_reviews": date(2023, 3, 31), "referrals": date(2024, 1, 31)}


def test_an_extract_without_a_table_says_nothing_on_it(tmp_path: Path) -> None:
    no_referrals = extract("2024-02-29", "2023-12-01", {"contacts": []})
    known = known_at(keep(tmp_path, JANUARY, no_referrals))
    assert children(known, "referrals") == ["a", "b"]
    assert known.covers_to["referrals"] == date(2024, 1, 31)


def test_tables_without_days_are_the_newest_and_stocks_have_each_extract(tmp_path: Path) -> None:
    def leavers(as_of: str, *names: str):
        rows = [{"child": name, "age": 19} for name in names]
        return extract(as_of, {}, {"care_leavers": rows})

    history = keep(tmp_path, leavers("2024-01-31", "a", "b"), leavers("2024-02-29", "b"))
    known = known_at(history)
    assert children(known, "care_leavers") == ["b"]
    by_day = known.snapshots["care_leavers"]
    assert {day: list(each["child"]) for day, each in by_day.items()} == {
        date(2024, 1, 31): ["a", "b"],
        date(2024, 2, 29): ["b"],
    }
    assert "care_leavers" not in known.covers_from


def test_events_have_no_snapshots_and_only_named_tables_are_read(tmp_path: Path) -> None:
    both = extract(
        "2024-01-31", "2023-11-01", {"referrals": [], "protection_plans": [plan("a", "2024-01-01")]}
    )
    history = keep(tmp_path, both)
    assert set(known_at(history).snapshots) == {"protection_plans"}
    assert set(known_at(history, tables=["referrals"]).tables) == {"referrals"}


@pytest.mark.parametrize("as_of", [None, date(2024, 1, 30)])
def test_nothing_known_is_said_in_words(tmp_path: Path, as_of: date | None) -> None:
    history = keep(tmp_path) if as_of is None else keep(tmp_path, JANUARY)
    with pytest.raises(FaultsFound, match=r"no extract.*\n.*scrutiny ingest"):
        known_at(history, as_of)
