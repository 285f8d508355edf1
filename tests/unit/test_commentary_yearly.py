"""Yearly figures in words, from drawn years: what is said, and what is left unsaid."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from scrutinybook.analysis.many import many_tested
from scrutinybook.analysis.yearly import latest_finding, smallest_difference, years_finding
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
    EarlierSteps,
    FigureOnYear,
    FunnelPlace,
    NotPublished,
)
from scrutinybook.measures.series import Observation, Series
from scrutinybook.sources.figure_periods import FigurePeriod
from scrutinybook.sources.symbols import Symbol
from scrutinybook.statistics import two_proportions
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
    # The paragraph below the message does not say the verdict again.
    assert NO_EVIDENCE not in said(yearly.latest_figure(found, tests))


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
    assert text.endswith(
        "Allowing for that, a rise of about 2.6 or a fall of about 2.2 percentage points or more"
        " would probably have been seen."
    )
    assert (
        "Looked at alone, one would seem to have changed: the share of referrals that led to"
        in (said(summary.how_sure(tests)))
    )


def test_an_interval_across_zero_is_no_evidence_even_where_the_test_stands() -> None:
    found = change("no_further_action", (50, 100), (51, 100))
    tests = replace(many_tested([found]), stand=(found,))
    assert NO_EVIDENCE in yearly.headline(found, None, tests).text
    assert "differ" not in said(summary.changes_on_year(tests))


def test_ranges_say_each_direction_once() -> None:
    across = said(yearly.latest_figure(change("re_referrals", (714, 3302), (484, 2415)), None))
    assert "(95% range: 3.7 points lower to 0.6 points higher)" in across
    fall = change("no_further_action", (179, 2415), (55, 3879))
    assert "6.0 percentage points lower, which is better (95% range: 4.9 to 7.2 points)" in said(
        yearly.latest_figure(fall, many_tested([fall]))
    )


@pytest.mark.parametrize(
    ("then", "size", "rise", "fall"),
    [
        ((500, 1000), 1000, 6.4, 6.4),
        ((50, 100), 100, 20.3, 20.3),
        ((148, 172), 143, 9.6, 13.4),
        ((0, 100), 100, 8.7, None),
        ((100, 100), 100, None, 8.7),
        ((1, 2), 2, None, None),
    ],
)
@pytest.mark.parametrize("level", [0.05, 0.05 / 12])
def test_what_could_have_been_seen(
    then: tuple[int, int], size: int, rise: float | None, fall: float | None, level: float
) -> None:
    """Drawn years that differ by that much are told apart four times in five, or a little more.

    50% of 1,000 twice: 2.80 standard errors of 2.24 points are 6.3 by the plain formula.
    """
    found = smallest_difference(then, size, level)
    rng = np.random.default_rng(1)
    for move, expected, way in ((found.rise, rise, 1), (found.fall, fall, -1)):
        assert (move is None) == (expected is None)
        if move is None or expected is None:
            continue
        if level == 0.05:
            assert 100 * move == pytest.approx(expected, abs=0.06)
        share = then[0] / then[1]
        years = zip(
            rng.binomial(then[1], share, 500),
            rng.binomial(size, share + way * move, 500),
            strict=True,
        )
        p_values = [two_proportions((int(a), then[1]), (int(b), size)).p_value for a, b in years]
        assert 0.75 <= np.mean([p < level for p in p_values]) <= 0.93


def test_among_many_only_more_could_have_been_seen_and_never_in_a_handful() -> None:
    found = change("re_referrals", (5, 100), (5, 100))
    eleven = [replace(found, measure_id=f"m{k}") for k in range(11)]
    alone, among_many = many_tested([found]), many_tested([found, *eleven])
    sizes = [tests.could_be_seen(found).rise for tests in (alone, among_many)]
    assert sizes[0] is not None and sizes[1] is not None and sizes[0] < sizes[1]
    text = said(yearly.latest_figure(found, among_many))
    assert "With 12 measures tested, a rise of about" in text
    none = change("re_referrals", (0, 100), (0, 100))
    assert "A rise of about 8.7 percentage points or more would probably" in said(
        yearly.latest_figure(none, many_tested([none]))
    )
    high = change("re_referrals", (148, 172), (124, 143))
    assert "A rise of about 9.6 or a fall of about 13.4 percentage points or more would" in said(
        yearly.latest_figure(high, many_tested([high]))
    )
    low = change("re_referrals", (12, 177), (13, 181))
    assert "A rise of about 10.1 or a fall of about 6.0 percentage" in said(
        yearly.latest_figure(low, many_tested([low]))
    )
    no_room = many_tested([replace(change("re_referrals", (11, 177), (13, 181)), measure_id=f"m{k}")
        for k in range(12)])  # fmt: skip
    assert no_room.detectable[0].fall is None and no_room.detectable[0].rise is not None
    handful = change("re_referrals", (1, 2), (1, 2))
    assert "No change at all would probably have been seen among so few." in said(
        yearly.latest_figure(handful, many_tested([handful]))
    )
    with pytest.raises(KeyError):
        alone.could_be_seen(eleven[0])


def test_small_shares_are_said_in_whole_per_cent() -> None:
    assert share_text(46 / 82, 82) == "56%"
    assert share_text(46 / 82, 99) == "56%"
    assert share_text(56.1 / 100, 100) == "56.1%"


def test_points_are_whole_where_one_child_is_more_than_a_point() -> None:
    few = change("care_leavers_17_to_18_active", (42, 63), (46, 82))
    assert said(yearly.latest_figure(few, many_tested([few]))) == (
        "The year before it was 42 of 63 (67%). The latest figure is 11 percentage points lower,"
        " which chance alone could well give (95% range: 26 points lower to 5 points higher)."
        " A change of about 25 percentage points or more would probably have been seen."
    )
    nearly = change("care_leavers_17_to_18_active", (505, 1000), (49, 97))
    assert "is less than one percentage point higher" in said(yearly.latest_figure(nearly, None))


def test_a_clear_difference_is_set_beside_earlier_steps() -> None:
    """Steps of 10, 5, 1, 20 and 0 points, and then one of 5: it is as large as three of them."""
    shares = (500, 600, 550, 560, 760, 760, 810)
    years = [observed(f"{2016 + k}/{17 + k}", top, 1000) for k, top in enumerate(shares)]
    assessments = "assessments_within_45_days"
    neighbours = [
        series(assessments, *(observed(o.period.words, top, 1000) for o in years))
        for top in (500, 900)
    ]
    restless = series(assessments, *(replace(o, denominator=2000) for o in years))
    found = latest_finding(
        assessments, ASSESSMENTS, series(assessments, *years), [*neighbours, restless]
    )
    assert isinstance(found, ChangeOnYear)
    assert said(yearly.latest_figure(found, many_tested([found]))).endswith(
        "That is more than the chance of small numbers usually gives. Its neighbours’ figures moved"
        " by more than such chance in two of 18 steps from one year to the next. In three of its"
        " own five earlier steps since 2016/17 it moved by as much or more."
    )
    own = replace(found, earlier=EarlierSteps(years[0].period, 5, 0))
    assert said(yearly.latest_figure(own, many_tested([own]))).endswith(
        "In none of its own five earlier steps since 2016/17 did it move by as much."
    )
    short = latest_finding(assessments, ASSESSMENTS, series(assessments, *years[1:]))
    assert isinstance(short, ChangeOnYear)
    assert short.earlier is short.neighbours is None
    assert said(yearly.latest_figure(short, many_tested([short]))).endswith(
        "But yearly figures can move by more than such chance without a lasting change."
    )


@pytest.mark.parametrize(
    ("shares", "place"),
    [
        ((50, 60, 70, 40), ", the lowest of four years"),
        ((50, 60, 70, 55), ", the second lowest of four years"),
        ((50, 60, 70, 65), ", the second highest of four years"),
        ((50, 60, 70, 80), ", the highest of four years"),
        ((40, 50, 60, 70, 55), ""),
        ((50, 60, 70, 50), ""),
        ((60, 70, 80), ""),
    ],
)
def test_the_latest_year_among_all_years(shares: tuple[int, ...], place: str) -> None:
    years = [observed(f"{2016 + k}/{17 + k}", top, 100) for k, top in enumerate(shares)]
    own = series("assessments_within_45_days", *years)
    found = years_finding("assessments_within_45_days", ASSESSMENTS, own)
    assert yearly.place_in_years(found) == place
    too_few = "The releases used give only three years; too few to show a trend."
    assert (said(yearly.over_years(found)) == too_few) == (len(shares) < 4)


def test_the_first_page_says_which_way_and_what_is_not_tested() -> None:
    up = change("assessments_within_45_days", (500, 1000), (700, 1000))
    down = change("initial_conferences_within_15_days", (700, 1000), (500, 1000))
    quiet = change("re_referrals", (50, 100), (50, 100))
    caseload = series("caseload", observed("2021-09-30", 18.2), observed("2022-09-30", 19.0))
    printed = latest_finding("caseload", CATALOGUE.measure("caseload"), caseload)
    first = latest_finding("repeat_plans", CATALOGUE.measure("repeat_plans"), series(
        "repeat_plans", observed("2022/23", 5, 60)
    ))  # fmt: skip
    assert isinstance(printed, FigureOnYear) and isinstance(first, FigureOnYear)
    tests = many_tested([up, down, quiet], [printed, first])
    text = said(summary.changes_on_year(tests))
    assert (
        "Two differ by more than the chance of small numbers usually gives. Better: the share of"
        " assessments completed within 45 working days (up). Worse: the share of initial child"
        " protection conferences held within 15 working days (down)."
    ) in text
    assert said(summary.not_tested(tests)) == (
        "One more figure is shown and not tested, as it is a printed value or a count."
        " One more has no figure for the year before to be tested against."
    )
    assert "false discovery rate" not in text
    assert "false discovery rate of 5%" in said(summary.how_sure(tests))


def test_comparators_say_how_many_neighbours_there_are() -> None:
    now = observed("2022/23", 70, 100)
    found = BesideOthers("m", ASSESSMENTS, now, 0.799, 10, 0.82, 0.81, "South West")
    assert said(summary.comparators(found)) == "Neighbours 79.9%, England 82.0%."
    few = replace(found, n_neighbours=9, england=None)
    assert said(summary.comparators(few)) == "Neighbours (nine of them) 79.9%."
    assert summary.comparators(replace(found, neighbours=None, england=None)) == []


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
    assert yearly.headline(found, None, None).text == (
        "On 31 March 2023, the number of children looked after was 500. A year earlier it was 491."
    )
    assert said(yearly.latest_figure(found, None)) == "The difference is not tested."
    assert (
        yearly.line(found, None, None).text == "500 on 31 March 2023, up from 491 a year earlier."
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
