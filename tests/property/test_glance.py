"""Every measure at a glance: its order, its signs, its words and its small charts."""

from __future__ import annotations

import re
from dataclasses import replace

import drawn_glance
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sentence_rules import keep_to_the_rules, problems_of

from scrutinybook.analysis.council import counted_once
from scrutinybook.analysis.glance import in_order, to_ask
from scrutinybook.charts.sparkline import HEIGHT, MARGIN, sparkline
from scrutinybook.commentary import glance as said
from scrutinybook.commentary.questions import about_targets, question
from scrutinybook.findings.base import Direction
from scrutinybook.findings.changes import MeasureChange
from scrutinybook.findings.council import Judged, on_page
from scrutinybook.findings.glance import Asks, Glance, MonthAtGlance, OnTarget, SinceLast
from scrutinybook.pages.icons import ICONS, assurance_icon, icon, variation_icon
from scrutinybook.sources.symbols import Symbol
from scrutinybook.statistics import Assurance

TWO_OF_THREE = [2.0, 3.0]
"""Numbers that belong to a rule and to no finding."""

many_examples = settings(max_examples=150, deadline=None)


def stands_out(row: Glance) -> bool:
    return (isinstance(row.judged, Judged) and row.judged.rule is not None) or row.level is not None


@many_examples
@given(st.lists(drawn_glance.rows(), max_size=12))
def test_what_needs_asking_comes_first(rows: list[Glance]) -> None:
    ordered = in_order(rows)
    assert sorted(map(id, ordered)) == sorted(map(id, rows))
    places = {
        Asks.WORSE: [i for i, r in enumerate(ordered) if stands_out(r) and r.better is False],
        Asks.SIGNAL: [i for i, r in enumerate(ordered) if stands_out(r) and r.better is not False],
        Asks.MISSED: [
            i for i, r in enumerate(ordered) if not stands_out(r) and r.on_target is OnTarget.MISSED
        ],
    }
    assert [i for each in places.values() for i in each] == list(
        range(sum(map(len, places.values())))
    )
    for each in Asks:  # within a group the order of the pages is kept
        mine = [r for r in ordered if r.asks is each]
        assert [id(r) for r in mine] == [id(r) for r in rows if r.asks is each]


@many_examples
@given(drawn_glance.rows())
def test_a_target_is_missed_where_the_figure_lies_on_its_wrong_side(row: Glance) -> None:
    value, measure = on_page(row.measure, row.figure.latest), row.measure
    if measure.target is None or value is None or measure.polarity == "neutral":
        assert row.on_target is None
        return
    shown = 100 * value if measure.kind == "proportion" else value
    above, below = shown > measure.target + 1e-9, shown < measure.target - 1e-9
    wrong = below if measure.polarity == "high" else above
    right = above if measure.polarity == "high" else below
    assert not (wrong and row.on_target is OnTarget.MET)
    assert not (right and row.on_target is OnTarget.MISSED)


@many_examples
@given(drawn_glance.rows())
def test_signs_agree_with_the_finding_and_with_the_words_beside_them(row: Glance) -> None:
    name, text = variation_icon(row), said.against_past(row).text
    assert (name == "not-said") == (not isinstance(row.judged, Judged) and row.level is None)
    assert (name == "usual") == (isinstance(row.judged, Judged) and row.judged.rule is None)
    assert name.startswith("better") == ("which is better" in text)
    assert name.startswith("worse") == ("which is worse" in text)
    if stands_out(row):
        up = row.direction is Direction.HIGHER
        assert name.endswith("-up" if up else "-down")
        rising = "Higher|Rose|rose|Rising|upper|above|risen"
        falling = "Lower|Fell|fell|Falling|lower|below|fallen"
        assert re.search(rising if up else falling, text)
        assert not re.search(falling if up else rising, text)
    if name == "usual":
        assert "Within the expected range" in text
    if name == "not-said":
        assert text.startswith("Not judged: ")


@many_examples
@given(drawn_glance.rows())
def test_the_target_sign_agrees_with_the_finding(row: Glance) -> None:
    name, text = assurance_icon(row), " ".join(each.text for each in said.against_target(row))
    assert (name is None) == (row.measure.target is None) == (text == "")
    assert (said.target_text(row) == "No target set") == (name is None)
    if name is None:
        return
    assured = row.judged.assurance if isinstance(row.judged, Judged) else None
    assert (name == "not-said") == (assured is None) == ("Not judged further" in text)
    assert (name == "met") == (assured is Assurance.CONSISTENT_PASS)
    assert (name == "missed") == (assured is Assurance.CONSISTENT_FAIL)
    assert ("Nearly every month would meet it" in text) == (name == "met")
    assert ("Nearly every month would miss it" in text) == (name == "missed")
    assert ("Chance decides" in text) == (name == "either")
    assert ("Missed now." in text) == (row.on_target is OnTarget.MISSED)


