"""How records were kept: worked out from extracts, past the gate, said in words, put in tables."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from drawn_council_context import (
    CATALOGUE,
    context,
    figures,
    grown,
    likely,
    table_recording,
)
from drawn_histories import extract, keep

from scrutinybook.chapters import data_quality
from scrutinybook.commentary import recording as said
from scrutinybook.council.figures import MeasureFigures
from scrutinybook.council.recording import Recording, by_table, read_recording, recording
from scrutinybook.periods import Month
from scrutinybook.sources.extracts.events import EVENT_TABLES
from scrutinybook.sources.extracts.extract import Extract, Format

AS_OF = date(2023, 3, 31)


def of_day(day: str, referrals: int, *, without_source: int = 0) -> Extract:
    """So many referrals in the month that the extract ends, some without who made them."""
    rows = [
        {
            "child": f"c{n}",
            "date": f"{day[:8]}{1 + n % 27:02}",
            "source": None if n < without_source else "police",
        }
        for n in range(referrals)
    ]
    return extract(day, "2022-10-01", {"referrals": rows})


def recorded(
    tmp_path: Path, *extracts: Extract, threshold: int = 5, **figures: MeasureFigures
) -> Recording:
    history = keep(tmp_path / "history", *extracts)
    return recording(history, AS_OF, threshold, figures, CATALOGUE.extract_measures)


def test_what_was_read_and_when(tmp_path: Path) -> None:
    found = recorded(tmp_path, of_day("2023-01-31", 40), of_day("2023-03-31", 50))
    each = by_table(found)["referrals"]
    assert (each.extracts, each.first, each.last) == (2, date(2023, 1, 31), AS_OF)
    assert (each.rows, each.excluded) == (50, 0)


def test_extracts_of_later_months_do_not_count(tmp_path: Path) -> None:
    found = recorded(tmp_path, of_day("2023-03-31", 40), of_day("2023-04-30", 90))
    assert by_table(found)["referrals"].rows == 40


def test_a_month_without_an_extract_is_named(tmp_path: Path) -> None:
    months = ("2022-11-30", "2022-12-31", "2023-02-28", "2023-03-31")
    found = recorded(tmp_path, *(of_day(day, 40) for day in months))
    assert by_table(found)["referrals"].skipped == ("2023-01",)


@pytest.mark.parametrize(
    ("rows", "empty", "shown"),
    [
        (40, 0, True),
        (40, 3, False),  # three rows are few
        (40, 10, True),
        (40, 37, False),  # and so are the three that are filled
        (40, 40, True),
        (20, 10, False),  # of few rows nothing is told
    ],
)
def test_a_share_of_empty_entries_tells_of_no_few_rows(
    tmp_path: Path, rows: int, empty: int, shown: bool
) -> None:
    found = recorded(tmp_path, of_day("2023-03-31", rows, without_source=empty))
    sources = [e for e in by_table(found)["referrals"].empty if e.column == "source"]
    assert bool(sources) is shown
    if sources:
        assert sources[0].share == pytest.approx(empty / rows)


def test_few_rows_are_not_told(tmp_path: Path) -> None:
    each = by_table(recorded(tmp_path, of_day("2023-03-31", 4)))["referrals"]
    assert each.rows is None
    assert (
        by_table(recorded(tmp_path / "more", of_day("2023-03-31", 9), threshold=9))[
            "referrals"
        ].rows
        is None
    )


def growing(small: int) -> list[Extract]:
    """A year of extracts of months of 40, one of which is small and grows late as all do."""
    months = [Month(2022, 4) + k for k in range(12)]

    def rows(month: Month, age: int) -> list[dict[str, str | None]]:
        many = small if month == Month(2022, 9) else 40
        many += min(age, 2) if many > 5 else age and 1
        return [
            {"child": f"{month} {n}", "date": f"{month}-{1 + n % 28:02}", "source": "police"}
            for n in range(many)
        ]

    return [
        extract(
            f"{last.last_day}",
            "2022-04-01",
            {"referrals": [r for m in months if m <= last for r in rows(m, last.index - m.index)]},
        )
        for last in months
    ]


@pytest.mark.parametrize("small", [2, 3, 4])
def test_what_is_withheld_does_not_follow_from_rows_or_growth(tmp_path: Path, small: int) -> None:
    """Rows of a year less eleven months that are shown would be the twelfth, and so would growth.

    Whatever a withheld month is, records are told of in the same way, to the byte.
    """
    counts = [42 if k < 10 else 51 - k for k in range(12)]
    counts[5] = small + 1
    shown = figures("referrals_received", counts)
    assert sum(o.numerator is None for o in shown.whole) == 1
    found = recorded(tmp_path, *growing(small), referrals_received=shown)
    each = by_table(found)["referrals"]
    assert each.rows is None and each.empty is None
    assert each.growth and each.growth[0].months == 10
    counts[5] = 3
    other = recorded(
        tmp_path / "other", *growing(2), referrals_received=figures("referrals_received", counts)
    )
    assert found == other


def test_rows_and_entries_are_told_where_all_is_shown(tmp_path: Path) -> None:
    """Parts that are withheld leave the rows, which are the whole's, and take the entries."""
    counts = [40] * 12
    whole = figures("referrals_received", counts)
    each = by_table(recorded(tmp_path, *growing(40), referrals_received=whole))["referrals"]
    assert each.rows == 12 * 40 + 2 * 10 + 1 and each.empty is not None
    parts = figures("referrals_received", counts, police=[*counts[:-1], 3])
    found = recorded(tmp_path / "other", *growing(40), referrals_received=parts)
    each = by_table(found)["referrals"]
    assert each.rows is not None and each.empty is None
    page = data_quality.entries(context({}, tables=found.tables))
    assert "No other entry that should be filled" in page
    assert "Not told, as figures made from them are withheld in part: referrals." in page


