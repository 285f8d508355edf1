"""A figure's parts in words and bars: each that is shown, none that is withheld."""

from __future__ import annotations

import re

import drawn_council as drawn
from hypothesis import given, settings
from hypothesis import strategies as st
from sentence_rules import keep_to_the_rules

from scrutinybook.commentary.council_figures import cell_text
from scrutinybook.commentary.council_parts import all_withheld, bars_description, by_part
from scrutinybook.findings.council_parts import PartsFound
from scrutinybook.sources.symbols import Symbol

NAMES = ("Initial Response", "Social Work", "Permanence", "North", "less than two years")


@st.composite
def parts(draw: st.DrawFn) -> PartsFound:
    figure = draw(drawn.latest_figures())
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, unique=True))
    period, measure = figure.latest.period, figure.measure
    each = tuple((name, draw(drawn.observations(measure, period))) for name in names)
    return PartsFound(figure.measure_id, measure, figure.latest, each)


@settings(max_examples=300, deadline=None)
@given(parts())
def test_every_part_is_said_as_it_is_shown(found: PartsFound) -> None:
    said = by_part(found)
    counted = [[len(found.parts), len(found.shown), len(found.withheld), found.n_missed]]
    values = [value for _, _, value in found.shown]
    keep_to_the_rules(said, found, values, counted, found.measure.target or 0.0)
    text = " ".join(each.text for each in said)
    for name, observation in found.parts:
        if observation.symbol is Symbol.SUPPRESSED:
            assert not re.search(rf"{name} [−\d]", text)
        elif observation.value is not None:
            assert name in text and cell_text(found.measure, observation) in text
    assert text in bars_description(found, "the authority")


@settings(max_examples=200, deadline=None)
@given(parts())
def test_that_nothing_is_shown_is_said_only_where_nothing_is(found: PartsFound) -> None:
    said = all_withheld(found)
    assert bool(said) == (not found.shown and bool(found.withheld))
    keep_to_the_rules(said, found, [[len(found.withheld)]])


@settings(max_examples=300, deadline=None)
@given(parts())
def test_how_many_miss_the_target_is_counted_on_the_worse_side(found: PartsFound) -> None:
    target, measure = found.measure.target, found.measure
    if target is None or measure.kind != "value" or measure.polarity == "neutral":
        assert found.n_missed == 0
        assert "the target" not in " ".join(each.text for each in by_part(found))
        return
    low = measure.polarity == "low"
    worse = [v for _, _, v in found.shown if (v > target if low else v < target)]
    assert found.n_missed == len(worse)
    if found.shown:
        side = "above" if low else "below"
        assert f"{side} the target of {target:g}; {'lower' if low else 'higher'} is better" in (
            " ".join(each.text for each in by_part(found))
        )