def test_signs_differ_in_shape_and_not_in_colour_alone() -> None:
    drawings = [(outline, lines) for _, outline, lines in ICONS.values()]
    assert len(set(drawings)) == len(ICONS)
    worth = {
        name.split("-")[0]: ICONS[name][1] for name in ICONS if name.endswith(("-up", "-down"))
    }
    assert len(set(worth.values())) == len(worth) == 3
    with pytest.raises(KeyError):
        icon("none")


@many_examples
@given(drawn_glance.rows())
def test_sentences_of_a_row(row: Glance) -> None:
    keep_to_the_rules([said.against_past(row)], row.judged, row.level, TWO_OF_THREE)
    keep_to_the_rules(said.against_target(row), row.judged, row)
    since = said.since_last(row)
    keep_to_the_rules(since, row)
    assert bool(since) == (row.before is not None)
    for kind in SinceLast:
        change = MeasureChange(row.measure_id, row.measure, None, None, kind)
        keep_to_the_rules(said.since_met(row, change), row)
        as_now = kind in (SinceLast.STILL, SinceLast.NEITHER, SinceLast.NEVER)
        assert bool(said.since_met(row, change)) is not as_now


@many_examples
@given(drawn_glance.rows())
def test_what_is_new_since_the_last_edition(row: Glance) -> None:
    if row.before is None:
        assert row.since is None
        return
    judged = isinstance(row.judged, Judged)
    now, then = row.direction is not Direction.SAME, row.before.direction is not Direction.SAME
    if judged and row.before.judged:
        new = {SinceLast.NEW: (True, False), SinceLast.ENDED: (False, True)}
        new |= {SinceLast.NEITHER: (False, False)}
        new |= dict.fromkeys((SinceLast.STILL, SinceLast.OTHER_WAY), (True, True))
        assert new[row.since] == (now, then)  # type: ignore[index]
    else:
        assert row.since in (SinceLast.FIRST_JUDGED, SinceLast.NOT_NOW, SinceLast.NEVER)


@many_examples
@given(drawn_glance.months())
def test_the_month_in_five_sentences(given_: tuple[MonthAtGlance, list[Glance]]) -> None:
    found, rows = given_
    sentences = said.in_five(found)
    assert len(sentences) == (5 if found.charts is not None else 2)
    chance = 100 * found.charts.expected if found.charts is not None else 0.0
    left = [len(each) - said.NAMED for each in (found.worse, found.better)]
    keep_to_the_rules(
        sentences, found, chance, *map(float, left), float(found.n_missed + found.n_met)
    )
    text = " ".join(each.text for each in sentences)
    once = counted_once([row.judged for row in rows if isinstance(row.judged, Judged)])
    signals = [each for each in once if each.signal]
    assert len(found.worse) + len(found.better) + len(found.neither) == len(signals)
    if found.charts is not None:
        assert found.charts.n_signals == len(signals)
        # What is better is said as plainly as what is worse.
        for way, measures in (("worse", found.worse), ("better", found.better)):
            assert (f"No measure stands out for the {way}." in text) == (not measures)
            assert all(measure.noun in text for measure in measures[: said.NAMED])


@many_examples
@given(st.lists(drawn_glance.rows(), max_size=14), st.integers(1, 7))
def test_questions(rows: list[Glance], most: int) -> None:
    chosen = to_ask(rows, most)
    asking = [row for row in rows if row.asks is not Asks.REST]
    assert all(row in asking for row in chosen)
    assert list(chosen) == list(in_order(chosen))
    if len(rows) == len({row.id for row in rows}):
        assert len(chosen) == min(most, len(asking))
    assert any(row.better for row in chosen) == any(row.better for row in rows)
    for row in chosen:
        asked = question(row)
        assert asked.finding == row.id and asked.text.endswith("?")
        extra = (row.level, row.judged, row.measure.target or 0.0, TWO_OF_THREE)
        assert not list(problems_of(f"{asked.text[:-1]}.", row, *extra))
        assert ("will it last?" in asked.text) == (row.better is True and row.level is None)


