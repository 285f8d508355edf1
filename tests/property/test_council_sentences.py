"""Every sentence on a council's own measures: tidy, traceable, never more than the finding says."""

from __future__ import annotations

import re
from typing import get_args

import drawn_council as drawn
from hypothesis import given, settings
from hypothesis import strategies as st
from sentence_rules import keep_to_the_rules, problems_of

from scrutinybook.commentary import council as said
from scrutinybook.commentary.council_charts import chart_description
from scrutinybook.commentary.council_figures import WITHHELD
from scrutinybook.commentary.council_limits import limits
from scrutinybook.commentary.council_target import against_target
from scrutinybook.findings.base import Direction
from scrutinybook.findings.council import (
    ChartsJudged,
    Judged,
    LatestFigure,
    LevelsSearched,
    Unjudged,
    on_page,
)
from scrutinybook.sources.symbols import Symbol
from scrutinybook.statistics import Rule

TWO_OF_THREE = [2.0, 3.0]
"""Numbers that belong to a rule and to no finding."""

many_examples = settings(max_examples=200, deadline=None)


@many_examples
@given(drawn.figures_judged())
def test_headlines(given_: tuple[LatestFigure, Judged | Unjudged]) -> None:
    figure, judged = given_
    head = said.headline(figure, judged)
    keep_to_the_rules([head], figure, judged, TWO_OF_THREE)
    if figure.latest.symbol is Symbol.SUPPRESSED:
        assert WITHHELD in head.text
    assert ("a reason to ask" in head.text) == (isinstance(judged, Judged) and judged.signal)


@many_examples
@given(drawn.judged())
def test_better_and_worse_go_with_the_measure(found: Judged) -> None:
    text = said.verdict(found)
    if found.rule is None or found.measure.polarity == "neutral":
        assert "better" not in text and "worse" not in text
    else:
        good = (found.direction is Direction.HIGHER) == (found.measure.polarity == "high")
        assert ("which is better" in text, "which is worse" in text) == (good, not good)
    if found.rule is Rule.BEYOND:
        up = {Direction.HIGHER: "higher|larger rise", Direction.LOWER: "lower|larger fall"}
        assert re.search(up[found.direction], text)
    if found.change is not None:
        # Limits of changes say nothing of the level, so neither does the sentence.
        assert "a month before" in text and "earlier months would lead" not in text


@many_examples
@given(drawn.latest_figures())
def test_the_year_so_far_and_the_year_before(figure: LatestFigure) -> None:
    sentences = said.over_time(figure)
    keep_to_the_rules(sentences, figure)
    # A stock is never added up over the year.
    if figure.measure.formula_facts.timing != "flow":
        assert not any("year so far" in each.text for each in sentences)


@many_examples
@given(st.one_of(drawn.judged(), drawn.unjudged()))
def test_limits(found: Judged | Unjudged) -> None:
    sentences = said.against_limits(found)
    keep_to_the_rules(sentences, found, getattr(found, "chance", 0.0) * 100)
    text = " ".join(each.text for each in sentences)
    if isinstance(found, Judged):
        of_level = found.change is None
        assert ("not proof that nothing changed" in text) == (not found.signal and of_level)
        assert ("add up over many months" in text) == (not found.signal and not of_level)
        assert ("does not say what lay behind it" in text) == found.signal


@many_examples
@given(drawn.judged().filter(lambda found: found.change is None))
def test_limits_as_said_hold_what_lies_within_and_nothing_else(found: Judged) -> None:
    """A reader who compares the figures with the limits comes to the verdict of the page."""
    low, high = (float(re.sub("[,%]", "", text).replace("−", "-")) for text in limits(found))
    scale = 100 if found.measure.kind == "proportion" else 1
    value = scale * (on_page(found.measure, found.latest) or 0.0)
    nearest = min(abs(value - scale * each) for each in (found.lower, found.upper))
    if nearest < 0.001:  # a limit that a figure meets but for the last bits
        return
    if found.measure.kind not in ("count", "stock"):
        places = max(len(text.rstrip("%").partition(".")[2]) for text in limits(found))
        value = round(value, places)
    within = found.rule is not Rule.BEYOND
    assert (low <= value <= high) == within


@many_examples
@given(drawn.figures_judged())
def test_targets(given_: tuple[LatestFigure, Judged | Unjudged]) -> None:
    figure, found = given_
    sentences = against_target(figure, found)
    target = figure.measure.target
    assert bool(sentences) == (target is not None)
    keep_to_the_rules(sentences, found, figure, target or 0.0)
    text = " ".join(each.text for each in sentences)
    # Without limits, and where they cannot bear it, nothing is said of later months.
    assured = isinstance(found, Judged) and found.assurance is not None
    assert ("Going on as in the earlier months" in text) == (assured and target is not None)
    value = on_page(figure.measure, figure.latest)
    if target is not None and value is not None:
        scale = 100 if figure.measure.kind == "proportion" else 1
        assert ("is above it" in text) == (value > target / scale)
        assert ("is below it" in text) == (value < target / scale)


@many_examples
@given(drawn.charts_judged())
def test_many_charts(found: ChartsJudged) -> None:
    keep_to_the_rules(said.many_charts(found), found, found.expected * 100)


@many_examples
@given(drawn.levels_searched())
def test_a_change_too_weak_among_many_is_said_to_be_so(found: LevelsSearched) -> None:
    for each in found.tested:
        sentences = said.level_among_many(found, each.measure_id)
        assert bool(sentences) == (not each.stands and len(found.tested) > 1)
        keep_to_the_rules(sentences, found)


@many_examples
@given(drawn.figures_judged())
def test_charts_described(given_: tuple[LatestFigure, Judged | Unjudged]) -> None:
    figure, judged = given_
    months = [figure.latest.period.month - 12, figure.latest.period.month]
    text = chart_description(figure, judged, months, "the demonstration authority")
    extra = [*months, 1.0] if isinstance(judged, Unjudged) else [*months, judged]
    target = figure.measure.target
    assert not list(problems_of(text, figure, *extra, target or 0.0))


def test_every_unit_of_the_catalogue_has_its_words() -> None:
    from scrutinybook.catalogue_extract import ExtractUnit
    from scrutinybook.commentary.council_charts import _UNITS

    assert set(get_args(ExtractUnit)) == set(_UNITS)
