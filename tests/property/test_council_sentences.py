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
from scrutinybook.findings.base import Direction
from scrutinybook.findings.council import (
    ChartsJudged,
    Judged,
    LatestFigure,
    LevelsSearched,
    Unjudged,
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
        up = {Direction.HIGHER: "higher|rose", Direction.LOWER: "lower|fell"}[found.direction]
        assert re.search(up, text)


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
        assert ("not proof that nothing changed" in text) == (not found.signal)
        assert ("does not say what lay behind it" in text) == found.signal


@many_examples
@given(drawn.judged())
def test_targets(found: Judged) -> None:
    sentences = said.against_target(found)
    assert bool(sentences) == (found.measure.target is not None)
    keep_to_the_rules(sentences, found)
    for each in sentences:
        withheld = found.assurance is None
        assert ("Whether it can be relied on is not said" in each.text) == withheld


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
    from scrutinybook.chapters.council_section import _UNITS

    assert set(get_args(ExtractUnit)) == set(_UNITS)
