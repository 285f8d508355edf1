"""Yearly figures in words, from drawn years: what is said, and what is left unsaid."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from scrutinybook.analysis.many import many_tested
from scrutinybook.analysis.yearly import latest_finding, smallest_difference
from scrutinybook.catalogue import Measure, read_catalogue
from scrutinybook.commentary import comparisons, summary, yearly
from scrutinybook.commentary.figures import (
    axis_label,
    parts_text,
    share_text,
    since,
    value_text,
    when,
    year_before,
)
from scrutinybook.commentary.polarity import is_better, rule, which_is
from scrutinybook.disclosure import Origin, PublishedSeries, gate
from scrutinybook.findings.base import Direction
from scrutinybook.findings.yearly import (
    AmongAuthorities,
    BesideOthers,
    ChangeOnYear,
    FigureOnYear,
    FunnelPlace,
    NotPublished,
)
from scrutinybook.measures.series import Observation, Series
from scrutinybook.sources.figure_periods import FigurePeriod
from scrutinybook.sources.symbols import Symbol
from scrutinybook.workspace import Workspace

CATALOGUE = read_catalogue(Workspace.find(Path(__file__)))
ASSESSMENTS = CATALOGUE.measure("assessments_within_45_days")
UP, DOWN = "higher than the year before", "lower than the year before"
NO_EVIDENCE = "There is no clear evidence of a change from the year before."


def observed(period: str, top: float | Symbol, bottom: float | None = None) -> Observation:
    at = FigurePeriod.parse(period)
    if isinstance(top, Symbol):
        return Observation(at, None, None, top, "r")
    return Observation(at, top, bottom, None, "r")


def series(measure_id: str, *observations: Observation) -> PublishedSeries:
    return gate(Series(measure_id, "Plymouth", observations), Origin.OFFICIAL)


def change(measure_id: str, then: tuple[float, float], now: tuple[float, float]) -> ChangeOnYear:
    own = series(measure_id, observed("2021/22", *then), observed("2022/23", *now))
    found = latest_finding(measure_id, CATALOGUE.measure(measure_id), own)
    assert isinstance(found, ChangeOnYear)
    return found


def said(sentences: list[yearly.Sentence]) -> str:
    return " ".join(s.text for s in sentences).replace("\u00a0", " ")


#  then          now           what the first page's message ends with
@pytest.mark.parametrize(
    ("measure_id", "then", "now", "verdict"),
    [
        ("assessments_within_45_days", (500, 1000), (700, 1000), f"{UP}, which is better"),
        ("assessments_within_45_days", (700, 1000), (500, 1000), f"{DOWN}, which is worse"),
        ("no_further_action", (500, 1000), (700, 1000), f"{UP}, which is worse"),
        ("no_further_action", (700, 1000), (500, 1000), f"{DOWN}, which is better"),
        ("left_care_special_guardianship", (50, 500), (200, 500), UP),
        ("assessments_within_45_days", (70, 100), (72, 100), NO_EVIDENCE),
        ("assessments_within_45_days", (70, 100), (70, 100), NO_EVIDENCE),
    ],
)  # fmt: skip
def test_verdict_on_the_year_before(
    measure_id: str, then: tuple[int, int], now: tuple[int, int], verdict: str
) -> None:
    found = change(measure_id, then, now)
    tests = many_tested([found])
    sentence = verdict if verdict == NO_EVIDENCE else f"That is {verdict}."
    assert yearly.headline(found, None, tests).text.endswith(f"). {sentence}")
    # The body of the section gives the same verdict.
    body = said(yearly.latest_figure(found, tests))
    assert (NO_EVIDENCE in body) == (verdict == NO_EVIDENCE)


def test_a_message_stands_alone() -> None:
    found = change("assessments_within_45_days", (2182, 3320), (1903, 2706))
    assert yearly.headline(found, None, many_tested([found])).text == (
        "In 2022/23, 70.3% of assessments were completed within 45 working days (1,903 of 2,706)."
        " That is higher than the year before, which is better."
    )
    assert yearly.line(found, None, many_tested([found])).text == (
        "70.3% in 2022/23 (1,903 of 2,706). That is higher than the year before, which is better."
    )


def test_a_change_that_does_not_stand_among_many_is_no_evidence() -> None:
    """A p-value of about 0.03 alone, beside eleven measures in which nothing changed."""
    found = change("no_further_action", (196, 3302), (179, 2415))
    others = [
        replace(change("re_referrals", (50, 100), (50, 100)), measure_id=f"m{k}") for k in range(11)
    ]
    tests = many_tested([found, *others])
    assert found.evidence and found.p_value < 0.05 and not tests.stands(found)
    text = said(yearly.latest_figure(found, tests))
    assert "this edition tests 12 measures" in text
    assert "1.5 percentage points higher (95% range: 0.2 to 2.8 points)." in text
    assert text.endswith(NO_EVIDENCE)
    assert (
        "Looked at alone, one would seem to have changed: the share of referrals that led to"
        in (said(summary.changes_on_year(tests)))
    )


def test_an_interval_across_zero_is_no_evidence_even_where_the_test_stands() -> None:
    found = change("no_further_action", (50, 100), (51, 100))
    tests = replace(many_tested([found]), stand=(found,))
    assert NO_EVIDENCE in yearly.headline(found, None, tests).text
    assert "changed" not in said(summary.changes_on_year(tests)[1:2])


def test_ranges_say_each_direction_once() -> None:
    across = said(yearly.latest_figure(change("re_referrals", (714, 3302), (484, 2415)), None))
    assert "(95% range: 3.7 points lower to 0.6 points higher)" in across
    fall = change("no_further_action", (179, 2415), (55, 3879))
    assert "6.0 percentage points lower, which is better (95% range: 4.9 to 7.2 points)" in said(
        yearly.latest_figure(fall, many_tested([fall]))
    )


@pytest.mark.parametrize(
    ("then", "size", "points"),
    [
        ((500, 1000), 1000, 6.2),
        ((50, 100), 100, 19.3),
        ((0, 100), 100, 3.9),
        ((100, 100), 100, 3.9),
    ],
)
def test_what_could_have_been_seen(then: tuple[int, int], size: int, points: float) -> None:
    """50% of 1,000 twice: 2.80 standard errors of 2.24 points are 6.3 by the plain formula."""
    assert 100 * smallest_difference(then, size) == pytest.approx(points, abs=0.06)


def test_small_shares_are_said_in_whole_per_cent() -> None:
    assert share_text(46 / 82, 82) == "56%"
    assert share_text(46 / 82, 99) == "56%"
    assert share_text(56.1 / 100, 100) == "56.1%"


def test_one_of_many_is_singular_and_so_is_one_in_all() -> None:
    one = change("assessments_within_45_days", (2, 20), (1, 20))
    assert "1 of 20 assessments (5%) was completed" in said(yearly.latest_figure(one, None))
    all_of_one = change("assessments_within_45_days", (2, 20), (1, 1))
    assert "1 of 1 assessment (100%) was completed" in said(yearly.latest_figure(all_of_one, None))


@pytest.mark.parametrize("symbol", Symbol)
def test_a_symbol_is_said_in_words_and_is_not_zero(symbol: Symbol) -> None:
    own = series("repeat_plans", observed("2021/22", 5, 60), observed("2022/23", symbol))
    found = latest_finding("repeat_plans", CATALOGUE.measure("repeat_plans"), own)
    assert isinstance(found, NotPublished)
    text = said(yearly.latest_figure(found, None))
    assert symbol.words in text and text.endswith("That is not the same as zero.")
    assert value_text(found.measure, found.now) == symbol.words


def test_a_count_stands_beside_the_year_before_untested() -> None:
    measure = CATALOGUE.measure("looked_after")
    own = series("looked_after", observed("2022-03-31", 491), observed("2023-03-31", 500))
    found = latest_finding("looked_after", measure, own)
    assert said(yearly.latest_figure(found, None)) == (
        "On 31 March 2023, the number of children looked after was 500. A year earlier it was 491."
        " The difference is not tested."
    )


def test_a_first_figure_has_none_before_it() -> None:
    own = series("looked_after", observed("2023-03-31", 500))
    found = latest_finding("looked_after", CATALOGUE.measure("looked_after"), own)
    assert isinstance(found, FigureOnYear)
    assert "No figure for an earlier year is on record." in said(yearly.latest_figure(found, None))


def test_a_symbol_the_year_before_is_said() -> None:
    own = series(
        "looked_after", observed("2022-03-31", Symbol.SUPPRESSED), observed("2023-03-31", 5)
    )
    found = latest_finding("looked_after", CATALOGUE.measure("looked_after"), own)
    text = said(yearly.latest_figure(found, None))
    assert f"The figure for a year earlier is {Symbol.SUPPRESSED.words}." in text


def test_average_and_rate() -> None:
    own = series("caseload", observed("2022-09-30", 19.0))
    found = latest_finding("caseload", CATALOGUE.measure("caseload"), own)
    assert yearly.headline(found, None, None).text == (
        "On 30 September 2022, the average caseload of social workers was 19.0."
    )


def among(
    measure: Measure,
    place: FunnelPlace,
    top: int,
    *,
    outside: tuple[int, int] = (9, 2),
    limits: tuple[float, float] = (0.591, 0.984),
) -> AmongAuthorities:
    now = observed("2022/23", top, 1000)
    return AmongAuthorities("m", measure, now, place, 148, 5, 0.8, *outside, *limits)


def test_places_in_the_funnel() -> None:
    inside = comparisons.place_among(among(ASSESSMENTS, FunnelPlace.INSIDE, 790))
    together = "the 148 authorities with a figure together (80.0%)"
    assert inside.replace("\u00a0", " ") == (
        f"It is lower than {together}, and not extreme among them."
    )
    edge = comparisons.place_among(among(ASSESSMENTS, FunnelPlace.BELOW_INNER, 600))
    assert edge.replace("\u00a0", " ") == (
        f"It is lower than {together}, which is worse, and at the lower edge of their usual spread."
    )
    alike = comparisons.place_among(among(ASSESSMENTS, FunnelPlace.INSIDE, 800))
    assert alike.replace("\u00a0", " ") == f"It is much the same as {together}."
    outer = said(
        comparisons.among_authorities(among(ASSESSMENTS, FunnelPlace.BELOW_OUTER, 500), "Plymouth")
    )
    assert "Plymouth is one that lies below the funnel’s outer limits" in outer
    assert "2 of the 148 authorities lie outside the solid lines." in outer
    assert "About 2 authorities in 1,000" in outer and "not a verdict" in outer
    neutral = ASSESSMENTS.model_copy(update={"polarity": "neutral"})
    above = comparisons.place_among(among(neutral, FunnelPlace.ABOVE_OUTER, 990))
    assert above.replace("\u00a0", " ") == (
        f"It is higher than {together} and outside their usual spread."
    )


@pytest.mark.parametrize(
    ("limits", "outside", "room"),
    [
        (
            (0.591, 0.984), (9, 2),
            "All but a few authorities of this size lie between 59% and 98%, so this says only that"
            " Plymouth is not extreme. 9 of the 148 authorities lie outside the dashed lines.",
        ),
        (
            (0.591, 1.0), (1, 0),
            "All but a few authorities of this size lie above 59%, and the limits leave no room on"
            " the upper side, so this says only that Plymouth is not extreme. 1 of the"
            " 148 authorities lies outside the dashed lines.",
        ),
        (
            (0.0, 0.984), (0, 0),
            "All but a few authorities of this size lie below 98%, and the limits leave no room on"
            " the lower side, so this says only that Plymouth is not extreme. Not one of the"
            " 148 authorities lies outside the dashed lines.",
        ),
        (
            (0.0, 1.0), (9, 2),
            "At this size no figure could lie outside the solid lines, so this does not say whether"
            " Plymouth is extreme. 9 of the 148 authorities lie outside the dashed lines.",
        ),
        (
            (0.004, 0.998), (30, 20),
            "Most authorities of this size lie between 0.4% and 99.8%, so this says only that"
            " Plymouth is not extreme. 30 of the 148 authorities lie outside the dashed lines.",
        ),
    ],
)  # fmt: skip
def test_inside_the_funnel_is_no_praise(
    limits: tuple[float, float], outside: tuple[int, int], room: str
) -> None:
    inside = among(ASSESSMENTS, FunnelPlace.INSIDE, 790, limits=limits, outside=outside)
    assert said(comparisons.among_authorities(inside, "Plymouth")) == (
        "Among the 148 authorities with a figure, Plymouth lies inside the funnel: its distance"
        " from all of them together (80.0%) is within the usual differences between authorities."
        f" {room}"
    )


def test_at_the_edge_the_number_outside_is_said_and_where_there_is_no_room_beyond() -> None:
    edge = among(ASSESSMENTS, FunnelPlace.ABOVE_INNER, 990, limits=(0.6, 1.0))
    text = said(comparisons.among_authorities(edge, "Plymouth"))
    assert "at the upper edge of the usual spread, between the dashed and the solid line." in text
    assert "9 of the 148 authorities lie outside the dashed lines. About 1 authority in 20" in text
    assert text.endswith("leave no room for a figure above the solid line.")
    low = among(ASSESSMENTS, FunnelPlace.BELOW_INNER, 300, limits=(0.0, 0.9))
    assert said(comparisons.among_authorities(low, "Plymouth")).endswith("below the solid line.")
    roomy = among(ASSESSMENTS, FunnelPlace.BELOW_INNER, 610)
    assert "no room" not in said(comparisons.among_authorities(roomy, "Plymouth"))


@pytest.mark.parametrize(
    ("n", "who"),
    [
        (10, "its ten statistical neighbours together"),
        (9, "the nine statistical neighbours that have a figure, taken together,"),
        (1, "the one statistical neighbour that has a figure"),
    ],
)
def test_neighbours(n: int, who: str) -> None:
    now = observed("2022/23", 70, 100)
    found = BesideOthers("m", ASSESSMENTS, now, 0.799, n, 0.82, 0.81, "South West")
    text = comparisons.beside_others(found)[0].text
    assert text.startswith(f"In 2022/23, the same figure was 79.9% for {who}")
    assert text.endswith("81.0% for its region (South West) and 82.0% for England.")
    nobody = replace(found, neighbours=None, england=None, region=None)
    assert comparisons.beside_others(nobody) == []


@pytest.mark.parametrize(
    ("period", "at", "after_since", "label", "before"),
    [
        ("2022/23", "in 2022/23", "2022/23", "2022/23", "the year before"),
        ("2023-03-31", "on 31 March 2023", "31 March 2023", "Mar 2023", "a year earlier"),
        (
            "y/e 2022-09-30", "in the year to 30 September 2022", "the year to 30 September 2022",
            "Sep 2022", "the year before",
        ),
    ],
)  # fmt: skip
def test_periods(period: str, at: str, after_since: str, label: str, before: str) -> None:
    each = FigurePeriod.parse(period)
    assert (when(each), since(each), axis_label(each), year_before(each)) == (
        at, after_since, label, before,
    )  # fmt: skip


def test_parts_need_parts() -> None:
    with pytest.raises(ValueError, match="no parts"):
        parts_text(observed("2022/23", 5))


@pytest.mark.parametrize(
    ("direction", "polarity", "worth"),
    [
        (Direction.HIGHER, "high", ", which is better"),
        (Direction.LOWER, "high", ", which is worse"),
        (Direction.HIGHER, "low", ", which is worse"),
        (Direction.LOWER, "low", ", which is better"),
        (Direction.HIGHER, "neutral", ""),
        (Direction.LOWER, "neutral", ""),
        (Direction.SAME, "high", ""),
        (Direction.SAME, "low", ""),
    ],
)
def test_polarity(direction: Direction, polarity: str, worth: str) -> None:
    assert which_is(direction, polarity) == worth  # type: ignore[arg-type]


def test_rules_of_polarity_and_better() -> None:
    assert rule("high") == "Higher is better."
    assert rule("low") == "Lower is better."
    assert "neither better nor worse" in rule("neutral")
    assert is_better(change("no_further_action", (50, 100), (60, 100))) is False
    assert is_better(change("left_care_special_guardianship", (5, 100), (60, 100))) is None
