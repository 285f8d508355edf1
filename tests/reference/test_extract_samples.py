"""Samples of the official formats by other tools: what is wrong on purpose is noticed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from drawn_extracts import KEY

from scrutinybook.sources.extracts.events import EVENT_TABLES
from scrutinybook.sources.extracts.extract import Extract
from scrutinybook.sources.extracts.noticed import Weight
from scrutinybook.sources.extracts.recognise import read_extract


def read(path: Path, as_of: date | None = None) -> Extract:
    extract = read_extract(path, as_of=as_of, pseudonyms=KEY)
    for name, table in extract.tables.items():
        EVENT_TABLES[name].schema.validate(table)
        assert extract.rows_read[name] == len(table) + extract.excluded(name)
    return extract


def rows_noticed(extract: Extract, weight: Weight, found: str) -> int:
    return sum(
        len(each.rows) for each in extract.notices if each.weight is weight and found in each.found
    )


@pytest.fixture(scope="module")
def looked_after(reference: Path) -> Extract:
    return read(reference / "data" / "ssda903_fake", date(2018, 3, 31))


def test_a_return_of_2675_children(looked_after: Extract, reference: Path) -> None:
    """Every figure is counted again here, straight from the files."""
    folder = reference / "data" / "ssda903_fake"
    episodes = pd.read_csv(folder / "episodes.csv", dtype=str)
    reviews = pd.read_csv(folder / "reviews.csv", dtype=str)
    day = pd.to_datetime(reviews["REVIEW"], format="%d/%m/%Y")
    assert looked_after.rows_read["care_episodes"] == len(episodes) == 5050
    assert looked_after.rows_read["care_reviews"] == len(reviews) == 12582
    exclude, warn = Weight.EXCLUDE, Weight.WARN
    assert (
        rows_noticed(looked_after, exclude, "a day after 2018-03-31") == (day > "2018-03-31").sum()
    )
    absent = ~reviews["CHILD"].isin(episodes["CHILD"])
    assert rows_noticed(looked_after, exclude, "a child who is not in Episodes") == absent.sum()
    ended = pd.to_datetime(episodes["DEC"], format="%d/%m/%Y")
    assert (
        rows_noticed(looked_after, warn, "a day after 2018-03-31") == (ended > "2018-03-31").sum()
    )
    without_day = episodes["DEC"].isna() & episodes["REC"].notna()
    assert rows_noticed(looked_after, warn, "a reason for an end without its day") == (
        without_day.sum()
    )
    assert rows_noticed(looked_after, warn, "starts before the child's last one ends") > 0
    assert rows_noticed(looked_after, exclude, "a review before care started") > 0


def test_children_in_care_on_the_last_day_are_those_with_an_open_episode(
    looked_after: Extract, reference: Path
) -> None:
    """The sample's last episodes say X1 throughout where they are open."""
    episodes = pd.read_csv(reference / "data" / "ssda903_fake" / "episodes.csv", dtype=str)
    ended = pd.to_datetime(episodes["DEC"], format="%d/%m/%Y")
    still_open = set(episodes["CHILD"][ended.isna() | (ended > "2018-03-31")])
    periods = looked_after.tables["care_periods"]
    in_care = set(periods["child"][periods["ended"].isna()])
    hashed = set(KEY.of(pd.Series(sorted(still_open), dtype="string"), "child"))
    assert hashed <= in_care
    told = rows_noticed(looked_after, Weight.WARN, "says that care goes on (X1), and no episode")
    assert len(in_care - hashed) == told


def test_ages_agree_with_the_dates_of_birth(looked_after: Extract, reference: Path) -> None:
    header = pd.read_csv(reference / "data" / "ssda903_fake" / "header.csv", dtype=str)
    born = pd.to_datetime(header["DOB"], format="%d/%m/%Y")
    by_child = dict(zip(KEY.of(header["CHILD"], "child"), born, strict=True))
    for row in looked_after.tables["care_episodes"].head(300).itertuples():
        was_born = by_child[row.child]
        had = (row.started.month, row.started.day) >= (was_born.month, was_born.day)
        assert row.age_at_start == row.started.year - was_born.year - (not had)


@pytest.mark.parametrize("year", [2024, 2026])
def test_the_children_s_census_of_two_years(reference: Path, year: int) -> None:
    extract = read(reference / "data" / "cin_fake" / f"CIN_Census_{year}.xml")
    assert extract.as_of == date(2024, 3, 31)
    assert rows_noticed(extract, Weight.EXCLUDE, "a day after 2024-03-31") == 2
    assert rows_noticed(extract, Weight.EXCLUDE, "a day before that of") == 1
    assert rows_noticed(extract, Weight.WARN, "an assessment before its referral") == 1
    assert [len(extract.tables[name]) for name in ("referrals", "section_47", "plan_reviews")] == [
        1, 1, 1,
    ]  # fmt: skip


def test_a_census_of_402_referrals(reference: Path) -> None:
    path = reference / "data" / "cin_fake" / "fake_CIN_data.xml"
    extract = read(path)
    text = path.read_text(encoding="utf-8")
    assert extract.rows_read["referrals"] == text.count("<CINreferralDate>") == 402
    assert text.count("<ReferralNFA>true") == 402
    assert extract.tables["referrals"]["no_further_action"].all()
    assert extract.tables["cases"].empty and extract.excluded("referrals") == 8


def test_a_workforce_census(reference: Path) -> None:
    path = reference / "data" / "csww_fake" / "social_work_workforce_2022.xml"
    extract = read(path)
    workers = extract.tables["social_workers"]
    assert len(workers) == path.read_text(encoding="utf-8").count("<CSWWWorker>") == 30
    assert extract.tables["vacancies"].iloc[0].tolist() == [79.68, 59.82, 71]
    assert rows_noticed(extract, Weight.WARN, "a day after 2022-09-30") > 0