def test_months_that_were_small_at_any_time_are_left_out_of_growth(tmp_path: Path) -> None:
    """A month of 5 that is 6 by now, as no figure says."""
    found = recorded(tmp_path, *growing(5))
    assert by_table(found)["referrals"].growth[0].months == 10


def test_it_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    found = Recording(tables=(table_recording("contacts", growth=(grown(0.02),)),))
    path = tmp_path / "recording.json"
    path.write_text(found.model_dump_json(), encoding="utf-8")
    assert read_recording(path) == found


def test_every_table_and_format_has_its_name() -> None:
    assert all(said.name_of(name) for name in EVENT_TABLES)
    assert all(said.format_of(fmt) for fmt in Format)


def test_the_headline_names_what_grows_most() -> None:
    tables = [
        table_recording("contacts", growth=(grown(0.01),)),
        table_recording("early_help", growth=(grown(0.08), grown(0.085, age=2))),
    ]
    text = said.headline(tables).text
    assert text.startswith("A month grows") and "early help assessments: by 8.0%" in text
    shrinks = said.headline([table_recording("contacts", growth=(grown(-0.04),))]).text
    assert "shrinks" in shrinks and "by 4.0%" in shrinks
    assert "Too few extracts" in said.headline([table_recording("contacts")]).text


def test_in_brief_says_what_to_read_with_care_and_what_is_missing() -> None:
    tables = [
        table_recording("protection_plans", growth=(grown(0.08),), skipped=("2022-12", "2023-01")),
        table_recording("care_episodes", growth=(grown(0.05),), excluded=None),
        table_recording("contacts", growth=(grown(0.01),)),
    ]
    text = " ".join(each.text for each in said.in_brief(tables))
    # Names that hold an "and" of their own are not joined by another.
    assert "child protection plans; placements and legal statuses." in text
    assert "contacts" not in text
    assert "Rows were set aside among these records: placements and legal statuses." in text
    assert "no extract of child protection plans for December 2022 and January 2023" in text
    assert "No row" not in text
    clean = " ".join(each.text for each in said.in_brief([table_recording("contacts")]))
    assert clean == "No row of the newest extracts was set aside."


def test_the_page_shows_growth_likely_counts_and_few_as_few() -> None:
    tables = [
        table_recording(
            "contacts",
            growth=(grown(0.012), grown(-0.03, age=2)),
            completed=(likely(900, 940.2, 930, 951), likely(1000, 1000.2, 999.8, 1000.3)),
            rows=None,
        )
    ]
    book = context({}, tables=tables)
    growth = data_quality.growth(book)
    assert "+1.2%" in growth and "−3.0%" in growth and "–" in growth
    completed = data_quality.completed(book)
    assert "930 to 951" in completed and completed.count("<tr>") == 2  # heading and one month
    assert f">{data_quality.WITHHELD}</td>" in data_quality.entries(book)
    assert "No entry that should be filled was left empty" in data_quality.entries(book)


def test_without_growth_the_page_says_so() -> None:
    book = context({}, tables=[table_recording("contacts")])
    assert data_quality.growth(book) == ""
    assert "Too few extracts are held to say" in data_quality.completed(book)
    assert "Too few extracts" in data_quality.message(book)


def test_months_that_are_settled_are_said_to_be_so() -> None:
    settled = (likely(900, 900.2, 899.8, 900.3),)
    table = table_recording("contacts", growth=(grown(0.01),), completed=settled)
    book = context({}, tables=[table])
    assert "No month is expected to grow" in data_quality.completed(book)


def test_days_are_said_as_people_say_them() -> None:
    assert said.day(date(2023, 3, 31)) == f"31 {Month(2023, 3).words}"