@given(drawn_glance.rows().filter(lambda row: row.asks is Asks.REST))
def test_nothing_is_asked_of_what_gives_no_reason(row: Glance) -> None:
    with pytest.raises(ValueError, match="no reason"):
        question(row)


@many_examples
@given(drawn_glance.months())
def test_measures_without_a_target_are_asked_about(
    given_: tuple[MonthAtGlance, list[Glance]],
) -> None:
    found, rows = given_
    asked, without = about_targets(found), [r for r in rows if r.measure.target is None]
    assert (asked is None) == (not without)
    if asked is not None:
        assert not list(problems_of(f"{asked.text[:-1]}.", found, float(len(without))))


@many_examples
@given(drawn_glance.rows())
def test_a_small_chart_in_words(row: Glance) -> None:
    text = said.trend_description(row.trend)
    withheld = sum(each.symbol is Symbol.SUPPRESSED for each in row.trend.shown)
    values = [v for v in row.trend.values if v is not None]
    ends = [*values, float(len(row.trend.shown) - len(values)), float(withheld)]
    other = float(len(row.trend.shown) - len(values) - withheld)
    assert not list(problems_of(text, row.trend, ends, other))
    assert ("withheld" in text) == (withheld > 0 and len(values) > 0)


figures = st.one_of(st.none(), st.floats(0, 5_000, allow_nan=False))


def vertices(drawing: str) -> list[list[tuple[float, float]]]:
    """The stretches of a drawing's line."""
    (path,) = re.findall(r'class="sb-spark-line" fill="none" d="([^"]*)"', drawing)
    return [
        [(float(x), float(y)) for x, y in re.findall(r"([\d.]+) ([\d.]+)", stretch)]
        for stretch in path.split("M")[1:]
    ]


@many_examples
@given(st.lists(figures, min_size=2, max_size=30), st.booleans())
def test_a_line_breaks_at_each_gap_and_joins_nothing_across_it(
    values: list[float | None], signal: bool
) -> None:
    drawing = sparkline(values, "words", signal=signal)
    shown = [i for i, v in enumerate(values) if v is not None]
    if len(shown) < 2:
        assert drawing == ""
        return
    stretches = vertices(drawing)
    assert sum(map(len, stretches)) == len(shown)
    assert len(stretches) == sum(i == 0 or values[i - 1] is None for i in shown)
    assert drawing.count("sb-spark-signal") + drawing.count("sb-spark-latest") == (
        values[-1] is not None
    )
    assert all(MARGIN <= y <= HEIGHT - MARGIN for stretch in stretches for _, y in stretch)
    assert sparkline(values, "words", signal=signal) == drawing


@many_examples
@given(st.lists(st.one_of(st.none(), st.floats(6, 500)), min_size=2, max_size=24), st.data())
def test_what_is_withheld_leaves_no_trace_in_the_drawing(
    values: list[float | None], data: st.DataObject
) -> None:
    """Whatever the withheld figures were, the drawing is the same to the byte."""
    row = data.draw(
        drawn_glance.rows().filter(lambda r: r.measure.kind == "count" and r.measure.counts_people)
    )
    period = row.figure.latest.period
    shown = [
        replace(
            row.figure.latest, period=period, numerator=v, denominator=None,
            symbol=Symbol.SUPPRESSED if v is None else None,
        )
        for v in values
    ]  # fmt: skip
    trend = replace(row.trend, shown=tuple(shown))
    assert list(trend.values) == values
    drawing = sparkline(trend.values, said.trend_description(trend), signal=False)
    drawn_values = [v for v in values if v is not None]
    if len(drawn_values) < 2:
        assert drawing == ""
        return
    # Places come from the shown figures alone: so does each height, from lowest to highest.
    low, high = min(drawn_values), max(drawn_values)
    heights = [y for stretch in vertices(drawing) for _, y in stretch]
    for value, y in zip(drawn_values, heights, strict=True):
        share = 0.5 if high == low else (value - low) / (high - low)
        assert abs(y - (HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN))) <= 0.051


def test_a_drawing_by_hand() -> None:
    """Months 10, withheld, 20, 15: a dot, a gap, a line down; the latest has a diamond."""
    drawing = sparkline([10.0, None, 20.0, 15.0], "10 to 20 & back", signal=False)
    assert vertices(drawing) == [[(6, 30)], [(78, 6), (114, 18)]]
    assert 'aria-label="10 to 20 &amp; back"' in drawing
    assert "M6 30h0" in drawing
