"""Yearly figures through the analysis: Plymouth's by hand, and drawn neighbours."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from scrutinybook.analysis.many import edition_tests, many_tested
from scrutinybook.analysis.yearly import YearlyMeasure, neighbours_together, yearly_measure
from scrutinybook.catalogue import read_catalogue
from scrutinybook.chapters import contents
from scrutinybook.chapters.summary import chapter_summary
from scrutinybook.chapters.yearly_section import yearly_section
from scrutinybook.context import Context
from scrutinybook.disclosure import Origin, PublishedSeries, gate
from scrutinybook.findings.yearly import ChangeOnYear, FigureOnYear, FunnelPlace, OverYears
from scrutinybook.measures.series import Observation, Series
from scrutinybook.notebook import open_edition
from scrutinybook.sources.figure_periods import FigurePeriod
from scrutinybook.sources.symbols import Symbol
from scrutinybook.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = read_catalogue(Workspace.find(ROOT))
AT = FigurePeriod.parse("2022/23")


@pytest.fixture(scope="module")
def book() -> Context:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return open_edition("plymouth-2023-03")


def found(book: Context, measure_id: str) -> YearlyMeasure:
    measure = yearly_measure(book, measure_id)
    assert measure is not None
    return measure


def test_plymouth_s_assessments_by_hand(book: Context) -> None:
    """1,903 of 2,706 in 2022/23."""
    measure = found(book, "assessments_within_45_days")
    latest = measure.latest
    assert isinstance(latest, ChangeOnYear)
    assert latest.now.parts == (1903, 2706)
    assert latest.now.period == AT
    then = latest.then.parts
    assert then is not None
    assert latest.difference.estimate == pytest.approx(1903 / 2706 - then[0] / then[1])
    assert latest.difference.confidence == 0.95
    assert measure.among is not None and measure.among.place is FunnelPlace.INSIDE
    assert isinstance(measure.years, OverYears)
    assert latest.earlier is not None and latest.neighbours is not None
    assert (latest.earlier.n_as_large, latest.earlier.n) == (3, 7)
    assert (measure.years.n_lower, measure.years.n_higher) == (1, 7)
    assert measure.years.lowest[0].value == min(o.value for o in measure.own if o.value is not None)


def test_the_funnel_s_own_numbers_are_in_the_finding(book: Context) -> None:
    """Counted and worked out again from the funnel's parts, for every measure that has one."""
    drawn = [m for m in (found(book, i) for i in book.catalogue.measures) if m.funnel is not None]
    assert drawn
    for measure in drawn:
        funnel, among = measure.funnel, measure.among
        assert funnel is not None and among is not None
        known = ~funnel.left_out
        z = np.abs(funnel.z[known])
        assert among.n_authorities == known.sum()
        assert among.n_outside_inner == (z > 1.959964).sum()
        assert among.n_outside_outer == (z > 3.090232).sum() <= among.n_outside_inner
        # The fitted spread is that of ordinary authorities: about one in twenty lies outside.
        assert among.n_outside_inner < 0.1 * among.n_authorities
        chance = funnel.centre * (1 - funnel.centre) / funnel.sizes[0]
        half = 3.090232 * np.sqrt(chance + funnel.tau**2)
        assert among.lower == pytest.approx(max(0.0, among.centre - half), abs=1e-6)
        assert among.upper == pytest.approx(min(1.0, among.centre + half), abs=1e-6)


def test_no_figure_is_later_than_the_edition(book: Context) -> None:
    for measure_id in book.catalogue.measures:
        measure = yearly_measure(book, measure_id)
        if measure is not None:
            for series in (measure.own, *measure.neighbours, measure.region, measure.england):
                assert all(o.period.end <= book.edition.month.last_day for o in series)


def test_one_p_value_a_measure_and_one_verdict_on_all_pages(book: Context) -> None:
    tests = edition_tests(book)
    assert tests is not None
    ids = [c.measure_id for c in tests.tested]
    assert len(ids) == len(set(ids))
    assert set(tests.stand_strictly) <= set(tests.stand) <= set(tests.alone)
    for change in tests.tested:
        section = yearly_section(book, change.measure_id)
        listed = chapter_summary(book, change.measure.chapter)
        title = change.measure.title
        (line,) = [each for each in listed.split("<li>") if f"<strong>{title}</strong> (" in each]
        quiet = "There is no clear evidence of a change" in section
        assert section.count("There is no clear evidence of a change") == quiet  # said once
        assert quiet == ("There is no clear evidence of a change" in line)
        assert quiet == (not tests.clear(change))


def test_every_message_gives_its_polarity_and_comparators(book: Context) -> None:
    listed = chapter_summary(book, "timeliness")
    (line,) = [each for each in listed.split("<li>") if "within 45 working days" in each]
    assert "(higher is better)" in line
    assert ", the second lowest of nine years." in line
    assert "Neighbours (nine of them) 79.9%, England 82.5%." in line
    assert "up from 5.2% a year earlier, the highest of six years" in chapter_summary(
        book, "workforce"
    )


