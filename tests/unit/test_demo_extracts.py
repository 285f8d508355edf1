"""What the demonstration's extracts hold of a month, and how later ones restate it."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from demo_truths import hashed, truth

from scrutinybook.demo.days import as_date, number
from scrutinybook.demo.extracts import extract_at, extracts_at, formats_of
from scrutinybook.demo.frames import Hashed
from scrutinybook.demo.view import View
from scrutinybook.demo.workforce import INITIAL, PERMANENCE, SOCIAL_WORK
from scrutinybook.periods import Month
from scrutinybook.sources.extracts.events import EVENT_TABLES
from scrutinybook.sources.extracts.extract import Extract, Format
from scrutinybook.sources.extracts.pseudonyms import Pseudonyms

MONTHS = (Month(2020, 4), Month(2021, 3), Month(2022, 9), Month(2023, 3))


def annex_a(month: str) -> Extract:
    return extract_at(hashed(), Month.parse(month), Format.ANNEX_A)


def in_month(extract: Extract, table: str, month: str, end: bool = False) -> pd.DataFrame:
    """Rows of one table whose day lies in a month."""
    kind = EVENT_TABLES[table]
    rows = extract.tables[table]
    day = rows[kind.ends if end else kind.begins]
    return rows[day.dt.strftime("%Y-%m") == month]


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_every_table_is_after_its_schema(month: Month) -> None:
    for extract in extracts_at(hashed(), month).values():
        for name, table in extract.tables.items():
            pd.testing.assert_frame_equal(EVENT_TABLES[name].schema.validate(table), table)


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_nothing_is_later_than_the_extract(month: Month) -> None:
    for extract in extracts_at(hashed(), month).values():
        for table in extract.tables.values():
            for _, column in table.items():
                if str(column.dtype).startswith("datetime64") and column.notna().any():
                    assert column.max().date() <= month.last_day


def test_a_census_comes_once_a_year() -> None:
    assert Format.CIN_CENSUS in formats_of(Month(2022, 3))
    assert Format.WORKFORCE_CENSUS in formats_of(Month(2022, 9))
    assert len(formats_of(Month(2022, 6))) == 3


def test_lists_cover_six_months() -> None:
    extract = annex_a("2022-09")
    first = extract.covers_from["contacts"]
    contacts = extract.tables["contacts"]["date"]
    assert contacts.min().date() == first
    assert contacts.dt.strftime("%Y-%m").nunique() in (6, 7)
    ended = extract.tables["care_periods"]["ended"]
    assert ended.isna().any()
    assert ended.min().date() >= first


def test_all_cases_that_are_open_have_a_worker() -> None:
    cases = annex_a("2022-09").tables["cases"]
    is_open = cases["closed"].isna()
    assert cases.loc[is_open, ["team", "worker"]].notna().all(axis=None)
    assert cases.loc[~is_open, "worker"].isna().all()


def test_newly_qualified_workers_hold_fewer_cases_and_permanence_is_adequate() -> None:
    held: dict[tuple[int, int], list[int]] = {}
    for month in truth().months[::5]:
        day = number(month.last_day)
        cases = View(truth(), day, day).cases
        many = cases["worker"].value_counts()
        for at in truth().workforce.at(day).itertuples():
            if at.worker in many.index:
                held.setdefault((at.service, at.band), []).append(many[at.worker])
    mean = {key: sum(each) / len(each) for key, each in held.items()}
    for service in (INITIAL, SOCIAL_WORK):
        assert mean[service, 0] < 18 < mean[service, 2]
        assert mean[service, 0] < mean[service, 1] < mean[service, 2]
    assert mean[PERMANENCE, 2] < 18


class TestLateRecording:
    @pytest.mark.parametrize(
        ("table", "at_least", "at_most"),
        [
            ("contacts", 0.004, 0.05),
            ("early_help", 0.03, 0.20),
            ("referrals", 0.004, 0.06),
            ("assessments", 0.01, 0.12),
        ],
    )
    def test_a_month_grows_in_the_next_extract(
        self, table: str, at_least: float, at_most: float
    ) -> None:
        first = later = 0
        for month in ("2021-01", "2021-06", "2021-11", "2022-02", "2022-10"):
            following = str(Month.parse(month) + 1)
            first += len(in_month(annex_a(month), table, month))
            later += len(in_month(annex_a(following), table, month))
        assert at_least < (later - first) / first < at_most

    def test_an_end_is_known_later_than_its_spell(self) -> None:
        """An assessment that was signed off late in March may look open in March's extract."""
        march, april = annex_a("2022-03"), annex_a("2022-04")
        signed = in_month(april, "assessments", "2022-03", end=True)
        looked_open = march.tables["assessments"]
        looked_open = looked_open[looked_open["authorised"].isna()]
        both = signed.merge(looked_open, on=["child", "started"])
        assert len(both) > 0

    def test_a_month_settles(self) -> None:
        rows = [in_month(annex_a(m), "referrals", "2021-04") for m in ("2021-08", "2021-09")]
        sizes = [len(each) for each in rows]
        assert abs(sizes[0] - sizes[1]) <= 2


class TestRestatements:
    """April to June 2021 as two extracts three months apart hold them."""

    @staticmethod
    def runs(table: str, keys: list[str]) -> pd.DataFrame:
        day = EVENT_TABLES[table].begins
        early, late = (
            rows[(rows[day] >= "2021-04-01") & (rows[day] <= "2021-06-30")]
            for rows in (annex_a(month).tables[table] for month in ("2021-06", "2021-09"))
        )
        suffixes = ("_then", "_now")
        return early.merge(late, on=keys, how="outer", suffixes=suffixes, indicator=True)

    def test_few_rows_are_taken_out(self) -> None:
        both = self.runs("contacts", ["child", "date"])
        assert 0 < (both["_merge"] == "left_only").mean() < 0.02

    def test_some_entries_are_put_right(self) -> None:
        both = self.runs("contacts", ["child", "date"])
        both = both[both["_merge"] == "both"]
        assert 0 < (both["source_then"] != both["source_now"]).mean() < 0.02

    def test_some_decide_on_no_further_action_late(self) -> None:
        both = self.runs("referrals", ["child", "date"])
        both = both[both["_merge"] == "both"]
        late = both["no_further_action_now"] & ~both["no_further_action_then"]
        assert 0 < late.mean() < 0.02
        assert not (both["no_further_action_then"] & ~both["no_further_action_now"]).any()


def test_hashes_are_of_the_key() -> None:
    other = Hashed(truth(), Pseudonyms(b"another key of enough bytes"))
    mine = annex_a("2021-06")
    theirs = extract_at(other, Month(2021, 6), Format.ANNEX_A)
    assert set(mine.tables["referrals"]["child"]).isdisjoint(theirs.tables["referrals"]["child"])
    assert mine.content_hash != theirs.content_hash


def test_extracts_of_two_days_have_different_hashes() -> None:
    assert annex_a("2021-06").content_hash != annex_a("2021-07").content_hash


def test_days_and_numbers() -> None:
    day = date(2024, 2, 29)
    assert as_date(number(day)) == day
