"""Yearly measures at a glance over random findings: words, order, signs and questions."""

from __future__ import annotations

import drawn_findings as drawn
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sentence_rules import keep_to_the_rules

from scrutinybook.analysis.official_glance import official_questions
from scrutinybook.commentary import official_glance as said
from scrutinybook.commentary import summary
from scrutinybook.commentary.chapter_in_short import in_short
from scrutinybook.findings.base import Direction
from scrutinybook.findings.changes import MeasureChange
from scrutinybook.findings.chapter_in_short import ChapterInShort
from scrutinybook.findings.glance import Asks, SinceLast
from scrutinybook.findings.official_glance import OfficialGlance
from scrutinybook.findings.yearly import ChangeOnYear, FunnelPlace, ManyTested

examples = settings(max_examples=150, deadline=None)


@st.composite
def rows(draw: st.DrawFn) -> OfficialGlance:
    latest = draw(
        st.one_of(drawn.changes_on_year(), drawn.figures_on_year(), drawn.not_published())
    )
    measure = latest.measure
    among = draw(st.one_of(st.none(), st.sampled_from(FunnelPlace).flatmap(drawn.among)))
    if among is not None:
        among = type(among)(**{**vars(among), "measure": measure})
    beside = draw(drawn.beside())
    since = draw(st.one_of(st.none(), st.sampled_from(SinceLast)))
    return OfficialGlance(
        measure_id=latest.measure_id,
        latest=latest,
        changed=isinstance(latest, ChangeOnYear) and draw(st.booleans()),
        among=among,
        beside=beside,
        years=draw(st.one_of(drawn.over_years(), drawn.few_years())),
        values=(),
        since=None
        if since is None
        else MeasureChange(latest.measure_id, measure, None, None, since),
    )


@examples
@given(rows())
def test_the_words_of_a_row_keep_to_the_rules(row: OfficialGlance) -> None:
    change = said.change(row)
    keep_to_the_rules(change, row)
    text = " ".join(each.text for each in change)
    assert ("which is worse" in text) <= (row.asks is Asks.WORSE)
    if row.direction is Direction.SAME and isinstance(row.latest, ChangeOnYear):
        assert text.startswith("No clear evidence of a change from ")
    assert ("usual spread" in text) == (row.far_out is not Direction.SAME)
    for each in said.beside(row):
        keep_to_the_rules([each], row.beside if each.finding == row.beside.id else row, row.measure)
    for each in said.since_last(row):
        assert row.since is not None
        keep_to_the_rules([each], row.since)


@examples
@given(rows())
def test_a_question_is_put_where_there_is_reason_and_nowhere_else(row: OfficialGlance) -> None:
    if row.asks is Asks.REST:
        with pytest.raises(ValueError, match="no reason"):
            said.question(row)
        return
    text = said.question(row).text
    assert text.endswith("?")
    assert ("what will be done by when" in text) == (row.better is False)
    assert ("will it last" in text) == (row.better is True)


@examples
@given(st.lists(rows(), max_size=14), st.integers(1, 7))
def test_no_more_questions_than_asked_for_and_what_went_well_is_among_them(
    drawn_rows: list[OfficialGlance], most: int
) -> None:
    chosen = official_questions(drawn_rows, most)
    asking = [row for row in drawn_rows if row.asks is not Asks.REST]
    assert len(chosen) == min(most, len(asking))
    assert any(row.better for row in chosen) == any(row.better for row in asking)


@examples
@given(drawn.many_tested())
def test_what_got_better_is_said_as_plainly_as_what_did_not(tests: ManyTested) -> None:
    short = summary.changes_in_short(tests)
    clear = [each for each in tests.tested if tests.clear(each)]
    keep_to_the_rules(short, tests, len(tests.tested) - len(clear))
    for name, good in (("Better", True), ("Worse", False), ("Neither better nor worse", None)):
        here = any(summary.is_better(each) is good for each in clear)
        assert any(each.text.startswith(f"{name} than the year before: ") for each in short) == here


@examples
@given(st.integers(1, 30), st.data())
def test_a_chapter_in_one_line(n: int, data: st.DataObject) -> None:
    found = ChapterInShort("front-door", n, data.draw(st.integers(0, n)))
    keep_to_the_rules([in_short(found)], found)