def test_the_first_page_says_when_the_month_came_out(book: Context) -> None:
    assert (
        "Figures for March 2023 first came out on 26 October 2023; they are shown as later"
        " releases give them."
    ) in contents.about(book)
    brief = contents.year_in_brief(book)
    assert "Nine more figures are shown and not tested" in brief
    before, _, folded = brief.partition("<details")
    assert "discovery" not in before and "false discovery rate" in folded


def test_the_section_s_paragraph_does_not_repeat_its_message(book: Context) -> None:
    section = yearly_section(book, "assessments_within_45_days")
    assert section.count("(1,903 of 2,706)") == 1
    assert "1,903 of 2,706 assessments" not in section
    assert "moved by as much or more" in section
    assert "too few to show a trend" in yearly_section(book, "three_or_more_placements")


def test_nothing_tested_is_refused() -> None:
    with pytest.raises(ValueError, match="no measure was tested"):
        many_tested([])


def test_a_count_is_not_compared_with_bigger_or_smaller_neighbours(book: Context) -> None:
    measure = found(book, "looked_after")
    assert isinstance(measure.latest, FigureOnYear)
    assert measure.beside.neighbours is measure.beside.england is measure.beside.region is None
    assert measure.funnel is None and measure.among is None


def series(numerator: float | Symbol, denominator: float | None = None) -> PublishedSeries:
    symbol = numerator if isinstance(numerator, Symbol) else None
    number = None if isinstance(numerator, Symbol) else numerator
    observation = Observation(AT, number, denominator, symbol, "r")
    return gate(Series("m", "A neighbour", (observation,)), Origin.OFFICIAL)


def test_neighbours_shares_are_pooled_and_not_averaged() -> None:
    """1 of 10 and 90 of 90: together 91 of 100, not 55%; a withheld one is left out."""
    measure = CATALOGUE.measure("repeat_plans")
    neighbours = [series(1, 10), series(90, 90), series(Symbol.SUPPRESSED)]
    assert neighbours_together(measure, neighbours, AT) == (0.91, 2)
    assert neighbours_together(measure, neighbours[2:], AT) == (None, 0)


def test_of_neighbours_averages_the_middle_one_is_taken() -> None:
    measure = CATALOGUE.measure("caseload")
    neighbours = [series(15.0), series(16.0), series(40.0), series(Symbol.NOT_AVAILABLE)]
    assert neighbours_together(measure, neighbours, AT) == (16.0, 3)
    assert neighbours_together(measure, [], AT) == (None, 0)


def test_a_line_of_few_neighbours_is_left_blank(book: Context) -> None:
    """Eight of ten make a point of their line, seven do not; the table says how many there are."""
    measure = found(book, "repeat_plans")
    eight = [series(40, 100)] * 8 + [series(Symbol.SUPPRESSED)] * 2
    seven = [series(40, 100)] * 7 + [series(Symbol.SUPPRESSED)] * 3
    assert replace(measure, neighbours=tuple(eight)).neighbours_at(AT) == 0.4
    assert replace(measure, neighbours=tuple(seven)).neighbours_at(AT) is None


class EarlyYearsWithheld(Context):
    """A book whose authority has no figure in its first two years; few neighbours in the third."""

    def yearly(self, measure_id: str, area_code: str | None = None) -> PublishedSeries:
        return gate(
            Series(
                measure_id,
                "Plymouth",
                tuple(
                    replace(o, numerator=None, denominator=None, symbol=Symbol.NOT_AVAILABLE)
                    if k < 2
                    else o
                    for k, o in enumerate(super().yearly(measure_id, area_code))
                ),
            ),
            Origin.OFFICIAL,
        )

    def neighbours(self, measure_id: str) -> tuple[PublishedSeries, ...]:
        return super().neighbours(measure_id)[:4]


def test_a_chart_begins_with_the_authority_s_first_figure_and_the_table_hides_none(
    book: Context,
) -> None:
    late = EarlyYearsWithheld(book.edition, book.catalogue, book.figures, book.releases)
    periods = [o.period.words for o in found(book, "repeat_plans").own]
    section = yearly_section(late, "repeat_plans")
    chart = section[: section.index("</svg>")]
    assert periods[2] in chart
    assert periods[0] not in chart and periods[1] not in chart
    rows = section[section.index("<table") :]
    assert all(p in rows for p in periods)
    assert Symbol.NOT_AVAILABLE.words in rows
    assert "only four with a figure" in rows
    assert "left blank where fewer than eight have one" in section
    assert "left blank" not in yearly_section(book, "repeat_plans")


def test_a_measure_without_any_figure_has_a_page_that_says_so(book: Context) -> None:
    class Empty(Context):
        def yearly(self, measure_id: str, area_code: str | None = None) -> PublishedSeries:
            return gate(Series(measure_id, "Plymouth", ()), Origin.OFFICIAL)

    empty = Empty(book.edition, book.catalogue, book.figures, book.releases)
    assert yearly_measure(empty, "repeat_plans") is None
    assert "There is no figure for Plymouth up to March 2023." in yearly_section(
        empty, "repeat_plans"
    )
